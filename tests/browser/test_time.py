"""The time bar: handles, brush, typed days, presets, play."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect
from visit import IFRAME, Visit

Open = Callable[..., Visit]
DAY = ("2020-02-19", "2020-02-19")


def test_presets_set_the_articles_own_times(standalone: Open) -> None:
    here = standalone()
    for name, window in {
        "2017": ("2017-01-01", "2017-12-31"),
        "September 2018": ("2018-09-01", "2018-09-30"),
        "February 2020": ("2020-02-01", "2020-02-29"),
        "Article date": DAY,
    }.items():
        button = here.find(".presets button", has_text=name)
        button.click()
        assert here.window() == window
        expect(button).to_have_attribute("aria-pressed", "true")


def test_typed_days_set_the_window_and_invalid_ones_do_not(standalone: Open) -> None:
    here = standalone()
    first, last = here.find("[data-edge='first']"), here.find("[data-edge='last']")
    first.fill("2018-09-17")
    first.press("Enter")
    assert here.window() == ("2018-09-17", "2020-02-19")
    last.fill("2018-09-18")
    last.press("Enter")
    assert here.window() == ("2018-09-17", "2018-09-18")
    for nonsense in ("2018-02-30", "yesterday", "18.9.2018", ""):
        last.fill(nonsense)
        last.press("Enter")
        assert here.window() == ("2018-09-17", "2018-09-18")
        assert last.get_attribute("aria-invalid") is not None
    here.until_address(lambda found: found.get("last") == "2018-09-18")


def test_arrow_keys_move_a_handle_by_a_day(standalone: Open) -> None:
    here = standalone()
    handle = here.find("[data-handle='first']")
    handle.focus()
    here.page.keyboard.press("ArrowLeft")
    assert here.window() == ("2020-02-18", "2020-02-19")
    here.page.keyboard.press("ArrowLeft")
    here.page.keyboard.press("ArrowRight")
    assert here.window() == ("2020-02-18", "2020-02-19")
    assert here.js("document.activeElement.dataset.handle") == "first"
    assert handle.get_attribute("role") == "slider"
    expect(handle).to_have_attribute("aria-valuetext", "18 Feb 2020")
    here.until_address(lambda found: found.get("first") == "2020-02-18")


def test_a_selected_place_of_a_hidden_layer_follows_a_step_through_its_statuses(standalone: Open) -> None:
    here = standalone("first=2017-05-05&last=2017-09-14&hidden=zones&selected=zone-idlib")
    mark = here.find(".layer-zones.area.ghost")
    expect(mark).to_have_attribute("data-status", "agreed")
    here.find("[data-handle='last']").focus()
    here.page.keyboard.press("ArrowRight")
    expect(mark).to_have_attribute("data-status", "in-force")


STEP = """handle => {
  const said = () => [mapapp.shown().length, handle.getAttribute("aria-valuetext")];
  const before = said();
  handle.dispatchEvent(new KeyboardEvent("keydown", { key: "PageDown", bubbles: true }));
  return said().map((value, at) => value !== before[at]);
}"""
DRAG = """handle => {
  const { x, y, width } = handle.getBoundingClientRect();
  const at = (clientX) => ({ clientX, clientY: y + 30, pointerId: 1, bubbles: true });
  const axis = handle.closest("svg");
  axis.setPointerCapture = () => {};
  handle.dispatchEvent(new PointerEvent("pointerdown", at(x + width / 2)));
  axis.dispatchEvent(new PointerEvent("pointermove", at(x + width / 2 + 60)));
  const said = handle.getAttribute("aria-valuetext");
  axis.dispatchEvent(new PointerEvent("pointerup", at(x + width / 2 + 60)));
  return said;
}"""


def test_a_key_changes_the_map_at_once_and_the_time_bar_a_frame_later(standalone: Open) -> None:
    here = standalone("?first=2018-09-01&last=2018-09-30")
    handle = here.find("[data-handle='last']")
    assert handle.evaluate(STEP) == [True, False]
    expect(handle).to_have_attribute("aria-valuetext", "1 Sep 2018")


def test_a_dragged_handle_stays_under_the_pointer(standalone: Open) -> None:
    here = standalone("?first=2018-09-01&last=2018-09-30")
    handle = here.find("[data-handle='first']")
    before = handle.get_attribute("aria-valuetext")
    assert handle.evaluate(DRAG) not in {before, None}


def test_the_brush_is_dragged_with_the_mouse(visit: Open) -> None:
    here = visit("?first=2020-02-10&last=2020-02-14")
    brush = here.find(".brush").bounding_box()
    frame = here.page.locator(IFRAME).bounding_box()
    assert brush is not None
    assert frame is not None
    day = brush["width"] / 5
    x = brush["x"] + day * 2.5
    y = here.js(  # a height where no mark lies on the brush
        """([x, top, bottom]) => {
          for (let y = top + 2; y < bottom; y++)
            if (document.elementFromPoint(x, y).closest(".brush")) return y;
        }""",
        [x - frame["x"], brush["y"] - frame["y"], brush["y"] - frame["y"] + brush["height"]],
    )
    here.page.mouse.move(x, y + frame["y"])
    here.page.mouse.down()
    here.page.mouse.move(x + day, y + frame["y"], steps=3)
    here.page.mouse.up()
    assert here.window() == ("2020-02-11", "2020-02-15")
    here.until_address(lambda found: found.get("first") == "2020-02-11")


def test_play_moves_the_window_and_stops(standalone: Open) -> None:
    here = standalone("?first=2018-09-01&last=2018-09-30")
    button = here.find(".play")
    button.click()
    here.until("mapapp.window().first > '2018-09-01'")
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    stopped = here.window()
    assert button.get_attribute("aria-pressed") == "false"
    here.until_address(lambda found: found.get("first") == stopped[0])
    assert here.window() == stopped


def test_a_mark_on_the_axis_opens_its_card(standalone: Open) -> None:
    here = standalone("?first=2017-01-01&last=2017-12-31")
    here.find(".time-mark[data-select='astana-talks']").first.click()
    assert here.find(".card.said h4").first.inner_text() == (
        "The article says that Russia, Turkey and Iran held talks in Astana"
    )


def test_an_arabic_date_of_the_axis_is_read_from_the_right(standalone: Open) -> None:
    here = standalone("?language=ar")
    day, year, start, left, right = here.js("""() => {
      const whole = /^\\d+ .+ \\d{4}$/;
      const label = [...document.querySelectorAll('.tick-text')].find((node) => whole.test(node.textContent));
      const at = (index) => label.getExtentOfChar(index).x;
      const { x, width } = label.getBBox();
      const lines = [...document.querySelectorAll('.tick-line')];
      const grid = lines.map((line) => Number(line.getAttribute('x1')));
      const start = Math.max(...grid.filter((from) => from <= x));
      return [at(0), at(label.textContent.length - 1), start, x, x + width];
    }""")
    assert day > year
    assert start <= left <= start + 6  # it begins, on the left, at its line
    assert right > left


def test_a_step_to_the_next_day_draws_nothing_anew_that_looks_the_same(standalone: Open) -> None:
    here = standalone()
    here.js("mapapp.setWindow('2020-02-17', '2020-02-17')")
    kept = here.js(
        """() => {
          const nodes = (selector) => [...document.querySelectorAll(selector)];
          const look = (node) => node.dataset.place + node.textContent;
          const before = { marks: nodes(".time-mark"), keys: nodes(".keys .key"), labels: nodes(".label") };
          mapapp.setWindow("2020-02-18", "2020-02-18");
          const looks = new Set(nodes(".label").map(look));
          const same = before.labels.filter((node) => looks.has(look(node)));
          return {
            marks: [before.marks.length, before.marks.filter((node) => node.isConnected).length],
            keys: [before.keys.length, before.keys.filter((node) => node.isConnected).length],
            labels: [same.length, same.filter((node) => node.isConnected).length],
          };
        }"""
    )
    for what, (before, after) in kept.items():
        assert before > 3, what
        assert after == before, what
