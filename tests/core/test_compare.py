"""Two days compared: areas equal those computed in other ways, and least ≤ best ≤ most whatever is drawn."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from mapapp.core.compare import Comparison, Estimate, Holder, comparison
from mapapp.core.edtf import Window, read_when
from mapapp.core.geodesy import area_km2, around
from mapapp.core.model import Atlas, Layer, Place
from mapapp.core.snapshots import Gap, gaps, snapshots
from mapapp.core.view import View
from mapapp.data.load import load

SHIPPED = load()
LAYER = "control"
DATED = [place for place in SHIPPED.place.values() if place.layer == LAYER]
GEOD = Geod(ellps="WGS84")
BEFORE, AFTER = date(2020, 1, 1), date(2020, 2, 1)


def area(kind: str, day: str, shape: shapely.Geometry, error: float = 1) -> Place:
    pattern = next(place for layer in SHIPPED.layers if layer.id == LAYER for place in layer.places)
    return replace(
        pattern,
        id=f"{kind}-{day}-{shape.wkt}",
        kind=kind,
        valid=read_when(day),
        tolerance_km=error,
        geometry=shape,
    )


def atlas_of(*places: Place) -> Atlas:
    return replace(SHIPPED, layers=(Layer(LAYER, places),))


def days(last: date, compare: date | None, **more: object) -> View:
    return replace(View(Window(last, last), compare=compare), **more)


def compared(*places: Place) -> dict[str, Holder]:
    """Compare areas of 1 January with those of 1 February 2020."""
    found = comparison(atlas_of(*places), days(AFTER, BEFORE))
    assert found is not None
    return {holder.kind: holder for holder in found.holders}


def front(lon: float, day: str, error: float, *, south: float = 35, north: float = 36) -> list[Place]:
    """Return two areas that fill the same box, divided by a meridian."""
    return [
        area("government-held", day, shapely.box(36, south, lon, north), error),
        area("opposition-held", day, shapely.box(lon, south, 38, north), error),
    ]


def equal_area_km2(shape: shapely.Geometry) -> float:
    """Measure in an equal-area projection around the shape: another way than the program's."""
    lon, lat = shape.centroid.coords[0]
    dense = gpd.GeoSeries([shapely.segmentize(shape, 0.01)], crs="EPSG:4326")
    return float(dense.to_crs(f"+proj=laea +lon_0={lon} +lat_0={lat} +ellps=WGS84").area.iloc[0]) / 1e6


# --- areas -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [("2018-09-17", "2020-03-06"), ("2020-01-28", "2020-02-19"), ("2020-02-19", "2020-03-06")],
)
def test_areas_of_the_shipped_map_equal_those_in_an_equal_area_projection(before: str, after: str) -> None:
    found = comparison(SHIPPED, days(date.fromisoformat(after), date.fromisoformat(before)))
    assert found is not None
    changed = 0
    for holder in found.holders:
        one, other = (
            shapely.union_all([place.geometry for place in areas if place.kind == holder.kind])
            for areas in found.areas
        )
        assert holder.earlier.best == pytest.approx(equal_area_km2(one), rel=1e-4)
        assert holder.later.best == pytest.approx(equal_area_km2(other), rel=1e-4)
        for land, shape in ((holder.gained, other.difference(one)), (holder.lost, one.difference(other))):
            assert land.km2.best == pytest.approx(
                equal_area_km2(shape) if shape.area else 0, rel=1e-3, abs=0.2
            )
            changed += land.km2.best > 0
    assert changed >= 2


