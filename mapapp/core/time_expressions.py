"""Reads time expressions such as "by the end of February".

In a language that CLDR does not know, only years and dates in digits are recognised.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from mapapp.core.language_tables import DEFAULT_LANGUAGE, SCRIPTS, Fold, script_of
from mapapp.core.time_patterns import language_patterns, number_of
from mapapp.core.time_spans import MONTHS_OF_YEAR, MonthPart, TimeExpression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapapp.core.time_patterns import Context, LanguagePatterns, Place
    from mapapp.core.time_spans import Span

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)([-./])(\d\d?)\2(\d\d?)(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d\d?)([-./])(\d\d?)\2((?:19|20)\d\d)(?!\d)")
_CONTEXT = 60  # characters before the name of a month that can belong to it
_END = "end"  # the part of a month that is its last day


def read_words(text: str, language: str = DEFAULT_LANGUAGE) -> TimeExpression:
    """Return what a time expression names.

    Parameters
    ----------
    text
        Words such as "by the end of February" or "on Wednesday".
    language
        BCP 47 tag of the article's language. Words in another script are read in the language most common in
        that script.
    """
    plain = Fold()(text)
    years = {int(year[0]) for year in _YEAR.finditer(plain)}
    days, months, weekdays = set(), set(), set()
    spans: list[Span] = []
    parts: list[MonthPart] = []
    own = language_patterns(language)
    for year, month, day in _figures(plain, own):
        years.add(year)
        months.add(month)
        days.add(day)
    for used in _languages(plain, own):
        folded = used.fold(text)
        named = [(match.span(), number_of(match)) for match in used.months.finditer(folded)]
        months |= {number for _, number in named}
        weekdays |= {number_of(match) for match in used.weekdays.finditer(folded)}
        dated = {place: set(_days(used, folded, place)) for place, _ in named}
        days |= set().union(*dated.values())
        undated = [(place, MonthPart("", number)) for place, number in named if not dated[place]]
        found = list(_month_parts(used, folded, undated))
        relative = list(_relative(used, folded, [place for place, _ in found]))
        spans += [span for _, span in relative]
        whole = [
            (place, MonthPart("", None, span.first))
            for place, span in relative
            if span.unit == "month" and span.first == span.last
        ]
        parts += [part for _, part in (*found, *_month_parts(used, folded, whole))]
        if used.numeric:
            for match in used.numeric.finditer(folded):
                months.add(int(match["month"]))
                days.add(int(match["day"]))
    return TimeExpression(
        frozenset(years),
        frozenset(months),
        frozenset(days),
        frozenset(weekdays),
        tuple(dict.fromkeys(spans)),
        any(part.part == _END for part in parts),
        tuple(dict.fromkeys(part for part in parts if part.part != _END)),
    )


def find_words(text: str, language: str = DEFAULT_LANGUAGE) -> list[Place]:
    """Return the offsets in a text of all words that `read_words` reads, the end excluded, in order.

    A date is found in parts, such as the day with the month, the year and the weekday; what belongs together
    is for the caller to say.

    Parameters
    ----------
    text
        A sentence, or a longer text.
    language
        BCP 47 tag of its language.
    """
    own = language_patterns(language)
    plain, places = Fold(case="keep").with_places(text)
    found = {
        (places[match.start()], places[match.end()])
        for pattern in (_YEAR, _YEAR_FIRST, _YEAR_LAST)
        for match in pattern.finditer(plain)
    }
    for used in _languages(plain, own):
        folded, places = used.fold.with_places(text)
        found |= {(places[start], places[end]) for start, end in _found_in(used, folded)}
    return sorted(found)


def _found_in(language: LanguagePatterns, folded: str) -> Iterator[Place]:
    """Yield the offsets of months with their days or parts, weekdays, and relative words."""
    named = [(match.span(), number_of(match)) for match in language.months.finditer(folded)]
    dated: set[Place] = set()
    for place, _ in named:
        yield place
        for context in language.dates:
            if matches := _surroundings(context, folded, place):
                dated.add(place)
                yield matches[0].start(), matches[1].end()
    undated = [(place, MonthPart("", number)) for place, number in named if place not in dated]
    parts = [place for place, _ in _month_parts(language, folded, undated)]
    yield from parts
    yield from (match.span() for match in language.weekdays.finditer(folded))
    if language.numeric:
        yield from (match.span() for match in language.numeric.finditer(folded))
    for place, span in _relative(language, folded, parts):
        yield place
        if span.unit == "month" and span.first == span.last:
            yield from (
                part for part, _ in _month_parts(language, folded, [(place, MonthPart("", None, span.first))])
            )


def _languages(text: str, own: LanguagePatterns | None) -> list[LanguagePatterns]:
    """Return the languages to read a text in: the article's, and one for each other script in it."""
    if own is None:
        return []
    scripts = dict.fromkeys(script_of(char) for char in text if char.isalpha())
    tags = dict.fromkeys(SCRIPTS.languages[script][0] for script in scripts if script in SCRIPTS.languages)
    others = (language_patterns(tag) for tag in tags)
    return [own, *(other for other in others if other and other.script != own.script)]


def _days(language: LanguagePatterns, text: str, place: Place) -> Iterator[int]:
    """Yield the days written next to the name of a month."""
    for context in language.dates:
        for match in _surroundings(context, text, place):
            yield from (int(day) for day in match.groups() if day)


def _surroundings(context: Context, text: str, place: Place) -> tuple[re.Match[str], ...]:
    """Return the matches before and after the name of a month; empty if one of them fails."""
    before = context[0].search(text, max(0, place[0] - _CONTEXT), place[0])
    after = context[1].match(text, place[1])
    return (before, after) if before and after else ()


def _month_parts(
    language: LanguagePatterns, text: str, months: Iterable[tuple[Place, MonthPart]]
) -> Iterator[tuple[Place, MonthPart]]:
    """Yield the parts of months named in a text, and their offsets in it."""
    for place, month in months:
        found = {}
        for name, context in language.parts:
            if matches := _surroundings(context, text, place):
                found[name] = matches[0].start(), matches[1].end()
        for name in [_END] if _END in found else found:
            yield found[name], month._replace(part=name)


def _relative(
    language: LanguagePatterns, folded: str, excluded: Iterable[Place]
) -> Iterator[tuple[Place, Span]]:
    """Yield the relative words outside the places excluded; "earlier this week" is not "this week", too."""
    taken = bytearray(len(folded))
    for start, end in excluded:
        taken[start:end] = b"\1" * (end - start)
    for words in language.words:
        for match in words.pattern.finditer(folded):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            if span := words.span(match):
                yield match.span(), span


def _figures(text: str, language: LanguagePatterns | None) -> Iterator[tuple[int, int, int]]:
    """Yield dates in digits as year, month and day, except those that can be read in two ways."""
    found = [(int(year), int(month), int(day)) for year, _, month, day in _YEAR_FIRST.findall(text)]
    for first, mark, second, year in _YEAR_LAST.findall(text):
        day, month = int(first), int(second)
        if language is None or language.month_first or mark in language.ambiguous:
            if day <= MONTHS_OF_YEAR and month <= MONTHS_OF_YEAR and day != month:
                continue  # day or month first
            if month > MONTHS_OF_YEAR:
                day, month = month, day
        found.append((int(year), month, day))
    for year, month, day in found:
        try:
            date(year, month, day)
        except ValueError:
            continue
        yield year, month, day
