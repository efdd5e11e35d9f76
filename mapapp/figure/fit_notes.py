"""Fits notes, background and sources to the space available on a page, and counts what is left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapapp.figure.canvas import Look, Run
from mapapp.figure.notes import LENGTHS, WHOLE, Notes, isolated, ranges
from mapapp.figure.text_columns import Block, Flow, most
from mapapp.text.dates import when_words
from mapapp.text.messages import kind_words, words
from mapapp.text.printed_address import whereabouts

if TYPE_CHECKING:
    from mapapp.figure.drawing import Map


@dataclass(frozen=True)
class Share:
    """How much is printed: characters per quotation, number of background events and of sources."""

    length: int
    facts: int
    sources: int


class FittedNotes:
    """The text beside a map; what does not fit is on the following pages and at the ``address``."""

    def __init__(self, notes: Notes, drawing: Map, size: float, address: str) -> None:
        self.notes, self.drawing = notes, drawing
        self.where = whereabouts(address)
        self.events = [event for event, _ in notes.selection.events]
        self.facts = [fact for fact, _ in notes.selection.facts]
        self.sources = notes.sources(drawing.drawn, self.facts)
        self.off = notes.off(drawing.marked, drawing.shapes.keys() | drawing.blots)
        self.read = Look(size, serif=True)
        self.soft = replace(self.read, color="soft")
        self.strong = Look(size, bold=True)

    def fitting(self, flow: Flow) -> list[Block]:
        """Return what fits: all statements, then as many quotations, facts and sources as possible."""

        def fits(share: Share) -> bool:
            return flow.fits(self._blocks(share))

        if not fits(Share(0, 0, 1)):
            return self._few(flow)
        lengths = (0, *reversed(LENGTHS))
        length = lengths[most(len(LENGTHS), lambda n: fits(Share(lengths[n], 0, 1)))]
        facts = most(len(self.facts), lambda m: fits(Share(length, m, 1)))
        sources = most(len(self.sources), lambda k: fits(Share(length, facts, k)))
        return self._blocks(Share(length, facts, max(sources, 1)))

    def _blocks(self, share: Share) -> list[Block]:
        return [*self._said(share), *self._left_out(share), *self._added(share), *self._rests_on(share)]

    def _said(self, share: Share) -> list[Block]:
        blocks = [Block([(words("figure-notes"), self._heading("article"))], head=True, above=1.5)]
        blocks += self._common_time()
        if share.length < WHOLE and self._cut(share):
            blocks.append(Block([(words("figure-cut", where=self.where), self.soft)], head=True, above=0))
        blocks += self._footnotes(share.length, len(self.events))
        if not self.events:
            blocks.append(Block([(self.notes.empty, self.strong)]))
        return blocks

    def _common_time(self) -> list[Block]:
        common_time = self.notes.common_time
        if not common_time:
            return []
        said = words("figure-common-time", when=when_words(common_time))
        return [Block([(said, self.soft)], head=True, above=0.2)]

    def _cut(self, share: Share) -> bool:
        """Return whether some, but not all, quotations are shortened or left out."""
        return share.length > 0 and any(
            self.notes.quotes.quoted(event, share.length) != self.notes.quotes.quoted(event, WHOLE)
            for event in self.events
        )

    def _footnotes(self, length: int, count: int) -> list[Block]:
        return [
            Block(self.notes.footnote(event, length, self.read), str(number))
            for number, event in enumerate(self.events[:count], 1)
        ]

    def _left_out(self, share: Share) -> list[Block]:
        said: list[tuple[str, Look]] = []
        if self.events and not share.length:
            said.append((words("figure-no-quotes", where=self.where), self.read))
        said += [(line, self.soft) for line in self.remarks]
        return [Block([run]) for run in said]

    @property
    def remarks(self) -> list[str]:
        """Where to find the numbers that are not on the map, and what is not drawn."""
        lines = [*self.off]
        if self.drawing.grouped:
            what = "; ".join(
                f"{kind_words(kind)} {ranges(numbers)}" for (_, kind), numbers in self.drawing.grouped.items()
            )
            lines.append(words("figure-grouped", what=what))
        if self.drawing.crowded:
            layers = ", ".join(
                f"{words(f'layer-{layer}').lower()} ({count})"
                for layer, count in sorted(self.drawing.crowded.items())
            )
            lines.append(words("figure-crowded", layers=layers))
        return lines + self.fonts

    @property
    def fonts(self) -> list[str]:
        """Remarks on text that the fonts cannot display."""
        lines = []
        if replaced := self.notes.replaced:
            lines.append(words("figure-no-font-names", names=", ".join(map(isolated, replaced))))
        if unquoted := self.notes.unquoted:
            lines.append(words("figure-no-font-quotes", numbers=ranges(unquoted)))
        if self.notes.broken:
            lines.append(words("figure-no-font", sign="\ufffd"))
        return lines

    def _added(self, share: Share) -> list[Block]:
        if not self.notes.view.background:
            return []
        blocks = [Block([(words("figure-background"), self._heading("ink"))], head=True, above=2.2)]
        blocks += [
            Block(self.notes.background(fact, self.read), "\u2013") for fact in self.facts[: share.facts]
        ]
        left = len(self.facts) - share.facts
        if not self.facts:
            blocks.append(Block([(words("figure-no-background"), self.soft)]))
        elif left:
            blocks.append(Block([(words("figure-more-background", n=left, where=self.where), self.soft)]))
        return blocks

    def _rests_on(self, share: Share) -> list[Block]:
        blocks = [Block([(words("figure-sources"), self._heading("ink"))], head=True, above=2.2)]
        return [*blocks, Block(self._cited(share.sources))]

    def _cited(self, count: int, *, licences: bool = True) -> list[Run]:
        runs = self.notes.cited(self.sources[:count], self.read, licences=licences)
        if left := len(self.sources) - count:
            runs.append((words("figure-more-sources", n=left, where=self.where), self.soft))
        return runs

    def _few(self, flow: Flow) -> list[Block]:
        """Return what fits where there is little room: statements without quotations.

        A remark says how many more there are and where to find them.
        """

        def build(n: int, sources: int) -> list[Block]:
            left = ranges(range(n + 1, len(self.events) + 1))
            more = words(
                "figure-no-room" if left else "figure-no-room-quotes",
                numbers=left,
                m=len(self.facts),
                where=self.where,
            )
            return [
                Block([(words("figure-notes"), self._heading("article"))], head=True),
                *self._common_time(),
                *self._footnotes(0, n),
                Block([(more, self.read)]),
                *(Block([(line, self.soft)]) for line in self.fonts),
                Block([(words("figure-sources-short"), self.read), *self._cited(sources, licences=False)]),
            ]

        n = most(len(self.events), lambda n: flow.fits(build(n, 1)))
        k = most(len(self.sources), lambda k: flow.fits(build(n, k)))
        return build(n, max(k, 1))

    def _heading(self, color: str) -> Look:
        return Look(self.read.size + 1, bold=True, color=color)
