"""The figure: what its map, key, notes and pages say."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
import shapely
from figures import (
    DAY,
    QUERIES,
    STORY,
    figure,
    map_of,
    page_of,
    said_after,
    said_first,
    said_on_map,
    view_of,
)
from hostile import hostile_atlas

from mapapp.core.model import Atlas, Place
from mapapp.core.names import Names
from mapapp.figure.drawing import Map
from mapapp.figure.figure_errors import FigureError
from mapapp.figure.fonts import POINT
from mapapp.figure.key import key_rows
from mapapp.figure.label_placement import Room
from mapapp.figure.map_style import style_for
from mapapp.figure.note_items import ranges
from mapapp.figure.notes import Notes
from mapapp.figure.place_names import NumberBox, _unit
from mapapp.figure.sheet import Letters, Look, Sheet, width
from mapapp.figure.sizes import SIZES
from mapapp.text.labels import kind_words
from mapapp.text.quotation import quotation

pytestmark = pytest.mark.slow  # each test draws a whole map
OPEN = "https://example.org/map"


def texts_of(drawing: Map) -> list[str]:
    return [text.text for text in drawing.sheet.texts()]


def box_of(text: Letters) -> shapely.Polygon:
    """Return what the letters of a line cover, in millimetres from the left and the top."""
    wide, size = width(text.text, text.look), text.look.size * POINT
    left = text.x - {"left": 0.0, "center": 0.5, "right": 1.0}[text.align] * wide
    flat = shapely.box(left, text.y - 0.7 * size, left + wide, text.y + 0.2 * size)
    return shapely.affinity.rotate(flat, -text.turn, origin=(text.x, text.y))


def with_place(atlas: Atlas, changed: Place) -> Atlas:
    """Return an atlas in which a place is another."""
    layers = tuple(
        replace(layer, places=tuple(changed if place.id == changed.id else place for place in layer.places))
        for layer in atlas.layers
    )
    return replace(atlas, layers=layers)


def with_first_event(atlas: Atlas, **changed: str) -> Atlas:
    return replace(atlas, events=(replace(atlas.events[0], **changed), *atlas.events[1:]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "size"),
    [
        *((query, "a4-landscape") for query in QUERIES.values()),
        *((STORY, size) for size in SIZES if size != "a4-landscape"),
        *((DAY, size) for size in SIZES if size != "a4-landscape"),
    ],
)
def test_text_on_the_map_can_be_read_lies_on_the_sheet_and_nowhere_over_other_text(
    atlas: Atlas, query: str, size: str
) -> None:
    sheet = map_of(atlas, query, size).sheet
    texts = list(sheet.texts())
    assert [text.text for text in texts if text.look.size < SIZES[size].label] == []
    boxes = [(text.text, box_of(text)) for text in texts]
    page = shapely.box(0, 0, sheet.wide, sheet.high)
    assert [text for text, box in boxes if not page.covers(box)] == []
    air = 0.05  # millimetres
    assert [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if a.buffer(-air).intersects(b.buffer(-air))
    ] == []


def test_the_key_lists_only_what_is_visible(atlas: Atlas) -> None:
    usual = said_on_map(atlas, DAY)
    assert "observation post, open, surrounded" in usual
    assert "Former zone" not in usual  # those lie outside the frame
    hidden = said_on_map(atlas, f"{DAY}&hidden=posts,dmz")
    assert "observation post" not in hidden
    assert "Agreed depth" not in hidden
    assert (
        "Not shown: Demilitarised zone, Military posts" in page_of(atlas, f"{DAY}&hidden=posts,dmz")["lead"]
    )


def test_every_statement_has_a_note_in_full_and_short(atlas: Atlas) -> None:
    notes = Notes(atlas, view_of(atlas, STORY))
    numbers = sorted(notes.numbers.values())
    data = page_of(atlas, STORY)
    assert sorted(note["number"] for note in data["notes"]) == numbers
    whole = next(section for section in data["sections"] if section["title"] == "Every statement in full")
    assert sorted(item["number"] for item in whole["items"] if item["number"] != "–") == numbers
    assert "All statements in full (28)" in data["more"]


def test_short_notes_on_places_of_the_map_come_first(atlas: Atlas) -> None:
    drawing = map_of(atlas, DAY)
    on_map = {number for place in drawing.marked for number in drawing.notes.marks.get(place, ())}
    order = [note["number"] in on_map for note in page_of(atlas, DAY)["notes"]]
    assert 0 < sum(order) < len(order)
    assert order == sorted(order, reverse=True)


def test_places_without_a_mark_are_listed_with_their_numbers(atlas: Atlas) -> None:
    said = plain(said_after(page_of(atlas, DAY), "Every statement in full"))
    assert "Places off this map, with the numbers of their statements: Ankara 2, 3, 5, 6, 11, 12;" in said


def plain(text: str) -> str:
    """Return text without the signs that keep a name's direction."""
    return re.sub("[\u2066-\u2069]", "", text)


