"""The shipped geography agrees with the sources; distances in UTM zone 37N, areas on the ellipsoid."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import Point
from shapely.ops import substring

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

GEO = Path(__file__).parents[2] / "data" / "geo"
LAYERS = (
    *("land", "countries", "governorates", "zones", "dmz", "control", "corridor"),
    *("contact-lines", "posts", "roads", "rivers", "lakes", "relief", "towns"),
)
SLIVER_KM2 = 0.05
BASHMRA = gpd.GeoSeries([Point(36.9849, 36.3329)], crs=4326).to_crs(32637)[0]  # where the line meets Nubl
ELLIPSOID = Geod(ellps="WGS84")


def read(layer: str) -> gpd.GeoDataFrame:
    """Read a layer by its JSON, so that no text turns into timestamps; rows by id, in UTM 37N metres."""
    text = (GEO / f"{layer}.geojson").read_text(encoding="utf-8")
    frame = gpd.GeoDataFrame.from_features(json.loads(text)["features"], crs=4326)
    return frame.set_index("id").to_crs(32637)


FRAME = {layer: read(layer) for layer in LAYERS if layer not in ("land", "countries")}
LONLAT: dict[str, BaseGeometry] = {}
FACTS: dict[str, dict[str, Any]] = {}
for _layer in LAYERS:
    for _feature in json.loads((GEO / f"{_layer}.geojson").read_text(encoding="utf-8"))["features"]:
        LONLAT[_feature["id"]] = shapely.from_geojson(json.dumps(_feature["geometry"]))
        FACTS[_feature["id"]] = _feature["properties"]

ZONE = FRAME["zones"].geometry
GOVERNORATE = FRAME["governorates"].geometry
HELD = FRAME["control"]
CONTROL = HELD[HELD["kind"] == "opposition-held"].geometry
POST = FRAME["posts"]
LINE = FRAME["contact-lines"].geometry
TURKISH_TWELVE = [f"post-tr-{number:02d}" for number in range(1, 13)]
ON_THE_BORDER = ("opposition-held", "government-held", "turkish-held")
SNAPSHOTS = sorted(place.removeprefix("opposition-area-") for place in CONTROL.index)


def share(inner: BaseGeometry, outer: BaseGeometry) -> float:
    """Return the share of an area that lies in another."""
    return inner.intersection(outer).area / inner.area


def square_km(lonlat: BaseGeometry) -> float:
    """Return an area on the ellipsoid, which holds outside the UTM zone too."""
    return abs(ELLIPSOID.geometry_area_perimeter(lonlat)[0]) / 1e6


def edge_points(area: BaseGeometry, step_m: int = 500) -> list[Point]:
    """Return points along an area's edge, one every ``step_m`` metres."""
    edge = area.boundary
    return [edge.interpolate(metre) for metre in range(0, int(edge.length), step_m)]


def lies_in(place: str, kind: str) -> list[str]:
    """Return the ids with a prefix such as ``governorate-`` that a place says it lies in."""
    return [area for area in FACTS[place].get("within", []) if area.startswith(kind)]


# --- the four zones ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "governorates"),
    [
        ("zone-idlib", {"idlib": 0.5, "aleppo": 0.2, "hama": 0.1, "latakia": 0.003}),
        ("zone-homs", {"homs": 0.6, "hama": 0.2}),
        ("zone-ghouta", {"rural-damascus": 0.9, "damascus": 0.03}),
        ("zone-south", {"daraa": 0.8, "quneitra": 0.08}),
    ],
)
def test_each_zone_lies_in_the_governorates_the_memorandum_names(
    zone: str, governorates: dict[str, float]
) -> None:
    shares = {name: share(ZONE[zone], GOVERNORATE[f"governorate-{name}"]) for name in governorates}
    assert all(shares[name] >= least for name, least in governorates.items()), shares
    assert sum(shares.values()) > 0.96, shares  # the rest is what the lines may be off
    assert lies_in(zone, "governorate-") == [f"governorate-{name}" for name in governorates]


def test_the_idlib_zone_contains_the_whole_governorate() -> None:
    assert ZONE["zone-idlib"].buffer(20).covers(GOVERNORATE["governorate-idlib"])


def test_the_zones_do_not_touch_each_other() -> None:
    gaps = [a.distance(b) for number, a in enumerate(ZONE) for b in ZONE.iloc[number + 1 :]]
    assert min(gaps) > 10_000


@pytest.mark.parametrize(
    ("zone", "towns"),
    [
        (
            "zone-idlib",
            ["idlib", "saraqib", "maarat-al-numan", "khan-shaykhun", "jisr-al-shughur", "abu-al-duhur"],
        ),
        ("zone-homs", ["rastan", "talbiseh"]),
        ("zone-ghouta", ["douma"]),
        ("zone-south", ["quneitra"]),
    ],
)
def test_zones_contain_the_towns_they_are_known_for(zone: str, towns: list[str]) -> None:
    points = FRAME["towns"].geometry.loc[[f"place-{town}" for town in towns]]
    assert points.within(ZONE[zone]).all()


