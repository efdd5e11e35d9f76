"""Reads the logo for a figure."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from mapapp.errors import short_repr
from mapapp.figure.figure_errors import FigureError
from mapapp.figure.read_view import PNG

if TYPE_CHECKING:
    import os

_LARGEST = 2_000_000  # bytes
_WIDEST = 8000  # pixels


def read_logo(path: str | os.PathLike[str]) -> bytes:
    """Return the content of an SVG or PNG file of at most 2 MB.

    Raises
    ------
    FigureError
        If the file cannot be read, is larger, or is neither SVG nor PNG.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - a path may be anything that opens
            content = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise FigureError(f"logo: cannot read the file (got {short_repr(str(path))}: {reason})") from None
    if len(content) > _LARGEST:
        raise FigureError(f"logo: larger than 2 MB (got {short_repr(str(path))}); use a smaller file")
    if content.startswith(PNG):
        wide, high = struct.unpack(">II", content[16:24].ljust(8, b"\0"))
        if not (0 < wide <= _WIDEST and 0 < high <= _WIDEST):
            raise FigureError(f"logo: not a PNG of 1 to {_WIDEST} pixels (got {short_repr(str(path))})")
    elif not _is_svg(content):
        raise FigureError(f"logo: neither SVG nor PNG (got {short_repr(str(path))}); use one of these")
    return content


def _is_svg(content: bytes) -> bool:
    """Return whether a file seems to be an SVG without entities of its own."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return "<svg" in text and "<!ENTITY" not in text


def logo_data(logo: bytes) -> dict[str, Any]:
    """Return a logo for `page.typ`: an SVG as text, a PNG as the numbers of its bytes."""
    if logo.startswith(PNG):
        return {"data": list(logo), "format": "png"}
    return {"data": logo.decode(), "format": "svg"}
