"""Dates in EDTF: parsing them, and whether they fall in a window certainly, possibly or not at all.

Supported are EDTF (ISO 8601-2) level 1 and one-of-a-set. They are read here and not with python-edtf, which
takes a tenth of a second to load and pads an approximate day to thirteen months; the tests compare the bounds
of single dates with its own. All bounds are inclusive; ``None`` is an open bound.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from mapapp.errors import DateError, WindowError

Precision = Literal["day", "month", "year"]
DateBasis = Literal["words", "article-date", "read"]

LONGEST = 100  # characters; longer EDTF text is not parsed
FIRST_YEAR, LAST_YEAR = 1900, 2100

# How far an approximate date (~ or %) may be off. The standard does not say; these are deliberately small:
#   a day    3 days either way
#   a month  the month before and the month after
#   a year   the year before and the year after; also for decades and centuries ("201X~")
DAY_PADDING = timedelta(days=3)

_SIMPLE = re.compile(
    r"""(?P<year>\d{4}|\d{3}X|\d{2}XX)
        (?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?
        (?P<mark>[?~%])?""",
    re.VERBOSE | re.ASCII,
)
_FORMS = (
    "write 2018-09-17, 2018-09 or 2018, with ~ for approximate or ? for uncertain, or an interval: 2018-09/.."
)


@dataclass(frozen=True)
class End:
    """A single date of an EDTF text.

    Attributes
    ----------
    lower, upper
        First and last day of the date as written, without padding.
    precision
        The smallest unit written.
    mark
        ``~`` (approximate), ``?`` (uncertain), ``%`` (both) or empty.
    """

    lower: date
    upper: date
    precision: Precision
    mark: str

    @property
    def about(self) -> bool:
        """Whether the date is approximate, so that `earliest` and `latest` are padded."""
        return self.mark in ("~", "%")

    @property
    def uncertain(self) -> bool:
        """Whether the source may be wrong about the date."""
        return self.mark in ("?", "%")

    @property
    def earliest(self) -> date:
        """First possible day, with padding."""
        if not self.about:
            return self.lower
        if self.precision == "day":
            return self.lower - DAY_PADDING
        if self.precision == "month":
            return (self.lower - timedelta(days=1)).replace(day=1)
        return self.lower.replace(year=self.lower.year - 1)

    @property
    def latest(self) -> date:
        """Last possible day, with padding."""
        if not self.about:
            return self.upper
        if self.precision == "day":
            return self.upper + DAY_PADDING
        if self.precision == "month":
            following = self.upper + timedelta(days=1)
            return following.replace(day=calendar.monthrange(following.year, following.month)[1])
        return self.upper.replace(year=self.upper.year + 1)


@dataclass(frozen=True)
class When:
    """A parsed time.

    Without ``throughout``, something happened on *some* day within ``[earliest, latest]``. With it (an
    interval ``a/b``), something held *all the time* from some day in ``a`` to some day in ``b``.

    Attributes
    ----------
    edtf
        The text as written.
    ends
        Its single dates in order, ``None`` for an open end: one for a date, two for an interval, any number
        for a set.
    earliest, latest
        First and last possible day; ``None`` if open.
    certain_from, certain_to
        For intervals, the last possible start and the first possible end; ``None`` if open. If the start is
        after the end, no day is certain. For an event, ``certain_to`` is at most the article's date.
    throughout
        Whether the time is an interval.
    uncertain
        Whether any of its dates is marked as uncertain, or may be later than the article that reports it.
    text
        The source's words for the time; ``None`` if there are none.
    basis
        How the time was read from ``text``: from its words, from the article's date, or by a person.
    """

    edtf: str
    ends: tuple[End | None, ...]
    earliest: date | None
    latest: date | None
    certain_from: date | None = None
    certain_to: date | None = None
    throughout: bool = False
    uncertain: bool = False
    text: str | None = None
    basis: DateBasis = "words"


@dataclass(frozen=True)
class Window:
    """A range of days; both ``first`` and ``last`` are included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a window that ends before it begins."""
        if self.first > self.last:
            what = "the window ends before it begins"
            raise WindowError(what, f"{self.first}/{self.last}", "put the earlier day first")


def _read_ends(edtf: str) -> tuple[tuple[End | None, ...], bool]:
    """Parse EDTF text into its single dates, ``None`` for ``..``, and whether they are an interval."""
    if len(edtf) > LONGEST:
        raise DateError("the date is too long", edtf, _FORMS)
    if edtf.startswith("[") and edtf.endswith("]"):
        return _read_set(edtf), False
    if edtf.startswith("{"):
        raise DateError('"all of" sets ({…}) are not supported', edtf, "write one entry for each date")
    if "/" not in edtf:
        return (_read_one(edtf, edtf),), False
    parts = edtf.split("/")
    if len(parts) != 2:  # noqa: PLR2004 - an interval must have two ends
        raise DateError("an interval must have two ends", edtf, _FORMS)
    if "" in parts:
        raise DateError("an end of the interval is missing", edtf, "write .. for an open end")
    ends = tuple(None if part == ".." else _read_one(part, edtf) for part in parts)
    _forward(ends[0], ends[-1], edtf)
    return ends, True


@cache
def read_when(edtf: str, text: str | None = None, basis: DateBasis = "words") -> When:
    """Parse EDTF text.

    Parameters
    ----------
    edtf
        A date, an interval or a one-of-a-set, such as ``2018-09``, ``2018-09-17/..`` or
        ``[2018-09-17, 2018-09-19]``.
    text
        The source's words for the time.
    basis
        How the time was read from those words.

    Raises
    ------
    DateError
        If the text is not valid EDTF or not of a supported form.
    """
    ends, throughout = _read_ends(edtf)
    first, last = ends[0], ends[-1]
    dated = [end for end in ends if end]
    starts = [first] if throughout else dated  # an interval starts in its first date; a set may start in any
    stops = [last] if throughout else dated
    return When(
        edtf=edtf,
        ends=ends,
        earliest=None if first is None else min(end.earliest for end in starts if end),
        latest=None if last is None else max(end.latest for end in stops if end),
        certain_from=first.latest if throughout and first else None,
        certain_to=last.earliest if throughout and last else None,
        throughout=throughout,
        uncertain=any(end.uncertain for end in dated),
        text=text,
        basis=basis,
    )


def read_day(text: str) -> date:
    """Parse an ISO date such as ``1999-12-31``.

    Raises
    ------
    DateError
        If the text has another form, or the day does not exist.
    """
    fix = "write a day as 1999-12-31"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise DateError("not a valid day", text, fix)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DateError("the date does not exist", text, fix) from None


def possibly(when: When, window: Window) -> bool:
    """Return whether a time may fall in a window, that is, one of its possible days is in the window."""
    return (when.earliest is None or when.earliest <= window.last) and (
        when.latest is None or when.latest >= window.first
    )


def certainly(when: When, window: Window) -> bool:
    """Return whether a time certainly falls in a window.

    For a single day: all possible days are in the window. For an interval: one of the days on which it
    certainly held is in the window. An uncertain time never does.
    """
    if when.uncertain:
        return False
    if not when.throughout:
        return (
            when.earliest is not None
            and when.latest is not None
            and window.first <= when.earliest
            and when.latest <= window.last
        )
    start, end = when.certain_from, when.certain_to
    if start is not None and end is not None and start > end:
        return False
    return (start is None or start <= window.last) and (end is None or end >= window.first)


def _read_set(edtf: str) -> tuple[End | None, ...]:
    """Parse ``[a, b..c]``: one of these days."""
    items: list[str] = [item.strip(" ") for item in edtf[1:-1].split(",")]
    ends: list[End | None] = []
    for place, item in enumerate(items):
        first, dots, last = item.partition("..")
        if (
            (dots and not first and place > 0)
            or (dots and not last and place < len(items) - 1)
            or item == ".."
        ):
            raise DateError("only the outer ends of a set may be open", edtf, _FORMS)
        pair = [
            _read_one(part, edtf) if part else None for part in ((first, last) if dots else (first or "?",))
        ]
        if any(end.mark for end in pair if end):
            raise DateError("qualifiers are not supported inside a set", edtf, "remove ~, ? and %")
        _forward(pair[0], pair[-1], edtf)
        ends.extend(pair)
    return tuple(ends)


def _read_one(text: str, whole: str) -> End:
    """Parse a single date."""
    match = _SIMPLE.fullmatch(text)
    if match is None:
        raise DateError(*_explained(text, whole))
    year, month, day, mark = match["year"], match["month"], match["day"], match["mark"] or ""
    if int(year.replace("X", "0")) < FIRST_YEAR or int(year.replace("X", "9")) > LAST_YEAR:
        raise DateError(f"the year is outside {FIRST_YEAR} to {LAST_YEAR}", whole, "check the year")
    if ("X" in year and month) or (month == "XX" and day not in (None, "XX")):
        raise DateError("only trailing components of a date can be unspecified", whole, _FORMS)
    if month and month != "XX" and not 1 <= int(month) <= 12:  # noqa: PLR2004 - months of a year
        what = "seasons are not supported" if 21 <= int(month) <= 41 else "the month does not exist"  # noqa: PLR2004
        raise DateError(what, whole, "write a month from 01 to 12, or an interval of months")
    lower, upper = date(int(year.replace("X", "0")), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    if month in (None, "XX"):
        return End(lower, upper, "year", mark)
    days = calendar.monthrange(lower.year, int(month))[1]
    if day in (None, "XX"):
        return End(lower.replace(month=int(month)), upper.replace(month=int(month), day=days), "month", mark)
    if not 1 <= int(day) <= days:
        raise DateError("the date does not exist", whole, "check the day and the month")
    exact = date(lower.year, int(month), int(day))
    return End(exact, exact, "day", mark)


def _explained(text: str, whole: str) -> tuple[str, str, str]:
    """Explain as specifically as possible why ``text`` is rejected."""
    if "T" in text or ":" in text:
        return "times of day are not supported", whole, "write the day only"
    if text.startswith(("Y", "-")):
        return (
            "long and negative years are not supported",
            whole,
            f"write a year from {FIRST_YEAR} to {LAST_YEAR}",
        )
    if text == "..":
        return "`..` is only allowed in an interval", whole, "write 2018/.., or ../.. for always"
    return "not a date", whole, _FORMS


def _forward(first: End | None, last: End | None, edtf: str) -> None:
    if first and last and first.lower > last.upper:
        raise DateError("the interval ends before it begins", edtf, "put the earlier date first")
