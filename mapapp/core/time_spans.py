"""What a time expression names: spans counted from a day, parts of months, and single units."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapapp.core.edtf import Precision

Unit = Literal["day", "month", "year"]

MONTHS_OF_YEAR = 12
WEEK = 7  # days

# first and last day of parts of a month, read generously; 31 is the last day of any month
_PARTS = {
    "early": (1, 12),
    "middle": (8, 22),
    "late": (20, 31),
    "first half": (1, 15),
    "second half": (16, 31),
    "first ten days": (1, 10),
    "second ten days": (11, 20),
    "third ten days": (21, 31),
}

# the same for weeks: these days, or all of the calendar weeks they are in
_WEEKS = {"week 1": (1, 7), "week 2": (8, 14), "week 3": (15, 21), "week 4": (22, 28), "last week": (25, 31)}


class Span(NamedTuple):
    """A span of time relative to the article's date, in whole units, both ends included.

    A vague span ("within days") limits when something was, but names no unit.
    """

    unit: Unit
    first: int
    last: int
    vague: bool = False

    def around(self, day: date) -> tuple[date, date]:
        """Return the first and last day of the span, counted from ``day``."""
        if self.unit == "day":
            return day + timedelta(days=self.first), day + timedelta(days=self.last)
        if self.unit == "year":
            return date(day.year + self.first, 1, 1), date(day.year + self.last, 12, 31)
        months = [day.year * MONTHS_OF_YEAR + day.month - 1 + count for count in (self.first, self.last + 1)]
        first, after = (date(count // MONTHS_OF_YEAR, count % MONTHS_OF_YEAR + 1, 1) for count in months)
        return first, after - timedelta(days=1)


class MonthPart(NamedTuple):
    """A part of a month, such as "early", of a month of any year or of one counted from the article's."""

    part: str
    month: int | None
    offset: int | None = None

    def around(self, day: date, article_day: date) -> Iterator[tuple[date, date]]:
        """Yield the first and last day of the part in each year in which ``day`` may be in it."""
        if self.month is not None:
            months = [(year, self.month) for year in (day.year, day.year + 1)]
        else:
            start, _ = Span("month", self.offset or 0, self.offset or 0).around(article_day)
            months = [(start.year, start.month)]
        for year, month in months:
            length = monthrange(year, month)[1]
            if self.part in _PARTS:
                first, last = (date(year, month, min(end, length)) for end in _PARTS[self.part])
                yield first, last
                continue
            earliest, latest = _WEEKS[self.part]
            if latest > length:
                earliest, latest = length - WEEK + 1, length
            first, last = date(year, month, earliest), date(year, month, latest)
            yield (
                first - timedelta(days=first.weekday()),
                last + timedelta(days=WEEK - 1 - last.weekday()),
            )


class TimeExpression(NamedTuple):
    """What a time expression names. Months count from 1, weekdays from 0 (Monday)."""

    years: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()
    spans: tuple[Span, ...] = ()
    month_end: bool = False
    parts: tuple[MonthPart, ...] = ()

    @property
    def precision(self) -> Precision | None:
        """The smallest unit named; ``None`` if there is none. A part of a month counts as the month."""
        units = {span.unit for span in self.spans if not span.vague}
        if self.month_end or self.days or self.weekdays or "day" in units:
            return "day"
        return "month" if self.months or "month" in units else "year" if self.years or units else None
