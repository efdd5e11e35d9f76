"""The parts of the figure: projection, labels, text, sheet."""

from __future__ import annotations

import io
import math
import re
from typing import Literal
from unittest.mock import Mock
from xml.etree import ElementTree as ET

import pytest
import shapely
import uharfbuzz as hb
from pyproj import Geod

from mapapp.core.model import Atlas
from mapapp.core.profile import PlaceSymbol, Style
from mapapp.core.story_frame import home
from mapapp.figure import fonts
from mapapp.figure.fonts import ARABIC, LATIN, POINT
from mapapp.figure.label_placement import Room, around
from mapapp.figure.map_style import INK, fill, hatched, symbol
from mapapp.figure.note_items import ranges
from mapapp.figure.place_names import NumberBox, _far
from mapapp.figure.projection import MapProjection, fit_projection
from mapapp.figure.sheet import Description, Look, Sheet, broken, width
from mapapp.symbols import outline
from mapapp.text.direction import runs_right_to_left
from mapapp.theme import PLACE_SYMBOLS
from mapapp.typeface import subset

SVG = "{http://www.w3.org/2000/svg}"
ABOUT = Description("A <title>", "A & B", "nobody's", "en")

AT = (10.0, 20.0, 130.0, 160.0)


@pytest.fixture
def idlib(atlas: Atlas) -> MapProjection:
    return fit_projection(None, home(atlas), AT)


def test_idlib_is_laid_out_in_its_utm_zone(idlib: MapProjection) -> None:
    assert idlib.crs.to_epsg() == 32637
    west, south, east, north = idlib.frame
    assert (east - west) / 120 == pytest.approx((north - south) / 140)  # one scale in both directions


def test_a_small_extent_south_of_the_equator_is_laid_out_in_its_southern_utm_zone() -> None:
    projection = fit_projection(None, [[-34, -70], [-33, -68]], AT)
    assert (projection.name, projection.crs.to_epsg()) == ("UTM 19S", 32719)


def test_the_stated_scale_is_true(idlib: MapProjection) -> None:
    lon, lat = idlib.middle
    far = Geod(ellps="WGS84").fwd(lon, lat, 90, 10_000)
    ends = idlib.lay(shapely.LineString([(lon, lat), far[:2]]))
    assert ends.length * idlib.true == pytest.approx(10_000, rel=1e-4)


@pytest.mark.parametrize("zoom", [3.2, 5, 7, 9, 12])
def test_the_camera_is_in_the_middle_at_any_zoom(zoom: float) -> None:
    lon, lat = fit_projection((35.8, 36.7, zoom), [], AT).middle
    assert (lon, lat) == pytest.approx((36.7, 35.8), abs=0.01)


def test_nothing_is_drawn_beyond_the_frame(idlib: MapProjection, atlas: Atlas) -> None:
    for place in atlas.place.values():
        shape = idlib.cut(place.geometry)
        assert shape.is_empty or idlib.sheet.buffer(1e-6).covers(shape), place.id


def test_an_areas_edge_does_not_follow_the_frame(idlib: MapProjection, atlas: Atlas) -> None:
    edge = idlib.edge(atlas.place["syria"].geometry)
    assert edge.intersection(idlib.sheet.boundary).length == pytest.approx(0, abs=1e-3)


def test_hatching_stays_within_its_area() -> None:
    area = shapely.Point(50, 50).buffer(20)
    lines = hatched(area, 45)
    assert lines.length > 300
    assert area.buffer(1e-6).covers(lines)


@pytest.mark.parametrize(("angle", "leaning"), [(0, (0, 1)), (90, (1, 0)), (45, (1, 1)), (135, (1, -1))])
def test_a_hatch_leans_on_paper_as_on_the_screen(angle: int, leaning: tuple[int, int]) -> None:
    """The screen turns upright lines clockwise."""
    sheet = Mock(scale=1)
    fill(sheet, shapely.box(0, 0, 30, 30), Style("strong", 0, fill="strong", hatch=angle))
    lines = shapely.get_parts(sheet.stroke.call_args.args[0])
    (from_x, from_y), (to_x, to_y) = max(lines, key=lambda line: line.length).coords
    along = math.atan2(to_y - from_y, to_x - from_x) - math.atan2(leaning[1], leaning[0])
    assert math.sin(along) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("name", PLACE_SYMBOLS)