def test_an_empty_view_says_why(atlas: Atlas) -> None:
    data = page_of(atlas, "first=2019-06-01&last=2019-06-02&certain=1")
    assert data["empty"] == "The article says nothing about this period."
    assert data["empty"] in data["alt"]
    assert "The article was not yet published" in page_of(atlas, "as_of=2018-09-30")["empty"]
    nobody = replace(view_of(atlas, ""), kinds=frozenset[str]())
    assert Notes(atlas, nobody).empty == "No statement in the article matches these filters."


def test_a_figure_with_filters_does_not_blame_the_time(atlas: Atlas) -> None:
    lead = Notes(atlas, view_of(atlas, "kinds=demand")).lead[0]
    assert lead.startswith(
        "3 of the article's 28 statements shown (25 in this period, 22 of them hidden by filters)."
    )


def test_an_attack_is_drawn_as_text(atlas: Atlas) -> None:
    bad = hostile_atlas(atlas)
    assert "<img src=x onerror=alert(1)>" in page_of(bad, STORY)["title"]
    svg = figure(bad, STORY, "svg")
    assert b"<img" not in svg
    assert b"</script>" not in svg
    assert b"onerror=alert(1)&gt;" in svg


def test_control_characters_and_missing_letters_are_replaced(atlas: Atlas) -> None:
    bad = with_first_event(atlas, title="Costs $x^2$ and \\frac{1} #let \x07 rose, 中")
    said = said_first(page_of(bad, DAY))
    assert "Costs $x^2$ and \\frac{1} #let \ufffd rose, \ufffd." in said


def test_the_address_of_the_default_view_is_labelled_as_such(atlas: Atlas) -> None:
    assert "This view: ? (the default view)" in said_first(page_of(atlas, "", address="?"))


@pytest.mark.parametrize(
    "address", ["", "?", f"http://localhost:8501/?{STORY}", f"http://[::1]:8501/?{STORY}"]
)
def test_a_private_address_has_neither_link_nor_code(atlas: Atlas, address: str) -> None:
    data = page_of(atlas, STORY, "square", address=address, pages=False)
    assert data["code"] is None
    assert not any(part["link"] for part in data["foot"])
    assert "localhost" not in said_first(data)
    assert "(no public address; open it in the app)" in said_first(data)
    assert "in the evidence pack" in data["more"]
    assert "address of this view" not in data["more"]


def test_with_a_public_address_the_rest_is_said_to_be_there(atlas: Atlas) -> None:
    address = f"{OPEN}?{STORY}"
    data = page_of(atlas, STORY, "square", address=address, pages=False)
    assert "on the next pages of the PDF and at the address of this view" in data["more"]
    assert [part["link"] for part in data["foot"] if part["link"]] == [address]
    assert data["code"]["side"] > 10
    assert "evidence pack" not in said_first(data)


def test_an_address_too_long_for_a_code_is_cut_on_the_map_and_printed_in_full_after_it(atlas: Atlas) -> None:
    data = page_of(atlas, STORY, "a4", address=f"{OPEN}?{STORY}&other={'x' * 900}")
    assert data["code"] is None
    assert "too long for a QR code" in said_first(data)
    assert "xxx… (cut here; in full in the metadata of this file)" in said_first(data)
    assert "x" * 900 in said_after(data, "About this figure")


