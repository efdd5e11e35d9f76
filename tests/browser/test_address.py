"""The address bar holds the whole view, Back returns to the previous one, and invalid values are reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

from playwright.sync_api import expect
from visit import Visit

from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.select import select
from mapapp.core.view import View

Open = Callable[..., Visit]


def state_of(here: Visit) -> dict[str, Any]:
    """Return what can be seen of a view."""
    return {
        "shown": here.shown(),
        "window": here.window(),
        "lit": here.lit(),
        "heading": here.find(".cards h4").first.inner_text() if here.find(".cards h4").count() else None,
        "boxes": here.js("[...document.querySelectorAll('input[type=checkbox]')].map((box) => box.checked)"),
        "choices": here.js("[...document.querySelectorAll('select')].map((box) => box.value)"),
    }


def test_the_address_reproduces_the_view_in_a_fresh_page(visit: Open) -> None:
    here = visit()
    here.find("[data-row='dmz'] label").click()
    here.find(".filter", has_text="Turkey").first.click()
    here.find("[data-toggle='possible']").click()
    here.find("[data-toggle='facts']").click()
    here.find("[data-choice='names']").select_option("ru")
    here.set_window("2017-01-01", "2020-02-25")
    here.js("mapapp.select('zone-homs')")
    found = here.until_address(lambda found: found.get("selected") == "zone-homs" and "names" in found)
    assert {"first", "last", "hidden", "said_by", "certain", "background", "names", "selected"} <= set(found)
    again = visit(here.page.url.removeprefix(f"{here.server}/"))
    assert state_of(again) == state_of(here)


def test_a_camera_in_the_address_is_where_the_map_opens(visit: Open) -> None:
    here = visit("?camera=55.1500,61.4000,5.00")
    assert here.find(".label", has_text="Idlib").count() == 0
    assert here.address()["camera"] == "55.1500,61.4000,5.00"


def test_back_returns_to_the_view_before_without_remounting_the_map(visit: Open) -> None:
    here = visit()
    here.mark()
    before = state_of(here)
    here.set_window("2017-01-01", "2017-12-31")
    here.until_address(lambda found: found.get("first") == "2017-01-01")
    here.page.go_back()
    here.until("mapapp.window().first === '2020-02-19'")
    assert state_of(here) == before
    assert here.is_marked()
    here.page.go_forward()
    here.until("mapapp.window().first === '2017-01-01'")
    assert here.is_marked()


def test_the_readers_map_position_is_in_the_address(visit: Open) -> None:
    here = visit()
    assert "camera" not in here.address()
    here.find(".leaflet-control-zoom-in").click()
    at = here.until_address(lambda found: "camera" in found)["camera"]
    again = visit(f"?camera={at}")
    assert (
        again.find(".leaflet-control-scale-line").inner_text()
        == here.find(".leaflet-control-scale-line").inner_text()
    )
    assert again.find(".label").all_inner_texts() == here.find(".label").all_inner_texts()


def test_quick_steps_are_not_undone(visit: Open) -> None:
    here = visit()
    here.mark()
    kept = here.js(
        """async () => {
          const days = [...Array(12).keys()].map((n) => "2018-09-" + String(n + 10)), kept = [];
          for (const day of days) {
            mapapp.setWindow(day, day);
            await new Promise((next) => setTimeout(next, 150));
            kept.push(mapapp.window().first === day);
          }
          return kept;
        }"""
    )
    assert all(kept)
    here.until_address(lambda found: found.get("first") == "2018-09-21")
    assert here.window() == ("2018-09-21", "2018-09-21")
    assert here.is_marked()


def test_an_invalid_address_is_remarked_on_and_the_default_view_shown(visit: Open) -> None:
    here = visit("?selected=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&first=2020-02-30&said_by=nobody")
    remark = here.page.locator("[data-testid='stAlert']")
    remark.wait_for()
    assert "selected: unknown value" in remark.inner_text()
    assert "<img src=x onerror=alert(1)>" in remark.inner_text()
    assert here.page.locator("img[src='x']").count() == 0
    assert here.window() == ("2020-02-19", "2020-02-19")


def test_the_script_interface(visit: Open) -> None:
    here = visit()
    assert here.js("mapapp.select('zone-homs')") is True
    assert here.find(".place-card").count() == 1
    assert here.js("mapapp.select(null)") is True
    assert here.find(".place-card").count() == 0
    for unknown in ("nobody", "", "toString", "__proto__"):
        assert here.js("id => mapapp.select(id)", unknown) is False
    before = here.window()
    for first, last in (
        ("2020-02-30", "2020-03-01"),
        ("2020-03-01", "2020-02-01"),
        ("yesterday", "today"),
        ("2020-02-19", None),
        (1, 2),
        ("1000-01-01", "1000-01-02"),
        ("2020-2-1", "2020-2-2"),
    ):
        told = here.js(
            "([a, b]) => { try { mapapp.setWindow(a, b); } catch (error) { return error.name; } }",
            [first, last],
        )
        assert told == "RangeError", (first, last)
    assert here.window() == before
    assert (
        here.page.evaluate("window.mapapp.window().first") == before[0]
    )  # also from the page around the frame


def windows() -> list[tuple[date, date]]:
    """Return forty windows: each change in the data's years, days, months and years, and odd ones between."""
    days = ("2017-01-01", "2017-05-04", "2017-09-15", "2018-01-31", "2018-04-14", "2018-07-31", "2018-09-17")
    days += ("2019-05-05", "2019-08-23", "2019-12-31", "2020-02-09", "2020-02-18", "2020-02-19", "2020-02-29")
    found = []
    for day in map(date.fromisoformat, days):
        found += [(day, day), (day, min(day + timedelta(days=29), date(2020, 12, 31)))]
    found += [(date(year, 1, 1), date(year, 12, 31)) for year in range(2017, 2021)]
    found += [(date(2017, 1, 1), date(2020, month, 1)) for month in range(1, 9)]
    return found


