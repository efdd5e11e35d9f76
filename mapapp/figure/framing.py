"""What part of the world the map shows: the story, or what is selected, as on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from pyproj import Geod

from mapapp.core.story_frame import home, home_of
from mapapp.figure.projection import frame_of

if TYPE_CHECKING:
    from mapapp.figure.notes import Notes

_MOSTLY, _PAD = 0.6, 0.02  # share of an area inside the frame; share of the frame left free around it
# As on the screen when something is selected: the share of the story's frame below which it is small, the
# distance in metres from which it is abroad, the most zoom there and here, and the share left free around it.
_SMALL, _FAR, _ABROAD, _CLOSE, _AROUND = 0.25, 400_000, 5, 10, 0.05
_SMALL_MAP = 8  # most zoom of a small map of its own
_GEOD = Geod(ellps="WGS84")

Corners = tuple[tuple[float, float], tuple[float, float]]  # south-west and north-east, (lat, lon)


def frame_around(notes: Notes) -> Corners:
    """Return the frame around the selection, as on the screen, or the story's frame.

    What is selected and lies in the story's frame leaves that frame alone, unless it is small.
    """
    story = _story(notes)
    if not notes.main:
        return story
    (south, west), (north, east) = story
    left, bottom, right, top = _bounds(notes, notes.main)
    wide, high = right - left, top - bottom
    inside = west <= left and right <= east and south <= bottom and top <= north
    small = max(wide, high) > 0 and max(wide / (east - west), high / (north - south)) < _SMALL
    if inside and not small:
        return story
    lon, lat = (left + right) / 2, (bottom + top) / 2
    away = _GEOD.inv((west + east) / 2, (south + north) / 2, lon, lat)[2]
    return _at_least((left, bottom, right, top), _ABROAD if away > _FAR else _CLOSE)


def frame_of_places(notes: Notes, places: list[str]) -> Corners:
    """Return a frame around places, with some of what lies around them."""
    return _at_least(_bounds(notes, places), _SMALL_MAP, around=0.25)


def _bounds(notes: Notes, places: list[str]) -> tuple[float, float, float, float]:
    """Return the bounds of places: west, south, east, north."""
    west, south, east, north = map(
        float, shapely.total_bounds([notes.atlas.place[item].geometry for item in places])
    )
    return west, south, east, north


def _at_least(bounds: tuple[float, float, float, float], zoom: float, around: float = _AROUND) -> Corners:
    """Return a frame around bounds, no closer than a screen at ``zoom``."""
    left, bottom, right, top = bounds
    lon, lat = (left + right) / 2, (bottom + top) / 2
    least_high, least_wide = frame_of((lat, lon, zoom))
    half_high = max((top - bottom) * (1 + 2 * around), least_high) / 2
    half_wide = max((right - left) * (1 + 2 * around), least_wide) / 2
    return (lat - half_high, lon - half_wide), (lat + half_high, lon + half_wide)


def _story(notes: Notes) -> Corners:
    """Return the story's frame; one that cuts no main area that lies in it for the most part.

    With such an area it is drawn closer around both: a figure has less room than a screen.
    """
    atlas = notes.atlas
    layers = atlas.profile.layers
    (south, west), (north, east) = home(atlas)
    frame, area = shapely.box(west, south, east, north), home_of(atlas)
    shapes = [
        place.geometry
        for place, _, _ in notes.selection.places
        if (layers[place.layer].main or place.id in notes.highlighted)
        and shapely.intersection(place.geometry, frame).area > _MOSTLY * place.geometry.area
    ]
    if area is None or all(frame.contains(shape) for shape in shapes):
        return (south, west), (north, east)
    west, south, east, north = shapely.total_bounds([atlas.place[area].geometry, *shapes])
    pad_x, pad_y = _PAD * (east - west), _PAD * (north - south)
    return (south - pad_y, west - pad_x), (north + pad_y, east + pad_x)