def test_the_pieces_of_an_address_are_short_and_lose_nothing(atlas: Atlas) -> None:
    data = page_of(atlas, STORY, "a4", address=f"{OPEN}?{STORY}&other={'x' * 100}")
    (part,) = (part for part in data["foot"] if part["link"])
    assert "".join(part["pieces"]) == part["text"]
    assert max(map(len, part["pieces"])) <= 25
    assert part["pieces"][0] == "https:"


def test_the_article_is_the_first_source(atlas: Atlas) -> None:
    said = said_after(page_of(atlas, STORY), "Sources and their licences")
    assert "1 Report on Idlib (headline not recorded)" in said.partition("2 ")[0]
    assert "sputniknews.com/middleeast/202002191078349724" in said.partition("2 ")[0]


def test_sources_of_what_is_drawn_come_before_those_of_the_background(atlas: Atlas) -> None:
    notes = Notes(atlas, view_of(atlas, STORY))
    numbers = notes.source_numbers
    drawn = {
        item
        for place, _, status in notes.selection.places
        for item in (*place.sources, *(status.sources if status else ()))
    }
    only = (
        {item for fact, _ in notes.selection.facts for item in fact.sources}
        - drawn
        - {atlas.articles[0].source}
    )
    zone = atlas.place["zone-idlib"].sources[0]
    assert numbers[atlas.articles[0].source] == 1
    assert 1 < numbers[zone] < numbers["ne1"] < min(numbers[item] for item in only)
    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))


def test_every_citation_has_a_source_of_its_number(atlas: Atlas) -> None:
    data = page_of(atlas, STORY)
    cited = set()
    for title in ("Background, not from the article", "How sure each mark is"):
        for found in re.findall(r"\[([\d, –]+)\]", said_after(data, title)):
            for part in found.split(", "):
                first, _, last = part.partition("–")
                cited |= set(range(int(first), int(last or first) + 1))
    sources = next(section for section in data["sections"] if section["title"].startswith("Sources"))
    assert len(cited) > 20
    assert cited <= {int(item["number"]) for item in sources["items"]}


@pytest.mark.parametrize("query", [STORY, DAY])
@pytest.mark.parametrize("size", ["a4-landscape", "half-page", "square", "slide"])
def test_every_place_spoken_of_has_name_and_numbers_or_is_listed(atlas: Atlas, query: str, size: str) -> None:
    drawing = map_of(atlas, query, size)
    notes = drawing.notes
    remarks = plain(said_after(page_of(atlas, query, size), "Every statement in full"))
    listed = remarks.partition("Places off this map")[2] or remarks.partition("No room on the map")[2]
    in_key = remarks.partition("Numbered as a group in the key: ")[2]
    on_map = said_on_map(atlas, query, size).partition("Mentioned in the article")[0]
    for place, numbers in notes.marks.items():
        name = notes.name(atlas.place[place])
        beside = all(part in on_map for part in [*name.split(), *ranges(numbers).split()])
        kind = f"{kind_words(atlas.profile, atlas.place[place].kind)} {ranges(numbers)}"
        carried = any(place in borne and bearer in drawing.marked for bearer, borne in drawing.borne.items())
        assert beside or carried or f"{name}" in listed or in_key.startswith(kind), name


def test_a_number_is_never_set_without_the_name_of_its_place() -> None:
    sheet, look = Sheet(100, 100), Look(8)
    room = Room((0, 0, 100, 100))
    room.take((0, 0, 100, 49))
    room.take((0, 51, 100, 100))
    assert not _unit(sheet, room, shapely.Point(50, 50), ("Saraqib", NumberBox("1, 2", 8)), look)
    assert not list(sheet.texts())


