"""Fixtures for all tests: the shipped data, its evidence pack, and a small folder to break."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from tiny import Tiny
from written import ADDRESS, Written

from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.view import View
from mapapp.data.load import load
from mapapp.export import write

# how long an example takes says nothing on a busy machine; benchmarks measure speed
settings.register_profile("mapapp", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fuzz", settings.get_profile("mapapp"), max_examples=500)  # tests/fuzz, at length
settings.load_profile("mapapp")


@pytest.fixture(autouse=True)
def _no_store_of_the_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the incidents that whoever runs it has stored."""
    monkeypatch.setenv("MAPAPP_INCIDENTS", str(tmp_path_factory.getbasetemp() / "no-incidents"))


@pytest.fixture(scope="session", autouse=True)
def _cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test, and every server, away from what other runs have kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAPAPP_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the project, which holds the shipped ``seeds/`` and ``data/``."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def atlas(root: Path) -> Atlas:
    """Return the shipped atlas."""
    return load(root)


@pytest.fixture(scope="session")
def written(atlas: Atlas) -> Written:
    """Return a function that exports a view of the shipped atlas, each form only once."""
    return cache(lambda view, form: write(atlas, view, form, ADDRESS))


@pytest.fixture(scope="session")
def packed(atlas: Atlas, root: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the evidence pack of the article's day, made once for all processes of a test run."""
    from mapapp.evidence_pack import pack  # noqa: PLC0415 - slow to load

    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    file, day = shared / "day.zip", date(2020, 2, 19)
    with FileLock(f"{file}.lock"):
        if not file.exists():
            view = View(Window(day, day), as_of=day, names=atlas.profile.languages[0])
            file.write_bytes(pack(atlas, view, root, address=f"?first={day}&last={day}"))
    return file.read_bytes()


@pytest.fixture
def tiny() -> Tiny:
    """Return a small right data folder, to be changed and written."""
    return Tiny()


@pytest.fixture
def tiny_atlas(tiny: Tiny, tmp_path: Path) -> Atlas:
    """Return the atlas of the small data folder."""
    return load(tiny.write(tmp_path))