def test_successive_days_show_what_the_computed_layer_shows() -> None:
    """The layer of what changed hands and the comparison are one computation."""
    pieces = {place.id: place for layer in SHIPPED.layers if layer.id == "advance" for place in layer.places}
    marks = sorted(
        {place.valid.earliest for layer in SHIPPED.layers if layer.id == LAYER for place in layer.places}
    )
    as_of = {
        place.valid.earliest: dict(place.facts)["as_of"]
        for place in SHIPPED.place.values()
        if place.layer == LAYER
    }
    checked = 0
    for before, after in pairwise(marks):
        found = comparison(SHIPPED, days(after, before))
        assert found is not None
        holders = {holder.kind: holder for holder in found.holders}
        first, last = (str(as_of[day]).split("/")[0] for day in (before, after))
        for kind, holder in (("to-government", "government-held"), ("to-opposition", "opposition-held")):
            piece = pieces.get(f"{kind}-{first}-to-{last}")
            size = area_km2(piece.geometry) if piece else 0
            assert holders[holder].gained.km2.best == pytest.approx(size, abs=0.2)
            checked += piece is not None
    assert checked == len(pieces)


def distance_km(lon: float, lat: float, line: list[tuple[float, float]]) -> float:
    lons, lats = zip(*line, strict=True)
    count = len(line)
    return float(min(GEOD.inv([lon] * count, [lat] * count, lons, lats)[2])) / 1e3


def test_least_best_and_most_equal_a_count_of_random_points() -> None:
    """A front with a corner; each point is judged by its geodesic distance from points on the two lines."""
    earlier = [(37.0, 35.0), (37.0, 35.5), (37.1, 36.0)]
    later = [(37.3, 35.0), (37.45, 35.5), (37.3, 36.0)]
    box = shapely.box(36.6, 35, 37.9, 36)

    def sides(line: list[tuple[float, float]], day: str, error: float) -> list[Place]:
        west = shapely.Polygon([(36.6, 36), (36.6, 35), *line])
        return [
            area("government-held", day, west, error),
            area("opposition-held", day, box.difference(west), error),
        ]

    holders = compared(*sides(earlier, "2020-01-01", 4), *sides(later, "2020-02-01", 7))
    found = holders["government-held"].gained.km2
    dense = [
        shapely.get_coordinates(shapely.segmentize(shapely.LineString(line), 0.004))
        for line in (earlier, later)
    ]
    lines = [[(float(x), float(y)) for x, y in points] for points in dense]
    wests = [shapely.Polygon([(36.6, 36), (36.6, 35), *line]) for line in (earlier, later)]
    rng = random.Random(14)  # noqa: S311 - a repeatable sample
    count, low, best, high = 1500, 0, 0, 0
    sines = [math.sin(math.radians(lat)) for lat in (35, 36)]
    for _ in range(count):
        lon, lat = rng.uniform(36.6, 37.9), math.degrees(math.asin(rng.uniform(*sines)))
        (was, near_was), (is_now, near_now) = (
            (west.contains(shapely.Point(lon, lat)), distance_km(lon, lat, line) <= error)
            for west, line, error in zip(wests, lines, (4, 7), strict=True)
        )
        best += is_now and not was
        low += (is_now and not near_now) and not (was or near_was)
        high += (is_now or near_now) and (not was or near_was)
    whole = equal_area_km2(box)
    for share, value in ((low, found.least), (best, found.best), (high, found.most)):
        spread = math.sqrt(share * (count - share) / count) / count * whole
        assert value == pytest.approx(share / count * whole, abs=3.5 * spread)


@pytest.mark.parametrize("lat", [-60.5, 0, 35, 70])
def test_lines_are_moved_by_their_own_errors_everywhere_on_the_globe(lat: float) -> None:
    north, south = lat + 0.5, lat - 0.5
    holders = compared(
        *front(37.0, "2020-01-01", 3, south=south, north=north),
        *front(37.4, "2020-02-01", 5, south=south, north=north),
    )
    found = holders["government-held"].gained.km2
    high = GEOD.inv(37, south, 37, north)[2] / 1e3
    assert found.best - found.least == pytest.approx(8 * high, rel=0.005)
    assert found.most - found.best == pytest.approx(8 * high, rel=0.005)
    assert holders["opposition-held"].lost.km2.most == pytest.approx(found.most)


