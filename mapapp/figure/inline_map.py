"""The map of a view as a small SVG to be put into a web page, which has the fonts and describes the map."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from mapapp.figure.figure_errors import refuse_beyond
from mapapp.figure.map_sheet import draw_map_sheet
from mapapp.figure.notes import Notes
from mapapp.figure.sizes import SIZES

if TYPE_CHECKING:
    from mapapp.core.model import Atlas
    from mapapp.core.view import View

_WIDE, _HIGH = 170.0, 120.0  # millimetres; about as wide as a column of text on a screen
_SIZE = "half-page"  # whose letters are the largest for this width
_PATH = re.compile(r'(?<= d=")[^"]+')
_NUMBER = re.compile(r"-?\d+\.\d+")
_EDITOR = re.compile(r' inkscape:[a-z]+="[^"]*"')
_REPEATED = re.compile(r"L(-?[\d.]+ -?[\d.]+)(?:L\1(?![\d.]))+")


def inline_map(atlas: Atlas, view: View) -> str:
    """Return the map of a view with its key as an SVG element; the same view and data give the same text.

    Its paths are laid to a tenth of a millimetre, about half a pixel.

    Raises
    ------
    FigureError
        If the time window or the requested frame contains no data.
    """
    refuse_beyond(atlas, view)
    notes = Notes(atlas, view)
    sheet = draw_map_sheet(notes, SIZES[_SIZE], _WIDE, _HIGH).sheet
    body = _EDITOR.sub("", _PATH.sub(_coarse, sheet.body()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE:g} {_HIGH:g}" '
        f'role="img" aria-label={quoteattr(notes.headline)}>{body}</svg>'
    )


def _coarse(path: re.Match[str]) -> str:
    rounded = _NUMBER.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), path[0])
    return _REPEATED.sub(r"L\1", rounded)
