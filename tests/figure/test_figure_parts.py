"""The parts of the figure: projection, labels, notes, canvas."""

from __future__ import annotations

import math
import re
from io import BytesIO
from itertools import product
from unittest.mock import Mock

import pytest
import shapely
from matplotlib import rc_context
from matplotlib.backends.backend_pdf import PdfFile, RendererPdf
from pyproj import Geod

from mapapp.core.model import Atlas
from mapapp.core.story_frame import home
from mapapp.figure.canvas import Letters, Look, Shape, Sheet, width, wrap
from mapapp.figure.label_placement import Room, around
from mapapp.figure.map_style import fill, hatched, symbol
from mapapp.figure.notes import isolated, ranges
from mapapp.figure.output import RULES
from mapapp.figure.pdf import _Renderer
from mapapp.figure.place_names import _far
from mapapp.figure.projection import MapProjection, fit_projection
from mapapp.figure.shortened_quotations import Quotes
from mapapp.figure.text_columns import Block, Column, Flow
from mapapp.symbols import outline
from mapapp.text.quotation import parts, quotation
from mapapp.theme import STYLES, SYMBOLS, Style, style_of

AT = (10.0, 20.0, 130.0, 160.0)


@pytest.fixture
def idlib(atlas: Atlas) -> MapProjection:
    return fit_projection(None, home(atlas), AT)


def test_idlib_is_laid_out_in_its_utm_zone(idlib: MapProjection) -> None:
    assert idlib.crs.to_epsg() == 32637
    west, south, east, north = idlib.frame
    assert (east - west) / 120 == pytest.approx((north - south) / 140)  # one scale in both directions


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
    sheet = Mock()
    fill(sheet, shapely.box(0, 0, 30, 30), Style("line", 0, fill="line", hatch=angle))
    lines = shapely.get_parts(sheet.stroke.call_args.args[0])
    (from_x, from_y), (to_x, to_y) = max(lines, key=lambda line: line.length).coords
    along = math.atan2(to_y - from_y, to_x - from_x) - math.atan2(leaning[1], leaning[0])
    assert math.sin(along) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("name", [name for name in SYMBOLS if name.startswith("kind-place-")])
def test_every_symbol_of_a_place_has_a_body(name: str) -> None:
    shape = outline(name)
    assert shape.is_valid
    assert shape.area > 5
    assert math.dist(shape.centroid.coords[0], (0, 0)) < 2


def test_the_most_specific_style_wins() -> None:
    assert style_of("zones", "de-escalation-area", "government") is STYLES["zones", None, "government"]
    assert style_of("towns", "capital", None) is STYLES["towns", "capital", None]


def test_a_label_takes_the_first_free_spot() -> None:
    room = Room((0, 0, 100, 100))
    room.take((40, 40, 60, 60))
    first = room.find(10, 4, around(30, 50, 2, 10, 4))
    assert first == (18, 48)  # to the right there is no room
    assert room.find(10, 4, [(*first, 0)]) is None


@pytest.mark.parametrize(
    ("numbers", "said"), [([1], "1"), ([1, 2], "1, 2"), ([1, 2, 3, 5, 7, 8, 9], "1–3, 5, 7–9"), ([], "")]
)
def test_numbers_are_shortened_to_ranges(numbers: list[int], said: str) -> None:
    assert ranges(numbers) == said


def words_for(event_id: str, atlas: Atlas, room: int) -> str:
    return Quotes(atlas).quoted(atlas.event[event_id], room)


@pytest.mark.parametrize(
    ("event", "room", "said"),
    [
        (
            "erdogan-akp-speech",
            80,
            "“[…] Speaking at a parliamentary meeting with his ruling AKP party, […]”",
        ),
        (
            "erdogan-offensive-any-moment",
            100,
            '“[…] Erdogan warned that an offensive in Idlib could begin "at any moment".”',
        ),
        ("demand-halt-offensive", 120, ""),  # one long sentence: it is left out rather than torn
    ],
)
def test_a_quotation_is_shortened_to_the_sentences_that_set_the_statement_apart(
    atlas: Atlas, event: str, room: int, said: str
) -> None:
    assert words_for(event, atlas, room) == said


@pytest.mark.parametrize("room", [40, 60, 80, 110, 150, 220])
def test_a_shortened_quotation_is_whole_sentences_in_its_room(atlas: Atlas, room: int) -> None:
    for event in atlas.events:
        said, whole = words_for(event.id, atlas, room), quotation(atlas.article, event)
        assert len(said) <= room
        kept = [piece for piece in re.split(r" ?\[…\] ?|[“”]", said) if piece.strip()]
        ends = {atlas.article.text[start:end] for start, end in parts(whole)} | set(whole.pieces)
        assert set(kept) <= ends, event.id


