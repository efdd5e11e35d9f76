"""Keeps the direction of each part of a sentence whose parts run in different directions."""

from __future__ import annotations

import unicodedata

_RIGHT_TO_LEFT = ("R", "AL")  # bidirectional classes of letters


def runs_right_to_left(text: str) -> bool:
    """Return whether the first letter of a text that has a direction runs from right to left."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in strong if kind in ("L", *_RIGHT_TO_LEFT)), "L") != "L"


def isolated(text: str) -> str:
    """Return a text in Unicode isolates if any of its letters run from right to left."""
    if any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text):
        return f"\u2068{text}\u2069"
    return text


def turned_round(text: str) -> str:
    """Return a text in Unicode isolates that make it run from right to left, whatever it begins with."""
    return f"\u2067{text}\u2069"
