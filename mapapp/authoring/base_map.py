"""Cuts the base map of a region out of the world that comes with the package.

``world/world.topojson.gz`` is Natural Earth's world at 1:10m (public domain), as a topology: countries,
lakes, and the countries once more, coarse, for what lies outside the region. `world/README.md` says how it is
made.
"""

from __future__ import annotations

import gzip
import itertools
import json
import math
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from mapapp.authoring.base_layers import base_layers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

SOURCE = "natural-earth"
_OWN_ERROR_KM = 5  # of Natural Earth at 1:10m
_FAR_ERROR_KM = 25  # of the coarse world
_FAR_NOTE = f"Outside the region of this map it is simplified, and may be off by up to {_FAR_ERROR_KM} km."
_KM_PER_DEGREE = 111.2
_MARGIN = 0.2  # of the region's size, on each side
_LEAST_DEGREES = 3.0  # width and height of a region
_FINE_STEPS = 20_000  # a region is not drawn finer than its width divided by this
_MOST_CORNERS = 30_000  # of the countries in a region; with more, it is simplified more
_LAKE_ERROR_KM = 2
_LAKE_DETAIL = 0.05  # of the smallest lake that is drawn: how much outlines of lakes are simplified
_LAKE_STEPS = 150  # the smallest lake that is drawn, in the same way
_MANY_TIMES = 4
_SAMPLE = 20_000  # corners of an area whose distance from the simplified one is measured
_DECIMALS = 4


