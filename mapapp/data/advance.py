"""Computes what changed hands between the successive dates for which the opposition's area is known.

Land that is contested on a date is held by no side on it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from mapapp.core.edtf import read_when
from mapapp.core.layers import SNAPSHOTS
from mapapp.core.model import Layer, Names, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

LAYER = "advance"
_HELD, _KIND, _CONTESTED = "control", "opposition-held", "contested"
_SLIVER_KM2 = 0.05
_TOUCH = 0.003  # share of a piece up to which it only touches an area
_CONFIDENCE = ("low", "medium", "high")
_NAMES = ("{} to {}: {} km²", "{} … {}: {} كم مربع", "{} … {}: {} km²", "{} … {}: {} км²")  # en, ar, tr, ru
_AXIS, _SQUARED = 6378137.0, 0.00669437999014  # of WGS 84: semi-major axis in metres, eccentricity squared


def advance(layers: Iterable[Layer]) -> Layer | None:
    """Return the layer of what changed hands; ``None`` if fewer than two of the opposition's areas are dated.

    Each place is the land that came under the control of one side between two dates, valid from the day after
    the earlier to the later one.
    """
    place_of = {place.id: place for layer in layers for place in layer.places}
    areas = [place for place in place_of.values() if place.layer == _HELD and place.kind == _KIND]
    dated = sorted(((day, place) for place in areas if (day := _day(place))), key=lambda pair: pair[0])
    contested = {
        day: place.geometry
        for place in place_of.values()
        if place.kind == _CONTESTED and (day := _day(place))
    }
    pieces = (piece for earlier, later in pairwise(dated) for piece in _pieces(*earlier, *later, contested))
    places = tuple(replace(piece, within=tuple(_around(piece, place_of))) for piece in pieces)
    return Layer(LAYER, places) if places else None


def _day(place: Place) -> date | None:
    """Return the day a snapshot is of; ``None`` if it gives none."""
    as_of = dict(place.facts).get("as_of")
    return read_when(as_of).earliest if isinstance(as_of, str) and place.layer in SNAPSHOTS else None


def _pieces(
    first: date, before: Place, last: date, after: Place, contested: Mapping[date, BaseGeometry]
) -> Iterator[Place]:
    empty = shapely.Polygon()
    not_governments = [
        place.geometry.union(contested.get(day, empty)) for day, place in ((first, before), (last, after))
    ]
    for kind, (lost, kept) in (
        ("to-government", not_governments),
        ("to-opposition", (after.geometry, before.geometry)),
    ):
        land = _without_slivers(lost.difference(kept))
        if land.is_empty:
            continue
        size = round(equal_area_km2(land))
        side = "government" if kind == "to-government" else "opposition"
        yield Place(
            id=f"{kind}-{first}-to-{last}",
            layer=LAYER,
            names=Names(*(name.format(first, last, size) for name in _NAMES)),
            kind=kind,
            valid=read_when(f"{first + timedelta(days=1)}/{last}"),
            basis="reconstructed",
            tolerance_km=max(before.tolerance_km, after.tolerance_km),
            confidence=min(before.confidence, after.confidence, key=_CONFIDENCE.index),
            sources=tuple(dict.fromkeys(before.sources + after.sources)),
            geometry=land,
            note=f"Computed from the areas of the two dates: what the {side} held on {last} and did not hold "
            f"on {first}. Contested land counts as held by no side.",
            within=tuple(name for name in before.within if name in after.within),
            facts=(("area_km2", size),),
        )


def _around(piece: Place, place_of: dict[str, Place]) -> Iterator[str]:
    """Yield which of the areas that the opposition's lies in this part of it lies in, too."""
    for name in piece.within:
        if name in place_of:
            common = piece.geometry.intersection(place_of[name].geometry)
            if common.area > _TOUCH * piece.geometry.area:
                yield name


def equal_area_km2(geometry: BaseGeometry) -> float:
    """Return the area in km2, measured in Lambert's cylindrical equal-area projection of the ellipsoid.

    The projection is written out here, as loading pyproj takes longer than all the rest of loading.

    Parameters
    ----------
    geometry
        In degrees, (lon, lat).
    """

    def metres(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = np.radians(degrees).T
        sine, eccentricity = np.sin(lat), np.sqrt(_SQUARED)
        authalic = (1 - _SQUARED) * (
            sine / (1 - _SQUARED * sine**2) + np.arctanh(eccentricity * sine) / eccentricity
        )
        return _AXIS * np.column_stack([lon, authalic / 2])

    return float(shapely.transform(geometry, metres).area) / 1e6


def _without_slivers(land: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(land) if part.geom_type == "Polygon"]
    kept = [part for part in parts if equal_area_km2(part) > _SLIVER_KM2]
    return shapely.orient_polygons(kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept))
