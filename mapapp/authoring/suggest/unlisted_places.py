"""Finds names of places that neither the folder nor the gazetteer knows, by the words beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from mapapp.authoring.name_keys import name_key
from mapapp.authoring.suggest.model import PlaceMention
from mapapp.authoring.suggest.names import SHORTEST, nominatives
from mapapp.authoring.suggest.words import DASHES, runs
from mapapp.authoring.suggest_tables import SuggestTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapapp.authoring.suggest.words import Text, Word

_MOST_WORDS = 3  # of one name
_LONGEST_JOIN = 12  # letters between names in a list
_ENDS_LIST = re.compile(r"[.,;:!?)\u060c\u061b\u061f]|$")
_SMALL_WORD = re.compile(r" [^\W\d_A-Z\u0410-\u042f]")
_ACRONYM = 6  # letters at most
_RULE = "The words beside it say that it is a place; no list of places has the name."


@dataclass
class Unlisted:
    """The search for names that no list has; ``seen`` are keys of the forms of those found."""

    table: SuggestTable
    people: frozenset[str]
    seen: set[str] = field(default_factory=set)

    def find(self, text: Text, used: list[tuple[int, int]]) -> Iterator[PlaceMention]:
        """Yield the names in a sentence, and add their offsets to those that are used."""
        found = [*(runs if self.table.cased else self._after_kinds)(text, self.table)]
        for first, last in (piece for run in found for piece in self._pieces(text, *run, used)):
            begin, final = first, last
            while begin < final and text.words[begin].key in self.table.stop - self.table.names_before:
                begin += 1  # "In" at the start of a sentence
            apart = self.table.stop - self.table.organisations | self.table.demonyms
            while begin < final and text.words[final].key in apart:
                final -= 1
            name = text.words[begin : final + 1]
            start, end = name[0].start, name[-1].end
            if self._overlaps(start, end, used) or not self._may_be(text, name):
                continue
            if not self._is_said(text, name, used, initial=first == 0):
                continue
            if kind := self.table.kinds_after.match(text.plain, end):
                end = kind.end()
            used.append((start, end))
            self.seen |= self._forms(name[0]) if len(name) == 1 else {self._key(name)}
            offset = text.sentence.start
            yield PlaceMention(offset + start, offset + end, text.sentence.words[start:end], (), _RULE, "low")
        if not self.table.cased:
            yield from self._last_in_list(text, used)

    def _last_in_list(self, text: Text, used: list[tuple[int, int]]) -> Iterator[PlaceMention]:
        """Yield a word that ends a list of places, where letters have no case."""
        others = self.table.stop | self.table.common | self.table.demonyms | self.table.given_names
        for word in text.words:
            begins = [match.end() for _, end in used if (match := self._and_before(text, end, word, used))]
            if not begins or not _ENDS_LIST.match(text.plain, word.end):
                continue
            start, end = begins[0], word.end
            name = text.sentence.words[start:end]
            if len(name) <= SHORTEST or name_key(name) in others or self._overlaps(start, end, used):
                continue
            used.append((start, end))
            offset = text.sentence.start
            yield PlaceMention(offset + start, offset + end, name, (), _RULE, "low")

    def _and_before(
        self, text: Text, end: int, word: Word, used: Sequence[tuple[int, int]]
    ) -> re.Match[str] | None:
        """Return the "and" between a word and a name in a list, or after a word for where."""
        joined = self.table.conjunction.match(text.plain, end)
        if joined is None or not word.start <= joined.end() < word.end:
            return None
        start = next(start for start, stop in used if stop == end)
        later = any(
            self.table.conjunction.fullmatch(text.plain, stop, start) for _, stop in used if stop < start
        )
        return joined if later or self.table.strong_locative.search(text.plain, 0, start) else None

    @staticmethod
    def _overlaps(start: int, end: int, used: Sequence[tuple[int, int]]) -> bool:
        return any(start < stop and other < end for other, stop in used)

    def _pieces(
        self, text: Text, first: int, last: int, used: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """Yield a run, or what of it is beyond a dash from a name that is used: a road from X to Y."""

        def is_used(word: Word) -> bool:
            return any(word.start < stop and start < word.end for start, stop in used)

        free = [at for at in range(first, last + 1) if not is_used(text.words[at])]
        if len(free) == last - first + 1:
            yield from self._seen_apart(text, first, last)
            return
        for _, group in groupby(enumerate(free), lambda pair: pair[1] - pair[0]):
            numbers = [at for _, at in group]
            begin, end = numbers[0], numbers[-1]
            before = begin > first and text.between(*text.words[begin - 1 : begin + 1]) in DASHES
            after = end < last and text.between(*text.words[end : end + 2]) in DASHES
            if before or after:
                yield begin, end

    def _seen_apart(self, text: Text, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield a run; both sides of a dash in it if one of them was found elsewhere."""
        start = first
        while start < last and text.words[start].key in self.table.stop - self.table.names_before:
            start += 1
        for at in range(start + 1, last + 1):
            sides = (start, at - 1), (at, last)
            apart = text.between(*text.words[at - 1 : at + 1]) in DASHES
            if apart and any(self._key(text.words[begin : end + 1]) in self.seen for begin, end in sides):
                yield from sides
                return
        yield first, last

    def _may_be(self, text: Text, name: Sequence[Word]) -> bool:
        """Return whether words are not common ones, a person's or an abbreviation."""
        table = self.table
        own = name[:-1] if self._ends_with_kind(text, name) else name
        if len(own) > 1 and own[0].key in table.names_before:
            own = own[1:]
        others = table.demonyms | table.titles | self.people
        if table.cased or len(name) == 1:
            others |= table.stop
        return (
            len(name) <= _MOST_WORDS
            and not all(word.key in table.directions for word in name)
            and name[-1].key not in table.organisations
            and not any(
                (word.key in others and not (word.key in table.titles and _is_dashed(text, word)))
                or table.article + word.key in table.demonyms
                or table.words_of_people.fullmatch(word.plain)
                for word in own
            )
            and not (table.cased and len(name) > 1 and self._has_given_name(own))
            and not (self._is_adjective(name) and self._is_before_noun(text, name))
            and not (table.cased and any(word.word.isupper() and len(word.word) <= _ACRONYM for word in own))
        )

    def _has_given_name(self, name: Sequence[Word]) -> bool:
        others = self.table.names_before
        return any(word.key in self.table.given_names and word.key not in others for word in name)

    def _is_adjective(self, name: Sequence[Word]) -> bool:
        """Return whether a name ends like the adjective of a region."""
        return any(ending.search(name[-1].plain) for ending, _ in self.table.adjectives)

    def _is_before_noun(self, text: Text, name: Sequence[Word]) -> bool:
        """Return whether a lower-case word follows, other than a kind of place."""
        end = name[-1].end
        return _SMALL_WORD.match(text.sentence.words, end) is not None and not self.table.kinds_after.match(
            text.plain, end
        )

    def _ends_with_kind(self, text: Text, name: Sequence[Word]) -> bool:
        return len(name) > 1 and bool(
            self.table.kinds_after.fullmatch(text.plain, name[-2].end, name[-1].end)
        )

    def _is_said(
        self, text: Text, name: Sequence[Word], used: Sequence[tuple[int, int]], *, initial: bool
    ) -> bool:
        """Return whether the words beside a name, or in it, say that it is a place."""
        table, start, end = self.table, name[0].start, name[-1].end
        before = text.plain[:start]
        return bool(
            (self._ends_with_kind(text, name) and not self._is_person(text, name))
            or (len(name) > 1 and name[0].key in table.names_before)
            or self.seen & (self._forms(name[0]) if len(name) == 1 else {self._key(name)})
            or (table.cased and self._is_listed(text, start, end, used, initial=initial))
            or (
                table.kinds_after.match(text.plain, end)
                and (not table.adjectives or self._is_adjective(name))
            )
            or table.cue_after.match(text.plain, end)
            or table.unlisted_after.match(text.plain, end)
            or table.kinds_before.search(before)
            or table.strong_locative.search(before)
            or table.unlisted_before.search(before)
        )

    def _is_person(self, text: Text, name: Sequence[Word]) -> bool:
        """Return whether a name that ends with a kind of place begins like a person's: "Austin Hill"."""
        before = text.plain[: name[0].start]
        placed = self.table.locative.search(before) or before.endswith("the ")
        return name[0].key in self.table.given_names and not placed

    @staticmethod
    def _key(name: Sequence[Word]) -> str:
        return " ".join(word.key for word in name)

    def _forms(self, word: Word) -> set[str]:
        return {word.key, *map(name_key, nominatives(word.plain, self.table))}

    def _is_listed(
        self, text: Text, start: int, end: int, used: Sequence[tuple[int, int]], *, initial: bool
    ) -> bool:
        """Return whether a name is next to another in a list, or in brackets after it.

        At the start of a sentence a comma after it is not enough, as other words have one, too.
        """
        if initial and text.plain.startswith(",", end):
            return False
        if text.plain.startswith(", ", start - 2) and self._begins_clause(text, end):
            return False
        return any(
            self._joins(text, other_end, start) or self._joins(text, end, other)
            for other, other_end in used
            if (other, other_end) not in text.taken
        )

    def _begins_clause(self, text: Text, end: int) -> bool:
        """Return whether the words after a name continue no list."""
        suffix = self.table.ending.match(text.plain, end)
        after = text.plain[suffix.end() if suffix else end :]
        return bool(after) and not (after[0] in ",.;:)]" or self.table.conjunction.match(after))

    def _joins(self, text: Text, end: int, start: int) -> bool:
        """Return whether what is between two offsets joins names: a comma, "and" or an opening bracket."""
        if not 0 < start - end <= _LONGEST_JOIN:
            return False
        between = text.plain[end:start]
        suffix = self.table.ending.match(between)
        between = between[suffix.end() :] if suffix else between
        return between in (" (", *DASHES) or bool(self.table.conjunction.fullmatch(between))

    def _after_kinds(self, text: Text, table: SuggestTable) -> Iterator[tuple[int, int]]:
        """Yield the words after "town of" and the like, where letters have no case, and those seen before."""
        for at, word in enumerate(text.words):
            kind = table.kinds_before.search(text.plain, 0, word.start)
            # after a kind that has the article, the word is an adjective, or something else begins
            other = table.unlisted_before.search(text.plain, 0, word.start)
            cued = bool(other or (kind and not self._is_definite(kind[0].strip())))
            named = cued and len(word.key) >= SHORTEST
            begins = word.key in table.names_before and at + 1 < len(text.words) and text.are_one_name(at + 1)
            if begins and (cued or table.strong_locative.search(text.plain, 0, word.start)):
                yield at, at + 1
            elif (named and word.key not in table.stop) or word.key in self.seen:
                yield at, at

    def _is_definite(self, word: str) -> bool:
        starts = [prefix.match(word) for prefix in self.table.prefixes]
        return any(
            word.startswith(self.table.article, match.end() if match else 0) for match in (None, *starts)
        )


def _is_dashed(text: Text, word: Word) -> bool:
    """Return whether a dash is after a word, so that it is a part of a name."""
    return text.plain.startswith(DASHES, word.end)
