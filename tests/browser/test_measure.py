"""Coordinates under the pointer and at the centre, and distances measured by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from playwright.sync_api import expect
from pyproj import Geod
from test_way_back import KEEP_COPIED
from visit import Visit

Open = Callable[..., Visit]
CAMERA = "?camera=35.8,36.7,9"


def position(here: Visit) -> tuple[str, float, float]:
    """Return the coordinates beside the scale, and whose they are."""
    found = re.fullmatch(r"(\w+): (-?[\d.]+), (-?[\d.]+)", here.find(".position-text").inner_text())
    assert found is not None
    return found[1], float(found[2]), float(found[3])


def map_box(here: Visit) -> dict[str, float]:
    """Return where the map is in the window."""
    box = here.find(".leaflet-container").bounding_box()
    assert box is not None
    return dict(box)


def test_coordinates_are_those_under_the_pointer_or_of_the_centre(standalone: Open) -> None:
    here = standalone(CAMERA)
    assert position(here) == ("Centre", 35.8, 36.7)
    box = map_box(here)
    here.page.mouse.move(box["x"] + box["width"] / 2 + 100, box["y"] + box["height"] / 2)
    whose, lat, lon = position(here)
    assert (whose, round(lat, 2)) == ("Pointer", 35.8)
    assert 36.9 < lon < 37.1
    here.find(".leaflet-control-zoom-in").click()
    assert re.search(r"\.\d{3}, ", here.find(".position-text").inner_text())
    here.find(".position-copy").hover()
    assert position(here)[0] == "Centre"


def test_coordinates_are_copied_by_button_and_by_key(standalone: Open) -> None:
    here = standalone(CAMERA)
    here.js(KEEP_COPIED)
    here.find(".position-copy").click()
    centre = here.find(".position-text").inner_text().removeprefix("Centre: ")
    expect(here.find(".notice")).to_have_text(f"Coordinates copied: {centre}")
    here.find(".leaflet-container").focus()
    here.page.keyboard.press("c")
    here.until("copied.length === 2")
    assert here.js("copied") == [centre] * 2
    here.find("#search").focus()
    here.page.keyboard.type("c")
    assert here.js("copied.length") == 2


def test_distances_between_clicks_are_added_up(standalone: Open) -> None:
    here = standalone(CAMERA)
    here.find(".tool.distance").click()
    expect(here.find(".tool.distance")).to_have_attribute("aria-pressed", "true")
    box = map_box(here)
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    points = []
    for dx, dy in ((0, -180), (90, -100), (-100, -60)):
        here.page.mouse.move(middle[0] + dx, middle[1] + dy)
        points.append(position(here)[1:])
        here.page.mouse.click(middle[0] + dx, middle[1] + dy)
    assert here.find(".cards h2").count() == 0  # a click selects nothing now
    geod = Geod(ellps="WGS84")
    lengths = [geod.inv(lon1, lat1, lon2, lat2)[2] / 1000 for (lat1, lon1), (lat2, lon2) in pairwise(points)]
    measured = [float(text.split()[0]) for text in here.find(".measure-legs li").all_inner_texts()]
    assert len(measured) == 2
    for ours, expected in zip(measured, lengths, strict=True):
        assert abs(ours - expected) < 0.3  # the coordinates are rounded, and marks may be a few pixels away
    total = here.find(".measure-total").inner_text()
    assert abs(float(total.split()[1]) - sum(measured)) < 0.11
    assert here.address() == {"camera": CAMERA.partition("=")[2]}
    here.page.keyboard.press("Escape")
    expect(here.find(".measure-total")).to_have_text(re.compile("Click the first point"))
    here.page.keyboard.press("Escape")
    expect(here.find(".measure")).to_be_hidden()
    here.find(".label", has_text="Idlib").first.scroll_into_view_if_needed()
    here.page.mouse.click(*middle)
    expect(here.find(".cards h2")).to_have_count(1)


def test_a_distance_is_measured_by_keyboard(standalone: Open) -> None:
    here = standalone(CAMERA)
    here.find(".tool.distance").focus()
    here.page.keyboard.press("Enter")
    assert here.js("document.activeElement.matches('.leaflet-container')")
    expect(here.find(".crosshair")).to_be_visible()
    here.page.keyboard.press("Enter")
    before = position(here)
    here.page.keyboard.press("ArrowRight")
    here.until("before => document.querySelector('.position-text').textContent !== before", before[0])
    here.until("() => !document.querySelector('.leaflet-pan-anim')")
    here.page.keyboard.press("Enter")
    expect(here.find(".measure-total")).to_have_text(re.compile(r"Distance: [\d.]+ km"))
    here.page.keyboard.press("Backspace")
    expect(here.find(".measure-total")).to_have_text("Click the next point.")
    here.page.keyboard.press("Enter")
    here.page.keyboard.press("Escape")
    here.page.keyboard.press("Escape")
    expect(here.find(".measure")).to_be_hidden()


def test_what_is_measured_is_not_in_the_screenshot_view(standalone: Open) -> None:
    here = standalone(CAMERA)
    here.find(".tool.distance").click()
    here.find(".leaflet-container").focus()
    here.page.keyboard.press("Enter")
    expect(here.find(".measure-point")).to_have_count(1)
    here.find("button", has_text="Screenshot view").click()
    expect(here.find(".measure-point")).to_be_hidden()
    expect(here.find(".measure")).to_be_hidden()
