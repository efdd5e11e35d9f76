"""The reader's incident data on the map: what is shown and counted agrees with pandas."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from playwright.sync_api import Browser, expect
from server import ROOT, serving
from visit import Visit, visiting

from mapapp.core.model import Atlas
from mapapp.incidents.rates import rate_interval, ratio_interval

HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}"
DAY = date(2020, 2, 19)
TYPES = {
    ("Battles", "Armed clash"): "clashes",
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"): "shelling",
    ("Explosions/Remote violence", "Air/drone strike"): "air-strikes",
    ("Protests", "Peaceful protest"): "protests",
}
ROWS = 5000


@pytest.fixture(scope="session")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write an export of made-up incidents in ACLED's columns; the last lies alone, with a hostile note."""
    chance = random.Random(20200219)  # noqa: S311 - made-up rows
    target = tmp_path_factory.mktemp("export") / "made-up.csv"
    columns = (
        "event_id_cnty event_date time_precision event_type sub_event_type actor1 latitude longitude "
        "geo_precision source notes fatalities"
    )
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns.split())
        for number in range(ROWS - 1):
            day = DAY - timedelta(days=int(chance.triangular(-20, 700, 0)))
            kind = chance.choice(list(TYPES))
            spot = (round(chance.uniform(34.9, 36.6), 4), round(chance.uniform(36.0, 37.6), 4))
            writer.writerow([f"SYR{number}", day, chance.choice([1, 1, 1, 2, 3]), *kind, "Made up", *spot,
                             chance.choice([1, 1, 2, 3]), "Made up", "A made-up row.", 0])  # fmt: skip
        writer.writerow(
            ["SYR-alone", DAY, 1, *next(iter(TYPES)), HOSTILE, 35.2, 38.4, 1, "Made up", f"Note {HOSTILE}", 0]
        )
    return target


@pytest.fixture(scope="session")
def recorded(export: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the page for a reader who has imported the export; return its address."""
    folder = tmp_path_factory.mktemp("recorded")
    store = str(folder / "store")
    command = [
        sys.executable,
        "-m",
        "mapapp",
        "incidents",
        "import",
        str(export),
        "--store",
        store,
        "--title",
        "Made up <b>",
    ]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True, timeout=120)  # noqa: S603 - our own command
    with serving(folder, MAPAPP_INCIDENTS=store) as address:
        yield address


@pytest.fixture
def read(request: pytest.FixtureRequest, browser: Browser, recorded: str) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens the page and waits until the records are drawn."""
    with visiting(request, partial(Visit, browser, recorded)) as start:

        def opened(query: str = "", **options: object) -> Visit:
            one = start(query, **options)
            one.frame.wait_for_selector("html[data-record='1']", state="attached")
            return one

        yield opened


@pytest.fixture(scope="session")
def frame(export: Path) -> gpd.GeoDataFrame:
    """Read the export with pandas alone, each row with the governorates and zones it lies in."""
    rows = pd.read_csv(export, parse_dates=["event_date"])
    rows["day"] = rows.event_date.dt.date
    rows["kind"] = [TYPES[pair] for pair in zip(rows.event_type, rows.sub_event_type, strict=True)]
    return gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(rows.longitude, rows.latitude), crs=4326)


def inside(frame: gpd.GeoDataFrame, place: str) -> gpd.GeoDataFrame:
    """Keep the rows in an area of the shipped data."""
    layer = "zones" if place.startswith("zone") else "governorates"
    areas = gpd.read_file(ROOT / "data" / "geo" / f"{layer}.geojson", columns=["id"])
    (shape,) = areas.loc[areas["id"] == place, "geometry"]
    return frame[frame.intersects(shape)]


def between(frame: pd.DataFrame, first: date, last: date) -> int:
    """Count the rows dated from ``first`` to ``last``, both included."""
    return int(((frame.day >= first) & (frame.day <= last)).sum())


def count(page: Visit) -> int:
    """Return the number the panel shows beside the layer."""
    return int(page.find('[data-row="incidents"] > label > .n').inner_text().replace(",", ""))


def back(days: int) -> date:
    """Return the day so many days before the article's."""
    return DAY - timedelta(days=days)


