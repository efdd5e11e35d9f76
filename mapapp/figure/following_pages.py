"""The pages after the map: every note and every source in full."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from mapapp.figure.canvas import Look, Sheet, width, wrap
from mapapp.figure.notes import WHOLE
from mapapp.figure.text_columns import GAP, Block, Column, Flow, columns
from mapapp.text.messages import words
from mapapp.text.printed_address import printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapapp.figure.fit_notes import FittedNotes
    from mapapp.figure.sizes import Size

_MORE = 1  # points by which the text of these pages is larger than beside the map
_COLUMN = 11.5  # millimetres of a column's width for each point of its text
_HEAD, _FOOT = 3.0, 2.5  # millimetres between header or footer and text


class FollowingPages:
    """The pages that follow a map; ``fit`` holds the notes beside it."""

    def __init__(self, fit: FittedNotes, size: Size, address: str) -> None:
        self.fit, self.size, self.address = fit, size, address
        self.read = Look(size.body + _MORE, serif=True)
        self.soft = replace(self.read, color="soft")
        self.small = Look(size.body, color="soft")
        self.wide = size.wide - 2 * size.margin

    def draw(self) -> list[Sheet]:
        """Return the pages; as many as the text needs."""
        head, foot = self._head(None, 1, 1), self._foot(None)
        blocks = list(self._blocks())
        flow, pages = Flow([], self.read.size), 0
        while not flow.fits(blocks):
            flow.into += self._columns(head, foot, pages)
            pages += 1
        sheets = [Sheet(self.size.wide, self.size.high) for _ in range(pages)]
        for number, sheet in enumerate(sheets, 2):
            self._head(sheet, number, pages + 1)
            self._foot(sheet)
        flow.draw(blocks, sheets)
        return sheets

    def _columns(self, head: float, foot: float, page: int) -> list[Column]:
        number = max(1, round(self.wide / (_COLUMN * self.read.size)))
        left = self.size.margin
        one = columns(left, left + self.wide, head, foot, number)
        return [replace(column, page=page) for column in one]

    def _head(self, sheet: Sheet | None, number: int, pages: int) -> float:
        """Draw the running header, or only measure it; return its lower edge."""
        look = Look(self.size.body + 2, bold=True)
        said = words("figure-page", number=number, pages=pages)
        right = width(said, self.small)
        title = [
            (words("figure-continued"), look),
            (self.fit.notes.title, replace(look, bold=False, color="soft")),
        ]
        lines = wrap(title, self.wide - right - GAP)
        top = self.size.high - self.size.margin
        low = top - len(lines) * look.line
        if sheet:
            sheet.lines_of(self.size.margin, top, lines)
            sheet.lines_of(self.size.margin + self.wide - right, top, wrap([(said, self.small)], right + 1))
            self._rule(sheet, low - 0.8)
        return low - 0.8 - _HEAD

    def _foot(self, sheet: Sheet | None) -> float:
        """Draw the address in the footer, or only measure it; return its upper edge."""
        atlas = self.fit.notes.atlas
        data = words("figure-data", data=atlas.fingerprint[:12], article=atlas.article.sha256[:12])
        look = replace(self.small, serif=True)
        where = printed(self.address) or "?", replace(look, color="ink")
        lines = wrap([(data, look), (words("figure-address"), look), where], self.wide)
        top = self.size.margin + len(lines) * look.line
        if sheet:
            sheet.lines_of(self.size.margin, top, lines)
            self._rule(sheet, top + 1.2)
        return top + 1.2 + _FOOT

    def _rule(self, sheet: Sheet, y: float) -> None:
        left = self.size.margin
        sheet.stroke(shapely.LineString([(left, y), (left + self.wide, y)]), "border", 0.4)

    def _blocks(self) -> Iterator[Block]:
        fit, notes = self.fit, self.fit.notes
        strong = Look(self.read.size + 1, bold=True)
        yield Block([(words("figure-notes"), replace(strong, color="article"))], head=True)
        for number, event in enumerate(fit.events, 1):
            yield Block(notes.footnote(event, WHOLE, self.read, whole=True), str(number), above=0.8)
        if not fit.events:
            yield Block([(notes.empty, self.read)])
        for line in fit.remarks:
            yield Block([(line, self.soft)], above=0.8)
        if fit.facts:
            yield Block([(words("figure-background"), strong)], head=True, above=3)
        for fact in fit.facts:
            yield Block(notes.background(fact, self.read, whole=True), "\u2013", above=0.8)
        yield Block([(words("figure-sources"), strong)], head=True, above=3)
        for source in fit.sources:
            yield Block(notes.source(source, self.read), "\u2013", above=0.5)