def test_every_symbol_of_a_place_has_a_body(name: PlaceSymbol) -> None:
    shape = outline(name)
    assert shape.is_valid
    assert shape.area > 5
    assert math.dist(shape.centroid.coords[0], (0, 0)) < 2


def test_a_label_takes_the_first_free_spot() -> None:
    room = Room((0, 0, 100, 100))
    room.take((40, 40, 60, 60))
    first = room.find(10, 4, around(30, 50, 2, 10, 4))
    assert first == (18, 48)  # to the right there is no room
    assert room.find(10, 4, [(*first, 0)]) is None


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ("1", "1"),
        ("2 1", "1, 2"),
        ("1 2 3 5 7 8 9 10", "1–3, 5, 7–10"),
        ("B2 A5 A3 A4", "A3–A5, B2"),
        ("A1 A2 B3 B4", "A1, A2, B3, B4"),
        ("AA1 Z2 Z10 Z9", "Z2, Z9, Z10, AA1"),
        ("3 3", "3"),
        ("", ""),
    ],
)
def test_numbers_are_shortened_to_ranges_of_one_article(numbers: str, said: str) -> None:
    assert ranges(numbers.split()) == said


def test_a_point_of_unknown_status_has_a_dashed_edge(atlas: Atlas) -> None:
    place = next(place for place in atlas.place.values() if place.kind == "military-point")
    sheet = Sheet(10, 10)
    symbol(sheet, atlas.profile, 5, 5, place, None, 1)
    dashes = re.findall(r'stroke-dasharray="([\d. ]+)"', sheet.body())
    wide = atlas.profile.style(place.layer, place.kind, None).width * INK * POINT
    assert [[float(part) / wide for part in dash.split()] for dash in dashes] == [
        pytest.approx([1.25, 0.875], rel=0.01)
    ]


def test_broken_lines_fit_and_lose_nothing() -> None:
    text = "A line of words and one averyveryverylongwordthatfitsnowhere and تركيا, then more"
    look = Look(8)
    lines = broken(text, look, 30)
    assert " ".join(lines) == text
    assert all(width(line, look) <= 30 for line in lines if " " in line)
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1:1\N{NO-BREAK SPACE}400\N{NO-BREAK SPACE}000", ["1:1\N{NO-BREAK SPACE}400\N{NO-BREAK SPACE}000"]),
        ("depth 15 km, held", ["depth", "15 km,", "held"]),
        ("глубина 15 км", ["глубина", "15 км"]),
        ("عمق ١٥ كم", ["عمق", "١٥ كم"]),
        ("about 40 km² of land", ["about", "40 km²", "of", "land"]),
        ("25 governorates", ["25", "governorates"]),
        ("in 2020, as", ["in", "2020,", "as"]),
    ],
)
def test_a_number_is_not_broken_and_keeps_its_unit(text: str, lines: list[str]) -> None:
    assert broken(text, Look(8), 1) == lines


def test_a_text_that_is_empty_has_no_lines_and_no_box() -> None:
    assert broken("", Look(8), 30) == []
    assert NumberBox("", 8).wide == 0


@pytest.mark.parametrize(
    ("text", "family"),
    [("Idlib", LATIN), ("إدلب", ARABIC), ("طريق M5", ARABIC), ("Ефрат, Öncüpınar", LATIN)],
)
def test_a_text_is_set_in_one_of_the_two_families(text: str, family: str) -> None:
    assert fonts.family_of(text) == family
    assert fonts.drawable(text)


