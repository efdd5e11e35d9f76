"""The page can be shown in full screen where that is allowed."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect
from visit import IFRAME, Visit

Open = Callable[..., Visit]


def test_the_page_is_shown_in_full_screen_and_back(standalone: Open) -> None:
    here = standalone()
    button = here.find(".tool.full-screen")
    expect(button).to_have_attribute("aria-pressed", "false")
    here.page.bring_to_front()  # a page in the background is not given the screen
    button.click()
    here.until("document.fullscreenElement === document.documentElement")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    here.until("document.fullscreenElement === null")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_in_the_app_the_button_is_there_as_far_as_the_frame_allows(visit: Open) -> None:
    here = visit()
    allowed = here.js("document.fullscreenEnabled")
    frame = here.page.locator(IFRAME)
    assert allowed == ("fullscreen" in (frame.get_attribute("allow") or ""))
    expect(here.find(".tool.full-screen")).to_have_count(1 if allowed else 0)


def test_where_it_is_not_allowed_there_is_no_button(standalone: Open) -> None:
    here = standalone()
    page = here.context.new_page()
    page.add_init_script("Object.defineProperty(document, 'fullscreenEnabled', { value: false })")
    page.goto(here.server)
    page.wait_for_selector("html[data-ready='1']", state="attached")
    expect(page.locator(".tool.full-screen")).to_have_count(0)
    expect(page.locator(".tool.link")).to_have_count(1)
    page.close()