def test_without_incident_data_nothing_mentions_it(visit: Callable[..., Visit]) -> None:
    page = visit()
    assert page.js("mapapp.record()") is None
    assert page.find('[data-row="incidents"]').count() == 0


@pytest.mark.parametrize("window", [(back(0), back(0)), (back(30), back(1)), (back(400), back(200))])
def test_as_many_incidents_show_as_pandas_counts(
    read: Callable[..., Visit], frame: gpd.GeoDataFrame, window: tuple[date, date]
) -> None:
    page = read(f"?first={window[0]}&last={window[1]}")
    assert count(page) == between(frame, *window) > 0
    assert page.js("mapapp.record().shown") == between(frame, *window)
    for kind in TYPES.values():
        shown = page.find(f'[data-record-kind="{kind}"] .n').inner_text()
        assert int(shown) == between(frame[frame.kind == kind], *window)


@pytest.mark.parametrize("place", ["governorate-idlib", "zone-idlib"])
def test_summary_and_weekly_chart_of_a_place_equal_the_counts_of_pandas(
    read: Callable[..., Visit], frame: gpd.GeoDataFrame, place: str
) -> None:
    page = read(f"?first={back(9)}&last={back(0)}&selected={place}")
    there = inside(frame, place)
    counted = page.js("id => mapapp.record(id)", place)
    assert counted["before"] == between(there, back(28), back(1)) > 0
    assert counted["earlier"] == between(there, back(56), back(29)) > 0
    assert counted["window"] == between(there, back(9), back(0)) == count(page)
    said = page.find(".record-words").inner_text()
    numbers = [int(bold) for bold in page.find(".record-words b").all_inner_texts()]
    assert numbers == [counted["before"], counted["earlier"], counted["window"]]
    assert "four weeks before the date of the article" in said
    for first, n in counted["weeks"]:
        start = date(1970, 1, 1) + timedelta(days=first)
        assert n == between(there, start, min(start + timedelta(days=6), DAY))


def test_the_card_of_a_place_that_is_selected_later_has_its_own_numbers(
    read: Callable[..., Visit], frame: gpd.GeoDataFrame
) -> None:
    page = read(f"?first={back(9)}&last={back(0)}")
    page.js("id => mapapp.select(id)", "governorate-idlib")
    there = between(inside(frame, "governorate-idlib"), back(9), back(0))
    assert int(page.find(".record-words b").nth(2).inner_text()) == there


def test_rates_before_and_after_a_claim_are_those_of_pandas_and_python(
    read: Callable[..., Visit], frame: gpd.GeoDataFrame, atlas: Atlas
) -> None:
    page = read(f"?first={back(9)}&last={back(0)}&selected=governorate-idlib&as_of=all")
    page.find(".record-around > summary").click()
    event = next(event for event in atlas.events if event.id == "idlib-clashes")
    assert page.find(".record-around tbody th").all_inner_texts() == [event.title]
    earliest, latest = event.when.earliest, event.when.latest
    assert earliest is not None
    assert latest is not None
    there = inside(frame, "governorate-idlib")
    covered = max(there.day.max(), frame.day.max())
    counted = []
    cells = page.find(".record-around tbody td").all_inner_texts()
    for cell, first, last in (
        (cells[0], earliest - timedelta(days=28), earliest - timedelta(days=1)),
        (cells[1], latest + timedelta(days=1), min(latest + timedelta(days=28), covered)),
    ):
        n, days = between(there, first, last), (last - first).days + 1
        rate, count, _ = cell.split("\n")
        assert (rate, count) == (shown(7 * n / days, 7, rate_interval(n, days)), f"{n} in {days} days")
        counted.append((n, days))
    (before, after) = counted
    ratio = after[0] / after[1] / (before[0] / before[1])
    assert cells[2] == shown(ratio, 1, ratio_interval(before, after))


def shown(rate: float, scale: float, interval: tuple[float, float]) -> str:
    """Return a rate with its interval as the page shows it."""
    rate, low, high = (
        f"{float(f'{value:.2g}'):g}" if value < 10 else f"{int(value + 0.5):,}"
        for value in (rate, *(scale * end for end in interval))
    )
    return f"{rate} ({low}–{high})"


