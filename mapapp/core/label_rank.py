"""Label priority, zoom range and position of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Place


# Label rank (lower is drawn first), lowest and highest zoom level, by kind of place.
RANKS: dict[str, tuple[int, float, float]] = {
    "capital": (1, 3, 20),
    "city": (2, 7, 20),
    "country": (3, 3, 10.5),
    "de-escalation-area": (4, 7, 11.4),
    "governorate": (5, 7, 10.4),
    "town": (6, 8.5, 20),
    "demilitarised-zone": (7, 9, 12),
    "motorway": (7, 8, 20),
    "road": (10, 9, 20),
    "observation-post": (8, 9.5, 20),
    "russian-observation-post": (8, 9.5, 20),
    "air-base": (9, 8.5, 20),
    "border-crossing": (9, 10, 20),
    "village": (10, 10.5, 20),
    "government-held": (9, 7.5, 12),
    "turkish-held": (9, 7.5, 12),
    "kurdish-and-army-held": (9, 8.5, 12),
    "contested": (10, 9.5, 13),
    "to-government": (10, 8, 12),
    "to-opposition": (10, 9, 12),
    "security-corridor": (11, 9, 12),
    "mountains": (9, 8, 13),
    "plain": (9, 8, 13),
    "river": (11, 8.5, 20),
    "lake": (11, 8.5, 20),
    "military-point": (12, 11, 20),
}


# Kinds without a label on the map: it would only repeat that of a larger place.
UNNAMED = frozenset({"land", "disputed-area", "opposition-held", "contact-line", "control-limit"})


# Kinds that are not in RANKS are labelled like this kind of the same layer.
_LIKE = {
    "countries": "country",
    "governorates": "governorate",
    "zones": "de-escalation-area",
    "control": "de-escalation-area",
    "dmz": "demilitarised-zone",
    "posts": "observation-post",
    "towns": "town",
    "roads": "motorway",
    "contact-lines": "motorway",
    "rivers": "river",
    "lakes": "lake",
    "relief": "mountains",
    "advance": "to-government",
    "corridor": "security-corridor",
    "land": "country",
}


def rank_of(place: Place) -> tuple[int, float, float] | None:
    """Return a place's label rank, lowest and highest zoom; ``None`` if it has no label on the map."""
    if place.kind in UNNAMED:
        return None
    return RANKS.get(place.kind) or RANKS[_LIKE[place.layer]]


def label_point(shape: BaseGeometry) -> BaseGeometry:
    """Return the point at which to label a shape.

    For a line, a point along its longest part; for an area, the point farthest from its edges, in the
    shape's coordinates.
    """
    if shape.geom_type in ("Point", "MultiPoint"):
        return shapely.get_parts(shape)[0]  # type: ignore[no-any-return] # shapely is not typed here
    if shape.geom_type in ("LineString", "MultiLineString"):
        longest = max(shapely.get_parts(shape), key=lambda part: part.length)
        return longest.interpolate(0.4, normalized=True)  # type: ignore[no-any-return] # shapely is not typed here
    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    radius: BaseGeometry = shapely.maximum_inscribed_circle(largest.simplify(0.01), tolerance=0.02)
    return radius.interpolate(0)
