"""Quotations shortened to the whole sentences that fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mapapp.core.model import Atlas
from mapapp.figure.canvas import clean
from mapapp.text.quotation import Quotation, Span, parts, quotation, shortened

if TYPE_CHECKING:
    from mapapp.core.model import Event

_WEIGHTY = 4  # letters from which a word counts as meaningful
_STEM = 5  # letters that identify a word whatever its ending: calls, called
_TITLE = 3  # extra weight of a word that is also in the statement's title


@dataclass(frozen=True)
class Quotes:
    """The quotations of an article's statements."""

    atlas: Atlas

    @cached_property
    def _shared(self) -> list[int]:
        """How many statements rest on each character of the article."""
        counts = [0] * (len(self.atlas.article.text) + 1)
        for event in self.atlas.events:
            for passage in event.passages:
                for at in range(passage.start, passage.end):
                    counts[at] += 1
        return counts

    @cached_property
    def _done(self) -> dict[tuple[str, int], str]:
        return {}

    def whole(self, event: Event) -> str:
        """Return the whole quotation for a statement, in quotation marks."""
        return quotation(self.atlas.article, event).text

    def drawable(self, event: Event) -> bool:
        """Return whether the figure's fonts can display the quotation."""
        return "\ufffd" not in clean(self.whole(event).replace("\ufffd", ""))

    def quoted(self, event: Event, room: int) -> str:
        """Return the quotation for a statement in at most ``room`` characters, in quotation marks.

        If not all sentences fit, those are kept that support few other statements and share words with the
        title. The result is empty if no sentence fits, or if the fonts lack characters.
        """
        key = event.id, room
        if key not in self._done:
            whole = quotation(self.atlas.article, event)
            fits = len(whole.text) <= room
            said = whole.text if fits else self._best(event, whole, room)
            self._done[key] = said if self.drawable(event) else ""
        return self._done[key]

    def _best(self, event: Event, whole: Quotation, room: int) -> str:
        all_parts = parts(whole)
        weights = [self._weight(event, span) for span in all_parts]
        best, said = 0.0, ""
        for first in range(len(all_parts)):
            for last in range(first, len(all_parts)):
                text = shortened(whole, all_parts[first : last + 1]).text
                weight = sum(weights[first : last + 1])
                if len(text) <= room and weight > best:
                    best, said = weight, text
        return said

    def _weight(self, event: Event, span: Span) -> float:
        title = {word[:_STEM] for word in re.findall(r"\w+", event.title.casefold())}
        start, end = span
        weight = 0.0
        for word in re.finditer(r"\w+", self.atlas.article.text[start:end]):
            if len(word[0]) >= _WEIGHTY:
                known = word[0].casefold()[:_STEM] in title
                weight += (_TITLE if known else 1) / max(1, self._shared[start + word.start()])
        return weight
