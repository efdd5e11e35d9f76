"""The key of what shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from mapapp.core.model import Place, Status
from mapapp.render.figure.looks import INK, fill, scaled, style_of, symbol
from mapapp.render.figure.notes import key_words
from mapapp.render.figure.sheet import POINT, Look, Sheet, wrap
from mapapp.render.payload import GROUPS
from mapapp.render.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapapp.render.figure.flow import Column
    from mapapp.render.figure.map import Map

_SWATCH = 9.0  # millimetres from a row's left to its words


@dataclass(frozen=True)
class Row:
    """A row: a class of places by an example, a ``sign`` that is no place, or a heading."""

    text: str
    sign: str = ""
    place: Place | None = None
    status: Status | None = None

    @property
    def head(self) -> bool:
        """Whether the row is a heading."""
        return not self.sign and self.place is None


def key_rows(drawn: Iterable[tuple[Place, Status | None]], came: Map | None, state: str) -> list[Row]:
    """Return the key's rows, the article's apart from ours; before the map all there may be.

    ``state`` is the day whose contact line is drawn, where the window is longer than a day.
    """
    said = [Row(words("figure-key-number"), "number")] if not came or came.marked else []
    added: list[Row] = []
    seen: set[tuple[str, str, str]] = set()
    for place, status in drawn:
        look = (place.layer, place.kind, status.status if status else "")
        if look in seen or place.kind in ("land", "country"):
            continue
        seen.add(look)
        group = said if GROUPS.get(place.layer) == "article" else added
        text = key_words(place, status)
        if state and place.kind == "contact-line":
            text = words("figure-key-contact-line", date=state)
        group.append(Row(text, place=place, status=status))
    if came and came.lifted:
        said.append(Row(words("figure-key-lifted"), "lifted"))
    if not came or came.bands:
        added.append(Row(words("figure-key-band"), "band"))
    return [
        *([Row(words("group-as-said")), *said] if said else []),
        *([Row(words("group-as-added")), *added] if added else []),
    ]


def set_key(sheet: Sheet, rows: Sequence[Row], into: Sequence[Column], size: float, *, draw: bool) -> float:
    """Set the key into columns, or only measure it; return its lower edge."""
    share = -(-len(rows) // len(into))
    cuts = [min(number * share, len(rows)) for number in range(len(into))] + [len(rows)]
    cuts = [cut - 1 if 0 < cut < len(rows) and rows[cut - 1].head else cut for cut in cuts]
    low = into[0].top
    for column, start, stop in zip(into, cuts[:-1], cuts[1:], strict=True):
        y = column.top
        for row in rows[start:stop]:
            y = _set_row(
                sheet,
                row,
                replace(column, top=y - (0.8 if row.head and y < column.top else 0)),
                size,
                draw=draw,
            )
        low = min(low, y)
    return low - 1.8


def _set_row(sheet: Sheet, row: Row, at: Column, size: float, *, draw: bool) -> float:
    if row.head:
        look = Look(size, bold=True)
        lines = wrap([(row.text, look)], at.wide)
        if draw:
            sheet.lines_of(at.x, at.top, lines)
        return at.top - len(lines) * look.line - 0.3
    look = Look(size, serif=True)
    lines = wrap([(row.text, look)], at.wide - _SWATCH)
    if draw:
        _swatch(sheet, row, at.x, at.top - look.line / 2, size)
        sheet.lines_of(at.x + _SWATCH, at.top, lines)
    return at.top - max(len(lines) * look.line, 3.1) - 0.2


def _swatch(sheet: Sheet, row: Row, x: float, middle: float, size: float) -> None:
    box = shapely.box(x, middle - 1.3, x + 7, middle + 1.3)
    line = shapely.LineString([(x, middle), (x + 7, middle)])
    if row.sign == "number":
        sheet.area(shapely.box(x + 1.6, middle - 1.4, x + 5.4, middle + 1.4), "article")
        look = Look(size, bold=True, color="paper")
        sheet.text(x + 3.5, middle - 0.365 * size * POINT, "1", look, align="center")
    elif row.sign == "band":
        sheet.area(box, "line", 0.12)
        sheet.stroke(line, "line", 0.8, "4 2")
    elif row.sign == "lifted":
        sheet.stroke(box.boundary, "article", 1.6)
    elif row.place is not None:
        _example(sheet, row.place, row.status, box, line)


def _example(
    sheet: Sheet, place: Place, status: Status | None, box: shapely.Polygon, line: shapely.LineString
) -> None:
    style = style_of(place.layer, place.kind, status.status if status else None)
    kind = place.geometry.geom_type
    if kind == "Point":
        middle = box.centroid
        symbol(sheet, middle.x, middle.y, place, status)
        return
    if "Polygon" in kind:
        fill(sheet, box, style)
    if style.width:
        edge = line if "Line" in kind else box.boundary
        sheet.stroke(edge, style.stroke, style.width * INK, scaled(style.dash))
