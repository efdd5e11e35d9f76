"""How precise the article's own words for a time are, and whether a reading says more than they do."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mapapp.core.dates import End, Precision, read_ends
from mapapp.core.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapapp.core.dates import When

Problem = tuple[str, str, str]  # what is wrong, what was found, how to mend it

_MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = rf"(?P<month>{'|'.join(month.title() for month in _MONTHS)})"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_DATED = (
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\b"),
    re.compile(rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}\b(?!\d)"),
    re.compile(r"\b(?:19|20)\d\d-(?P<month>\d\d)-(?P<day>\d\d)\b"),
)
_NEAR = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_RANK: dict[Precision | None, int] = {None: 0, "year": 1, "month": 2, "day": 3}
_NEARBY = timedelta(days=7)  # a bare weekday is one of the days around the article's
_HALF_YEAR = timedelta(days=183)  # a bare month is the nearest of its name


class Told(NamedTuple):
    """What words say of a time, ``None`` where they do not. ``offset`` counts days from the article's."""

    year: int | None
    month: int | None
    day: int | None
    weekday: int | None
    offset: int | None
    month_end: bool

    @property
    def precision(self) -> Precision | None:
        """The smallest unit the words name."""
        if self.month_end or any(part is not None for part in (self.day, self.weekday, self.offset)):
            return "day"
        return "month" if self.month else "year" if self.year else None


def read_words(text: str) -> Told:
    """Read what English words say of a time, such as "by the end of February" or "on Wednesday"."""
    lower = text.lower()
    year = re.search(r"\b(?:19|20)\d\d\b", text)
    dated = next(filter(None, (pattern.search(text) for pattern in _DATED)), None)
    month = dated or re.search(rf"\b{_MONTH}\b", text)
    named = month["month"].lower() if month else None
    weekday = next((n for n, name in enumerate(_WEEKDAYS) if re.search(rf"\b{name}\b", lower)), None)
    return Told(
        year=int(year[0]) if year else None,
        month=(int(named) if named.isdigit() else _MONTHS.index(named) + 1) if named else None,
        day=int(dated["day"]) if dated else None,
        weekday=weekday,
        offset=next((days for word, days in _NEAR.items() if re.search(rf"\b{word}\b", lower)), None),
        month_end=bool(named and re.search(rf"\bend of {named}\b", lower)),
    )


def is_guess(when: When) -> bool:
    """Return whether a time is marked as about or uncertain, and its words carry no date at all."""
    if when.text is None or read_words(when.text).precision is not None:
        return False
    return any(end is not None and end.mark for end in read_ends(when.edtf)[0])


def against_words(when: When, article_day: date) -> Iterator[Problem]:
    """Yield where a reading says more than its words, or something else.

    An exact date needs words as precise. It may be the article's own day where the reading rests on it
    (``basis: article-date``) or is open on the other side. What is marked as about or uncertain claims less.
    """
    if when.text is None:
        return
    told = read_words(when.text)
    ends = read_ends(when.edtf)[0]
    dated = [end for end in ends if end]
    got = f"{when.edtf} from {shown(when.text)}"
    if when.basis == "article-date" and not any(end.earliest <= article_day <= end.latest for end in dated):
        yield "the reading does not hold the article's date it rests on", got, f"give {article_day} in it"
        return
    for end in dated:
        on_the_day = end.lower == end.upper == article_day and (when.basis == "article-date" or None in ends)
        if not (end.mark or on_the_day or _RANK[told.precision] >= _RANK[end.precision]):
            fix = (
                f"write it to the {told.precision}, or mark it as about with ~"
                if told.precision
                else "mark it as about with ~, or rest it on the article's date with basis: article-date"
            )
            yield "the date is more precise than its words", got, fix
            return
    if dated and (wrong := _contradiction(told, dated, article_day, rests=when.basis == "article-date")):
        yield wrong, got, "read the words again"


def _contradiction(told: Told, ends: list[End], article_day: date, *, rests: bool) -> str | None:
    """Return what the words name that none of the dates is, or ``None``."""
    if rests:  # one of the dates is the article's own, which the words need not name if there is another
        ends = [end for end in ends if not end.lower == end.upper == article_day] or ends
    days = [end.lower for end in ends if end.precision == "day"]
    months = [end for end in ends if end.precision != "year"]
    checks = (
        (told.year, ends, lambda end: end.lower.year <= told.year <= end.upper.year, "year"),
        (told.month, months, lambda end: end.lower.month == told.month, "month"),
        (told.day, days, lambda day: day.day == told.day, "day"),
        (told.weekday, days, lambda day: day.weekday() == told.weekday, "weekday"),
        (told.month_end or None, days, lambda day: (day + timedelta(days=1)).day == 1, "end of the month"),
        (told.offset, days, lambda day: (day - article_day).days == told.offset, "day"),
        (
            told.weekday if told.month is None else None,
            days,
            lambda day: abs(day - article_day) <= _NEARBY,
            "week",
        ),
        (
            told.month if told.year is None else None,
            months,
            lambda end: abs(end.lower - article_day) <= _HALF_YEAR,
            "year",
        ),
    )
    for named, dates, fits, unit in checks:
        if named is not None and dates and not any(map(fits, dates)):
            return f"the date is not of the {unit} its words name"
    return None
