"""Checks of a single geometry."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import orient_polygons
from shapely.geometry import Polygon, shape
from tiny import box, point

from mapapp.core.profile import Shape
from mapapp.data import geojson
from mapapp.data.geojson import crs_issue, read_shape


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_wgs_84_has_several_names(name: str) -> None:
    assert crs_issue({"type": "name", "properties": {"name": name}}) is None


@pytest.mark.parametrize(
    "crs", [None, "EPSG:4326", {}, {"properties": "x"}, {"properties": {"name": "EPSG:3857"}}]
)
def test_any_other_crs_is_reported(crs: object) -> None:
    assert crs_issue(crs) is not None


@pytest.mark.parametrize("at", [(30, 44), (29, 41), (36.2, 36.2), (-77, -12)])
def test_a_post_may_lie_anywhere(at: tuple[float, float]) -> None:
    assert read_shape(point(*at), ["point"])[1] is None


@pytest.mark.parametrize(
    "ring",
    [
        [[-180, -90], [180, -90], [180, -60], [0, -65], [-180, -60], [-180, -90]],  # Antarctica
        [[-180, -60], [180, -60], [180, 60], [-180, 60], [-180, -60]],
        [[170, -20], [180, -20], [180, -10], [170, -10], [170, -20]],
    ],
)
def test_what_ends_at_the_antimeridian_does_not_cross_it(ring: list[list[float]]) -> None:
    assert read_shape({"type": "Polygon", "coordinates": [ring]}, ["area"])[1] is None


def test_a_valid_shape_is_unchanged() -> None:
    shape, issue = read_shape(box(36, 35, 37, 36), ["area"])
    assert issue is None
    assert shape is not None
    assert shape.bounds == (36, 35, 37, 36)


def test_a_ring_with_the_wrong_orientation_is_reversed() -> None:
    geometry = box(36, 35, 37, 36)
    geometry["coordinates"][0].reverse()
    shape, issue = read_shape(geometry, ["area"])
    assert isinstance(shape, Polygon)
    assert shape.exterior.is_ccw
    assert issue is None


corners = st.tuples(st.integers(-180, 180), st.integers(-90, 90)).map(list)
squares = st.builds(
    lambda at, size: box(*at, at[0] + size, at[1] + size)["coordinates"][0],
    corners,
    st.sampled_from([0.5, 1, 40, 200]),
)
paths = st.lists(corners, min_size=2, max_size=4)
geometries = st.one_of(
    st.tuples(st.just("Point"), corners),
    st.tuples(st.just("LineString"), paths),
    st.tuples(st.just("MultiLineString"), st.lists(paths, max_size=2)),
    st.tuples(st.just("Polygon"), st.lists(squares, max_size=2)),
    st.tuples(st.just("MultiPolygon"), st.lists(st.lists(squares, min_size=1, max_size=1), max_size=2)),
)
values = st.sampled_from(
    [
        None,
        True,
        "36",
        "36 ",
        {},
        [],
        [1],
        [1, 2],
        [1, 2, 3],
        90.5,
        -180.5,
        1500.5,
        10**400,
        math.inf,
        math.nan,
    ]
)


@settings(max_examples=1000)
@given(geometries, st.none() | st.tuples(st.integers(0, 99), values))
@example(("MultiPolygon", [box(36, 35, 37, 36)["coordinates"], []]), None)
def test_checking_all_positions_at_once_finds_what_checking_each_does(
    geometry: tuple[str, Any], change: tuple[int, Any] | None
) -> None:
    kind, coordinates = geometry
    if change:
        number, value = change
        nodes = [*nodes_of(coordinates)]
        parent, index = nodes[number % len(nodes)] if nodes else (coordinates, 0)
        parent[index : index + 1] = [value]
    member = {"type": kind, "coordinates": coordinates}
    at_once = read_shape(member, get_args(Shape))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geojson, "_sound_positions", lambda *_: None)
        assert read_shape(member, get_args(Shape)) == at_once
    if at_once[0] is not None:
        assert at_once[0].wkb == orient_polygons(shape(member)).wkb


def nodes_of(coordinates: list[Any]) -> Iterator[tuple[list[Any], int]]:
    """Yield where each nested value is: the list, and the index in it."""
    for index, value in enumerate(coordinates):
        yield coordinates, index
        if isinstance(value, list):
            yield from nodes_of(value)
