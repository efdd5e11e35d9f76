"""The initial map extent and the range of the time axis."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import shapely

from mapapp.core.layers import GROUPS

if TYPE_CHECKING:
    from mapapp.core.model import Atlas


_LEAST_DEGREES = 0.5  # size of an extent around a single point


def span(atlas: Atlas) -> tuple[date, date]:
    """Return the first and last day of the time axis: whole years that include every date in the data."""
    days = [
        day
        for when in (
            *(e.when for e in atlas.events),
            *(f.when for f in atlas.facts),
            *(p.valid for p in atlas.place.values() if GROUPS.get(p.layer) != "base"),
        )
        for day in (when.earliest, when.latest)
        if day
    ]
    days.append(atlas.article.date)
    return date(min(days).year, 1, 1), date(max(days).year, 12, 31)


def home_of(atlas: Atlas) -> str | None:
    """Return the id of the area most statements are about; ``None`` if they are about none."""
    counts: dict[str, int] = {}
    for event in atlas.events:
        for link in event.places:
            if (
                atlas.place[link.id].geometry.geom_type.endswith("Polygon")
                and atlas.place[link.id].layer != "countries"
            ):
                counts[link.id] = counts.get(link.id, 0) + 1
    return max(counts, key=lambda place: counts[place], default=None)


def home(atlas: Atlas) -> list[list[float]]:
    """Return the initial extent as Leaflet's south-west and north-east corners, (lat, lon) in degrees.

    It covers the area most statements are about; without one, the places statements refer to; without those,
    all places except the base map's.
    """
    area = home_of(atlas)
    if area is not None:
        geometries = [atlas.place[area].geometry]
    else:
        linked = [atlas.place[link.id] for event in atlas.events for link in event.places]
        near = [place for place in linked if place.layer != "countries"] or linked
        own = [place for place in atlas.place.values() if GROUPS[place.layer] != "base"]
        geometries = [place.geometry for place in near or own or atlas.place.values()]
    if not geometries:
        return [[-60, -180], [75, 180]]
    west, south, east, north = shapely.total_bounds(geometries)
    if area is None:  # points have no extent
        add_x, add_y = (max(0.0, _LEAST_DEGREES - size) / 2 for size in (east - west, north - south))
        west, south, east, north = west - add_x, south - add_y, east + add_x, north + add_y
    pad_x, pad_y = (east - west) * 0.12, (north - south) * 0.08
    corners = [[south - pad_y, west - pad_x], [north + pad_y, east + pad_x]]
    return [[float(np.clip(lat, -85, 85)), float(np.clip(lon, -180, 180))] for lat, lon in corners]