@pytest.mark.parametrize(
    ("query", "day"),
    [
        (DAY, "19 February 2020"),
        ("first=2018-09-01&last=2018-09-30", "30 September 2018"),
        (f"{STORY}&as_of=2018-09-30", "30 September 2018"),
    ],
)
def test_the_key_says_of_which_day_lines_control_and_statuses_are(atlas: Atlas, query: str, day: str) -> None:
    said = said_on_map(atlas, query).partition("Added background")[2]
    undated, _, dated = said.partition(f"As of {day}:")
    assert "Motorway" in undated
    assert all(part in dated for part in ("Held by opposition groups", "Contact line, boundary with", "open"))


def test_everything_visible_is_in_the_key(atlas: Atlas) -> None:
    said = said_on_map(atlas, f"{DAY}&camera=35.6,36.1,8.5")
    assert all(row in said for row in ("Country border", "Land without colour: not shown", "Sea"))
    uncoloured = said_on_map(atlas, f"{DAY}&hidden=control,advance")
    assert "Held by" not in uncoloured
    assert "Land without colour" not in uncoloured
    assert " Sea " not in said_on_map(atlas, f"{DAY}&camera=35.8,36.7,10")


def test_numbers_shared_by_all_places_of_a_kind_are_in_the_key_once(atlas: Atlas) -> None:
    whole = texts_of(map_of(atlas, DAY))
    assert whole.count("18") == 1  # not beside each of the twelve
    assert whole.index("18") > whole.index("Mentioned in the article")
    said = said_after(page_of(atlas, DAY), "Every statement in full")
    assert "Numbered as a group in the key: Turkish observation post 18." in said


def test_numbers_do_not_look_like_the_counts_of_the_screen(atlas: Atlas) -> None:
    texts = list(map_of(atlas, STORY).sheet.texts())
    assert [text.look.color for text in texts if text.text == "4, 8, 15, 19"] == ["article"]
    assert all(text.look.color != "paper" for text in texts)  # those are light on dark


def test_one_name_serves_a_town_and_the_post_beside_it(atlas: Atlas) -> None:
    assert texts_of(map_of(atlas, DAY)).count("Morek") == 1


@pytest.mark.parametrize("size", SIZES)
def test_towns_in_background_facts_are_labelled_before_others(atlas: Atlas, size: str) -> None:
    wanted = {"Saraqib", "Maarat al-Numan", "Khan Shaykhun"}
    # where their surroundings are full, no name is better than one far from its town
    full = {"square": {"Khan Shaykhun"}, "slide": {"Maarat al-Numan"}, "half-page": {"Maarat al-Numan"}}
    wanted -= full.get(size, set())
    assert wanted <= {*texts_of(map_of(atlas, DAY, size))}


def test_the_pages_after_the_map_hold_every_note_and_source_in_full(atlas: Atlas) -> None:
    data = page_of(atlas, STORY)
    said = said_after(data)
    notes = Notes(atlas, view_of(atlas, STORY))
    for event, _ in notes.selection.events:
        assert squeezed(quotation(atlas.articles[0], event).text) in squeezed(said), event.id
        assert event.note in said, event.id
    for fact, _ in notes.selection.facts:
        assert fact.text in said, fact.id
    sources = next(section for section in data["sections"] if section["title"].startswith("Sources"))
    for item, entry in zip(notes.source_numbers, sources["items"], strict=True):
        source = atlas.source[item]
        set_as = " ".join(part["text"] for part in entry["parts"])
        for part in (source.title, source.licence, source.url or source.locator or ""):
            assert part.rstrip(".") in set_as, item
        assert [part["link"] for part in entry["parts"] if part["link"]] == [source.url] * bool(source.url)


def squeezed(text: str) -> str:
    """Return text without spaces."""
    return re.sub(r"\s", "", text)


def test_a_demand_has_the_date_it_was_made_and_the_date_it_is_due(atlas: Atlas) -> None:
    said = said_after(page_of(atlas, DAY))
    assert "Said on or before 19 February 2020; due by 29 February 2020." in said
    assert "19 February 2020 to 29 February 2020" not in said


