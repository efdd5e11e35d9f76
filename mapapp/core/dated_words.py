"""Compares dates with the words they were read from: they must not be more precise, nor contradict them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mapapp.core.language_tables import DEFAULT_LANGUAGE, cldr_locale, language_table
from mapapp.core.time_expressions import read_words
from mapapp.core.time_spans import TimeExpression
from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mapapp.core.edtf import End, Precision, When

_RANK: dict[Precision | None, int] = {None: 0, "year": 1, "month": 2, "day": 3}
_NEARBY = timedelta(days=7)  # a weekday without a date is within a week of the article's date
_HALF_YEAR = timedelta(days=183)  # a month without a year is the nearest one


def is_guess(when: When, language: str = DEFAULT_LANGUAGE) -> bool:
    """Return whether a time is marked approximate or uncertain although its words name no date at all."""
    if when.text is None or when.basis == "read" or read_words(when.text, language).precision is not None:
        return False
    return any(end is not None and end.mark for end in when.ends)


def compare_with_words(when: When, article_day: date, language: str = DEFAULT_LANGUAGE) -> Iterator[Issue]:
    """Yield the issues of a date that is more precise than its words, or contradicts them.

    A date must not be more precise than its words, unless it is marked approximate or uncertain. For part of
    a month, such as "early May", it may be an interval of days in a generous reading of it. It may be the
    article's date if it is based on it (``basis: article-date``) or is one end of an open interval. If a
    person read the words (``basis: read``), only the units that they name are compared.

    Parameters
    ----------
    when
        The time with its words; without words there is nothing to compare.
    article_day
        The article's date, which relative expressions refer to.
    language
        BCP 47 tag of the article's language.
    """
    if when.text is None:
        return
    named = read_words(when.text, language)
    dated, is_open = [end for end in when.ends if end], None in when.ends
    got = f"{when.edtf} from {short_repr(when.text)}"
    if when.basis == "article-date" and not any(end.earliest <= article_day <= end.latest for end in dated):
        what = "the date does not include the article's date, which it is based on"
        yield Issue(what, got, f"include {article_day}")
        return
    days_fit = named.parts and len({end.lower for end in dated}) > 1  # days limit a part of a month
    precision = "day" if days_fit else named.precision
    for end in dated if when.basis != "read" else ():
        on_the_day = end.lower == end.upper == article_day and (when.basis == "article-date" or is_open)
        if not (end.mark or on_the_day or _RANK[precision] >= _RANK[end.precision]):
            yield Issue("the date is more precise than its words", got, _fix(named, language))
            return
    if when.basis == "read":  # a person may know better what the words mean, but not what they name
        named = TimeExpression(named.years, named.months)
    if dated and (
        wrong := _contradiction(
            named, dated, article_day, on_article_date=when.basis == "article-date", near=when.basis != "read"
        )
    ):
        yield Issue(wrong, got, "check the date against the quoted words")


def _fix(named: TimeExpression, language: str) -> str:
    if named.parts:
        return (
            f"write only the {named.precision}, an interval of days in it, or mark it as approximate with ~"
        )
    if named.precision:
        return f"write only the {named.precision}, or mark it as approximate with ~"
    if language_table(language).units:
        return (
            "the words name no date: mark it as approximate with ~, base it on the article's date with "
            "basis: article-date, or explain the reading in the note, with basis: read"
        )
    kind = "relative time expressions" if cldr_locale(language) else "time expressions"
    return f"{kind} in {language} are not supported: explain the reading in the note, with basis: read"


def _contradiction(
    named: TimeExpression, ends: list[End], article_day: date, *, on_article_date: bool, near: bool
) -> str | None:
    """Return what is named by the words but matches none of the dates, as a message; else ``None``.

    Parameters
    ----------
    named
        What the words name.
    ends
        The dates they were read as.
    article_day
        The article's date.
    on_article_date
        Whether one of the dates is the article's date itself.
    near
        Whether a month without a year must be the nearest one.
    """
    if on_article_date:  # the words need not name the article's own date if there is another
        ends = [end for end in ends if not end.lower == end.upper == article_day] or ends
    days = [end.lower for end in ends if end.precision == "day"]
    months = [end for end in ends if end.precision != "year"]
    checks = (
        (
            named.years,
            ends,
            lambda end: any(end.lower.year <= year <= end.upper.year for year in named.years),
            "year",
        ),
        (named.months, months, lambda end: end.lower.month in named.months, "month"),
        (named.days, days, lambda day: day.day in named.days, "day"),
        (named.weekdays, days, lambda day: day.weekday() in named.weekdays, "weekday"),
        (named.month_end, days, lambda day: (day + timedelta(days=1)).day == 1, "end of the month"),
        (
            named.weekdays and not named.months and not named.spans,
            days,
            lambda day: abs(day - article_day) <= _NEARBY,
            "week",
        ),
        (
            named.months and not named.years and not named.spans and near,
            months,
            lambda end: abs(end.lower - article_day) <= _HALF_YEAR,
            "year",
        ),
    )
    for units, dates, fits, unit in checks:
        if units and dates and not any(map(fits, dates)):
            return f"the date does not match the {unit} in its words"
    if named.parts and (outside := _outside_parts(named, days, article_day)):
        return outside
    for span in named.spans:
        first, last = span.around(article_day)
        if not any(end.lower <= last and end.upper >= first for end in ends):
            return f"the date does not match the {span.unit} in its words"
    return None


def _outside_parts(named: TimeExpression, days: list[date], article_day: date) -> str | None:
    """Return which part of a month a day is not in, as a message, unless the words name other days, too."""
    others = named.months - {part.month for part in named.parts}
    several = named.days or named.weekdays or named.month_end or len(named.spans) > len(named.parts)
    fits = [
        day.month in others
        or any(first <= day <= last for part in named.parts for first, last in part.around(day, article_day))
        for day in days
    ]
    if days and not (any(fits) if several else all(fits)):
        return f"the date does not match the part of the month in its words ({named.parts[0].part})"
    return None
