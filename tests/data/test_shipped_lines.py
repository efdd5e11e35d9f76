"""Dated lines, who held what on either side, what changed hands, and the ground they run over."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pytest
import shapely
from pyproj import Geod, Transformer
from shapely.geometry import Point
from shapely.ops import substring

from mapapp.core.edtf import Window
from mapapp.core.select import select
from mapapp.core.view import View
from mapapp.data.load import load

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Place

ATLAS = load()
DAYS = (
    *("2018-09-17", "2019-08-31", "2020-01-28", "2020-02-08"),
    *("2020-02-14", "2020-02-16", "2020-02-19", "2020-03-06"),
)
HOLDERS = ("opposition", "government", "turkish", "kurdish-and-army", "contested")
ELLIPSOID = Geod(ellps="WGS84")
METRES = Transformer.from_crs(4326, 32637, always_xy=True)


class Reported(NamedTuple):
    """A place and the side on which a dated report has it. ``source`` is an id of ``data/sources.yaml``."""

    name: str
    lon: float
    lat: float
    source: str


# Villages by OCHA's list of places, towns by GeoNames, rounded.
TAKEN = {
    "2020-01-28": [  # the army's list of 29 January
        Reported("Maarat al-Numan", 36.6769, 35.6483, "s140"),
        Reported("Bsida", 36.6523, 35.5893, "s140"),
        Reported("Taqana", 36.6863, 35.5793, "s140"),
        Reported("Babulin", 36.6787, 35.5403, "s140"),
        Reported("Kafruma", 36.6331, 35.6353, "s140"),
        Reported("Hamidiyah", 36.6567, 35.6151, "s140"),
        Reported("Dana", 36.6881, 35.6999, "s140"),
        Reported("Babila", 36.7289, 35.7033, "s140"),
        Reported("Ghadfa", 36.7915, 35.6747, "s140"),
        Reported("Maasaran", 36.8035, 35.7073, "s140"),
        Reported("Tell al-Sawami", 36.7593, 35.7075, "s140"),
    ],
    "2020-02-08": [  # the army's list of 9 February; Jubb Kas by the Observatory
        Reported("Khan al-Subul", 36.7557, 35.7567, "s141"),
        Reported("Kafr Battikh", 36.7255, 35.7819, "s141"),
        Reported("Jobas", 36.7609, 35.8373, "s141"),
        Reported("Nayrab", 36.7183, 35.8691, "s141"),
        Reported("Afs", 36.8045, 35.9065, "s141"),
        Reported("Saraqib", 36.8059, 35.8645, "s141"),
        Reported("Zammar", 36.9877, 35.8923, "s141"),
        Reported("Tell Bajer", 36.9823, 35.9483, "s141"),
        Reported("Jazraya", 36.9849, 35.8603, "s141"),
        Reported("Khan Tuman", 37.0509, 36.1185, "s141"),
        Reported("Khalsah", 37.0511, 36.0599, "s141"),
        Reported("Zaytan", 37.0123, 36.0585, "s141"),
        Reported("al-Eis", 36.9995, 35.9951, "s141"),
        Reported("Tell Sultan", 36.9921, 35.7995, "s154"),
        Reported("Jubb Kas", 36.8733, 35.9833, "s142"),
    ],
    "2020-02-14": [
        Reported("Zarbah", 36.9801, 36.0677, "s144"),
        Reported("Kafr Halab", 36.8695, 36.0599, "s145"),
        Reported("Khan al-Asal", 37.0287, 36.1651, "s153"),  # on the M5's last stretch
        Reported("Regiment 46", 36.9030, 36.1320, "s152"),
        Reported("Urum al-Kubra", 36.9473, 36.1479, "s147"),
    ],
    "2020-02-16": [
        Reported("Uwayjil", 36.9281, 36.1789, "s148"),
        Reported("Mansurah", 37.0537, 36.2017, "s151"),
        Reported("Kafr Hamra", 37.0813, 36.2543, "s149"),
        Reported("Anadan", 37.0443, 36.2923, "s149"),
        Reported("Hreitan", 37.0853, 36.2886, "s149"),
        Reported("Hayyan", 37.0591, 36.3233, "s149"),
        Reported("Bayanun", 37.0495, 36.3415, "s149"),
        Reported("Babis", 37.0337, 36.2449, "s149"),
        Reported("Shuwayhna", 37.0591, 36.2227, "s149"),
        Reported("Tell Musaybin", 37.1007, 36.3053, "s149"),
        Reported("Kafr Dael", 37.0208, 36.2167, "s149"),
    ],
    "2020-02-19": [
        Reported("Basratun", 36.9105, 36.2025, "s150"),
        Reported("Anjara", 36.9483, 36.2169, "s150"),
        Reported("Sheikh Aqil", 36.9403, 36.3119, "s150"),
        Reported("Nayrab", 36.7183, 35.8691, "s160"),
    ],
}
# What a later list says was taken after that day, so that it was still the opposition's on it.
STILL_HELD = {
    "2020-01-28": [*TAKEN["2020-02-08"][:7], *TAKEN["2020-02-08"][9:10]],
    "2020-02-08": TAKEN["2020-02-14"],
    "2020-02-14": TAKEN["2020-02-16"],
    "2020-02-16": TAKEN["2020-02-19"][:3],
}


def area(holder: str, day: str) -> Place:
    return ATLAS.place[f"{holder}-area-{day}"]


def areas(day: str) -> list[Place]:
    found = (ATLAS.place.get(f"{holder}-area-{day}") for holder in HOLDERS)
    return [place for place in found if place is not None]


def line(day: str) -> Place:
    return ATLAS.place[f"contact-line-{day}"]


def in_metres(geometry: BaseGeometry) -> BaseGeometry:
    def metres(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        east, north = METRES.transform(degrees[:, 0], degrees[:, 1])
        return shapely.get_coordinates(shapely.points(east, north))

    return shapely.transform(geometry, metres)


def square_km(geometry: BaseGeometry) -> float:
    """Return an area on the ellipsoid, in km2."""
    parts = shapely.get_parts(shapely.orient_polygons(geometry))
    return sum(ELLIPSOID.geometry_area_perimeter(part)[0] for part in parts) / 1e6


def advances() -> list[Place]:
    return [place for layer in ATLAS.layers if layer.id == "advance" for place in layer.places]


# --- the lines and the reports -----------------------------------------------------------------------------


@pytest.mark.parametrize("day", TAKEN)
def test_what_is_reported_as_taken_by_a_day_lies_behind_its_line(day: str) -> None:
    held = area("opposition", day).geometry
    assert [place.name for place in TAKEN[day] if held.contains(Point(place.lon, place.lat))] == []


@pytest.mark.parametrize("day", STILL_HELD)
def test_what_is_reported_as_taken_later_lies_before_the_line(day: str) -> None:
    held = area("opposition", day).geometry
    assert [place.name for place in STILL_HELD[day] if not held.contains(Point(place.lon, place.lat))] == []


@pytest.mark.parametrize("day", TAKEN)
def test_a_line_cites_the_reports_it_is_tested_against(day: str) -> None:
    assert {place.source for place in TAKEN[day]} <= {source for n in DAYS for source in line(n).sources}
    assert {place.source for place in TAKEN[day]} & set(line(day).sources)


def test_no_ground_is_won_back_before_the_articles_date() -> None:
    for before, after in pairwise(DAYS[:-1]):
        won = area("opposition", after).geometry.difference(area("opposition", before).geometry)
        assert square_km(won) < 0.01, (before, after)


def test_a_line_leaves_the_line_before_only_to_stay_away_from_it() -> None:
    """A vertex is either the same as before or well away, so that no sliver comes between two dates."""
    for before, after in pairwise(DAYS):
        old = in_metres(line(before).geometry)
        kept = set(line(before).geometry.coords)
        near = [
            corner
            for corner in line(after).geometry.coords
            if corner not in kept and in_metres(Point(corner)).distance(old) < 250
        ]
        assert near == [], (before, after)


# --- who held what -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
def test_the_areas_of_a_day_leave_no_gap_and_overlap_nowhere(day: str) -> None:
    parts = [part for place in areas(day) for part in shapely.get_parts(place.geometry)]
    assert shapely.coverage_is_valid(parts)
    whole = shapely.union_all(parts)
    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 0


@pytest.mark.parametrize("day", DAYS)
def test_the_same_land_is_divided_on_every_day(day: str) -> None:
    whole, first = (shapely.union_all([place.geometry for place in areas(n)]) for n in (day, DAYS[0]))
    assert square_km(whole) == pytest.approx(square_km(first), abs=0.01)


@pytest.mark.parametrize("day", DAYS)
def test_no_area_is_a_sliver(day: str) -> None:
    for place in areas(day):
        for part in shapely.get_parts(in_metres(place.geometry)):
            assert not part.buffer(-500).is_empty, place.id  # somewhere more than a kilometre wide
            assert part.area > 5e6, place.id


@pytest.mark.parametrize("day", DAYS)
def test_the_contact_line_parts_the_opposition_from_others(day: str) -> None:
    """The line is an edge of the opposition's area and of the others', vertex by vertex."""
    front = line(day).geometry
    others = [place.geometry for place in areas(day) if place.kind != "opposition-held"]
    shared = front.intersection(shapely.union_all([shape.boundary for shape in others]))
    assert shared.length == pytest.approx(front.length, rel=1e-6)
    assert front.covered_by(area("opposition", day).geometry.boundary)


def test_every_area_of_a_day_is_shown_as_long_as_its_line() -> None:
    for day in DAYS:
        assert {place.valid.edtf for place in areas(day)} == {line(day).valid.edtf}


@pytest.mark.parametrize(
    ("holder", "towns"),
    [
        ("government", [(37.1612, 36.2012), (36.7578, 35.1318), (36.9929, 36.3787)]),  # Aleppo, Hama, Nubl
        ("turkish", [(36.8695, 36.5119), (37.0463, 36.5866), (37.1971, 36.4826)]),  # Afrin, Azaz, Marea
        ("kurdish-and-army", [(37.0947, 36.4723), (37.0720, 36.4199)]),  # Tell Rifaat, Kafr Naya
    ],
)
def test_towns_lie_with_those_who_held_them_throughout(holder: str, towns: list[tuple[float, float]]) -> None:
    for day in DAYS:
        held = area(holder, day).geometry
        assert [town for town in towns if not held.contains(Point(town))] == [], day


# --- what changed hands ------------------------------------------------------------------------------------


def test_what_changed_hands_is_computed_between_all_successive_days() -> None:
    assert [place.id for place in advances()] == [
        *(f"to-government-{before}-to-{after}" for before, after in pairwise(DAYS)),
        "to-opposition-2020-02-19-to-2020-03-06",
    ]


@pytest.mark.parametrize("place", advances(), ids=lambda place: place.id)
def test_an_area_that_changed_hands_measures_the_same_on_the_ellipsoid(place: Place) -> None:
    """The program measures in an equal-area projection; here it is measured along geodesics."""
    stated = dict(place.facts)["area_km2"]
    assert stated == pytest.approx(square_km(place.geometry), abs=0.6)
    shown, name = re.search(r"about ([\d,]+) km²", place.names.texts["en"]), place.names.texts["en"]
    assert shown is not None, name
    assert int(shown[1].replace(",", "")) == pytest.approx(stated, rel=0.06)


def test_what_changed_hands_adds_up_to_the_difference_of_the_areas() -> None:
    signs = {"to-government": 1, "to-opposition": -1}
    total = sum(signs[place.kind] * square_km(place.geometry) for place in advances())
    first, last = (square_km(area("opposition", day).geometry) for day in (DAYS[0], DAYS[-1]))
    assert total == pytest.approx(first - last, abs=0.3)


def test_each_report_of_a_taking_lies_in_what_changed_hands_by_then() -> None:
    for before, after in pairwise(DAYS):
        taken = ATLAS.place[f"to-government-{before}-to-{after}"].geometry
        if f"contested-area-{after}" in ATLAS.place:  # reports disagree: it changes hands later
            taken = taken.union(ATLAS.place[f"contested-area-{after}"].geometry)
        both = [place for place in TAKEN.get(after, []) if place in STILL_HELD.get(before, [])]
        assert [place.name for place in both if not taken.contains(Point(place.lon, place.lat))] == []


def test_as_known_on_the_articles_day_nothing_shows_of_what_came_later() -> None:
    day: date = ATLAS.day
    shown = select(ATLAS, View(window=Window(day, day), as_of=day)).places
    assert [place.id for place, _, _ in shown if place.layer == "advance"] == [
        "to-government-2020-02-16-to-2020-02-19"
    ]


# --- the ground --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "within_km", "touched"),
    [
        ("road-m5", 2, [(36.7324, 34.9267), (36.6510, 35.4421), (36.6436, 35.5479), (36.7557, 35.7567),
                        (36.8059, 35.8645), (36.9801, 36.0677), (36.9663, 36.0367)]),
        ("road-m4", 3, [(36.1965, 35.8115), (36.3198, 35.8142), (36.4721, 35.7874), (36.6096, 35.8137),
                        (36.8059, 35.8645), (37.5157, 36.3705), (37.7211, 36.4730), (37.9550, 36.5282)]),
        ("road-bab-al-hawa", 2, [(37.0287, 36.1651), (36.9473, 36.1479), (36.8250, 36.1391),
                                 (36.6917, 36.2308)]),
        ("river-orontes", 3, [(36.7324, 34.9267), (36.7578, 35.1318), (36.5040, 35.2718),
                              (36.3198, 35.8142), (36.3936, 35.9918)]),
        ("river-afrin", 3, [(36.8695, 36.5119), (36.6650, 36.3397)]),
        ("river-quwayq", 3, [(37.1612, 36.2012), (37.0509, 36.1185), (36.9995, 35.9951)]),
    ],
)  # fmt: skip
def test_a_road_or_river_touches_the_places_it_is_known_for(
    place: str, within_km: float, touched: list[tuple[float, float]]
) -> None:
    shape = in_metres(ATLAS.place[place].geometry)
    far = [town for town in touched if in_metres(Point(town)).distance(shape) > within_km * 1000]
    assert far == []
    assert ATLAS.place[place].tolerance_km == within_km


@pytest.mark.parametrize(
    "place", ["road-m5", "road-m4", "road-bab-al-hawa", "river-orontes", "river-afrin", "river-quwayq"]
)
def test_a_road_or_river_has_a_vertex_every_few_kilometres(place: str) -> None:
    """Where the map is used most; not along the border, which Natural Earth draws straight."""
    story = shapely.box(35.7, 34.7, 37.4, 36.0 if place == "river-orontes" else 36.8)
    apart = [
        ELLIPSOID.line_length(*zip(start, end, strict=True)) / 1000
        for part in shapely.get_parts(ATLAS.place[place].geometry)
        for start, end in pairwise(part.coords)
        if story.contains(Point(start)) and story.contains(Point(end))
    ]
    assert len(apart) > 10
    assert sorted(apart)[len(apart) // 2] < 4
    assert max(apart) < 7


def test_the_corridor_lies_six_kilometres_on_each_side_of_the_road() -> None:
    corridor, road = (in_metres(ATLAS.place[name].geometry) for name in ("corridor-m4", "road-m4"))
    edge = corridor.boundary
    ends = [in_metres(Point(end)) for end in ((36.1675, 35.7813), (36.7693, 35.8605))]
    sides = [
        point
        for point in (edge.interpolate(metre) for metre in range(0, int(edge.length), 500))
        if min(point.distance(end) for end in ends) > 6500
    ]
    road = substring(road, *(road.project(end) for end in ends))
    assert len(sides) > 150
    assert all(abs(point.distance(road) - 6000) < 60 for point in sides)
    assert dict(ATLAS.place["corridor-m4"].facts)["depth_km"] == 6


def test_the_orontes_runs_through_its_lake_and_the_euphrates_through_its_own() -> None:
    for river, lake in (("river-orontes", "lake-qattinah"), ("river-euphrates", "lake-assad")):
        assert ATLAS.place[river].geometry.intersects(ATLAS.place[lake].geometry)


def test_no_contested_land_counts_as_having_changed_hands() -> None:
    contested = [place for place in ATLAS.place.values() if place.kind == "contested"]
    assert len(contested) == 3
    for area in contested:
        day = area.id.removeprefix("contested-area-")
        (taken,) = (place for place in advances() if place.id.endswith(day))
        assert square_km(taken.geometry.intersection(area.geometry)) < 0.05
