"""Reads days as people write them: in any usual order, with month names, times and zones.

The day as written counts: times are dropped, and days in a zone are not converted.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from mapapp.errors import short_repr
from mapapp.incidents.date_words import date_words, folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapapp.incidents.mapping_file import Dates

_ZONE = r"(?:z|(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d\d)?|utc|gmt|[a-z_]+(?:/[a-z_+-]+)+|[a-z]{3,5})"
_CLOCK = r"\d{1,2}(?:[:.h]\d\d){1,2}(?:[.,]\d+)?\s?(?:[ap]\.?m\.?)?"
_CLOCK += r"|\d{1,2}\s?[ap]\.?m\.?|\d{4}(?:\d\d)?\s?(?:h|hrs)?"
_REST = re.compile(rf"[\s,;t]*(?:(?:{_CLOCK})\s?(?P<zone>{_ZONE})?\s?(?:\([^()]*\))?|(?P<bare>z))?[\s.,]*")
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})\s?([-/.])\s?(?P<month>\d{1,2})\s?\2\s?(?P<day>\d{1,2})(?!\d)(?P<rest>.*)"
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?P<rest>(?!\d).*|\d{4}(?:\d\d)?)")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?!\d)(.*)")
_YEAR_MONTH = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})")
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})")
_YEAR = re.compile(r"(?P<year>\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIAL_START = date(1899, 12, 30)  # day 0 of spreadsheets, from March 1900 on
_SERIALS = range(15_000, 80_000)
_SINCE_1970 = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")  # seconds or milliseconds
_GAP = r"[\s\-./,]*"
_ORDINAL = r"(?:st|nd|rd|th|er|º|°)?"
_MOST_KEPT = 200_000  # texts whose days are remembered

Day = tuple[date, date]  # the first and last day a text covers


class _Named(NamedTuple):
    """Patterns for dates with the name of a month."""

    day_first: re.Pattern[str]
    month_first: re.Pattern[str]
    year_first: re.Pattern[str]
    year_last: re.Pattern[str]
    month_alone: re.Pattern[str]
    military: re.Pattern[str]


@cache
def _named() -> _Named:
    month = rf"({date_words().month})(?![^\W\d])\.?"
    year = r"'?(\d{4}|\d\d)(?!\d)"
    return _Named(
        re.compile(rf"(\d{{1,2}}){_ORDINAL}{_GAP}{month}{_GAP}{year}(.*)"),
        re.compile(rf"{month}{_GAP}(\d{{1,2}}){_ORDINAL}(?!\d){_GAP}{year}(?![:.h]\d)(.*)"),
        re.compile(rf"(\d{{4}}){_GAP}{month}{_GAP}(\d{{1,2}})(?!\d)(.*)"),
        re.compile(rf"{month}{_GAP}(\d{{1,2}})(?!\d)(\s[^a-z]*\s?[a-z]*\s?)(\d{{4}})"),
        re.compile(rf"(?:(\d{{4}}){_GAP})?{month}(?:{_GAP}(\d{{4}}))?"),
        re.compile(rf"(\d\d)\d{{4}}\s?[a-z]\s?({date_words().month})\s?(\d{{4}}|\d\d)"),
    )


class DayReader:
    """Reads the days of one file, and keeps what it had to assume.

    Parameters
    ----------
    order
        How to read 03/04/2019; ``None`` if that is not known yet.
    today
        Years of two digits are the latest that do not begin after this day's year.

    Attributes
    ----------
    day_first, month_first
        A text that can be read in this order only; empty if there is none so far.
    unordered
        A text that could not be read because the order is not known.
    dotted, zoned, short_year, serial, counted, partial
        An example of each form that the user should know about: day first by convention, with a time zone,
        with a year of two digits, as a spreadsheet's number, as time since 1970, and a month or year without
        a day.
    """

    def __init__(self, order: Dates | None, today: date) -> None:
        self.order, self.today = order, today
        self.day_first = self.month_first = self.unordered = self.dotted = ""
        self.zoned = self.short_year = self.serial = self.counted = self.partial = ""
        self._known: dict[str, Day | None] = {}

    def read(self, text: str | None) -> Day | None:
        """Return the first and last day that a text covers, both included; ``None`` if it is no date."""
        if text is None:
            return None
        if text in self._known:
            return self._known[text]
        if len(self._known) > _MOST_KEPT:
            self._known.clear()
        try:
            found = self._read(text)
        except (ValueError, OverflowError):  # there is no such day
            found = None
        self._known[text] = found
        return found

    def column(self, texts: pa.Array, end: int) -> pa.Array:
        """Return the first (``end`` 0) or last (1) day of each text, null where it is no date."""
        if isinstance(texts, pa.ChunkedArray):
            texts = texts.combine_chunks()
        encoded = texts.dictionary_encode()
        days = [self.read(text) for text in encoded.dictionary.to_pylist()]
        return pa.array([day and day[end] for day in days], pa.date32()).take(encoded.indices)

    def _read(self, text: str) -> Day | None:
        plain = folded(text)
        if not any(char.isdigit() for char in plain):
            return None
        return self._numeric(text, plain) or self._with_name(text, plain)

    def _numeric(self, text: str, plain: str) -> Day | None:
        if found := _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain):
            return self._day(text, (found["year"], found["month"], found["day"]), found["rest"])
        if found := _YEAR_LAST.fullmatch(plain):
            one, mark, two, year, rest = found.groups()
            return self._ordered(text, (one, two, year), mark, rest)
        if found := _YEAR_MONTH.fullmatch(plain) or _MONTH_YEAR.fullmatch(plain) or _YEAR.fullmatch(plain):
            return self._day(text, (found["year"], found.groupdict().get("month", "0"), "0"), "")
        if (found := _SERIAL.fullmatch(plain)) and int(found[1]) in _SERIALS:
            self.serial = self.serial or text
            day = _SERIAL_START + timedelta(int(found[1]))
            return day, day
        if found := _SINCE_1970.fullmatch(plain):
            self.counted = self.counted or text
            day = datetime.fromtimestamp(int(found[1]), UTC).date()
            return day, day
        return None

    def _ordered(self, text: str, numbers: tuple[str, str, str], mark: str, rest: str) -> Day | None:
        """Read a date with numbers only and its year last."""
        one, two, year = numbers
        if int(one) > 12 >= int(two):  # noqa: PLR2004 - months
            self.day_first = self.day_first or text
        elif int(two) > 12 >= int(one):  # noqa: PLR2004 - months
            self.month_first = self.month_first or text
        order = self.order
        if order is None and int(one) != int(two):
            if mark == ".":
                self.dotted = self.dotted or text
                order = "day-first"
            else:
                self.unordered = self.unordered or text
                return None
        day, month = (two, one) if order == "month-first" else (one, two)
        return self._day(text, (year, month, day), rest)

    def _with_name(self, text: str, plain: str) -> Day | None:
        words, forms = date_words(), _named()
        if found := forms.military.fullmatch(plain):
            return self._day(text, (found[3], str(words.months[found[2]]), found[1]), "")
        plain = " ".join(words.ignored.sub(" ", plain).split()).strip(" ,.")
        if found := forms.day_first.fullmatch(plain):
            day, month, year, rest = found.groups()
        elif found := forms.year_first.fullmatch(plain):
            year, month, day, rest = found.groups()
        elif found := forms.month_first.fullmatch(plain):
            month, day, year, rest = found.groups()
        elif found := forms.year_last.fullmatch(plain):
            month, day, rest, year = found.groups()
        elif (found := forms.month_alone.fullmatch(plain)) and bool(found[1]) != bool(found[3]):
            year, month, day, rest = found[1] or found[3], found[2], "0", ""
        else:
            return None
        return self._day(text, (year, str(words.months[month]), day), rest)

    def _day(self, text: str, parts: tuple[str, str, str], rest: str) -> Day | None:
        """Return the day of a year, month and day as numbers; with 0 for a day or month, all they cover."""
        end = _REST.fullmatch(rest)
        if end is None:
            return None
        year, month, day = map(int, parts)
        if len(parts[0]) == 2:  # noqa: PLR2004 - digits
            year += self.today.year // 100 * 100
            year -= 100 if year > self.today.year else 0
            self.short_year = self.short_year or text
        if month == 0 or day == 0:
            self.partial = self.partial or text
            first = date(year, month or 1, 1)
            last = date(year, month, monthrange(year, month)[1]) if month else date(year, 12, 31)
            return first, last if first > self.today else min(last, self.today)
        if end["zone"] or end["bare"]:
            self.zoned = self.zoned or text
        found = date(year, month, day)
        return found, found

    def notes(self) -> list[str]:
        """Return what was assumed, as sentences for the user."""
        century = self.today.year - 99
        return [
            f"{said} (such as {short_repr(example)})"
            for example, said in (
                (self.zoned, "days are given with a time zone; the day as written counts"),
                (
                    self.short_year,
                    f"years of two digits are read as years from {century} to {self.today.year}",
                ),
                (self.dotted, "days with full stops are read day first"),
                (self.serial, "numbers in the column of days are read as a spreadsheet's days"),
                (self.counted, "numbers in the column of days are read as time since 1970, in UTC"),
                (self.partial, "some dates name no day; they cover the whole month or year"),
            )
            if example
        ]

    def evident_order(self) -> Dates | None:
        """Return the order that the texts read so far require; ``None`` if none or both."""
        if bool(self.day_first) == bool(self.month_first):
            return None
        return "day-first" if self.day_first else "month-first"


def read_all(reader: DayReader, texts: Iterable[str | None]) -> None:
    """Read texts only to see what a file's days look like."""
    for text in texts:
        if text:
            reader.read(text.strip())
