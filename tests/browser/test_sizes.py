"""At every window size, in the app and in the standalone page, everything can be reached."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Page, expect
from visit import IFRAME, Visit

Open = Callable[..., Visit]
OpenIn = Callable[..., tuple[Page, Frame]]
SIZES = ((1440, 900), (1280, 720), (768, 1024), (390, 844), (844, 390), (720, 450), (320, 256))
sizes = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
small = pytest.mark.parametrize("size", SIZES[4:], ids=lambda size: f"{size[0]}x{size[1]}")
PARTS = (".stage", ".time", ".axis-svg", ".reading", ".article")

BELOW = """selector => {
  const last = [...document.querySelectorAll(selector)].pop();
  return last.getBoundingClientRect().top - innerHeight;
}"""


@pytest.fixture(params=["visit", "standalone"], ids=["app", "page"])
def opened(request: pytest.FixtureRequest) -> OpenIn:
    """Return a function that opens the app or the exported page; it gives the page and the map's frame."""
    visit: Open = request.getfixturevalue(request.param)

    def start(size: tuple[int, int], query: str = "") -> tuple[Page, Frame]:
        here = visit(f"?{query}", viewport={"width": size[0], "height": size[1]})
        return here.page, here.frame

    return start


def top_left(page: Page) -> tuple[float, float]:
    """Return where the frame that holds the map begins in the window."""
    frame = page.query_selector(IFRAME)
    box = frame.bounding_box() if frame else None
    return (box["x"], box["y"]) if box else (0, 0)


def in_window(page: Page, frame: Frame, selector: str) -> bool:
    """Return whether the last match can be seen in the window, by its last line."""
    x, y, width, height = frame.evaluate(
        """selector => {
          const node = [...document.querySelectorAll(selector)].pop();
          const line = [...node.getClientRects()].pop();
          const at = [line.left + line.width / 2, line.top + line.height / 2];
          const top = document.elementFromPoint(...at);
          const seen = top && (node.contains(top) || top.contains(node));
          return [...(seen ? at : [-1, -1]), innerWidth, innerHeight];
        }""",
        selector,
    )
    left, top = top_left(page)
    size = page.viewport_size
    assert size is not None
    return (
        0 <= x <= width
        and 0 <= y <= height
        and 0 <= x + left <= size["width"]
        and 0 <= y + top <= size["height"]
    )


def wheel_to(page: Page, frame: Frame, selector: str) -> None:
    """Turn the wheel over the text, as a reader does, until the last match is in the window."""
    size = page.viewport_size
    assert size is not None
    page.mouse.move(size["width"] - 24, size["height"] - 24)
    for _ in range(60):
        if in_window(page, frame, selector):
            return
        page.mouse.wheel(0, max(40, frame.evaluate(BELOW, selector) / 2))
        frame.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
    pytest.fail(f"{selector} is out of reach")


@sizes
def test_no_part_collapses_and_all_can_be_reached(size: tuple[int, int], opened: OpenIn) -> None:
    page, frame = opened(size)
    height = "node => node.getBoundingClientRect().height"
    heights = {part: frame.locator(part).evaluate(height) for part in PARTS}
    assert {part for part, tall in heights.items() if tall < 70} == set()
    assert heights[".stage"] >= 150
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wheel_to(page, frame, ".article-text > p:last-child .passage")

    tab = frame.locator(".tabs button", has_text="Layers")
    if tab.is_visible():
        tab.click()
    frame.locator("[data-row='zones'] > label").click()
    assert "zone-idlib" not in frame.evaluate("mapapp.shown()")
    frame.locator(".panel .small").last.scroll_into_view_if_needed()
    assert in_window(page, frame, ".panel .small")


@sizes
def test_a_card_and_remarks_push_nothing_out_of_reach(size: tuple[int, int], opened: OpenIn) -> None:
    page, frame = opened(size, "first=nonsense&last=never&hidden=moon&camera=91,0,9&selected=zone-idlib")
    assert page.get_by_text("Part of the address is not valid").count() == 1
    height = "node => node.getBoundingClientRect().height"
    assert {part for part in (*PARTS, ".cards") if frame.locator(part).evaluate(height) < 70} == set()
    if size[0] <= 800 or size[1] <= 480:  # else the card scrolls by itself
        wheel_to(page, frame, ".cards-list section:last-child dt")
    wheel_to(page, frame, ".article-text > p:last-child .passage")


@small
def test_a_click_on_a_low_map_shows_that_a_card_has_opened(size: tuple[int, int], opened: OpenIn) -> None:
    page, frame = opened(size)
    frame.locator(".stage").scroll_into_view_if_needed()
    box = frame.locator(".leaflet-container").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.6)
    expect(frame.locator(".cards-head")).to_be_in_viewport()
    frame.locator(".cards-head .quiet").click()

    passage = frame.locator(".article-text > p:last-child .passage").last
    passage.click()
    expect(frame.locator(".cards-head")).to_be_in_viewport()
    frame.locator(".cards-head .quiet").click()
    expect(passage).to_be_in_viewport()  # and the reader is back where the text was left


@small
def test_the_screenshot_view_fits_too(size: tuple[int, int], opened: OpenIn) -> None:
    page, frame = opened(size, "screenshot=1")
    assert frame.locator(".leaflet-container").evaluate("node => node.getBoundingClientRect().height") >= 90
    frame.locator(".credit").hover()
    page.mouse.wheel(0, 10_000)
    frame.wait_for_function(
        """() => {
          const { scrollTop, scrollHeight, clientHeight } = document.querySelector(".credit");
          return scrollTop + clientHeight >= scrollHeight - 1;
        }"""
    )
    assert in_window(page, frame, ".credit > .small")
    frame.locator(".leave").focus()
    page.keyboard.press("Enter")
    expect(frame.locator(".time")).to_be_visible()


def test_on_a_low_window_the_wheel_over_the_map_scrolls_and_with_ctrl_zooms(opened: OpenIn) -> None:
    page, frame = opened((720, 450))
    box = frame.locator(".leaflet-container").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    scale = "() => document.querySelector('.leaflet-control-scale-line').textContent"
    before = frame.evaluate(scale)
    page.mouse.wheel(0, 60)
    frame.wait_for_function("() => document.body.scrollTop > 0")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    frame.wait_for_function(f"before => ({scale})() !== before", arg=before)
    page.keyboard.up("Control")


def test_on_the_smallest_window_the_end_of_about_can_be_reached(opened: OpenIn) -> None:
    page, _ = opened((320, 256))
    page.get_by_text("About", exact=True).first.click()
    last = page.locator(".mapapp-about li, .page-head details li").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