def test_a_distance_is_the_same_across_the_antimeridian() -> None:
    line = shapely.LineString([(179.9, 10), (179.9, 11)])
    same = shapely.LineString([(9.9, 10), (9.9, 11)])
    assert area_km2(around(line, 30)) == pytest.approx(area_km2(around(same, 30)), rel=1e-3)


# --- least and most ----------------------------------------------------------------------------------------

degrees = st.integers(0, 20).map(lambda n: n / 10)
shapes = st.lists(st.tuples(degrees, degrees), min_size=3, max_size=7, unique=True).map(
    lambda points: shapely.MultiPoint(points).convex_hull
)


@settings(max_examples=25)
@given(
    before=shapes.filter(lambda shape: shape.area > 0),
    after=shapes.filter(lambda shape: shape.area > 0),
    west=st.sampled_from([-179.5, -1, 36, 177]),
    south=st.sampled_from([-70, -1, 34, 66]),
    errors=st.tuples(st.floats(0.1, 40), st.floats(0.1, 40)),
)
def test_least_is_never_above_best_nor_best_above_most(
    before: shapely.Geometry, after: shapely.Geometry, west: float, south: float, errors: tuple[float, float]
) -> None:
    one, other = (shapely.transform(shape, lambda xy: np.add(xy, [west, south])) for shape in (before, after))
    found = comparison(
        atlas_of(
            area("government-held", "2020-01-01", one, errors[0]),
            area("government-held", "2020-02-01", other, errors[1]),
        ),
        days(AFTER, BEFORE),
    )
    assert found is not None
    (holder,) = found.holders
    lands = [
        *(one.land.km2 for one in found.transfers),
        holder.earlier,
        holder.later,
        holder.gained.km2,
        holder.lost.km2,
    ]
    for km2 in (*lands, holder.net):
        assert km2.least <= km2.best + 1e-6
        assert km2.best <= km2.most + 1e-6
        assert km2.rounded.least <= km2.rounded.best <= km2.rounded.most
    assert all(km2.least >= 0 for km2 in lands)
    assert holder.net.best == pytest.approx(holder.later.best - holder.earlier.best, abs=0.2)


def test_the_reverse_comparison_swaps_gained_and_lost() -> None:
    west, east = front(37, "2020-01-01", 2), front(37.2, "2020-02-01", 3)
    there = compared(*west, *east)
    back = compared(*front(37.2, "2020-01-01", 3), *front(37, "2020-02-01", 2))
    for kind, holder in there.items():
        assert holder.gained.km2.best == pytest.approx(back[kind].lost.km2.best)
        assert holder.gained.km2.least == pytest.approx(back[kind].lost.km2.least)
        assert holder.gained.km2.most == pytest.approx(back[kind].lost.km2.most)


def test_larger_errors_widen_the_bounds() -> None:
    narrow = compared(*front(37, "2020-01-01", 1), *front(37.2, "2020-02-01", 1))[
        "government-held"
    ].gained.km2
    wide = compared(*front(37, "2020-01-01", 4), *front(37.2, "2020-02-01", 4))["government-held"].gained.km2
    assert wide.least < narrow.least < narrow.best == wide.best < narrow.most < wide.most


def test_lines_that_are_the_same_on_both_days_add_no_change() -> None:
    """In the north the front stays, and the outer border stays everywhere."""
    moved = shapely.Polygon([(36, 35), (37.2, 35), (37.2, 35.4), (37, 35.4), (37, 36), (36, 36)])
    box = shapely.box(36, 35, 38, 36)
    holders = compared(
        *front(37, "2020-01-01", 2),
        area("government-held", "2020-02-01", moved, 2),
        area("opposition-held", "2020-02-01", box.difference(moved), 2),
    )
    gained = holders["government-held"].gained.km2
    km = GEOD.inv(37, 35.2, 37.2, 35.2)[2] / 1e3
    high = GEOD.inv(37, 35, 37, 35.4)[2] / 1e3
    assert gained.best == pytest.approx(km * high, rel=0.01)
    assert gained.most < (km + 4) * (high + 2) * 1.01
    assert holders["government-held"].lost.km2 == Estimate(0, 0, 0)


