"""The text of the user interface, figures and exports, by key.

``locale/en.yaml`` is the source. Translations are PO files, of which only those of the languages asked for
are read. See ``locale/README.md``.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any, cast

import yaml

from mapapp.text.direction import isolated
from mapapp.text.locales import SOURCE, cldr, current_language, direction, number_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from babel.plural import PluralRule

Message = str | dict[str, str]  # a text, or one text for each plural form of the language

_FORMS = ("zero", "one", "two", "few", "many", "other")  # in the order of the forms of a PO file
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where libyaml is installed


def catalogue() -> Mapping[str, Message]:
    """Return all messages by key, in the language of the interface.

    A message has one text, or a text for each plural form (CLDR). A message that is not translated, or whose
    source has changed since, is as in the source.
    """
    tag = current_language()
    return _sources() if tag == SOURCE else _translated(tag)


@cache
def _sources() -> dict[str, Message]:
    text = (files("mapapp.text") / "locale" / f"{SOURCE}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Message] = yaml.load(text, _Loader)  # noqa: S506 - one of the two safe ones
    return loaded


@cache
def _translated(tag: str) -> dict[str, Message]:
    with (files("mapapp.text") / "locale" / f"{tag}.po").open("rb") as file:
        return {**_sources(), **translations(file, tag)}


def translations(file: IO[bytes], tag: str) -> dict[str, Message]:
    """Return the messages that a PO file translates, by key; the context of an entry is its key.

    Left out are translations marked as fuzzy or incomplete, and those of another source than today's.
    """
    from babel.messages.pofile import read_po  # noqa: PLC0415 - takes 30 ms, and the source does without it

    found: dict[str, Message] = {}
    for entry in read_po(file, locale=tag):
        own = _sources().get(str(entry.context))
        source = tuple(own.values()) if isinstance(own, dict) else own
        texts = [entry.string] if isinstance(entry.string, str) else [*(entry.string or ())]
        if entry.id and entry.id == source and not entry.fuzzy and all(texts):
            forms = plural_forms(tag)
            found[str(entry.context)] = (
                texts[0] if isinstance(source, str) else dict(zip(forms, texts, strict=True))
            )
    return found


def plural_forms(tag: str) -> tuple[str, ...]:
    """Return CLDR's names of the plural forms of a language, in the order of a PO file."""
    return tuple(form for form in _FORMS if form in {*_plural_rule(tag).tags, "other"})


@cache
def _plural_rule(tag: str) -> PluralRule:
    """Return CLDR's rule for plural forms; only few messages need it, and it takes time to load."""
    return cldr(tag).plural_form


def words(key: str, /, **values: object) -> str:
    """Return a message with ``{names}`` filled in, in the language of the interface. Plain text, not HTML.

    Parameters
    ----------
    key
        A key of `catalogue`.
    **values
        What to fill in; numbers are formatted for the language. If the message has plural forms, the number
        ``n`` chooses one.

    Raises
    ------
    KeyError
        If there is no such message, or a value that it needs is missing.
    """
    return _words(current_language(), key, **values)


@lru_cache(maxsize=16384, typed=True)  # the same places, times and sources are worded in many texts
def _words(_tag: str, key: str, /, **values: object) -> str:
    message = catalogue()[key]
    if isinstance(message, dict):
        form = _plural_rule(current_language())(cast("float", values["n"]))
        message = message.get(form, message["other"])  # the source that stands in has its own forms only
    return message.format(**{name: _filled(value) for name, value in values.items()})


def _filled(value: object) -> object:
    """Return a value as it is filled in. Between words that run from right to left, others are isolated."""
    if isinstance(value, int | float):
        return number_words(value)
    return isolated(value) if direction() == "rtl" and isinstance(value, str) else value


def in_a_row(names: Iterable[str]) -> str:
    """Return names or qualities one after the other, with the comma of the language between them."""
    return words("in-a-row", one="", other="").join(names)
