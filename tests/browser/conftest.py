"""A real browser on the running page, every other host out of reach, and a record of what it complained of.

Without Chromium the tests are skipped and say so; where ``CI`` is ``true`` they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from server import serving, visiting
from visit import Visit

_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb")
_NO_OTHER_HOST = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


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


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens the page; at the end, fail on what it asked elsewhere or complained of."""
    with visiting(browser, server) as start:
        yield start
