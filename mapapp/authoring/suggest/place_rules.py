"""Decides whether words that are the name of some place mean a place where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from mapapp.authoring.name_keys import ARTICLE, name_key
from mapapp.authoring.suggest.names import SHORTEST, Name, nominatives
from mapapp.authoring.suggest.surroundings import Surroundings
from mapapp.authoring.suggest.words import DASHES
from mapapp.authoring.suggest_tables import SuggestTable

if TYPE_CHECKING:
    from mapapp.authoring.suggest.model import Certainty
    from mapapp.authoring.suggest.words import Text, Word

WELL_KNOWN, _KNOWN, _SMALL = 7.0, 5.2, 4.0  # ranks of the gazetteer
_ACRONYM = 6  # letters at most
_EN_DASH = "\u2013"
_AFTER_DATELINE = (", ", "/", " (", ": ", " -", " \u2013", " \u2014")
_MOST_APART = 4  # words between names in a list
_BESIDE = "The words beside it say that it is a place."
_NEARBY = "A place of this name is near others that the article names."


class Judged(NamedTuple):
    """Why words are a place, how certainly, and where they end in the sentence."""

    rule: str
    certainty: Certainty
    end: int


class _Cues(NamedTuple):
    """What the words beside a name say.

    ``kind_end`` is where a kind of place after the name ends ("province"), ``kind`` whether there is one
    before or after it, ``located`` whether a word for where is beside it or it is in a list of places,
    ``strong`` whether that word is seldom beside other names.
    """

    kind_end: int | None
    kind: bool
    located: bool
    strong: bool
    listed: bool


@dataclass
class Rules:
    """The rules, and what is known of the article so far.

    Attributes
    ----------
    people
        Keys of words in names of persons.
    around
        Where the places lie that are named without doubt.
    confirmed
        Keys of the names that are places.
    sure
        First and last words of names that are places, by the number of their sentence.
    """

    table: SuggestTable
    people: frozenset[str]
    around: Surroundings
    names: Mapping[int, list[Name]]
    confirmed: set[str] = field(default_factory=set)
    sure: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def confirm(self, name: Name) -> None:
        """Note that a name is a place."""
        self.confirmed.add(name.key)
        self.sure.setdefault(name.text.number, []).append((name.first, name.last))

    def judge(self, name: Name, *, alone: bool) -> Judged | None:
        """Return why a name is a place; ``None`` if it is not.

        Parameters
        ----------
        name
            The words.
        alone
            Whether only what is certain without the rest of the article counts.
        """
        cues = self._cues(name)
        if self._is_excluded(name, cues):
            return None
        end = cues.kind_end or name.end
        if name.own:
            common = name.is_one_word and name.key in self.table.stop and not (cues.kind or cues.located)
            return None if common else Judged("A place of the folder has this name.", "high", end)
        best = name.entries[0]
        rank = self._rank(name)
        if best.is_country:
            return Judged("A country has this name.", "high", end)
        prominent = self.table.cased and (best.is_capital or not name.is_one_word)
        if rank >= WELL_KNOWN or (rank >= _KNOWN and prominent):
            return Judged("A well-known place has this name.", "high", end)
        if cues.kind and rank >= _KNOWN:
            return Judged(_BESIDE, "high", end)
        return None if alone else self._judge_among_others(name, cues, rank, end)

    def _judge_among_others(self, name: Name, cues: _Cues, rank: float, end: int) -> Judged | None:
        """Judge a name by the other places that the article names."""
        known, cased = rank >= _KNOWN, self.table.cased
        near = any(map(self.around.is_near, name.entries)) or (known and self.around.is_empty)
        name.entries.sort(key=lambda entry: -self.around.score(entry))
        if cues.kind:
            return Judged(_BESIDE, "medium" if near else "low", end)
        if near and (cues.located or (cased and not name.is_one_word)):
            return Judged(_NEARBY, "high" if known else "medium", end)
        small = rank >= _SMALL and name.first > 0
        likely = known or name.suffixed or small if cased else rank > _KNOWN
        if near and likely:
            return Judged(_NEARBY, "medium" if known else "low", end)
        if cues.strong and known and cased:
            return Judged(_BESIDE, "medium", end)
        if near and name.key in self.confirmed:
            return Judged("The article names it as a place elsewhere.", "medium", end)
        return None

    def _rank(self, name: Name) -> float:
        """Return how well the best known place of a name is known; little, if it is also a common word."""
        rank = name.entries[0].rank
        return min(rank, _KNOWN) if name.is_one_word and name.key in self.table.common else rank

    def _cues(self, name: Name) -> _Cues:
        """Return what the words beside a name say of it."""
        table, plain = self.table, name.text.plain
        first, last = name.text.words[name.first], name.text.words[name.last]
        kind_after = None if name.suffixed and table.cased else table.kinds_after.match(plain, name.end)
        right = name.text.word_after(name.last)
        within = not name.is_one_word and bool(
            first.key in table.names_before
            or table.kinds_after.fullmatch(plain, name.text.words[name.last - 1].end, last.end)
            or table.kinds_before.fullmatch(f"{first.plain} ")
        )
        kind = bool(
            kind_after
            or within
            or table.kinds_before.search(name.before)
            or (right and right.key in table.after_place)
        )
        distance = bool(table.cue_after.match(plain, name.end))
        listed = self._is_listed(name)
        located = bool(
            listed
            or distance
            or table.locative.search(name.before)
            or table.located.match(plain, name.end)
            or (name.suffixed and not table.cased)
        )
        strong = distance or bool(table.strong_locative.search(name.before))
        return _Cues(kind_after.end() if kind_after else None, kind, located, strong, listed)

    def _is_listed(self, name: Name) -> bool:
        """Return whether a name is next to that of a place in a list."""
        words, table = name.text.words, self.table
        for first, last in self.sure.get(name.text.number, ()):
            if min(abs(first - name.last), abs(last - name.first)) > _MOST_APART:
                continue
            before = last < name.first
            start, end = (words[last].end, name.start) if before else (name.end, words[first].start)
            between = name.text.plain[start:end]
            suffix = table.ending.match(between)
            between = between[suffix.end() if suffix else 0 :]
            if between in DASHES or table.conjunction.fullmatch(between):
                return True
        return False

    def _is_excluded(self, name: Name, cues: _Cues) -> bool:
        """Return whether the words name something else: a common word, an adjective, a person, a group."""
        if not name.own and (
            self._is_common(name, cues) if name.is_one_word else name.key in self.table.stop
        ):
            return True
        if not self.table.cased:
            return name.is_one_word and not name.own and self._follows_title(name)
        if (not name.own and self._is_of_organisation(name)) or not self._is_whole(name, cues):
            return True
        one_word = name.is_one_word and not name.own and not name.entries[0].is_country
        return one_word and self._is_person(name, cues)

    def _is_common(self, name: Name, cues: _Cues) -> bool:
        """Return whether one word is an ordinary one here, although a place is called so."""
        table, word = self.table, name.text.words[name.first]
        before = table.kinds_before.search(name.before)
        kind = table.kinds_before.fullmatch(f"{word.plain[-len(name.key) :]} ")
        inflected = name.inflected and (
            self._is_adjective(name) or (not before and self._inflects_common_word(word))
        )
        region = table.cased or any(entry.feature_class == "A" for entry in name.entries)
        common = name.key in table.demonyms or (name.key in table.stop and not (before and region))
        # letters before a name may be those of another word, and are never after a kind of place
        other = name.start > word.start and (
            word.key in table.stop | table.given_names
            or table.kinds_before.search(name.text.plain, 0, word.start) is not None
        )
        if word.key in table.directions or kind or inflected or common or other:
            return True
        likely = name.first > 0 if table.cased else any(map(self.around.is_near, name.entries))
        sure = cues.kind or cues.listed or (cues.strong and likely)
        if name.key in table.common and not sure:
            return True
        return table.cased and self._is_abbreviation(name)

    def _is_adjective(self, name: Name) -> bool:
        """Return whether a word is a region's adjective before a lower-case word, no kind of place."""
        word, following = name.text.words[name.first], name.text.word_after(name.last)
        adjective = any(ending.search(word.plain) for ending, _ in self.table.adjectives)
        kind = self.table.kinds_after.match(name.text.plain, name.end)
        return adjective and following is not None and not following.capital and not kind

    def _inflects_common_word(self, word: Word) -> bool:
        stop = self.table.stop | self.table.demonyms
        return any(name_key(form) in stop for form in nominatives(word.plain, self.table))

    def _is_abbreviation(self, name: Name) -> bool:
        """Return whether a word is too short, or in capitals, and not that of a country or a dateline."""
        text, word = name.text, name.text.words[name.first]
        after = text.plain[name.end : name.end + 3]
        dateline = text.sentence.heading or (name.first == 0 and after.startswith(_AFTER_DATELINE))
        capitals = word.word.isupper() and len(word.word) <= _ACRONYM and not dateline
        if not name.entries[0].is_country:
            return capitals or len(word.key) < SHORTEST
        left = text.word_before(name.first)
        return capitals and name.first > 1 and left is not None and left.capital  # of an organisation

    def _follows_title(self, name: Name) -> bool:
        """Return whether a title or a kind of organisation is before the name, where letters have no case."""
        left = name.text.word_before(name.first)
        country = bool(name.entries) and name.entries[0].is_country
        return left is not None and (
            (left.key in self.table.titles and not country)
            or left.key in self.table.organisations | self.table.given_names
        )

    def _is_of_organisation(self, name: Name) -> bool:
        """Return whether the name is in that of an organisation, as in "University of"."""
        before = name.text.words[max(0, name.first - 3) : name.first]
        while before and before[-1].key in self.table.particles and not before[-1].capital:
            before = before[:-1]
            if before and before[-1].capital and before[-1].key in self.table.organisations:
                return True
        return False

    def _is_person(self, name: Name, cues: _Cues) -> bool:
        """Return whether one word is the name of a person."""
        table = self.table
        best = name.entries[0]
        seat = best.is_country or best.is_capital
        if name.key in self.people and not (cues.located and seat):
            return True
        placed = cues.kind or cues.strong or cues.listed or seat or (cues.located and name.suffixed)
        if name.key in table.given_names and not placed:
            return True
        says = name.text.plain.startswith(" ", name.end) and table.verbs.match(name.text.plain, name.end + 1)
        subject = bool(says) and not name.inflected
        return subject and not (seat or cues.kind or cues.located or best.rank > WELL_KNOWN + 1)

    def _is_whole(self, name: Name, cues: _Cues) -> bool:
        """Return whether a name is not a part of a longer one, such as that of a person."""
        seat = bool(name.entries) and (name.entries[0].is_country or name.entries[0].is_capital)
        sure = seat or bool(name.own)
        if not self._begins_name(name, sure=sure or cues.kind_end is not None):
            return False
        if name.suffixed:
            return True
        if cues.kind_end is not None:
            return self._ends_with_kind(name, cues)
        return self._ends_name(name, sure=sure)

    def _begins_name(self, name: Name, *, sure: bool) -> bool:
        """Return whether the word before a name does not belong to it."""
        text, table = name.text, self.table
        if name.first == 0:
            return True
        left = text.words[name.first - 1]
        if text.between(left, text.words[name.first]) in DASHES:
            if not left.capital:
                return not (
                    name.first > 1 and text.words[name.first - 2].capital and ARTICLE.fullmatch(left.key)
                )
            return self._is_beside_dash(text, name.first - 1, name.first)
        if text.word_before(name.first) is None or not left.capital or text.is_taken(left):
            return True
        person = left.key in table.given_names | table.titles or left.key in self.people
        return bool(
            left.key in table.directions | table.demonyms | table.names_before
            or (left.key in table.stop and (name.first == 1 or left.key not in table.titles))
            or (sure and left.word.isupper() and len(left.word) > 1)
            or (sure and name.inflected and left.key not in table.given_names)
            or (name.suffixed and not person)
            or (sure and self._is_place(text, name.first - 1))
            or table.kinds_before.search(name.before)
        )

    def _ends_with_kind(self, name: Name, cues: _Cues) -> bool:
        """Return whether a name ends with the kind after it: "Kansas City", but not "Kansas City Chiefs".

        A person can be called like a town and a kind of place: "Austin Hill" without "in" or "the" before it.
        """
        kind = name.text.word_after(name.last)
        if kind and kind.capital and kind.key in self.table.organisations:
            return False
        person = name.is_one_word and name.key in self.table.given_names and not cues.located
        if person and kind and kind.capital and not name.before.endswith("the "):
            return False
        following = name.text.word_after(name.last + 1) if kind else None
        others = self.table.titles | self.table.after_place | self.table.stop
        return not (kind and following and kind.capital and following.capital and following.key not in others)

    def _ends_name(self, name: Name, *, sure: bool) -> bool:
        """Return whether the word after a name does not belong to it."""
        text, table = name.text, self.table
        if name.last + 1 == len(text.words):
            return True
        right = text.words[name.last + 1]
        if text.between(text.words[name.last], right) in DASHES:
            return not right.capital or self._is_beside_dash(text, name.last + 1, name.last)
        if text.word_after(name.last) is None or text.is_taken(right):
            return True
        known = sure or name.entries[0].rank >= _KNOWN
        if right.key in table.organisations and not (name.inflected or (known and not right.capital)):
            return False
        if not right.capital:
            return True
        given = text.words[name.first].key in table.given_names
        person = right.key in self.people and not known
        other = person or (not sure and self._continues_organisation(text, name.last + 1))
        return not other and (
            right.key in table.after_place | table.demonyms | table.stop | table.titles
            or name.inflected
            or (not given and self._is_place(text, name.last + 1))
            or (sure and text.sentence.heading)
        )

    def _continues_organisation(self, text: Text, at: int) -> bool:
        """Return whether a word begins the rest of an organisation's name, as in "X Independence Army"."""
        last = at
        while (right := text.word_after(last)) and right.capital:
            last += 1
        return last > at and text.words[last].key in self.table.organisations

    def _is_beside_dash(self, text: Text, at: int, other: int) -> bool:
        """Return whether the word across a dash begins or ends another name, as in "from X to Y"."""
        dash = text.between(*(text.words[number] for number in sorted((at, other))))
        return any(
            at in {name.first, name.last}
            and not name.first <= other <= name.last
            and (name.own or dash == _EN_DASH or name.entries[0].rank >= _KNOWN or name.key in self.confirmed)
            for name in self.names.get(text.number, ())
        )

    def _is_place(self, text: Text, at: int) -> bool:
        """Return whether a word alone is the name of a well-known place."""
        return any(
            name.first == name.last == at and (name.own or name.entries[0].rank >= WELL_KNOWN)
            for name in self.names.get(text.number, ())
        )
