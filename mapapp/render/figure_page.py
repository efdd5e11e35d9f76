"""The page of the figure: head, map, key, notes and foot, each in its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import segno
import shapely
from matplotlib.path import Path

from mapapp.render.figure_ground import Ground, ground
from mapapp.render.figure_map import Map, draw_map, hatched, scaled, style_of, symbol
from mapapp.render.figure_notes import LENGTHS, Notes, key_words, ranges
from mapapp.render.figure_text import POINT, Line, Look, Run, Sheet, width, wrap
from mapapp.render.payload import GROUPS, home
from mapapp.render.text import number_words, when_words, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapapp.core.model import Event, Place, Status
    from mapapp.render.figure import Size

_GAP = 5.0  # millimetres between columns
_TICKS = 4.0  # millimetres left and below the map for the names of the graticule
_CODE = (14.0, 25.0)  # millimetres: smallest and largest side of the code
_MODULE = 0.38  # millimetres, at least, of one of its squares
_LEAST = 2  # lines of a paragraph that stand together
_SHRINK = 0.75  # of its size, a title may lose to stay on one line
_QUIET = 3  # squares of paper around it


@dataclass(frozen=True)
class Block:
    """A paragraph: ``mark`` hangs in the margin; a ``head`` stays with what follows; ``above`` is space."""

    runs: list[Run]
    mark: str = ""
    head: bool = False
    above: float = 0.45


@dataclass(frozen=True)
class Column:
    """Room for paragraphs: left, top, width and height in millimetres."""

    x: float
    top: float
    wide: float
    high: float


Key = tuple[str, "Place | None", "Status | None", str]  # what of a row: its kind, an example, its words


class Page:
    """One view laid out on one size of page."""

    def __init__(self, notes: Notes, size: Size, address: str) -> None:
        self.notes, self.size, self.address = notes, size, address
        self.sheet = Sheet(size.wide, size.high)
        self._lines: dict[tuple[tuple[Run, ...], float], list[Line]] = {}
        self.look = Look(size.body)
        self.read = Look(size.body, serif=True)
        self.quiet = replace(self.read, color="soft")
        self.soft = replace(self.look, color="soft")
        self.strong = replace(self.look, bold=True)

    def draw(self) -> Sheet:
        """Draw everything and return the sheet."""
        size = self.size
        top = self._head(size.high - size.margin)
        qr = self._code()
        land = self._ground(top, size.margin + 20)  # a first guess at the foot, for its words
        bottom = self._foot(land, qr, draw=False)
        land = self._ground(top, bottom + 2)
        came = draw_map(self.sheet, land, self.notes, self.look)
        self._foot(land, qr, draw=True)
        self._beside(land, came, top, bottom + 2)
        return self.sheet

    def _ground(self, top: float, bottom: float) -> Ground:
        size = self.size
        left = size.margin + _TICKS
        right = size.margin + (size.wide - 2 * size.margin) * size.map_wide
        low = top - (top - bottom) * size.map_high
        if size.key_below:
            low += self._key_high(right - left) + 1.5
        at = (left, low + _TICKS, right, top)
        return ground(self.notes.view.camera, home(self.notes.atlas), at)

    def _head(self, top: float) -> float:
        size, sheet = self.size, self.sheet
        room = size.wide - 2 * size.margin
        look = Look(size.title, bold=True)
        look = replace(look, size=size.title * max(_SHRINK, min(1, room / width(self.notes.title, look))))
        title = wrap([(self.notes.title, look)], room)
        top = sheet.lines_of(size.margin, top, title)
        lead = [(part + ("" if part.endswith(".") else "."), self.soft) for part in self.notes.lead]
        top = sheet.lines_of(size.margin, top - 0.4, wrap(lead, room))
        return top - 2.2

    def _code(self) -> tuple[list[tuple[int, ...]], float] | None:
        """Return the squares of the address's code and the side it needs; ``None`` where it gets too large."""
        if not self.address:
            return None
        try:
            squares = [tuple(row) for row in segno.make(self.address, error="m", micro=False).matrix]
        except segno.DataOverflowError:
            return None
        count = len(squares) + 2 * _QUIET
        side = max(_CODE[0], count * _MODULE)
        return (squares, side) if side <= _CODE[1] else None

    def _foot(self, land: Ground, code: tuple[list[tuple[int, ...]], float] | None, *, draw: bool) -> float:
        """Draw the foot, or only measure it; return where it begins."""
        size, sheet = self.size, self.sheet
        side = code[1] if code else 0
        left, right = size.margin, size.wide - size.margin
        room = right - left - (side + _GAP if code else 0)
        columns = 2 if room > 150 else 1  # noqa: PLR2004 - two columns where there is room
        column = (room - (columns - 1) * _GAP) / columns
        runs: list[Run] = [
            (words("about-shapes"), self.quiet),
            (words("about-attribution"), self.quiet),
            (self._projection(land), self.quiet),
            (
                words(
                    "figure-data",
                    data=self.notes.atlas.fingerprint[:12],
                    article=self.notes.atlas.article.sha256[:12],
                ),
                self.quiet,
            ),
            (words("figure-address"), self.read),
            (self.address, self.read),
        ]
        if self.address and not code:
            runs.append((words("figure-no-code"), self.quiet))
        lines = wrap(runs, column)
        first = -(-len(lines) // columns)
        high = first * self.quiet.line
        top = size.margin + max(high, side)
        if draw:
            sheet.stroke(shapely.LineString([(left, top + 1.6), (right, top + 1.6)]), "border", 0.4)
            for number in range(columns):
                part = lines[number * first : (number + 1) * first]
                sheet.lines_of(left + number * (column + _GAP), top, part)
            if code:
                self._squares(code[0], right - side, top - side, side)
        return top + 2.4

    def _squares(self, squares: Sequence[tuple[int, ...]], x: float, y: float, side: float) -> None:
        """Draw the code as one path, a rectangle for each run of dark squares."""
        step = side / (len(squares) + 2 * _QUIET)
        points: list[tuple[float, float]] = []
        codes: list[int] = []
        for number, row in enumerate(squares):
            top = y + side - (number + _QUIET) * step
            start = None
            for at, dark in enumerate((*row, 0)):
                if dark and start is None:
                    start = at
                if not dark and start is not None:
                    one, other = x + (start + _QUIET) * step, x + (at + _QUIET) * step
                    points += [
                        (one, top - step),
                        (other, top - step),
                        (other, top),
                        (one, top),
                        (one, top - step),
                    ]
                    codes += [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
                    start = None
        self.sheet.path(Path(points, codes), "ink")

    def _projection(self, land: Ground) -> str:
        scale = land.true * 1000
        round_to = 10 ** (len(str(int(scale))) - 2)
        said = number_words(round(scale / round_to) * round_to)
        if land.name == "world":
            return words("figure-projection-world", scale=said)
        lon, lat = land.middle
        if land.name == "equidistant":
            return words(
                "figure-projection-equidistant",
                scale=said,
                lat=f"{abs(lat):.0f}°{'N' if lat >= 0 else 'S'}",
                lon=f"{abs(lon):.0f}°{'E' if lon >= 0 else 'W'}",
            )
        return words("figure-projection-utm", scale=said, name=land.name)

    def _beside(self, land: Ground, came: Map, top: float, bottom: float) -> None:
        """Draw key and notes beside the map, and on beneath it where the map does not reach the foot."""
        size = self.size
        right = size.wide - size.margin
        below = size.map_high < 1
        low = land.at[1] - _TICKS if below else bottom
        if size.key_below:
            key = self._columns(land.at[0], land.at[2], land.at[1] - _TICKS - 1.5, bottom, size.key)
            self._key(self._key_rows(came.drawn, came), key)
        else:
            key = self._columns(land.at[2] + _GAP, right, top, low, size.key)
            top = self._key(self._key_rows(came.drawn, came), key)
        columns = self._columns(land.at[2] + _GAP, right, top, low, size.columns)
        if below:
            columns += self._columns(size.margin, right, land.at[1] - _TICKS - 2, bottom, 2)
        self._flow(self._fitting(came, columns), columns, draw=True)

    @staticmethod
    def _columns(left: float, right: float, top: float, bottom: float, count: int) -> list[Column]:
        wide = (right - left - (count - 1) * _GAP) / count
        return [Column(left + number * (wide + _GAP), top, wide, top - bottom) for number in range(count)]

    def _key_high(self, wide: float) -> float:
        """Return the height the key may need at most below a map that wide; what shows is known only when drawn."""
        columns = self._columns(0, wide, 0, -1000, self.size.key)
        places = [(place, status) for place, _, status in self.notes.shown.places]
        return -self._key(self._key_rows(places, None), columns, draw=False)

    def _key_rows(self, drawn: Sequence[tuple[Place, Status | None]], came: Map | None) -> list[str | Key]:
        """Return the key's rows, what the article speaks of apart from what we add; all there may be before the map."""
        said: list[Key] = (
            [("number", None, None, words("figure-key-number"))] if not came or came.marked else []
        )
        added: list[Key] = []
        seen: set[tuple[str, str, str]] = set()
        for place, status in drawn:
            look = (place.layer, place.kind, status.status if status else "")
            if look in seen or place.kind in ("land", "country"):
                continue
            seen.add(look)
            group = said if GROUPS.get(place.layer) == "article" else added
            group.append(("place", place, status, key_words(place, status)))
        if came and came.lifted:
            said.append(("lifted", None, None, words("figure-key-lifted")))
        if not came or came.bands:
            added.append(("band", None, None, words("figure-key-band")))
        rows: list[str | Key] = []
        for name, group in (("group-as-said", said), ("group-as-added", added)):
            rows += [words(name), *group] if group else []
        return rows

    def _key(self, rows: list[str | Key], columns: list[Column], *, draw: bool = True) -> float:
        """Draw the key, or only measure it; return its lower edge."""
        share = -(-len(rows) // len(columns))
        cuts = [number * share for number in range(len(columns))] + [len(rows)]
        cuts = [cut - 1 if 0 < cut < len(rows) and isinstance(rows[cut - 1], str) else cut for cut in cuts]
        low = columns[0].top
        for column, start, stop in zip(columns, cuts[:-1], cuts[1:], strict=True):
            y = column.top
            for row in rows[start:stop]:
                if isinstance(row, str):
                    y -= 0 if y == column.top else 0.8
                    lines = wrap([(row, self.strong)], column.wide)
                    if draw:
                        self.sheet.lines_of(column.x, y, lines)
                    y -= len(lines) * self.strong.line + 0.3
                else:
                    y = self._key_row(row, column.x, y, column.wide, draw=draw)
            low = min(low, y)
        return low - 1.8

    def _key_row(self, row: Key, x: float, top: float, room: float, *, draw: bool) -> float:
        what, place, status, text = row
        lines = wrap([(text, self.read)], room - 9)
        after = top - max(len(lines) * self.read.line, 3.1) - 0.2
        if not draw:
            return after
        middle = top - self.read.line / 2
        box = shapely.box(x, middle - 1.3, x + 7, middle + 1.3)
        if what == "number":
            self.sheet.area(shapely.box(x + 1.6, middle - 1.4, x + 5.4, middle + 1.4), "article")
            look = replace(self.strong, color="paper")
            self.sheet.text(x + 3.5, middle - 0.365 * look.size * POINT, "1", look, align="center")
        elif what == "band":
            self.sheet.area(box, "line", 0.12)
            self.sheet.stroke(shapely.LineString([(x, middle), (x + 7, middle)]), "line", 0.8, "4 2")
        elif what == "lifted":
            self.sheet.stroke(box.boundary, "article", 1.6)
        elif place is not None:
            self._swatch(place, status, box)
        self.sheet.lines_of(x + 9, top, lines)
        return after

    def _swatch(self, place: Place, status: Status | None, box: shapely.Polygon) -> None:
        left, bottom, right, top = box.bounds
        style = style_of(place.layer, place.kind, status.status if status else None)
        kind = place.geometry.geom_type
        if kind == "Point":
            symbol(self.sheet, (left + right) / 2, (bottom + top) / 2, place, status)
            return
        edge = box.boundary
        if "Line" in kind:
            edge = shapely.LineString([(left, (bottom + top) / 2), (right, (bottom + top) / 2)])
        elif style.hatch is not None:
            self.sheet.stroke(hatched(box, style.hatch), style.stroke, 0.55)
        elif style.fill and style.opacity > 0.05:  # noqa: PLR2004 - fainter ones are not drawn
            self.sheet.area(box, style.fill, style.opacity)
        if style.width:
            self.sheet.stroke(edge, style.stroke, style.width * 0.55, scaled(style.dash))

    def _fitting(self, came: Map, columns: list[Column]) -> list[Block]:
        """Return as much of notes, background and sources as fits, saying how much more there is."""
        notes = self.notes
        events = [event for event, _ in notes.shown.events]
        facts = [fact for fact, _ in notes.shown.facts]
        sources = notes.sources(came.drawn, facts)
        off = notes.off(came.marked)

        def build(length: int, n: int, m: int, k: int) -> list[Block]:
            blocks = [Block([(words("figure-notes"), self._heading("article"))], head=True, above=1.5)]
            if notes.usual:
                usual = words("figure-usual", when=when_words(notes.usual))
                blocks.append(Block([(usual, self.quiet)], head=True, above=0.2))
            blocks += [
                Block(notes.footnote(event, length, self.read), str(number))
                for number, event in enumerate(events[:n], 1)
            ]
            if not events:
                blocks.append(Block([(notes.empty, self.strong)]))
            if left := len(events) - n:
                numbers = ranges(range(n + 1, len(events) + 1))
                key = "figure-more-notes-one" if left == 1 else "figure-more-notes-other"
                blocks.append(Block([(words(key, n=left, numbers=numbers), self.read)]))
            if events and not length:
                blocks.append(Block([(words("figure-no-quotes"), self.read)]))
            if off:
                blocks.append(Block([(off, self.quiet)]))
            if came.crowded:
                layers = ", ".join(
                    f"{words(f'layer-{layer}').lower()} ({count})"
                    for layer, count in sorted(came.crowded.items())
                )
                blocks.append(Block([(words("figure-crowded", layers=layers), self.quiet)]))
            if notes.view.background:
                blocks.append(
                    Block([(words("figure-background"), self._heading("ink"))], head=True, above=2.2)
                )
                blocks += [Block(notes.background(fact, self.read), "–") for fact in facts[:m]]
                if not facts:
                    blocks.append(Block([(words("figure-no-background"), self.quiet)]))
                if len(facts) > m:
                    blocks.append(Block([(words("figure-more-background", n=len(facts) - m), self.quiet)]))
            blocks.append(Block([(words("figure-sources"), self._heading("ink"))], head=True, above=2.2))
            blocks += [Block(runs) for runs in notes.by_licence(sources[:k], self.read)]
            if len(sources) > k:
                blocks.append(Block([(words("figure-more-sources", n=len(sources) - k), self.quiet)]))
            return blocks

        def fits(length: int, n: int, m: int, k: int) -> bool:
            return self._flow(build(length, n, m, k), columns, draw=False)

        # the statements and the article's words go before the background, and that before long quotations
        n, some, few = len(events), (min(len(facts), 2), min(len(sources), 3)), (min(len(facts), 1), 1)
        tries = [(length, *least) for least in (some, few) for length in LENGTHS]
        tries += [(LENGTHS[-1], 0, 1), (0, *few), (0, 0, 1)]
        length, m, k = next((tried for tried in tries if fits(tried[0], n, *tried[1:])), (LENGTHS[-1], 0, 1))
        if not fits(length, n, m, k):
            n = _most(n, lambda n: fits(length, n, m, k))
        if not fits(length, n, m, k):
            return self._frugal(events, len(facts), len(sources), columns)
        m = max(m, _most(len(facts), lambda m: fits(length, n, m, k)))
        k = max(k, _most(len(sources), lambda k: fits(length, n, m, k)))
        return build(length, n, m, k)

    def _frugal(self, events: list[Event], facts: int, sources: int, columns: list[Column]) -> list[Block]:
        """Return what fits where there is little room: some statements, and how much more there is."""

        def build(n: int) -> list[Block]:
            blocks = [Block([(words("figure-notes"), self._heading("article"))], head=True)]
            blocks += [
                Block(self.notes.footnote(event, LENGTHS[-1], self.read), str(number))
                for number, event in enumerate(events[:n], 1)
            ]
            left = ranges(range(n + 1, len(events) + 1)) or words("figure-none")
            return [*blocks, Block([(words("figure-no-room", numbers=left, m=facts, k=sources), self.read)])]

        return build(_most(len(events), lambda n: self._flow(build(n), columns, draw=False)))

    def _heading(self, color: str) -> Look:
        return Look(self.look.size + 1, bold=True, color=color)

    def _flow(self, blocks: Sequence[Block], columns: Sequence[Column], *, draw: bool) -> bool:
        """Set paragraphs into columns one after the other, or only try; return whether all fitted."""
        number, y = 0, columns[0].top
        for at, block in enumerate(blocks):
            step = block.runs[0][1].line
            hang = 0.0 if not block.mark else max(4.2, width(block.mark, self.strong) + 1.4)
            mark = block.mark
            lines = self._wrapped(tuple(block.runs), columns[number].wide - hang)
            while lines:
                column = columns[number]
                y -= 0 if y == column.top else block.above
                there = int((y - column.top + column.high + 0.01) / step)
                if (
                    block.head and at + 1 < len(blocks) and there < len(lines) + 3
                ):  # not alone at a column's end
                    there = 0
                if there < len(lines) and (block.mark or min(there, len(lines) - there) < _LEAST):
                    there = 0  # a note stays whole; of a longer paragraph a line does not stand alone
                if draw and there:
                    if mark:
                        self._mark(mark, column.x, y, hang)
                    self.sheet.lines_of(column.x + hang, y, lines[:there])
                y -= min(there, len(lines)) * step
                lines = lines[there:]
                if lines:
                    number += 1
                    if number == len(columns):
                        return False
                    y = columns[number].top
                    if columns[number].wide != column.wide and there == 0:
                        lines = self._wrapped(tuple(block.runs), columns[number].wide - hang)
        return True

    def _wrapped(self, runs: tuple[Run, ...], room: float) -> list[Line]:
        """Break runs into lines, once for all tries."""
        if (runs, room) not in self._lines:
            self._lines[runs, room] = wrap(runs, room)
        return self._lines[runs, room]

    def _mark(self, mark: str, x: float, y: float, hang: float) -> None:
        color = "article" if mark.isdigit() else "soft"
        look = replace(self.strong, color=color)
        self.sheet.text(x + hang - 1.2, y - 0.98 * look.size * POINT, mark, look, align="right")


def _most(most: int, fits: Callable[[int], bool]) -> int:
    """Return the largest number up to ``most`` that fits, 0 where none does; more never fits where less does not."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low
