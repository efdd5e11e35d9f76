"""The words of the screen, the figure and the exports, by key."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from mapapp.data.files import SafeLoader

LANG = "en"  # the screen's own language; names follow the reader's choice


@cache
def catalogue() -> dict[str, str]:
    """Return every word of the screen by key."""
    text = (files("mapapp.text") / "locale" / f"{LANG}.yaml").read_text(encoding="utf-8")
    return {str(key): str(value) for key, value in yaml.load(text, SafeLoader).items()}  # noqa: S506 - safe, and fast


def words(key: str, /, **values: object) -> str:
    """Return the catalogue's words for ``key`` with ``{names}`` filled in. Plain text, not HTML.

    Raises
    ------
    KeyError
        If the catalogue has no such key.
    """
    return catalogue()[key].format(**values)


def kind_words(kind: str) -> str:
    """Word a place's kind; one the catalogue does not know, from another data folder, in its own letters."""
    own = kind.replace("-", " ").capitalize()
    return catalogue().get(f"place-kind-{kind}", own)
