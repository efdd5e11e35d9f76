"""Quotations: verbatim spans of the article for each statement.

Screen, figure and exports all quote what `quotation` returns. Within a sentence nothing is omitted between
two passages: the words between them are quoted too. `CUT` marks omitted sentences, and a sentence that
continues before or after the quotation. A line break in the article ends one quotation and begins the next.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from mapapp.core.model import Article
from mapapp.core.sanitize import clean
from mapapp.core.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapapp.core.model import Event, Passage

CUT = "[…]"  # differs from an ellipsis of the article; doubled if the article contains this sign
# A quotation is enclosed in the first of these pairs that the article does not use.
_MARKS = (("“", "”"), ("«", "»"), ("\u2039", "\u203a"), ("⟨", "⟩"))
_OPENING = ("Ps", "Pi", "Pf")  # Unicode categories of opening brackets and quotation marks

Span = tuple[int, int]  # offsets into the article's text, end excluded


@dataclass(frozen=True)
class Quotation:
    """A quotation from an article.

    ``spans`` are in the order of the article and do not touch. ``before`` and ``after`` are whether words of
    the passages, or of their sentences, are omitted at the start and at the end.
    """

    article: Article
    spans: tuple[Span, ...]
    before: bool
    after: bool

    @property
    def pieces(self) -> tuple[str, ...]:
        """The words of each span, each a substring of the article."""
        return tuple(self.article.text[start:end] for start, end in self.spans)

    @property
    def text(self) -> str:
        """The pieces on one line, in quotation marks the article does not use."""
        opening, closing = marks(self.article)
        cut = cut_sign(self.article)
        if not self.spans:
            return f"{opening}{cut}{closing}"
        said = self.pieces[0]
        for (one, other), piece in zip(pairwise(self.spans), self.pieces[1:], strict=True):
            between = self.article.text[one[1] : other[0]]
            said += f" {cut} {piece}" if _letters(between) else f"{closing} {opening}{piece}"
        ends = (f"{cut} " if self.before else "", f" {cut}" if self.after else "")
        return f"{opening}{ends[0]}{said}{ends[1]}{closing}"


def quotation(article: Article, event: Event) -> Quotation:
    """Return the whole quotation for an event."""
    return _quotation_of(article, event.passages)


@lru_cache(maxsize=4096)  # an evidence pack has each in many files
def _quotation_of(article: Article, passages: tuple[Passage, ...]) -> Quotation:
    units = _units(article)
    spans = _joined(article.text, _stripped(article.text, passages), units)
    return _quotation(article, spans, units)


def quoted_spans(article: Article, events: Iterable[Event]) -> list[Span]:
    """Return the spans of an article that its statements quote, in order and apart from each other."""
    spans = sorted(
        span
        for event in events
        if event.article == article.id
        for span in (*quotation(article, event).spans, *_stripped(article.text, event.passages))
    )
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def cut_sign(article: Article) -> str:
    """Return the sign for omitted words; doubled if the article contains it."""
    return CUT if CUT not in article.text else f"[{CUT}]"


def marks(article: Article) -> tuple[str, str]:
    """Return the pair of quotation marks that encloses quotations from an article."""
    return next((pair for pair in _MARKS if not set(pair) & set(article.text)), _MARKS[0])


def quoted(article: Article, passage: str) -> str:
    """Return a passage on one line, in quotation marks; each line of it is a quotation of its own."""
    opening, closing = marks(article)
    lines = (passage[start:end] for start, end in _lines(passage, 0, len(passage)))
    return " ".join(f"{opening}{line}{closing}" for line in lines)


def _quotation(article: Article, spans: list[Span], units: Sequence[Span]) -> Quotation:
    text = article.text
    (first, _), (_, last) = spans[0], spans[-1]
    one, other = _unit(units, first), _unit(units, last - 1)
    lines = [line for start, end in spans for line in _lines(text, start, end)]
    said = [line for line in lines if _letters(text[slice(*line)])] or lines[:1]
    return Quotation(
        article,
        tuple(said),
        before=one is not None and _letters(text[one[0] : first]),
        after=other is not None and _letters(text[last : other[1]]),
    )


def _stripped(text: str, passages: Iterable[Passage]) -> list[Span]:
    """Return passages in the order of the article, stripped of white space."""
    spans = []
    for passage in sorted(passages, key=lambda passage: (passage.start, passage.end)):
        said = text[passage.start : passage.end]
        start = passage.start + len(said) - len(said.lstrip())
        spans.append((start, start + len(said.strip())))
    return spans


def _joined(text: str, spans: Sequence[Span], units: Sequence[Span]) -> list[Span]:
    """Join spans with no word or no sentence end between them, so that only whole sentences are omitted."""
    joined: list[Span] = []
    for given in spans:
        start, end = given
        if not joined:
            joined.append(given)
            continue
        first, last = joined[-1]
        before, after = _unit(units, last - 1), _unit(units, start)
        if before is not None and before == after:
            start = min(start, last)
        else:
            last = max(last, before[1]) if before and not _closes(text, last) else last
            start = min(start, after[0]) if after and not _opens(text, start) else start
        if start <= last or not _letters(text[last:start]):
            joined[-1] = first, max(last, end)
        else:
            joined[-1:] = [(first, last), (start, end)]
    return joined


@lru_cache(maxsize=64)
def _units(article: Article) -> tuple[Span, ...]:
    """Return the spans of sentences, and of text that is in none: headings, the dateline."""
    text, found = article.text, list(sentences(article.text, article.language))
    for line in re.finditer(r"[^\r\n]+", text):
        at = line.start()
        inside = [span for span in found if line.start() <= span[0] < line.end()]
        for start, end in [*inside, (line.end(), line.end())]:
            rest = text[at:start]
            if rest.strip():
                begin = at + len(rest) - len(rest.lstrip())
                found.append((begin, begin + len(rest.strip())))
            at = end
    return tuple(sorted(found))


def _unit(units: Sequence[Span], at: int) -> Span | None:
    return next((unit for unit in units if unit[0] <= at < unit[1]), None)


def _lines(text: str, start: int, end: int) -> list[Span]:
    """Split a span at line breaks and other control characters, and strip white space."""
    spans = []
    said = "".join(char if clean(char) == char else "\0" for char in text[start:end])
    for line in re.finditer(r"[^\0]+", said):
        kept = line[0].strip()
        begin = start + line.start() + len(line[0]) - len(line[0].lstrip())
        if kept:
            spans.append((begin, begin + len(kept)))
    return spans


def _letters(text: str) -> bool:
    """Return whether a text contains letters or digits."""
    kinds = (unicodedata.category(char) for char in text)
    return any(kind[0] in "LMN" or kind in ("Cn", "Co") for kind in kinds)


def _closes(text: str, end: int) -> bool:
    """Return whether a clause ends at ``end``: with punctuation, or just before it."""
    if unicodedata.category(text[end - 1])[0] == "P":
        return True
    following = text[end : end + 2]
    return following[:1] != "" and unicodedata.category(following[0])[0] == "P" and not _letters(following)


def _opens(text: str, start: int) -> bool:
    """Return whether a clause begins at ``start``: after punctuation other than an opening mark."""
    while start and (text[start - 1] in " \"'" or unicodedata.category(text[start - 1]) in _OPENING):
        start -= 1
    return not start or text[start - 1] == "\n" or unicodedata.category(text[start - 1])[0] == "P"
