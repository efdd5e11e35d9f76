"""Patterns for the time expressions of a language, from CLDR and the tables in ``languages/``.

Names of months and weekdays come from CLDR, all other words from the tables. For a language without a table,
months, weekdays and dates are recognised, but no relative words.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from babel.dates import get_day_names, get_month_names

from mapapp.core.language_tables import SCRIPTS, Fold, cldr_locale, language_table, script_of
from mapapp.core.time_spans import WEEK, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from babel import Locale

    from mapapp.core.language_tables import LanguageTable
    from mapapp.core.time_spans import Unit

_AROUND = 3  # "two weeks ago" is accurate to three days either way
_MOST = 1000  # larger numbers are not counts of days or years
_DAY = r"(?<!\d)(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_DAYS = rf"(?:({_DAY})\s?[-\u2013\u2014]\s?)?({_DAY})"  # "17-19 September" names both days
_FIELDS = re.compile(r"'([^']*)'|(M+|L+)|(d+)|([^'MLd]+)")  # of a CLDR date pattern
_SHORTEST = 4  # shorter names may be other words where no table says that they are not
_DAY_AND_MONTH = re.compile("d[^My]*[ML]+|[ML]+[^dy]*d")
_SUFFIX = r"(?:-?[^\W\d_]{1,3}|[.ºª°])?"  # makes a number an ordinal
_SIZES = {"day": 1, "week": WEEK, "fortnight": 2 * WEEK, "month": 1, "year": 1}
_RANGES = {  # "last week" may be from Monday to Sunday, or the seven days before
    "past": ((-7, 0), (-1, 0)),
    "last": ((-13, -1), (-1, -1)),
    "this": ((-6, 6), (0, 0)),
    "next": ((1, 13), (1, 1)),
}

Place = tuple[int, int]  # offsets into a text, end excluded
Context = tuple[re.Pattern[str], re.Pattern[str]]  # what is before and after the name of a month


class _Writing(NamedTuple):
    """How words are separated: the letters they may begin with, and whether spaces surround them."""

    prefix: str
    spaced: bool

    def word(self, pattern: str, flags: int = 0) -> re.Pattern[str]:
        """Return a pattern for whole words."""
        if self.spaced:
            return re.compile(rf"(?<!\w)(?:{self.prefix})?(?:{pattern})(?!\w)", flags)
        return re.compile(rf"(?<!\d)(?:{pattern})", flags)

    def context(self, pattern: str) -> Context:
        """Return the patterns for what is before and after ``{month}`` in a pattern."""
        before, _, after = pattern.replace("{days}", _DAYS).partition("{month}")
        opening = rf"(?<!\w)(?:{self.prefix})?" if self.spaced and before else ""
        closing = r"(?!\w)" if self.spaced and after else ""
        return (
            re.compile(rf"{opening}(?:{before})$", re.IGNORECASE),
            re.compile(rf"(?:{after}){closing}", re.IGNORECASE),
        )


class _Words(NamedTuple):
    """A pattern for relative words, and how to read what it finds as a span."""

    pattern: re.Pattern[str]
    span: Callable[[re.Match[str]], Span | None]


class LanguagePatterns(NamedTuple):
    """Patterns of one language, to be matched against folded text.

    The groups of ``months`` and ``weekdays`` are named n and a number. ``numeric`` finds a month in digits
    with its day, where CLDR writes dates so.
    """

    fold: Fold
    script: str
    months: re.Pattern[str]
    weekdays: re.Pattern[str]
    numeric: re.Pattern[str] | None
    dates: tuple[Context, ...]
    parts: tuple[tuple[str, Context], ...]
    words: tuple[_Words, ...]
    ambiguous: str
    month_first: bool


@cache
def language_patterns(tag: str) -> LanguagePatterns | None:
    """Compile the patterns of a language; ``None`` if CLDR does not know it."""
    table, locale = language_table(tag), cldr_locale(tag)
    if locale is None:
        return None
    locales = table.locales or (str(locale),)
    script = next(
        (script_of(char) for char in get_month_names("wide", "format", locale)[1] if char.isalpha()), ""
    )
    dates, numeric, attached = _cldr_dates(locale, table.fold)
    writing = _Writing(table.prefix or attached, script not in SCRIPTS.unspaced)
    return LanguagePatterns(
        table.fold,
        script,
        _month_names(table, locales, writing),
        _weekday_names(table, locales, writing),
        numeric,
        tuple(writing.context(pattern) for pattern in table.dates or dates),
        tuple((name, writing.context(pattern)) for name, found in table.parts.items() for pattern in found),
        tuple(_relative_words(table, writing)),
        table.month_first,
        not table.locales and not _day_first(locale),
    )


def _month_names(table: LanguageTable, locales: Iterable[str], writing: _Writing) -> re.Pattern[str]:
    """Return a pattern for the names of months, in a group for each."""
    names, short = _cldr_names(table, locales, get_month_names, spaced=writing.spaced)
    for number, more in table.short_months.items():
        short[number] |= set(more)
    if table.fold.case == "keep":  # in capitals they are names, too
        for forms in (*names.values(), *short.values()):
            forms |= {name.upper() for name in forms}
    return _names(names, short, table.month_endings, writing)


def _weekday_names(table: LanguageTable, locales: Iterable[str], writing: _Writing) -> re.Pattern[str]:
    """Return the same for weekdays; without a table their short names are not read, as some are words."""
    names, short = _cldr_names(table, locales, get_day_names, spaced=writing.spaced)
    endings = {last: f"(?i:{ending})" for last, ending in table.weekday_endings.items()}
    return _names(names, short if table.locales else {}, endings, writing, "(?i:{})")


def _cldr_names(
    table: LanguageTable,
    locales: Iterable[str],
    get: Any,  # noqa: ANN401 - Babel's
    *,
    spaced: bool,
) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Return the names and the short names of months or weekdays, by number."""
    names: dict[int, set[str]] = {}
    short: dict[int, set[str]] = {}
    for locale in locales:
        for context in ("format", "stand-alone"):
            for number, name in get("wide", context, locale).items():
                names.setdefault(number, set()).add(table.fold(name))
            for number, name in get("abbreviated", context, locale).items():
                short.setdefault(number, set()).add(table.fold(name).rstrip("."))
    shortest = _SHORTEST if spaced and not table.locales else 1
    for number, forms in names.items():
        unclear = {name for name in forms if len(name) < shortest or name in table.homonyms}
        short[number] = (short.get(number, set()) - forms) | unclear
        forms -= unclear  # noqa: PLW2901 - the set in the dictionary
    return names, short


