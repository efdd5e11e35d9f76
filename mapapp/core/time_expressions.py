"""Reads time expressions such as "by the end of February", and compares dates with them.

Names of months and weekdays come from CLDR, all other words from ``time_words.yaml``. For a language that is
not in that file, only years and dates in digits are recognised.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import yaml
from babel.dates import get_day_names, get_month_names

from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapapp.core.edtf import End, Precision, When

Unit = Literal["day", "month", "year"]

_RANK: dict[Precision | None, int] = {None: 0, "year": 1, "month": 2, "day": 3}
_NEARBY = timedelta(days=7)  # a weekday without a date is within a week of the article's date
_HALF_YEAR = timedelta(days=183)  # a month without a year is the nearest one
_WEEK, _AROUND = 7, 3  # "two weeks ago" is accurate to three days either way
_MONTHS_OF_YEAR = 12
_DAY = r"(?<!\d)(?:3[01]|[12]\d|0?[1-9])"
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d)")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_FIGURES = re.compile(r"(?<!\d)(\d\d?)([./])(\d\d?)\2((?:19|20)\d\d)(?!\d)")
_CASES = "(?:[’']?(?:[dt][ae]n?(?:ki)?|y?[ıiuüae]|n?[ıiuü]n))?"  # endings of Turkish nouns
_RANGES = {  # "last week" may be from Monday to Sunday, or the seven days before
    "week": {"past": (-7, 0), "last": (-13, -1), "this": (-6, 6), "next": (1, 13)},
    "": {"past": (-1, 0), "last": (-1, -1), "this": (0, 0), "next": (1, 1)},
}
_SCRIPTS = {
    "en": "LATIN",
    "ar": "ARABIC",
    "ru": "CYRILLIC",
}  # the language assumed for words of a script
_FOLDED = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـ")


class Span(NamedTuple):
    """A span of time relative to the article's date, in whole units, both ends included."""

    unit: Unit
    first: int
    last: int

    def around(self, day: date) -> tuple[date, date]:
        """Return the first and last day of the span, counted from ``day``."""
        if self.unit == "day":
            return day + timedelta(days=self.first), day + timedelta(days=self.last)
        if self.unit == "year":
            return date(day.year + self.first, 1, 1), date(day.year + self.last, 12, 31)
        months = [day.year * _MONTHS_OF_YEAR + day.month - 1 + count for count in (self.first, self.last + 1)]
        first, after = (date(count // _MONTHS_OF_YEAR, count % _MONTHS_OF_YEAR + 1, 1) for count in months)
        return first, after - timedelta(days=1)


class TimeExpression(NamedTuple):
    """What a time expression names. Months count from 1, weekdays from 0 (Monday)."""

    years: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()
    spans: tuple[Span, ...] = ()
    month_end: bool = False

    @property
    def precision(self) -> Precision | None:
        """The smallest unit named; ``None`` if there is none."""
        units = {span.unit for span in self.spans}
        if self.month_end or self.days or self.weekdays or "day" in units:
            return "day"
        return "month" if self.months or "month" in units else "year" if self.years or units else None


@dataclass(frozen=True)
class _Table:
    """Patterns of one language for months, weekdays and days, to be matched against folded text."""

    months: tuple[tuple[re.Pattern[str], int], ...]
    dated: tuple[re.Pattern[str], ...]
    weekdays: tuple[tuple[re.Pattern[str], int], ...]
    month_ends: tuple[re.Pattern[str], ...]
    spans: tuple[tuple[re.Pattern[str], Unit, int, int, dict[str, int]], ...]
    tens: re.Pattern[str]


def read_words(text: str, language: str = "en") -> TimeExpression:
    """Return what a time expression names.

    Parameters
    ----------
    text
        Words such as "by the end of February" or "on Wednesday".
    language
        BCP 47 tag of the article's language. Words in another script are read in the language most common in
        that script.
    """
    plain = _fold(text, "")
    years = {int(year[0]) for year in _YEAR.finditer(plain)}
    days, months, weekdays = set(), set(), set()
    spans: list[Span] = []
    month_end = False
    for year, month, day in _figures(plain, language):
        years.add(year)
        months.add(month)
        days.add(day)
    for used in _languages(plain, language):
        table, folded = _table(used), _fold(text, used)
        months |= {number for pattern, number in table.months if pattern.search(folded)}
        days |= {
            int(day)
            for found in table.dated
            for match in found.finditer(folded)
            for day in match.groups()
            if day
        }
        weekdays |= {number for pattern, number in table.weekdays if pattern.search(folded)}
        spans += _spans(table, folded)
        month_end = month_end or any(pattern.search(folded) for pattern in table.month_ends)
    return TimeExpression(
        frozenset(years),
        frozenset(months),
        frozenset(days),
        frozenset(weekdays),
        tuple(dict.fromkeys(spans)),
        month_end,
    )


def _languages(text: str, language: str) -> list[str]:
    """Return the languages to read a text in: the article's, and one for each other script in it."""
    own = language.partition("-")[0]
    if own not in _tables():
        return []
    scripts = {unicodedata.name(char, "?").split()[0] for char in text if char.isalpha()}
    others = [
        name
        for name, script in _SCRIPTS.items()
        if script in scripts and script != _SCRIPTS.get(own, "LATIN")
    ]
    return [own, *others]


def _spans(table: _Table, folded: str) -> Iterator[Span]:
    # the longest words come first: "the day before yesterday" is not yesterday
    taken: list[tuple[int, int]] = []
    for pattern, unit, first, last, numbers in table.spans:
        for match in pattern.finditer(folded):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            if numbers and table.tens.search(folded, 0, match.start("n")):
                continue  # the last part of a larger number, such as twenty-one
            count = 1
            if numbers:
                word = match["n"]
                count = (
                    int(word)
                    if word.isdigit()
                    else next(n for w, n in numbers.items() if re.fullmatch(w, word, re.IGNORECASE))
                )
            if count <= 1000:  # noqa: PLR2004 - larger numbers are not counts of days or years
                around = _AROUND if numbers and first % _WEEK == 0 and unit == "day" else 0
                yield Span(unit, first * count - around, last * count + around)


def _figures(text: str, language: str) -> Iterator[tuple[int, int, int]]:
    """Yield dates in digits as year, month and day, except those that can be read in two ways."""
    found = [(int(year), int(month), int(day)) for year, month, day in _ISO.findall(text)]
    for first, mark, second, year in _FIGURES.findall(text):
        day, month = int(first), int(second)
        if mark == "/" and language.startswith("en"):
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


def _fold(text: str, language: str) -> str:
    """Return a text normalised for the patterns: ASCII digits, single spaces, lower case, no Arabic marks."""
    text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    text = re.sub(r"\s+", " ", "".join(char for char in text if unicodedata.category(char) != "Cf"))
    if language.startswith("tr"):
        return unicodedata.normalize("NFC", text).replace("I", "ı").replace("İ", "i").lower()
    if language.startswith("ar"):
        text = unicodedata.normalize("NFC", text)
        return "".join(char for char in text if unicodedata.category(char) != "Mn").translate(_FOLDED)
    if language.startswith("ru"):
        return unicodedata.normalize("NFC", text).lower().replace("ё", "е")
    return text  # case matters in English: May is a month, may is not


@cache
def _tables() -> dict[str, Any]:
    text = (files("mapapp.core") / "time_words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def _table(language: str) -> _Table:
    """Compile the patterns of a language."""
    data = _tables()[language]
    months = _names(language, data["locales"], get_month_names)
    weekdays = _names(language, data["locales"], get_day_names)
    month = "|".join(names for names, _ in months)
    end = "|".join(pattern.replace("{month}", f"(?:{month})") for pattern in data["month_end"])
    day, ordinal, of = _DAY, data["ordinal"], data["of"]
    dated = []
    for names, _ in months:
        # "17 - 19 September" names both days
        dated.append(_word(rf"(?:({day})\s?[-–—]\s?)?({day}){ordinal} {of}(?:{names})", language))
        if language == "en":
            dated.append(_word(rf"(?:{names}) (?:the )?({day}){ordinal}(?:\s?[-–—]\s?({day}))?(?!\d)"))
    return _Table(
        tuple((_word(names, language), number) for names, number in months),
        tuple(dated),
        tuple((_word(names, language), number) for names, number in weekdays),
        (_word(end, language),),
        tuple(_span_patterns(data, language)),
        re.compile(rf"(?<!\w)(?:{data['tens']})[ -]$", re.IGNORECASE),
    )


def _span_patterns(
    data: dict[str, Any], language: str
) -> Iterator[tuple[re.Pattern[str], Unit, int, int, dict[str, int]]]:
    for words, days in sorted(data["days"].items(), key=lambda item: -len(item[0])):
        yield _word(words, language, re.IGNORECASE), "day", days, days, {}
    numbers: dict[str, int] = data["numbers"]
    count = rf"(?P<n>\d{{1,4}}|{'|'.join(sorted(numbers, key=len, reverse=True))})"
    for name, words in data["units"].items():
        size = {"week": _WEEK, "fortnight": 2 * _WEEK}.get(name, 1)
        unit: Unit = "day" if name in ("day", "week", "fortnight") else name
        for pattern in data["ago"]:
            filled = pattern.replace("{n}", count).replace("{unit}", words)
            yield _word(filled, language, re.IGNORECASE), unit, -size, -size, numbers
        for key, (first, last) in _RANGES["week" if name == "week" else ""].items():
            for pattern in data[key] if name not in ("day", "fortnight") else ():
                filled = pattern.replace("{unit}", words).replace("{case}", _CASES)
                yield _word(filled, language, re.IGNORECASE), unit, first, last, {}
    for key, count_ in (("one", 1), ("two", 2)):
        for name, words in data.get(key, {}).items():
            size = _WEEK if name == "week" else 1
            unit = "day" if name in ("day", "week") else name
            around = _AROUND if name == "week" else 0
            for pattern in data["one_ago"]:
                last = -size * count_
                filled = _word(pattern.replace("{unit}", words), language)
                yield filled, unit, last - around, last + around, {}


def _word(pattern: str, language: str = "en", flags: int = 0) -> re.Pattern[str]:
    """Return a pattern for whole words; in Arabic, "and", "in" and "for" are prefixes of the word."""
    before = r"(?<!\w)(?:[وف]?[بلك]?)" if language == "ar" else r"(?<!\w)"
    return re.compile(rf"{before}(?:{pattern})(?!\w)", flags)


def _names(language: str, locales: list[str], get: Any) -> list[tuple[str, int]]:  # noqa: ANN401 - Babel's
    """Return for each month or weekday a pattern that matches all forms of its name."""
    found: dict[int, set[str]] = {}
    for locale in locales:
        for context in ("format", "stand-alone"):
            wide, short = get("wide", context, locale), get("abbreviated", context, locale)
            for number, name in wide.items():
                forms = found.setdefault(number, set())
                forms.add(_inflected(_fold(name, language), language))
                for cut in {short[number], name[:3], name[:4] if name == "September" else name[:3]}:
                    stem = re.escape(_fold(cut.rstrip("."), language))
                    if stem != re.escape(_fold(name, language)) and language != "ar":  # only next to a number
                        forms.add(rf"(?:(?<=\d ){stem}\.?|{stem}[.,]?(?= \d))")
    return [
        ("|".join(sorted(forms, key=len, reverse=True)), number) for number, forms in sorted(found.items())
    ]


def _inflected(name: str, language: str) -> str:
    """Return a pattern for a name with the case endings of its language."""
    if language == "tr":
        return re.escape(name) + _CASES
    if language == "en" and name.lower() in (
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ):
        return f"(?i:{name})s?"
    if language == "ru":
        stem, ending = name[:-1], name[-1]
        endings = {
            "ь": "[ьяюе]|ем",
            "й": "[йяюе]|ем",
            "я": "[йьяюе]|ем",
            "а": "[ауые]|ой|ей|ом|",
            "е": "[еяюи]|ем",
        }.get(ending)
        return f"{stem}(?:{endings})" if endings else f"{name}(?:[ауе]|ом)?"
    return re.escape(name)


def is_guess(when: When, language: str = "en") -> bool:
    """Return whether a time is marked approximate or uncertain although its words name no date at all."""
    if when.text is None or when.basis == "read" or read_words(when.text, language).precision is not None:
        return False
    return any(end is not None and end.mark for end in when.ends)


def compare_with_words(when: When, article_day: date, language: str = "en") -> Iterator[Issue]:
    """Yield the issues of a date that is more precise than its words, or contradicts them.

    A date must not be more precise than its words, unless it is marked approximate or uncertain. It may be
    the article's date if it is based on it (``basis: article-date``) or is one end of an open interval. If a
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
    for end in dated if when.basis != "read" else ():
        on_the_day = end.lower == end.upper == article_day and (when.basis == "article-date" or is_open)
        if not (end.mark or on_the_day or _RANK[named.precision] >= _RANK[end.precision]):
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
    if named.precision:
        return f"write only the {named.precision}, or mark it as approximate with ~"
    if language.partition("-")[0] in _tables():
        return (
            "mark it as approximate with ~, base it on the article's date with basis: article-date, "
            "or explain the reading in the note, with basis: read"
        )
    return (
        f"time expressions in {language} are not supported: explain the reading in the note, with basis: read"
    )


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
    for span in named.spans:
        first, last = span.around(article_day)
        if not any(end.lower <= last and end.upper >= first for end in ends):
            return f"the date does not match the {span.unit} in its words"
    return None