def test_text_grows_with_size_and_weight_and_arabic_letters_are_joined() -> None:
    assert fonts.width("Idlib", 16) == pytest.approx(2 * fonts.width("Idlib", 8))
    assert fonts.width("Idlib", 8, fonts.BOLD) > fonts.width("Idlib", 8)
    assert fonts.width("AV", 8) < fonts.width("A", 8) + fonts.width("V", 8)  # kerned
    apart = sum(fonts.width(letter, 8) for letter in "سراقب")
    assert fonts.width("سراقب", 8) < apart


def test_the_outline_of_a_line_is_as_wide_as_its_text() -> None:
    for text in ("Maarat al-Numan", "معرة النعمان"):
        path, em = fonts.outline(text)
        xs = [float(pair.split()[0]) for pair in re.findall(r"-?[\d.]+ -?[\d.]+", path)]
        ink = (max(xs) - min(xs)) / em * 8 * POINT
        assert ink == pytest.approx(fonts.width(text, 8), abs=0.7)  # beside the first and the last letter


def test_names_on_one_line_of_a_small_map_stay_apart() -> None:
    room = Room((0, 0, 60, 20), air=2)
    room.take((10, 5, 20, 8))
    assert not room.free((21.5, 5, 30, 8))
    assert room.free((22.5, 5, 30, 8))
    assert room.free((10, 8.5, 20, 11))  # below each other they do not read as one


def test_spaces_become_one_and_what_cannot_be_drawn_a_sign() -> None:
    assert fonts.clean("  one \t two\n") == "one two"
    assert fonts.clean("a\x00b\x07") == "a\ufffdb\ufffd"
    assert fonts.clean("\u2068إدلب\u2069") == "\u2068إدلب\u2069"
    assert not fonts.drawable("中")
    assert fonts.drawable("\ufffd")  # it was there before


@pytest.mark.parametrize(
    ("text", "rtl"), [("إدلب", True), ("12 إدلب", True), ("Idlib إدلب", False), ("12", False), ("", False)]
)
def test_the_first_letter_with_a_direction_decides(text: str, rtl: bool) -> None:
    assert runs_right_to_left(text) is rtl


@pytest.mark.parametrize("family", [LATIN, ARABIC])
def test_an_embedded_font_has_the_letters_used_and_few_others(family: str) -> None:
    text = {LATIN: "Idlib 12", ARABIC: "إدلب"}[family]
    data = subset(fonts.file_of(family, fonts.BOLD), frozenset(text), fonts.BOLD)
    letters = {chr(code) for code in hb.Face(data).unicodes}
    assert set(text) <= letters
    assert len(letters) < 20
    assert len(data) < 30_000


def test_the_same_letters_give_the_same_font() -> None:
    one, other = (subset(fonts.file_of(LATIN, 400), frozenset(text), 400) for text in ("abcd", "dcba"))
    assert one == other


def sheet_of(*texts: str, **options: object) -> ET.Element:
    sheet = Sheet(100, 50)
    for text in texts:
        sheet.text(50, 20, text, Look(8, lang="ar"), **options)  # type: ignore[arg-type]
    return ET.parse(io.BytesIO(sheet.svg(ABOUT, "?a=1&b=<2>"))).getroot()  # noqa: S314 - our own


def test_a_sheet_describes_itself() -> None:
    root = sheet_of("Idlib")
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("100mm", "50mm", "0 0 100 50")
    assert root.get("role") == "img"
    labelled = [root.find(f"{SVG}{tag}") for tag in ("title", "desc")]
    assert [node.text for node in labelled if node is not None] == ["A <title>", "A & B"]
    assert root.get("aria-labelledby") == " ".join(
        node.get("id", "") for node in labelled if node is not None
    )
    assert root.get("lang") == "en"
    identifier = root.find(".//{http://purl.org/dc/elements/1.1/}identifier")
    assert identifier is not None
    assert identifier.text == "mapapp-view: ?a=1&b=<2>"