def test_one_kind_only(read: Callable[..., Visit], frame: gpd.GeoDataFrame) -> None:
    page = read(f"?first={back(60)}&last={back(0)}&kinds=clashes,shelling")
    wanted = frame[frame.kind.isin(["clashes", "shelling"])]
    assert count(page) == between(wanted, back(60), back(0))
    page.find('[data-record-kind="shelling"]').click()
    page.until("n => mapapp.record().shown === n", between(frame[frame.kind == "clashes"], back(60), back(0)))
    assert page.until_address(lambda address: address.get("kinds") == "clashes")


def test_only_certain_incidents(read: Callable[..., Visit], frame: gpd.GeoDataFrame) -> None:
    page = read(f"?first={back(60)}&last={back(0)}&certain=1")
    sure = frame[(frame.time_precision == 1) & (frame.geo_precision != 3)]
    assert count(page) == between(sure, back(60), back(0)) < between(frame, back(60), back(0))


def test_incidents_after_the_as_of_day_are_left_out(
    read: Callable[..., Visit], frame: gpd.GeoDataFrame
) -> None:
    after = f"?first={DAY}&last={DAY + timedelta(days=20)}"
    assert count(read(after)) == between(frame, DAY, DAY)
    assert (
        count(read(f"{after}&as_of=all"))
        == between(frame, DAY, DAY + timedelta(days=20))
        > between(frame, DAY, DAY)
    )


def test_the_layer_is_switched_off_without_a_new_map(read: Callable[..., Visit]) -> None:
    page = read(f"?first={back(60)}&last={back(0)}")
    page.mark()
    assert page.find("canvas.record-sheet").count() == 1
    page.find('[data-row="incidents"] > label').click()
    page.until("() => mapapp.record().shown === 0")
    assert page.find("canvas.record-sheet").count() == 0
    page.until_address(lambda address: address.get("hidden") == "incidents")
    assert page.is_marked()


PAINTED = """() => {
  const sheet = document.querySelector("canvas.record-sheet");
  const dots = sheet.getContext("2d").getImageData(0, 0, sheet.width, sheet.height).data;
  let n = 0;
  for (let i = 3; i < dots.length; i += 4) n += dots[i] > 0;
  return n;
}"""


def test_few_are_points_and_many_are_squares(read: Callable[..., Visit]) -> None:
    page = read("?first=2017-01-01&last=2020-02-19")
    assert page.js("mapapp.record().drawn") == "cells"
    assert page.js(PAINTED) > 1000
    assert "km square" in page.find('[data-row="incidents"] .keys').inner_text()
    for _ in range(12):
        if page.js("mapapp.record().drawn") == "cells":
            page.find(".leaflet-control-zoom-in").click()
            page.until("() => !document.querySelector('.leaflet-zoom-anim')")
    assert page.js("mapapp.record().drawn") == "points"
    assert "at one location" in page.find('[data-row="incidents"] .keys').inner_text()
    page.set_window(str(back(20)), str(back(0)))
    assert page.js("mapapp.record().drawn") == "points"
    assert page.js(PAINTED) > 1000
    page.set_window("2017-02-01", "2017-02-02")  # before the first row
    assert page.js("mapapp.record().drawn") == "none"
    assert page.js(PAINTED) == 0
    assert "cover" in page.find('[data-row="incidents"] .keys').inner_text()


# how far the canvas is from each edge of the map, in its pixels; how many dots on its own edges are painted
PLACED = """() => {
  const sheet = document.querySelector("canvas.record-sheet"), { width, height } = sheet;
  const [inner, outer] = [sheet, document.querySelector(".leaflet-container")]
    .map((one) => one.getBoundingClientRect());
  const dots = (...box) => sheet.getContext("2d").getImageData(...box).data.filter((byte) => byte > 0).length;
  const edges = [[0, 0, width, 1], [0, 0, 1, height], [0, height - 1, width, 1], [width - 1, 0, 1, height]];
  return {
    gaps: [
      inner.left - outer.left, inner.top - outer.top, outer.right - inner.right, outer.bottom - inner.bottom,
    ],
    size: [width, height],
    cut: edges.reduce((n, edge) => n + dots(...edge), 0),
  };
}"""


@pytest.mark.parametrize("days", [60, 700])  # points; squares
def test_the_canvas_covers_only_where_incidents_can_be_and_cuts_none(
    read: Callable[..., Visit], days: int
) -> None:
    placed = read(f"?camera=35.6,37.2,7&first={back(days)}&last={back(-20)}").js(PLACED)
    assert min(placed["gaps"]) > 20
    assert placed["cut"] == 0


