"""Text for the cells of a table that others open: one line, and nothing a spreadsheet would run."""

from __future__ import annotations

import unicodedata

_SPACES = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they reorder what follows
_NEVER = frozenset({"Cc", "Cs", "Co", "Cn"})  # controls, surrogates, private and unassigned
_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)  # a spreadsheet runs cells that begin so


def clean(text: str) -> str:
    """Return ``text`` as one line without the characters that break or disguise what is around them."""
    spaced = "".join(" " if letter in _SPACES else letter for letter in text)
    return "".join(
        letter for letter in spaced if letter not in _TURNING and unicodedata.category(letter) not in _NEVER
    )


def neutral(text: str) -> str:
    """Return ``text`` so that no spreadsheet runs it: what would be a formula begins with an apostrophe."""
    kept = clean(text)
    return f"'{kept}" if kept.lstrip().startswith(_FORMULA) else kept
