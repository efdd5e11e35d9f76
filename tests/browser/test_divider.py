"""The divider between map and text is dragged or moved by keys and remembered; the panel can be hidden."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect
from visit import Visit

Open = Callable[..., Visit]


def width(here: Visit, selector: str) -> float:
    """Return how wide something is."""
    return float(
        here.js("selector => document.querySelector(selector).getBoundingClientRect().width", selector)
    )


def test_the_divider_is_moved_by_keys_within_bounds_and_reset(standalone: Open) -> None:
    here = standalone()
    divider = here.find(".divider")
    usual = width(here, ".reading")
    expect(divider).to_have_attribute("aria-valuenow", str(round(usual)))
    divider.focus()
    here.page.keyboard.press("ArrowLeft")
    assert width(here, ".reading") == round(usual) + 24
    expect(divider).to_have_attribute("aria-valuenow", str(round(usual) + 24))
    for _ in range(60):
        here.page.keyboard.press("ArrowLeft")
    assert width(here, ".stage") >= 320
    assert str(round(width(here, ".reading"))) == divider.get_attribute("aria-valuemax")
    for _ in range(60):
        here.page.keyboard.press("ArrowRight")
    assert width(here, ".reading") == 260
    here.page.keyboard.press("Home")
    assert width(here, ".reading") == usual


def test_the_divider_is_dragged_remembered_and_reset_by_a_double_click(standalone: Open) -> None:
    here = standalone()
    usual = width(here, ".reading")
    box = here.find(".divider").bounding_box()
    assert box is not None
    assert box["width"] >= 24
    x, y = box["x"] + box["width"] / 2, box["y"] + 100
    here.page.mouse.move(x, y)
    here.page.mouse.down()
    here.page.mouse.move(x - 120, y, steps=4)
    here.page.mouse.up()
    assert abs(width(here, ".reading") - usual - 120) <= 1
    wide = width(here, ".reading")
    here.until("() => localStorage.getItem('mapapp-text-width') !== null")  # the drag has ended
    here.page.reload()
    here.frame.wait_for_selector("html[data-ready='1']", state="attached")
    assert width(here, ".reading") == wide
    assert "width" not in here.page.url
    here.find(".divider").dblclick(position={"x": 12, "y": 50})
    assert width(here, ".reading") == usual
    assert here.js("localStorage.getItem('mapapp-text-width')") is None


def test_where_the_page_is_mirrored_the_divider_is_too(standalone: Open) -> None:
    here = standalone()
    here.js("() => { document.documentElement.dir = 'rtl'; }")
    box = here.find(".divider").bounding_box()
    reading = here.find(".reading").bounding_box()
    assert box is not None
    assert reading is not None
    assert abs(box["x"] + box["width"] / 2 - reading["x"] - reading["width"]) < 2
    before = width(here, ".reading")
    here.find(".divider").focus()
    here.page.keyboard.press("ArrowRight")
    assert width(here, ".reading") == before + 24
    here.page.mouse.move(box["x"] + 12 + 24, box["y"] + 60)
    here.page.mouse.down()
    here.page.mouse.move(box["x"] + 12 + 24 + 50, box["y"] + 60, steps=3)
    here.page.mouse.up()
    assert abs(width(here, ".reading") - before - 74) <= 1


def test_a_browser_that_remembers_nothing_does_not_break_the_page(standalone: Open) -> None:
    here = standalone()
    page = here.context.new_page()  # a page of its own, for what it is denied stays denied
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })"
    )
    page.goto(here.server)
    page.wait_for_selector("html[data-ready='1']", state="attached")
    before = page.locator(".reading").bounding_box()
    page.locator(".divider").focus()
    page.keyboard.press("ArrowLeft")
    after = page.locator(".reading").bounding_box()
    page.close()
    assert before is not None
    assert after is not None
    assert after["width"] == before["width"] + 24


def test_the_panel_is_hidden_and_shown_and_the_search_stays_in_reach(standalone: Open) -> None:
    here = standalone()
    stage = width(here, ".stage")
    toggle = here.find(".panel-toggle")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    toggle.click()
    expect(here.find(".panel")).to_be_hidden()
    assert width(here, ".stage") > stage + 200
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(toggle).to_have_attribute("aria-label", "Show layers and filters")
    here.page.keyboard.press("Control+k")
    here.page.keyboard.type("Ariha")
    here.page.keyboard.press("ArrowDown")
    here.page.keyboard.press("Enter")
    expect(here.find(".place-card h4")).to_have_text("Ariha")
    here.page.reload()
    here.frame.wait_for_selector("html[data-ready='1']", state="attached")
    expect(here.find(".panel")).to_be_hidden()
    toggle.click()
    expect(here.find(".panel")).to_be_visible()
    assert width(here, ".stage") == stage
