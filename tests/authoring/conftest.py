"""The gazetteer, indexed once and kept for later test runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from mapapp.authoring.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="session")
def gazetteer_folder(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an index of the installed gazetteer, which all processes of the run share."""
    cache = getattr(pytestconfig, "cache", None)  # none with -p no:cacheprovider
    folder = Path(cache.mkdir("gazetteer")) if cache else tmp_path_factory.getbasetemp().parent / "gazetteer"
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "lock"):
        open_gazetteer(folder).close()
    return folder


@pytest.fixture(scope="session")
def gazetteer(gazetteer_folder: Path) -> Iterator[Gazetteer]:
    """Return the opened gazetteer."""
    opened = open_gazetteer(gazetteer_folder)
    yield opened
    opened.close()
