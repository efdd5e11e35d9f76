"""Numbers on the screen agree with each other and have labels, and a button returns to the initial extent."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from visit import Visit

from mapapp.text.messages import words

Open = Callable[..., Visit]
SCREENS = [(1440, 900), (1280, 720), (768, 1024), (390, 844)]
ARABIC = re.compile("[\u0600-\u06ff]")
# what the map says of each place: by the number beside its name, or in the list of what has no label
NUMBERS = """() => Object.fromEntries([
  ...[...document.querySelectorAll('.label')].filter(label => label.querySelector('.count'))
    .map(label => [label.dataset.place, Number(label.querySelector('.count').textContent)]),
  ...[...document.querySelectorAll('.beyond .chip')]
    .map(chip => [chip.dataset.select, Number(chip.lastChild.textContent)]),
])"""
COUNTED = """() => {
  const n = document.querySelector('.cards section.said:not(.folded) h3 .n');
  return n && Number(n.textContent);
}"""
SPOKEN_OF = """() => {
  const shown = new Set(mapapp.shown()), related = window.mapappAtlas.related;
  const own = ([event, via]) => via === null && shown.has(event);
  return Object.keys(related).filter(id => shown.has(id) && related[id].some(own));
}"""
BOXES = """() => {
  const nodes = document.querySelectorAll('.label, .beyond .chip, .leaflet-control-zoom, .home');
  return [...nodes].map(node => {
    const box = node.getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom, node.textContent];
  });
}"""
BADGES = """() => [...document.querySelectorAll('.badge')]
  .filter(badge => badge.checkVisibility()).map(badge => badge.dataset.of)"""


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?first=2018-09-01&last=2018-09-30",
        "?first=2017-01-01&last=2020-02-19",
        "?said_by=erdogan&kinds=threat",
        "?certain=1",
    ],
)
def test_a_card_counts_as_many_statements_as_the_map_does(query: str, standalone: Open) -> None:
    here = standalone(query)
    numbers = here.js(NUMBERS)
    assert numbers
    for place, number in numbers.items():
        here.js("id => mapapp.select(id)", place)
        assert (place, here.js(COUNTED)) == (place, number)
        shown = here.find(".cards section.said:not(.folded) .shown-statements > .card").count()
        assert (place, shown) == (place, number)


def test_the_row_of_statements_counts_those_on_the_time_axis(standalone: Open) -> None:
    here = standalone("?first=2018-09-01&last=2018-09-30&certain=1")  # one statement, with three marks
    assert here.find("[data-row='events'] .n").inner_text() == "1"
    everything = standalone()
    assert int(everything.find("[data-row='events'] .n").inner_text()) == len(
        [name for name in everything.shown() if everything.find(f"[data-mark='{name}']").count()]
    )


def test_a_statement_outside_the_window_says_so_on_its_card(standalone: Open) -> None:
    here = standalone("?selected=sochi-demilitarised-zone")
    card = here.find("[data-card='sochi-demilitarised-zone']")
    assert card.locator(".why-hidden").inner_text() == "Outside the time window."
    card.locator("[data-window]").first.click()
    expect(card.locator(".why-hidden")).to_have_count(0)


def test_hidden_statements_follow_with_the_reason(standalone: Open) -> None:
    here = standalone("?selected=place-ankara")
    own = here.find(".cards section.said:not(.folded)")
    assert own.locator(".not-shown > summary").inner_text() == "1 more outside the time window"
    here.find(".filter", has_text="Recep Tayyip Erdogan").click()
    assert "more hidden by your filters" in own.locator(".not-shown > summary").inner_text()
    assert int(own.locator("h3 .n").inner_text()) == own.locator(".shown-statements > .card").count()


def test_filters_are_not_blamed_on_the_window(standalone: Open) -> None:
    here = standalone("?said_by=")
    assert here.find(".reading-count").inner_text() == (
        "0 of 28 statements shown (25 in the time window, 25 of them hidden by your filters)"
    )
    assert here.find(".empty p").inner_text() == "No statement in the article matches these filters."
    others = standalone("?kinds=agreement")  # the day has statements, but no agreement
    assert others.find(".empty p").inner_text() == "No statement in the article matches these filters."


def test_before_the_article_was_published_nothing_is_counted_as_in_the_window(standalone: Open) -> None:
    here = standalone("?as_of=2018-09-30")
    assert here.find(".reading-count").inner_text() == (
        "0 of 28 statements shown: the article was not yet published on 30 Sep 2018"
    )


def test_a_day_beyond_the_axis_is_answered_with_the_valid_range(standalone: Open) -> None:
    here = standalone()
    day = here.find(".typed[data-edge='last']")
    day.fill("1999-01-01")
    day.press("Enter")
    note = here.find(".typed-note")
    assert re.fullmatch(r"Enter a date from \d{4}-01-01 to \d{4}-12-31\.", note.inner_text())
    here.find("[data-preset]", has_text="September 2018").click()
    expect(note).to_have_text("")
    expect(day).to_have_value("2018-09-30")


def test_a_snapshot_known_by_then_is_shown_while_it_is_valid(standalone: Open) -> None:
    here = standalone("?first=2020-02-20&last=2020-03-10")
    assert {"opposition-area-2020-02-19", "contact-line-2020-02-19"} <= here.shown()
    later = standalone("?first=2020-03-01&last=2020-03-10")
    assert not [name for name in later.shown() if name.startswith("opposition-area")]
    later.find("[data-row='control'] .link").click()
    assert later.window() == ("2020-02-22", "2020-02-22")
    assert "opposition-area-2020-02-19" in later.shown()


@pytest.mark.parametrize(("wide", "high"), SCREENS)
@pytest.mark.parametrize("query", ["", "?screenshot=1"])
def test_the_place_with_most_statements_is_named_on_every_screen(
    query: str, wide: int, high: int, standalone: Open
) -> None:
    here = standalone(query, viewport={"width": wide, "height": high})
    label = here.find("[data-place='governorate-idlib']")
    assert label.inner_text().split() == ["Idlib", "(governorate)", "18"]


@pytest.mark.parametrize(("wide", "high"), SCREENS)
@pytest.mark.parametrize(
    "query",
    ["", "?camera=39,35,5", "?camera=35.9,36.6,12", "?camera=48,60,3&first=2017-01-01&last=2017-12-31"],
)
def test_no_number_is_without_its_label_and_none_is_missing(
    query: str, wide: int, high: int, standalone: Open
) -> None:
    here = standalone(query, viewport={"width": wide, "height": high})
    badges = here.js(BADGES)
    labels = set(here.js("[...document.querySelectorAll('.label')].map(label => label.dataset.place)"))
    assert set(badges) <= labels
    listed = set(here.js("[...document.querySelectorAll('.beyond .chip')].map(chip => chip.dataset.select)"))
    assert not listed & labels
    spoken = set(here.js(SPOKEN_OF))
    points = {name for name in spoken if name.startswith("place-")}
    assert points <= labels | listed
    zones = {name for name in spoken if name.startswith(("zone-", "governorate-"))}
    assert zones <= labels | listed


def test_labels_do_not_cover_each_other_or_the_buttons(visit: Open) -> None:
    here = visit(viewport={"width": 390, "height": 844})
    boxes = here.js(BOXES)
    for number, (x0, y0, x1, y1, _) in enumerate(boxes):
        over = [
            name
            for left, top, right, bottom, name in boxes[number + 1 :]
            if min(x1, right) - max(x0, left) > 3 and min(y1, bottom) - max(y0, top) > 3
        ]
        assert over == []


def test_the_screenshot_view_lists_what_is_off_the_map(standalone: Open) -> None:
    here = standalone("?screenshot=1")
    assert re.search(r"Ankara 6, Damascus 3\b", here.find(".credit-beyond").inner_text())


def test_a_button_returns_to_the_initial_extent(visit: Open) -> None:
    here = visit()
    before = here.js("document.querySelector('.leaflet-control-scale-line').textContent")
    where = here.find("[data-place='zone-idlib']").bounding_box()
    here.find(".beyond .chip", has_text="Nur-Sultan").click()
    assert here.find("[data-place='zone-idlib']").count() == 0
    away = here.until_address(lambda found: "camera" in found)["camera"]
    here.find(".leaflet-control .home").click()
    assert here.js("document.querySelector('.leaflet-control-scale-line').textContent") == before
    assert here.find("[data-place='zone-idlib']").bounding_box() == where
    # so that the address leads to what is seen
    address = here.until_address(lambda found: found.get("camera", away) != away)
    again = visit("?" + "&".join(f"{key}={value}" for key, value in address.items()))
    expect(again.find("[data-place='zone-idlib']")).to_have_count(1)
    here.find(".cards-head .quiet").click()
    here.find(".leaflet-control .home").click()
    here.until_address(lambda found: found == {})


@pytest.mark.parametrize("lang", ["ar", "ru", "tr"])
def test_sentences_keep_their_own_language_whatever_names_are_in(lang: str, standalone: Open) -> None:
    here = standalone(f"?names={lang}&selected=ankara-ceasefire-breach")
    assert here.find(".card.said .card-kind").first.inner_text().strip() == "2 · Statement · Turkey says"
    quoted = standalone(f"?names={lang}&selected=erdogan-offensive-any-time")
    assert (
        quoted.find(".card.said .card-kind")
        .first.inner_text()
        .endswith("Recep Tayyip Erdogan threatens, as quoted by TRT Haber")
    )


def test_the_script_chooses_plural_forms_as_python_does(standalone: Open) -> None:
    counts = set()
    for window in ("?first=2019-01-01&last=2019-01-31", "?first=2018-09-18&last=2018-09-30"):
        shown = standalone(window).find(".reading-count").inner_text()
        n, every = (int(number) for number in re.findall(r"\d+", shown))
        counts.add(n)
        assert shown == words("statements-shown", n=n, all=every)
    assert 1 in counts
    assert len(counts) > 1
