"""The templates of the cards and pages, and the functions they may call."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from jinja2.runtime import Macro
from markupsafe import Markup

from mapapp.core.language import direction_of
from mapapp.text.authored import (
    authored_language,
    event_note,
    event_title,
    note_language,
    publisher_words,
    title_language,
)
from mapapp.text.dates import day_number, when_words
from mapapp.text.html import environment
from mapapp.text.labels import basis_words, byline, event_kind_words, kind_words, status_words
from mapapp.text.locales import current_language, digits, direction, local
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment, Template

    from mapapp.core.edtf import When
    from mapapp.core.model import Source

_LONG_AGO = -(10**6)  # days since 1970; earlier than all data, for times without a start


def render(template: str, /, **values: object) -> Markup:
    """Fill one of the templates in ``mapapp/web/templates``; values that are not Markup are escaped.

    Raises
    ------
    jinja2.UndefinedError
        If the template uses a value that is missing.
    """
    return Markup(_template(template).render(values))  # noqa: S704 - escaped by the template


def began(when: When) -> int:
    """Return the day a time began, in days since 1970-01-01; long ago where it has no beginning."""
    day = day_number(when.earliest)
    return _LONG_AGO if day is None else day


def source_words(source: Source) -> str:
    """Word a source: title, publisher and, where known, date."""
    date = when_words(source.date)
    return words(
        "source-line" if date else "source-line-undated",
        title=source.title,
        publisher=publisher_words(source),
        date=date,
    )


def cited(source: Source, lang: str) -> Markup:
    """Return a source with its address and notes, as lists of sources show it.

    Parameters
    ----------
    lang
        Language of the notes (BCP 47).
    """
    return _cited(source, lang, current_language())


@lru_cache(maxsize=4096)  # most places have the same few sources
def _cited(source: Source, lang: str, _tag: str) -> Markup:
    return Markup(_macros()["source_line"](source, lang))  # noqa: S704 - a macro, which escapes


def _keep_percent(text: str) -> str:
    """Keep a number and its per cent sign on one line."""
    return text.replace(" %", "\u00a0%")


@cache
def _template(name: str) -> Template:
    """Return a template, which finds functions and the macros of ``parts.html`` without importing them."""
    found = _environment().get_template(name)
    found.globals = {**_environment().globals, **_macros()}  # a dict: Jinja's own map takes long to copy
    return found


@cache
def _macros() -> dict[str, Callable[..., str]]:
    module = _environment().get_template("parts.html").module
    return {name: macro for name, macro in vars(module).items() if isinstance(macro, Macro)}


@cache
def _environment() -> Environment:
    made = environment("mapapp.web")
    made.globals.update(
        authored_language=authored_language,
        basis_words=basis_words,
        began=began,
        current_language=current_language,
        direction=direction,
        direction_of=direction_of,
        byline=byline,
        cited=cited,
        digits=digits,
        event_kind_words=event_kind_words,
        event_note=event_note,
        event_title=event_title,
        kind_words=kind_words,
        local=local,
        note_language=note_language,
        source_words=source_words,
        status_words=status_words,
        title_language=title_language,
        when_words=when_words,
        words=words,
    )
    made.filters["keep_percent"] = _keep_percent
    return made
