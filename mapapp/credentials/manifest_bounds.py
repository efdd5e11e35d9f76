"""Checks that what a signature leaves out of its hash is the manifest, and nothing that is drawn.

A signature cannot cover the bytes it is written in, so that the hash of the file leaves out one stretch. Its
place and length are signed, but not all that stands in it: a shorter manifest would leave room for something
else to be drawn. The C2PA library looks for that, too; this check does not depend on it.
"""

from __future__ import annotations

import zlib
from base64 import b64decode
from binascii import Error

_CHUNK = 12  # bytes of a chunk of a PNG beside its content


def is_manifest(data: bytes, form: str, start: int, length: int) -> bool:
    """Return whether a stretch of a file is one whole manifest, in the place the format has for it.

    Parameters
    ----------
    form
        ``"svg"``, ``"png"`` or ``"pdf"``.
    start, length
        The stretch, in bytes.
    """
    if start < 0 or length <= 0 or start + length > len(data):
        return False
    part, before, after = data[start : start + length], data[:start], data[start + length :]
    if form == "png":
        whole = int.from_bytes(part[:4]) + _CHUNK == length and part[4:8] == b"caBX"
        return whole and zlib.crc32(part[4:-4]) == int.from_bytes(part[-4:]) and _is_superbox(part[8:-4])
    if form == "svg":
        try:
            content = b64decode(part, validate=True)
        except Error:
            return False
        framed = before.endswith(b"<c2pa:manifest>") and after.startswith(b"</c2pa:manifest>")
        return framed and _is_superbox(content)
    return before.endswith(b"stream\n") and after.startswith(b"\nendstream") and _is_superbox(part)


def _is_superbox(content: bytes) -> bool:
    return int.from_bytes(content[:4]) == len(content) and content[4:8] == b"jumb"
