"""How places lie to each other, compared with what pyproj and shapely find in other ways."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer
from shapely import Point
from tiny import Tiny, box, feature, point

from mapapp.core.compare import comparison
from mapapp.core.description import Lie, Lies, Offset, lies_of, main_place, offset, rounded
from mapapp.core.edtf import Window
from mapapp.core.geodesy import COMPASS, area_km2, compass
from mapapp.core.model import Atlas
from mapapp.core.select import select
from mapapp.core.snapshots import snapshots
from mapapp.data.load import load
from mapapp.view_address import default_view

GEOD = Geod(ellps="WGS84")
TEMPLATES = Path(__file__).resolve().parents[2] / "mapapp" / "templates"
lons, lats = st.floats(-179, 179), st.floats(-80, 80)


@pytest.fixture(scope="module")
def lies(atlas: Atlas) -> Lies:
    return lies_of(atlas)


def spherical_azimuth(start: Point, end: Point) -> float:
    """Return the azimuth on a sphere in degrees, by the textbook's formula."""
    lat1, lat2, turn = math.radians(start.y), math.radians(end.y), math.radians(end.x - start.x)
    east = math.sin(turn) * math.cos(lat2)
    north = math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(turn)
    return math.degrees(math.atan2(east, north)) % 360


@given(st.floats(0, 720))
def test_a_direction_is_at_most_an_eighth_of_a_turn_from_its_azimuth(azimuth: float) -> None:
    turned = (COMPASS.index(compass(azimuth)) * 45 - azimuth + 180) % 360 - 180
    assert abs(turned) <= 22.5 + 1e-9


@given(lons, lats, lons, lats)
def test_a_direction_is_that_of_the_sphere_to_within_a_degree(
    lon: float, lat: float, to_lon: float, to_lat: float
) -> None:
    start, end = Point(lon, lat), Point(to_lon, to_lat)
    found = offset(start, end, 1)
    metres = GEOD.inv(lon, lat, to_lon, to_lat)[2]
    if found.compass is None or not 10_000 < metres < 15_000_000:  # near the antipode directions turn fast
        return
    turned = (COMPASS.index(found.compass) * 45 - spherical_azimuth(start, end) + 180) % 360 - 180
    assert abs(turned) <= 22.5 + 1


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_the_way_back_has_the_opposite_direction(east: float, north: float) -> None:
    one, other = Point(10, 5), Point(10 + east, 5 + north)
    there, back = offset(one, other, 0.001), offset(other, one, 0.001)
    if there.compass is None or back.compass is None:
        return
    steps = (COMPASS.index(there.compass) - COMPASS.index(back.compass)) % 8
    assert steps in (3, 4, 5)
    assert abs(there.km - back.km) <= 1


@given(st.floats(0, 20_000), st.floats(0.1, 100))
def test_a_distance_is_rounded_by_at_most_its_error_or_a_hundredth(km: float, error: float) -> None:
    step = max(error, km / 100, 1)
    assert abs(rounded(km, error) - km) <= 2.5 * step / 2 + 1e-6


@given(st.floats(-0.5, 0.5), st.floats(-0.5, 0.5), st.floats(0.5, 20))
def test_no_direction_is_given_that_the_error_could_turn(east: float, north: float, error: float) -> None:
    found = offset(Point(10, 5), Point(10 + east, 5 + north), error)
    km = GEOD.inv(10, 5, 10 + east, 5 + north)[2] / 1000
    could_turn = km <= error or math.degrees(math.asin(error / km)) > 22.5
    assert (found.compass is None) == could_turn
    if could_turn:
        assert found.km >= km + error - 1e-6


def test_points_lie_in_areas_as_measured_along_the_ellipsoid(atlas: Atlas, lies: Lies) -> None:
    points = [place for place in atlas.place.values() if place.geometry.geom_type == "Point"]
    compared = 0
    for area, *_ in select(atlas, default_view(atlas)).places:
        lie = lies.places.get(area.id)
        if lie is None or not (lie.inside or lie.edge):
            continue
        dense = shapely.get_coordinates(shapely.segmentize(area.geometry.boundary, 0.005))
        for place in points:
            if not atlas.profile.layers[place.layer].in_key:
                continue
            lon, lat = [place.geometry.x] * len(dense), [place.geometry.y] * len(dense)
            km = float(min(GEOD.inv(lon, lat, dense[:, 0], dense[:, 1])[2])) / 1000
            error = math.hypot(area.tolerance_km, place.tolerance_km)
            if abs(km - error) < 0.3 + 0.01 * km:  # as near to the limit as the dense outline is coarse
                continue
            compared += 1
            expected = "edge" if km < error else "in" if area.geometry.contains(place.geometry) else "out"
            got = "edge" if place.id in lie.edge else "in" if place.id in lie.inside else "out"
            assert got == expected, (area.id, place.id, km)
    assert compared > 500