def test_the_selection_is_named_only_if_it_is_visible(atlas: Atlas) -> None:
    lead = plain(page_of(atlas, "selected=zone-idlib")["lead"])
    assert "Selected: Idlib de-escalation zone." in lead
    assert "Selected" in texts_of(map_of(atlas, "selected=zone-idlib"))
    assert "Selected" not in page_of(atlas, "selected=zone-idlib&hidden=zones")["lead"]
    assert "Selected" not in texts_of(map_of(atlas, "selected=zone-idlib&hidden=zones"))


def test_kinds_of_incidents_are_not_listed_as_shown(atlas: Atlas) -> None:
    said = page_of(atlas, "kinds=clashes,shelling")["lead"]
    assert "Only these kinds: Clashes." in said
    assert "Figures, pages and data files contain no incidents" in said


def test_no_two_rows_of_the_key_look_or_read_alike(atlas: Atlas) -> None:
    drawing = map_of(atlas, "first=2017-01-01&last=2021-12-31&as_of=all")
    rows = key_rows(atlas, drawing.drawn, drawing, "")
    looks = [
        (place.layer, place.kind, style_for(atlas.profile, place, status))
        for row in rows
        for place, status in row.examples
    ]
    assert len(looks) > 10
    assert len(set(looks)) == len(looks)
    texts = [row.text for row in rows if not row.head]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("size", SIZES)
def test_the_zone_the_story_is_about_is_cut_neither_by_the_frame_nor_by_the_key(
    atlas: Atlas, size: str
) -> None:
    drawing = map_of(atlas, f"{DAY}&lang=ar", size)
    zone = drawing.shapes["zone-idlib"]
    left, bottom, right, top = zone.bounds
    assert drawing.projection.at[0] < left < right < drawing.projection.at[2]
    assert drawing.projection.at[1] < bottom < top < drawing.projection.at[3]
    assert not zone.intersects(panel_of(drawing))


def panel_of(drawing: Map) -> shapely.Polygon:
    """Return the hull of the texts in the key, from the lower left corner."""
    texts = list(drawing.sheet.texts())
    heading = next(number for number, text in enumerate(texts) if text.text == "Mentioned in the article")
    last = next(
        number for number, text in enumerate(texts) if text.text.startswith("Made with Natural Earth")
    )
    hull = shapely.union_all([box_of(text) for text in texts[heading:last]]).envelope
    return shapely.affinity.affine_transform(hull, [1, 0, 0, -1, 0, drawing.sheet.high])


def test_including_later_events_means_up_to_the_date_of_the_data(atlas: Atlas) -> None:
    lead = page_of(atlas, f"{STORY}&as_of=all")["lead"]
    assert "Including later events; data up to 1 September 2022." in lead
    assert "today" not in lead


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            "first=2030-01-01&last=2030-12-31",
            "first, last: outside the time span of the data (got 2030-01-01 to 2030-12-31)",
        ),
        ("first=2001-01-01&last=2001-12-31", "first, last: outside the time span of the data"),
        (
            f"{STORY}&camera=10,10,8",
            "camera: the requested map extent contains no features of this view (got 10,10,8)",
        ),
    ],
)
def test_an_empty_figure_is_refused(atlas: Atlas, query: str, said: str) -> None:
    with pytest.raises(FigureError, match=re.escape(said)):
        figure(atlas, query, "svg")


def test_the_frame_that_is_offered_is_one_that_works(atlas: Atlas) -> None:
    with pytest.raises(FigureError) as refused:
        map_of(atlas, f"{STORY}&camera=10,10,8")
    assert map_of(atlas, f"{STORY}&camera={str(refused.value).rpartition('or use ')[2]}").drawn


def test_one_statement_falls(atlas: Atlas) -> None:
    one = replace(atlas, events=atlas.events[:1])
    assert "1 of the article's 1 statements falls in" in Notes(one, view_of(one, STORY)).lead[0]
    assert "28 of the article's 28 statements fall in" in Notes(atlas, view_of(atlas, STORY)).lead[0]


