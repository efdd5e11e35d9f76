"""Formats dates and numbers for reading, no more precisely than they are known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, overload

from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from mapapp.text.messages import LANG, words

if TYPE_CHECKING:
    from mapapp.core.edtf import End, When


EPOCH = date(1970, 1, 1)


_FORMATS = {"day": "d MMMM y", "month": "MMMM y", "year": "y"}


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
    return format_date(day, _FORMATS["day"], locale=LANG)


def months() -> list[str]:
    """Return the short names of the twelve months, January first."""
    names = get_month_names("abbreviated", locale=LANG)
    return [names[month] for month in range(1, 13)]


def month_words(day: date) -> str:
    """Format the month of a day, as in February 1999."""
    return format_date(day, _FORMATS["month"], locale=LANG)


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
        return words("date-by", date=end_words(last))
    if first is not None and last is None:
        return words("date-after", date=end_words(first))
    if first is not None and last is not None:
        return words("date-some-day", first=end_words(first), last=end_words(last))
    return words("no-date")


def _interval(first: End | None, last: End | None) -> str:
    if first is None and last is None:
        return words("date-always")
    if last is None and first is not None:
        return words("date-from", date=end_words(first))
    if first is None and last is not None:
        return words("date-until", date=end_words(last))
    start, stop = (end_words(end) for end in (first, last) if end is not None)
    return start if start == stop else words("date-range", first=start, last=stop)


def end_words(end: End) -> str:
    """Format one date of a time."""
    text = format_date(end.lower, _FORMATS[end.precision], locale=LANG)
    if end.lower.year != end.upper.year:  # a decade or a century
        text = words("date-years", first=end.lower.year, last=end.upper.year)
    if end.about:
        text = words("date-about", date=text)
    return words("date-uncertain", date=text) if end.uncertain else text


def number_words(number: float) -> str:
    """Format a number with the separators of the language."""
    return str(format_decimal(number, locale=LANG))
