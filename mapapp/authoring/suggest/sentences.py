"""The sentences of an article, and the headings and the dateline between them."""

from __future__ import annotations

import re

from mapapp.authoring.suggest.model import Sentence
from mapapp.core.sentences import sentences

_LINE = re.compile(r"[^\r\n\u0085\u2028\u2029]+")
_WORD = re.compile(r"\w")
_DATE_LINE = re.compile(r"\s*date \S+")


def sentences_and_headings(text: str, language: str) -> tuple[Sentence, ...]:
    """Return all sentences, and as ``heading`` what is left of each line: headings and the dateline."""
    found = [Sentence(start, end, text[start:end]) for start, end in sentences(text, language)]
    gaps = []
    at = 0
    for start, end in [*((one.start, one.end) for one in found), (len(text), len(text))]:
        for line in _LINE.finditer(text, at, start):
            if _WORD.search(line[0]):
                begin = line.start() + len(line[0]) - len(line[0].lstrip())
                skipped = _DATE_LINE.match(text, begin, line.end()) if not text[:begin].strip() else None
                begin = skipped.end() if skipped else begin
                stop = line.start() + len(line[0].rstrip())
                begin += len(text[begin:stop]) - len(text[begin:stop].lstrip())
                if _WORD.search(text, begin, stop):
                    gaps.append(Sentence(begin, stop, text[begin:stop], heading=True))
        at = end
    return tuple(sorted([*found, *gaps], key=lambda one: one.start))
