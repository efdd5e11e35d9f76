"""What entries share: names in several languages, words of the profile's vocabularies, and reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.core.edtf import read_day
from mapapp.core.model import Review
from mapapp.core.names import Names
from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mapapp.core.profile import Profile
    from mapapp.data.schema import ReviewEntry


def names_of(names: Mapping[str, str], profile: Profile | None) -> Names:
    """Return names as the model has them, in the order of the profile's languages."""
    first = profile.languages if profile else ()
    return Names({tag: names[tag] for tag in dict.fromkeys((*first, *names)) if tag in names})


def name_issues(names: Mapping[str, str], profile: Profile, where: str) -> Iterator[Issue]:
    """Yield the issues of names: the first language is required, and each must be one of the profile's."""
    first = profile.languages[0]
    if first not in names:
        fix = "add it: the first of languages in data/map.yaml stands in for the others"
        yield Issue(f"there is no name in {first}", ", ".join(names), fix, where=where)
    for tag in names:
        if tag not in profile.languages:
            fix = f"use {', '.join(profile.languages)}, or add it to languages in data/map.yaml"
            yield Issue("not one of the map's languages", tag, fix, where=where)


def translation_issues(texts: Mapping[str, str], profile: Profile, where: str) -> Iterator[Issue]:
    """Yield the issues of translations: each must be in one of the profile's languages but the first."""
    first, *others = profile.languages
    for tag in texts:
        if tag == first:
            fix = "leave it out: the text itself is in this language"
            yield Issue("the map's first language is not a translation", tag, fix, where=where)
        elif tag not in others:
            fix = f"use {', '.join(others)}, or add it to languages in data/map.yaml"
            yield Issue("not one of the map's languages", tag, fix, where=where)


def unknown_word(word: str, known: Iterable[str], where: str) -> Iterator[Issue]:
    """Yield an issue if a word is not in one of the profile's vocabularies."""
    known = [*known]
    if word not in known:
        choice = f"use {', '.join(known)}, or add it to data/map.yaml" if known else "add it to data/map.yaml"
        yield Issue("not one of the profile's words", short_repr(word), choice, where=where)


def with_unknown_words(issues: list[Issue], value: object, words: Mapping[str, Iterable[str]]) -> list[Issue]:
    """Return the issues of an entry that cannot be read whole, and those of its words.

    Parameters
    ----------
    issues
        What prevents it from being read.
    value
        The entry as the file has it.
    words
        The vocabulary of each key that holds a word.
    """
    faulty = {issue.where for issue in issues}
    read = value if isinstance(value, dict) else {}
    return issues + [
        issue
        for key, known in words.items()
        if key not in faulty and isinstance(word := read.get(key), str)
        for issue in unknown_word(word, known, key)
    ]


def review_of(entry: ReviewEntry | None) -> Review | None:
    """Return a review as the model has it."""
    return Review(entry.by, read_day(entry.on)) if entry else None
