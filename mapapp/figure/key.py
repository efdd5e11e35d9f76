"""The key of the map: a row for each class of what is in sight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

import shapely

from mapapp.core.model import Place, Status
from mapapp.core.profile import Style
from mapapp.core.story_frame import has_land
from mapapp.figure.fonts import POINT
from mapapp.figure.map_style import (
    INK,
    draft_edge,
    edged,
    fill,
    hatched,
    inner_band,
    is_ground,
    style_for,
    symbol,
    symbol_size,
)
from mapapp.figure.note_items import ranges
from mapapp.figure.own_layers import own_key, own_line, own_point
from mapapp.figure.place_names import NumberBox
from mapapp.figure.sheet import Look, Sheet, broken, width
from mapapp.text.labels import class_words
from mapapp.text.locales import digits, direction, local, within_sentence
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapapp.core.model import Atlas
    from mapapp.core.profile import Profile
    from mapapp.data.own_layer import OwnLayer
    from mapapp.figure.drawing import Map
    from mapapp.figure.projection import Box

_BASE = ("border", "land", "sea")
_MUCH = 0.01  # share of the map from which land or sea is listed in the key
_USUAL = 8.0  # points; measures below are for text of this size
_SWATCH = 8.6  # millimetres from a row's left to its words
_SWATCH_WIDE, _SWATCH_HALF = 7.0, 1.3  # millimetres: width and half of the height
_AIR = 1.2  # millimetres between a row's words and its numbers
_PAD = 1.7  # millimetres between the edge of the panel and the rows
_ROUNDING = 1e-6  # millimetres
_SHARE = 0.62  # most of the map's width that the key takes
_MOST = 0.5  # most of the map's area that the key takes
_SMALLER = 0.92  # by which the text of a key shrinks until it fits
_MOST_EXAMPLES = 3  # in a row
_ABOVE = {True: 0.8, False: 0.15}  # millimetres above a row, by whether it is a heading


@dataclass(frozen=True)
class Row:
    """A row of the key: classes of places, another ``sign``, or a heading.

    ``examples`` has one place of each class, with its status. ``numbers`` are those of the statements about
    all places of the class. ``usual`` is whether it is drawn as on most maps, so that it can be understood
    without the key. ``compared`` is the style, the angle in degrees and the dash of what a comparison adds: a
    hatch, or without an angle a line.
    """

    text: str
    sign: str = ""
    examples: tuple[tuple[Place, Status | None], ...] = ()
    numbers: str = ""
    usual: bool = False
    compared: tuple[Style, int | None, str | None] | None = None

    @property
    def head(self) -> bool:
        """Whether the row is a heading: of a group, or of the entries for one day."""
        return not self.examples and self.sign in ("", "state")


def key_rows(
    atlas: Atlas,
    drawn: Iterable[tuple[Place, Status | None]],
    drawing: Map | None,
    state: str,
    grouped: Mapping[tuple[str, str], Iterable[str]] = MappingProxyType({}),
) -> list[Row]:
    """Return the rows of the key, those of the article first.

    Parameters
    ----------
    drawn
        The places on the map, each with its status on that day.
    drawing
        The finished map; ``None`` before it is drawn, to get all possible rows.
    state
        The day of which snapshots and statuses are shown, as text for the headings.
    grouped
        The numbers that the key has once for a layer and a kind, before the map is drawn.
    """
    grouped = drawing.grouped if drawing else grouped
    groups: dict[
        tuple[bool, bool], list[Row]
    ] = {}  # by whether they are the article's, and whether they are dated
    profile = atlas.profile
    number = [Row(words("figure-key-number"), "number")] if not drawing or drawing.marked else []
    groups[True, False] = number
    drawn = list(drawn)
    unknown = {_drawn_as(profile, place, None) for place, status in drawn if not status}
    seen: set[tuple[str, str, Style, str, bool]] = set()
    for place, status in drawn:
        alike, layer = _drawn_as(profile, place, status), profile.layers[place.layer]
        if alike in unknown:  # drawn like a place without a status: the key says no more than can be seen
            status = None  # noqa: PLW2901
        look = (*alike, status.status if status else "", place.draft)
        if look in seen or is_ground(profile, place) or not layer.in_key:  # a name says it
            continue
        seen.add(look)
        numbers = ranges(grouped.get(look[:2], ()))
        group = layer.group == "article", bool(status or layer.snapshot)
        text = class_words(profile, place, status.status if status else None)
        text = words("figure-key-draft", what=text) if place.draft else text
        row = Row(text, examples=((place, status),), numbers=numbers, usual=layer.reference)
        groups.setdefault(group, []).append(row)
    if drawing and drawing.selected:
        groups[True, False].append(Row(words("figure-key-selected"), "selected"))
    added = groups.setdefault((False, False), [])
    if not drawing or drawing.bands:
        added.append(Row(words("figure-key-band"), "band"))
    if not drawing or drawing.dashed:
        added.append(Row(words("how-dash"), "dash"))
    signs = _base(drawing) if drawing else _BASE
    land = _unmarked(profile, drawn) or words("figure-key-land")
    added += [
        Row(land if sign == "land" else words(f"figure-key-{sign}"), sign, usual=sign != "land")
        for sign in signs
    ]
    rows: list[Row] = []
    for own in (True, False):
        undated, dated = groups.get((own, False), []), groups.get((own, True), [])
        if undated or dated:
            said = "group-as-said" if len(atlas.articles) == 1 else "group-as-said-several"
            rows.append(Row(words(said if own else "group-as-added")))
        if dated:
            dated = [Row(words("figure-key-state", date=state), "state"), *_together(profile, dated)]
        rows += [*_together(profile, undated), *dated]
    return rows


def own_rows(own: Sequence[OwnLayer]) -> list[Row]:
    """Return the rows of the layers that the maker of the figure added."""
    rows = [Row(text, "own") for text in own_key(own)]
    return [Row(words("figure-group-own")), *rows] if rows else []


def _together(profile: Profile, rows: Iterable[Row]) -> list[Row]:
    """Put classes that belong together in one row: kinds of town, road and water, statuses of a point.

    Classes that neither look nor words tell apart, such as those of two layers, are listed once.
    """
    found: list[Row] = []
    last: object = None
    for row in _distinct(profile, rows):
        place = row.examples[0][0] if row.examples else None
        kin = _kin(profile, place, row.numbers) if place else None
        if kin and kin == last and len(found[-1].examples) < _MOST_EXAMPLES:
            both = (*found[-1].examples, *row.examples)
            found[-1] = replace(found[-1], text=_joined(found[-1].text, row.text), examples=both)
        else:
            found.append(row)
        last = kin
    return found


def _kin(profile: Profile, place: Place, numbers: str) -> object:
    """Return what classes that share a row have in common; ``None`` if a class has a row of its own."""
    layer, point = profile.layers[place.layer], place.geometry.geom_type == "Point"
    if place.draft:
        return None
    if layer.reference:
        return layer.style.stroke, point
    if point:
        return place.kind, numbers
    return layer.id if layer.shapes == ("line",) else None


def _distinct(profile: Profile, rows: Iterable[Row]) -> Iterable[Row]:
    """Return the first of each number of rows, not yet joined, that a reader of the key cannot tell apart."""
    found: dict[object, Row] = {}
    for row in rows:
        seen: object = row
        if row.examples:
            ((place, status),) = row.examples
            seen = (
                row.text,
                row.numbers,
                *_drawn_as(profile, place, status)[1:],
                status.status if status else "",
                place.draft,
                place.geometry.geom_type.removeprefix("Multi"),
                symbol_size(profile, place.layer),
                profile.layers[place.layer].main,
            )
        found.setdefault(seen, row)
    return found.values()


def _joined(one: str, other: str) -> str:
    """Return two names as one: what both begin with, up to a comma, once; equal names once."""
    comma = words("in-a-row", one="", other="")
    there = f"{comma}{one.lower()}{comma}"
    begin, found, end = other.rpartition(comma)
    new = end if found and one.startswith(f"{begin}{comma}") else other
    if f"{comma}{new.lower()}{comma}" in there:
        return one
    return f"{one}{comma}{new if new != other else within_sentence(other)}"


def _drawn_as(profile: Profile, place: Place, status: Status | None) -> tuple[str, str, Style]:
    # a place of low confidence is dashed, but of the same class
    return place.layer, place.kind, profile.style(place.layer, place.kind, status.status if status else None)


def _unmarked(profile: Profile, drawn: Iterable[tuple[Place, Status | None]]) -> str:
    """Return what land outside the areas of the layers drawn means; empty if no layer says so."""
    there = {place.layer for place, _ in drawn}
    said = (layer.unmarked for layer in profile.layers.values() if layer.unmarked and layer.id in there)
    return next((local(names) for names in said), "")


def _base(drawing: Map) -> Iterator[str]:
    """Yield which of land, sea and borders are visible."""
    bases = [place for place, _ in drawing.drawn if is_ground(drawing.profile, place)]
    whole, countries = drawing.projection.sheet.area, drawing.profile.having("country")
    land, rest = (
        sum(drawing.shapes[place.id].area for place in bases if (place.layer in countries) == own)
        for own in (True, False)
    )
    if any(drawing.projection.edge(place.geometry).length > 1 for place in bases if place.layer in countries):
        yield "border"
    if land or rest:
        yield "land"
    if has_land(drawing.notes.atlas) and max(land, rest) < (1 - _MUCH) * whole:
        yield "sea"


def fit_key(  # noqa: PLR0913, PLR0917 - what, and where
    profile: Profile, rows: Sequence[Row], column: float, look: Look, room: tuple[float, float], below: float
) -> KeyLayout:
    """Return the layout with which a key fits on a map and leaves it at least half of its area.

    The key has more columns where it would be too high; then it is brief, without what every map has alike;
    then its text is smaller.

    Parameters
    ----------
    column
        Width of a column in millimetres, for text of the size of ``look``.
    room
        Width and height of the map in millimetres.
    below
        What of the height has to stay free below the key.
    """
    wide, high = room
    scale = 1.0
    while True:
        for brief in (False, True):
            for columns in range(1, max(1, int(_SHARE * wide / (column * scale))) + 1):
                layout = KeyLayout(column * scale, columns, brief, replace(look, size=look.size * scale))
                panel = layout.panel(profile, rows)
                if panel.high <= high - below and panel.wide * panel.high <= _MOST * wide * high:
                    return layout
        scale *= _SMALLER


@dataclass(frozen=True)
class KeyLayout:
    """How a key fits on a map: ``columns`` of a width in millimetres, whether it is brief, and its text."""

    column: float
    columns: int
    brief: bool
    look: Look

    def panel(self, profile: Profile, rows: Iterable[Row]) -> KeyPanel:
        """Return the panel with rows of the key."""
        kept = [row for row in rows if not (self.brief and row.usual)]
        return KeyPanel(profile, kept, self.column, self.columns, self.look)


class KeyPanel:
    """The key on a panel of its own; ``wide`` and ``high`` are its size in millimetres.

    Parameters
    ----------
    column
        Width of a column in millimetres.
    columns
        How many there are.
    """

    def __init__(
        self, profile: Profile, rows: Sequence[Row], column: float, columns: int, look: Look
    ) -> None:
        self._profile = profile
        self.unit = look.size / _USUAL
        self._pad = _PAD * self.unit
        self._column = column
        self._columns = _filled([_SetRow(row, column - 2 * self._pad, look) for row in rows], columns)
        self.wide = column * len(self._columns)
        self.high = max(sum(row.high for row in rows) for rows in self._columns) + 2 * self._pad

    def draw(self, sheet: Sheet, right: float, top: float) -> Box:
        """Draw the key with its upper right corner at ``right``, ``top``, and return where it is."""
        left = right - self.wide
        panel = shapely.box(left, top - self.high, right, top)
        sheet.area(panel, "paper")
        sheet.stroke(panel.boundary, "ink", 0.5)
        for number, column in enumerate(self._columns):
            y = top - self._pad
            across = len(self._columns) - 1 - number if direction() == "rtl" else number
            for row in column:
                row.draw(sheet, self._profile, left + across * self._column + self._pad, y)
                y -= row.high
        return left, top - self.high, right, top


def _filled(rows: Sequence[_SetRow], number: int) -> list[list[_SetRow]]:
    """Divide rows among at most ``number`` columns, as low as they can be; no heading is last in one."""
    high = [row.high for row in rows]
    heads = [bool(row.row.head) for row in rows]
    runs = {run for first in range(len(high)) for run in accumulate(high[first:])}
    starts = next(found for most in sorted(runs) if (found := _starts(high, heads, most, number)))
    return [[*rows[start:end]] for start, end in pairwise([*starts, len(rows)])]


def _starts(high: Sequence[float], heads: Sequence[bool], most: float, number: int) -> list[int]:
    """Return the first row of each column if rows fit into ``number`` columns of a height; else nothing.

    A column may be higher if a row and what it must stay with is.
    """
    starts, filled = [0], 0.0
    for at, row in enumerate(high):
        after = filled + row
        together = after + high[at + 1] if heads[at] and at + 1 < len(high) else after
        if at > starts[-1] and together > most + _ROUNDING:
            if len(starts) == number:
                return []
            starts.append(at)
            after = row
        filled = after
    return starts


class _SetRow:
    """A row of the key, broken into lines."""

    def __init__(self, row: Row, wide: float, look: Look) -> None:
        self.row = row
        self.wide = wide
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

    def draw(self, sheet: Sheet, profile: Profile, x: float, top: float) -> None:
        """Draw the row with its upper left corner at ``x``, ``top``; it is mirrored in a page so read."""
        top -= self.above
        line = self.look.line
        mirrored = direction() == "rtl"
        if not self.row.head:
            left = x + self.wide - _SWATCH_WIDE * self.unit if mirrored else x
            _swatch(sheet, profile, self.row, left, top - line / 2, self.look)
        start = x + self.wide - self.indent if mirrored else x + self.indent
        for number, text in enumerate(self.lines):
            y = top - number * line - 0.98 * self.look.size * POINT
            sheet.text(start, y, text, self.look, align="right" if mirrored else "left")
        long = max(width(text, self.look) for text in self.lines) + _AIR
        left = start - long - self.box.wide if mirrored else start + long
        self.box.draw(sheet, left, top - (line + self.box.high) / 2)


def _swatch(  # noqa: PLR0913, PLR0917 - what and where
    sheet: Sheet, profile: Profile, row: Row, x: float, middle: float, look: Look
) -> None:
    unit = look.size / _USUAL
    wide = _SWATCH_WIDE * unit
    box = shapely.box(x, middle - _SWATCH_HALF * unit, x + wide, middle + _SWATCH_HALF * unit)
    if row.sign == "number":
        one = NumberBox(digits("1"), look.size)
        one.draw(sheet, x + wide / 2 - one.wide / 2, middle - one.high / 2)
    elif row.compared:
        _compared(sheet, box, *row.compared)
    else:
        _sign(sheet, profile, row.sign, box)
    count = len(row.examples)
    for number, (place, status) in enumerate(row.examples):
        left, _, right, _ = box.bounds
        step = (right - left) / count
        gap = 0.3 * unit if count > 1 else 0
        part = shapely.box(
            left + number * step + gap, box.bounds[1], left + (number + 1) * step - gap, box.bounds[3]
        )
        _example(sheet, profile, place, status, part)


def _compared(sheet: Sheet, box: shapely.Polygon, style: Style, angle: int | None, dash: str | None) -> None:
    """Draw the line of the day compared, or the hatch of land gained or lost."""
    if angle is None:
        sheet.stroke(_through(box), style.stroke, style.width * INK, alpha=0.5)
    else:
        sheet.stroke(hatched(box, 90 - angle), style.stroke, 0.8, dash)
        sheet.stroke(box.boundary, style.stroke, 0.8, dash)


def _through(box: shapely.Polygon) -> shapely.LineString:
    """Return the line through the middle of a box."""
    left, bottom, right, top = box.bounds
    return shapely.LineString([(left, (bottom + top) / 2), (right, (bottom + top) / 2)])


def _sign(sheet: Sheet, profile: Profile, sign: str, box: shapely.Polygon) -> None:
    """Draw what a row without examples stands for, in a box."""
    line = _through(box)
    if sign == "band":
        sheet.area(box, "strong", 0.12)
        sheet.stroke(line, "strong", 0.8)
    elif sign == "own":
        own_line(sheet, line)
        own_point(sheet, box.centroid.x, box.centroid.y)
    elif sign == "dash":
        sheet.stroke(line, "strong", 0.8, "4 3")
    elif sign == "selected":
        sheet.stroke(box.boundary, "article", 1.6)
    elif sign == "border":
        sheet.area(box, "country")
        style = next(layer.style for layer in profile.layers.values() if layer.role == "country")
        sheet.stroke(line, style.stroke, style.width * INK)
    elif sign in _BASE:
        sheet.area(box, "water" if sign == "sea" else "country")
        sheet.stroke(box.boundary, "rule", 0.4)


def _example(
    sheet: Sheet, profile: Profile, place: Place, status: Status | None, box: shapely.Polygon
) -> None:
    style = style_for(profile, place, status)
    kind = place.geometry.geom_type
    left, bottom, right, top = box.bounds
    if kind == "Point":
        scale = (top - bottom) / (2 * _SWATCH_HALF)
        symbol(sheet, profile, (left + right) / 2, (bottom + top) / 2, place, status, scale)
        return
    inner = box.buffer(-0.5, join_style="mitre")  # leaves room for what lies beneath the edge of an area
    if "Polygon" in kind:
        fill(sheet, inner, style, draft=place.draft)
    level = (bottom + top) / 2
    line = "Line" in kind
    edge = shapely.LineString([(left, level), (right, level)]) if line else inner.boundary
    if place.draft:
        draft_edge(sheet, edge, style.stroke)
        return
    if not line:
        inner_band(sheet, inner, edge, style)
    edged(sheet, edge, style, main=line and profile.layers[place.layer].main)