def _names(
    names: Mapping[int, set[str]],
    short: Mapping[int, set[str]],
    endings: Mapping[str, str],
    writing: _Writing,
    form: str = "{}",
) -> re.Pattern[str]:
    """Return a pattern for names, in a group for each number; short names are read only next to a number."""
    groups = []
    for number, wide in sorted(names.items(), key=lambda item: -max(map(len, item[1]), default=0)):
        forms = [form.format(_inflected(name, endings)) for name in wide]
        for name in short.get(number, ()):
            stem = re.escape(name)
            if writing.spaced:
                forms.append(rf"(?:(?<=\d[ -])|(?<=\d\. )){stem}\.?|{stem}[.,]?(?=[ -]\d)")
            elif name[0].isdecimal():
                forms.append(stem)
        if forms:
            groups.append(f"(?P<n{number}>{'|'.join(sorted(forms, key=len, reverse=True))})")
    return writing.word("|".join(groups) or r"(?!)")


def _inflected(name: str, endings: Mapping[str, str]) -> str:
    """Return a pattern for a name with the endings of its language."""
    if name[-1] in endings:
        return re.escape(name[:-1]) + endings[name[-1]]
    return re.escape(name) + endings.get("", "")


def _cldr_dates(locale: Locale, fold: Fold) -> tuple[list[str], re.Pattern[str] | None, str]:
    """Read how CLDR writes a day of a month.

    Returns
    -------
        Patterns with ``{days}`` and ``{month}``; a pattern for the date if the month is in digits; and the
        letters that are written before the name of a month, without a space.
    """
    long = _DAY_AND_MONTH.search(locale.date_formats["long"].pattern)
    skeletons = [locale.datetime_skeletons[name].pattern for name in ("MMMMd", "MMMd")]
    found = [_cldr_date(pattern, fold) for pattern in ([long[0]] if long else []) + skeletons]
    return (
        list(dict.fromkeys(words for words, _, _ in found)),
        next((numeric for _, numeric, _ in found if numeric), None),
        next((prefix for _, _, prefix in found if prefix), ""),
    )


def _cldr_date(pattern: str, fold: Fold) -> tuple[str, re.Pattern[str] | None, str]:
    words = numeric = literals = ""
    in_digits = False
    for quoted, month, day, other in _FIELDS.findall(pattern):
        if month:
            in_digits = len(month) <= 2  # noqa: PLR2004 - MMM and MMMM stand for names
            words += "{month}"
            numeric += r"(?<!\d)(?P<month>1[0-2]|0?[1-9])"
        elif day:
            words += "{days}" + _SUFFIX
            numeric += r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
        else:
            literal = fold(f"|{quoted or other}|")[1:-1]
            literals += literal
            escaped = re.escape(literal.removeprefix(".")).replace(r"\ ", " ?")
            words += escaped
            numeric += escaped
    attached = re.search(r"[^\W\d_]+$", words.partition("{month}")[0])
    prefix = attached[0] if attached else ""
    is_numeric = in_digits and any(char.isalpha() for char in literals)
    return (
        words.replace(prefix + "{month}", "{month}"),
        re.compile(numeric) if is_numeric else None,
        prefix,
    )


