"""Requests that cannot be drawn: a time window or a map extent that contains no data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.core.story_frame import home, span
from mapapp.errors import MapappError

if TYPE_CHECKING:
    from collections.abc import Collection

    from mapapp.core.model import Atlas
    from mapapp.core.view import View
    from mapapp.figure.notes import Notes


class FigureError(MapappError):
    """The figure would be empty."""


def refuse_beyond(atlas: Atlas, view: View) -> None:
    """Check that the time window overlaps the time span of the data.

    Raises
    ------
    FigureError
        If the whole window is before or after the data.
    """
    window = view.window
    first, last = span(atlas)
    if window.first > last or window.last < first:
        message = (
            f"first, last: outside the time span of the data (got {window.first} to {window.last}); "
            f"choose days from {first} to {last}"
        )
        raise FigureError(message)


def refuse_empty(notes: Notes, there: Collection[str]) -> None:
    """Check that the requested frame contains something to show.

    Parameters
    ----------
    there
        Ids of the places in the frame.

    Raises
    ------
    FigureError
        If the requested frame contains only base-map features.
    """
    camera, layers = notes.view.camera, notes.atlas.profile.layers
    if camera is None or any(
        item in notes.marks or layers[notes.atlas.place[item].layer].group != "base" for item in there
    ):
        return
    lat, lon, zoom = camera
    (south, west), (north, east) = home(notes.atlas)
    message = (
        f"camera: the requested map extent contains no features of this view (got {lat:g},{lon:g},{zoom:g}); "
        f"omit camera, or use {(south + north) / 2:.1f},{(west + east) / 2:.1f},{zoom:g}"
    )
    raise FigureError(message)
