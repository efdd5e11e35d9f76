"""Finds words that are parts of names of persons, so that these are not taken for places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.authoring.suggest.words import runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapapp.authoring.suggest.words import Text, Word
    from mapapp.authoring.suggest_tables import SuggestTable


def people(
    texts: Sequence[Text], places: Mapping[int, Sequence[tuple[int, int]]], table: SuggestTable
) -> frozenset[str]:
    """Return the keys of words in names of persons: after a title or a given name, or before "said".

    Parameters
    ----------
    texts
        The sentences; nothing is found where letters have no case.
    places
        First and last word of names of places with several words, by the number of the sentence.
    table
        The words of the article's language.
    """
    found: set[str] = set()
    if not table.cased:
        return frozenset()
    for text in texts:
        if text.sentence.heading:
            continue
        longer = places.get(text.number, ())
        for first, last in runs(text, table):
            if not any(start <= first and last <= end for start, end in longer):
                found |= {word.key for word in _person(text, first, last, table)}
    return frozenset(found)


def _person(text: Text, first: int, last: int, table: SuggestTable) -> Sequence[Word]:
    """Return the words of a run that are a person's name; none if nothing says that it is a person."""
    run = text.words[first : last + 1]
    others = table.titles | table.demonyms | table.stop | table.particles
    names = [
        word
        for word in run
        if word.capital and word.key not in others and not table.kinds_after.match(text.plain, word.end)
    ]
    if not names:
        return ()
    before = text.word_before(first)
    titles = [at for at, word in enumerate(run[:-1]) if word.key in table.titles]
    titled = bool(titles) or (before is not None and before.key in table.titles)
    after = text.plain[run[-1].end :].lstrip()
    says = table.verbs.match(after) or table.helpers.match(after)
    if not titled and not (len(names) > 1 and (names[0].key in table.given_names or says)):
        return ()
    given = next((at for at, word in enumerate(run) if word.key in table.given_names), 0)
    begin = given or (titles[-1] + 1 if titles else 0)
    return [word for word in run[begin:] if word in names]
