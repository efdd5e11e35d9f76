"""Makes text safe for table cells: one line, without anything a spreadsheet would execute."""

from __future__ import annotations

import unicodedata

_SPACES = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they reorder text
_NEVER = frozenset({"Cc", "Cs", "Co", "Cn"})  # control, surrogate, private use, unassigned
_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)  # spreadsheets execute cells that begin with these


def clean(text: str) -> str:
    """Return text on one line, without characters that break or disguise the text around them."""
    if text.isprintable():  # holds none of them; most texts end here
        return text
    spaced = "".join(" " if letter in _SPACES else letter for letter in text)
    return "".join(
        letter
        for letter in spaced
        if letter not in _BIDI_CONTROLS and unicodedata.category(letter) not in _NEVER
    )


def neutral(text: str) -> str:
    """Return `clean` text that no spreadsheet executes: formulas are prefixed with an apostrophe."""
    kept = clean(text)
    return f"'{kept}" if kept.lstrip().startswith(_FORMULA) else kept
