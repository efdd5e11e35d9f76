"""Reads time expressions such as "by the end of February", and compares dates with them.

Names of months and weekdays come from CLDR, all other words from the tables in ``languages/``. For a language
without a table, months, weekdays and dates are recognised, but no relative words; for one that CLDR does not
know either, only years and dates in digits.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from babel.dates import get_day_names, get_month_names

from mapapp.core.language_tables import (
    DEFAULT_LANGUAGE,
    SCRIPTS,
    Fold,
    cldr_locale,
    language_table,
    script_of,
)
from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from babel import Locale

    from mapapp.core.edtf import End, Precision, When
    from mapapp.core.language_tables import LanguageTable

Unit = Literal["day", "month", "year"]

_RANK: dict[Precision | None, int] = {None: 0, "year": 1, "month": 2, "day": 3}
_NEARBY = timedelta(days=7)  # a weekday without a date is within a week of the article's date
_HALF_YEAR = timedelta(days=183)  # a month without a year is the nearest one
_WEEK, _AROUND = 7, 3  # "two weeks ago" is accurate to three days either way
_MONTHS_OF_YEAR = 12
_MOST = 1000  # larger numbers are not counts of days or years
_DAY = r"(?<!\d)(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_DAYS = rf"(?:({_DAY})\s?[-\u2013\u2014]\s?)?({_DAY})"  # "17-19 September" names both days
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)([-./])(\d\d?)\2(\d\d?)(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d\d?)([-./])(\d\d?)\2((?:19|20)\d\d)(?!\d)")
_FIELDS = re.compile(r"'([^']*)'|(M+|L+)|(d+)|([^'MLd]+)")  # of a CLDR date pattern
_CONTEXT = 60  # characters before the name of a month that can belong to it
_SHORTEST = 4  # shorter names may be other words where no table says that they are not
_DAY_AND_MONTH = re.compile("d[^My]*[ML]+|[ML]+[^dy]*d")
_SUFFIX = r"(?:-?[^\W\d_]{1,3}|[.ºª°])?"  # makes a number an ordinal
_SIZES = {"day": 1, "week": _WEEK, "fortnight": 2 * _WEEK, "month": 1, "year": 1}
_RANGES = {  # "last week" may be from Monday to Sunday, or the seven days before
    "past": ((-7, 0), (-1, 0)),
    "last": ((-13, -1), (-1, -1)),
    "this": ((-6, 6), (0, 0)),
    "next": ((1, 13), (1, 1)),
}
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
_END = "end"  # its last day


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
        months = [day.year * _MONTHS_OF_YEAR + day.month - 1 + count for count in (self.first, self.last + 1)]
        first, after = (date(count // _MONTHS_OF_YEAR, count % _MONTHS_OF_YEAR + 1, 1) for count in months)
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
                earliest, latest = length - _WEEK + 1, length
            first, last = date(year, month, earliest), date(year, month, latest)
            yield (
                first - timedelta(days=first.weekday()),
                last + timedelta(days=_WEEK - 1 - last.weekday()),
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


class _Language(NamedTuple):
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


def read_words(text: str, language: str = DEFAULT_LANGUAGE) -> TimeExpression:
    """Return what a time expression names.

    Parameters
    ----------
    text
        Words such as "by the end of February" or "on Wednesday".
    language
        BCP 47 tag of the article's language. Words in another script are read in the language most common in
        that script.
    """
    plain = Fold()(text)
    years = {int(year[0]) for year in _YEAR.finditer(plain)}
    days, months, weekdays = set(), set(), set()
    spans: list[Span] = []
    parts: list[MonthPart] = []
    own = _language(language)
    for year, month, day in _figures(plain, own):
        years.add(year)
        months.add(month)
        days.add(day)
    for used in _languages(plain, own):
        folded = used.fold(text)
        named = [(match.span(), _number(match)) for match in used.months.finditer(folded)]
        months |= {number for _, number in named}
        weekdays |= {_number(match) for match in used.weekdays.finditer(folded)}
        dated = {place: set(_days(used, folded, place)) for place, _ in named}
        days |= set().union(*dated.values())
        undated = [(place, MonthPart("", number)) for place, number in named if not dated[place]]
        found = list(_month_parts(used, folded, undated))
        relative = list(_relative(used, folded, [place for place, _ in found]))
        spans += [span for _, span in relative]
        whole = [
            (place, MonthPart("", None, span.first))
            for place, span in relative
            if span.unit == "month" and span.first == span.last
        ]
        parts += [part for _, part in (*found, *_month_parts(used, folded, whole))]
        if used.numeric:
            for match in used.numeric.finditer(folded):
                months.add(int(match["month"]))
                days.add(int(match["day"]))
    return TimeExpression(
        frozenset(years),
        frozenset(months),
        frozenset(days),
        frozenset(weekdays),
        tuple(dict.fromkeys(spans)),
        any(part.part == _END for part in parts),
        tuple(dict.fromkeys(part for part in parts if part.part != _END)),
    )


def _number(match: re.Match[str]) -> int:
    return int((match.lastgroup or "").removeprefix("n"))


def _languages(text: str, own: _Language | None) -> list[_Language]:
    """Return the languages to read a text in: the article's, and one for each other script in it."""
    if own is None:
        return []
    scripts = dict.fromkeys(script_of(char) for char in text if char.isalpha())
    tags = dict.fromkeys(SCRIPTS.languages[script][0] for script in scripts if script in SCRIPTS.languages)
    others = (_language(tag) for tag in tags)
    return [own, *(other for other in others if other and other.script != own.script)]


