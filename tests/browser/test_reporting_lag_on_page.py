"""What the page says of weeks of which reports are still coming in."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from server import serving
from visit import Visit, visiting

from mapapp.core.model import Atlas
from mapapp.incidents.completeness import incomplete
from mapapp.incidents.importer import import_file
from mapapp.incidents.query import Asked, Queries
from mapapp.incidents.store import open_store

DAY = date(2020, 2, 19)  # of the article
SEEN = DAY + timedelta(days=12)  # the last day of the export
PLACE = "governorate-idlib"


@pytest.fixture(scope="session")
def late(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import an export of which the last weeks are known in part; return its store."""
    folder = tmp_path_factory.mktemp("late")
    chance = random.Random(20200219)  # noqa: S311 - made-up rows
    with (folder / "late.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["event_id_cnty", "event_date", "event_type", "country", "latitude", "longitude", "timestamp"]
        )
        for number in range(6000):
            day = SEEN - timedelta(days=chance.randrange(365))
            known = day + timedelta(days=int(chance.gammavariate(0.8, 19.5)))
            if known <= SEEN:
                spot = (round(chance.uniform(35.4, 36.2), 4), round(chance.uniform(36.4, 37.0), 4))
                changed = (known - date(1970, 1, 1)).days * 86_400 + 3600
                writer.writerow([f"SYR{number}", day, "Battles", "Syria", *spot, changed])
    import_file(folder / "late.csv", atlas, folder / "store")
    return folder / "store"


@pytest.fixture
def queries(late: Path) -> Queries:
    """Open the store."""
    store = open_store(late)
    assert store is not None
    return Queries(store)


@pytest.fixture
def read(
    request: pytest.FixtureRequest, browser: Browser, late: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens the page and waits until the incidents are drawn."""
    folder = tmp_path_factory.mktemp("reading")
    with (
        serving(folder, MAPAPP_INCIDENTS=str(late)) as address,
        visiting(request, partial(Visit, browser, address)) as start,
    ):

        def opened(query: str = "", **options: object) -> Visit:
            one = start(query, **options)
            one.frame.wait_for_selector("html[data-record='1']", state="attached")
            return one

        yield opened


def numbers(text: str) -> list[int]:
    """Return the whole numbers in a text."""
    return [int(number.replace(",", "")) for number in re.findall(r"[0-9][0-9,]*", text)]


def test_the_card_says_what_counts_may_come_to_as_python_computes_it(
    read: Callable[..., Visit], queries: Queries
) -> None:
    page = read(f"?first={DAY - timedelta(days=9)}&last={DAY}&selected={PLACE}")
    notes = page.find(".record-incomplete")
    expect(notes).to_have_count(2)
    for note, (first, last) in zip(
        notes.all(),
        [(DAY - timedelta(days=28), DAY - timedelta(days=1)), (DAY - timedelta(days=9), DAY)],
        strict=True,
    ):
        asked = Asked(PLACE, first, last)
        known = queries.count(PLACE, first, last)
        still = incomplete(queries, asked)
        assert still is not None
        assert still.more is not None
        low, high = still.more
        said = note.inner_text().split("at least")[1]
        assert numbers(said) == [known, known + low, known + high]
        assert low > 0
    page.find("details.note > summary").click()
    expect(page.find("details.note")).to_contain_text("were known one week after its end")
    expect(page.find("details.note")).to_contain_text("which may be later than the first report")


def test_weeks_that_are_still_filling_are_grey_with_an_interval(read: Callable[..., Visit]) -> None:
    page = read(f"?first={DAY - timedelta(days=9)}&last={DAY}&selected={PLACE}")
    filling = page.find(".record-filling")
    expect(filling).not_to_have_count(0)
    assert 4 <= filling.count() <= 10  # of 26 weeks before the article and the week that begins with it
    assert page.find(".record-likely").count() == filling.count()
    grey, usual = (
        page.js("name => getComputedStyle(document.querySelector(`${name} .record-bar`)).fill", name)
        for name in (".record-filling", ".record-chart g:not(.record-filling)")
    )
    assert grey != usual
    expect(page.find(".axis .record-open")).to_have_count(1)
    assert "when reporting is complete" in (filling.first.locator("title").text_content() or "")


def test_no_ratio_is_given_while_reports_are_still_coming_in(read: Callable[..., Visit]) -> None:
    page = read(f"?first={DAY - timedelta(days=9)}&last={DAY}&selected={PLACE}&as_of=all")
    page.find(".record-around > summary").click()
    cells = page.find(".record-around tbody td")
    expect(cells).to_have_count(3)
    expect(cells.nth(1)).to_contain_text("at least")
    expect(cells.nth(1)).to_contain_text("as reports are still coming in")
    expect(cells.nth(1)).not_to_contain_text("(")  # an interval
    expect(cells.nth(2)).to_have_text("too early to compare")