@pytest.mark.parametrize("town", ["aleppo", "hama", "latakia", "homs", "damascus"])
def test_no_zone_contains_a_city_that_the_government_kept(town: str) -> None:
    assert not ZONE.contains(FRAME["towns"].geometry[f"place-{town}"]).any()


def test_three_zones_came_under_government_control_and_idlib_in_part() -> None:
    last = {zone: FACTS[zone]["statuses"][-1] for zone in ZONE.index}
    assert {zone: (status["status"], status["when"]) for zone, status in last.items()} == {
        "zone-idlib": ("partly-government", "2018-01-21/.."),
        "zone-homs": ("government", "2018-05-16/.."),
        "zone-ghouta": ("government", "2018-04-14/.."),
        "zone-south": ("government", "2018-07-26~/.."),
    }


def test_the_homs_zone_states_an_error_that_allows_for_the_figure_of_the_army() -> None:
    zone = ZONE["zone-homs"]
    assert zone.buffer(FACTS["zone-homs"]["tolerance_km"] * 1000).area / 1e6 > 1200


# --- the demilitarised zone --------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [15, 20])
def test_the_inner_edge_lies_at_the_stated_depth_from_the_line_of_2018(depth: int) -> None:
    zone = FRAME["dmz"].geometry[f"dmz-{depth}-km"]
    limit, front = CONTROL["opposition-area-2018-09-17"].boundary, LINE["contact-line-2018-09-17"]
    line = substring(front, front.project(BASHMRA), front.length)
    inner = [point for point in edge_points(zone) if point.distance(limit) > 1000]
    assert len(inner) > 200  # the inner edge is more than 100 km long
    depths = [point.distance(line) / 1000 for point in inner]
    assert depth - 0.5 < min(depths), min(depths)
    assert max(depths) < depth + 0.5, max(depths)
    assert FACTS[f"dmz-{depth}-km"]["depth_km"] == depth


def test_the_outer_edge_is_the_line_of_2018() -> None:
    front = LINE["contact-line-2018-09-17"]
    outer = front.intersection(FRAME["dmz"].geometry["dmz-15-km"].buffer(50))
    assert outer.length / front.length > 0.9  # all but the part that faces Afrin


def test_the_shallower_zone_lies_in_the_deeper_and_both_on_the_opposition_side() -> None:
    shallow, deep = (FRAME["dmz"].geometry[f"dmz-{depth}-km"] for depth in (15, 20))
    side = CONTROL["opposition-area-2018-09-17"]
    assert share(shallow, deep) > 0.999
    assert share(deep, side) > 0.999
    assert share(deep, ZONE["zone-idlib"]) > 0.999


# --- posts -------------------------------------------------------------------------------------------------


def test_there_are_twelve_turkish_observation_posts_all_in_the_idlib_zone() -> None:
    twelve = POST[(POST["kind"] == "observation-post") & (POST["operator"] == "TR")]
    assert sorted(twelve.index) == TURKISH_TWELVE
    assert sorted(twelve["number"]) == list(range(1, 13))
    assert twelve.within(ZONE["zone-idlib"]).all()
    assert all("zone-idlib" in FACTS[post]["within"] for post in TURKISH_TWELVE)


def test_russian_posts_are_on_the_government_side() -> None:
    russian = POST[POST["operator"] == "RU"]
    assert len(russian) == 3  # as many as have a known place
    assert not russian.within(CONTROL["opposition-area-2018-09-17"]).any()


def test_posts_surrounded_on_the_articles_date_lie_behind_the_line_and_open_ones_before_it() -> None:
    side = CONTROL["opposition-area-2020-02-19"]
    surrounded = set(TURKISH_TWELVE[2:9])  # numbers 3 to 9
    for post in TURKISH_TWELVE:
        begun = [s["status"] for s in FACTS[post]["statuses"] if s["when"][:10] <= "2020-02-19"]
        assert (begun[-1] == "surrounded") == (post in surrounded), post
        assert side.contains(POST.geometry[post]) == (post not in surrounded), post


# --- who held what -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", SNAPSHOTS)
def test_the_opposition_area_lies_in_the_idlib_zone(day: str) -> None:
    assert share(CONTROL[f"opposition-area-{day}"], ZONE["zone-idlib"]) > 0.9999