def test_land_that_passes_on_within_fixed_borders_is_known_exactly() -> None:
    """As regions do whose borders are not in doubt."""
    west, east = shapely.box(36, 35, 37, 36), shapely.box(37, 35, 38, 36)
    found = compared(
        area("government-held", "2020-01-01", west, 5),
        area("opposition-held", "2020-01-01", east, 5),
        area("government-held", "2020-02-01", west, 5),
        area("government-held", "2020-02-01", east, 5),
    )
    for land in (found["government-held"].gained, found["opposition-held"].lost):
        assert land.km2.least == land.km2.best == land.km2.most > 0


def test_the_edge_of_the_map_is_not_in_doubt_but_a_single_outline_is() -> None:
    held = compared(*front(37, "2020-01-01", 5), *front(37, "2020-02-01", 5))["government-held"].later
    km = GEOD.inv(37, 35, 37, 36)[2] / 1e3
    assert held.most - held.best == pytest.approx(5 * km, rel=0.01)
    flood = shapely.box(36, 35, 37, 36)
    lone = compared(
        area("government-held", "2020-01-01", flood, 5), area("government-held", "2020-02-01", flood, 5)
    )
    around_it = lone["government-held"].later
    assert around_it.most - around_it.best > 4 * 5 * km * 0.8
    assert lone["government-held"].gained.km2 == Estimate(0, 0, 0)


def test_contested_land_is_held_by_nobody() -> None:
    strip = shapely.box(36.9, 35, 37.1, 36)
    holders = compared(
        *front(37, "2020-01-01", 1), area("contested", "2020-01-01", strip, 1), *front(37, "2020-02-01", 1)
    )
    assert {*holders} == {"government-held", "opposition-held"}
    half = equal_area_km2(strip) / 2
    for holder in holders.values():
        assert holder.gained.km2.best == pytest.approx(half, rel=1e-3)
        assert holder.later.best - holder.earlier.best == pytest.approx(half, rel=1e-3)
    found = comparison(
        atlas_of(
            *front(37, "2020-01-01", 1),
            area("contested", "2020-02-01", strip, 1),
            *front(37, "2020-02-01", 1),
        ),
        days(AFTER, BEFORE),
    )
    assert found is not None
    (nobody,) = (one for one in found.kinds if one not in found.holders)
    assert (nobody.kind, nobody.contested) == ("contested", True)
    assert nobody.earlier == nobody.lost.km2 == Estimate(0, 0, 0)
    assert nobody.later.best == nobody.gained.km2.best == pytest.approx(2 * half, rel=1e-3)
    assert {(one.before, one.after) for one in found.transfers} == {
        ("government-held", "contested"),
        ("opposition-held", "contested"),
    }


def test_land_that_is_no_longer_covered_is_said_to_be_so() -> None:
    found = comparison(
        atlas_of(*front(37, "2020-01-01", 1), front(37, "2020-02-01", 1)[0]), days(AFTER, BEFORE)
    )
    assert found is not None
    assert [(one.before, one.after) for one in found.transfers] == [("opposition-held", None)]


# --- days --------------------------------------------------------------------------------------------------


def test_a_day_without_a_snapshot_names_the_nearest_ones() -> None:
    view = days(date(2020, 2, 19), date(2019, 7, 1))
    assert comparison(SHIPPED, view) is None
    assert gaps(SHIPPED, view) == (Gap(date(2019, 7, 1), (date(2019, 5, 5), date(2019, 8, 31))),)
    early = days(date(2020, 2, 19), date(2018, 1, 1))
    assert gaps(SHIPPED, early) == (Gap(date(2018, 1, 1), (date(2018, 9, 17),)),)


