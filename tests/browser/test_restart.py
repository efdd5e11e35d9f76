"""The reader's view survives a restart of the server, and data that is missing for a while."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, expect
from server import ROOT, serving
from visit import IFRAME, Visit

Open = Callable[..., Visit]
Outlive = tuple[Open, Path]


def app(here: Visit) -> Locator:
    """Find what Streamlit says of itself."""
    return here.page.locator("[data-testid='stApp']")


@contextmanager
def restarted(here: Visit, folder: Path) -> Iterator[None]:
    """Start the page anew where the server that ``here`` was opened at has ended."""
    port = urlsplit(here.server).port
    with serving(folder, port, MAPAPP_INCIDENTS=str(folder / "none")):
        yield


@pytest.fixture
def outlive(browser: Browser, tmp_path: Path) -> Iterator[Outlive]:
    """Return a function that opens the page, acts on it and ends its server, and the server's folder."""
    folder = tmp_path / "server"
    folder.mkdir()
    visits: list[Visit] = []

    def start(query: str, act: Callable[[Visit], None]) -> Visit:
        with serving(folder, MAPAPP_INCIDENTS=str(folder / "none")) as address:
            here = Visit(browser, address)
            visits.append(here)
            here.open(query)
            here.mark()
            act(here)
            expect(app(here)).to_have_attribute("data-test-script-state", "notRunning")
        expect(app(here)).not_to_have_attribute("data-test-connection-state", "CONNECTED")
        return here

    yield start, folder
    complaints = [line for here in visits for line in here.close(keep=False) if line.startswith("error: ")]
    assert complaints == []


def test_actions_while_the_server_is_away_reach_the_address(outlive: Outlive) -> None:
    start, folder = outlive

    def act(here: Visit) -> None:
        here.set_window("2017-01-01", "2017-12-31")
        here.until_address(lambda found: found.get("first") == "2017-01-01")

    here = start("", act)
    here.set_window("2018-09-01", "2018-09-30")
    here.until_address(lambda found: found.get("first") == "2018-09-01")  # it waits for no server
    with restarted(here, folder):
        here.until_address(lambda found: found.get("first") == "2018-09-01")
        assert here.window() == ("2018-09-01", "2018-09-30")
        assert here.is_marked()
        here.js("mapapp.select('zone-homs')")
        found = here.until_address(lambda found: found.get("selected") == "zone-homs")
        assert (found["first"], found["last"]) == ("2018-09-01", "2018-09-30")
        assert here.window() == ("2018-09-01", "2018-09-30")
        here.page.go_back()
        here.until("document.querySelectorAll('.place-card').length === 0")
        assert here.window() == ("2018-09-01", "2018-09-30")
        assert here.is_marked()


def test_actions_after_a_restart_undo_nothing(outlive: Outlive) -> None:
    start, folder = outlive

    def act(here: Visit) -> None:
        here.set_window("2017-01-01", "2017-12-31")
        here.until_address(lambda found: found.get("first") == "2017-01-01")

    here = start("?names=ru", act)
    with restarted(here, folder):
        here.js("mapapp.select('zone-homs')")
        found = here.until_address(lambda found: found.get("selected") == "zone-homs")
        assert (found["first"], found["names"]) == ("2017-01-01", "ru")
        assert here.window() == ("2017-01-01", "2017-12-31")
        assert here.is_marked()


def test_going_back_is_not_undone_by_a_restart(outlive: Outlive) -> None:
    start, folder = outlive

    def act(here: Visit) -> None:
        here.set_window("2017-01-01", "2017-12-31")
        here.until_address(lambda found: found.get("first") == "2017-01-01")
        here.page.go_back()
        here.until("mapapp.window().first === '2020-02-19'")

    here = start("?names=ru", act)
    with restarted(here, folder):
        expect(app(here)).to_have_attribute("data-test-connection-state", "CONNECTED")
        expect(app(here)).to_have_attribute("data-test-script-state", "notRunning")  # a rerun closes popovers
        here.page.get_by_role("button", name="Export").click()
        here.page.get_by_label("File type").first.click()
        here.page.get_by_role("option", name="SVG").click()
        here.page.get_by_role("button", name="Download figure").wait_for()
        here.js("mapapp.select('zone-homs')")
        found = here.until_address(lambda found: found.get("selected") == "zone-homs")
        assert "first" not in found
        assert here.window() == ("2020-02-19", "2020-02-19")


def test_repeating_an_action_after_going_back_reaches_the_address(visit: Open) -> None:
    here = visit()
    for _ in range(2):
        here.set_window("2017-01-01", "2017-12-31")
        here.until_address(lambda found: found.get("first") == "2017-01-01")
        here.page.go_back()
        here.until("mapapp.window().first === '2020-02-19'")


@pytest.mark.fault(
    "Data file missing or broken while a page is open",
    seen="in place of the map, the file and what is wrong with it",
    kept="the view, also what the reader did meanwhile",
    recovery="put the file back, then use the page or press R",
)
def test_the_view_is_kept_while_a_data_file_is_missing(browser: Browser, tmp_path: Path) -> None:
    for folder in ("seeds", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    file = tmp_path / "data" / "actors.yaml"
    with serving(tmp_path, MAPAPP_DATA=str(tmp_path), MAPAPP_INCIDENTS=str(tmp_path / "none")) as address:
        here = Visit(browser, address).open()
        here.set_window("2017-01-01", "2017-12-31")
        here.until_address(lambda found: found.get("first") == "2017-01-01")
        file.rename(tmp_path / "away")
        here.set_window("2018-09-01", "2018-09-30")
        here.page.locator(".mapapp-head").click()  # only then does the server read the address
        expect(here.page.locator(IFRAME)).to_be_hidden()
        expect(here.page.locator("[data-testid='stCode']")).to_contain_text("actors.yaml")
        (tmp_path / "away").rename(file)
        here.page.keyboard.press("r")
        expect(here.page.locator(IFRAME)).to_be_visible()
        assert here.window() == ("2018-09-01", "2018-09-30")
        here.until_address(lambda found: found.get("first") == "2018-09-01")
        here.js("mapapp.select('zone-homs')")
        found = here.until_address(lambda found: found.get("selected") == "zone-homs")
        assert found["first"] == "2018-09-01"
        assert here.close() == []
