"""Reads a time expression to EDTF against the article's date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from mapapp.authoring.suggest.model import Certainty
from mapapp.core.edtf import DateBasis
from mapapp.core.time_spans import MonthPart, Span

if TYPE_CHECKING:
    import re

    from mapapp.core.time_spans import TimeExpression

Relation = Literal["in", "since", "until", "before", "after", "about"]
_SOON = 100  # days: a day farther ahead, in a sentence that is not about what is to come, is the last one
_SEASON = 92  # days: a month this long ago, in a sentence about what is to come, is the next one
_WEEK = 7
_LAST_DAYS = (31, 30, 29, 28)


class Tense(NamedTuple):
    """Whether the words say that a time is to come, is past, or is the end of something (``until``)."""

    future: bool = False
    past: bool = False
    until: bool = False


@dataclass(frozen=True)
class Reading:
    """How an expression is read.

    Attributes
    ----------
    edtf
        Empty if it names no date.
    single
        The same as a single date, for the end of an interval.
    first, last
        Its first and last day, for what is counted from it.
    rule
        Why it is read so.
    until
        The single date if it is the second end; empty if it is the same.
    """

    edtf: str
    single: str
    first: date
    last: date
    rule: str
    certainty: Certainty = "high"
    basis: DateBasis = "words"
    until: str = ""

    def related(self, relation: Relation, day: date) -> Reading:
        """Return the reading of the words with those before and after them, such as "since".

        Parameters
        ----------
        relation
            What these words say.
        day
            The article's date.
        """
        end = self.until or self.single
        if relation == "since":
            return self._with(f"{self.single}/..", "Since then.")
        if relation == "until" and self.last >= day:
            edtf = f"{day}/{end}" if end != f"{day}" else f"{day}"
            return replace(self._with(edtf, "From the article's date until then."), basis="article-date")
        if relation == "until":
            return self._with(f"../{end}", "Until then.")
        if relation == "before":
            return self._with(f"[..{self.single}]", "Before then.")
        if relation == "after":
            return self._with(f"[{self.single}..]", "After then.")
        simple = not self.edtf.startswith("[") and "/" not in self.edtf
        return self._with(f"{self.edtf}~", "About then.") if relation == "about" and simple else self

    def _with(self, edtf: str, rule: str) -> Reading:
        return replace(self, edtf=edtf, rule=f"{rule} {self.rule}")


def unread(day: date, rule: str) -> Reading:
    """Return the reading of words that are a time, but name no date."""
    return Reading("", "", day, day, rule, "low", "read")


def read_date(named: TimeExpression, day: date, tense: Tense) -> Reading | None:
    """Read what words name; ``None`` if it is no time.

    Parameters
    ----------
    named
        What they name.
    day
        The article's date, which the nearest months and weekdays are looked for from.
    tense
        Whether it is to come, or past.
    """
    if named.years and not named.months:
        year = min(named.years)
        return Reading(f"{year}", f"{year}", date(year, 1, 1), date(year, 12, 31), "The words name a year.")
    readers = (_part if named.month_end or named.parts else _nothing, _month, _span, _weekday, _vague)
    return next((found for reader in readers if (found := reader(named, day, tense))), None)


def read_range(first: TimeExpression, last: TimeExpression, day: date, tense: Tense) -> Reading | None:
    """Read both ends of a range; the first is of the same year as the second where it names none."""
    if not first.years and last.years and (first.months or first.days):
        first = first._replace(years=last.years)
    start, end = (read_date(named, day, tense) for named in (first, last))
    if start and end and start.first > end.last:
        start = read_date(first, end.first, Tense(past=True))
    if start is None or end is None:
        return start or end
    if start.first > end.last:
        return None
    rule = "The words name both ends of a time."
    return Reading(f"{start.single}/{end.single}", start.single, start.first, end.last, rule, "medium")


def read_days(named: TimeExpression, first: re.Match[str], day: date, tense: Tense) -> Reading | None:
    """Read two days of a month, as in "from 17 to 19 September": all from one to the other, or one of them.

    Parameters
    ----------
    named
        What the words name.
    first
        Where the first day was found, as ``day``; ``and`` is empty unless the days are two apart, and so
        it is meant unless ``between`` is found, too.
    day, tense
        As of `read_date`.
    """
    last = _month(named._replace(days=frozenset({max(named.days)})), day, tense) if named.days else None
    number = int(first["day"])
    if last is None or not 0 < number < last.first.day:
        return last
    start = last.first.replace(day=number)
    apart = first["and"] and not first.groupdict().get("between")
    edtf = f"[{start}, {last.first}]" if apart else f"{start}/{last.first}"
    return replace(last, edtf=edtf, single=f"{start}", until=last.single, first=start)


def _nothing(_named: TimeExpression, _day: date, _tense: Tense) -> None:
    """Read nothing."""


def _month(named: TimeExpression, day: date, tense: Tense) -> Reading | None:
    """Read a month, or days of it; without a year, the nearest one."""
    if not named.months:
        return None
    month, days = min(named.months), sorted(named.days)
    years = [span for span in named.spans if span.unit == "year" and span.first == span.last]
    nearest = not named.years and not years
    if named.years:
        year = min(named.years)
    else:
        year = day.year + years[0].first if years else _nearest_year(month, days, day, tense)
    rule = "The words name the day." if days else "The words name the month."
    if nearest:
        rule += " It is the one nearest to the article's date."
    certainty: Certainty = "medium" if nearest else "high"
    if not days:
        first, last = Span("month", 0, 0).around(date(year, month, 1))
        return Reading(f"{year}-{month:02}", f"{year}-{month:02}", first, last, rule, certainty)
    first, last = _day_of(year, month, days[0]), _day_of(year, month, days[-1])
    edtf = f"{first}" if first == last else f"{first}/{last}"
    return Reading(edtf, f"{first}" if first == last else f"{last}", first, last, rule, certainty)


def _nearest_year(month: int, days: list[int], day: date, tense: Tense) -> int:
    """Return the year of a month without one."""
    number = days[0] if days else 15
    near = {year: _day_of(year, month, number) for year in (day.year - 1, day.year, day.year + 1)}
    best = min(near, key=lambda year: (abs((near[year] - day).days), year))
    this_month = (near[best].year, near[best].month) >= (day.year, day.month)
    ahead = (near[best] - day).days
    if (tense.past and ahead > 0) or (not (tense.future or tense.until) and ahead > _SOON):
        return best - 1
    return best + 1 if tense.future and not this_month and (day - near[best]).days > _SEASON else best


def _day_of(year: int, month: int, number: int) -> date:
    """Return a day of a month; its last one if it has fewer days."""
    for last in _LAST_DAYS:
        try:
            return date(year, month, min(number, last))
        except ValueError:
            continue
    return date(year, month, 1)


def _part(named: TimeExpression, day: date, tense: Tense) -> Reading | None:
    """Read a part of a month, or its last day."""
    tense = tense._replace(until=tense.until or named.month_end)
    whole = _month(named._replace(days=frozenset()), day, tense) or _span(
        named._replace(spans=tuple(span for span in named.spans if span.unit == "month")), day, tense
    )
    if whole is None:
        return None
    if not named.month_end:
        part = MonthPart(named.parts[0].part, whole.first.month)
        first, last = next(iter(part.around(whole.first, day)))
        rule = f"Part of a month, read generously. {whole.rule}"
        return Reading(f"[{first}..{last}]", whole.single, first, last, rule, "medium")
    end = whole.last
    if end < day:
        return Reading(f"../{end}", f"{end}", end, end, "Until the last day of the month.", whole.certainty)
    rule = "From the article's date to the last day of the month."
    return Reading(f"{day}/{end}", f"{end}", day, end, rule, whole.certainty, "article-date")


def _span(named: TimeExpression, day: date, _tense: Tense) -> Reading | None:
    """Read words such as "last week", with a weekday in it if one is named."""
    span = next((span for span in named.spans if not span.vague), None)
    if span is None:
        return None
    first, last = span.around(day)
    rule = "Counted from the article's date."
    length = (last - first).days + 1 if named.weekdays and span.unit == "day" else 0
    days = [first + timedelta(days=number) for number in range(length)]
    inside = [one for one in days if one.weekday() in named.weekdays]
    if inside:
        first = last = inside[0] if last < day else inside[-1]
    form = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[span.unit]
    start, end = first.strftime(form), last.strftime(form)
    if start == end:
        return Reading(start, start, first, last, rule, "medium" if inside else "high")
    return Reading(f"[{start}..{end}]", start, first, last, rule, "medium", until=end)


def _weekday(named: TimeExpression, day: date, tense: Tense) -> Reading | None:
    """Read a weekday: the article's own day or the last one before it, or the next one if it is to come."""
    if not named.weekdays:
        return None
    back = (day.weekday() - min(named.weekdays)) % _WEEK
    if tense.future:
        found = day + timedelta(days=(_WEEK - back) % _WEEK)
        rule = "The next such weekday, as the sentence is about what is to come."
        return Reading(f"{found}", f"{found}", found, found, rule, "low")
    found = day - timedelta(days=_WEEK if tense.past and back == 0 else back)
    rule = "The last such weekday up to the article's date."
    return Reading(f"{found}", f"{found}", found, found, rule, "medium")


def _vague(named: TimeExpression, day: date, _tense: Tense) -> Reading | None:
    """Read words that name no unit, such as "recent weeks"."""
    if not named.spans:
        return None
    if named.spans[0].last <= 0:
        rule = "Shortly before the article's date."
        return Reading(f"[..{day}]", f"{day}", day, day, rule, "medium", "article-date")
    return Reading(f"{day}/..", f"{day}", day, day, "From the article's date on.", "medium", "article-date")
