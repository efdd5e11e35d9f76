"""The text of the user interface, figures and exports, by key."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

import yaml
from babel import Locale

if TYPE_CHECKING:
    from babel.plural import PluralRule

LANG = "en"  # language of the interface; place names have a setting of their own
INTERFACE_LANGUAGES = (LANG,)  # those with a catalogue

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where libyaml is installed


@cache
def catalogue() -> dict[str, str | dict[str, str]]:
    """Return all messages by key: a text, or one text for each plural form of the language (CLDR)."""
    text = (files("mapapp.text") / "locale" / f"{LANG}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str | dict[str, str]] = yaml.load(text, _Loader)  # noqa: S506 - one of the two safe ones
    return loaded


@cache
def _plural_rule() -> PluralRule:
    """Return CLDR's rule for plural forms; only few messages need it, and it takes time to load."""
    return Locale.parse(LANG).plural_form


def words(key: str, /, **values: object) -> str:
    """Return a message with ``{names}`` filled in. Plain text, not HTML.

    Parameters
    ----------
    key
        A key of `catalogue`.
    **values
        What to fill in. If the message has plural forms, the number ``n`` chooses one.

    Raises
    ------
    KeyError
        If there is no such message, or a value that it needs is missing.
    """
    message = catalogue()[key]
    if isinstance(message, dict):
        message = message[_plural_rule()(cast("int", values["n"]))]
    return message.format(**values)