def test_a_view_without_incidents_has_next_to_no_canvas(read: Callable[..., Visit]) -> None:
    page = read(f"?camera=33.5,41.5,10&first={back(60)}&last={back(0)}")
    assert page.js(PLACED)["size"] == [1, 1]
    assert page.js("mapapp.record().drawn") == "none"


# the largest difference of a canvas from itself drawn as a whole, as it is seen: between 0 and 255
UNLIKE_WHOLE = """() => {
  const sheet = document.querySelector("canvas.record-sheet");
  const dots = () => sheet.getContext("2d").getImageData(0, 0, sheet.width, sheet.height).data;
  const stepped = dots();
  for (const base of ["dark", "light"]) mapapp.follow({ theme: { base } }); // a theme is drawn as a whole
  const whole = dots();
  const seen = (data, i) => (i % 4 === 3 ? data[i] : (data[i] * data[i | 3]) / 255);
  return whole.reduce((most, _, i) => Math.max(most, Math.abs(seen(stepped, i) - seen(whole, i))), 0);
}"""


@pytest.mark.parametrize("days", [60, 600])  # points; squares
def test_steps_leave_the_canvas_as_if_it_were_drawn_as_a_whole(read: Callable[..., Visit], days: int) -> None:
    page = read(f"?first={back(days)}&last={back(20)}")
    page.find('[data-handle="last"]').focus()
    for key in ["ArrowLeft"] * 9 + ["ArrowRight"] * 4:
        page.page.keyboard.press(key)
    page.until("day => mapapp.window().last === day", str(back(25)))
    assert page.js(PAINTED) > 1000
    # circles that the part drawn anew cuts have slightly other edges
    assert page.js(UNLIKE_WHOLE) < 32


@pytest.mark.parametrize("query", ["", "&certain=1", "&selected=idlib"])
def test_steps_count_as_many_as_a_page_opened_on_the_same_days(
    read: Callable[..., Visit], query: str
) -> None:
    page = read(f"?first={back(60)}&last={back(20)}{query}")
    for edge, keys in {
        "first": ["ArrowRight"] * 3 + ["PageDown"],
        "last": ["PageDown", "ArrowRight"],
    }.items():
        page.find(f'[data-handle="{edge}"]').focus()
        for key in keys:
            page.page.keyboard.press(key)
    opened = read("?first={}&last={}{}".format(*page.window(), query))
    assert page.js("mapapp.record()") == opened.js("mapapp.record()")
    number = page.find('[data-row="incidents"] > label > .n')
    expect(number).to_have_text(opened.find('[data-row="incidents"] > label > .n').inner_text())


def test_what_stands_around_the_map_follows_a_step(read: Callable[..., Visit]) -> None:
    page = read(f"?first={back(40)}&last={back(20)}")
    page.find('[data-handle="last"]').focus()
    before = page.find('[data-row="incidents"] > label > .n').inner_text()
    page.page.keyboard.press("ArrowLeft")
    page.until(
        "before => { const n = document.querySelector('[data-row=\"incidents\"] > label > .n').textContent;"
        " return n !== before && Number(n) === mapapp.record().shown; }",
        before,
    )


