"""Reads words for times that have patterns of their own: decades, hours, "now", "two days earlier"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mapapp.authoring.suggest.time_readings import Reading, unread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapapp.authoring.suggest_tables import SuggestTable

_HOURS = 24
_UNIT_DAYS = {"year": 365, "month": 30, "week": 7, "day": 1}
_EXACT = 28  # days: what is counted over more is approximate
_ABOUT_THE_DAY = {
    "open": ("{}/..", "The words leave open when; from the article's date on."),
    "past": ("[..{}]", "The words place it before the article, without a date."),
    "now": ("{}", "The words mean the time of the article."),
}
_NUMBER = re.compile(r"\d+|[^\W\d_]+(?:-[^\W\d_]+)?")
_MOST = 9999


def read_fixed(
    kind: str, match: re.Match[str], day: date, before: Reading | None, table: SuggestTable
) -> Reading | None:
    """Read what a pattern of the table found; ``None`` if it is no time after all.

    Parameters
    ----------
    kind
        The name of the pattern.
    match
        What it found, in plain text.
    day
        The article's date.
    before
        The last date named before it, which "the next day" is counted from; ``None`` if there is none.
    table
        The words of the article's language.
    """
    if kind in _ABOUT_THE_DAY:
        form, rule = _ABOUT_THE_DAY[kind]
        return Reading(form.format(day), f"{day}", day, day, rule, "medium", "article-date")
    if kind == "decade":
        return _decade(match, table.decades)
    if kind == "old-year":
        return Reading(match["year"], match["year"], day, day, "The words name a year.")
    if kind == "hours":
        hours = _count(match[0], table) or _HOURS
        first = day - timedelta(days=-(-hours // _HOURS))
        rule = "Hours before the article's date, in whole days."
        return Reading(f"[{first}..{day}]", f"{day}", first, day, rule, "medium", "read")
    if kind == "relative":
        return unread(day, "Counted from something else that the sentence names.")
    return _counted(kind, match[0], day, before, table)


def _decade(match: re.Match[str], decades: Mapping[str, str]) -> Reading | None:
    year = match.groupdict().get("decade") or next(
        (years for word, years in decades.items() if word in match[0]), None
    )
    if year is None:
        return None
    text, start = f"{year[:3]}X", int(year[:3]) * 10
    return Reading(text, text, date(start, 1, 1), date(start + 9, 12, 31), "The words name a decade.")


def _counted(kind: str, words: str, day: date, before: Reading | None, table: SuggestTable) -> Reading:
    """Read words that count from the last date named before them."""
    if before is None:
        return unread(day, "Counted from a time that is not named before it.")
    rule = f"Counted from the time named before it ({before.edtf})."
    if kind == "following":
        return Reading(
            f"[{before.first}..]", f"{before.first}", before.first, before.last, rule, "low", "read"
        )
    unit = next((days for name, days in _UNIT_DAYS.items() if table.units[name].search(words)), 1)
    days = (_count(words, table) or 1) * unit
    try:
        first = before.first + timedelta(days=-days if kind == "earlier" else days)
    except OverflowError:
        return unread(day, rule)
    if before.first == before.last and days < _EXACT:
        return Reading(f"{first}", f"{first}", first, first, rule, "low", "read")
    single = f"{first:%Y-%m}" if days < 2 * _UNIT_DAYS["year"] else f"{first:%Y}"
    return Reading(f"{single}~", single, first, first, rule, "low", "read")


def _count(words: str, table: SuggestTable) -> int | None:
    """Return the first number in words; ``None`` if there is none."""
    for word in _NUMBER.findall(words):
        if word.isdecimal():
            return min(int(word[:5]), _MOST)
        if word in table.numbers:
            return table.numbers[word]
    return next((count for word, count in table.numbers.items() if " " in word and word in words), None)