def _day_first(locale: Locale) -> bool:
    order = re.findall("[dMy]", locale.date_formats["short"].pattern)
    return order.index("d") < order.index("M")


def _relative_words(table: LanguageTable, writing: _Writing) -> Iterator[_Words]:
    """Yield the patterns for words that refer to the article's date."""
    if table.words or table.limits:
        yield _fixed_words(table, writing)
    count = rf"(?P<n>\d{{1,4}}|{'|'.join(sorted(table.numbers, key=len, reverse=True))})"
    tens = re.compile(rf"(?<!\w)(?:{table.tens})[ -]$", re.IGNORECASE)
    periods = {unit: word for unit, word in table.units.items() if unit not in ("day", "fortnight")}
    readings: list[tuple[Mapping[str, str], Sequence[str], Callable[[re.Match[str], str], Span | None]]] = [
        (table.units, table.ago, partial(_counted, table.numbers, tens)),
        (table.units, table.past_count, partial(_since, table.numbers, tens)),
        *((periods, getattr(table, key), partial(_period, *ranges)) for key, ranges in _RANGES.items()),
        (table.one, table.one_ago, partial(_ago, 1)),
        (table.two, table.one_ago, partial(_ago, 2)),
    ]
    for units, patterns, span in readings:
        unit = "|".join(f"(?P<{name}>{words})" for name, words in units.items())
        for pattern in patterns if units else ():
            filled = pattern.replace("{unit}", f"(?:{unit})").replace("{ending}", table.ending)
            filled = filled.replace("{n}", count)
            yield _Words(writing.word(filled, re.IGNORECASE), _unit_reader(units, span))


def _fixed_words(table: LanguageTable, writing: _Writing) -> _Words:
    """Return the pattern for all words for days."""
    rows = [(words, days, False) for words, days in table.words.items()]
    rows += [(words, days, True) for words, days in table.limits.items()]
    rows.sort(key=lambda row: (-row[0].count(" "), -len(row[0])))  # "last night in" before "last night"
    spans = []
    for _, days, vague in rows:
        first, last = (days, days) if isinstance(days, int) else days
        spans.append(Span("day", first, last, vague))
    pattern = "|".join(f"(?P<n{number}>{words})" for number, (words, _, _) in enumerate(rows))
    return _Words(writing.word(pattern, re.IGNORECASE), lambda match: spans[number_of(match)])


def _unit_reader(
    units: Iterable[str], span: Callable[[re.Match[str], str], Span | None]
) -> Callable[[re.Match[str]], Span | None]:
    names = tuple(units)
    return lambda match: span(match, next(name for name in names if match[name] is not None))


def _unit(name: str) -> Unit:
    return "month" if name == "month" else "year" if name == "year" else "day"


def _period(weeks: tuple[int, int], others: tuple[int, int], _: re.Match[str], name: str) -> Span:
    """Read "last week" and the like."""
    return Span(_unit(name), *(weeks if name == "week" else others))


def _ago(count: int, _: re.Match[str], name: str) -> Span:
    """Read "a week ago" and the like, where no number is written."""
    around = _AROUND if _SIZES[name] % WEEK == 0 else 0
    back = -_SIZES[name] * count
    return Span(_unit(name), back - around, back + around)


def _counted(
    numbers: Mapping[str, int], tens: re.Pattern[str], match: re.Match[str], name: str
) -> Span | None:
    """Read "two weeks ago"."""
    count = _count(numbers, tens, match)
    return None if count is None else _ago(count, match, name)


def _since(numbers: Mapping[str, int], tens: re.Pattern[str], match: re.Match[str], name: str) -> Span | None:
    """Read "in the past two weeks"."""
    count = _count(numbers, tens, match)
    return None if count is None else Span(_unit(name), -_SIZES[name] * count, 0)


def _count(numbers: Mapping[str, int], tens: re.Pattern[str], match: re.Match[str]) -> int | None:
    if tens.search(match.string, 0, match.start("n")):
        return None  # the last part of a larger number, such as twenty-one
    word = match["n"]
    if word.isdigit():
        return int(word) if int(word) <= _MOST else None
    return next(count for form, count in numbers.items() if re.fullmatch(form, word, re.IGNORECASE))


def number_of(match: re.Match[str]) -> int:
    """Return the number of the group that matched."""
    return int((match.lastgroup or "").removeprefix("n"))
