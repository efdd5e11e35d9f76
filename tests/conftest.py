"""What all tests share: the shipped data, and a small folder to break."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny import Tiny

from mapapp.core.model import Atlas
from mapapp.data.load import load


@pytest.fixture(autouse=True)
def _no_store_of_the_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the incidents that whoever runs it has stored."""
    monkeypatch.setenv("MAPAPP_INCIDENTS", str(tmp_path_factory.getbasetemp() / "no-incidents"))


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the project, which holds the shipped ``seeds/`` and ``data/``."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def atlas(root: Path) -> Atlas:
    """Return the shipped atlas."""
    return load(root)


@pytest.fixture
def tiny() -> Tiny:
    """Return a small right data folder, to be changed and written."""
    return Tiny()


@pytest.fixture
def tiny_atlas(tiny: Tiny, tmp_path: Path) -> Atlas:
    """Return the atlas of the small data folder."""
    return load(tiny.write(tmp_path))