DECIDE = """windows => windows.map(([first, last]) => {
  mapapp.setWindow(first, last);
  return mapapp.shown().map((id) => [id, mapapp.status(id)]);
})"""


def test_the_browser_decides_as_the_core_does(standalone: Open, atlas: Atlas) -> None:
    here = standalone()
    asked = windows()
    days = {"2020-02-19": date(2020, 2, 19), "all": None}
    for (name, as_of), certain in product(days.items(), (False, True)):
        for toggle, wanted in (("known", name != "all"), ("possible", not certain)):
            if here.find(f"[data-toggle='{toggle}'] input").is_checked() != wanted:
                here.find(f"[data-toggle='{toggle}']").click()
        decided = here.js(DECIDE, [[str(first), str(last)] for first, last in asked])
        for (first, last), shown in zip(asked, decided, strict=True):
            selection = select(atlas, View(Window(first, last), certain=certain, as_of=as_of))
            expected = {place.id: status and status.status for place, _, status in selection.places}
            expected |= dict.fromkeys(event.id for event, _ in selection.events)
            assert dict(shown) == expected, (first, last, name, certain)


def test_an_address_keeps_what_others_wrote_into_it(visit: Open) -> None:
    here = visit("?utm=x&first=2018-09-01&last=2018-09-30")
    here.js("mapapp.select('zone-homs')")
    found = here.until_address(lambda found: "selected" in found)
    assert found.pop("camera")  # the map has moved to the zone
    assert found == {"utm": "x", "first": "2018-09-01", "last": "2018-09-30", "selected": "zone-homs"}


def test_each_change_is_one_step_back(visit: Open) -> None:
    here = visit()
    for first in ("2017-01-01", "2018-09-01", "2019-08-31"):
        here.set_window(first, "2019-08-31")
        here.until_address(lambda found, first=first: found.get("first") == first)
    expect(here.page.locator("[data-testid='stApp']")).to_have_attribute(
        "data-test-script-state", "notRunning"
    )
    for first in ("2018-09-01", "2017-01-01", "2020-02-19"):
        here.page.go_back()
        here.until("first => mapapp.window().first === first", first)
    assert here.address() == {}


def test_what_is_exported_is_the_view_after_a_step_back(visit: Open) -> None:
    here = visit("?first=2018-09-01&last=2018-09-30")
    here.set_window("2017-01-01", "2017-12-31")
    here.until_address(lambda found: found["first"] == "2017-01-01")
    here.page.go_back()
    here.until("mapapp.window().first === '2018-09-01'")
    here.set_window("2019-01-01", "2019-12-31")
    here.until_address(lambda found: found["first"] == "2019-01-01")
    here.page.get_by_role("button", name="Export").click()
    cited = here.page.locator("[data-testid='stCode']").last  # after the code to embed the page
    expect(cited).to_contain_text("first=2019-01-01")


def test_the_screenshot_view_does_not_count_as_moving_the_map(visit: Open) -> None:
    here = visit()
    here.find("button", has_text="Screenshot view").click()
    here.until_address(lambda found: found.get("screenshot") == "1")
    here.find("button", has_text="Show controls").click()
    assert here.until_address(lambda found: "screenshot" not in found) == {}


def test_the_address_of_the_default_view_has_no_parameters_after_a_preset_or_reset(standalone: Open) -> None:
    here = standalone()
    here.find("[data-preset]", has_text="2017").click()
    here.until_address(lambda found: found == {"first": "2017-01-01", "last": "2017-12-31"})
    here.set_window("2020-02-19", "2020-02-19")
    here.until_address(lambda found: found == {})
    assert "#" not in here.page.url
    here.js("location.hash = 'certain=1&hidden=towns'")
    expect(here.find(".reset button")).to_be_visible()
    here.find(".reset button").click()
    here.until_address(lambda found: found == {})
    here.page.go_back()
    here.until_address(lambda found: found == {"certain": "1", "hidden": "towns"})
    expect(here.find(".reset button")).to_be_visible()


def test_a_step_sends_the_server_nothing_and_export_gets_the_latest_view(visit: Open) -> None:
    here = visit()
    here.page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
    here.page.evaluate(
        """() => {
          const send = WebSocket.prototype.send;
          window.sentToServer = 0;
          WebSocket.prototype.send = function (data) {
            window.sentToServer += 1;
            return send.call(this, data);
          };
        }"""
    )
    here.set_window("2017-01-01", "2017-12-31")
    here.until_address(lambda found: found.get("first") == "2017-01-01")
    here.js("mapapp.select('zone-homs')")
    here.until_address(lambda found: found.get("selected") == "zone-homs")
    assert here.page.evaluate("window.sentToServer") == 0
    here.page.get_by_test_id("stPopover").first.get_by_role("button").click()
    expect(here.page.get_by_test_id("stPopoverBody")).to_contain_text("2017")
    assert here.page.evaluate("window.sentToServer") > 0
