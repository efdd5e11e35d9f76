"""A page kept from one visit to the next has nothing of the visit before, and each visit is watched."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser
from visit import SIZE, StandaloneVisit

TILE = "https://tile.openstreetmap.org/0/0/0.png"
STATE = """() => [
  Object.keys(localStorage).filter((name) => name !== "mapapp-key-closed").length,
  sessionStorage.length, innerWidth, innerHeight,
  document.querySelectorAll(":hover").length, document.documentElement.dataset.theme,
  matchMedia("(forced-colors: active)").matches, mapapp.window().first,
]"""


def test_a_kept_page_has_nothing_of_the_visit_before(browser: Browser, exported: Path) -> None:
    narrow = {"width": 390, "height": 844}
    before = StandaloneVisit(browser, exported, viewport=narrow, color_scheme="dark", forced_colors="active")
    before.open("?first=2017-01-01&last=2017-12-31")
    before.js("() => { localStorage.setItem('a', 'b'); sessionStorage.setItem('a', 'b'); }")
    before.page.mouse.move(200, 400)
    changed = before.js(STATE)
    assert changed == [1, 1, 390, 844, changed[4], "dark", True, "2017-01-01"]
    assert changed[4] > 0
    assert before.close() == []

    after = StandaloneVisit(browser, exported).open()
    assert after.page is before.page
    assert after.js(STATE) == [0, 0, SIZE["width"], SIZE["height"], 0, "light", False, "2020-02-19"]
    assert after.close() == []


def test_what_goes_wrong_is_reported_by_its_own_visit_alone(browser: Browser, exported: Path) -> None:
    broken = StandaloneVisit(browser, exported).open()
    broken.js("console.error('complaint')")
    broken.js(  # the policy of the page allows no other addresses than a base map's
        """(address) => new Promise((done) => {
          Object.assign(new Image(), { onerror: () => done(), onload: () => done() }).src = address;
        })""",
        TILE,
    )
    with broken.page.expect_event("pageerror"):
        broken.js("() => { setTimeout(() => { throw new Error('thrown'); }); }")
    found = "\n".join(broken.close())
    for line in ("console: complaint", f"foreign: {TILE}", f"failed: {TILE}"):
        assert line in found
    assert "error: thrown" in found

    fine = StandaloneVisit(browser, exported).open()
    assert fine.page is broken.page
    assert fine.close() == []


def test_a_page_that_may_be_spoilt_is_not_kept(browser: Browser, exported: Path) -> None:
    spoilt = StandaloneVisit(browser, exported).open()
    spoilt.close(keep=False)
    assert spoilt.page.is_closed()
    after = StandaloneVisit(browser, exported).open()
    assert after.page is not spoilt.page
    assert after.close() == []
