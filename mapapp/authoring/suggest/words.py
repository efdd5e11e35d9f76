"""The words of a sentence, as the rules for names of places see them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mapapp.authoring.name_keys import name_key
from mapapp.authoring.suggest.model import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapapp.authoring.suggest_tables import SuggestTable

_WORD = re.compile(r"[^\W_][\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]*")
_WORD_WITH_APOSTROPHES = re.compile(rf"{_WORD.pattern}(?:['\u2019\u02bc](?!s(?!\w)){_WORD.pattern})*")
_JOINED_CAPITAL = re.compile("[a-z]['\u2019][A-Z\u00c0-\u00dd]")  # as in "d'Ivoire"
DASHES = ("-", "\u2010", "\u2011", "\u2013")
_JOINERS = (" ", *DASHES, "'", ". ")  # of the words of one name


class Word(NamedTuple):
    """A word: its offsets, as written, made plain, its key, and whether it begins with a capital."""

    start: int
    end: int
    word: str
    plain: str
    key: str
    capital: bool


@dataclass(frozen=True, eq=False)
class Text:
    """A sentence with its words.

    Attributes
    ----------
    number
        Its number among the sentences.
    plain
        Its text made plain, of the same length.
    taken
        Offsets of words that name something else, such as times.
    """

    number: int
    sentence: Sentence
    plain: str
    words: tuple[Word, ...]
    taken: tuple[tuple[int, int], ...]

    def is_taken(self, word: Word) -> bool:
        """Return whether a word names something else."""
        return any(start <= word.start < end for start, end in self.taken)

    def between(self, one: Word, other: Word) -> str:
        """Return what is between two words."""
        return self.plain[one.end : other.start]

    def word_before(self, at: int) -> Word | None:
        """Return the word before a word, if only a space is between them."""
        if at == 0 or self.between(self.words[at - 1], self.words[at]) != " ":
            return None
        return self.words[at - 1]

    def word_after(self, at: int) -> Word | None:
        """Return the word after a word, if only a space is between them."""
        if at + 1 == len(self.words) or self.between(self.words[at], self.words[at + 1]) != " ":
            return None
        return self.words[at + 1]

    def is_particle(self, at: int, table: SuggestTable) -> bool:
        """Return whether a word is a small one inside a name."""
        key = self.words[at].key
        dashed = key in table.dashed_particles and self.between(*self.words[at - 1 : at + 1]) in DASHES
        return key in table.particles or dashed

    def are_one_name(self, at: int) -> bool:
        """Return whether a word and the one before it can belong to one name."""
        one, other = self.words[at - 1 : at + 1]
        between = self.between(one, other)
        return between in _JOINERS or (between == "." and len(one.word) == len(other.word) == 1)


def texts(
    sentences: Sequence[Sentence], taken: Iterable[tuple[int, int]], table: SuggestTable
) -> tuple[Text, ...]:
    """Return sentences with their words."""
    pattern = _WORD_WITH_APOSTROPHES if table.inner_apostrophe else _WORD
    spans = sorted(taken)
    found = []
    for number, sentence in enumerate(sentences):
        plain = table.plain(sentence.words)
        words = tuple(
            Word(
                match.start(), match.end(), match[0], plain[match.start() : match.end()], name_key(match[0]),
                match[0][0].isupper() or _JOINED_CAPITAL.match(match[0]) is not None,
            )
            for match in pattern.finditer(sentence.words)
        )  # fmt: skip
        first, last = (bisect_left(spans, (at,)) for at in (sentence.start, sentence.end))
        inside = tuple((start - sentence.start, end - sentence.start) for start, end in spans[first:last])
        found.append(Text(number, sentence, plain, words, inside))
    return tuple(found)


def runs(text: Text, table: SuggestTable) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each run of words with capitals, particles between them included."""
    at, words = 0, text.words
    while at < len(words):
        if not words[at].capital or text.is_taken(words[at]):
            at += 1
            continue
        last = at
        following = at + 1
        while following < len(words) and text.are_one_name(following) and not text.is_taken(words[following]):
            if words[following].capital:
                last = following
            elif not text.is_particle(following, table):
                break
            following += 1
        yield at, last
        at = last + 1