@pytest.mark.parametrize("day", SNAPSHOTS)
def test_the_contact_line_of_a_day_is_an_edge_of_that_days_area(day: str) -> None:
    line, edge = LINE[f"contact-line-{day}"], CONTROL[f"opposition-area-{day}"].boundary
    assert line.intersection(edge.buffer(20)).length / line.length > 0.999


@pytest.mark.parametrize("day", SNAPSHOTS)
def test_the_stated_share_of_idlib_governorate_is_the_measured_one(day: str) -> None:
    measured = 100 * share(GOVERNORATE["governorate-idlib"], CONTROL[f"opposition-area-{day}"])
    assert FACTS[f"opposition-area-{day}"]["idlib_share_pct"] == pytest.approx(measured, abs=0.6)


def test_the_opposition_area_shrinks_from_day_to_day() -> None:
    areas = [CONTROL[f"opposition-area-{day}"].area for day in SNAPSHOTS]
    assert areas == sorted(areas, reverse=True)
    assert len(areas) == 8


@pytest.mark.parametrize(
    ("day", "held", "lost"),
    [
        ("2018-09-17", ["khan-shaykhun", "morek", "saraqib", "al-eis"], ["abu-al-duhur", "aleppo", "hama"]),
        ("2019-08-31", ["maarat-al-numan", "saraqib", "anadan"], ["khan-shaykhun", "morek"]),
        ("2020-01-28", ["saraqib", "kafr-nabl", "anadan", "al-eis"], ["maarat-al-numan"]),
        (
            "2020-02-19",
            ["idlib", "kafr-nabl", "taftanaz", "kabani"],
            ["saraqib", "nayrab", "anadan", "khan-al-asal"],
        ),
        ("2020-03-06", ["idlib", "nayrab", "balyun", "ariha"], ["kafr-nabl", "saraqib", "trumba"]),
    ],
)
def test_towns_lie_on_the_side_reported_for_the_day(day: str, held: list[str], lost: list[str]) -> None:
    towns, side = FRAME["towns"].geometry, CONTROL[f"opposition-area-{day}"]
    assert [town for town in held if not side.contains(towns[f"place-{town}"])] == []
    assert [town for town in lost if side.contains(towns[f"place-{town}"])] == []


def test_the_whole_motorway_to_aleppo_is_behind_the_line_on_the_articles_date() -> None:
    inside = FRAME["roads"].geometry["road-m5"].intersection(CONTROL["opposition-area-2020-02-19"]).length
    assert inside < 3000, inside  # both lines are drawn to 2 km or worse


# --- borders -----------------------------------------------------------------------------------------------


def test_the_governorates_make_up_syria_without_gap_or_overlap() -> None:
    parts = [LONLAT[place] for place in GOVERNORATE.index]
    assert len(parts) == 14
    assert shapely.coverage_is_valid(parts)
    rest = shapely.union_all(parts).symmetric_difference(LONLAT["syria"])
    assert rest.is_empty or square_km(rest) < SLIVER_KM2


def test_countries_share_their_borders_without_sliver() -> None:
    countries = [place for place, facts in FACTS.items() if facts["kind"] in ("country", "disputed-area")]
    assert shapely.coverage_is_valid([LONLAT[place] for place in countries])


@pytest.mark.parametrize("neighbour", ["turkey", "iraq", "jordan", "lebanon", "golan-heights"])
def test_syria_and_its_neighbours_leave_no_gap_between_them(neighbour: str) -> None:
    both = shapely.union_all([LONLAT["syria"], LONLAT[neighbour]])
    assert both.geom_type in ("Polygon", "MultiPolygon")
    holes = [hole for part in shapely.get_parts(both) for hole in part.interiors]
    assert holes == []
    assert LONLAT["syria"].boundary.intersection(LONLAT[neighbour].boundary).length > 0.3  # degrees


def test_land_lies_under_every_country() -> None:
    countries = [
        LONLAT[place] for place, facts in FACTS.items() if facts["kind"] in ("country", "disputed-area")
    ]
    bare = shapely.union_all(countries).difference(LONLAT["land"])
    assert bare.is_empty or square_km(bare) < SLIVER_KM2


@pytest.mark.parametrize("area", ["zone-idlib", "zone-south", *HELD[HELD["kind"].isin(ON_THE_BORDER)].index])
def test_areas_on_the_border_follow_it(area: str) -> None:
    outside = LONLAT[area].difference(LONLAT["syria"])
    assert outside.is_empty or square_km(outside) < SLIVER_KM2
    along = LONLAT[area].boundary.intersection(LONLAT["syria"].boundary)
    assert along.length > 0.3, "it should share the border's own vertices"  # degrees


