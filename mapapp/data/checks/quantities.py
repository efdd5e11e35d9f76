"""Compares the values of quantities with the numbers in the article's words for them."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from babel.numbers import get_decimal_symbol

from mapapp.core.language_tables import cldr_locale
from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapapp.core.model import Article, Event, Quantity

_RUN = re.compile("\\d+(?:[ .,'\u2019\u00a0\u2009\u202f\u060c\u066b\u066c]\\d+)*")  # \d: of any script
_DECIMAL = ".,\u066b"
_ARABIC_DECIMAL = "\u066b"
_FRACTIONS = {"¼": 0.25, "½": 0.5, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
# What a word after the number may stand for: hundred, thousand, lakh, million, crore, billion, trillion.
_TIMES = (1, 1e2, 1e3, 1e5, 1e6, 1e7, 1e9, 1e12)
_MYRIADS = {"万": 1e4, "萬": 1e4, "만": 1e4, "億": 1e8, "亿": 1e8, "억": 1e8}


def quantity_issues(event: Event, article: Article) -> Iterator[Issue]:
    """Yield an issue for each quantity none of whose values is a number in its words.

    Words without digits are not checked.
    """
    for number, quantity in enumerate(event.quantities):
        if not _agrees(quantity, article.language):
            values = (quantity.least, quantity.best, quantity.most)
            got = ", ".join(f"{value:.15g}" for value in values if value is not None)
            what = "none of the values is a number in the words"
            fix = "write the number as the article has it, in full: 1500000 for 1.5 million"
            where = f"quantities[{number}]"
            yield Issue(what, f"{got} from {short_repr(quantity.words)}", fix, where=where)


def _agrees(quantity: Quantity, language: str) -> bool:
    """Return whether a value is a number in the words, perhaps in thousands or millions."""
    words = quantity.words
    found = [
        {
            number + _FRACTIONS.get(words[run.end() : run.end() + 1], 0)
            for number in _readings(run[0], language)
        }
        for run in _RUN.finditer(words)
    ]
    values = [value for value in (quantity.least, quantity.best, quantity.most) if value is not None]
    if not found or not values:
        return True
    times = sorted({*_TIMES, *(size for sign, size in _MYRIADS.items() if sign in words)})
    named = {number * size for numbers in found for number in numbers for size in times}
    for before, after in pairwise(found):  # such as 3 lakh 50 thousand
        named |= {
            large * size + small * less
            for size in times
            for less in times
            for large in before
            for small in after
            if 1 < less < size and small * less < size
        }
    return any(math.isclose(value, number) for value in values for number in named)


def _readings(run: str, language: str) -> set[float]:
    """Return the numbers that digits with signs between them can be."""
    found = _numbers(run, language)
    pieces = run.split(" ")
    if not any(piece.startswith("0") for piece in pieces[1:]):  # 12 300 may be two numbers, 12 000 is one
        for piece in pieces:
            found |= _numbers(piece, language)
    return found


def _numbers(run: str, language: str) -> set[float]:
    groups, signs = re.split(r"\D", run), re.findall(r"\D", run)
    if _is_grouped(groups, signs):
        found = {float("".join(groups))}
        if not signs or signs[-1] not in {_decimal_sign(language), _ARABIC_DECIMAL}:
            return found
    else:
        found = set()
    if (
        signs
        and signs[-1] in _DECIMAL
        and signs[-1] not in signs[:-1]
        and _is_grouped(groups[:-1], signs[:-1])
    ):
        found.add(float(f"{''.join(groups[:-1])}.{groups[-1]}"))
    return found or {float(group) for group in groups}


def _is_grouped(groups: list[str], signs: list[str]) -> bool:
    """Return whether the signs between the digits are all the same, and separate thousands or lakhs."""
    if not signs:
        return True
    first, *middle, last = map(len, groups)
    return len({*signs}) == 1 and groups[0][0] != "0" and first <= 3 and {*middle} <= {2, 3} and last == 3  # noqa: PLR2004


def _decimal_sign(language: str) -> str:
    locale = cldr_locale(language)
    return str(get_decimal_symbol(locale)) if locale else "."
