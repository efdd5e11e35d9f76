"""The base map: what is cut out of the world, how exact it is, and what is said of disputed land."""

from __future__ import annotations

import pytest
import shapely

from mapapp.authoring.base_map import Box, World, around, base_map, the_world
from mapapp.authoring.places_named import country_called
from mapapp.core.geodesy import area_km2
from mapapp.data.geojson import MOST_POSITIONS

ALPS = Box(5.5, 44.0, 12.0, 48.5)


@pytest.fixture(scope="module")
def world() -> World:
    return the_world()


def shapes(features: list[dict[str, object]]) -> dict[str, shapely.Geometry]:
    """Return the geometries of features by id."""
    return {str(one["id"]): shapely.geometry.shape(one["geometry"]) for one in features}


def test_the_world_is_whole_valid_and_meets_at_its_borders(world: World) -> None:
    areas = [world.shape(area) for area in world.countries.values()]
    assert len(areas) > 240
    assert all(shapely.is_valid(areas))
    assert sum(shapely.length(shapely.coverage_invalid_edges(areas))) < 0.001
    assert 146e6 < sum(map(area_km2, areas)) < 149e6


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("france", 640_000),
        ("bangladesh", 139_000),
        ("lesotho", 30_400),
        ("crimea", 27_000),
        ("golan-heights", 1250),
    ],
)
def test_areas_have_their_size(world: World, name: str, size: float) -> None:
    assert area_km2(world.shape(world.countries[name])) == pytest.approx(size, rel=0.06)


def test_what_several_claim_is_drawn_with_none_and_says_who_claims_it(world: World) -> None:
    disputed = {name for name, area in world.countries.items() if area.properties["kind"] == "disputed-area"}
    assert {"crimea", "golan-heights", "western-sahara", "kosovo", "taiwan", "northern-cyprus"} <= disputed
    assert not {"palestine", "israel", "ukraine", "morocco"} & disputed
    for name in disputed:
        assert world.countries[name].properties["note"]
    inside = {"crimea": (34.1, 45.2), "golan-heights": (35.78, 33.0)}
    for name, point in inside.items():
        holders = [
            one for one, area in world.countries.items() if world.shape(area).contains(shapely.Point(point))
        ]
        assert holders == [name]


def test_in_the_region_borders_are_exact_shared_and_the_coast_is_that_of_the_land(world: World) -> None:
    made = base_map(world, ALPS, ["en"])
    frame = shapely.box(*ALPS)
    countries = {name: shape.intersection(frame) for name, shape in shapes(made["countries"]).items()}
    assert {"france", "italy", "switzerland", "austria", "liechtenstein"} <= {*countries}
    for one in countries.values():
        for other in countries.values():
            assert one is other or area_km2(one.intersection(other)) < 0.5
    (land,) = shapes(made["land"]).values()
    assert (
        area_km2(land.intersection(frame).symmetric_difference(shapely.union_all([*countries.values()]))) < 1
    )
    lakes = {name["properties"]["names"]["en"] for name in made["lakes"]}
    assert {"Lake Geneva", "Bodensee"} <= lakes


def test_a_border_is_no_farther_off_than_it_says(world: World) -> None:
    made = {one["id"]: one for one in base_map(world, ALPS, ["en"])["countries"]}
    drawn = shapely.geometry.shape(made["switzerland"]["geometry"]).boundary
    original = world.shape(world.countries["switzerland"]).boundary
    assert (
        shapely.hausdorff_distance(drawn, original) * 111.2
        < made["switzerland"]["properties"]["tolerance_km"]
    )
    assert "Outside the region of this map it is simplified" in made["france"]["properties"]["note"]
    assert "Outside the region" not in made["liechtenstein"]["properties"]["note"]


@pytest.mark.parametrize(
    "region",
    [
        pytest.param(Box(-180, -60, 180, 80), marks=pytest.mark.slow),
        Box(172, -25, 180, -10),
        Box(-30, -45, -20, -35),
        Box(20, 66, 32, 80),
        Box(-3, 50.5, 0, 52),
    ],
)
def test_any_region_gives_valid_areas_of_a_size_that_can_be_drawn(world: World, region: Box) -> None:
    made = base_map(world, region, ["en"])
    for layer in made.values():
        found = shapes(layer)
        assert len(found) == len(layer)
        assert all(shapely.is_valid([*found.values()]))
        assert sum(shapely.get_num_coordinates([*found.values()])) < MOST_POSITIONS / 2


def test_names_are_in_the_languages_asked_for_and_english_stands_in(world: World) -> None:
    made = {one["id"]: one["properties"]["names"] for one in base_map(world, ALPS, ["de", "en"])["countries"]}
    assert made["austria"] == {"de": "Österreich", "en": "Austria"}
    other = {one["id"]: one["properties"]["names"] for one in base_map(world, ALPS, ["sw"])["countries"]}
    assert other["austria"] == {"sw": "Austria"}


def test_a_country_is_found_by_any_of_its_names(world: World) -> None:
    for name in ("Switzerland", "SUISSE", "Швейцария", "سويسرا", "İsviçre"):
        assert getattr(country_called(world, name), "id", None) == "switzerland"
    assert country_called(world, "Atlantis") is None


def test_a_region_has_a_margin_and_a_least_size() -> None:
    assert around([Box(10, 50, 10, 50)]) == Box(8.5, 48.5, 11.5, 51.5)
    assert around([Box(0, 40, 10, 50), Box(12, 45, 12, 45)]) == Box(-2.4, 38, 14.4, 52)
    assert around([Box(-180, -85, 180, 85)]) == Box(-180, -85, 180, 85)
