"""Checks of a single geometry."""

from __future__ import annotations

import pytest
from shapely.geometry import Polygon
from tiny import box, point

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
    assert read_shape(point(*at), "posts")[1] is None


@pytest.mark.parametrize(
    "ring",
    [
        [[-180, -90], [180, -90], [180, -60], [0, -65], [-180, -60], [-180, -90]],  # Antarctica
        [[-180, -60], [180, -60], [180, 60], [-180, 60], [-180, -60]],
        [[170, -20], [180, -20], [180, -10], [170, -10], [170, -20]],
    ],
)
def test_what_ends_at_the_antimeridian_does_not_cross_it(ring: list[list[float]]) -> None:
    assert read_shape({"type": "Polygon", "coordinates": [ring]}, "land")[1] is None


def test_a_valid_shape_is_unchanged() -> None:
    shape, issue = read_shape(box(36, 35, 37, 36), "zones")
    assert issue is None
    assert shape is not None
    assert shape.bounds == (36, 35, 37, 36)


def test_a_ring_with_the_wrong_orientation_is_reversed() -> None:
    geometry = box(36, 35, 37, 36)
    geometry["coordinates"][0].reverse()
    shape, issue = read_shape(geometry, "zones")
    assert isinstance(shape, Polygon)
    assert shape.exterior.is_ccw
    assert issue is None
