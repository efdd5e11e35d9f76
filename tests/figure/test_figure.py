"""The figure: its content, its legibility, and how to reopen its view."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from itertools import combinations
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

import pytest
import segno
import shapely
from hostile import HOSTILE, hostile_atlas
from matplotlib import rc_context
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from mapapp.core.model import Atlas, Names
from mapapp.core.select import select
from mapapp.core.view import View
from mapapp.figure import compose, draw, read_view
from mapapp.figure.canvas import INCH, SMALLEST, UNJOINED, Letters, Look, Sheet
from mapapp.figure.drawing import Map
from mapapp.figure.figure_errors import FigureError
from mapapp.figure.label_placement import Room
from mapapp.figure.legend import legend_rows
from mapapp.figure.map_drawing import draw_map
from mapapp.figure.notes import Notes, ranges
from mapapp.figure.output import RULES
from mapapp.figure.page import Page
from mapapp.figure.place_names import _unit
from mapapp.figure.sizes import SIZES
from mapapp.text.messages import kind_words
from mapapp.text.quotation import quotation
from mapapp.theme import LIGHT, style_of
from mapapp.view_address import read_address

DPI = 100
pytestmark = pytest.mark.slow  # each test draws a whole figure
SVG = "{http://www.w3.org/2000/svg}"
STORY = "first=2017-01-01&last=2020-02-19"
QUERIES = {
    "the article's day": "as_of=2020-02-19",
    "2017": "first=2017-01-01&last=2017-12-31",
    "September 2018": "first=2018-09-01&last=2018-09-30",
    "the whole story": STORY,
    "Arabic names": f"{STORY}&lang=ar",
    "Syria": f"{STORY}&camera=35,38,6.5&lang=ru&selected=zone-ghouta",
    "half the world": f"{STORY}&camera=48,45,3.2",
    "an empty window": "first=2019-06-01&last=2019-06-02&certain=1&hidden=zones,posts",
}


def view_of(atlas: Atlas, query: str) -> View:
    view, remarks = read_address(dict(parse_qsl(query)), atlas)
    assert not remarks
    return view


_DRAWN: dict[tuple[int, str, str, bool], list[Sheet]] = {}


def sheet_of(atlas: Atlas, query: str, size: str = "a4-landscape") -> Sheet:
    return pages_of(atlas, query, size, pages=False)[0]


def pages_of(atlas: Atlas, query: str, size: str = "a4-landscape", *, pages: bool = True) -> list[Sheet]:
    """Return the pages of a figure, drawn once for all tests that only look at them."""
    key = id(atlas), query, size, pages
    if key not in _DRAWN:
        with rc_context(RULES):
            _DRAWN[key] = compose(Notes(atlas, view_of(atlas, query)), SIZES[size], f"?{query}", pages=pages)
    return _DRAWN[key]


def texts_of(sheet: Sheet) -> list[Text]:
    """Return the lines of a sheet as what can be measured, at 100 dots to the inch."""
    figure, to_page = Figure(dpi=DPI), Affine2D().scale(DPI / INCH)
    return [
        Text(
            line.x, line.y, line.text, color=LIGHT[line.color], fontproperties=line.font, rotation=line.turn,
            rotation_mode="anchor", transform=to_page, figure=figure,
            fontfeatures=None if line.joined else UNJOINED,
        )
        for line in sheet.ink
        if isinstance(line, Letters)
    ]  # fmt: skip


def said_on(sheet: Sheet) -> str:
    return " ".join(text.get_text() for text in texts_of(sheet))


def drawn(atlas: Atlas, query: str, form: str, **more: object) -> bytes:
    given = {"size": "a4-landscape", "address": f"?{query}", "dpi": 40, **more}
    return draw(atlas, view_of(atlas, query), form, **given)  # type: ignore[arg-type]


def map_of(atlas: Atlas, query: str, size: str = "a4-landscape") -> Map:
    """Return the drawn map of a figure."""
    page = Page(Notes(atlas, view_of(atlas, query)), SIZES[size], f"?{query}")
    top = page._head(page.size.high - page.size.margin)  # noqa: SLF001 - what is drawn, without the words beside it
    projection = page._fit_projection(top, page.size.margin + 20)  # noqa: SLF001
    with rc_context(RULES):
        return draw_map(page.sheet, projection, page.notes, page.look)


def words_of_pdf(data: bytes) -> str:
    """Return what a reader of the PDF may search, on one line."""
    program = shutil.which("pdftotext")
    if program is None:
        assert not os.environ.get("CI"), "pdftotext is missing; install poppler-utils"
        pytest.skip("pdftotext is missing; it comes with poppler-utils")
    done = subprocess.run([program, "-raw", "-", "-"], input=data, capture_output=True, check=True)  # noqa: S603
    text = unicodedata.normalize("NFKC", done.stdout.decode())
    return re.sub(r"\s+", " ", re.sub(r"[\u202a-\u202e\u200e\u200f]", "", text))


@pytest.mark.parametrize(
    ("query", "size"),
    [*((query, "a4-landscape") for query in QUERIES.values()), *((STORY, size) for size in SIZES)],
    ids=[*QUERIES, *SIZES],
)
def test_text_can_be_read_lies_on_the_page_and_nowhere_over_other_text(
    atlas: Atlas, query: str, size: str
) -> None:
    for sheet in pages_of(atlas, query, size, pages=query == STORY):
        assert not over_each_other(sheet)


def over_each_other(sheet: Sheet) -> list[tuple[str, str]]:
    """Return texts that lie over each other; each must be large enough and on the page."""
    with rc_context(RULES):
        wide, high = (side * DPI / INCH for side in (sheet.wide, sheet.high))
        renderer = RendererAgg(wide, high, DPI)
        boxes = []
        for text in texts_of(sheet):
            assert text.get_fontsize() >= SMALLEST, text
            box = text.get_window_extent(renderer)
            assert box.x0 > 0, text
            assert box.y0 > 0, text
            assert box.x1 < wide, text
            assert box.y1 < high, text
            boxes.append((text.get_text(), box))
    air = 0.35  # pixels: what hinting and the edges of letters may add
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if a.x0 + air < b.x1 - air and b.x0 + air < a.x1 - air and a.y0 + 1 < b.y1 - 1 and b.y0 + 1 < a.y1 - 1
    ]


def test_the_svg_contains_only_vectors_and_text(atlas: Atlas) -> None:
    root = ET.fromstring(drawn(atlas, STORY, "svg"))  # noqa: S314 - our own
    assert root.find(f".//{SVG}image") is None
    texts = ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]
    assert "Idlib: what one article says, 1 January 2017 to 19 February 2020" in texts
    assert "Idlib de-escalation zone" in texts
    for node in root.iter(f"{SVG}text"):  # held in its width, whole or word by word
        held = [node] if node.get("textLength") else list(node)
        assert held
        assert all(part.get("textLength") for part in held)


def test_the_svg_has_alternative_text(atlas: Atlas) -> None:
    root = ET.fromstring(drawn(atlas, "as_of=2020-02-19", "svg"))  # noqa: S314
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert title is not None
    assert description is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert "25 of the article's 28 statements" in (description.text or "")
    assert "Erdogan calls on Putin to press Assad" in (description.text or "")


def test_the_pdf_can_be_searched(atlas: Atlas) -> None:
    said = words_of_pdf(drawn(atlas, "as_of=2020-02-19", "pdf"))
    assert "Idlib: what one article says, 19 February 2020" in said
    assert "Ankara says Damascus broke a ceasefire agreement. Turkey says." in said
    assert "“Ankara maintains that Damascus breached a ceasefire" in said
    assert "https://www.naturalearthdata.com/; data set; public domain." in said
    assert "no opinion on the legal status" in said
    assert "?as_of=2020-02-19" in said


def test_arabic_names_are_written_as_one_searches_for_them(atlas: Atlas) -> None:
    svg = drawn(atlas, f"{STORY}&lang=ar", "svg").decode()
    assert ">سراقب<" in svg or ">إدلب<" in svg
    assert "تركيا" in words_of_pdf(drawn(atlas, f"{STORY}&lang=ar", "pdf"))


@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_the_same_view_gives_the_same_bytes(atlas: Atlas, form: str) -> None:
    assert drawn(atlas, STORY, form, size="half-page") == drawn(atlas, STORY, form, size="half-page")


@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
@pytest.mark.parametrize(
    "address",
    [
        "?first=2018-09-01&last=2018-09-30",
        r"https://example.org/a(b)\c/карта?said_by=a&selected=<x>&camera=1,2,3'\"",
        "",
    ],
)
def test_the_exact_address_can_be_read_from_a_figure(atlas: Atlas, form: str, address: str) -> None:
    assert read_view(drawn(atlas, STORY, form, size="half-page", address=address)) == address


@pytest.mark.parametrize(
    "data",
    [b"", b"junk", b"%PDF-1.4 /Keywords (other)", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt", b"<svg/>"],
)
def test_a_file_that_is_not_a_figure_has_no_address(data: bytes) -> None:
    assert read_view(data) is None


def test_the_legend_lists_only_what_is_visible(atlas: Atlas) -> None:
    usual = said_on(sheet_of(atlas, "as_of=2020-02-19"))
    assert "observation post, surrounded" in usual
    assert "Former zone" not in usual  # those lie outside the frame
    hidden = said_on(sheet_of(atlas, "as_of=2020-02-19&hidden=posts,dmz"))
    assert "observation post," not in hidden
    assert "Agreed depth" not in hidden
    assert "Not shown: Demilitarised zone, Military posts" in hidden


def test_every_statement_has_a_note_or_is_listed_as_left_out(atlas: Atlas) -> None:
    notes = Notes(atlas, view_of(atlas, STORY))
    whole = [text.get_text() for text in texts_of(sheet_of(atlas, STORY, "a4"))]
    assert all(str(number) in whole for number in notes.numbers.values())
    half = said_on(sheet_of(atlas, STORY, "half-page"))
    assert re.search(r"in the evidence pack: statements \d+–28; all quotations; background", half)


def test_places_without_a_mark_are_listed_with_their_numbers(atlas: Atlas) -> None:
    said = said_on(sheet_of(atlas, "as_of=2020-02-19"))
    assert "Places off this map, with their note numbers: Ankara 2, 3, 5, 6, 11, 12;" in said


def test_an_empty_view_says_why(atlas: Atlas) -> None:
    assert "The article says nothing about this period." in said_on(
        sheet_of(atlas, "first=2019-06-01&last=2019-06-02&certain=1")
    )
    assert "The article was not yet published" in said_on(sheet_of(atlas, "as_of=2018-09-30"))
    nobody = replace(view_of(atlas, ""), kinds=frozenset[str]())
    assert Notes(atlas, nobody).empty == "No statement in the article matches these filters."


def test_a_figure_with_filters_does_not_blame_the_time(atlas: Atlas) -> None:
    lead = Notes(atlas, view_of(atlas, "kinds=demand")).lead[0]
    assert lead.startswith(
        "3 of the article's 28 statements shown (25 in this period, 22 of them hidden by filters)."
    )


def test_an_attack_is_drawn_as_text(atlas: Atlas) -> None:
    bad = hostile_atlas(atlas)
    data = draw(bad, view_of(atlas, STORY), "svg", address="?")
    ET.fromstring(data)  # noqa: S314 - whole, or it would not parse
    assert b"<img" not in data
    assert HOSTILE[:8].encode() not in data


def test_formulas_and_control_characters_are_drawn_literally(atlas: Atlas) -> None:
    event = replace(atlas.events[0], title="Costs $x^2$ and \\frac{1} \x07 rose, 中")
    bad = replace(atlas, events=(event, *atlas.events[1:]))
    said = said_on(sheet_of(bad, "as_of=2020-02-19"))
    assert "Costs $x^2$ and \\frac{1} \ufffd rose, \ufffd." in said


def test_the_address_of_the_default_view_is_labelled_as_such(atlas: Atlas) -> None:
    assert "This view: ? (the default view)" in said_on(sheet_of(atlas, ""))


def test_an_address_too_long_for_a_qr_code_is_still_printed(atlas: Atlas) -> None:
    query = f"{STORY}&other={'x' * 900}"
    notes = Notes(atlas, view_of(atlas, STORY))
    with rc_context(RULES):
        (sheet,) = compose(notes, SIZES["a4"], f"https://example.org/map?{query}")
    assert "too long for a QR code" in said_on(sheet)
    assert "x" * 900 in said_on(sheet).replace(" ", "")


def test_the_qr_code_contains_the_address(atlas: Atlas) -> None:
    address = f"https://example.org/map?{STORY}"
    page = Page(Notes(atlas, view_of(atlas, STORY)), SIZES["a4"], address)
    code = page.code()
    assert code is not None
    assert code[0] == [tuple(row) for row in segno.make(address, error="m", micro=False).matrix]


@pytest.mark.parametrize(
    "base", ["", "http://localhost:8501/", "http://127.0.0.1:8501/", "http://[::1]:8501/"]
)
def test_a_private_address_is_printed_without_a_link(atlas: Atlas, base: str) -> None:
    notes = Notes(atlas, view_of(atlas, STORY))
    with rc_context(RULES):
        page = Page(notes, SIZES["square"], f"{base}?{STORY}")
        said = said_on(*page.draw())
    assert page.code() is None
    assert f"This view: ?{STORY} (no public address; open it in the app or see the evidence pack)" in said
    assert "address below" not in said
    assert re.search(
        r"\d+ more sources are listed on further pages of the PDF and in the evidence pack\.", said
    )


def test_with_a_public_address_the_rest_is_said_to_be_there(atlas: Atlas) -> None:
    with rc_context(RULES):
        notes = Notes(atlas, view_of(atlas, STORY))
        said = said_on(*compose(notes, SIZES["square"], f"https://example.org/map?{STORY}"))
    assert re.search(
        r"\d+ more sources are listed on further pages of the PDF and at the address below\.", said
    )
    assert "evidence pack" not in said


@pytest.mark.parametrize("size", SIZES)
def test_the_article_is_the_first_source_with_its_address(atlas: Atlas, size: str) -> None:
    said = said_on(sheet_of(atlas, STORY, size))
    publisher = "Sputnik International (identified by us)"
    article = f"{publisher}, 19 February 2020, sputniknews.com/middleeast/202002191078349724"
    assert re.search(rf"(Sources and their licences|Sources:) {re.escape(article)}", said)


def test_sources_of_what_is_drawn_come_before_those_of_the_background(atlas: Atlas) -> None:
    shown = select(atlas, view_of(atlas, STORY))
    drawn = [(place, status) for place, _, status in shown.places]
    facts = [fact for fact, _ in shown.facts]
    ids = Notes(atlas, view_of(atlas, STORY)).sources(drawn, facts)
    zone = next(place.sources[0] for place, _ in drawn if place.id == "zone-idlib")
    only = next(
        item
        for fact in facts
        for item in fact.sources
        if item not in Notes(atlas, view_of(atlas, STORY)).sources(drawn, [])
    )
    assert ids[0] == atlas.article.source
    assert ids.index(zone) < ids.index("ne1") < ids.index(only)


@pytest.mark.parametrize("query", [STORY, "as_of=2020-02-19"])
@pytest.mark.parametrize("size", ["half-page", "square"])
def test_every_place_spoken_of_has_name_and_numbers_or_is_listed(atlas: Atlas, query: str, size: str) -> None:
    notes = Notes(atlas, view_of(atlas, query))
    pages = pages_of(atlas, query, size)
    said, further = said_on(pages[0]), " ".join(map(said_on, pages))
    listed = further.partition("Places off this map")[2]
    on_map = said.partition("Mentioned in the article")[0].partition("Places off this map")[0]
    in_key = further.partition("Numbered as a group in the legend: ")[2]
    for place, numbers in notes.marks.items():
        name = notes.name(atlas.place[place])
        beside = all(part in on_map for part in [*name.split(), *ranges(numbers).split()])
        kind = f"{kind_words(atlas.place[place].kind)} {ranges(numbers)}."
        assert beside or name in listed or in_key.startswith(kind), name


def test_a_number_is_never_set_without_the_name_of_its_place() -> None:
    sheet, look = Sheet(100, 100), Look()
    room = Room((0, 0, 100, 100))
    room.take((0, 0, 100, 49))
    room.take((0, 51, 100, 100))
    assert not _unit(sheet, room, shapely.Point(50, 50), ("Saraqib", "1, 2"), look)
    assert not texts_of(sheet)


@pytest.mark.parametrize(
    ("query", "day"),
    [
        ("as_of=2020-02-19", "19 February 2020"),
        ("first=2018-09-01&last=2018-09-30", "30 September 2018"),
        (f"{STORY}&as_of=2018-09-30", "30 September 2018"),
    ],
)
def test_the_legend_says_of_which_day_lines_control_and_statuses_are(
    atlas: Atlas, query: str, day: str
) -> None:
    said = said_on(sheet_of(atlas, query)).partition("Added background")[2]
    undated, _, dated = said.partition(f"As of {day}:")
    assert "Motorway" in undated
    assert all(
        part in dated for part in ("Held by opposition groups", "Contact line", "Boundary with", "open")
    )
    assert "of the day" not in said


def test_everything_visible_is_in_the_legend(atlas: Atlas) -> None:
    said = said_on(sheet_of(atlas, "as_of=2020-02-19&camera=35.6,36.1,8.5"))
    assert all(row in said for row in ("Country border", "Land without colour: not shown", "Sea"))
    assert "Other countries" in said_on(sheet_of(atlas, f"{STORY}&camera=48,45,3.2"))
    assert "who holds it" not in said_on(sheet_of(atlas, "as_of=2020-02-19&hidden=control"))
    assert " Sea " not in said_on(sheet_of(atlas, "as_of=2020-02-19&camera=35.8,36.7,10"))


def test_numbers_shared_by_all_places_of_a_kind_are_in_the_legend_once(atlas: Atlas) -> None:
    whole = [text.get_text() for text in texts_of(sheet_of(atlas, "as_of=2020-02-19"))]
    note = whole.index("What the article says")
    assert whole[:note].count("18") == 2  # beside the open and the surrounded, not beside each of the twelve
    assert whole[:note].index("18") > whole.index("Mentioned in the article")
    assert "Numbered as a group in the legend: Turkish observation post 18." in " ".join(whole)


def test_numbers_do_not_look_like_the_counts_of_the_screen(atlas: Atlas) -> None:
    texts = texts_of(sheet_of(atlas, STORY))
    assert [to_hex(text.get_color()) for text in texts if text.get_text() == "4, 8, 15, 19"] == [
        LIGHT["article"]
    ]
    assert all(to_hex(text.get_color()) != LIGHT["paper"] for text in texts)  # those are light on dark


def test_one_name_serves_a_town_and_the_post_beside_it(atlas: Atlas) -> None:
    whole = [text.get_text() for text in texts_of(sheet_of(atlas, "as_of=2020-02-19"))]
    assert whole.count("Morek") == 1


def test_towns_in_background_facts_are_labelled_before_others(atlas: Atlas) -> None:
    for size in SIZES:
        whole = [text.get_text() for text in texts_of(sheet_of(atlas, "as_of=2020-02-19", size))]
        told = {"Saraqib", "Maarat al-Numan", "Khan Shaykhun"}
        if size == "square":  # its key leaves the map so little room that some names have none
            told -= {"Khan Shaykhun", "Maarat al-Numan"}
        assert told <= {*whole}, size


def test_the_pages_after_the_map_hold_every_note_and_source_in_full(atlas: Atlas) -> None:
    for size in ("half-page", "a4-landscape"):
        first, *further = pages_of(atlas, STORY, size)
        said = squeezed(" ".join(map(said_on, further)))
        notes = Notes(atlas, view_of(atlas, STORY))
        for event, _ in notes.selection.events:
            assert squeezed(quotation(atlas.article, event).text) in said, event.id
            assert squeezed(event.note) in said, event.id
        for fact, _ in notes.selection.facts:
            assert squeezed(fact.text) in said, fact.id
        drawn = [(place, status) for place, _, status in notes.selection.places if place.id == "zone-idlib"]
        for item in notes.sources(drawn, [fact for fact, _ in notes.selection.facts]):
            source = atlas.source[item]
            for part in (source.title, source.licence, source.url or source.locator or ""):
                assert squeezed(part) in said, item
        assert "on further pages of the PDF" in said_on(first)
        assert (first.wide, first.high) == (further[0].wide, further[0].high)
        for number, page in enumerate(further, 2):
            assert f"Page {number} of {len(further) + 1}" in said_on(page)
            assert "Notes and sources, continued. Idlib: what one article says" in said_on(page)
            assert f"This view: ?{STORY}" in said_on(page)


def squeezed(text: str) -> str:
    """Return text without spaces, which lines may break anew."""
    return re.sub(r"\s", "", text)


def test_only_the_pdf_has_further_pages_and_the_others_say_so(atlas: Atlas) -> None:
    assert drawn(atlas, STORY, "pdf", size="half-page").count(b"/Type /Page ") > 2
    assert "on further pages of the PDF" in said_on(sheet_of(atlas, STORY, "half-page"))


def test_a_note_longer_than_a_column_continues_in_the_next(atlas: Atlas) -> None:
    long = replace(atlas.events[0], note=" ".join(f"word{number}" for number in range(3000)))
    bad = replace(atlas, events=(long, *atlas.events[1:]))
    said = " ".join(map(said_on, pages_of(bad, STORY, "half-page")[1:]))
    assert "word0 " in said
    assert "word2999" in said


def test_a_demand_has_the_date_it_was_made_and_the_date_it_is_due(atlas: Atlas) -> None:
    said = said_on(sheet_of(atlas, "as_of=2020-02-19"))
    assert "Said on or before 19 February 2020; due by 29 February 2020." in said
    assert "19 February 2020 to 29 February 2020" not in said


def test_the_selection_is_named_only_if_it_is_visible(atlas: Atlas) -> None:
    assert "Selected: Idlib de-escalation zone." in said_on(sheet_of(atlas, "selected=zone-idlib"))
    assert "Selected" not in said_on(sheet_of(atlas, "selected=zone-idlib&hidden=zones"))


def test_kinds_of_incidents_are_not_listed_as_shown(atlas: Atlas) -> None:
    said = said_on(sheet_of(atlas, "kinds=clashes,shelling"))
    assert "Only these kinds: Clashes." in said
    assert "Figures, pages and data files contain no incidents" in said


def test_no_two_rows_of_the_legend_look_alike(atlas: Atlas) -> None:
    drawing = map_of(atlas, "first=2017-01-01&last=2021-12-31&as_of=all")
    rows = [row for row in legend_rows(drawing.drawn, drawing, "") if row.place]
    looks = [
        (
            row.place.layer,
            row.place.kind,
            style_of(row.place.layer, row.place.kind, row.status.status if row.status else None),
        )
        for row in rows
        if row.place
    ]
    assert len(rows) > 10
    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize("size", SIZES)
def test_the_zone_the_story_is_about_is_not_cut_by_the_frame(atlas: Atlas, size: str) -> None:
    drawing = map_of(atlas, "as_of=2020-02-19&lang=ar", size)
    left, bottom, right, top = drawing.shapes["zone-idlib"].bounds
    assert drawing.projection.at[0] < left < right < drawing.projection.at[2]
    assert drawing.projection.at[1] < bottom < top < drawing.projection.at[3]


def test_including_later_events_means_up_to_the_date_of_the_data(atlas: Atlas) -> None:
    said = said_on(sheet_of(atlas, f"{STORY}&as_of=all"))
    assert "Including later events; data up to 1 September 2022." in said
    assert "today" not in said


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
        draw(atlas, view_of(atlas, query), "svg", address="?")


def test_the_frame_that_is_offered_is_one_that_works(atlas: Atlas) -> None:
    with pytest.raises(FigureError) as refused:
        sheet_of(atlas, f"{STORY}&camera=10,10,8")
    assert sheet_of(atlas, f"{STORY}&camera={str(refused.value).rpartition('or use ')[2]}")


def test_the_figure_explains_its_lines_once_and_mentions_nothing_it_does_not_show(
    atlas: Atlas,
) -> None:
    said = said_on(sheet_of(atlas, STORY))
    assert said.lower().count("reconstruction") == 1
    assert "each says" not in said


def test_one_statement_falls(atlas: Atlas) -> None:
    one = replace(atlas, events=atlas.events[:1])
    assert "1 of the article's 1 statements falls in" in Notes(one, view_of(one, STORY)).lead[0]
    assert "28 of the article's 28 statements fall in" in Notes(atlas, view_of(atlas, STORY)).lead[0]


def test_a_small_folder_of_data_can_be_drawn(tiny_atlas: Atlas) -> None:
    data = draw(tiny_atlas, view_of(tiny_atlas, ""), "svg", size="square", address="?")
    assert b"Clashes go on" in data


def test_sentences_are_in_english_and_labels_in_the_readers_language(atlas: Atlas) -> None:
    svg = drawn(atlas, f"{STORY}&lang=ar&selected=zone-idlib", "svg", size="a4").decode()
    root = ET.fromstring(svg)  # noqa: S314
    texts = [("".join(node.itertext()), node.get("lang")) for node in root.iter(f"{SVG}text")]
    assert root.get("lang") == "en"
    assert "<dc:language>en</dc:language>" in svg
    arabic = [(text, lang) for text, lang in texts if re.search("[\u0600-\u06ff]", text)]
    assert len(arabic) > 20
    assert {lang for _, lang in arabic} == {"ar"}  # labels, and nothing else, are Arabic
    said = " ".join(text for text, _ in texts)
    assert "Idlib: what one article says" in said
    assert "Turkey says." in said
    assert "Selected: Idlib de-escalation zone." in said


def test_the_figure_is_framed_on_what_is_selected_as_the_screen_is(atlas: Atlas) -> None:
    query = "first=2017-01-01&last=2017-12-31"
    drawing = map_of(atlas, f"{query}&selected=zone-homs")
    left, bottom, right, top = drawing.shapes["zone-homs"].bounds
    assert drawing.projection.at[0] < left < right < drawing.projection.at[2]
    assert drawing.projection.at[1] < bottom < top < drawing.projection.at[3]
    assert right - left > 0.25 * (drawing.projection.at[2] - drawing.projection.at[0])
    assert drawing.selected
    within = map_of(atlas, f"{query}&selected=zone-idlib")  # it lies in the story's frame, which stays
    assert within.projection.frame == pytest.approx(map_of(atlas, query).projection.frame)


@pytest.mark.parametrize("item", ["kazakhstan", "road-m5", "zone-ghouta", "astana-four-zones"])
def test_whatever_is_selected_lies_on_the_map(atlas: Atlas, item: str) -> None:
    assert item in (*atlas.place, *atlas.event)
    drawing = map_of(atlas, f"{STORY}&selected={item}")
    shown = {place.id for place, *_ in drawing.notes.selection.places}
    for place in drawing.notes.main:
        assert place in drawing.shapes or place not in shown, place


def test_a_selection_off_the_map_is_reported(atlas: Atlas) -> None:
    query = "first=2017-01-01&last=2017-12-31&selected=zone-homs"
    assert "Selected: Northern Homs de-escalation zone." in said_on(sheet_of(atlas, query))
    description = "Selected, but off this map: Northern Homs de-escalation zone"
    assert f"{description}." in said_on(sheet_of(atlas, f"{query}&camera=36.2,36.7,10"))
    alt = drawn(atlas, f"{query}&camera=36.2,36.7,10", "svg").decode().partition("</desc>")[0]
    assert "Selected, but off this map: " in alt


def test_a_name_that_no_font_can_display_is_replaced_and_reported(atlas: Atlas) -> None:
    zone = atlas.place["zone-idlib"]
    strange = replace(zone, names=replace(zone.names, ar="\U00012000\u1820"), names_when=())
    layers = tuple(
        replace(layer, places=tuple(strange if place.id == zone.id else place for place in layer.places))
        for layer in atlas.layers
    )
    odd = replace(atlas, layers=layers)
    for size in ("a4", "half-page"):
        said = said_on(sheet_of(odd, "as_of=2020-02-19&lang=ar", size))
        assert "No installed font can display some names. Shown instead: Idlib de-escalation zone." in said
        assert "\ufffd" not in said
    nameless = replace(zone, names=Names("\u1820", "\u1820", "\u1820", "\u1820"), names_when=())
    assert Notes(atlas, view_of(atlas, "")).label(nameless) == "zone-idlib"


def test_quotations_that_no_font_can_display_are_left_out_and_reported(atlas: Atlas) -> None:
    text = atlas.article.text.replace("clashes", "\u1820\u1821\u1822\u1823\u1824\u1825\u1826")
    strange = replace(atlas, article=replace(atlas.article, text=text), events=atlas.events[:1])
    for page in pages_of(strange, "as_of=2020-02-19", "a4")[:2]:
        assert "\ufffd" not in said_on(page)
        assert "No installed font can display the quotations for 1;" in said_on(page)


def test_a_character_that_no_font_has_is_reported(atlas: Atlas) -> None:
    event = replace(atlas.events[0], title="Costs rose, \u4e2d")
    said = said_on(sheet_of(replace(atlas, events=(event, *atlas.events[1:])), "as_of=2020-02-19"))
    assert "\ufffd stands for a character that no installed font can display." in said


def test_lines_of_several_parts_are_drawn(tiny_atlas: Atlas) -> None:
    two = shapely.MultiLineString([[(36.5, 34.5), (37.2, 35.4)], [(37.3, 35.6), (37.5, 36.5)]])
    road = replace(tiny_atlas.place["road-one"], geometry=two, kind="motorway")
    layers = tuple(
        replace(layer, places=tuple(road if place.id == road.id else place for place in layer.places))
        for layer in tiny_atlas.layers
    )
    assert "Road-One" in said_on(sheet_of(replace(tiny_atlas, layers=layers), ""))


def test_the_title_names_the_storys_area_only_if_the_map_shows_it(atlas: Atlas) -> None:
    assert "Idlib: what one article says" in said_on(sheet_of(atlas, f"{STORY}&selected=zone-idlib"))
    assert said_on(sheet_of(atlas, f"{STORY}&selected=kazakhstan")).startswith("What one article says")