def test_what_began_after_the_as_of_day_is_not_compared() -> None:
    view = days(date(2020, 2, 19), date(2020, 3, 10), as_of=date(2020, 2, 19))
    assert gaps(SHIPPED, view) == (Gap(date(2020, 3, 10), (date(2020, 2, 22),)),)
    assert comparison(SHIPPED, replace(view, as_of=None)) is not None


def test_the_later_day_comes_last_whichever_is_asked_for() -> None:
    one, other = (
        comparison(SHIPPED, days(last, compare))
        for last, compare in (
            (BEFORE.replace(day=28), date(2020, 2, 19)),
            (date(2020, 2, 19), BEFORE.replace(day=28)),
        )
    )
    assert isinstance(one, Comparison)
    assert isinstance(other, Comparison)
    assert (one.first, one.last) == (other.first, other.last)
    assert [holder.gained.km2 for holder in one.holders] == [holder.gained.km2 for holder in other.holders]


def test_days_of_one_snapshot_are_the_same() -> None:
    found = comparison(SHIPPED, days(date(2018, 10, 1), date(2018, 9, 17)))
    assert found is not None
    assert found.same
    assert all(holder.gained.km2 == holder.lost.km2 == Estimate(0, 0, 0) for holder in found.holders)
    assert found.transfers == ()


def test_nothing_is_compared_unless_a_day_is_named() -> None:
    view = days(date(2020, 2, 19), None)
    assert comparison(SHIPPED, view) is None
    assert gaps(SHIPPED, view) == ()


def test_a_map_without_dated_areas_cannot_be_compared(tiny_atlas: Atlas) -> None:
    bare = replace(tiny_atlas, layers=tuple(layer for layer in tiny_atlas.layers if layer.id != LAYER))
    assert comparison(bare, days(AFTER, BEFORE)) is None
    assert snapshots(bare, days(AFTER, None)) == ()


def test_the_snapshots_cover_exactly_the_days_that_can_be_compared() -> None:
    view = days(date(2020, 2, 19), None)
    found = snapshots(SHIPPED, view)
    assert [(str(one.first), str(one.last)) for one in found[:3]] == [
        ("2018-09-17", "2019-05-05"),
        ("2019-08-31", "2019-12-18"),
        ("2020-01-28", "2020-01-29"),
    ]
    for certain in (False, True):
        view = replace(view, certain=certain)
        listed = snapshots(SHIPPED, view)
        for offset in range(0, 2400, 7):
            day = date(2018, 1, 1) + timedelta(days=offset)
            held = any(one.first <= day <= one.last for one in listed)
            assert held == (gaps(SHIPPED, replace(view, window=Window(day, day), compare=day)) == ())


# --- round numbers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("km2", "rounded"),
    [
        ((812, 1013, 1187), (810, 1000, 1200)),
        ((407.7, 1346.2, 2721.8), (400, 1300, 2700)),
        ((1326, 1326, 1326), (1300, 1300, 1300)),
        ((34.25, 347.48, 889.2), (0, 300, 900)),
        ((0, 26.1, 152.6), (0, 30, 150)),
        ((0.31, 0.36, 0.41), (0.3, 0.4, 0.4)),
        ((-1169.9, -376.9, 310.8), (-1200, -400, 300)),
        ((0, 0, 0), (0, 0, 0)),
    ],
)
def test_round_numbers_are_as_exact_as_they_are_known(
    km2: tuple[float, float, float], rounded: tuple[float, float, float]
) -> None:
    assert Estimate(*km2).rounded == Estimate(*rounded)


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted))
def test_round_numbers_keep_their_order_and_have_two_figures(values: list[float]) -> None:
    found = Estimate(*values).rounded
    assert found.least <= found.best <= found.most
    for value in (found.least, found.best, found.most):
        assert float(f"{value:.1e}") == pytest.approx(value)
