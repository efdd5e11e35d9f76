"""The language of the interface, and its numbers.

Text for readers is in the language that `language` has set, which is `SOURCE` unless it says otherwise.
Messages for developers and of the command line stay in that. ``locale/languages.json`` lists the languages.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapapp.core.model import Atlas
    from mapapp.core.names import Names
    from mapapp.core.view import View

Given = ParamSpec("Given")
Made = TypeVar("Made")

_LISTED: dict[str, dict[str, Any]] = json.loads(
    (files("mapapp.text") / "locale" / "languages.json").read_text(encoding="utf-8")
)
LANGUAGES = tuple(_LISTED)  # those of the interface
SOURCE = LANGUAGES[0]  # the language the messages are written in

_ZERO = {"arab": "\u0660"}  # the digit 0 of numbering systems
_GROUPED_FROM = 1000

_language: ContextVar[str] = ContextVar("language", default=SOURCE)


@contextmanager
def language(tag: str | None) -> Iterator[None]:
    """Set the language of the interface inside a ``with`` block; ``None`` leaves it as it is.

    It holds for this thread alone. What is read lazily, such as a generator, must be read inside the block.
    """
    token = _language.set(tag or _language.get())
    try:
        yield
    finally:
        _language.reset(token)


def in_language_of_view(
    make: Callable[Concatenate[Atlas, View, Given], Made],
) -> Callable[Concatenate[Atlas, View, Given], Made]:
    """Decorate a function of an atlas and a view: it words what it makes in the language of the view."""

    @wraps(make)
    def worded(atlas: Atlas, view: View, /, *given: Given.args, **named: Given.kwargs) -> Made:
        with language(view.language):
            return make(atlas, view, *given, **named)

    return worded


def current_language() -> str:
    """Return the language of the interface, one of `LANGUAGES`."""
    return _language.get()


def preferred(accepted: str) -> str:
    """Return the first language of the interface that a browser accepts; else `SOURCE`.

    Parameters
    ----------
    accepted
        The header ``Accept-Language``, in which browsers name the languages in order.
    """
    tags = (part.partition(";")[0].strip().partition("-")[0].lower() for part in accepted.split(","))
    return next((tag for tag in tags if tag in LANGUAGES), SOURCE)


def direction() -> str:
    """Return the writing direction of the language of the interface: ``ltr`` or ``rtl``."""
    return _direction(current_language())


@cache
def _direction(tag: str) -> str:
    return str(cldr(tag).text_direction)


def local(names: Names) -> str:
    """Return a text of the data in the language of the interface, or in the one that stands in for it."""
    return names.text(current_language())


@cache
def cldr(tag: str) -> Locale:
    """Return what CLDR knows about a language."""
    return Locale.parse(tag)


def zero_digit() -> str:
    """Return the digit 0 of the language; the other nine follow it in Unicode."""
    return _ZERO.get(_numbering(current_language()), "0")


def separators() -> tuple[str, str]:
    """Return the decimal separator of the language, and that between groups of three digits."""
    symbols = cldr(current_language()).number_symbols[_numbering(current_language())]
    return symbols["decimal"], symbols["group"]


def digits(text: str) -> str:
    """Return text with the digits 0 to 9 replaced by those of the language."""
    zero, ascii_zero = ord(zero_digit()), ord("0")
    if zero == ascii_zero:
        return text
    return text.translate({ascii_zero + digit: zero + digit for digit in range(10)})


def within_sentence(label: str) -> str:
    """Return a label with a small first letter, as its language writes it."""
    small = _LISTED[current_language()].get("small", {})
    return f"{small.get(label[:1], label[:1].lower())}{label[1:]}"


def number_in(number: float, tag: str) -> str:
    """Format a number as a text in a language (BCP 47) of the data writes it."""
    if tag in LANGUAGES:
        with language(tag):
            return number_words(int(number) if number.is_integer() else number)
    return str(format_decimal(number, locale=nearest_locale(tag)))


def nearest_locale(tag: str) -> Locale:
    """Return CLDR's locale of a language of the data, or that of `SOURCE` if CLDR does not know it."""
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return cldr(SOURCE)


def number_words(number: float) -> str:
    """Format a number with the digits and separators of the language."""
    if isinstance(number, int) and 0 <= number < _GROUPED_FROM:
        return digits(str(number))
    tag = current_language()
    return digits(str(format_decimal(number, locale=cldr(tag), numbering_system=_numbering(tag))))


@cache
def _numbering(tag: str) -> str:
    """Return the numbering system that CLDR gives for the language without a country."""
    return str(cldr(tag).default_numbering_system)
