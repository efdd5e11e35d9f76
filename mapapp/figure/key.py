"""The key of the map: a row for each class of what is in sight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from mapapp.core.layers import GROUPS, SNAPSHOTS
from mapapp.core.model import Place, Status
from mapapp.figure.fonts import POINT
from mapapp.figure.map_style import INK, edged, fill, symbol
from mapapp.figure.notes import key_words, ranges
from mapapp.figure.place_names import NumberBox
from mapapp.figure.sheet import Look, Sheet, broken, width
from mapapp.text.messages import words
from mapapp.theme import style_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapapp.figure.drawing import Map
    from mapapp.theme import Style

_BASE = ("border", "land-unmarked", "sea")
_MUCH = 0.01  # share of the map from which land or sea is listed in the key
_USUAL = 8.0  # points; measures below are for text of this size
_SWATCH = 8.6  # millimetres from a row's left to its words
_AIR = 1.2  # millimetres between a row's words and its numbers
_PAD = 1.7  # millimetres between the edge of the panel and the rows
_MOST_EXAMPLES = 3  # in a row
# layers whose kinds are in one row
_KIN = {"towns": "towns", "roads": "roads", "lakes": "water", "rivers": "water", "contact-lines": "lines"}
_USUAL_LAYERS = ("towns", "roads", "lakes", "rivers")  # drawn as on most maps
_ABOVE = {True: 0.8, False: 0.15}  # millimetres above a row, by whether it is a heading


@dataclass(frozen=True)
class Row:
    """A row of the key: classes of places, another ``sign``, or a heading.

    ``examples`` has one place of each class, with its status. ``numbers`` are those of the statements about
    all places of the class.
    """

    text: str
    sign: str = ""
    examples: tuple[tuple[Place, Status | None], ...] = ()
    numbers: str = ""

    @property
    def head(self) -> bool:
        """Whether the row is a heading: of a group, or of the entries for one day."""
        return not self.examples and self.sign in ("", "state")

    @property
    def usual(self) -> bool:
        """Whether it is drawn as on most maps, so that it can be understood without the key."""
        return self.sign in ("border", "sea") or any(
            place.layer in _USUAL_LAYERS for place, _ in self.examples
        )


def key_rows(drawn: Iterable[tuple[Place, Status | None]], drawing: Map | None, state: str) -> list[Row]:
    """Return the rows of the key, those of the article first.

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
    number = [Row(words("figure-key-number"), "number")] if not drawing or drawing.marked else []
    groups[True, False] = number
    drawn = list(drawn)
    unknown = {_drawn_as(place, None) for place, status in drawn if not status}
    seen: set[tuple[str, str, Style, str]] = set()
    for place, status in drawn:
        alike = _drawn_as(place, status)
        if alike in unknown:  # drawn like a place without a status: the key says no more than can be seen
            status = None  # noqa: PLW2901
        look = (*alike, status.status if status else "")
        if look in seen or place.kind in ("land", "country") or place.layer == "relief":  # a name says it
            continue
        seen.add(look)
        numbers = ranges(drawing.grouped.get(look[:2], ())) if drawing else ""
        group = GROUPS.get(place.layer) == "article", bool(status or place.layer in SNAPSHOTS)
        row = Row(key_words(place, status), examples=((place, status),), numbers=numbers)
        groups.setdefault(group, []).append(row)
    if drawing and drawing.selected:
        groups[True, False].append(Row(words("figure-key-selected"), "selected"))
    added = groups.setdefault((False, False), [])
    if not drawing or drawing.bands:
        added.append(Row(words("figure-key-band"), "band"))
    added += [Row(words(f"figure-key-{sign}"), sign) for sign in (_base(drawing) if drawing else _BASE)]
    rows: list[Row] = []
    for own in (True, False):
        undated, dated = groups.get((own, False), []), groups.get((own, True), [])
        if undated or dated:
            rows.append(Row(words("group-as-said" if own else "group-as-added")))
        if dated:
            dated = [Row(words("figure-key-state", date=state), "state"), *_together(dated)]
        rows += [*_together(undated), *dated]
    return rows


def _together(rows: Iterable[Row]) -> list[Row]:
    """Put classes that belong together in one row: kinds of town, road and water, statuses of a post."""
    found: list[Row] = []
    last: object = None
    for row in rows:
        place = row.examples[0][0] if row.examples else None
        kin = _kin(place, row.numbers) if place else None
        if kin and kin == last and len(found[-1].examples) < _MOST_EXAMPLES:
            both = (*found[-1].examples, *row.examples)
            found[-1] = replace(found[-1], text=_joined(found[-1].text, row.text), examples=both)
        else:
            found.append(row)
        last = kin
    return found


def _kin(place: Place, numbers: str) -> object:
    """Return what classes that share a row have in common; ``None`` if a class has a row of its own."""
    return (place.kind, numbers) if place.layer == "posts" else _KIN.get(place.layer)


def _joined(one: str, other: str) -> str:
    """Return two names as one: what both begin with, up to a comma, once."""
    begin, comma, end = other.rpartition(", ")
    if comma and one.startswith(f"{begin}, "):
        return f"{one}, {end}"
    return f"{one}, {other[:1].lower()}{other[1:]}"


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
    if max(land, rest) < (1 - _MUCH) * whole:
        yield "sea"