class Box(NamedTuple):
    """A box in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class WorldArea:
    """A country, a disputed area or a lake of the world, before it is cut."""

    properties: dict[str, Any]
    geometry: dict[str, Any]

    @property
    def id(self) -> str:
        """Its id, which is that of the place made from it."""
        return str(self.properties["id"])

    @property
    def names(self) -> dict[str, str]:
        """Its names by language."""
        names: dict[str, str] = self.properties["names"]
        return names

    @property
    def box(self) -> Box:
        """Its bounds."""
        return Box(*self.properties["box"])


class World:
    """The world that comes with the package."""

    def __init__(self) -> None:
        packed = (files("mapapp.authoring") / "world" / "world.topojson.gz").read_bytes()
        self._topology: dict[str, Any] = json.loads(gzip.decompress(packed))
        self._decoded: dict[int, NDArray[np.float64]] = {}

    @cached_property
    def countries(self) -> dict[str, WorldArea]:
        """Countries and disputed areas, by id."""
        return {area.id: area for area in self._areas("countries")}

    @cached_property
    def lakes(self) -> tuple[WorldArea, ...]:
        """Lakes that have a name."""
        return tuple(self._areas(base_layers().water))

    @cached_property
    def far(self) -> dict[str, WorldArea]:
        """Coarse outlines of the countries, by the same ids; the smallest have none."""
        return {area.id: area for area in self._areas("far")}

    def main_box(self, area: WorldArea) -> Box:
        """Return the bounds of the largest part of an area: most countries have islands far away."""
        return Box(*max(shapely.get_parts(self.shape(area)), key=lambda part: part.area).bounds)

    def _areas(self, name: str) -> Iterator[WorldArea]:
        for geometry in self._topology["objects"][name]["geometries"]:
            yield WorldArea(geometry["properties"], geometry)

    def _arc(self, number: int) -> NDArray[np.float64]:
        """Return a line by its number; a number below 0 means the line of its complement, backwards."""
        if number < 0:
            return self._arc(~number)[::-1]
        if number not in self._decoded:
            transform = self._topology["transform"]
            steps = np.cumsum(self._topology["arcs"][number], axis=0)
            self._decoded[number] = np.round(
                steps * transform["scale"] + np.array(transform["translate"]), _DECIMALS
            )
        return self._decoded[number]

    def shape(self, area: WorldArea) -> BaseGeometry:
        """Return the geometry of an area, in degrees."""
        arcs = area.geometry["arcs"]
        polygons = [arcs] if area.geometry["type"] == "Polygon" else arcs
        return shapely.make_valid(
            shapely.MultiPolygon([self._polygon(rings) for rings in polygons]), method="structure"
        )

    def _polygon(self, rings: Sequence[Sequence[int]]) -> shapely.Polygon:
        shell, *holes = map(self._ring, rings)
        return shapely.Polygon(shell, holes)

    def _ring(self, numbers: Sequence[int]) -> NDArray[np.float64]:
        first, *others = map(self._arc, numbers)
        return np.concatenate(
            [first, *(part[1:] for part in others)]
        )  # each begins where the one before ends


@cache
def the_world() -> World:
    """Return the world; it is read once."""
    return World()


def around(boxes: Sequence[Box]) -> Box:
    """Return the region that contains some boxes, with a margin and no smaller than a map can be."""
    west, south = min(box.west for box in boxes), min(box.south for box in boxes)
    east, north = max(box.east for box in boxes), max(box.north for box in boxes)
    wide = max(0.0, _LEAST_DEGREES - (east - west)) / 2 + (east - west) * _MARGIN
    high = max(0.0, _LEAST_DEGREES - (north - south)) / 2 + (north - south) * _MARGIN
    found = Box(max(-180, west - wide), max(-85, south - high), min(180, east + wide), min(85, north + high))
    return Box(*(round(edge, 2) for edge in found))


def base_map(world: World, region: Box, languages: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the features of each layer of a base map: land, countries and lakes.

    Inside the region, outlines are as exact as Natural Earth at 1:10m, or as a map of that width needs;
    outside, coarse. Countries that have a part in the region are features; all others are only land.

    Parameters
    ----------
    region
        What the map opens on, in degrees.
    languages
        Of names; the main name stands in for one that Natural Earth does not have in the first.
    """
    near = shapely.box(*_grown(region))
    inside = [area for area in world.countries.values() if shapely.box(*area.box).intersects(near)]
    cut = [shapely.intersection(world.shape(area), near) for area in inside]
    kept = [(area, _polygons(shape)) for area, shape in zip(inside, cut, strict=True)]
    kept = [(area, shape) for area, shape in kept if not shape.is_empty]
    exact = [shape for _, shape in kept]
    fine = _simplified(exact, (region.east - region.west) / _FINE_STEPS) if exact else []
    error = _OWN_ERROR_KM + math.ceil(_moved_km(exact, fine))
    countries = []
    for (area, _), shape in zip(kept, fine, strict=True):
        far = world.far.get(area.id)
        outside = _polygons(world.shape(far).difference(near)) if far else shapely.MultiPolygon()
        note = area.properties["note"]
        if not outside.is_empty:
            note += f" {_FAR_NOTE}"
        whole = _polygons(shape.union(outside))
        if not whole.is_empty:
            countries.append(_feature(area, whole, languages, error, note))
    far_land = [world.shape(area) for area in world.far.values()]
    land = _polygons(shapely.union_all([*fine, shapely.union_all(far_land).difference(near)]))
    return {
        "land": [_land(land, languages)],
        "countries": countries,
        base_layers().water: [*_lakes(world, region, near, languages)],
    }


def _grown(region: Box) -> Box:
    """Return the box in which outlines are exact: the region, and what other screens show around it."""
    wide, high = (region.east - region.west) / 2, (region.north - region.south) / 2
    return Box(
        max(-180, region.west - wide),
        max(-90, region.south - high),
        min(180, region.east + wide),
        min(90, region.north + high),
    )


