"""Offsets in a text as a browser counts them."""

from __future__ import annotations


def browser_offset(text: str, offset: int) -> int:
    """Return an offset in characters in UTF-16 code units: an emoji is two of them in JavaScript."""
    return len(text[:offset].encode("utf-16-le")) // 2
