"""The names of months and weekdays in every language that mapapp has a table for, and words around dates.

The names come from CLDR; ``date_words.yaml`` adds what CLDR lacks.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from babel.dates import get_day_names, get_month_names

from mapapp.core.language_tables import DEFAULT_LANGUAGE, cldr_locale, language_table, languages_with_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from babel import Locale

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LETTERS = str.maketrans({"\N{LATIN SMALL LETTER DOTLESS I}": "i", "\N{ARABIC TATWEEL}": ""})
_SHORTEST = 2  # letters of a weekday's short name


class DateWords(NamedTuple):
    """Words in dates, folded as `folded` does.

    Attributes
    ----------
    months
        The number of each month's names.
    month
        A regular expression for any of them, longer names first.
    ignored
        Matches weekdays and words such as "of".
    """

    months: dict[str, int]
    month: str
    ignored: re.Pattern[str]


def folded(text: str) -> str:
    """Return text in lower case, with ASCII digits and single spaces, without marks on letters."""
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
        text = unicodedata.normalize("NFKD", text.lower()).translate(_LETTERS)
        text = "".join(char for char in text if unicodedata.category(char) not in {"Mn", "Cf"})
        text = text.replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")
    return " ".join(text.lower().split())


@cache
def date_words() -> DateWords:
    """Read the words of all languages. A name of two different months is none, unless the default's."""
    more = yaml.load((files("mapapp.incidents") / "date_words.yaml").read_text("utf-8"), _Loader)  # noqa: S506
    names: dict[str, set[int]] = {}
    weekdays: set[str] = set()
    for code in sorted(languages_with_tables()):
        table = language_table(code)
        for locale in filter(None, map(cldr_locale, table.locales or (code,))):
            for number, name in _names(get_month_names, locale):
                names.setdefault(name, set()).add(number)
            weekdays |= {name for _, name in _names(get_day_names, locale) if len(name) > _SHORTEST}
        for number, short in table.short_months.items():
            for name in short:
                names.setdefault(folded(name), set()).add(number)
    for number, also in more["months"].items():
        for name in also:
            names.setdefault(folded(name), set()).add(number)
    months = {name: min(numbers) for name, numbers in names.items() if len(numbers) == 1}
    default = cldr_locale(DEFAULT_LANGUAGE)
    if default is not None:
        months |= {name: number for number, name in _names(get_month_names, default)}
    ignored = (weekdays | {folded(word) for word in more["fillers"]}) - {*months}
    return DateWords(months, _any_of(months), re.compile(rf"(?<![^\W\d])(?:{_any_of(ignored)})(?!\w)[.,]?"))


def _names(get: Any, locale: Locale) -> Iterator[tuple[int, str]]:  # noqa: ANN401 - Babel's
    """Yield the number and the folded name, wide and short, of each month or weekday."""
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in get(width, context, locale).items():
                yield number, folded(name).rstrip(".")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)) if word)