def test_sizes_are_those_of_an_equal_area_projection(atlas: Atlas, lies: Lies) -> None:
    project = Transformer.from_crs("EPSG:4326", "EPSG:6933", always_xy=True).transform
    sized = [(item, lie) for item, lie in lies.places.items() if lie.across]
    assert len(sized) > 10
    for item, lie in sized:
        dense = shapely.segmentize(atlas.place[item].geometry, 0.01)
        flat = shapely.transform(dense, project, interleaved=False)
        error = atlas.place[item].tolerance_km * flat.length / 1e3 / 2
        assert lie.size == pytest.approx(flat.area / 1e6, rel=0.06, abs=error)
        assert area_km2(atlas.place[item].geometry) == pytest.approx(flat.area / 1e6, rel=0.002)


def test_a_course_runs_from_end_to_end_past_places_within_the_errors(atlas: Atlas, lies: Lies) -> None:
    lines = {item: lie for item, lie in lies.places.items() if lie.course}
    assert lines
    for item, lie in lines.items():
        line = atlas.place[item]
        dense = shapely.get_coordinates(shapely.segmentize(line.geometry, 0.002))
        for other in map(atlas.place.__getitem__, lie.course):
            lon, lat = [other.geometry.x] * len(dense), [other.geometry.y] * len(dense)
            km = float(min(GEOD.inv(lon, lat, dense[:, 0], dense[:, 1])[2])) / 1000
            assert km < math.hypot(line.tolerance_km, other.tolerance_km) + 0.2


def tiny_lies(tmp_path: Path, **layers: list[dict[str, object]]) -> Lies:
    tiny = Tiny()
    for name, features in layers.items():
        tiny.layers[name] += features
    return lies_of(load(tiny.write(tmp_path)))


def test_an_area_lies_on_the_sides_that_have_at_least_a_tenth_of_it(tmp_path: Path) -> None:
    west = feature("west", box(36.2, 35.55, 37.1, 35.65))  # of Rivertown, at 37.2, 35.6
    around = feature("around", box(36.7, 35.2, 37.7, 36.0))
    found = tiny_lies(tmp_path, governorates=[], zones=[west, around]).places
    assert found["west"].sides == ("w",)
    assert set(found["around"].sides) == set(COMPASS)


def test_a_line_begins_at_its_northern_end(tmp_path: Path) -> None:
    found = tiny_lies(tmp_path).places["road-one"]  # drawn from south to north
    assert found.ends is not None
    assert [end.compass for end in found.ends] == ["n", "sw"]
    assert found.ends[0].km < found.ends[1].km


def test_a_line_runs_through_areas_for_as_far_as_it_lies_in_them(atlas: Atlas, lies: Lies) -> None:
    through = [(item, *pair) for item, lie in lies.places.items() for pair in lie.through]
    assert through
    for line, area, km in through:
        inside = atlas.place[line].geometry.intersection(atlas.place[area].geometry)
        lengths = [GEOD.geometry_length(part) for part in shapely.get_parts(inside)]
        error = math.hypot(atlas.place[line].tolerance_km, atlas.place[area].tolerance_km)
        assert abs(km - sum(lengths) / 1000) <= max(2.5 * error, 0.02 * km)


def test_the_main_place_is_a_great_settlement_in_the_area_the_map_opens_on(atlas: Atlas) -> None:
    found = main_place(atlas)
    assert found is not None
    assert atlas.profile.is_great(found.kind)
    assert atlas.place[str(atlas.profile.home)].geometry.contains(found.geometry)


def test_the_main_place_itself_has_no_direction(lies: Lies) -> None:
    assert lies.main is not None
    assert lies.places[lies.main] == Lie()


def test_without_a_settlement_distances_are_from_the_middle_of_the_map(tmp_path: Path) -> None:
    tiny = Tiny()
    tiny.layers["towns"] = [one for one in tiny.layers["towns"] if one["id"] == "faraway"]
    for event in tiny.events:
        event["places"] = [{"id": "northland", "role": "about", "note": "It is there."}]
    for fact in tiny.facts:
        fact["places"] = []
    atlas = load(tiny.write(tmp_path))
    found = lies_of(atlas)
    assert found.main is None
    assert found.places["faraway"].offset == Offset(450, "w")  # from the middle of the zone it opens on


@pytest.mark.parametrize("template", ["conflict", "disaster", "politics"])
def test_each_template_has_a_main_place_and_says_where_everything_lies(template: str) -> None:
    atlas = load(TEMPLATES / template)
    found = lies_of(atlas)
    assert found.main is not None
    assert found.countries
    for item, lie in found.places.items():
        assert lie.offset or lie.ends or item == found.main


def test_a_point_on_the_border_of_the_map_is_not_beyond_it(tmp_path: Path) -> None:
    found = tiny_lies(tmp_path, towns=[feature("near", point(37.5, 35.7), kind="town")]).places
    assert not found["near"].beyond
    assert found["faraway"].beyond


def test_an_area_has_the_size_that_a_comparison_gives_it(atlas: Atlas, lies: Lies) -> None:
    compared = 0
    known = snapshots(atlas, replace(default_view(atlas), as_of=None))
    for before, after in pairwise(known):
        window = Window(after.last, after.last)
        found = comparison(
            atlas, replace(default_view(atlas), window=window, compare=before.first, as_of=None)
        )
        assert found
        for holder in found.holders:
            own = [place.id for place in found.areas[1] if place.kind == holder.kind]
            if len(own) == 1:
                assert lies.places[own[0]].size == holder.later.rounded.best, own
                compared += 1
    assert compared > 10
