"""Figures of other maps: several articles, quantities, drafts, names in any language, layers of any name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock, call

import pytest
import shapely
from figures import map_of, page_of, said_after, said_first, said_on_map, view_of
from tiny import Tiny, feature, point, second_article
from two_articles import two_articles

from mapapp.core.model import Atlas, Quantity
from mapapp.core.names import Names
from mapapp.core.profile import Style
from mapapp.data.load import load
from mapapp.figure import map_sheet
from mapapp.figure.fonts import POINT
from mapapp.figure.key import KeyPanel, Row, _joined, key_rows
from mapapp.figure.map_style import INK, edged, inner_band
from mapapp.figure.notes import Notes
from mapapp.figure.sheet import Look, Sheet
from mapapp.figure.sizes import SIZES
from mapapp.theme import LIGHT

ARABIC = "[\u0600-\u06ff]"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Return the small folder with a second article, names that some languages lack, and drafts."""
    tiny = Tiny()
    second_article(tiny)
    tiny.place("rivertown")["properties"]["names"] = {"en": "Rivertown", "ar": "ريفرتاون"}
    town = {"kind": "town", "within": ["southland", "syria"], "draft": True}
    tiny.layers["towns"].append(feature("drafton", point(37.6, 35.3), **town))
    return load(tiny.write(tmp_path_factory.mktemp("two")))


def parts_of(atlas: Atlas, event: str) -> list[tuple[str, str]]:
    """Return the text and the colour of the parts of a short note."""
    notes = Notes(atlas, view_of(atlas, ""))
    return [(plain(part.text), part.color) for part in notes.short(atlas.event[event]).parts]


def plain(text: str) -> str:
    """Return text without the signs that keep its direction."""
    return re.sub("[\u2066-\u2069]", "", text)


def test_the_lead_names_each_article(two: Atlas) -> None:
    assert plain(Notes(two, view_of(two, "")).lead[0]) == (
        "7 of the 8 statements in 2 articles fall in this period. "
        "Article A: The article. P, 19 February 2020. Article B: تقرير عن الشمال. وكالة, 1 March 2020."
    )


def test_the_lead_names_four_of_many_articles_and_counts_the_others(two: Atlas) -> None:
    more = tuple(replace(two.articles[1], id=f"article-{number}") for number in range(5))
    many = replace(two, articles=(*two.articles, *more))
    lead = Notes(many, view_of(two, "")).lead[0]
    assert "Article D: " in lead
    assert "Article E: " not in lead
    assert lead.endswith(" 3 more articles.")


def test_a_figure_of_one_of_several_articles_says_so(two: Atlas) -> None:
    query = "article=second-2020-03-01"
    notes = Notes(two, view_of(two, query))
    assert plain(notes.lead[0]).startswith("2 of the article's 2 statements fall in this period. Article B: ")
    assert "Only statements in article B" in notes.lead
    assert [*notes.numbers.values()] == ["B1", "B2"]
    assert not any(line.startswith("Only statements in") for line in Notes(two, view_of(two, "")).lead)


def test_each_statement_has_the_number_it_has_everywhere(two: Atlas, atlas: Atlas) -> None:
    assert [*Notes(two, view_of(two, "")).numbers.values()] == ["A1", "A2", "A3", "A5", "A6", "B1", "B2"]
    assert {*Notes(atlas, view_of(atlas, "first=2018-09-01&last=2018-09-30")).numbers.values()} == {
        "13",
        "27",
    }


@pytest.mark.slow
def test_map_notes_and_alternative_text_have_the_same_numbers(two: Atlas) -> None:
    data = page_of(two, "")
    assert "A5" in said_on_map(two, "").split()
    assert "B2: People fled." in data["alt"]
    assert "A5 Soldiers must leave. Article A, P. Leader demands." in said_first(data)
    assert "A5 Soldiers must leave. Article A, P. Leader demands." in said_after(data)


def test_a_note_says_of_which_article_it_is_only_where_there_are_several(two: Atlas, atlas: Atlas) -> None:
    assert ("Article B, وكالة.", "soft") in parts_of(two, "killed")
    assert not any(text.startswith("Article ") for text, _ in parts_of(atlas, atlas.events[0].id))