def test_each_text_is_held_in_the_width_it_was_measured_with() -> None:
    (text,) = sheet_of("Idlib").iter(f"{SVG}text")
    assert float(text.get("textLength", 0)) == pytest.approx(width("Idlib", Look(8)), abs=0.006)
    assert (text.text, text.get("lang")) == ("Idlib", "ar")
    assert (text.get("x"), text.get("y")) == ("50.00", "30.00")


def test_text_from_right_to_left_is_not_held_in_a_width() -> None:
    for words in ("إدلب", "35 كم", "M5 (إدلب)"):
        (text,) = sheet_of(words).iter(f"{SVG}text")
        assert (text.get("textLength"), text.get("lengthAdjust")) == (None, None)


@pytest.mark.parametrize(
    ("align", "anchor", "side"), [("left", "end", 0.5), ("center", "middle", 0), ("right", None, -0.5)]
)
def test_arabic_starts_on_the_right_and_for_typst_is_placed_by_its_middle(
    align: Literal["left", "center", "right"], anchor: str | None, side: float
) -> None:
    (text,) = sheet_of("سراقب", align=align).iter(f"{SVG}text")
    assert (text.get("text-anchor"), text.get("direction"), text.get("x")) == (anchor, "rtl", "50.00")
    sheet = Sheet(100, 50)
    sheet.text(50, 20, "سراقب", Look(8), align=align)
    (text,) = ET.fromstring(sheet.svg(ABOUT, "?", "page")).iter(f"{SVG}text")  # noqa: S314 - our own
    assert (text.get("text-anchor"), text.get("direction")) == ("middle", "rtl")
    assert float(text.get("x", 0)) == pytest.approx(50 + side * width("سراقب", Look(8)), abs=0.006)


def test_a_layer_is_a_group_that_graphics_programs_name() -> None:
    sheet = Sheet(10, 10)
    with sheet.layer("key", "Key & more"):
        sheet.area(shapely.box(1, 1, 2, 2), "ink")
    root = ET.fromstring(sheet.svg(ABOUT, "?"))  # noqa: S314 - our own
    group = root.find(f"{SVG}g")
    assert group is not None
    inkscape = "{http://www.inkscape.org/namespaces/inkscape}"
    assert (group.get("id"), group.get(f"{inkscape}label")) == ("key", "Key & more")
    assert group.get(f"{inkscape}groupmode") == "layer"
    assert [path.get("d") for path in group] == ["M2 9L2 8L1 8L1 9Z"]


def test_holes_stay_open_and_empty_shapes_are_left_out() -> None:
    sheet = Sheet(10, 10)
    sheet.area(shapely.Point(), "ink")
    assert not sheet.body()
    sheet.area(shapely.box(0, 0, 9, 9) - shapely.box(3, 3, 6, 6), "ink", 0.5)
    (path,) = sheet.body().splitlines()
    assert path.count("M") == path.count("Z") == 2
    assert 'fill-rule="evenodd"' in path
    assert 'fill-opacity="0.5"' in path


def test_a_label_beside_its_area_is_tied_to_a_dot_in_it_and_one_on_it_is_not() -> None:
    def drawn(area: shapely.Polygon) -> tuple[int, int]:
        sheet, room = Sheet(100, 100), Room((0, 0, 100, 100))
        room.take((44, 44, 56, 56))
        assert _far(sheet, room, area, 10, 4)
        return len(sheet.body().splitlines()), len(room.ties)

    small, large = shapely.box(47, 47, 53, 53), shapely.box(20, 20, 80, 80)
    assert drawn(small) == (3, 1)
    assert drawn(large) == (0, 0)


def test_a_line_to_a_place_crosses_no_label_and_no_label_comes_to_lie_on_it() -> None:
    room = Room((0, 0, 100, 100))
    room.take((52, 40, 60, 60))  # a label between the place and the free spot to its right
    spot = room.find(10, 4, [(70, 48, 0), (20, 48, 1)], shapely.Point(50, 50))
    assert spot == (20, 48)
    room.tie(shapely.LineString([(50, 50), (30, 50)]))
    assert not room.free((35, 48, 45, 52))
    assert room.free((35, 60, 45, 64))