# --- towns -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("town", list(FRAME["towns"].index))
def test_a_town_is_on_land_in_its_country_and_governorate(town: str) -> None:
    point = LONLAT[town]
    assert LONLAT["land"].contains(point)
    syrian = FACTS[town]["country"] == "SY"
    home = (
        "syria"
        if syrian
        else next(a for a in FACTS[town]["within"] if FACTS[a].get("iso2") == FACTS[town]["country"])
    )
    assert LONLAT[home].contains(point)
    around = [place for place in GOVERNORATE.index if LONLAT[place].contains(point)]
    assert around == lies_in(town, "governorate-")
    assert len(around) == syrian


@pytest.mark.parametrize(
    ("town", "governorate"),
    [
        ("kabani", "latakia"), ("ain-al-hawr", "latakia"), ("abu-al-duhur", "idlib"),
        ("khan-shaykhun", "idlib"), ("jisr-al-shughur", "idlib"), ("bab-al-hawa", "idlib"),
        ("morek", "hama"), ("al-eis", "aleppo"), ("khan-al-asal", "aleppo"),
        ("atarib", "aleppo"), ("darat-izza", "aleppo"), ("douma", "rural-damascus"),
        ("damascus", "damascus"), ("rastan", "homs"), ("quneitra", "quneitra"),
    ],
)  # fmt: skip
def test_towns_near_a_border_are_on_the_right_side_of_it(town: str, governorate: str) -> None:
    assert lies_in(f"place-{town}", "governorate-") == [f"governorate-{governorate}"]


@pytest.mark.parametrize(
    ("village", "lon", "lat", "governorate"),
    [
        ("Tall Hawash", 36.4565, 35.4455, "hama"),
        ("Qirata", 36.4545, 35.4739, "hama"),
        ("Qalaat al-Madiq", 36.3891, 35.4145, "hama"),
        ("Baarbu", 36.4717, 35.4917, "idlib"),
        ("Atshan", 36.8219, 35.4065, "hama"),
        ("Jeb Kas", 36.8733, 35.9833, "aleppo"),
        ("Talhiyeh", 36.8355, 35.9673, "idlib"),
        ("Tall Allush", 37.0287, 35.8601, "aleppo"),
        ("Tweim", 37.0407, 35.8051, "idlib"),
        ("Abu al-Duhur air base", 37.104, 35.732, "idlib"),
        ("Dweir al-Akrad", 36.2603, 35.7225, "hama"),
        ("Badama", 36.1973, 35.8121, "idlib"),
        ("Jeb al-Ahmar", 36.2341, 35.6755, "latakia"),
    ],
)
def test_villages_along_the_limits_of_idlib_are_on_the_right_side(
    village: str, lon: float, lat: float, governorate: str
) -> None:
    around = [place for place in GOVERNORATE.index if LONLAT[place].contains(Point(lon, lat))]
    assert around == [f"governorate-{governorate}"], village


# --- figures and shapes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [place for place, facts in FACTS.items() if "area_km2" in facts])
def test_a_stated_area_is_the_measured_one(place: str) -> None:
    assert FACTS[place]["area_km2"] == pytest.approx(square_km(LONLAT[place]), rel=0.02)


@pytest.mark.parametrize("place", [place for place, facts in FACTS.items() if "length_km" in facts])
def test_a_stated_length_is_the_measured_one(place: str) -> None:
    assert FACTS[place]["length_km"] == pytest.approx(
        ELLIPSOID.geometry_length(LONLAT[place]) / 1000, rel=0.02
    )


@pytest.mark.parametrize("place", list(FACTS))
def test_the_areas_a_place_lies_in_are_correct(place: str) -> None:
    for area in FACTS[place].get("within", []):
        common = LONLAT[place].intersection(LONLAT[area])
        assert not common.is_empty, area
        if LONLAT[place].area:
            assert common.area / LONLAT[place].area > 0.003, area  # more than a touch


@pytest.mark.parametrize("place", [*ZONE.index, *HELD.index, *FRAME["dmz"].index, *GOVERNORATE.index])
def test_an_area_has_no_spikes(place: str) -> None:
    """A spike is a corner sharper than two degrees: the line goes out and comes back on itself."""
    for part in shapely.get_parts(LONLAT[place]):
        ring = list(part.exterior.coords)[:-1]
        for before, corner, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True):
            turn = math.atan2(before[1] - corner[1], before[0] - corner[0])
            turn -= math.atan2(after[1] - corner[1], after[0] - corner[0])
            assert abs(math.degrees(math.remainder(turn, math.tau))) > 2, corner


def test_the_disputed_areas_belong_to_no_country() -> None:
    for place in ("golan-heights", "crimea"):
        assert FACTS[place]["kind"] == "disputed-area"
        assert "within" not in FACTS[place]
        assert "resolution" in FACTS[place]["note"]


def test_the_files_stay_small() -> None:
    assert sum(file.stat().st_size for file in GEO.glob("*.geojson")) < 560_000