def test_the_articles_are_the_first_sources_and_their_hashes_are_given(two: Atlas) -> None:
    notes = Notes(two, view_of(two, ""))
    assert [*notes.source_numbers][:2] == ["paper", "second"]
    said = plain(said_after(page_of(two, ""), "About this figure"))
    for article, letter in zip(two.articles, "AB", strict=True):
        assert re.search(rf"Article {letter}: [^:]+\. Article SHA-256 {article.sha256}\.", said)


def test_a_quotation_has_the_language_and_the_direction_of_its_article(two: Atlas) -> None:
    notes = Notes(two, view_of(two, ""))
    quotes = {name: notes.short(two.event[name]).quote for name in ("clashes-go-on", "killed")}
    assert {name: (quote.lang, quote.rtl) for name, quote in quotes.items() if quote} == {
        "clashes-go-on": ("en", False),
        "killed": ("ar", True),
    }
    section = page_of(two, "")["sections"][0]
    set_as = {item["number"]: item["quote"] for item in section["items"] if item["quote"]}
    assert (set_as["A1"]["lang"], set_as["A1"]["rtl"]) == ("en", False)
    assert (set_as["B1"]["lang"], set_as["B1"]["rtl"]) == ("ar", True)


def test_a_quantity_follows_the_title_with_its_bounds_and_the_words_of_the_article(two: Atlas) -> None:
    assert parts_of(two, "killed")[:3] == [
        ("قتل 12 جنديا.", "ink"),
        ("Killed: at least 12 people", "ink"),
        ("“12 جنديا على الأقل”.", "article"),
    ]
    assert parts_of(two, "fled")[2:5] == [
        ("Displaced: 7,000 (6,500 to 7,500) people", "ink"),
        ("“7,000”", "article"),
        ("(Rounded).", "soft"),
    ]


def test_the_words_of_a_quantity_have_the_language_of_the_article_if_they_run_as_it_does(two: Atlas) -> None:
    notes = Notes(two, view_of(two, ""))
    langs = {
        name: [part.lang for part in notes.short(two.event[name]).parts if part.color == "article"]
        for name in ("killed", "fled")
    }
    assert langs == {"killed": ["ar"], "fled": [""]}


def test_a_quantity_without_a_number_is_said_once_in_the_words_of_the_article(two: Atlas) -> None:
    bare = replace(two.event["fled"], quantities=(Quantity("fled", "7,000"),))
    said = " ".join(part.text for part in Notes(two, view_of(two, "")).short(bare).parts)
    assert said.count("7,000") == 1
    assert "Displaced: “7,000”." in said


def test_letters_that_the_fonts_lack_are_noticed_in_quantities_and_names_of_classes(two: Atlas) -> None:
    view = view_of(two, "")
    assert not Notes(two, view).broken
    quantities = {
        kind: replace(one, unit=Names({"en": "लोग"})) for kind, one in two.profile.quantities.items()
    }
    profile = replace(two.profile, quantities=quantities)
    assert Notes(replace(two, profile=profile), view).broken
    kinds = two.profile.place_kinds
    profile = replace(
        two.profile, place_kinds={**kinds, "town": replace(kinds["town"], labels=Names({"en": "नगर"}))}
    )
    assert Notes(replace(two, profile=profile), view).broken


def test_a_draft_is_said_to_be_one(two: Atlas) -> None:
    assert parts_of(two, "fled")[1] == ("Draft, not reviewed.", "ink")
    assert "2 drafts that nobody has reviewed, drawn with dots" in Notes(two, view_of(two, "")).lead


def test_without_drafts_nothing_speaks_of_them(atlas: Atlas) -> None:
    assert not any("draft" in line for line in Notes(atlas, view_of(atlas, "")).lead)


