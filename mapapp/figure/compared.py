"""Two days compared: hatches on land that changed hands, the lines of the other day, and their key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapapp.core.edtf import Window
from mapapp.core.select import select
from mapapp.figure.key import Row
from mapapp.figure.map_style import INK, hatched
from mapapp.text.dates import day_words
from mapapp.text.labels import kind_words, layer_words
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.compare import Holder
    from mapapp.core.model import Place
    from mapapp.core.profile import Style
    from mapapp.figure.drawing import Map
    from mapapp.figure.notes import Notes

_ANGLES = (45, 135, 0, 90)
_GAP = 2.2  # millimetres between the lines of a hatch
_WIDTH = 0.8  # points
_LEFT = "2 3"  # dashes of land that a holder lost to nobody
_PALE = 0.5


def draw_compared(drawing: Map) -> None:
    """Hatch the land that changed hands, and draw the lines of the other day."""
    notes, sheet = drawing.notes, drawing.sheet
    if notes.comparison is None:
        return
    with sheet.layer("compared", words("compare-open")):
        for holder, left, at, land in _hatches(notes):
            shape = drawing.projection.cut(land)
            style = _style(notes, holder)
            lines = hatched(shape, 90 - _ANGLES[at % len(_ANGLES)], _GAP * sheet.scale)
            sheet.stroke(lines, style.stroke, _WIDTH, _LEFT if left else None)
            sheet.stroke(drawing.projection.edge(land), style.stroke, _WIDTH, _LEFT if left else None)
        for place in _lines(notes):
            style = notes.profile.style(place.layer, place.kind, None)
            sheet.stroke(
                drawing.projection.edge(place.geometry), style.stroke, style.width * INK, alpha=_PALE
            )


def compared_rows(notes: Notes) -> list[Row]:
    """Return the rows of the key for a comparison; none if nothing is compared."""
    if notes.comparison is None or notes.view.compare is None:
        return []
    rows = [
        Row(
            words(
                "compare-key-left" if left else "compare-key-gained",
                kind=kind_words(notes.profile, holder.kind),
            ),
            "compared",
            compared=(_style(notes, holder), _ANGLES[at % len(_ANGLES)], _LEFT if left else None),
        )
        for holder, left, at, _ in _hatches(notes)
    ]
    day = day_words(notes.view.compare)
    for layer in dict.fromkeys(place.layer for place in _lines(notes)):
        style = notes.profile.layers[layer].style
        text = words("compare-key-line", layer=layer_words(notes.profile, layer), day=day)
        rows.append(Row(text, "compared", compared=(style, None, None)))
    return rows and [Row(words("compare-open")), *rows]


def hatched_places(notes: Notes) -> set[str]:
    """Return places of computed layers whose land the comparison hatches: each change is on the map once."""
    found, layers = notes.comparison, notes.profile.layers
    computed = [place for place, *_ in notes.selection.places if layers[place.layer].changes is not None]
    holders = found.holders if found else ()
    return {place.id for holder in holders if found for place in found.drawn_again(holder, computed)}


def _hatches(notes: Notes) -> Iterator[tuple[Holder, bool, int, BaseGeometry]]:
    """Yield what to hatch: what each holder gained, and what it lost to nobody."""
    found = notes.comparison
    for at, holder in enumerate(found.holders if found else ()):
        if not holder.gained.geometry.is_empty:
            yield holder, False, at, holder.gained.geometry
        if found and not (left := found.left_by(holder)).is_empty:
            yield holder, True, at, left


def _style(notes: Notes, holder: Holder) -> Style:
    return notes.profile.style(holder.layer, holder.kind, None)


def _lines(notes: Notes) -> list[Place]:
    """Return the lines that hold on the compared day and not on the last one."""
    view, layers = notes.view, notes.profile.layers
    if view.compare is None:
        return []
    then = replace(view, window=Window(view.compare, view.compare), as_of=None)
    shown = {place.id for place, *_ in notes.selection.places}
    return [
        place
        for place, *_ in select(notes.atlas, then).places
        if layers[place.layer].snapshot
        and "Line" in place.geometry.geom_type
        and place.id not in shown
        and (view.as_of is None or place.valid.earliest is None or place.valid.earliest <= view.as_of)
    ]