def test_a_heading_goes_where_what_follows_it_fits() -> None:
    read, strong = Look(8, serif=True), Look(9, bold=True)
    low, high = Column(0, 100, 60, 12), Column(0, 80, 60, 60)
    sheet, flow = Sheet(100, 110), Flow([low, high], 8)
    words = "A first note that takes as many lines as do not fit where the heading would stand at first. " * 2
    flow.draw([Block([("Heading", strong)], head=True), Block([(words, read)], "1")], [sheet])
    set_at = [(ink.text, ink.y) for ink in sheet.ink if isinstance(ink, Letters)]
    assert set_at[0][0] == "Heading"
    assert all(80 > y > 20 for _, y in set_at)


def test_a_point_of_unknown_status_has_a_dashed_edge(atlas: Atlas) -> None:
    place = next(place for place in atlas.place.values() if place.kind == "military-point")
    sheet = Sheet(10, 10)
    symbol(sheet, 5, 5, place, None)
    assert [ink.dash for ink in sheet.ink if isinstance(ink, Shape) and ink.edge] == ["1.25 0.875"]


def test_wrapped_lines_fit_and_lose_nothing() -> None:
    text = "A line of words and one averyveryverylongwordthatfitsnowhere and تركيا, then more"
    lines = wrap([(text, Look(8))], 30)
    for line in lines:
        assert sum(gap + width(part, look) for part, look, gap in line) <= 30.001
    assert "".join(part for line in lines for part, _, _ in line).replace(" ", "") == text.replace(" ", "")


def test_a_name_keeps_its_numbers_on_its_own_side() -> None:
    name = "المنطقة بعمق 20 كم"
    (line,) = wrap([(f"Zones: {isolated(name)} 25", Look(8))], 300)
    assert [part for part, _, _ in line] == ["Zones:", name, "25"]
    (loose,) = wrap([(f"Zones: {name} 25", Look(8))], 300)
    assert name not in [part for part, _, _ in loose]  # else isolating it would do nothing


def test_a_name_in_arabic_stays_on_one_line_unless_none_is_long_enough() -> None:
    name = "منطقة خفض التصعيد في درعا والقنيطرة"
    lines = wrap([(f"Places beyond the map: {isolated(name)} 21", Look(8))], 60)
    assert name in [part for line in lines for part, _, _ in line]
    short = wrap([(isolated(name), Look(8))], 20)
    assert [part for line in short for part, _, _ in line] != [name]
    assert " ".join(part for line in short for part, _, _ in line) == name


def test_a_full_stop_follows_a_name_without_a_space() -> None:
    (line,) = wrap([(f"{isolated('حلب')}, {isolated('إدلب')} 3.", Look(8))], 300)
    assert [(part, gap == 0) for part, _, gap in line] == [
        ("حلب", True), (",", True), ("إدلب", False), ("3.", False)
    ]  # fmt: skip


def test_an_address_is_broken_where_its_parts_end() -> None:
    address = "https://example.org/a-long-address/that-goes-on-and-on/until-it-fits-no-line"
    lines = wrap([(address, Look(8))], 40)
    assert len(lines) > 1
    assert all(line[-1][0][-1] in "/-" for line in lines[:-1])


def test_a_label_beside_its_area_is_tied_to_a_dot_in_it_and_one_on_it_is_not() -> None:
    def drawn(area: shapely.Polygon) -> tuple[int, int]:
        sheet, room = Sheet(100, 100), Room((0, 0, 100, 100))
        room.take((44, 44, 56, 56))
        assert _far(sheet, room, area, 10, 4)
        return len(sheet.ink) - 1, len(room.ties)  # beside the paper

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


def test_a_pdf_sets_each_line_as_matplotlib_itself_does() -> None:
    texts = (
        "Toward AVA, «To. Yet» 12\N{EN DASH}13 km",
        "Türk İdlib, Öncü: ŞĞ",
        "Ефрат, Г. Т.",
        "حلب في إدلب",
    )
    for serif, text in product((False, True), texts):
        sheet = Sheet(100, 20)
        sheet.text(10, 10, text, Look(9, serif=serif))
        ours, theirs = (pens(sheet, kind) for kind in (_Renderer, RendererPdf))
        assert [char for char, _ in ours] == [char for char, _ in theirs]
        assert [at for _, at in ours] == pytest.approx([at for _, at in theirs], abs=0.1)  # points


def pens(sheet: Sheet, kind: type[RendererPdf]) -> list[tuple[str, float]]:
    """Return the letters of a page, and how far kerning has moved each, in points."""
    said: list[bytes] = []
    with rc_context(RULES):
        file = PdfFile(BytesIO())
        file.newPage(4, 1)
        file.write = said.append
        sheet.draw(kind(file, 72, 1, 4))
    letters: list[tuple[str, float]] = []
    at = 0.0
    for array in re.findall(rb"\[(.*?)\]\s+TJ", b"".join(said), re.DOTALL):
        for raw, kern in re.findall(rb"\(((?:\\.|[^\\)])*)\)|(-?[\d.]+)", array, re.DOTALL):
            at -= float(kern or 0) / 1000 * 9
            text = re.sub(rb"\\(.)", lambda part: {b"n": b"\n", b"r": b"\r"}.get(part[1], part[1]), raw)
            letters += [(char, at) for char in text.decode("utf-16-be")]
    return letters