@pytest.mark.slow
def test_drafts_are_drawn_with_dots_and_the_key_explains_them(two: Atlas, tmp_path: Path) -> None:
    tiny = Tiny()
    tiny.place("zone-idlib")["properties"]["draft"] = True
    whole, zone = two, load(tiny.write(tmp_path / "zone"))
    assert "Town: draft, not reviewed" in rows_of(whole, "")
    assert "Area, in force: draft, not reviewed" in rows_of(zone, "")
    assert dotted(whole, "violet") == []
    assert len(dotted(whole, "slate")) == 2  # the town, and its row of the key
    assert len(dotted(whole, "article")) == 1  # of the number of a draft; other numbers have a whole edge
    assert len(dotted(zone, "violet")) == 2


def dotted(atlas: Atlas, color: str) -> list[str]:
    """Return the paths of the map that are dotted in a colour of the palette."""
    dots = re.compile(rf'<path [^>]*stroke="{LIGHT[color]}"[^>]*stroke-dasharray="0\.423 0\.677"[^>]*>')
    return dots.findall(map_of(atlas, "").sheet.body())


@pytest.mark.slow
def test_names_that_a_language_lacks_are_counted_and_tagged_with_the_language_they_are_in(two: Atlas) -> None:
    drawing = map_of(two, "lang=tr")
    lead = page_of(two, "lang=tr")["lead"]
    found = re.search(r"Names not known in Turkish are given in English: (\d+) of (\d+)\.", lead)
    assert found
    assert int(found[1]) == 1
    assert int(found[2]) == len(drawing.named)
    langs = {text.text: text.look.lang for text in drawing.sheet.texts()}
    assert (langs["Rivertown"], langs["Zone-Idlib"]) == ("", "tr")
    assert "Names not known" not in page_of(two, "lang=ar")["lead"]
    arabic = {text.look.lang for text in map_of(two, "lang=ar").sheet.texts() if re.search(ARABIC, text.text)}
    assert arabic == {"ar"}


def test_a_name_in_a_regional_form_of_the_language_is_no_other_language(two: Atlas) -> None:
    def shown(texts: dict[str, str]) -> tuple[str, str]:
        place = replace(two.place["rivertown"], names=Names(texts))
        notes = Notes(two, replace(view_of(two, ""), names="pt-BR"))
        return notes.label(place), notes.label_lang(place)

    assert shown({"en": "River", "pt": "Rio", "pt-BR": "Ria"}) == ("Ria", "pt-BR")
    assert shown({"en": "River", "pt": "Rio"}) == ("Rio", "pt")
    assert shown({"en": "River"}) == ("River", "")
    assert shown({"qaa": "Zed"}) == ("Zed", "qaa")


def test_the_same_language_in_another_script_is_said_to_be_another(two: Atlas) -> None:
    place = replace(two.place["rivertown"], names=Names({"sr-Latn": "Reka"}), names_when=())
    shown = replace(two, layers=tuple(replace(layer, places=(place,)) for layer in two.layers[-1:]))
    lead = Notes(shown, replace(view_of(two, ""), names="sr-Cyrl")).lead
    assert lead[-1].startswith("Names not known in Serbian (Cyrillic) are given in Serbian (Latin): 1 of 1")


def test_texts_that_run_from_right_to_left_keep_their_direction_in_a_sentence(two: Atlas) -> None:
    notes = Notes(two, view_of(two, ""))
    assert notes.short(two.event["killed"]).parts[0].text == "\u2068قتل 12 جنديا.\u2069"
    assert "\u2068تقرير عن الشمال\u2069. \u2068وكالة\u2069, " in notes.source("second").parts[0].text


def test_the_time_of_a_kind_that_looks_ahead_ends_on_the_day_it_is_due(two: Atlas) -> None:
    due = replace(two.event["soldiers-leave"], said=two.event["zone-guarded"].when)
    assert "due by 29 February 2020" in Notes(two, view_of(two, "")).time(due)
    past = replace(due, kind="casualties")
    assert "due by" not in Notes(two, view_of(two, "")).time(past)


THICK = Style("teal", 2.2, "9 4")


