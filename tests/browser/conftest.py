"""A real browser on the running page, every other host out of reach, and a record of what it complained of.

Without Chromium the tests are skipped and say so; where ``CI`` is ``true`` they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from server import serving
from visit import FAILED, StandaloneVisit, Visit, visiting

from mapapp.core.model import Atlas
from mapapp.exported_page import exported_page
from mapapp.view_address import default_view

_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb")
_NO_OTHER_HOST = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, so that ``-m "not browser"`` leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Note that a test has failed, before what it used is put away."""
    if call.excinfo is not None:
        item.stash[FAILED] = True


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        reason = "no Chromium found; the browser tests need it (on Debian: apt-get install chromium)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium,
            args=[*_QUIET, f"--host-resolver-rules={_NO_OTHER_HOST}"],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the page as a reader would who has no records of incidents; return its address."""
    folder = tmp_path_factory.mktemp("server")
    with serving(folder, MAPAPP_INCIDENTS=str(folder / "none")) as address:
        yield address


@pytest.fixture(scope="session")
def exported(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page that needs no server; return its path."""
    target = tmp_path_factory.mktemp("exported") / "map.html"
    target.write_text(exported_page(atlas, default_view(atlas)), encoding="utf-8")
    return target


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens the app; at the end, fail on what it asked elsewhere or complained of."""
    with visiting(request, partial(Visit, browser, server)) as start:
        yield start


@pytest.fixture
def standalone(
    request: pytest.FixtureRequest, browser: Browser, exported: Path
) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens the exported page, where no server is needed; fail as ``visit`` does."""
    with visiting(request, partial(StandaloneVisit, browser, exported)) as start:
        yield start