class KeyPanel:
    """The key on a panel of its own; ``wide`` and ``high`` are its size in millimetres.

    Parameters
    ----------
    column
        Width of a column in millimetres.
    columns
        How many there are.
    """

    def __init__(self, rows: Sequence[Row], column: float, columns: int, look: Look) -> None:
        self.unit = look.size / _USUAL
        self._pad = _PAD * self.unit
        self._column = column
        self._columns = _filled([_SetRow(row, column - 2 * self._pad, look) for row in rows], columns)
        self.wide = column * len(self._columns)
        self.high = max(map(_height, self._columns)) + 2 * self._pad

    def draw(self, sheet: Sheet, right: float, top: float) -> None:
        """Draw the key with its upper right corner at ``right``, ``top``."""
        left = right - self.wide
        panel = shapely.box(left, top - self.high, right, top)
        sheet.area(panel, "paper")
        sheet.stroke(panel.boundary, "ink", 0.5)
        for number, column in enumerate(self._columns):
            y = top - self._pad
            for row in column:
                row.draw(sheet, left + number * self._column + self._pad, y)
                y -= row.high


def _height(column: Sequence[_SetRow]) -> float:
    return sum(row.high for row in column)


def _filled(rows: Sequence[_SetRow], number: int) -> list[list[_SetRow]]:
    """Divide rows among at most ``number`` columns of about the same height; no heading is last in one."""
    share = _height(rows) / number
    columns: list[list[_SetRow]] = [[]]
    for at, row in enumerate(rows):
        following = rows[at + 1] if row.row.head and at + 1 < len(rows) else None
        needed = row.high / 2 + (following.high if following else 0)
        if columns[-1] and len(columns) < number and _height(columns[-1]) + needed > share:
            columns.append([])
        columns[-1].append(row)
    return columns


class _SetRow:
    """A row of the key, broken into lines."""

    def __init__(self, row: Row, wide: float, look: Look) -> None:
        self.row = row
        self.unit = look.size / _USUAL
        self.look = (
            look if not row.head else replace(look, color="soft") if row.sign else replace(look, bold=True)
        )
        self.box = NumberBox(row.numbers, look.size)
        indent = 0 if row.head else _SWATCH * self.unit
        room = wide - indent - (self.box.wide + _AIR if self.box.wide else 0)
        self.indent = indent
        self.above = _ABOVE[row.head] * self.unit
        self.lines = broken(row.text, self.look, room)
        self.high = self.above + max(
            len(self.lines) * look.line, 0 if row.head else 3.1 * self.unit, self.box.high
        )

    def draw(self, sheet: Sheet, x: float, top: float) -> None:
        """Draw the row with its upper left corner at ``x``, ``top``."""
        top -= self.above
        line = self.look.line
        if not self.row.head:
            _swatch(sheet, self.row, x, top - line / 2, self.look)
        for number, text in enumerate(self.lines):
            sheet.text(x + self.indent, top - number * line - 0.98 * self.look.size * POINT, text, self.look)
        long = max(width(text, self.look) for text in self.lines)
        self.box.draw(sheet, x + self.indent + long + _AIR, top - (line + self.box.high) / 2)


def _swatch(sheet: Sheet, row: Row, x: float, middle: float, look: Look) -> None:
    unit = look.size / _USUAL
    box = shapely.box(x, middle - 1.3 * unit, x + 7 * unit, middle + 1.3 * unit)
    line = shapely.LineString([(x, middle), (x + 7 * unit, middle)])
    if row.sign == "number":
        one = NumberBox("1", look.size)
        one.draw(sheet, x + 3.5 * unit - one.wide / 2, middle - one.high / 2)
    elif row.sign == "band":
        sheet.area(box, "line", 0.12)
        sheet.stroke(line, "line", 0.8, "4 2")
    elif row.sign == "selected":
        sheet.stroke(box.boundary, "article", 1.6)
    elif row.sign == "border":
        sheet.area(box, "country")
        sheet.stroke(line, "border", style_of("countries", "country", None).width * INK)
    elif row.sign in (*_BASE, "land"):
        sheet.area(box, "water" if row.sign == "sea" else "country")
        sheet.stroke(box.boundary, "rule", 0.4)
    count = len(row.examples)
    for number, (place, status) in enumerate(row.examples):
        left, _, right, _ = box.bounds
        step = (right - left) / count
        gap = 0.3 * unit if count > 1 else 0
        part = shapely.box(
            left + number * step + gap, box.bounds[1], left + (number + 1) * step - gap, box.bounds[3]
        )
        _example(sheet, place, status, part)


def _example(sheet: Sheet, place: Place, status: Status | None, box: shapely.Polygon) -> None:
    style = style_of(place.layer, place.kind, status.status if status else None)
    kind = place.geometry.geom_type
    left, bottom, right, top = box.bounds
    if kind == "Point":
        symbol(sheet, (left + right) / 2, (bottom + top) / 2, place, status)
        return
    inner = box.buffer(-0.5, join_style="mitre")  # leaves room for what lies beneath the edge of a zone
    if "Polygon" in kind:
        fill(sheet, inner, style)
    level = (bottom + top) / 2
    line = shapely.LineString([(left, level), (right, level)])
    edged(sheet, line if "Line" in kind else inner.boundary, place.layer, style)