@pytest.mark.parametrize(
    ("style", "main", "beneath", "dash"),
    [
        (THICK, True, ["paper"], "9 4"),
        (THICK, False, [], "9 4"),
        (Style("teal", 1.2, "2 3"), True, [], "2 3"),
        (Style("teal", 2.2), True, ["paper"], None),
    ],
)
def test_thick_lines_of_main_layers_have_paper_beneath_them(
    style: Style, main: bool, beneath: list[str], dash: str | None
) -> None:
    sheet, line = Mock(), shapely.LineString([(0, 0), (1, 1)])
    edged(sheet, line, style, main=main)
    *under, own = sheet.stroke.call_args_list
    assert [one.args[1] for one in under] == beneath
    scaled = " ".join(f"{float(part) * INK:g}" for part in dash.split()) if dash else None
    assert own == call(line, "teal", style.width * INK, scaled)


def test_the_band_of_an_area_lies_inside_its_edge() -> None:
    sheet, area = Mock(scale=1), shapely.box(0, 0, 50, 40)
    inner_band(sheet, area, area.boundary, Style("teal", 1.6, band=8))
    (band, color, _), _ = sheet.area.call_args
    assert color == "teal"
    assert area.contains(band)
    assert band.area == pytest.approx(area.area - area.buffer(-8 * INK * POINT).area, rel=0.01)
    inner_band(sheet, area, area.boundary, Style("teal", 1.6))
    assert sheet.area.call_count == 1


OTHER = {
    "zones": "sectors",
    "control": "holders",
    "contact-lines": "fronts",
    "towns": "settled",
    "posts": "camps",
}


def renamed(tiny: Tiny) -> None:
    """Give layers other ids and titles; what they are for stays."""
    assert tiny.profile
    tiny.layers = {OTHER.get(layer, layer): places for layer, places in tiny.layers.items()}
    tiny.profile["panel"] = [OTHER.get(layer, layer) for layer in tiny.profile["panel"]]
    for layer in tiny.profile["layers"]:
        layer["id"] = OTHER.get(layer["id"], layer["id"])
        layer["label"] = {"en": f"The {layer['id']}"}
        if "changes" in layer:
            layer["changes"]["of"] = OTHER[layer["changes"]["of"]]
        if "headline" in layer:
            layer |= {"headline": {"en": "whose it was"}, "unmarked": {"en": "Nobody's"}}


@pytest.mark.slow
def test_layers_of_any_name_are_drawn_alike(tmp_path: Path) -> None:
    tiny, other = Tiny(), Tiny()
    renamed(other)
    one, two = load(tiny.write(tmp_path / "one")), load(other.write(tmp_path / "two"))
    assert page_of(one, "")["title"].endswith("and who held what")
    assert page_of(two, "")["title"].endswith("and whose it was")
    bodies = [re.sub("<g .*?>", "", map_of(atlas, "").sheet.body()) for atlas in (one, two)]
    assert "Nobody's" in said_on_map(two, "")
    assert len(bodies[0]) > 5000
    assert shapes_of(bodies[1]) == shapes_of(bodies[0])


def shapes_of(body: str) -> list[str]:
    return re.findall("<path .*?>", body)


