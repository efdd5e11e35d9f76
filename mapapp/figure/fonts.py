"""Measures and outlines text by shaping it with the fonts themselves, so what is measured is what is set."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import uharfbuzz as hb

from mapapp import typeface
from mapapp.figure.bidi import ISOLATES, visual_runs
from mapapp.text.direction import runs_right_to_left
from mapapp.typeface import ARABIC, FILES, FOLDERS, LATIN

if TYPE_CHECKING:
    from pathlib import Path

REGULAR, BOLD = 400, 600
POINT = 25.4 / 72  # millimetres in a typographic point
_LATIN, _ARABIC, _ARABIC_BOLD = (file.path for file in FILES)
_TEXTS = 4096  # kept; a figure has under a thousand, and each view brings some of its own
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")

__all__ = ["ARABIC", "BOLD", "FOLDERS", "LATIN", "POINT", "REGULAR"]


def file_of(family: str, weight: int) -> Path:
    """Return the file of a family at a weight."""
    if family == LATIN:
        return _LATIN
    return _ARABIC_BOLD if weight == BOLD else _ARABIC


@cache
def _font(family: str, weight: int) -> hb.Font:
    font = hb.Font(typeface.face(file_of(family, weight)))
    if family == LATIN:
        font.set_variations({"wght": weight})
    return font


@cache
def _letters(family: str) -> frozenset[int]:
    return typeface.letters_of(file_of(family, REGULAR))


def family_of(text: str) -> str:
    """Return the family that a text is set in: another one if it has letters from right to left."""
    return ARABIC if _RIGHT_TO_LEFT.search(text) else LATIN


@lru_cache(maxsize=_TEXTS)
def clean(text: str) -> str:
    """Replace characters that the fonts lack, and control characters, by U+FFFD; spaces become one each."""
    text = re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
    if text.isascii() and text.isprintable():
        return text
    known = _letters(LATIN) | _letters(ARABIC)
    return "".join(
        char if (ord(char) in known and unicodedata.category(char) != "Cc") or char in ISOLATES else "\ufffd"
        for char in text
    )


def drawable(text: str) -> bool:
    """Return whether the fonts have every character of a text."""
    return clean(text).count("\ufffd") == text.count("\ufffd")


@lru_cache(maxsize=_TEXTS)
def _shaped(text: str, weight: int) -> tuple[tuple[int, ...], tuple[tuple[int, int, int], ...], int]:
    """Return a shaped text in visual order: glyphs, their (x, y, advance) in font units, and units per em."""
    font = _font(family_of(text), weight)
    glyphs: list[int] = []
    places: list[tuple[int, int, int]] = []
    for run in visual_runs(text, rtl=runs_right_to_left(text)):
        buffer = hb.Buffer()
        buffer.add_str(run.text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if run.rtl else "ltr"
        hb.shape(font, buffer)
        glyphs += [info.codepoint for info in buffer.glyph_infos]
        places += [(at.x_offset, at.y_offset, at.x_advance) for at in buffer.glyph_positions]
    return tuple(glyphs), tuple(places), font.face.upem


def width(text: str, size: float, weight: int = REGULAR) -> float:
    """Return the width of a line of text in millimetres; ``size`` is in points."""
    _, places, em = _shaped(clean(text), weight)
    return sum(advance for *_, advance in places) / em * size * POINT


@lru_cache(maxsize=_TEXTS)
def outline(text: str, weight: int = REGULAR) -> tuple[str, float]:
    """Return a line of text as SVG path data, and the font units per em; y points up from the baseline."""
    glyphs, places, em = _shaped(clean(text), weight)
    font = _font(family_of(text), weight)
    pen = 0
    parts: list[str] = []
    for glyph, (x, y, advance) in zip(glyphs, places, strict=True):
        parts.append(_moved(font, glyph, pen + x, y))
        pen += advance
    return "".join(parts), em


def _moved(font: hb.Font, glyph: int, x: float, y: float) -> str:
    """Return the outline of a glyph as path data, moved by ``x`` and ``y`` font units."""
    data: list[str] = []

    def at(*numbers: float) -> str:
        return " ".join(f"{number + (y if odd % 2 else x):g}" for odd, number in enumerate(numbers))

    draw = hb.DrawFuncs()
    draw.set_move_to_func(lambda a, b, _: data.append(f"M{at(a, b)}"))
    draw.set_line_to_func(lambda a, b, _: data.append(f"L{at(a, b)}"))
    draw.set_quadratic_to_func(lambda a, b, c, d, _: data.append(f"Q{at(a, b, c, d)}"))
    draw.set_cubic_to_func(lambda a, b, c, d, e, f, _: data.append(f"C{at(a, b, c, d, e, f)}"))
    draw.set_close_path_func(lambda _: data.append("Z"))
    font.draw_glyph(glyph, draw)
    return "".join(data)
