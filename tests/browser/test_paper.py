"""Printed, with forced colours and without JavaScript, nothing on the screen is lost."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Frame, Locator, Page, expect
from visit import Visit

from mapapp.core.model import Atlas

Open = Callable[..., Visit]
OpenWith = Callable[..., tuple[Page, Frame]]


@pytest.fixture(params=["visit", "standalone"], ids=["app", "page"])
def opened(request: pytest.FixtureRequest) -> OpenWith:
    """Return a function that opens the app or the exported page; it gives the page and the map's frame."""
    visit: Open = request.getfixturevalue(request.param)

    def start(query: str = "", **options: object) -> tuple[Page, Frame]:
        here = visit(f"?{query}", **options)
        return here.page, here.frame

    return start


def squeezed(text: str) -> str:
    """Return the words alone, however the lines are broken."""
    return re.sub(r"[^\w]", "", text)


def tool(name: str) -> str:
    """Return where one of poppler's tools is."""
    found = shutil.which(name)
    assert found is not None
    return found


def read(pdf: bytes) -> tuple[str, list[np.ndarray]]:
    """Return a printed document's text, and its pages as pictures of 50 dpi, with a renderer of its own."""
    text = subprocess.run(  # noqa: S603 - poppler
        [tool("pdftotext"), "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    pictures = subprocess.run(  # noqa: S603 - poppler
        [tool("pdftoppm"), "-r", "50"], input=pdf, capture_output=True, check=True
    ).stdout
    pages = []
    stream = io.BytesIO(pictures)
    while stream.tell() < len(pictures):
        assert stream.readline() == b"P6\n"
        width, height = map(int, stream.readline().split())
        assert stream.readline() == b"255\n"
        pages.append(np.frombuffer(stream.read(width * height * 3), np.uint8).reshape(height, width, 3))
    return text, pages


GREEN, WATER = (197, 214, 208), (219, 229, 234)


def extent(picture: np.ndarray, colour: tuple[int, int, int]) -> tuple[int, int]:
    """Return how many pixels wide and tall what has about this colour reaches."""
    rows, columns = np.nonzero(np.abs(picture.astype(int) - colour).max(axis=2) <= 8)
    return (int(np.ptp(columns)), int(np.ptp(rows))) if len(rows) else (0, 0)


def passages(atlas: Atlas) -> list[str]:
    """Return all words of the article that statements quote, which is what may be published of it."""
    return [passage.exact for event in atlas.events for passage in event.passages]


@pytest.mark.parametrize(
    "size", [(1440, 900), (390, 844), (720, 450)], ids=lambda size: f"{size[0]}x{size[1]}"
)
def test_the_printed_page_has_the_map_its_key_and_the_article(
    size: tuple[int, int], opened: OpenWith, atlas: Atlas
) -> None:
    here, _ = opened(viewport={"width": size[0], "height": size[1]})
    text, pages = read(here.pdf(format="A4"))
    flat = squeezed(text)
    said = re.sub(r"\d", "", flat)  # numbers of statements stand between the words
    for passage in passages(atlas):
        assert re.sub(r"\d", "", squeezed(passage)) in said
    for words in ("Idlib, line by line", "19 Feb 2020", "Contact line on the last day shown", "GeoNames"):
        assert squeezed(words) in flat
    assert "Layers and filters" not in text
    wide, tall = extent(pages[0], GREEN)  # the area on the map
    assert wide > 80
    assert tall > 110
    assert all((picture < 128).any() for picture in pages)  # no page is empty


def test_the_open_card_is_printed_and_the_screen_is_afterwards_as_it_was(opened: OpenWith) -> None:
    here, frame = opened("selected=zone-idlib&first=2018-09-01&last=2020-02-19", color_scheme="dark")
    box = """() => {
      const { left, top, width } = document.querySelector("path.layer-zones").getBoundingClientRect();
      return [left, top, width];
    }"""
    before = (frame.evaluate(box), frame.evaluate("document.documentElement.dataset.theme"), here.url)
    text, pages = read(here.pdf(format="A4"))
    assert squeezed("Idlib de-escalation zone") in squeezed(text)
    assert squeezed("The article on this place") in squeezed(text)
    assert "1 Sep 2018" in text
    for picture in pages:  # on white paper, however dark the screen
        assert np.median(picture) > 230
        assert (picture[-60:] > 200).mean() > 0.8
    assert here.locator(".mapapp-print").count() == 0
    expect(frame.locator(".time")).to_be_visible()
    frame.wait_for_function(
        f"before => ({box})().every((edge, i) => Math.abs(edge - before[i]) < 1)", arg=before[0]
    )
    assert frame.evaluate("document.documentElement.dataset.theme") == before[1] == "dark"
    assert here.url == before[2]


def looks(part: Locator) -> np.ndarray:
    """Return a part of the screen as a picture."""
    with Image.open(io.BytesIO(part.screenshot())) as picture:
        return np.asarray(picture.convert("L")).astype(int)


def differ(one: np.ndarray, other: np.ndarray) -> float:
    """Return the share of pixels that clearly differ."""
    height, width = (min(pair) for pair in zip(one.shape, other.shape, strict=True))
    return float((np.abs(one[:height, :width] - other[:height, :width]) > 60).mean())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_under_forced_colours_each_state_has_its_own_shape(opened: OpenWith, scheme: str) -> None:
    here, frame = opened(forced_colors="active", color_scheme=scheme)
    here.mouse.move(2, 2)
    for box, what in (("[data-row='roads']", ".switch"), (".filter:has([data-filter='kinds'])", ".tick")):
        part = frame.locator(box).first.locator(what)
        part.scroll_into_view_if_needed()
        on = looks(part)
        frame.locator(box).first.locator("label").or_(frame.locator(f"label{box}")).first.click()
        here.mouse.move(2, 2)
        assert differ(on, looks(part)) > 0.1
        halves = [half.mean() for half in np.array_split(looks(part), 2, axis=1)]
        if what == ".switch":  # the knob lies on the other side
            assert abs(halves[0] - halves[1]) > 5

    pressed = frame.locator(".presets [aria-pressed='true']")
    other = frame.locator(".presets [aria-pressed='false']").first
    assert abs(np.median(looks(pressed)) - np.median(looks(other))) > 100

    passage = frame.locator(".passage.in").first
    before = looks(passage)
    passage.click()
    here.mouse.move(2, 2)
    assert differ(before, looks(passage)) > 0.25  # its lines share their box with other words


def test_under_forced_colours_marks_in_the_window_and_the_window_itself_stand_out(opened: OpenWith) -> None:
    here, frame = opened("first=2020-02-19&last=2020-02-19", forced_colors="active")
    here.mouse.move(2, 2)
    mark = "ankara-ceasefire-breach"  # of that day alone
    assert "in" in frame.locator(f"[data-mark='{mark}']").get_attribute("class").split()
    solid = looks(frame.locator(f"[data-mark='{mark}'] rect:not(.fuzzy)").first)
    brush, back = (
        frame.locator(part).evaluate("node => getComputedStyle(node).fill")
        for part in (".brush", ".axis-back")
    )
    assert brush != back
    frame.evaluate("mapapp.setWindow('2020-02-18', '2020-02-18')")
    hollow = looks(frame.locator(f"[data-mark='{mark}'] rect").last)
    middle = tuple(length // 2 for length in hollow.shape)
    assert abs(int(solid[tuple(length // 2 for length in solid.shape)]) - int(hollow[middle])) > 100
    assert frame.locator(".handle-grip").first.evaluate("node => getComputedStyle(node).fill") != back


def test_without_script_the_exported_page_holds_the_article(
    browser: Browser, atlas: Atlas, exported: Path
) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}) as context:
        here = context.new_page()
        here.goto(exported.as_uri())
        assert here.get_attribute("html", "lang") == "en"
        text = squeezed(here.locator("body").inner_text())
        for passage in passages(atlas):
            assert squeezed(passage) in text
        for event in atlas.events:
            assert squeezed(event.title) in text
        assert "JavaScript" in text
        last = here.locator("noscript li, .plain li").last
        last.scroll_into_view_if_needed()
        assert last.bounding_box()["y"] < 844  # type: ignore[index]  # it is there
        assert here.locator(".plain [role='button'], .plain button").count() == 0
        assert here.locator(".plain .drawing svg").is_visible()
        assert here.locator(".plain .account h3").count() > 5
        printed, _ = read(here.pdf(format="A4"))
        assert squeezed(passages(atlas)[-1]) in squeezed(printed)


@pytest.mark.parametrize("wide", [320, 390, 768, 1440])
def test_without_script_nothing_is_wider_than_the_page(browser: Browser, exported: Path, wide: int) -> None:
    with browser.new_context(
        java_script_enabled=False, viewport={"width": wide, "height": 800}, color_scheme="dark"
    ) as context:
        here = context.new_page()
        here.goto(exported.as_uri())
        for part in here.locator(".plain > *").all():
            box = part.bounding_box()
            assert box is None or box["x"] + box["width"] <= wide
        assert luminance(here.screenshot()) < 0.35  # follows the system, without script


def luminance(picture: bytes) -> float:
    """Return the median brightness of the left edge of a picture, from 0 to 1."""
    edge = Image.open(io.BytesIO(picture)).convert("L").crop((0, 0, 4, 800))
    return float(np.median(np.asarray(edge))) / 255


def test_the_exported_page_is_as_dark_as_the_system_and_follows_it(browser: Browser, exported: Path) -> None:
    with browser.new_context(color_scheme="dark") as context:
        here = context.new_page()
        here.goto(exported.as_uri())
        here.wait_for_selector("html[data-theme='dark']", state="attached")
        here.emulate_media(color_scheme="light")
        here.wait_for_selector("html[data-theme='light']", state="attached")


def test_with_reduced_motion_the_map_does_not_animate(opened: OpenWith) -> None:
    here, frame = opened(reduced_motion="reduce")
    box = frame.locator(".leaflet-container").bounding_box()
    assert box is not None
    here.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    frame.locator(".leaflet-control-zoom-in").click()
    gliding = frame.evaluate(
        """() => [...document.querySelectorAll('.leaflet-zoom-animated')]
          .map((node) => getComputedStyle(node).transitionDuration)"""
    )
    assert set(gliding) == {"0s"}


def test_under_forced_colours_the_key_of_the_axis_has_the_colours_of_its_marks(standalone: Open) -> None:
    here = standalone(forced_colors="active")
    for key, mark in ((".key-said", ".time-mark.short.in rect"), (".key-fact", ".fact-mark.in rect")):
        fills = [
            here.js("selector => getComputedStyle(document.querySelector(selector)).fill", selector)
            for selector in (f".time-key {key}", mark)
        ]
        assert fills[0] == fills[1]
    bars = here.js(
        "[...document.querySelectorAll('.time-mark.long rect')].map(node => getComputedStyle(node).stroke)"
    )
    assert {*bars} == {"none"}  # thin bars with an edge run into one block


def test_a_printed_comparison_has_its_answer_its_table_and_no_controls(opened: OpenWith) -> None:
    here, frame = opened("compare=2020-01-28")
    expect(frame.locator(".compare-sentence").first).to_contain_text("km²")
    text, _ = read(here.pdf(format="A4"))
    flat = squeezed(text)
    sentence = frame.locator(".compare-sentence").first.text_content() or ""
    assert flat.count(squeezed(sentence)) == 1
    rows = frame.locator(".compare-said dd > span:first-child").all_text_contents()
    assert rows
    for row in rows:
        assert squeezed(row) in flat
    assert flat.count(squeezed("Not named on the map")) == 1
    for control in ("Compare two days", "End the comparison", "Days with a snapshot"):
        assert squeezed(control) not in flat
    assert frame.locator(".compare-said details[open]").count() == 0
