"""Keeps the direction of each part of a sentence whose parts run in different directions."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from mapapp.text.locales import direction

_ISOLATES = ("\u2066", "\u2067", "\u2068")  # signs that begin one
_RIGHT_TO_LEFT = ("R", "AL")  # bidirectional classes of letters
_LEADING = {"LRI": "L", "RLI": "R"}  # directions of a text that begins with one of these isolates


def runs_right_to_left(text: str) -> bool:
    """Return whether the first letter of a text that has a direction runs from right to left.

    A text that begins with an isolate of one direction has that. A text without letters runs from right
    to left if it has digits that stand among letters from right to left.
    """
    kinds = [unicodedata.bidirectional(char) for char in text]
    kinds[:1] = [_LEADING.get(kind, kind) for kind in kinds[:1]]
    otherwise = "R" if "AN" in kinds else "L"
    return next((kind for kind in kinds if kind in ("L", *_RIGHT_TO_LEFT)), otherwise) != "L"


def has_right_to_left(text: str) -> bool:
    """Return whether any letter of a text runs from right to left."""
    return any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text)


def isolated(text: str) -> str:
    """Return a text in Unicode isolates if any of its letters run against the direction of the language."""
    return _isolated(text, ("L",) if direction() == "rtl" else _RIGHT_TO_LEFT)


@lru_cache(maxsize=4096)  # the same names stand in many texts
def _isolated(text: str, against: tuple[str, ...]) -> str:
    done = text[:1] in _ISOLATES and text.endswith("\u2069") and text.count("\u2069") == 1
    if not done and any(unicodedata.bidirectional(char) in against for char in text):
        return f"\u2068{text}\u2069"
    return text


def turned_round(text: str) -> str:
    """Return a text in Unicode isolates that make it run from right to left, whatever it begins with."""
    return f"\u2067{text}\u2069"
