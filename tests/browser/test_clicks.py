"""A click selects what is visible there, a second one what is below it; marks of the time bar come first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from visit import Visit

Open = Callable[..., Visit]
WINDOWS = (
    ("2020-02-19", "2020-02-19"),
    ("2020-02-18", "2020-02-20"),
    ("2017-01-01", "2017-12-31"),
    ("2018-09-01", "2018-09-30"),
    ("2017-01-01", "2020-02-19"),
)
SIZES = ((1440, 900), (1280, 720), (768, 1024), (390, 844), (844, 390), (720, 450), (320, 256))
# Looks for a spot that lies in some areas and outside others, far from every line, point and name.
SPOT = """([inside, outside]) => {
  const map = document.querySelector(".leaflet-container").getBoundingClientRect();
  const all = (selector) => [...document.querySelectorAll(`.stage ${selector}`)];
  const ask = (node, question, x, y) => {
    const at = node.ownerSVGElement.createSVGPoint();
    [at.x, at.y] = [x, y];
    return node[question](at.matrixTransform(node.getScreenCTM().inverse()));
  };
  const holds = (node, x, y) => ask(node, "isPointInFill", x, y);
  const lines = all("path.line, path.layer-zones, path.layer-dmz, path.layer-governorates");
  const boxes = all(".label, .mark, .chip, .leaflet-control").map((node) => node.getBoundingClientRect());
  const ring = [[1, 0], [-1, 0], [0, 1], [0, -1], [0.7, 0.7], [-0.7, 0.7], [0.7, -0.7], [-0.7, -0.7]];
  const away = [5, 8, 11].flatMap((radius) => ring.map(([x, y]) => [radius * x, radius * y]));
  const near = (x, y) => lines.some((line) => away.some(([dx, dy]) => line.matches(".line")
    ? ask(line, "isPointInStroke", x + dx, y + dy) : holds(line, x, y) !== holds(line, x + dx, y + dy)));
  const covered = (x, y) => boxes.some((box) =>
    x > box.left - 14 && x < box.right + 14 && y > box.top - 14 && y < box.bottom + 14);
  for (let y = map.top + 70; y < map.bottom - 40; y += 3)
    for (let x = map.left + 70; x < map.right - 20; x += 3)
      if (inside.every((selector) => all(selector).some((node) => holds(node, x, y)))
        && !outside.some((selector) => all(selector).some((node) => holds(node, x, y)))
        && !covered(x, y) && !near(x, y)) return [x, y];
  return null;
}"""
DMZ, ZONE = "path.layer-dmz", "path.layer-zones"
GREEN, HELD = "path.layer-control.kind-opposition-held", "path.layer-control"
GOVERNORATE = "path.layer-governorates"


def click(here: Visit, x: float, y: float) -> str | None:
    """Click at a point of the frame, and return the id of what has opened."""
    left, top = here.corner()
    here.page.mouse.click(left + x, top + y)
    card = here.find(".cards [data-card]")
    return card.first.get_attribute("data-card") if card.count() else None


def layers_by_clicking(here: Visit, spot: list[float], times: int) -> list[str]:
    """Click a spot again and again; return the kind of what opened each time."""
    found = []
    for _ in range(times):
        click(here, *spot)
        found.append(here.find(".place-card .card-kind").inner_text())
    return found


def test_a_click_selects_what_is_visible_and_the_next_what_is_below(standalone: Open) -> None:
    here = standalone()
    # the zone is a light outline there: what has a fill comes first
    outlined = here.js(SPOT, [[DMZ, "path.kind-government-held"], [GREEN, "path.layer-advance"]])
    kinds = layers_by_clicking(here, outlined, 1)
    assert kinds == ["Government-held area"]
    under = here.find(".here .chip").count()  # what the card says is also there
    kinds += layers_by_clicking(here, outlined, under + 1)
    assert kinds[-1] == "Government-held area"  # and so on round
    rest = [kind for kind in kinds[:-1] if kind != "Government-held area"]
    assert set(rest) == {"Demilitarised zone", "De-escalation zone", "Governorate", "Country"}

    both = layers_by_clicking(here, here.js(SPOT, [[GREEN, DMZ], []]), 5)
    assert both.index("Opposition-held area") < both.index("Demilitarised zone")
    assert layers_by_clicking(here, here.js(SPOT, [[GREEN], [DMZ]]), 3) == [
        "Opposition-held area",
        "De-escalation zone",
        "Governorate",
    ]
    assert layers_by_clicking(here, here.js(SPOT, [[ZONE], [HELD, DMZ]]), 1) == ["De-escalation zone"]
    assert layers_by_clicking(here, here.js(SPOT, [[GOVERNORATE], [ZONE, HELD]]), 1) == ["Governorate"]


def test_the_map_stays_where_it_is_however_often_it_is_clicked(standalone: Open) -> None:
    here = standalone()
    before = here.find("path.layer-land").first.bounding_box()
    spot = here.js(SPOT, [[GREEN], [DMZ]])
    layers_by_clicking(here, spot, 4)
    assert here.find("path.layer-land").first.bounding_box() == before


def test_a_click_near_a_line_opens_the_line_and_then_what_is_under_it(standalone: Open) -> None:
    here = standalone()
    x, y = here.js(
        """() => {  // five pixels beside the contact line, where it is alone
          const line = [...document.querySelectorAll("path.layer-contact-lines")].pop();
          const boxes = [...document.querySelectorAll(".stage .label, .stage .mark")]
            .map((node) => node.getBoundingClientRect());
          const point = (at) => line.getPointAtLength(at).matrixTransform(line.getScreenCTM());
          for (let at = 20; at < line.getTotalLength(); at += 2) {
            const a = point(at), b = point(at + 1), x = a.x - (b.y - a.y) * 5, y = a.y + (b.x - a.x) * 5;
            if (!boxes.some((box) => x > box.left - 6 && x < box.right + 6
              && y > box.top - 6 && y < box.bottom + 6)) return [x, y];
          }
        }"""
    )
    opened = click(here, x, y)
    assert opened is not None
    assert here.find("path.layer-contact-lines.lit").count() == 1
    assert here.find(".here .chip").count() > 1
    assert click(here, x, y) != opened


def test_a_click_on_a_name_opens_what_it_names(standalone: Open) -> None:
    here = standalone()
    box = here.find(".label", has_text="Maarat al-Numan").bounding_box()
    assert box is not None
    here.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert here.find(".place-card h4").inner_text() == "Maarat al-Numan"


def test_a_post_comes_before_all_it_stands_on_and_a_second_click_goes_below(standalone: Open) -> None:
    here = standalone()
    post = here.find(".leaflet-marker-icon .layer-posts.kind-military-point").first.bounding_box()
    assert post is not None
    left, top = here.corner()
    spot = [post["x"] + post["width"] / 2 - left, post["y"] + post["height"] / 2 - top]
    first = click(here, *spot)
    assert first is not None
    assert first.startswith("post-")
    second = click(here, *spot)
    assert second not in {None, first}
    assert here.find(".here .chip").count() > 0


def test_the_tooltip_names_what_a_click_opens(standalone: Open) -> None:
    here = standalone()
    left, top = here.corner()
    for inside, outside in (([DMZ], [GREEN]), ([GREEN], [DMZ]), ([ZONE], [GREEN, DMZ])):
        x, y = here.js(SPOT, [inside, outside])
        here.page.mouse.move(left + x - 1, top + y)
        here.page.mouse.move(left + x, top + y)
        told = here.find(".tip b").inner_text()
        click(here, x, y)
        assert here.find(".place-card h4").inner_text() == told
        here.page.keyboard.press("Escape")


COVERED = """() => [...document.querySelectorAll(".axis-svg [data-mark]")]
  .filter((mark) => getComputedStyle(mark).display !== "none")
  .filter((mark) => {
    const box = [...mark.querySelectorAll("rect")].pop().getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !top || top.closest("[data-mark]") !== mark;
  }).map((mark) => mark.dataset.mark)"""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_mark_of_the_time_bar_is_covered(size: tuple[int, int], standalone: Open) -> None:
    here = standalone(viewport={"width": size[0], "height": size[1]})
    for window in WINDOWS:
        here.set_window(*window)
        here.find(".axis-svg").scroll_into_view_if_needed()
        assert here.find(".axis-svg [data-mark]").count() > 5
        assert here.js(COVERED) == []


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_mark_of_the_time_bar_can_be_clicked(size: tuple[int, int], standalone: Open) -> None:
    here = standalone(viewport={"width": size[0], "height": size[1]})
    here.set_window(*WINDOWS[0])
    marks = here.js("[...document.querySelectorAll('.time-mark.in')].map((mark) => mark.dataset.mark)")
    assert len(marks) > 20
    for mark in marks:
        here.find(".axis-svg").scroll_into_view_if_needed()
        box = here.find(f"[data-mark='{mark}'] rect").last.bounding_box()
        assert box is not None
        here.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert here.find(".cards [data-card]").first.get_attribute("data-card") == mark


@pytest.mark.parametrize(
    "size", [(1280, 720), (390, 844), (720, 450)], ids=lambda size: f"{size[0]}x{size[1]}"
)
def test_both_handles_are_dragged_by_their_grips(size: tuple[int, int], visit: Open) -> None:
    here = visit("?first=2020-02-18&last=2020-02-20", viewport={"width": size[0], "height": size[1]})
    here.find(".axis-svg").scroll_into_view_if_needed()
    brush = here.find(".brush").bounding_box()
    assert brush is not None
    day = brush["width"] / 3
    for edge, by, window in (
        ("first", -2, ("2020-02-16", "2020-02-20")),
        ("last", 1, ("2020-02-16", "2020-02-21")),
        ("first", 5, ("2020-02-21", "2020-02-21")),
        ("first", -1, ("2020-02-20", "2020-02-21")),
    ):
        grip = here.find(f"[data-handle='{edge}'] .handle-grip").bounding_box()
        assert grip is not None
        x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
        here.page.mouse.move(x, y)
        here.page.mouse.down()
        here.page.mouse.move(x + by * day, y, steps=3)
        here.page.mouse.up()
        assert here.window() == window
    here.until_address(lambda found: (found["first"], found["last"]) == ("2020-02-20", "2020-02-21"))
    assert here.window() == ("2020-02-20", "2020-02-21")


def test_the_grips_of_a_window_too_short_to_be_seen_can_both_be_taken(standalone: Open) -> None:
    here = standalone("?first=2017-01-01&last=2020-02-19")
    here.js("""() => document.querySelector("[data-edge='first']").value = "2020-02-19" """)
    here.find("[data-edge='first']").dispatch_event("change")
    assert here.window() == ("2020-02-19", "2020-02-19")
    for edge in ("first", "last"):
        taken = here.js(
            """edge => {
              const grip = document.querySelector(`[data-handle='${edge}'] .handle-grip`);
              const { left, top, width, height } = grip.getBoundingClientRect();
              return document.elementFromPoint(left + width / 2, top + height / 2).parentNode.dataset.handle;
            }""",
            edge,
        )
        assert taken == edge


def test_a_selection_that_moves_the_map_draws_its_labels_once(standalone: Open) -> None:
    times, lit = standalone().js("""() => new Promise((done) => {
      const pane = document.querySelector(".leaflet-m-labels-pane");
      const times = new Map(); // how often each label was added to the map or moved on it
      const count = (node) => times.set(node, (times.get(node) ?? 0) + 1);
      new MutationObserver((changes) => {
        for (const { type, target, addedNodes } of changes)
          for (const node of type === "attributes" ? [target] : addedNodes) count(node);
      }).observe(pane, { childList: true, subtree: true, attributes: true, attributeFilter: ["style"] });
      mapapp.select("turkey");
      setTimeout(() => done([[...times.values()], pane.querySelector(".lit").dataset.place]));
    })""")
    assert set(times) == {1}
    assert lit == "turkey"