@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_a_small_folder_of_data_can_be_drawn(tiny_atlas: Atlas, form: str) -> None:
    assert figure(tiny_atlas, "", form, "square")
    assert "Clashes go on" in said_first(page_of(tiny_atlas, "", "square"))


def test_sentences_are_in_english_and_labels_in_the_readers_language(atlas: Atlas) -> None:
    query = f"{STORY}&lang=ar&selected=zone-idlib"
    texts = list(map_of(atlas, query, "a4").sheet.texts())
    arabic = [text for text in texts if re.search("[\u0600-\u06ff]", text.text)]
    assert len(arabic) > 20
    assert {text.look.lang for text in arabic} == {"ar"}  # labels, and nothing else, are Arabic
    assert {text.look.lang for text in texts if text not in arabic} == {""}
    data = page_of(atlas, query, "a4")
    said = said_first(data) + said_after(data) + data["alt"]
    assert not re.search("[\u0600-\u06ff]", said)
    assert "Selected: Idlib de-escalation zone." in plain(said)


def test_the_figure_is_framed_on_what_is_selected_as_the_screen_is(atlas: Atlas) -> None:
    query = "first=2017-01-01&last=2017-12-31"
    drawing = map_of(atlas, f"{query}&selected=zone-homs")
    left, bottom, right, top = drawing.shapes["zone-homs"].bounds
    assert drawing.projection.at[0] < left < right < drawing.projection.at[2]
    assert drawing.projection.at[1] < bottom < top < drawing.projection.at[3]
    assert right - left > 0.15 * (drawing.projection.at[2] - drawing.projection.at[0])
    assert drawing.selected
    within = map_of(atlas, f"{query}&selected=zone-idlib")  # it lies in the story's frame, which stays
    assert within.projection.middle == pytest.approx(map_of(atlas, query).projection.middle, abs=0.1)


@pytest.mark.parametrize("item", ["kazakhstan", "road-m5", "zone-ghouta", "astana-four-zones"])
def test_whatever_is_selected_lies_on_the_map(atlas: Atlas, item: str) -> None:
    assert item in (*atlas.place, *atlas.event)
    drawing = map_of(atlas, f"{STORY}&selected={item}")
    shown = {place.id for place, *_ in drawing.notes.selection.places}
    for place in drawing.notes.main:
        assert place in drawing.shapes or place not in shown, place


def test_a_selection_off_the_map_is_reported_and_has_a_small_map(atlas: Atlas) -> None:
    query = "first=2017-01-01&last=2017-12-31&selected=zone-homs"
    away = f"{query}&camera=36.2,36.7,10"
    assert "Selected: Northern Homs de-escalation zone." in plain(page_of(atlas, query)["lead"])
    data = page_of(atlas, away)
    said = "Selected, but off this map: Northern Homs de-escalation zone; see the small map."
    assert said in plain(data["lead"])
    assert said in plain(data["alt"])
    assert "Selected, off the map" in texts_of(map_of(atlas, away))
    assert "Selected, off the map" not in texts_of(map_of(atlas, query))
    assert 'id="inset"' in map_of(atlas, away).sheet.body()


def test_the_small_map_of_what_is_off_the_map_hides_no_zone(atlas: Atlas) -> None:
    away = "first=2017-01-01&last=2017-12-31&selected=zone-homs&camera=35.6,36.6,8.6"
    drawing = map_of(atlas, away)
    texts = [text for text in drawing.sheet.texts() if text.text == "Selected, off the map"]
    if texts:
        title = box_of(texts[0])
        flipped = shapely.affinity.affine_transform(title, [1, 0, 0, -1, 0, drawing.sheet.high])
        assert not flipped.intersects(drawing.shapes["zone-idlib"])
    else:
        assert "zone-homs" in drawing.shapes


