"""Computes what changed hands between the successive dates of a snapshot layer, as the profile asks for.

One kind of area of that layer is compared with itself. Land that is contested on a date is held by no side
on it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from mapapp.core.edtf import read_when
from mapapp.core.model import Layer, Place
from mapapp.core.names import Names
from mapapp.errors import DateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.profile import Changes, Side

_SLIVER_KM2 = 0.05
_TOUCH = 0.003  # share of a piece up to which it only touches an area
_CONFIDENCE = ("low", "medium", "high")
_AXIS, _SQUARED = 6378137.0, 0.00669437999014  # of WGS 84: semi-major axis in metres, eccentricity squared


class _Dated(NamedTuple):
    """An area, and the day it is of."""

    day: date
    place: Place


def changes(layer: str, wanted: Changes, layers: Mapping[str, Layer]) -> Layer | None:
    """Return a computed layer; ``None`` if fewer than two of the areas to compare are dated.

    Each place is the land that came under the control of one side between two dates, valid from the day after
    the earlier to the later one.

    Parameters
    ----------
    layer
        Id of the layer to compute.
    wanted
        How it is computed.
    layers
        The layers read from files, by id.
    """
    of = layers.get(wanted.of)
    if of is None:
        return None
    place_of = {place.id: place for other in layers.values() for place in other.places}
    dated = sorted(_dated(of, wanted.kind))
    contested = (
        {day: place.geometry for day, place in _dated(of, wanted.contested)} if wanted.contested else {}
    )
    pieces = [
        piece
        for earlier, later in pairwise(dated)
        for piece in _pieces(layer, wanted, earlier, later, contested)
    ]
    places = tuple(replace(piece, within=tuple(_around(piece, place_of))) for piece in pieces)
    return Layer(layer, places) if places else None


def _dated(layer: Layer, kind: str) -> Iterator[_Dated]:
    """Yield the areas of a kind that say which day they are of."""
    for place in layer.places:
        if place.kind == kind and (day := _day(dict(place.facts).get("as_of"))):
            yield _Dated(day, place)


def _day(as_of: object) -> date | None:
    """Return the day that an outline is of; ``None`` if it says none that can be read, a fault."""
    try:
        return read_when(as_of).earliest if isinstance(as_of, str) else None
    except DateError:
        return None


def _pieces(
    layer: str, wanted: Changes, earlier: _Dated, later: _Dated, contested: Mapping[date, BaseGeometry]
) -> Iterator[Place]:
    (first, before), (last, after) = earlier, later
    empty = shapely.Polygon()
    not_others = [
        place.geometry.union(contested.get(day, empty)) for day, place in ((first, before), (last, after))
    ]
    sides: tuple[tuple[Side, Iterable[BaseGeometry]], ...] = (
        (wanted.lost, not_others),
        (wanted.gained, (after.geometry, before.geometry)),
    )
    for side, (had, kept) in sides:
        land = _without_slivers(had.difference(kept))
        if land.is_empty:
            continue
        size = round(equal_area_km2(land))
        said = {"first": first, "last": last, "n": size}
        yield Place(
            id=f"{side.kind}-{first}-to-{last}",
            layer=layer,
            names=Names({tag: _filled(text, said) for tag, text in wanted.names.texts.items()}),
            kind=side.kind,
            valid=read_when(f"{first + timedelta(days=1)}/{last}"),
            basis="reconstructed",
            tolerance_km=max(before.tolerance_km, after.tolerance_km),
            confidence=min(before.confidence, after.confidence, key=_CONFIDENCE.index),
            sources=tuple(dict.fromkeys(before.sources + after.sources)),
            geometry=land,
            note=_filled(next(iter(side.note.texts.values())), said),
            within=tuple(name for name in before.within if name in after.within),
            facts=(("area_km2", size),),
            draft=before.draft or after.draft,
            reviewed=before.reviewed and after.reviewed,
        )


def _filled(text: str, values: Mapping[str, object]) -> str:
    """Return a text of the profile with {first}, {last} and {n} filled in; other braces stay as they are."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def _around(piece: Place, place_of: dict[str, Place]) -> Iterator[str]:
    """Yield which of the areas that both outlines lie in the piece lies in, too."""
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
