"""Reads the address of the view from a figure that somebody brings back."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "mapapp-view"  # metadata key of the view's address
PREFIX = f"{KEY}: "  # what comes before it in metadata that has no keys
PNG = b"\x89PNG\r\n\x1a\n"
_STRETCH = 1 << 18  # bytes searched at either end of a file, and the longest text read
_ATTRIBUTE = f"data-{KEY}".encode()
_ENTRIES = 16  # most entries of keywords to read in a stretch of a PDF
_CHUNKS = 10_000  # most chunks of a PNG to read; ours have a few hundred
_SIGNS = re.compile(rb"\\.|[()]", re.DOTALL)  # brackets, and what is escaped
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_DIGITS = re.compile(rb"([0-9A-Fa-f]*+)>")
_PDF_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"} | dict.fromkeys(
    (b"\n", b"\r", b"\r\n"), b""
)


def read_view(data: bytes) -> str | None:
    """Return the address of the view in an exported SVG, PDF or PNG; ``None`` if there is none.

    ``data`` may be any file. It is searched as bytes, never executed or decompressed, and only in part: the
    text chunks of a PNG, or the first and last `_STRETCH` bytes of any other file.
    """
    if data.startswith(PNG):
        return next((text for key, text in _png_texts(data) if key == KEY), None)
    texts = _pdf_keywords if data.startswith(b"%PDF") else _svg_identifiers
    found = (text for stretch in _ends(data) for text in texts(stretch))
    return next((text.removeprefix(PREFIX) for text in found if text.startswith(PREFIX)), None)


def _ends(data: bytes) -> Iterator[bytes]:
    """Give the first and the last stretch of a file; a PDF's keywords stand near its end."""
    yield data[:_STRETCH]
    if len(data) > _STRETCH:
        yield data[-_STRETCH:]


def _svg_identifiers(data: bytes) -> Iterator[str]:
    for found in re.finditer(rb"<dc:identifier>([^<]*)</dc:identifier>", data):
        yield unescape(found[1].decode("utf-8", "replace"))
    # programs that tidy up an SVG take its metadata away, but keep this
    for found in re.finditer(_ATTRIBUTE + rb"=(?:\"([^\"<]*)\"|'([^'<]*)')", data):
        yield PREFIX + unescape((found[1] or found[2] or b"").decode("utf-8", "replace"))


def _png_texts(data: bytes) -> Iterator[tuple[str, str]]:
    at = len(PNG)
    for _ in range(_CHUNKS):
        if at + 12 > len(data):
            return
        length = int.from_bytes(data[at : at + 4])
        kind = data[at + 4 : at + 8]
        if kind in {b"tEXt", b"iTXt"}:
            key, _, rest = data[at + 8 : at + 8 + min(length, _STRETCH)].partition(b"\0")
            if kind == b"tEXt":
                yield key.decode("latin-1"), rest.decode("latin-1")
            elif rest[:2] == b"\0\0":  # not compressed
                yield key.decode("latin-1"), rest[2:].split(b"\0", 2)[-1].decode("utf-8", "replace")
        at += 12 + length


def _pdf_keywords(data: bytes) -> Iterator[str]:
    """Give the keywords in a PDF: a literal string, with brackets in pairs, or hexadecimal digits."""
    for found in islice(re.finditer(rb"/Keywords\s*+([(<])", data), _ENTRIES):
        raw = _literal(data, found.end()) if found[1] == b"(" else _hexadecimal(data, found.end())
        yield raw.decode("utf-16", "replace") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")


def _literal(data: bytes, start: int) -> bytes:
    """Return a literal string; empty if it does not end."""
    depth = 1
    for sign in _SIGNS.finditer(data, start):
        depth += {b"(": 1, b")": -1}.get(sign[0], 0)
        if not depth:
            return _ESCAPE.sub(_unescaped, data[start : sign.start()])
    return b""


def _hexadecimal(data: bytes, start: int) -> bytes:
    """Return a string of hexadecimal digits; empty if it is none."""
    found = _DIGITS.match(data, start)
    return bytes.fromhex(found[1].decode() + "0" * (len(found[1]) % 2)) if found else b""


def _unescaped(found: re.Match[bytes]) -> bytes:
    """Return the characters that a PDF escape sequence stands for; an unknown backslash is dropped."""
    code = found[1]
    if code[:1] in b"01234567":
        return bytes([int(code, 8) % 256])
    return _PDF_ESCAPES.get(code, code)