@pytest.mark.slow
def test_small_maps_keep_off_the_articles_layers_except_administrative_areas(
    two: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = Mock()
    monkeypatch.setattr(map_sheet, "furniture", drawn)
    wide = SIZES["a4-landscape"].wide
    drawing = map_sheet.draw_map_sheet(Notes(two, view_of(two, "")), SIZES["a4-landscape"], wide, 200)
    (*_, story), _ = drawn.call_args
    assert story == [drawing.shapes["zone-idlib"]]


def test_the_language_of_a_quotation_is_one_that_the_typesetter_takes(two: Atlas) -> None:
    odd = tuple(replace(article, language="x-dialect") for article in two.articles)
    section = page_of(replace(two, articles=odd), "")["sections"][0]
    assert {item["quote"]["lang"] for item in section["items"] if item["quote"]} == {"und"}


@pytest.mark.slow
def test_a_folder_without_a_profile_is_drawn(tmp_path: Path) -> None:
    tiny = Tiny()
    tiny.profile = None
    plain_atlas = load(tiny.write(tmp_path))
    said = said_on_map(plain_atlas, "")
    assert "Zone-Idlib" in said
    assert page_of(plain_atlas, "")["total"] == 5


@pytest.mark.slow
def test_only_a_layer_of_land_tells_where_the_sea_is(tmp_path: Path) -> None:
    tiny, wide = Tiny(), "camera=35,29,6.5"
    coast = load(tiny.write(tmp_path / "coast"))
    del tiny.layers["land"]
    unknown = load(tiny.write(tmp_path / "unknown"))
    assert ["Sea" in rows_of(atlas, wide) for atlas in (coast, unknown)] == [True, False]
    assert [LIGHT["water"] in map_of(atlas, wide).sheet.body() for atlas in (coast, unknown)] == [True, False]


def rows_of(atlas: Atlas, query: str) -> list[str]:
    drawing = map_of(atlas, query)
    return [row.text for row in key_rows(atlas, drawing.drawn, drawing, "")]


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("Building", "Building", "Building"),
        ("City, town", "Town", "City, town"),
        ("Road, closed", "Road, closed", "Road, closed"),
        ("Road, closed, open", "Road, closed", "Road, closed, open"),
        ("Road, closed", "Road, open", "Road, closed, open"),
        ("Capital", "City", "Capital, city"),
        ("Buildings", "Building", "Buildings, building"),
    ],
)
def test_words_that_a_row_of_the_key_has_already_are_not_repeated(one: str, other: str, both: str) -> None:
    assert _joined(one, other) == both


@pytest.mark.slow
def test_classes_of_several_layers_that_look_alike_have_one_row(tmp_path: Path) -> None:
    tiny = Tiny()
    assert tiny.profile
    tiny.profile["place_kinds"]["house"] = {"label": {"en": "Building"}, "symbol": "square"}
    label = {"group": "article", "label": {"en": "More"}, "shape": "point"}
    for number, edge in enumerate(["rust"] * 5 + ["teal"]):
        style = {"edge": edge, "fill": "paper"}
        tiny.profile["layers"].append({"id": f"more-{number}", **label, "style": style})
        town = feature(f"house-{number}", point(37.05 + number / 12, 35.7), kind="house", within=["syria"])
        tiny.layers[f"more-{number}"] = [town]
    tiny.profile.pop("panel")
    several = load(tiny.write(tmp_path))
    drawing = map_of(several, "")
    rows = key_rows(several, drawing.drawn, drawing, "")
    assert [len(row.examples) for row in rows if "uilding" in row.text] == [2]
    assert [row.text for row in rows if "uilding" in row.text] == ["Building"]


def test_the_key_speaks_of_several_articles_where_there_are_several(tmp_path: Path) -> None:
    one, several = load(Tiny().write(tmp_path / "one")), load(two_articles().write(tmp_path / "several"))
    headings = [rows_of(atlas, "")[0] for atlas in (one, several)]
    assert headings == ["Mentioned in the article", "Mentioned in the articles"]


def test_a_key_with_fewer_rows_is_not_higher_than_the_room_kept_for_it(atlas: Atlas) -> None:
    head, row = Row("Heading"), Row("Row", "sea")
    rows = [head, *[row] * 3, head, row, head, *[row] * 6, head, Row("Row, " * 9, "sea")]
    for gone in range(7, 13):
        fewer = [*rows[:7], *rows[gone:]]
        whole, part = (KeyPanel(atlas.profile, some, 54, 2, Look(8)).high for some in (rows, fewer))
        assert part <= whole


def test_no_heading_is_the_last_in_a_column_of_the_key(atlas: Atlas) -> None:
    row, head = Row("Row", "sea"), Row("Heading")
    for number in range(1, 8):
        rows = [head, *[row] * number, head, *[row] * (8 - number)]
        panel = KeyPanel(atlas.profile, rows, 54, 3, Look(8))
        sheet = Sheet(200, 200)
        panel.draw(sheet, 190, 190)
        columns: dict[float, list[str]] = {}
        for text in sheet.texts():
            columns.setdefault((text.x - 27) // 54, []).append(text.text)
        assert "Heading" not in [texts[-1] for texts in columns.values()]
        assert sum(map(len, columns.values())) == len(rows)