def test_the_map_is_drawn_in_few_layers(read: Callable[..., Visit]) -> None:
    page = read(f"?first={back(40)}&last={back(20)}")
    browser = page.page.context.new_cdp_session(page.page)
    found: list[int] = []
    browser.on("LayerTree.layerTreeDidChange", lambda event: found.append(len(event.get("layers", []))))
    browser.send("DOM.enable")
    browser.send("LayerTree.enable")
    page.find('[data-handle="last"]').focus()
    page.page.keyboard.press("ArrowLeft")
    expect(page.find(".typed[data-edge='last']")).to_have_value(str(back(21)))
    page.js("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert found
    assert max(found) < 60, "a layer for each mark or pane makes each time step slow"


def test_an_incident_is_opened_in_its_own_words(read: Callable[..., Visit]) -> None:
    page = read("?camera=35.2,38.4,10")
    box = page.find(".leaflet-container").bounding_box()
    assert box is not None
    page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    card = page.find(".incident[open]")
    card.locator("dl").wait_for()
    said = card.inner_text()
    assert f"Note {HOSTILE}" in said
    assert "SYR-alone" in said
    assert "Made up <b>" in said
    assert page.find(".cards img").count() == 0
    assert "alert" not in page.page.evaluate("document.title")


def test_arrow_keys_step_through_time_with_incidents(
    read: Callable[..., Visit], frame: gpd.GeoDataFrame
) -> None:
    page = read(f"?first={back(40)}&last={back(20)}")
    page.mark()
    page.find('[data-handle="last"]').focus()
    for _ in range(5):
        page.page.keyboard.press("ArrowRight")
    page.until("n => mapapp.record().shown === n", between(frame, back(40), back(15)))
    assert page.window() == (str(back(40)), str(back(15)))
    assert page.is_marked()


def test_a_places_card_follows_the_window_without_being_recreated(
    read: Callable[..., Visit], frame: gpd.GeoDataFrame
) -> None:
    page = read(f"?first={back(40)}&last={back(20)}&selected=governorate-idlib")
    page.js("() => { document.querySelector('.place-card').marked = true; }")
    page.find(".record summary").first.click()
    page.find('[data-handle="last"]').focus()
    page.page.keyboard.press("ArrowRight")
    there = between(inside(frame, "governorate-idlib"), back(40), back(19))
    page.until("n => document.querySelectorAll('.record-words b')[2].textContent === String(n)", there)
    assert page.js("document.querySelector('.place-card').marked") is True
    assert page.js("document.querySelector('.record details').open") is True


def test_a_keyboard_reaches_single_incidents(read: Callable[..., Visit]) -> None:
    page = read("?camera=35.2,38.4,10")
    page.find('[data-row="incidents"] .keys button').focus()
    page.page.keyboard.press("Enter")
    page.find(".cards .incident summary").first.wait_for()
    page.find(".cards .incident dl").wait_for()
    assert "SYR-alone" in page.find(".cards").inner_text()
    page.page.keyboard.press("Escape")
    page.until("() => !document.querySelector('.cards').firstChild")


def test_cards_opened_at_once_are_all_filled(read: Callable[..., Visit]) -> None:
    here = read(f"?first={DAY}&last={DAY}")
    here.find('[data-row="incidents"] .link').click()
    here.find("details.incident").nth(2).wait_for()
    here.js("[...document.querySelectorAll('.incident > summary')].slice(0, 3).forEach((it) => it.click())")
    here.until("document.querySelectorAll('.incident[data-filled] dl').length === 3")


def test_the_map_says_if_only_one_places_incidents_are_shown(read: Callable[..., Visit]) -> None:
    page = read(f"?first={back(40)}&last={back(0)}")
    assert page.find(".record-label").inner_text() == ""
    page.js("mapapp.select('zone-idlib')")
    assert "Only incidents in Idlib de-escalation zone" in page.find(".record-label").inner_text()
    clean = read(f"?first={back(40)}&last={back(0)}&selected=zone-idlib&screenshot=1")
    for part in (".record-label", ".credit"):
        assert "Only incidents in Idlib de-escalation zone" in clean.find(part).inner_text()
    assert "at one location" in clean.find(".credit").inner_text()


def test_the_list_of_places_without_a_label_covers_no_note_on_incidents(read: Callable[..., Visit]) -> None:
    page = read("?first=2017-01-01&last=2020-02-19&selected=zone-idlib")
    lowest, note = page.js(
        """() => {
            const bottom = (box) => box.getBoundingClientRect().bottom;
            const chips = [...document.querySelectorAll(".beyond > *")].filter((chip) => !chip.hidden);
            return [Math.max(...chips.map(bottom)),
                    document.querySelector(".record-label p").getBoundingClientRect().top];
        }"""
    )
    assert lowest < note


@pytest.mark.parametrize("unknown", ["nope", "road-m5"])
def test_lines_and_unknown_ids_have_no_counts(read: Callable[..., Visit], unknown: str) -> None:
    assert read().js("id => mapapp.record(id)", unknown) is None


def test_only_synthetic_incidents_are_called_synthetic(read: Callable[..., Visit]) -> None:
    page = read(f"?first={back(40)}&last={back(0)}&selected=zone-idlib")
    assert page.find(".synthetic").count() == 0
