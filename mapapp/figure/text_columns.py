"""Sets paragraphs in columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapapp.figure.canvas import POINT, Line, Look, Run, Sheet, width, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GAP = 5.0  # millimetres between columns
_LEAST = 2  # fewest lines of a paragraph at a column break
_FOLLOWING = 3  # lines that follow a heading in its column


@dataclass(frozen=True)
class Block:
    """A paragraph: ``mark`` hangs in the margin; a ``head`` stays with what follows; ``above`` is space."""

    runs: list[Run]
    mark: str = ""
    head: bool = False
    above: float = 0.45


@dataclass(frozen=True)
class Column:
    """Room for paragraphs: left, top, width and height in millimetres; ``page`` counts from 0."""

    x: float
    top: float
    wide: float
    high: float
    page: int = 0


def columns(left: float, right: float, top: float, bottom: float, count: int) -> list[Column]:
    """Return ``count`` equal columns of a rectangle in millimetres."""
    wide = (right - left - (count - 1) * GAP) / count
    return [Column(left + number * (wide + GAP), top, wide, top - bottom) for number in range(count)]


class Flow:
    """Sets paragraphs into columns, one after the other."""

    def __init__(self, into: Sequence[Column], size: float) -> None:
        self.into = list(into)
        self._mark = Look(size, bold=True)
        self._lines: dict[tuple[tuple[Run, ...], float], list[Line]] = {}

    def fits(self, blocks: Sequence[Block]) -> bool:
        """Return whether all blocks fit."""
        return self._set(blocks, ())

    def draw(self, blocks: Sequence[Block], sheets: Sequence[Sheet]) -> None:
        """Draw the blocks that fit; ``sheets`` are the pages that the columns refer to."""
        self._set(blocks, sheets)

    def _set(self, blocks: Sequence[Block], sheets: Sequence[Sheet]) -> bool:
        """Set the blocks, or without ``sheets`` only measure them; return whether all fit."""
        if not self.into:
            return False
        number, y = 0, self.into[0].top
        for at, block in enumerate(blocks):
            hang = self._hang(block)
            mark = block.mark
            lines = self._wrapped(block, self.into[number].wide - hang)
            while lines:
                column = self.into[number]
                fresh = y == column.top
                y -= 0 if fresh else block.above
                room = y - column.top + column.high
                # at the top of a column, too, if one with more room comes
                if block.head and (not fresh or any(later.high > room for later in self.into[number + 1 :])):
                    room -= self._following(blocks[at + 1 :], column.wide)
                    fresh = False
                there = self._there(block, len(lines), room, fresh=fresh)
                if sheets and there:
                    sheet = sheets[column.page]
                    self._hung(sheet, mark, column.x + hang, y)
                    sheet.lines_of(column.x + hang, y, lines[:there])
                y -= min(there, len(lines)) * block.runs[0][1].line
                lines = lines[there:]
                if not lines:
                    break
                number += 1
                if number == len(self.into):
                    return False
                y = self.into[number].top
                if there:
                    mark = ""
                else:
                    lines = self._wrapped(block, self.into[number].wide - hang)
        return True

    def _there(self, block: Block, lines: int, room: float, *, fresh: bool) -> int:
        """Return how many lines to set in what is left of a column, the whole paragraph or a part of it."""
        there = max(0, int((room + 0.01) / block.runs[0][1].line))
        if fresh and there < lines:
            return there  # longer than a column
        whole = block.mark or block.head
        if there < lines and (whole or min(there, lines - there) < _LEAST):
            return 0  # a note is never split; a longer paragraph leaves no single line behind
        return there

    def _following(self, blocks: Sequence[Block], wide: float) -> float:
        """Return how much of what follows a heading stays with it: the first note, or some lines."""
        high = 0.0
        for block in blocks:
            lines = len(self._wrapped(block, wide - self._hang(block)))
            if not block.head and not block.mark:
                lines = min(lines, _FOLLOWING)
            high += block.above + lines * block.runs[0][1].line
            if not block.head:
                break
        return high

    def _hang(self, block: Block) -> float:
        return max(width("00", self._mark), width(block.mark, self._mark)) + 1.4 if block.mark else 0.0

    def _hung(self, sheet: Sheet, mark: str, x: float, y: float) -> None:
        """Hang a mark into the margin left of ``x``."""
        if mark:
            look = replace(self._mark, color="article" if mark.isdigit() else "soft")
            sheet.text(x - 1.2, y - 0.98 * look.size * POINT, mark, look, align="right")

    def _wrapped(self, block: Block, room: float) -> list[Line]:
        """Break a paragraph into lines; cached, since layouts are tried repeatedly."""
        key = tuple(block.runs), room
        if key not in self._lines:
            self._lines[key] = wrap(block.runs, room)
        return self._lines[key]


def most(limit: int, fits: Callable[[int], bool]) -> int:
    """Return the largest number up to ``limit`` for which ``fits`` is true, or 0; found by bisection."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low
