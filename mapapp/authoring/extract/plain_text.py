"""Reads text files, whatever their encoding, or refuses those whose encoding is not certain."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from mapapp.authoring.extract.extracted import Extracted, ExtractError
from mapapp.authoring.extract.paragraphs import paragraphs, split

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKS = (  # the longest first: that of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOST_CHAOS = 0.1  # share of unlikely letters in a reading that is still believed
_IN_USE = (  # the encodings that browsers know
    *(f"cp125{number}" for number in range(9)),
    *(f"iso8859_{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    *("cp874", "koi8_r", "koi8_u", "gb18030", "big5", "euc_jp", "iso2022_jp", "shift_jis", "euc_kr"),
)
_MUCH_CHAOS = 0.05  # more than another reading: a reading that is not believed
_LESS_COHERENCE = 0.2  # less than that reading's, of how often letters stand in a language: the same
_MOST_NAMES = 3  # of encodings that a message lists
_LONGEST_WORD = 20  # characters: there are more spaces than one in so many
_LEAST_PLAIN = 0.9  # of the characters are letters, digits and common marks, at least
_ENOUGH = 200  # bytes; the encoding of less cannot be told


def read_plain_text(data: bytes) -> Extracted:
    """Return the paragraphs of a text file.

    Raises
    ------
    ExtractError
        If its encoding is not certain.
    """
    text, remark = decode(data)
    return Extracted(paragraphs(split(text)), remarks=(remark,) if remark else ())


def decode(data: bytes, named: Iterable[str] = ()) -> tuple[str, str]:
    """Return bytes as text, and a sentence on their encoding if that was guessed.

    Parameters
    ----------
    named
        Encodings that the document itself names; what is UTF-8 is read so all the same, as no other text is
        by chance.

    Raises
    ------
    ExtractError
        If no encoding is certain.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding), ""
    for encoding in (*named, "utf-8") if data.isascii() else ("utf-8", *named):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return text, ""
    if b"\0" in data:
        if text := _without_mark(data):
            return text, "The file has no byte-order mark; it was read as UTF-16."
        raise ExtractError("the file is not text; save it as UTF-8 text")
    return _guessed(data)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        got = f"byte {error.start}"
        raise ExtractError(
            f"the file is not the {encoding} text that it begins as (got {got}); save it as UTF-8"
        ) from None


def _without_mark(data: bytes) -> str:
    """Return bytes as UTF-16 without its byte-order mark; empty if they are not that."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        plain = sum(char.isalnum() or char in " \t\r\n.,;:!?-()" for char in text)
        if text.count(" ") * _LONGEST_WORD > len(text) and plain > _LEAST_PLAIN * len(text):
            return text
    return ""


def _guessed(data: bytes) -> tuple[str, str]:
    """Return bytes in the one encoding that their letters fit."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to load

    readings = [*from_bytes(data, cp_isolation=[*_IN_USE])] if len(data) >= _ENOUGH else []
    likely = [
        one
        for one in readings
        if one.chaos <= readings[0].chaos + _MUCH_CHAOS
        and one.coherence >= readings[0].coherence - _LESS_COHERENCE
    ]
    if not likely or likely[0].chaos > _MOST_CHAOS:
        raise ExtractError("the encoding of the file is unknown; save it as UTF-8")
    if len({str(one) for one in likely}) > 1:
        names = " or ".join(sorted({one.encoding for one in likely})[:_MOST_NAMES])
        raise ExtractError(f"the encoding of the file is not certain (got {names}); save it as UTF-8")
    return str(likely[0]), f"The file does not say its encoding; it was read as {likely[0].encoding}."
