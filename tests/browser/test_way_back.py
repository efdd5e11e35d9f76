"""Back returns to the view before in the standalone page too; filters are reset; the link can be copied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect
from visit import Visit

Open = Callable[..., Visit]

KEEP_COPIED = """() => {
  window.copied = [];
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: {
    writeText: (text) => { copied.push(text); return Promise.resolve(); } } });
}"""
REFUSE = """() => Object.defineProperty(navigator, "clipboard", { configurable: true, value: {
  writeText: () => Promise.reject(new Error("refused")) } })"""


def test_back_and_forward_restore_the_views_of_a_standalone_page_without_loading_it_again(
    standalone: Open,
) -> None:
    here = standalone()
    here.js("() => { window.marked = true; }")
    for first in ("2017-01-01", "2018-09-01"):
        here.set_window(first, "2019-08-31")
        here.until_address(lambda found, first=first: found.get("first") == first)
    here.js("mapapp.select('zone-homs')")
    here.until_address(lambda found: found.get("selected") == "zone-homs")
    here.page.go_back()
    here.until("document.querySelector('.place-card') === null")
    assert here.window() == ("2018-09-01", "2019-08-31")
    here.page.go_back()
    here.until("mapapp.window().first === '2017-01-01'")
    here.page.go_back()
    here.until("mapapp.window().first === '2020-02-19'")
    for _ in range(3):
        here.page.go_forward()
    here.until("document.querySelector('.place-card') !== null")
    assert here.window() == ("2018-09-01", "2019-08-31")
    assert here.js("window.marked") is True


def test_an_address_typed_into_a_standalone_page_is_followed_and_remarked_on(standalone: Open) -> None:
    here = standalone("?first=2017-01-01&last=2017-12-31")
    here.js("() => { window.marked = true; }")
    here.js("() => { location.hash = 'first=2018-09-01&last=2018-09-30&said_by=nobody'; }")
    here.until("mapapp.window().first === '2018-09-01'")
    remarks = here.find(".page-head .remarks")
    expect(remarks).to_contain_text("said_by: unknown value")
    here.js("() => { location.hash = 'first=2018-09-01&last=2018-09-01&said_by=nobody'; }")
    here.until("mapapp.window().last === '2018-09-01'")
    expect(remarks).to_have_count(1)
    here.js("() => { location.hash = ''; }")
    here.until("mapapp.window().first === '2020-02-19'")
    expect(remarks).to_have_count(0)
    assert here.js("window.marked") is True


def test_a_page_in_a_frame_of_another_leaves_the_history_to_it(
    standalone: Open, exported: Path, tmp_path: Path
) -> None:
    here = standalone()
    outer = tmp_path / "outer.html"
    outer.write_text(
        f'<!DOCTYPE html><iframe src="{exported.as_uri()}" width="1200" height="800"></iframe>',
        encoding="utf-8",
    )
    here.page.goto(outer.as_uri())
    inner = here.page.wait_for_selector("iframe").content_frame()
    assert inner is not None
    inner.wait_for_selector("html[data-ready='1']", state="attached")
    before = here.page.evaluate("history.length")
    inner.evaluate("mapapp.setWindow('2017-01-01', '2017-12-31')")
    inner.wait_for_function("() => location.hash.includes('2017-12-31')")
    assert here.page.evaluate("history.length") == before


def test_the_reset_says_how_much_differs_and_takes_all_of_it_back(standalone: Open) -> None:
    here = standalone("?first=2018-09-01&last=2018-09-30")
    reset = here.find(".reset button")
    expect(reset).to_be_hidden()
    shown = here.shown()
    here.find("[data-row='zones'] > label").click()
    expect(reset).to_have_text("Reset filters and layers: 1 differs")
    here.find("[data-row='governorates'] > label").click()
    here.find(".filter", has_text="Turkey").first.click()
    here.find("[data-toggle='possible']").click()
    here.find("[data-toggle='facts']").click()
    here.find("[data-toggle='known']").click()
    expect(reset).to_have_text("Reset filters and layers: 6 differ")
    reset.click()
    expect(reset).to_be_hidden()
    assert here.shown() == shown
    assert here.until_address(lambda found: "hidden" not in found and "certain" not in found) == {
        "first": "2018-09-01",
        "last": "2018-09-30",
    }
    expect(here.find(".notice")).to_have_text("Filters and layers are reset.")
    assert here.js("document.activeElement.classList.contains('panel')")


def test_the_link_of_the_view_is_copied_and_where_it_works_is_said(standalone: Open) -> None:
    here = standalone()
    here.js(KEEP_COPIED)
    here.set_window("2017-01-01", "2017-12-31")
    here.find("button.tool.link").click()  # at once: the address is not yet written
    expect(here.find(".notice")).to_have_text("Link copied. It works only where this file is.")
    assert here.js("copied") == [f"{here.server}#first=2017-01-01&last=2017-12-31"]


def test_the_link_in_the_app_is_that_of_the_page_around_the_frame(visit: Open) -> None:
    here = visit("?first=2017-01-01&last=2017-12-31")
    here.js(KEEP_COPIED)
    here.find("button.tool.link").click()
    expect(here.find(".notice")).to_have_text("Link copied. It works only on this computer.")
    assert here.js("copied") == [f"{here.server}/?first=2017-01-01&last=2017-12-31"]


def test_where_nothing_may_be_copied_the_link_is_selected_in_a_field(standalone: Open) -> None:
    here = standalone("?first=2017-01-01&last=2017-12-31")
    here.js(REFUSE)
    here.find("button.tool.link").click()
    field = here.find(".copy-field input")
    expect(field).to_be_focused()
    assert here.js("String(getSelection())") == here.page.url
    here.page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(here.find("button.tool.link")).to_be_focused()
    assert here.js("document.querySelector('.notice').textContent") == ""
