"""How precise the article's own words for a time are, and whether a reading says more than they do.

Names of months and weekdays are CLDR's; ``time_words.yaml`` holds the few other words. A language without a
table there has years and dates in digits only.
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
_NEARBY = timedelta(days=7)  # a bare weekday is one of the days around the article's
_HALF_YEAR = timedelta(days=183)  # a bare month is the nearest of its name
_WEEK, _AROUND = 7, 3  # two weeks ago is the day of the week, or up to three days either side of it
_MONTHS_OF_YEAR = 12
_DAY = r"(?<!\d)(?:3[01]|[12]\d|0?[1-9])"
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d)")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_FIGURES = re.compile(r"(?<!\d)(\d\d?)([./])(\d\d?)\2((?:19|20)\d\d)(?!\d)")
_CASES = "(?:[’']?(?:[dt][ae]n?(?:ki)?|y?[ıiuüae]|n?[ıiuü]n))?"  # endings of Turkish nouns
_RANGES = {  # "last week" may be that of Monday to Sunday, or the seven days before
    "week": {"past": (-7, 0), "last": (-13, -1), "this": (-6, 6), "next": (1, 13)},
    "": {"past": (-1, 0), "last": (-1, -1), "this": (0, 0), "next": (1, 1)},
}
_SCRIPTS = {
    "en": "LATIN",
    "ar": "ARABIC",
    "ru": "CYRILLIC",
}  # the language that words of a script are taken for
_FOLDED = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـ")


class Span(NamedTuple):
    """A stretch of time counted from the article's day, in whole units, both ends included."""

    unit: Unit
    first: int
    last: int

    def around(self, day: date) -> tuple[date, date]:
        """Return its first and last day."""
        if self.unit == "day":
            return day + timedelta(days=self.first), day + timedelta(days=self.last)
        if self.unit == "year":
            return date(day.year + self.first, 1, 1), date(day.year + self.last, 12, 31)
        months = [day.year * _MONTHS_OF_YEAR + day.month - 1 + count for count in (self.first, self.last + 1)]
        first, after = (date(count // _MONTHS_OF_YEAR, count % _MONTHS_OF_YEAR + 1, 1) for count in months)
        return first, after - timedelta(days=1)


class Told(NamedTuple):
    """All that words name of a time; months and weekdays from 1 and from 0 (Monday)."""

    years: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()
    spans: tuple[Span, ...] = ()
    month_end: bool = False

    @property
    def precision(self) -> Precision | None:
        """The smallest unit the words name."""
        units = {span.unit for span in self.spans}
        if self.month_end or self.days or self.weekdays or "day" in units:
            return "day"
        return "month" if self.months or "month" in units else "year" if self.years or units else None


@dataclass(frozen=True)
class _Table:
    """What one language calls months, weekdays and days, as patterns over folded text."""

    months: tuple[tuple[re.Pattern[str], int], ...]
    dated: tuple[re.Pattern[str], ...]
    weekdays: tuple[tuple[re.Pattern[str], int], ...]
    month_ends: tuple[re.Pattern[str], ...]
    spans: tuple[tuple[re.Pattern[str], Unit, int, int, dict[str, int]], ...]
    tens: re.Pattern[str]


def read_words(text: str, language: str = "en") -> Told:
    """Read what words say of a time, such as "by the end of February" or "on Wednesday".

    Parameters
    ----------
    language
        BCP 47 tag of the article's language. Words in another script are read in the language that usually
        has it.
    """
    plain = _folded(text, "")
    years = {int(year[0]) for year in _YEAR.finditer(plain)}
    days, months, weekdays = set(), set(), set()
    spans: list[Span] = []
    month_end = False
    for year, month, day in _figures(plain, language):
        years.add(year)
        months.add(month)
        days.add(day)
    for used in _languages(plain, language):
        table, folded = _table(used), _folded(text, used)
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
    return Told(
        frozenset(years),
        frozenset(months),
        frozenset(days),
        frozenset(weekdays),
        tuple(dict.fromkeys(spans)),
        month_end,
    )


def _languages(text: str, language: str) -> list[str]:
    """Return the languages that a text is read in: the article's, and those of other scripts in it."""
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
                continue  # the end of a greater number, such as twenty-one
            count = 1
            if numbers:
                word = match["n"]
                count = (
                    int(word)
                    if word.isdigit()
                    else next(n for w, n in numbers.items() if re.fullmatch(w, word, re.IGNORECASE))
                )
            if count <= 1000:  # noqa: PLR2004 - beyond that it is no count of days or years
                around = _AROUND if numbers and first % _WEEK == 0 and unit == "day" else 0
                yield Span(unit, first * count - around, last * count + around)


def _figures(text: str, language: str) -> Iterator[tuple[int, int, int]]:
    """Yield the dates in digits, as year, month and day, but for those that can be read in two ways."""
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


def _folded(text: str, language: str) -> str:
    """Return a text as the patterns know it: one kind of digit and space, small letters, no Arabic marks."""
    text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    text = re.sub(r"\s+", " ", "".join(char for char in text if unicodedata.category(char) != "Cf"))
    if language.startswith("tr"):
        return unicodedata.normalize("NFC", text).replace("I", "ı").replace("İ", "i").lower()
    if language.startswith("ar"):
        text = unicodedata.normalize("NFC", text)
        return "".join(char for char in text if unicodedata.category(char) != "Mn").translate(_FOLDED)
    if language.startswith("ru"):
        return unicodedata.normalize("NFC", text).lower().replace("ё", "е")
    return text  # an English month has a capital, which tells May from may


@cache
def _tables() -> dict[str, Any]:
    text = (files("mapapp.core") / "time_words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def _table(language: str) -> _Table:
    """Build a language's patterns from its table."""
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
    """Return a pattern for whole words; Arabic writes "and", "in" and "for" at the word they belong to."""
    before = r"(?<!\w)(?:[وف]?[بلك]?)" if language == "ar" else r"(?<!\w)"
    return re.compile(rf"{before}(?:{pattern})(?!\w)", flags)


def _names(language: str, locales: list[str], get: Any) -> list[tuple[str, int]]:  # noqa: ANN401 - Babel's
    """Return, for each month or weekday, a pattern of its names in all their forms."""
    found: dict[int, set[str]] = {}
    for locale in locales:
        for context in ("format", "stand-alone"):
            wide, short = get("wide", context, locale), get("abbreviated", context, locale)
            for number, name in wide.items():
                forms = found.setdefault(number, set())
                forms.add(_inflected(_folded(name, language), language))
                for cut in {short[number], name[:3], name[:4] if name == "September" else name[:3]}:
                    stem = re.escape(_folded(cut.rstrip("."), language))
                    if (
                        stem != re.escape(_folded(name, language)) and language != "ar"
                    ):  # only beside a number
                        forms.add(rf"(?:(?<=\d ){stem}\.?|{stem}[.,]?(?= \d))")
    return [
        ("|".join(sorted(forms, key=len, reverse=True)), number) for number, forms in sorted(found.items())
    ]


def _inflected(name: str, language: str) -> str:
    """Return a pattern for a name with the endings its language gives it."""
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
    """Return whether a time is marked as about or uncertain, and its words carry no date at all."""
    if when.text is None or when.basis == "read" or read_words(when.text, language).precision is not None:
        return False
    return any(end is not None and end.mark for end in when.ends)


def against_words(when: When, article_day: date, language: str = "en") -> Iterator[Issue]:
    """Yield where a reading says more than its words, or something else.

    An exact date needs words as precise. It may be the article's own day where the reading rests on it
    (``basis: article-date``) or is open on the other side. What is marked as about or uncertain claims less.
    Where a person has read words that no table knows (``basis: read``), only what the words do name is held
    against it.
    """
    if when.text is None:
        return
    told = read_words(when.text, language)
    dated, is_open = [end for end in when.ends if end], None in when.ends
    got = f"{when.edtf} from {short_repr(when.text)}"
    if when.basis == "article-date" and not any(end.earliest <= article_day <= end.latest for end in dated):
        what = "the date does not include the article's date, which it is based on"
        yield Issue(what, got, f"include {article_day}")
        return
    for end in dated if when.basis != "read" else ():
        on_the_day = end.lower == end.upper == article_day and (when.basis == "article-date" or is_open)
        if not (end.mark or on_the_day or _RANK[told.precision] >= _RANK[end.precision]):
            yield Issue("the date is more precise than its words", got, _remedy(told, language))
            return
    if (
        when.basis == "read"
    ):  # the words may mean another day than a table makes of them; what they name, they name
        told = Told(told.years, told.months)
    if dated and (
        wrong := _contradiction(
            told, dated, article_day, rests=when.basis == "article-date", near=when.basis != "read"
        )
    ):
        yield Issue(wrong, got, "read the words again")


def _remedy(told: Told, language: str) -> str:
    if told.precision:
        return f"write only the {told.precision}, or mark it as approximate with ~"
    if language.partition("-")[0] in _tables():
        return (
            "mark it as approximate with ~, base it on the article's date with basis: article-date, "
            "or explain the reading in the note, with basis: read"
        )
    return (
        f"time expressions in {language} are not supported: explain the reading in the note, with basis: read"
    )


def _contradiction(told: Told, ends: list[End], article_day: date, *, rests: bool, near: bool) -> str | None:
    """Return what the words name that none of the dates is, or ``None``.

    ``near`` is whether a month without a year is the nearest of its name.
    """
    if rests:  # one of the dates is the article's own, which the words need not name if there is another
        ends = [end for end in ends if not end.lower == end.upper == article_day] or ends
    days = [end.lower for end in ends if end.precision == "day"]
    months = [end for end in ends if end.precision != "year"]
    checks = (
        (
            told.years,
            ends,
            lambda end: any(end.lower.year <= year <= end.upper.year for year in told.years),
            "year",
        ),
        (told.months, months, lambda end: end.lower.month in told.months, "month"),
        (told.days, days, lambda day: day.day in told.days, "day"),
        (told.weekdays, days, lambda day: day.weekday() in told.weekdays, "weekday"),
        (told.month_end, days, lambda day: (day + timedelta(days=1)).day == 1, "end of the month"),
        (
            told.weekdays and not told.months and not told.spans,
            days,
            lambda day: abs(day - article_day) <= _NEARBY,
            "week",
        ),
        (
            told.months and not told.years and not told.spans and near,
            months,
            lambda end: abs(end.lower - article_day) <= _HALF_YEAR,
            "year",
        ),
    )
    for named, dates, fits, unit in checks:
        if named and dates and not any(map(fits, dates)):
            return f"the date does not match the {unit} in its words"
    for span in told.spans:
        first, last = span.around(article_day)
        if not any(end.lower <= last and end.upper >= first for end in ends):
            return f"the date does not match the {span.unit} in its words"
    return None
