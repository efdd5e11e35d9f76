"""The parts of which the texts of a figure are made, and how numbers and names in them are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from mapapp.figure.fonts import drawable
from mapapp.text.locales import current_language, digits
from mapapp.text.messages import in_a_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapapp.core.names import Names

_ROW = 3  # consecutive numbers from which a range is written
_NUMBER = re.compile("([A-Z]*)([0-9]+)")  # of a statement: the letter of its article, and its number there


@dataclass(frozen=True)
class Part:
    """A stretch of text in a colour of the palette.

    ``link`` is the address it leads to; ``lang`` its language as a BCP 47 tag, if it is not the figure's.
    """

    text: str
    color: str = "ink"
    link: str | None = None
    lang: str = ""


@dataclass(frozen=True)
class Quote:
    """Words quoted from an article, with their language (BCP 47) and whether they run from right to left."""

    text: str
    lang: str
    rtl: bool


@dataclass(frozen=True)
class Item:
    """An item of a list: its number, or what it begins with, its text, and words quoted from an article."""

    number: str
    parts: tuple[Part, ...]
    quote: Quote | None = None


def language_words(tag: str) -> str:
    """Return the name of a language in the figure's; its tag if it has none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(current_language()) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def in_fonts(names: Names, wanted: str, otherwise: str) -> tuple[str, str]:
    """Return a name that the fonts can display and its language: that wanted, or else the next one known.

    If there is none, ``otherwise``, which is in no language.
    """
    tags = dict.fromkeys((names.language(wanted), *names.texts))
    found = ((tag, names.texts[tag]) for tag in tags)
    return next(((tag, text) for tag, text in found if text and drawable(text)), ("", otherwise))


def number_order(number: str) -> tuple[int, str, int]:
    """Return the place of a statement's number in the order of articles and statements."""
    letters, own = _NUMBER.fullmatch(number).groups()  # type: ignore[union-attr] # all numbers match
    return len(letters), letters, int(own)


def ranges(numbers: Iterable[str]) -> str:
    """Return numbers in their order as text, with ranges for three or more consecutive ones of an article."""
    parts: list[list[str]] = []
    last: tuple[int, str, int] | None = None
    for number in sorted({*numbers}, key=number_order):
        order = number_order(number)
        if last and order == (*last[:2], last[2] + 1):
            parts[-1].append(number)
        else:
            parts.append([number])
        last = order
    said = (f"{part[0]}\N{EN DASH}{part[-1]}" if len(part) >= _ROW else in_a_row(part) for part in parts)
    return digits(in_a_row(said))
