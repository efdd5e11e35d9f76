"""The parts of the figure: ground, labels, words, ink."""

from __future__ import annotations

import math

import pytest
import shapely
from pyproj import Geod

from mapapp.core.model import Atlas
from mapapp.render.figure.ground import Ground, ground
from mapapp.render.figure.labels import Room, around
from mapapp.render.figure.looks import hatched, outline, style_of
from mapapp.render.figure.notes import ranges, shortened
from mapapp.render.figure.sheet import Look, width, wrap
from mapapp.render.payload import home
from mapapp.render.theme import STYLES, SYMBOLS

AT = (10.0, 20.0, 130.0, 160.0)


@pytest.fixture
def idlib(atlas: Atlas) -> Ground:
    return ground(None, home(atlas), AT)


def test_idlib_is_laid_out_in_its_utm_zone(idlib: Ground) -> None:
    assert idlib.crs.to_epsg() == 32637
    west, south, east, north = idlib.frame
    assert (east - west) / 120 == pytest.approx((north - south) / 140)  # one scale in both directions


def test_a_millimetre_of_the_map_is_as_long_on_the_ground_as_said(idlib: Ground) -> None:
    lon, lat = idlib.middle
    far = Geod(ellps="WGS84").fwd(lon, lat, 90, 10_000)
    ends = idlib.lay(shapely.LineString([(lon, lat), far[:2]]))
    assert ends.length * idlib.true == pytest.approx(10_000, rel=1e-4)


@pytest.mark.parametrize("zoom", [3.2, 5, 7, 9, 12])
def test_the_camera_is_in_the_middle_at_any_zoom(zoom: float) -> None:
    lon, lat = ground((35.8, 36.7, zoom), [], AT).middle
    assert (lon, lat) == pytest.approx((36.7, 35.8), abs=0.01)


def test_nothing_is_laid_beyond_the_frame(idlib: Ground, atlas: Atlas) -> None:
    for place in atlas.place.values():
        shape = idlib.cut(place.geometry)
        assert shape.is_empty or idlib.sheet.buffer(1e-6).covers(shape), place.id


def test_an_areas_edge_does_not_follow_the_frame(idlib: Ground, atlas: Atlas) -> None:
    edge = idlib.edge(atlas.place["syria"].geometry)
    assert edge.intersection(idlib.sheet.boundary).length == pytest.approx(0, abs=1e-3)


def test_hatching_keeps_to_its_area() -> None:
    area = shapely.Point(50, 50).buffer(20)
    lines = hatched(area, 45)
    assert lines.length > 300
    assert area.buffer(1e-6).covers(lines)


@pytest.mark.parametrize("name", [name for name in SYMBOLS if name.startswith("kind-place-")])
def test_every_symbol_of_a_place_has_a_body(name: str) -> None:
    shape = outline(name)
    assert shape.is_valid
    assert shape.area > 5
    assert math.dist(shape.centroid.coords[0], (0, 0)) < 2


def test_the_most_particular_style_wins() -> None:
    assert style_of("zones", "de-escalation-area", "retaken") is STYLES["zones", None, "retaken"]
    assert style_of("towns", "capital", None) is STYLES["towns", "capital", None]


def test_a_label_takes_the_first_free_spot() -> None:
    room = Room((0, 0, 100, 100))
    room.take((40, 40, 60, 60))
    first = room.find(10, 4, around(30, 50, 2, 10, 4))
    assert first == (18, 48)  # to the right there is no room
    assert room.find(10, 4, [first]) is None


@pytest.mark.parametrize(
    ("numbers", "said"), [([1], "1"), ([1, 2], "1, 2"), ([1, 2, 3, 5, 7, 8, 9], "1–3, 5, 7–9"), ([], "")]
)
def test_numbers_are_worded_in_short(numbers: list[int], said: str) -> None:
    assert ranges(numbers) == said


def test_a_quotation_is_shortened_at_a_word() -> None:
    assert shortened("“One two three, four five”", 16) == "“One two three\u00a0…”"
    assert shortened("“One two”", 16) == "“One two”"


def test_lines_keep_to_their_room_and_lose_nothing() -> None:
    text = "A line of words and one averyveryverylongwordthatfitsnowhere and تركيا, then more"
    lines = wrap([(text, Look(8))], 30)
    for line in lines:
        assert sum(gap + width(part, look) for part, look, gap in line) <= 30.001
    assert "".join(part for line in lines for part, _, _ in line).replace(" ", "") == text.replace(" ", "")
