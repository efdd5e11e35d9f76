"""The initial map extent and the range of the time axis."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import shapely

from mapapp.core.edtf import Window, possibly

if TYPE_CHECKING:
    from mapapp.core.model import Atlas, Place


_LEAST_DEGREES = 0.5  # size of an extent around a single point


def span(atlas: Atlas) -> tuple[date, date]:
    """Return the first and last day of the time axis: whole years that include every date in the data."""
    days = [
        day
        for when in (
            *(e.when for e in atlas.events),
            *(f.when for f in atlas.facts),
            *(place.valid for place in atlas.place.values() if not _is_base(atlas, place)),
        )
        for day in (when.earliest, when.latest)
        if day
    ]
    days += [article.date for article in atlas.articles]
    return date(min(days).year, 1, 1), date(max(days).year, 12, 31)


def opening_days(atlas: Atlas) -> Window:
    """Return the window the map opens on: the days of the articles.

    If fewer than half of the statements may fall in it, because the articles report what happened before, it
    begins on the last earlier day from which at least half do.
    """
    last = atlas.day
    window = Window(atlas.articles[0].date, last)
    begun = sorted({day for event in atlas.events if (day := event.when.earliest) and day < window.first})
    while begun and 2 * sum(possibly(event.when, window) for event in atlas.events) < len(atlas.events):
        window = Window(begun.pop(), last)
    return window


def has_land(atlas: Atlas) -> bool:
    """Return whether land and sea can be told apart; countries alone may leave others out."""
    land = atlas.profile.having("land")
    return any(layer.id in land and layer.places for layer in atlas.layers)


def home_of(atlas: Atlas) -> str | None:
    """Return the id of the area the map opens on.

    That is the profile's; without it, an area that at least half of the statements are about. ``None`` if the
    map opens on a box, or there is no such area.
    """
    own = atlas.profile.home
    if own is not None:
        return own if isinstance(own, str) and _is_area(atlas.place[own]) else None
    counts: dict[str, int] = {}
    countries = atlas.profile.having("country")
    for event in atlas.events:
        for link in event.places:
            if _is_area(atlas.place[link.id]) and atlas.place[link.id].layer not in countries:
                counts[link.id] = counts.get(link.id, 0) + 1
    most = max(counts, key=lambda place: counts[place], default=None)
    return most if most is not None and 2 * counts[most] >= len(atlas.events) else None


def home(atlas: Atlas) -> list[list[float]]:
    """Return the initial extent as Leaflet's south-west and north-east corners, (lat, lon) in degrees.

    It covers what the profile says; without it, the area that half of the statements are about, or else the
    places they are about, except countries and seats; without statements, all places but the base map's.
    """
    own = atlas.profile.home
    if isinstance(own, tuple):
        west, south, east, north = own
        return [[south, west], [north, east]]
    geometries = [atlas.place[own].geometry] if own else [place.geometry for place in _spoken_of(atlas)]
    if not geometries:
        return [[-60, -180], [75, 180]]
    west, south, east, north = shapely.total_bounds(geometries)
    add_x, add_y = (max(0.0, _LEAST_DEGREES - size) / 2 for size in (east - west, north - south))
    west, south, east, north = west - add_x, south - add_y, east + add_x, north + add_y
    pad_x, pad_y = (east - west) * 0.12, (north - south) * 0.08
    corners = [[south - pad_y, west - pad_x], [north + pad_y, east + pad_x]]
    return [[float(np.clip(lat, -85, 85)), float(np.clip(lon, -180, 180))] for lat, lon in corners]


def _spoken_of(atlas: Atlas) -> list[Place]:
    """Return the places the map opens on where the profile does not say."""
    area = home_of(atlas)
    if area is not None:
        return [atlas.place[area]]
    countries = atlas.profile.having("country")
    links = [link for event in atlas.events for link in event.places]
    linked = [atlas.place[link.id] for link in links if link.role != "seat"]
    linked = linked or [atlas.place[link.id] for link in links]
    near = [place for place in linked if place.layer not in countries] or linked
    own = [place for place in atlas.place.values() if not _is_base(atlas, place)]
    return near or own or [*atlas.place.values()]


def _is_area(place: Place) -> bool:
    return place.geometry.geom_type.endswith("Polygon")


def _is_base(atlas: Atlas, place: Place) -> bool:
    return atlas.profile.layers[place.layer].group == "base"