def _days(language: _Language, text: str, place: Place) -> Iterator[int]:
    """Yield the days written next to the name of a month."""
    for context in language.dates:
        for match in _surroundings(context, text, place):
            yield from (int(day) for day in match.groups() if day)


def _surroundings(context: Context, text: str, place: Place) -> tuple[re.Match[str], ...]:
    """Return the matches before and after the name of a month; empty if one of them fails."""
    before = context[0].search(text, max(0, place[0] - _CONTEXT), place[0])
    after = context[1].match(text, place[1])
    return (before, after) if before and after else ()


def _month_parts(
    language: _Language, text: str, months: Iterable[tuple[Place, MonthPart]]
) -> Iterator[tuple[Place, MonthPart]]:
    """Yield the parts of months named in a text, and their offsets in it."""
    for place, month in months:
        found = {}
        for name, context in language.parts:
            if matches := _surroundings(context, text, place):
                found[name] = matches[0].start(), matches[1].end()
        for name in [_END] if _END in found else found:
            yield found[name], month._replace(part=name)


def _relative(language: _Language, folded: str, excluded: Iterable[Place]) -> Iterator[tuple[Place, Span]]:
    """Yield the relative words outside the places excluded; "earlier this week" is not "this week", too."""
    taken = bytearray(len(folded))
    for start, end in excluded:
        taken[start:end] = b"\1" * (end - start)
    for words in language.words:
        for match in words.pattern.finditer(folded):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            if span := words.span(match):
                yield match.span(), span


def _figures(text: str, language: _Language | None) -> Iterator[tuple[int, int, int]]:
    """Yield dates in digits as year, month and day, except those that can be read in two ways."""
    found = [(int(year), int(month), int(day)) for year, _, month, day in _YEAR_FIRST.findall(text)]
    for first, mark, second, year in _YEAR_LAST.findall(text):
        day, month = int(first), int(second)
        if language is None or language.month_first or mark in language.ambiguous:
            if day <= _MONTHS_OF_YEAR and month <= _MONTHS_OF_YEAR and day != month:
                continue  # day or month first
            if month > _MONTHS_OF_YEAR:
                day, month = month, day
        found.append((int(year), month, day))
    for year, month, day in found:
        try:
            date(year, month, day)
        except ValueError:
            continue
        yield year, month, day


