"""Finds time expressions in running text, and reads them to EDTF against the article's date."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mapapp.authoring.suggest.fixed_times import read_fixed
from mapapp.authoring.suggest.model import TimeMention
from mapapp.authoring.suggest.time_readings import Tense, read_date, read_days, read_range, unread
from mapapp.authoring.suggest_tables import suggest_table
from mapapp.core.dated_words import compare_with_words
from mapapp.core.edtf import read_when
from mapapp.core.time_expressions import find_words, read_words
from mapapp.core.time_spans import TimeExpression
from mapapp.errors import DateError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mapapp.authoring.suggest.model import Sentence
    from mapapp.authoring.suggest.time_readings import Reading, Relation
    from mapapp.authoring.suggest_tables import SuggestTable

_RELATIONS: tuple[Relation, ...] = ("since", "until", "before", "after", "about", "in")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DASH = re.compile(r"\s?[-\u2010-\u2015]\s?")
_NEAR = re.compile(r"(?: [^\s,;:.\u2013\u2014-]+){0,3} ?")  # words between who speaks and when
_COMMA = 2  # characters between a month and its year, at most
Place = tuple[int, int]  # offsets, end excluded


class _Line(NamedTuple):
    """A sentence: its text, the same made plain, and what it is read with."""

    words: str
    plain: str
    day: date
    language: str
    table: SuggestTable


class _Found(NamedTuple):
    """An expression: its date or the ends of a range, and its offsets with the words that relate it."""

    dates: tuple[Place, ...]
    start: int
    end: int
    relation: Relation
    first_day: re.Match[str] | None = None


def time_mentions(sentences: Sequence[Sentence], day: date, language: str) -> tuple[TimeMention, ...]:
    """Return the time expressions of an article.

    Parameters
    ----------
    sentences
        Where to look.
    day
        The article's date, which "yesterday" and the like refer to.
    language
        BCP 47 tag of the article.
    """
    table = suggest_table(language)
    found: list[TimeMention] = []
    before: Reading | None = None
    for sentence in sentences:
        line = _Line(sentence.words, table.plain(sentence.words), day, language, table)
        for (start, end), reading in sorted(_in_line(line, before), key=lambda one: one[0]):
            mention = _mention(line, start, end, reading)
            found.append(replace(mention, start=sentence.start + start, end=sentence.start + end))
            if mention.edtf and reading.basis == "words":
                before = reading
    return tuple(found)


def _in_line(line: _Line, before: Reading | None) -> Iterator[tuple[Place, Reading]]:
    """Yield the offsets of the expressions of a sentence, and how they are read."""
    taken: list[Place] = []
    for pattern, kind in line.table.fixed_times:
        for match in pattern.finditer(line.plain):
            start, end = match.span()
            if kind == "old-year":
                start = _with_month(line, start, match.start("year"))
            if _overlaps((start, end), taken):
                continue
            if reading := read_fixed(kind, match, line.day, before, line.table):
                taken.append((start, end))
                yield (start, end), reading
    future = bool(line.table.future.search(line.plain))
    for found in [*_expressions(line, taken)]:
        if reading := _read(line, found, future=future):
            taken.append((found.start, found.end))
            yield (found.start, found.end), reading
    for match in line.table.other_times.finditer(line.plain):
        if not _overlaps(match.span(), taken):
            yield match.span(), unread(line.day, "The words name a time, but no date.")


def _overlaps(place: Place, others: Sequence[Place]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in others)


def _with_month(line: _Line, start: int, year: int) -> int:
    """Return where a year begins with the month or day before it."""
    ends = (
        (first, last) for first, last in find_words(line.words, line.language) if 0 <= year - last <= _COMMA
    )
    return next((min(start, first) for first, _ in ends), start)


def _mention(line: _Line, start: int, end: int, reading: Reading) -> TimeMention:
    """Return a mention: without a date if EDTF cannot have it, and marked if its words do not support it."""
    words = line.words[start:end]
    mention = TimeMention(
        start, end, words, reading.edtf or None, reading.basis, reading.rule, reading.certainty
    )
    if mention.edtf is None:
        return mention
    try:
        when = replace(read_when(mention.edtf), text=words, basis=reading.basis)
    except DateError as error:
        rule = f"{reading.rule} It cannot be written as a date: {error.issue.what}."
        return replace(mention, edtf=None, basis="read", certainty="low", rule=rule)
    if any(compare_with_words(when, line.day, line.language)):
        return replace(mention, basis="read", certainty="low")
    return mention


def _expressions(line: _Line, taken: Sequence[Place]) -> Iterator[_Found]:
    """Yield the expressions that are made of words the language tables know."""
    dates = _dates(line, taken)
    ranges = {one for one, other in pairwise(dates) if _is_range(line, one, other)}
    seconds: set[Place] = set()
    for one, other in [*pairwise(dates), *((last, None) for last in dates[-1:])]:
        if one in seconds:
            continue
        ends = (one, other) if other and one in ranges else (one,)
        seconds.update(ends[1:])
        yield _with_relation(line, ends)


def _with_relation(line: _Line, dates: tuple[Place, ...]) -> _Found:
    """Return an expression with the words before and after it, such as "by the start of"."""
    start, end = dates[0][0], dates[-1][1]
    relation: Relation = "in"
    if len(dates) > 1 and (begin := line.table.range_from.search(line.plain, 0, start)):
        return _Found(dates, begin.start(), end, relation)
    joined = line.table.joined_and.match(line.plain, start)
    if first_day := line.table.day_before.search(line.plain, 0, joined.end() if joined else start):
        trail = line.table.trail["in"].match(line.plain, end)
        return _Found(dates, first_day.start(), trail.end() if trail else end, relation, first_day)
    for _ in range(2):
        for name in _RELATIONS:
            before, after = line.table.lead.get(name), line.table.trail.get(name)
            lead = before.search(line.plain, 0, start) if before else None
            trail = after.match(line.plain, end) if after else None
            start, end = lead.start() if lead else start, trail.end() if trail else end
            relation = name if (lead or trail) and relation == "in" else relation
    return _Found(dates, start, end, relation)


def _dates(line: _Line, taken: Sequence[Place]) -> list[Place]:
    """Return the dates of a sentence: words next to each other that name one date are joined."""
    joined: list[Place] = []
    for start, end in find_words(line.words, line.language):
        if _overlaps((start, end), taken):
            continue
        if joined and (start < joined[-1][1] or _belongs(line, joined[-1], (start, end))):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return [place for place in joined if not _YEAR.fullmatch(line.words, *place) or _is_year(line, place)]


def _belongs(line: _Line, one: Place, other: Place) -> bool:
    """Return whether two dates are parts of one, such as a day and its year."""
    if not line.table.join.fullmatch(line.plain, one[1], other[0]):
        return False
    first, second, both = (
        read_words(line.words[slice(*place)], line.language) for place in (one, other, (one[0], other[1]))
    )
    several = max(map(len, (both.years, both.months, both.weekdays))) > 1
    bare_month = second == TimeExpression(months=second.months) and not first.days and not first.months
    return not several and not bare_month and not (first.years and second.years)


def _is_year(line: _Line, place: Place) -> bool:
    """Return whether a number that could be a year is used as one."""
    return not line.table.not_year.match(line.plain, place[1]) and bool(
        line.table.year_before.search(line.plain, 0, place[0])
        or line.table.year_after.match(line.plain, place[1])
    )


def _is_range(line: _Line, one: Place, other: Place) -> bool:
    """Return whether two dates are the ends of a range."""
    if _DASH.fullmatch(line.plain, one[1], other[0]):
        return True
    return bool(
        line.table.range_from.search(line.plain, 0, one[0])
        and line.table.range_to.fullmatch(line.plain, one[1], other[0])
    )


def _is_when_it_was_said(line: _Line, start: int) -> bool:
    """Return whether a time stands right after a verb of speaking, as in "he said here on Monday"."""
    ends = [match.end() for match in line.table.verbs.finditer(line.plain) if match.end() <= start]
    if not ends or line.table.future.search(line.plain, ends[-1], start):
        return False
    return _NEAR.fullmatch(line.plain, ends[-1], start) is not None


def _read(line: _Line, found: _Found, *, future: bool) -> Reading | None:
    """Read an expression; ``None`` if it is none."""
    around = line.plain[found.start : found.dates[0][0]] + line.plain[found.dates[-1][1] : found.end]
    reported = _is_when_it_was_said(line, found.start)
    tense = Tense(
        (future and not reported) or bool(line.table.next.search(around)),
        bool(line.table.previous.search(around)),
        found.relation == "until",
    )
    if len(found.dates) > 1:
        first, last = (read_words(line.words[slice(*place)], line.language) for place in found.dates)
        return read_range(first, last, line.day, tense)
    named = read_words(line.words[found.start : found.end], line.language)
    if found.first_day:
        return read_days(named, found.first_day, line.day, tense)
    alone = found.dates == ((found.start, found.end),)
    if alone and not line.table.bare_month and named == TimeExpression(months=named.months):
        return None  # a name, or another word that is also that of a month
    reading = read_date(named, line.day, tense)
    return reading and reading.related(found.relation, line.day)
