"""Words that may be a name of a place, in the forms that lists of names have them in."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice, pairwise, product
from typing import TYPE_CHECKING

from mapapp.authoring.gazetteer import Entry
from mapapp.authoring.name_keys import ARTICLE, name_key
from mapapp.authoring.suggest.words import DASHES, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapapp.authoring.suggest.words import Word
    from mapapp.authoring.suggest_tables import SuggestTable

SHORTEST = 3  # letters of names that are not those of countries
_MOST_WORDS = 5  # of one name
_MOST_FORMS = 200  # of the words of one name


@dataclass(eq=False)
class Name:
    """Words that may be the name of a place.

    Attributes
    ----------
    start, end
        Their offsets in the sentence, without letters before and endings after the name.
    first, last
        Numbers of their first and last word.
    keys
        What they are looked up by; the value says whether the form differs from the words.
    suffixed
        Whether letters are written before the name, or an ending after an apostrophe.
    own
        Ids of the folder's places that are called so.
    entries
        Those of the gazetteer.
    inflected
        Whether only another form of the words is in the gazetteer.
    """

    text: Text
    start: int
    end: int
    first: int
    last: int
    keys: dict[str, bool]
    suffixed: bool
    own: tuple[str, ...] = ()
    entries: list[Entry] = field(default_factory=list)
    inflected: bool = False

    @property
    def is_one_word(self) -> bool:
        """Whether it is one word."""
        return self.first == self.last

    @property
    def key(self) -> str:
        """The key of the words as they are written."""
        return name_key(self.text.plain[self.start : self.end])

    @property
    def before(self) -> str:
        """The plain text before it."""
        return self.text.plain[: self.start]


def possible_names(text: Text, table: SuggestTable) -> Iterator[Name]:
    """Yield all words of a sentence that may be a name of a place, longer ones after shorter ones."""
    for first in range(len(text.words)):
        if not _may_begin(text, first, table):
            continue
        for last in range(first, min(first + _MOST_WORDS, len(text.words))):
            if last > first and not text.are_one_name(last):
                break
            if _may_end(text, first, last, table):
                yield from _forms(text, first, last, table)


def nominatives(word: str, table: SuggestTable) -> list[str]:
    """Return the forms in lists of names that a plain word may be an inflection of."""
    found = [
        word.removesuffix(ending) + nominative
        for ending, nominative in table.cases
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST - 1
    ]
    return list(dict.fromkeys(found))


def _may_begin(text: Text, at: int, table: SuggestTable) -> bool:
    word = text.words[at]
    if not table.cased or word.capital:
        return True
    following = text.words[at + 1] if at + 1 < len(text.words) else None
    return word.key in table.particles and following is not None and following.capital


def _may_end(text: Text, first: int, last: int, table: SuggestTable) -> bool:
    word = text.words[last]
    if not table.cased:
        return True
    return (word.capital or any(char.isdigit() for char in word.word)) and all(
        text.words[at].capital or text.is_particle(at, table) for at in range(first + 1, last)
    )


def _forms(text: Text, first: int, last: int, table: SuggestTable) -> Iterator[Name]:
    """Yield words as a possible name, with the forms they may be looked up by."""
    words = text.words[first : last + 1]
    start, end = words[0].start, words[-1].end
    written = text.sentence.words[start:end]
    if table.prefixes:
        rest = written[len(words[0].word) :]
        shortest = SHORTEST if first == last else SHORTEST - 1
        for begin, form in _unprefixed(words[0], shortest, table):
            yield Name(text, start + begin, end, first, last, {name_key(form + rest): False}, begin > 0)
        return
    suffixed = table.ending.match(text.plain, end) is not None
    keys = {name_key(written): False}
    if first < last and ARTICLE.fullmatch(words[0].key) and _is_article(text, first):
        keys[name_key(text.sentence.words[words[1].start : end])] = False
    if table.cases:
        parts = [[one.plain, *(nominatives(one.plain, table) if one.capital else ())] for one in words]
        joiners = [*(text.between(one, other) for one, other in pairwise(words)), ""]
        for choice in islice(product(*parts), 1, _MOST_FORMS):
            spelled = "".join(part + joiner for part, joiner in zip(choice, joiners, strict=True))
            keys.setdefault(name_key(spelled), True)
    if first == last and table.kinds_after.match(text.plain, end):
        for key in _towns_of_adjective(words[0].plain, table):
            keys.setdefault(key, True)
    yield Name(text, start, end, first, last, keys, suffixed)


def _is_article(text: Text, at: int) -> bool:
    """Return whether the form of an article is one here: joined to the name, or not also a small word."""
    return text.between(*text.words[at : at + 2]) in DASHES or text.words[at].key.endswith(("l", "ль"))


def _unprefixed(word: Word, shortest: int, table: SuggestTable) -> Iterator[tuple[int, str]]:
    """Yield a word without the letters that may be written before it: the offset, and the word."""
    yield 0, word.word
    for prefix in table.prefixes:
        match = prefix.match(word.plain)
        if match and len(word.word) - match.end() >= shortest:
            rest = word.word[match.end() :]
            yield match.end(), rest
            # after a letter that the article merges with, only the second letter of the article is left
            if match[0].endswith(table.article[1:]) and rest.startswith(table.article[1:]):
                yield match.end() - 1, table.article + rest[1:]


def _towns_of_adjective(word: str, table: SuggestTable) -> Iterator[str]:
    """Yield the keys of the towns that a region may be called after, by an adjective."""
    for ending, nominatives_ in table.adjectives:
        if match := ending.search(word):
            yield from (name_key(word[: match.start()] + other) for other in nominatives_)
            return
