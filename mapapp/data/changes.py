"""Computes what changed hands between the successive dates of a snapshot layer, as the profile asks for.

One kind of area of that layer is compared with itself. Land that is contested on a date is held by no side
on it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import shapely

from mapapp.core.edtf import read_when
from mapapp.core.land import equal_area_km2, only_in
from mapapp.core.model import Layer, Place
from mapapp.core.names import Names
from mapapp.core.rounding import rounded
from mapapp.errors import DateError
from mapapp.text.dates import day_in
from mapapp.text.locales import number_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.profile import Changes, Side

_TOUCH = 0.003  # share of a piece up to which it only touches an area
_CONFIDENCE = ("low", "medium", "high")


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
    days = (first, last)
    for side, (had, kept) in sides:
        land = only_in(had, kept)
        if land.is_empty:
            continue
        size = equal_area_km2(land)
        source, note = next(iter(side.note.texts.items()))
        yield Place(
            id=f"{side.kind}-{first}-to-{last}",
            layer=layer,
            names=Names({tag: _filled(text, tag, days, size) for tag, text in wanted.names.texts.items()}),
            kind=side.kind,
            valid=read_when(f"{first + timedelta(days=1)}/{last}"),
            basis="reconstructed",
            tolerance_km=max(before.tolerance_km, after.tolerance_km),
            confidence=min(before.confidence, after.confidence, key=_CONFIDENCE.index),
            sources=tuple(dict.fromkeys(before.sources + after.sources)),
            geometry=land,
            note=_filled(note, source, days, size),
            within=tuple(name for name in before.within if name in after.within),
            facts=(("area_km2", round(size)),),
            draft=before.draft or after.draft,
            reviewed=before.reviewed and after.reviewed,
        )


def _filled(text: str, tag: str, days: tuple[date, date], km2: float) -> str:
    """Return a text of the profile with {first}, {last} and {n} filled in; other braces stay as they are.

    Days and numbers are as the language of the text writes them, the size as round as in a comparison.
    """
    size = rounded(km2)
    said = {"first": day_in(days[0], tag), "last": day_in(days[1], tag), "n": number_in(size, tag)}
    for name, value in said.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _around(piece: Place, place_of: dict[str, Place]) -> Iterator[str]:
    """Yield which of the areas that both outlines lie in the piece lies in, too."""
    for name in piece.within:
        if name in place_of:
            common = piece.geometry.intersection(place_of[name].geometry)
            if common.area > _TOUCH * piece.geometry.area:
                yield name
