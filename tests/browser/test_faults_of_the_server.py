"""A server killed, files that change under an open page, two servers on one store, no home to write to."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from faulty import NOBODY, beginning, environment, obey_permissions, read_only
from playwright.sync_api import Browser, Locator, expect
from server import ROOT, serving, started
from visit import IFRAME, Visit

from mapapp.core.model import Atlas
from mapapp.incidents.importer import ImportOptions, import_file
from mapapp.incidents.revisions import remove
from mapapp.incidents.synthetic import write_synthetic

ALL = "?first=2017-01-01&last=2020-02-19"
FIRST, SECOND = 278, 188  # incidents of the two exports on these days


def app(here: Visit) -> Locator:
    """Find what Streamlit says of itself."""
    return here.page.locator("[data-testid='stApp']")


def turn_to(here: Visit) -> None:
    """Use a button of the page around the map, which asks the server."""
    here.page.get_by_role("button", name="Export").click()


def row(here: Visit, layer: str) -> Locator:
    """Find a row of the panel in the map; where one map replaces another, in the new one."""
    return here.page.frame_locator(IFRAME).first.locator(f'[data-row="{layer}"] > label')


def until_counted(here: Visit, number: int) -> None:
    """Wait until the map counts as many incidents."""
    expect(row(here, "incidents").locator(".n")).to_have_text(str(number))


def ended_well(folder: Path, *visits: Visit) -> None:
    """Check that no script failed in the browser, and nothing on the server, whose log is in ``folder``."""
    errors = [line for here in visits for line in here.close(keep=False) if line.startswith("error: ")]
    assert errors == []
    assert "Traceback" not in (folder / "log.txt").read_text("utf-8", "replace")


@pytest.fixture
def exports(atlas: Atlas, tmp_path: Path) -> tuple[Path, Path]:
    """Return two exports, of 300 and of 200 incidents."""
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    write_synthetic(first, atlas, 300, "acled")
    write_synthetic(second, atlas, 200, "acled", seed=2)
    return first, second


@pytest.fixture
def store(atlas: Atlas, exports: tuple[Path, Path], tmp_path: Path) -> Path:
    """Return a store of the first export."""
    import_file(exports[0], atlas, tmp_path / "store", ImportOptions())
    return tmp_path / "store"


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[Path]:
    """Return a copy of the shipped data."""
    for folder in ("seeds", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.mark.fault(
    "Server killed (kill -9) and started again",
    seen="the map stays and can be used; the page says that it is connecting",
    kept="the view, also what the reader did while there was no server",
    recovery="start the server: pages connect again, and it removes the temporary folder of the killed one",
)
def test_a_page_outlives_a_killed_server_whose_folder_is_removed(browser: Browser, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    settings = {"TMPDIR": str(temporary), "MAPAPP_INCIDENTS": str(tmp_path / "none")}
    with started(tmp_path, **settings) as (address, process):
        here = Visit(browser, address).open()
        here.mark()
        process.kill()
        process.wait()
    (left,) = temporary.glob("mapapp-*")
    expect(app(here)).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    here.set_window("2018-09-01", "2018-09-30")
    here.until_address(lambda found: found.get("first") == "2018-09-01")
    with serving(tmp_path, urlsplit(address).port, **settings):
        expect(app(here)).to_have_attribute("data-test-connection-state", "CONNECTED")
        expect(app(here)).to_have_attribute("data-test-script-state", "notRunning")
        turn_to(here)
        here.page.get_by_label("File type").first.wait_for()
        assert here.window() == ("2018-09-01", "2018-09-30")
        assert here.is_marked()
        (used,) = temporary.glob("mapapp-*")
        assert used != left
    ended_well(tmp_path, here)


@pytest.mark.fault(
    "Data changed while a page is open",
    seen="the map as it was, until the reader turns to the page around it: then the new data",
    kept="the view",
    recovery="none needed",
)
def test_changed_data_is_drawn_in_the_view_of_an_open_page(browser: Browser, copied: Path) -> None:
    file = copied / "data" / "map.yaml"
    with serving(copied, MAPAPP_DATA=str(copied), MAPAPP_INCIDENTS=str(copied / "none")) as address:
        here = Visit(browser, address).open()
        here.set_window("2018-09-01", "2018-09-30")
        here.until_address(lambda found: found.get("first") == "2018-09-01")
        file.write_text(file.read_text("utf-8").replace("en: Governorates", "en: Provinces"), "utf-8")
        turn_to(here)
        expect(row(here, "governorates")).to_contain_text("Provinces")
        here.frame.wait_for_selector("html[data-ready='1']", state="attached")
        assert here.window() == ("2018-09-01", "2018-09-30")
    ended_well(copied, here)


@pytest.mark.fault(
    "Store of incidents removed while a page is open",
    seen="the incidents as they were, until the reader turns to the page around the map: then none",
    kept="the map and the view",
    recovery="import again: the incidents are back when the page is next used",
)
def test_a_store_removed_under_an_open_page_takes_only_the_incidents(
    browser: Browser, atlas: Atlas, exports: tuple[Path, Path], store: Path, tmp_path: Path
) -> None:
    with serving(tmp_path, MAPAPP_INCIDENTS=str(store)) as address:
        here = Visit(browser, address).open(ALL)
        until_counted(here, FIRST)
        shutil.rmtree(store)
        here.set_window("2018-09-01", "2018-09-30")
        turn_to(here)
        expect(row(here, "incidents")).to_have_count(0)
        here.frame.wait_for_selector("html[data-ready='1']", state="attached")
        assert here.window() == ("2018-09-01", "2018-09-30")
        import_file(exports[1], atlas, store, ImportOptions())
        here.page.keyboard.press("Escape")
        turn_to(here)
        expect(row(here, "incidents")).to_have_count(1)
        here.set_window("2017-01-01", "2020-02-19")
        until_counted(here, SECOND)
    ended_well(tmp_path, here)


@pytest.mark.fault(
    "Two servers on one store, to which a command writes",
    seen="on both, what is stored, when their pages are opened or used again",
    kept="the store; each command's change whole",
    recovery="none needed",
)
def test_two_servers_share_a_store_that_a_command_changes(
    browser: Browser, exports: tuple[Path, Path], store: Path, tmp_path: Path
) -> None:
    logs = [tmp_path / "one", tmp_path / "two"]
    for folder in logs:
        folder.mkdir()
    settings = {"MAPAPP_INCIDENTS": str(store)}
    command = [sys.executable, "-m", "mapapp", "incidents", "import", str(exports[1]), "--store", str(store)]
    with serving(logs[0], **settings) as at_one, serving(logs[1], **settings) as at_two:
        one = Visit(browser, at_one).open(ALL)
        until_counted(one, FIRST)
        with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL) as importing:  # noqa: S603 - our own
            two = Visit(browser, at_two).open(ALL)  # reads while the command writes
        assert importing.returncode == 0
        for here in (one, two):
            turn_to(here)
            until_counted(here, FIRST + SECOND)
        two.page.keyboard.press("Escape")
        two.find('[data-row="incidents"] .link').click()
        two.find("details.incident").first.wait_for()
        remove(store, "first")
        two.find("details.incident > summary").first.click()  # the server then mounts another map
        one.page.keyboard.press("Escape")
        turn_to(one)
        for here in (one, two):
            until_counted(here, SECOND)
    ended_well(logs[0], one)
    ended_well(logs[1], two)


@pytest.mark.fault(
    "Read-only home and store on the server",
    seen="the same page, with the incidents",
    kept="everything",
    recovery="none needed",
)
def test_the_page_is_served_from_a_read_only_home(browser: Browser, store: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    with (
        read_only(tmp_path / "home") as home,
        read_only(store),
        started(tmp_path, before=obey_permissions, HOME=str(home), MAPAPP_INCIDENTS=str(store)) as (
            address,
            _,
        ),
    ):
        here = Visit(browser, address).open(ALL)
        until_counted(here, FIRST)
    ended_well(tmp_path, here)


@pytest.mark.fault(
    "No home folder on the server",
    seen="the same page from `mapapp run`; incidents only where MAPAPP_INCIDENTS is set",
    kept="everything",
    recovery="none needed",
)
def test_the_page_is_served_without_a_home(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOME")
    settings = {"PYTHONPATH": beginning(tmp_path, NOBODY)["PYTHONPATH"], "MAPAPP_INCIDENTS": ""}
    with started(tmp_path, module=("mapapp", "run", "--"), **settings) as (address, _):
        here = Visit(browser, address).open()
        turn_to(here)
        here.page.get_by_label("File type").first.wait_for()
        expect(row(here, "incidents")).to_have_count(0)
        expect(here.page.locator("[data-testid='stAlert']")).to_have_count(0)
    ended_well(tmp_path, here)
