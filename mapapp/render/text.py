"""All wording: the catalogue, dates and numbers in words, and the one door to HTML.

Everything that becomes HTML goes through `html`, the one door, where MarkupSafe escapes what it is given.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml
from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal
from markupsafe import Markup

from mapapp.core.edtf import read_ends, read_when
from mapapp.data.files import SafeLoader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapapp.core.edtf import End, When

LANG = "en"  # the screen's own language; names follow the reader's choice
EPOCH = date(1970, 1, 1)
_FORMATS = {"day": "d MMMM y", "month": "MMMM y", "year": "y"}


@cache
def catalogue() -> dict[str, str]:
    """Return every word of the screen by key."""
    text = (files("mapapp.render") / "catalogue" / f"{LANG}.yaml").read_text(encoding="utf-8")
    return {str(key): str(value) for key, value in yaml.load(text, SafeLoader).items()}  # noqa: S506 - safe, and fast


def words(key: str, /, **values: object) -> str:
    """Return the catalogue's words for ``key`` with ``{names}`` filled in. Plain text, not HTML.

    Raises
    ------
    KeyError
        If the catalogue has no such key.
    """
    return catalogue()[key].format(**values)


def kind_words(kind: str) -> str:
    """Word a place's kind; one the catalogue does not know, from another data folder, in its own letters."""
    own = kind.replace("-", " ").capitalize()
    return catalogue().get(f"place-kind-{kind}", own)


def html(template: str, /, **values: object) -> Markup:
    """Fill an HTML template; every value that is not Markup already is escaped. The one door to HTML."""
    return Markup(template).format(**values)  # noqa: S704 - templates are ours, values are escaped here


def join(parts: Iterable[Markup], between: str = "") -> Markup:
    """Join pieces of HTML."""
    return Markup(between).join(parts)  # noqa: S704 - as above


def day_number(day: date | None) -> int | None:
    """Return days since 1970-01-01, the script's way of counting; ``None`` stays ``None``."""
    return None if day is None else (day - EPOCH).days


def day_words(day: date) -> str:
    """Word one day, as in 19 February 2020."""
    return format_date(day, _FORMATS["day"], locale=LANG)


def months() -> list[str]:
    """Return the short names of the twelve months, January first."""
    names = get_month_names("abbreviated", locale=LANG)
    return [names[month] for month in range(1, 13)]


def when_words(when: When) -> str:
    """Word a time no more precisely than it is known."""
    ends, throughout = read_ends(when.edtf)
    first, last = ends[0], ends[-1]
    if throughout:
        return _interval(first, last)
    if len(ends) == 1 and first is not None:
        return _end(first)
    if first is None and last is not None:
        return words("date-by", date=_end(last))
    if first is not None and last is None:
        return words("date-after", date=_end(first))
    if first is not None and last is not None:
        return words("date-some-day", first=_end(first), last=_end(last))
    return words("no-date")


def edtf_words(edtf: str) -> str:
    """Word EDTF text, empty for none."""
    return when_words(read_when(edtf)) if edtf else ""


def _interval(first: End | None, last: End | None) -> str:
    if first is None and last is None:
        return words("date-always")
    if last is None and first is not None:
        return words("date-from", date=_end(first))
    if first is None and last is not None:
        return words("date-until", date=_end(last))
    start, stop = (_end(end) for end in (first, last) if end is not None)
    return start if start == stop else words("date-range", first=start, last=stop)


def _end(end: End) -> str:
    text = format_date(end.lower, _FORMATS[end.precision], locale=LANG)
    if end.lower.year != end.upper.year:  # a decade or a century
        text = words("date-years", first=end.lower.year, last=end.upper.year)
    if end.about:
        text = words("date-about", date=text)
    return words("date-uncertain", date=text) if end.uncertain else text


def number_words(number: float) -> str:
    """Word a number with the language's separators."""
    return str(format_decimal(number, locale=LANG))
