"""Puts extracted text into the form of an article: paragraphs, plain spaces, no invisible characters."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# soft hyphens, zero-width spaces and no-breaks, byte-order marks, controls of the writing direction, tags;
# joiners and direction marks stay: letters and punctuation look different without them
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u2060-\u2064\u2066-\u2069\u202a-\u202e\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SPACE = re.compile(r"[^\S\n]+")
_BREAK = re.compile("\r\n?|[\u0085\u2028]|\v")
_PARAGRAPH = re.compile("\n[^\\S\n]*\n\\s*|[\u2029\f]+")
UNREADABLE = "\ufffd"
STAND_IN = "□"


def paragraphs(blocks: Iterable[str]) -> str:
    """Return blocks of text as paragraphs with an empty line between them.

    Spaces of all kinds become one space each run; invisible characters that only break or disguise words are
    removed. Lines in a block stay lines. What could not be read stands as □.
    """
    return "\n\n".join(filter(None, map(_paragraph, blocks)))


def split(text: str) -> list[str]:
    """Return the paragraphs of a text. Empty lines divide them; without any, each line is one."""
    whole = _BREAK.sub("\n", text)
    blocks = _PARAGRAPH.split(whole)
    return whole.split("\n") if len(list(filter(str.strip, blocks))) == 1 else blocks


def _paragraph(block: str) -> str:
    kept = _INVISIBLE.sub("", _BREAK.sub("\n", block)).replace(UNREADABLE, STAND_IN)
    lines = (_SPACE.sub(" ", "".join(map(_visible, line))).strip() for line in kept.split("\n"))
    return "\n".join(filter(None, lines))


def _visible(char: str) -> str:
    """Return a space for a tab or a separator, nothing for a control, and any other character."""
    if char == "\t":
        return " "
    category = unicodedata.category(char)
    if category in ("Zs", "Zl", "Zp"):
        return " "
    return "" if category in ("Cc", "Cs", "Cn") else char


def one_line(text: str | None) -> str:
    """Return a title or a name on one line; empty for ``None``."""
    return " ".join(paragraphs([text or ""]).split())
