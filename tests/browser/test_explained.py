"""What a first reader needs: the key, the numbers, the lead sentences, and how far a line may be off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from pyproj import Geod
from visit import Visit

from mapapp.core.model import Atlas

Open = Callable[..., Visit]


def test_the_key_opens_once_by_itself_and_then_only_when_asked_for(standalone: Open) -> None:
    here = standalone(first_visit=True)
    key, button = here.find(".how-to-read"), here.find(".how-button")
    expect(key).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    key.get_by_role("button").click()
    expect(key).to_be_hidden()
    here.page.reload()
    here.until("document.documentElement.dataset.ready === '1'")
    expect(key).to_be_hidden()
    button.click()
    expect(key).to_be_visible()
    expect(key.get_by_role("heading")).to_be_focused()


def test_the_map_makes_room_for_the_open_key(standalone: Open) -> None:
    here = standalone(first_visit=True)
    key, stage = here.find(".how-to-read").bounding_box(), here.find(".stage").bounding_box()
    assert key
    assert stage
    whole = [
        box
        for node in here.find("path.layer-governorates").all()
        if (box := node.bounding_box())
        and box["x"] > stage["x"]
        and box["x"] + box["width"] < stage["x"] + stage["width"]
    ]
    home = max(whole, key=lambda box: box["height"])  # the map opens on it
    assert home["x"] >= key["x"] + key["width"]


def test_the_key_explains_only_what_is_in_sight(standalone: Open) -> None:
    here = standalone(first_visit=True)
    rows = here.find(".how-rows > div:visible dd")
    expect(rows.first).to_contain_text("statements in the article are about this place")
    assert any("Dashed" in row for row in rows.all_inner_texts())
    assert not any("draft" in row for row in rows.all_inner_texts())
    for layer in (
        "events",
        "dmz",
        "rivers",
        "control",
        "contact-lines",
        "lakes",
        "governorates",
        "zones",
        "advance",
    ):
        here.find(f"[data-row='{layer}'] > label").click()
    for text in ("Dashed", "Land without a tint", "may be off"):
        expect(here.find(".how-rows")).not_to_contain_text(text)


def test_the_layers_key_lists_only_what_is_in_sight(standalone: Open) -> None:
    here = standalone()
    zones = here.find("[data-row='zones'] .key")
    expect(zones).to_have_count(1)  # the other zones lie beyond the edge
    here.js("mapapp.select('zone-homs')")
    expect(zones.first).to_contain_text("Former zone")


def test_each_statement_has_its_number_in_the_text_and_on_the_time_axis(
    standalone: Open, atlas: Atlas
) -> None:
    here = standalone()
    numbers = here.js("[...document.querySelectorAll('.passage')].map(node => node.dataset.number ?? '')")
    found = sorted(int(number) for several in numbers for number in several.split())
    assert found == [event.number for event in atlas.events]
    shown = here.js("getComputedStyle(document.querySelector('.passage[data-number]'), '::before').content")
    assert shown == '"1"'
    event = atlas.events[0]
    title = here.find(f"[data-mark='{event.id}'] title").text_content()
    assert title == f"{event.number} · {event.title}"


def test_the_lead_says_in_figures_what_the_article_says(standalone: Open, atlas: Atlas) -> None:
    here = standalone()
    shown = here.shown()
    by = [event.said_by for event in atlas.events if event.id in shown]
    expect(here.find(".lead")).to_contain_text(f"the article: {by.count('article')}")
    about = [
        event
        for event in atlas.events
        if event.id in shown and "governorate-idlib" in {link.id for link in event.places}
    ]
    expect(here.find(".lead")).to_contain_text(f"Idlib (governorate): {len(about)}")


def test_the_number_of_statements_in_the_panel_is_that_above_the_text(standalone: Open) -> None:
    here = standalone()
    n = here.find("[data-row='events'] .n").inner_text()
    assert here.find(".reading-count").inner_text().startswith(f"{n} of ")


@pytest.mark.parametrize("off", [(0, -9), (0, 0)], ids=["beside a mark", "on it"])
def test_a_press_within_twelve_pixels_of_a_mark_selects_it(standalone: Open, off: tuple[int, int]) -> None:
    here = standalone()
    here.set_window("2020-02-11", "2020-02-12")
    mark = here.find(".fact-mark:not(.unknown)").first
    box: Any = mark.bounding_box()
    name = mark.get_attribute("data-select")
    here.page.mouse.click(box["x"] + box["width"] / 2 + off[0], box["y"] + 2 + off[1])
    here.until_address(lambda found: found.get("selected") == name)
    assert here.window() == ("2020-02-11", "2020-02-12")


def test_a_band_is_as_wide_as_the_error_of_its_line_at_every_zoom(standalone: Open, atlas: Atlas) -> None:
    line = next(place for place in atlas.place.values() if place.id == "contact-line-2020-02-19")
    _, south, _, north = line.geometry.bounds
    middle = (south + north) / 2
    for zoom in (8, 10):
        here = standalone(f"?camera=35.8,36.6,{zoom}")
        metres = Geod(ellps="sphere", a=6378137, b=6378137).line_length([36, 37], [middle, middle])
        pixels = line.tolerance_km * 1000 / metres * 256 * 2**zoom / 360
        expect(here.find("path.tolerance")).not_to_have_count(0)
        widths = here.js(
            "[...document.querySelectorAll('path.tolerance')].map(node => parseFloat(node.style.strokeWidth))"
        )
        assert any(abs(width - 2 * pixels) < 0.02 * width for width in widths), (widths, pixels)


def test_the_band_of_a_zone_stays_inside_its_edge(standalone: Open) -> None:
    here = standalone()
    clip = here.find("path.band.layer-zones").first.get_attribute("clip-path") or ""
    shape = here.js(
        "id => document.querySelector(id.slice(4, -1)).firstElementChild.getAttribute('href')", clip
    )
    band, edge = here.find("path.band.layer-zones").first, here.find(f"path{shape}")
    assert band.get_attribute("d") == edge.get_attribute("d")


def test_a_card_does_not_repeat_the_words_that_are_lit_beside_it(standalone: Open, atlas: Atlas) -> None:
    event = atlas.events[7]
    here = standalone(f"?selected={event.id}")
    quotation = here.find(f".cards-list > [data-card='{event.id}'] > blockquote")
    expect(here.find(".article .passage.lit").first).to_be_visible()
    expect(quotation).to_be_hidden()
    here.page.set_viewport_size({"width": 390, "height": 844})  # here the words lie below the card
    expect(quotation).to_be_visible()


def test_the_key_explains_the_band_of_a_selection(standalone: Open) -> None:
    here = standalone("?camera=35.8,36.6,8", first_visit=True)
    rows = here.find(".how-rows")
    here.find("[data-row='contact-lines'] > label").click()
    expect(rows).to_contain_text("Dashed")
    expect(rows).not_to_contain_text("may be off")
    here.js("mapapp.select('zone-idlib')")  # draws its band, and shows and hides nothing
    expect(here.find("path.tolerance")).not_to_have_count(0)
    expect(rows).to_contain_text("may be off")


def test_the_head_of_the_key_stays_when_a_row_is_added(standalone: Open) -> None:
    here = standalone("?camera=35.8,36.6,8", first_visit=True)
    here.find("[data-row='contact-lines'] > label").click()
    expect(here.find(".how-rows")).not_to_contain_text("may be off")
    close = here.find(".how-head button")
    before = close.bounding_box()
    here.find("[data-row='contact-lines'] > label").click()
    expect(here.find(".how-rows")).to_contain_text("may be off")
    assert close.bounding_box() == before


@pytest.mark.parametrize("focus", [".how-head h2", ".how-button"])
def test_escape_closes_the_key_and_leaves_the_selection(focus: str, standalone: Open) -> None:
    here = standalone("?selected=zone-idlib")
    here.find(".how-button").click()
    here.find(focus).focus()
    here.page.keyboard.press("Escape")
    expect(here.find(".how-to-read")).to_be_hidden()
    expect(here.find(".how-button")).to_be_focused()
    expect(here.find(".how-button")).to_have_attribute("aria-expanded", "false")
    assert here.find(".cards [data-card]").count()


def test_the_key_names_the_symbols_of_the_badges_in_sight(standalone: Open) -> None:
    here = standalone("?camera=36.8,35.6,5", first_visit=True)
    kinds = here.find(".how-kinds > span")
    drawn = here.js("""() => {
      const stage = document.querySelector('.stage').getBoundingClientRect();
      const isInSight = (box) =>
        box.left > stage.left && box.right < stage.right && box.top > stage.top && box.bottom < stage.bottom;
      const uses = [...document.querySelectorAll('.mark:not([hidden]) > .badge use')];
      return [...new Set(uses.filter((use) => isInSight(use.getBoundingClientRect()))
        .map((use) => use.getAttribute('href')))].sort();
    }""")
    assert drawn
    expect(kinds).to_have_count(len(drawn))
    uses = kinds.locator("use").all()
    symbols = [use.get_attribute("href") for use in uses]
    assert sorted(map(str, symbols)) == drawn
    assert all(kinds.all_inner_texts())
    here.find("[data-row='events'] > label").click()
    expect(kinds).to_have_count(0)


LIST = """() => {
  const stage = document.querySelector('.stage').getBoundingClientRect();
  const key = document.querySelector('.how-to-read').getBoundingClientRect();
  const boxes = [...document.querySelectorAll('.beyond > button')].map((node) => node.getBoundingClientRect())
    .filter(({ width }) => width);
  const rows = new Set(boxes.map(({ top }) => Math.round(top))).size;
  const isBeside = (box) => box.right <= key.left || box.left >= key.right;
  const free = (box) => isBeside(box) || box.bottom <= key.top || box.top >= key.bottom;
  const inside = (box) => box.left >= stage.left && box.right <= stage.right;
  return { rows, free: boxes.every(free), inside: boxes.every(inside) };
}"""


@pytest.mark.parametrize("language", ["en", "ar", "tr", "ru"])
@pytest.mark.parametrize(
    ("size", "most"), [((1440, 900), 2), ((1280, 720), 2), ((900, 700), 1), ((768, 1024), 2), ((390, 844), 1)]
)
def test_the_list_of_places_without_a_label_hides_little_of_the_map(
    size: tuple[int, int], most: int, language: str, standalone: Open
) -> None:
    wide, high = size
    here = standalone(
        f"?selected=zone-idlib&language={language}",
        first_visit=True,
        viewport={"width": wide, "height": high},
    )
    found = here.js(LIST)
    assert 1 <= found["rows"] <= most
    assert found["free"]
    assert found["inside"]


def test_the_rest_of_the_list_opens_by_a_button(standalone: Open) -> None:
    here = standalone(viewport={"width": 1280, "height": 720})
    chips, more = here.find(".beyond .chip"), here.find(".beyond-more")
    hidden = sum(not chip.is_visible() for chip in chips.all())
    assert hidden > 0
    expect(more).to_have_text(f"and {hidden} more")
    expect(more).to_have_attribute("aria-expanded", "false")
    more.focus()
    here.page.keyboard.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    assert all(chip.is_visible() for chip in chips.all())
    expect(more).to_be_focused()
    here.page.keyboard.press("Escape")
    expect(more).to_have_attribute("aria-expanded", "false")
    more.click()
    here.find(".beyond .chip", has_text="Nur-Sultan").click()
    expect(here.find(".cards [data-card]").first).to_be_visible()
    expect(more).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("query", ["", "?selected=zone-idlib&language=ru"])
def test_what_the_map_opens_on_is_clear_of_the_key_and_the_list(query: str, standalone: Open) -> None:
    here = standalone(query, first_visit=True, viewport={"width": 1280, "height": 720})
    shape = "path.layer-zones.main" if query else "path.layer-governorates"
    key: Any = here.find(".how-to-read").bounding_box()
    stage: Any = here.find(".stage").bounding_box()
    chips: Any = [box for chip in here.find(".beyond > button").all() if (box := chip.bounding_box())]
    inside = [
        box
        for node in here.find(shape).all()
        if (box := node.bounding_box())
        and box["x"] > stage["x"]
        and box["x"] + box["width"] < stage["x"] + stage["width"]
    ]
    home = max(inside, key=lambda box: box["height"])
    assert home["x"] >= key["x"] + key["width"] - 3
    assert home["y"] >= max(chip["y"] + chip["height"] for chip in chips) - 3
    assert home["y"] + home["height"] <= stage["y"] + stage["height"] + 3


@pytest.mark.parametrize("size", [(844, 390), (720, 450), (320, 256), (390, 844), (1280, 720)])
@pytest.mark.parametrize("query", ["", "?step=3"])
def test_coordinates_and_scale_do_not_lie_on_the_buttons(
    query: str, size: tuple[int, int], standalone: Open
) -> None:
    here = standalone(query, viewport={"width": size[0], "height": size[1]})
    over = here.js("""() => {
      const boxes = (selector) => [...document.querySelectorAll(`.leaflet-control${selector}`)]
        .map((node) => node.getBoundingClientRect()).filter(({ width }) => width);
      const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      return boxes(':is(.position, .leaflet-control-scale)').some((box) =>
        boxes('.leaflet-bar').some((bar) => meet(box, bar)));
    }""")
    assert not over