def test_a_name_that_the_fonts_cannot_display_is_replaced_and_reported(atlas: Atlas) -> None:
    zone = atlas.place["zone-idlib"]
    names = Names({**zone.names.texts, "ar": "\U00012000\u1820"})
    odd = with_place(atlas, replace(zone, names=names, names_when=()))
    data = page_of(odd, f"{DAY}&lang=ar", "a4")
    said = plain(said_after(data))
    assert "The figure's fonts lack letters of some names. Shown instead: Idlib de-escalation zone." in said
    assert "\ufffd" not in said + said_on_map(odd, f"{DAY}&lang=ar", "a4")
    nameless = replace(zone, names=Names({"en": "\u1820", "ar": "\u1820"}), names_when=())
    assert Notes(atlas, view_of(atlas, "")).label(nameless) == "zone-idlib"


def test_quotations_that_the_fonts_cannot_display_are_left_out_and_reported(atlas: Atlas) -> None:
    article = atlas.articles[0]
    text = article.text.replace("clashes", "\u1820\u1821\u1822\u1823\u1824\u1825\u1826")
    strange = replace(atlas, articles=(replace(article, text=text),), events=atlas.events[:1])
    data = page_of(strange, DAY, "a4")
    said = said_first(data) + said_after(data)
    assert "\ufffd" not in said
    assert "The figure's fonts lack letters of the quotations for 1;" in said


def test_a_character_that_the_fonts_lack_is_reported(atlas: Atlas) -> None:
    said = said_after(page_of(with_first_event(atlas, title="Costs rose, \u4e2d"), DAY))
    assert "\ufffd stands for a character that the figure's fonts lack." in said
    assert "stands for a character" not in said_after(page_of(atlas, DAY))


def test_lines_of_several_parts_are_drawn(tiny_atlas: Atlas) -> None:
    two = shapely.MultiLineString([[(36.5, 34.5), (37.2, 35.4)], [(37.3, 35.6), (37.5, 36.5)]])
    road = replace(tiny_atlas.place["road-one"], geometry=two, kind="motorway")
    assert "Road-One" in texts_of(map_of(with_place(tiny_atlas, road), ""))


def test_the_title_names_the_storys_area_only_if_the_map_shows_it(atlas: Atlas) -> None:
    assert page_of(atlas, f"{STORY}&selected=zone-idlib")["title"].startswith("Idlib, ")
    assert page_of(atlas, f"{STORY}&selected=kazakhstan")["title"].startswith("What one article says")


def test_the_title_states_what_is_to_be_seen(atlas: Atlas) -> None:
    assert page_of(atlas, DAY)["title"] == "Idlib, 19 February 2020: what one article says and who held what"
    assert "held" not in page_of(atlas, f"{DAY}&hidden=control")["title"]


def test_the_alternative_text_tells_the_map_and_the_statements(atlas: Atlas) -> None:
    alt = page_of(atlas, DAY)["alt"]
    assert alt.startswith("Map with numbered statements. Idlib, 19 February 2020")
    assert "25 of the article's 28 statements" in alt
    assert "Held by opposition groups" in alt
    assert "16: Erdogan calls on Putin to press Assad." in alt


def test_the_scale_on_the_map_is_that_of_the_paper(atlas: Atlas) -> None:
    drawing = map_of(atlas, DAY)
    found = re.search(r"1:([\d,]+)\.", said_on_map(atlas, DAY))
    assert found
    said = int(found[1].replace(",", ""))
    assert said == pytest.approx(drawing.projection.true * 1000, rel=0.05)


def test_a_picture_says_how_many_places_its_scale_has_no_room_for(atlas: Atlas) -> None:
    query = QUERIES["half the world"]
    crowded = map_of(atlas, query).crowded
    assert crowded
    data, pdf = page_of(atlas, query, pages=False), page_of(atlas, query)
    for said in (data["more"], data["alt"]):
        assert "Too close together to be drawn at this scale" in said
        assert "They are on the map on the screen" in said
        assert all(f"({count})" in said for count in crowded.values())
    assert "Too close together" not in pdf["more"]  # its following pages say so
    assert any("Too close together" in part["text"] for part in parts_of(pdf))


def parts_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the stretches of text on the pages after the map."""
    items = [item for section in data["sections"] for item in section["items"]]
    return [part for item in items for part in item["parts"]]
