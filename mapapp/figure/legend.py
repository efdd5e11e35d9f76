"""The legend of the figure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from mapapp.core.layers import GROUPS, SNAPSHOTS
from mapapp.core.model import Place, Status
from mapapp.figure.canvas import Look, Sheet, width, wrap
from mapapp.figure.map_style import INK, edged, fill, symbol
from mapapp.figure.notes import legend_words, ranges
from mapapp.figure.place_names import NumberBox
from mapapp.text.messages import words
from mapapp.theme import style_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapapp.figure.drawing import Map
    from mapapp.figure.text_columns import Column
    from mapapp.theme import Style

_BASE = ("border", "land-unmarked", "land-rest", "sea")
_MUCH = 0.01  # share of the map from which land or sea is listed in the legend
_SWATCH = 9.0  # millimetres from a row's left to its words
_AIR = 1.2  # millimetres between a row's words and its numbers


@dataclass(frozen=True)
class Row:
    """A row of the legend: a class of places (given by one of them), another ``sign``, or a heading.

    ``numbers`` are those of the statements about all places of the class.
    """

    text: str
    sign: str = ""
    place: Place | None = None
    status: Status | None = None
    numbers: str = ""

    @property
    def head(self) -> bool:
        """Whether the row is a heading: of a group, or of the entries for one day."""
        return self.place is None and self.sign in ("", "state")


def legend_rows(drawn: Iterable[tuple[Place, Status | None]], drawing: Map | None, state: str) -> list[Row]:
    """Return the rows of the legend, those of the article first.

    Parameters
    ----------
    drawn
        The places on the map, each with its status on that day.
    drawing
        The finished map; ``None`` before it is drawn, to get all possible rows.
    state
        The day of which control, lines and statuses are shown, as text for the headings.
    """
    groups: dict[
        tuple[bool, bool], list[Row]
    ] = {}  # by whether they are the article's, and whether they are dated
    number = [Row(words("figure-legend-number"), "number")] if not drawing or drawing.marked else []
    groups[True, False] = number
    drawn = list(drawn)
    unknown = {_drawn_as(place, None) for place, status in drawn if not status}
    seen: set[tuple[str, str, Style, str]] = set()
    for place, status in drawn:
        alike = _drawn_as(place, status)
        if alike in unknown:  # drawn like a place without a status: the legend says no more than can be seen
            status = None  # noqa: PLW2901
        look = (*alike, status.status if status else "")
        if look in seen or place.kind in ("land", "country") or place.layer == "relief":  # a name says it
            continue
        seen.add(look)
        numbers = ranges(drawing.grouped.get(look[:2], ())) if drawing else ""
        group = GROUPS.get(place.layer) == "article", bool(status or place.layer in SNAPSHOTS)
        row = Row(legend_words(place, status), place=place, status=status, numbers=numbers)
        groups.setdefault(group, []).append(row)
    if drawing and drawing.selected:
        groups[True, False].append(Row(words("figure-legend-selected"), "selected"))
    added = groups.setdefault((False, False), [])
    if not drawing or drawing.bands:
        added.append(Row(words("figure-legend-band"), "band"))
    added += [Row(words(f"figure-legend-{sign}"), sign) for sign in (_base(drawing) if drawing else _BASE)]
    rows: list[Row] = []
    for own in (True, False):
        undated, dated = groups.get((own, False), []), groups.get((own, True), [])
        if undated or dated:
            rows.append(Row(words("group-as-said" if own else "group-as-added")))
        if dated:
            dated.insert(0, Row(words("figure-legend-state", date=state), "state"))
        rows += [*undated, *dated]
    return rows


def _drawn_as(place: Place, status: Status | None) -> tuple[str, str, Style]:
    return place.layer, place.kind, style_of(place.layer, place.kind, status.status if status else None)


def _base(drawing: Map) -> Iterator[str]:
    """Yield which of land, sea and borders are visible."""
    bases = [place for place, _ in drawing.drawn if place.kind in ("land", "country")]
    whole = drawing.projection.sheet.area
    land, rest = (
        sum(drawing.shapes[place.id].area for place in bases if place.layer == layer)
        for layer in ("countries", "land")
    )
    if any(
        drawing.projection.edge(place.geometry).length > 1 for place in bases if place.layer == "countries"
    ):
        yield "border"
    if land:
        yield "land-unmarked" if any(place.layer == "control" for place, _ in drawing.drawn) else "land"
    if rest - land > _MUCH * whole:
        yield "land-rest"
    if max(land, rest) < (1 - _MUCH) * whole:
        yield "sea"


def draw_legend(
    sheet: Sheet, rows: Sequence[Row], into: Sequence[Column], size: float, *, draw: bool
) -> float:
    """Draw the legend in columns, or only measure it; return its lower edge in millimetres."""
    share = -(-len(rows) // len(into))
    cuts = [min(number * share, len(rows)) for number in range(len(into))] + [len(rows)]
    cuts = [_with_what_follows(rows, cut) for cut in cuts]
    low = into[0].top
    for column, start, stop in zip(into, cuts[:-1], cuts[1:], strict=True):
        y = column.top
        for row in rows[start:stop]:
            y = _set_row(
                sheet,
                row,
                replace(column, top=y - (0.8 if row.head and not row.sign and y < column.top else 0)),
                size,
                draw=draw,
            )
        low = min(low, y)
    return low - 1.8


def _with_what_follows(rows: Sequence[Row], cut: int) -> int:
    """Return where to break so that no heading is last in a column."""
    while 0 < cut < len(rows) and rows[cut - 1].head:
        cut -= 1
    return cut


def _set_row(sheet: Sheet, row: Row, at: Column, size: float, *, draw: bool) -> float:
    if row.head:
        look = Look(size, serif=True, color="soft") if row.sign else Look(size, bold=True)
        lines = wrap([(row.text, look)], at.wide)
        if draw:
            sheet.lines_of(at.x, at.top, lines)
        return at.top - len(lines) * look.line - 0.3
    look = Look(size, serif=True)
    box = NumberBox(row.numbers, size)
    room = at.wide - _SWATCH - (box.wide + _AIR if box.wide else 0)
    lines = wrap([(row.text, look)], room)
    high = max(len(lines) * look.line, 3.1, box.high + 0.3)
    if draw:
        _swatch(sheet, row, at.x, at.top - look.line / 2, size)
        sheet.lines_of(at.x + _SWATCH, at.top, lines)
        long = max(sum(gap + width(text, look) for text, look, gap in line) for line in lines)
        box.draw(sheet, at.x + _SWATCH + long + _AIR, at.top - (look.line + box.high) / 2)
    return at.top - high - 0.2


def _swatch(sheet: Sheet, row: Row, x: float, middle: float, size: float) -> None:
    box = shapely.box(x, middle - 1.3, x + 7, middle + 1.3)
    line = shapely.LineString([(x, middle), (x + 7, middle)])
    if row.sign == "number":
        number = NumberBox("1", size)
        number.draw(sheet, x + 3.5 - number.wide / 2, middle - number.high / 2)
    elif row.sign == "band":
        sheet.area(box, "line", 0.12)
        sheet.stroke(line, "line", 0.8, "4 2")
    elif row.sign == "selected":
        sheet.stroke(box.boundary, "article", 1.6)
    elif row.sign == "border":
        sheet.area(box, "country")
        sheet.stroke(line, "border", style_of("countries", "country", None).width * INK)
    elif row.sign in (*_BASE, "land"):
        sheet.area(box, {"sea": "water", "land-rest": "land"}.get(row.sign, "country"))
        sheet.stroke(box.boundary, "rule", 0.4)
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
    inner = box.buffer(-0.5, join_style="mitre")  # leaves room for what lies beneath the edge of a zone
    if "Polygon" in kind:
        fill(sheet, inner, style)
    edged(sheet, line if "Line" in kind else inner.boundary, place.layer, style)
