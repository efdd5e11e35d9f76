"""What cannot be drawn: a time or a frame with nothing of the data in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.core.layers import GROUPS
from mapapp.core.story_frame import home, span
from mapapp.errors import MapappError

if TYPE_CHECKING:
    from mapapp.core.model import Atlas
    from mapapp.core.view import View
    from mapapp.figure.drawing import Map


class FigureError(MapappError):
    """A figure that would show nothing."""


def refuse_beyond(atlas: Atlas, view: View) -> None:
    """Refuse a window that lies wholly outside the time the data tells of.

    Raises
    ------
    FigureError
        If it does.
    """
    window = view.window
    first, last = span(atlas)
    if window.first > last or window.last < first:
        message = (
            f"window: it lies beyond the data (got {window.first} to {window.last}); "
            f"choose days from {first} to {last}"
        )
        raise FigureError(message)


def refuse_empty(drawing: Map) -> None:
    """Refuse a frame that was asked for and has nothing in it but land and sea.

    Raises
    ------
    FigureError
        If it has not.
    """
    notes = drawing.notes
    camera = notes.view.camera
    there = drawing.shapes.keys() | drawing.blots
    if camera is None or any(
        item in notes.marks or GROUPS.get(notes.atlas.place[item].layer) != "base" for item in there
    ):
        return
    lat, lon, zoom = camera
    (south, west), (north, east) = home(notes.atlas)
    message = (
        f"frame: nothing this view shows lies in it (got {lat:g},{lon:g},{zoom:g}); leave it out, "
        f"or look at {(south + north) / 2:.1f},{(west + east) / 2:.1f},{zoom:g}"
    )
    raise FigureError(message)
