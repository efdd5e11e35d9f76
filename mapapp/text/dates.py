"""Formats dates and numbers for reading, no more precisely than they are known."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, overload

from babel.dates import format_date, get_month_names

from mapapp.text.locales import LANGUAGES, SOURCE, cldr, current_language, digits, language, nearest_locale
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapapp.core.edtf import End, When


EPOCH = date(1970, 1, 1)


# in some languages a month has another case without a day (LLLL in CLDR's patterns) than with one (MMMM)
_FORMATS = {"day": "d MMMM y", "month": "LLLL y", "year": "y"}
_FORMATS_IN_PHRASE = {**_FORMATS, "month": "MMMM y"}


@overload
def day_number(day: date) -> int: ...
@overload
def day_number(day: None) -> None: ...
@overload
def day_number(day: date | None) -> int | None: ...
def day_number(day: date | None) -> int | None:
    """Return days since 1970-01-01, as the browser's script counts them; ``None`` for ``None``."""
    return None if day is None else (day - EPOCH).days


def day_words(day: date) -> str:
    """Format one day, as in 9 February 1999."""
    return _formatted(day, _FORMATS["day"])


def day_in(day: date, tag: str) -> str:
    """Format one day as a text in a language (BCP 47) of the data writes it."""
    if tag in LANGUAGES:
        with language(tag):
            return day_words(day)
    return str(format_date(day, _FORMATS["day"], locale=nearest_locale(tag)))


def long_day_words(day: date) -> str:
    """Format one day as citations write it, as in February 9, 1999."""
    # not CLDR's "long", which in some languages ends in an abbreviation with a full stop
    return _formatted(day, "MMMM d, y" if current_language() == SOURCE else _FORMATS["day"])


def year_words(year: int) -> str:
    """Format a year: a number that is not grouped."""
    return digits(str(year))


def months(context: Literal["stand-alone", "format"]) -> list[str]:
    """Return the short names of the twelve months, January first.

    Parameters
    ----------
    context
        As they are written without a day (``stand-alone``), or after one (``format``).
    """
    names = get_month_names("abbreviated", context, cldr(current_language()))
    return [names[month] for month in range(1, 13)]


def month_words(day: date) -> str:
    """Format the month of a day, as in February 1999."""
    return _formatted(day, _FORMATS["month"])


def when_words(when: When | None) -> str:
    """Format a time no more precisely than it is known; empty for ``None``."""
    if when is None:
        return ""
    first, last = when.ends[0], when.ends[-1]
    if when.throughout:
        return _interval(first, last)
    return end_words(first) if len(when.ends) == 1 and first is not None else _some_day(first, last)


def _some_day(first: End | None, last: End | None) -> str:
    if first is None and last is not None:
        return words("date-by", date=_in_phrase(last))
    if first is not None and last is None:
        return words("date-after", date=_in_phrase(first))
    if first is not None and last is not None:
        return words("date-some-day", first=_in_phrase(first), last=_in_phrase(last))
    return words("no-date")


def _interval(first: End | None, last: End | None) -> str:
    if first is None and last is None:
        return words("date-always")
    if last is None and first is not None:
        return words("date-from", date=_in_phrase(first))
    if first is None and last is not None:
        return words("date-until", date=_in_phrase(last))
    start, stop = (end_words(end) for end in (first, last) if end is not None)
    return start if start == stop else words("date-range", first=start, last=stop)


def end_words(end: End) -> str:
    """Format one date of a time."""
    return _end(end, _FORMATS)


def _in_phrase(end: End) -> str:
    """Format one date of a time for a phrase that declines it."""
    return _end(end, _FORMATS_IN_PHRASE)


def _end(end: End, formats: Mapping[str, str]) -> str:
    text = _formatted(end.lower, (_FORMATS_IN_PHRASE if end.about else formats)[end.precision])
    if end.lower.year != end.upper.year:  # a decade or a century
        text = words("date-years", first=year_words(end.lower.year), last=year_words(end.upper.year))
    if end.about:
        text = words("date-about", date=text)
    return words("date-uncertain", date=text) if end.uncertain else text


def _formatted(day: date, pattern: str) -> str:
    return _in_language(day, pattern, current_language())


@lru_cache(maxsize=4096)  # a map names the same days again and again
def _in_language(day: date, pattern: str, tag: str) -> str:
    return digits(format_date(day, pattern, locale=cldr(tag)))