@cache
def _language(tag: str) -> _Language | None:
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
    return _Language(
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
    return _Words(writing.word(pattern, re.IGNORECASE), lambda match: spans[_number(match)])


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
    around = _AROUND if _SIZES[name] % _WEEK == 0 else 0
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


def is_guess(when: When, language: str = DEFAULT_LANGUAGE) -> bool:
    """Return whether a time is marked approximate or uncertain although its words name no date at all."""
    if when.text is None or when.basis == "read" or read_words(when.text, language).precision is not None:
        return False
    return any(end is not None and end.mark for end in when.ends)


def compare_with_words(when: When, article_day: date, language: str = DEFAULT_LANGUAGE) -> Iterator[Issue]:
    """Yield the issues of a date that is more precise than its words, or contradicts them.

    A date must not be more precise than its words, unless it is marked approximate or uncertain. For part of
    a month, such as "early May", it may be an interval of days in a generous reading of it. It may be the
    article's date if it is based on it (``basis: article-date``) or is one end of an open interval. If a
    person read the words (``basis: read``), only the units that they name are compared.

    Parameters
    ----------
    when
        The time with its words; without words there is nothing to compare.
    article_day
        The article's date, which relative expressions refer to.
    language
        BCP 47 tag of the article's language.
    """
    if when.text is None:
        return
    named = read_words(when.text, language)
    dated, is_open = [end for end in when.ends if end], None in when.ends
    got = f"{when.edtf} from {short_repr(when.text)}"
    if when.basis == "article-date" and not any(end.earliest <= article_day <= end.latest for end in dated):
        what = "the date does not include the article's date, which it is based on"
        yield Issue(what, got, f"include {article_day}")
        return
    days_fit = named.parts and len({end.lower for end in dated}) > 1  # days limit a part of a month
    precision = "day" if days_fit else named.precision
    for end in dated if when.basis != "read" else ():
        on_the_day = end.lower == end.upper == article_day and (when.basis == "article-date" or is_open)
        if not (end.mark or on_the_day or _RANK[precision] >= _RANK[end.precision]):
            yield Issue("the date is more precise than its words", got, _fix(named, language))
            return
    if when.basis == "read":  # a person may know better what the words mean, but not what they name
        named = TimeExpression(named.years, named.months)
    if dated and (
        wrong := _contradiction(
            named, dated, article_day, on_article_date=when.basis == "article-date", near=when.basis != "read"
        )
    ):
        yield Issue(wrong, got, "check the date against the quoted words")


def _fix(named: TimeExpression, language: str) -> str:
    if named.parts:
        return (
            f"write only the {named.precision}, an interval of days in it, or mark it as approximate with ~"
        )
    if named.precision:
        return f"write only the {named.precision}, or mark it as approximate with ~"
    if language_table(language).units:
        return (
            "the words name no date: mark it as approximate with ~, base it on the article's date with "
            "basis: article-date, or explain the reading in the note, with basis: read"
        )
    kind = "relative time expressions" if _language(language) else "time expressions"
    return f"{kind} in {language} are not supported: explain the reading in the note, with basis: read"


def _contradiction(
    named: TimeExpression, ends: list[End], article_day: date, *, on_article_date: bool, near: bool
) -> str | None:
    """Return what is named by the words but matches none of the dates, as a message; else ``None``.

    Parameters
    ----------
    named
        What the words name.
    ends
        The dates they were read as.
    article_day
        The article's date.
    on_article_date
        Whether one of the dates is the article's date itself.
    near
        Whether a month without a year must be the nearest one.
    """
    if on_article_date:  # the words need not name the article's own date if there is another
        ends = [end for end in ends if not end.lower == end.upper == article_day] or ends
    days = [end.lower for end in ends if end.precision == "day"]
    months = [end for end in ends if end.precision != "year"]
    checks = (
        (
            named.years,
            ends,
            lambda end: any(end.lower.year <= year <= end.upper.year for year in named.years),
            "year",
        ),
        (named.months, months, lambda end: end.lower.month in named.months, "month"),
        (named.days, days, lambda day: day.day in named.days, "day"),
        (named.weekdays, days, lambda day: day.weekday() in named.weekdays, "weekday"),
        (named.month_end, days, lambda day: (day + timedelta(days=1)).day == 1, "end of the month"),
        (
            named.weekdays and not named.months and not named.spans,
            days,
            lambda day: abs(day - article_day) <= _NEARBY,
            "week",
        ),
        (
            named.months and not named.years and not named.spans and near,
            months,
            lambda end: abs(end.lower - article_day) <= _HALF_YEAR,
            "year",
        ),
    )
    for units, dates, fits, unit in checks:
        if units and dates and not any(map(fits, dates)):
            return f"the date does not match the {unit} in its words"
    if named.parts and (outside := _outside_parts(named, days, article_day)):
        return outside
    for span in named.spans:
        first, last = span.around(article_day)
        if not any(end.lower <= last and end.upper >= first for end in ends):
            return f"the date does not match the {span.unit} in its words"
    return None


def _outside_parts(named: TimeExpression, days: list[date], article_day: date) -> str | None:
    """Return which part of a month a day is not in, as a message, unless the words name other days, too."""
    others = named.months - {part.month for part in named.parts}
    several = named.days or named.weekdays or named.month_end or len(named.spans) > len(named.parts)
    fits = [
        day.month in others
        or any(first <= day <= last for part in named.parts for first, last in part.around(day, article_day))
        for day in days
    ]
    if days and not (any(fits) if several else all(fits)):
        return f"the date does not match the part of the month in its words ({named.parts[0].part})"
    return None