def _polygons(shape: BaseGeometry) -> shapely.MultiPolygon:
    """Return the areas of a shape on the grid of the files, without what has no area."""
    snapped = shapely.set_precision(shape, 10**-_DECIMALS)
    parts = [part for part in shapely.get_parts(snapped) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def _simplified(shapes: Sequence[BaseGeometry], step: float) -> list[BaseGeometry]:
    """Return adjoining areas simplified by a step in degrees, or by more where they have too many corners."""
    if sum(shapely.get_num_coordinates(shapes)) > _MANY_TIMES * _MOST_CORNERS:
        step *= _MANY_TIMES  # a first guess
    while True:
        found = [*shapely.coverage_simplify(shapes, step)]
        if sum(shapely.get_num_coordinates(found)) <= _MOST_CORNERS:
            return found
        step *= 2


def _moved_km(before: Sequence[BaseGeometry], after: Sequence[BaseGeometry]) -> float:
    """Return how far simplification has moved any corner, at most, in km."""
    most = 0.0
    for one, other in zip(before, after, strict=True):
        edges = [*shapely.get_parts(shapely.boundary(other))]
        found = shapely.get_coordinates(one)
        corners = np.asarray(shapely.points(found[:: 1 + len(found) // _SAMPLE]))
        if edges and corners.size:
            _, gaps = shapely.STRtree(_segments(edges)).query_nearest(
                corners, return_distance=True, all_matches=False
            )
            most = max(most, float(gaps.max()))
    return most * _KM_PER_DEGREE


def _segments(lines: Sequence[BaseGeometry]) -> NDArray[Any]:
    pairs = []
    for line in lines:
        points = shapely.get_coordinates(line)
        pairs.append(np.stack([points[:-1], points[1:]], axis=1))
    return np.asarray(shapely.linestrings(np.concatenate(pairs)))


def _lakes(
    world: World, region: Box, near: BaseGeometry, languages: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Yield the lakes that a map of that width can show."""
    least = (region.east - region.west) / _LAKE_STEPS
    error = _LAKE_ERROR_KM + math.ceil(least * _LAKE_DETAIL * _KM_PER_DEGREE)
    seen = {"land", *world.countries}
    for area in world.lakes:
        west, south, east, north = area.box
        if max(east - west, north - south) < least or not shapely.box(*area.box).intersects(near):
            continue
        shape = _polygons(shapely.simplify(world.shape(area), least * _LAKE_DETAIL))
        if not shape.is_empty and shape.intersects(near):
            numbered = (f"{area.id}-{number}" for number in itertools.count(2))
            name = next(
                one for one in itertools.chain((area.id, f"{area.id}-lake"), numbered) if one not in seen
            )
            seen.add(name)
            note = "A reservoir; its shore moves with the water." if area.properties.get("reservoir") else ""
            yield _feature(
                replace(area, properties=area.properties | {"id": name}), shape, languages, error, note
            )


def _feature(
    area: WorldArea, shape: shapely.MultiPolygon, languages: Sequence[str], error: float, note: str
) -> dict[str, Any]:
    own = area.properties
    codes = {key: own[key] for key in ("iso2", "iso3") if own.get(key)}
    return {
        "type": "Feature",
        "id": area.id,
        "properties": {
            "id": area.id,
            "names": _names(area.names, languages),
            "kind": own["kind"],
            "valid": own["valid"],
            "basis": "natural-earth",
            "tolerance_km": error,
            "confidence": "medium" if own["kind"] == base_layers().disputed else "high",
            "sources": [SOURCE],
            **codes,
            "note": note,
        },
        "geometry": _geometry(shape),
    }


def _land(shape: shapely.MultiPolygon, languages: Sequence[str]) -> dict[str, Any]:
    note = (
        "All land, so that countries without a feature of their own do not look like sea. Only the region "
        "of this map is exact."
    )
    return {
        "type": "Feature",
        "id": "land",
        "properties": {
            "id": "land",
            "names": {languages[0]: "Land"},
            "kind": "land",
            "valid": "../..",
            "basis": "natural-earth",
            "tolerance_km": _FAR_ERROR_KM,
            "confidence": "high",
            "sources": [SOURCE],
            "note": note,
        },
        "geometry": _geometry(shape),
    }


def _names(names: dict[str, str], languages: Sequence[str]) -> dict[str, str]:
    first, *others = languages
    return {first: names.get(first) or names["en"], **{tag: names[tag] for tag in others if tag in names}}


def _geometry(shape: shapely.MultiPolygon) -> dict[str, Any]:
    one = shape.geoms[0] if len(shape.geoms) == 1 else shape
    value: dict[str, Any] = json.loads(shapely.to_geojson(one))
    return value
