"""Writes the pages as PDF.

matplotlib draws everything except plain text lines, which are written here with its PDF backend: matplotlib
lays out every line again and loads each glyph twice, which dominates the run time of a figure with tens of
thousands of characters. Here each pair of letters is laid out once.
"""

from __future__ import annotations

import math
import unicodedata
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from fontTools.subset import Options  # type: ignore[import-untyped]
from matplotlib.backends.backend_pdf import Op, PdfFile, RendererPdf
from matplotlib.font_manager import FontPath
from matplotlib.ft2font import FT2Font, LoadFlags

from mapapp.figure.canvas import POINT, UNJOINED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matplotlib.backend_bases import GraphicsContextBase
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text

    from mapapp.figure.canvas import Sheet

_LAYOUT = ("BASE", "GDEF", "GPOS", "GSUB", "JSTF", "MATH", "kern")  # tables of a font
_EM = 1000  # units of a PDF's font in its size


def written(sheets: Sequence[Sheet], metadata: Mapping[str, Any]) -> bytes:
    """Return the sheets as the pages of a PDF."""
    out = BytesIO()
    with _lean_fonts():
        file = PdfFile(out, metadata=dict(metadata))
        for sheet in sheets:
            wide, high = (side / POINT / 72 for side in (sheet.wide, sheet.high))
            file.newPage(wide, high)
            renderer = _Renderer(file, 72, high, wide)
            sheet.draw(renderer)
            renderer.finalize()
            file.endStream()
        file.finalize()
        file.close()
    return out.getvalue()


class _Renderer(RendererPdf):
    """matplotlib's renderer, which sets plain lines of text pair by pair."""

    def draw_text(  # noqa: PLR0913, PLR0917 - as matplotlib calls it
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: bool | Literal["TeX"] = False,  # noqa: FBT001, FBT002
        mtext: Text | None = None,
    ) -> None:
        """Draw a line of text."""
        path = str(prop.get_file())
        if mtext is None or not _plain(s, path):
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[no-untyped-call]
            return
        self.check_gc(gc, gc.get_rgb())
        file, turn = self.file, math.radians(angle)
        _track_glyphs(file, s, path)
        cos, sin = math.cos(turn), math.sin(turn)
        size = prop.get_size_in_points()
        file.output(Op.begin_text, file.fontName(FontPath(path, 0)), size, Op.selectfont)
        file.output(cos, sin, -sin, cos, x, y, Op.textmatrix)
        file.output(_kerned(s, path), Op.showkern, Op.end_text)


def _track_glyphs(file: PdfFile, text: str, path: str) -> None:
    """Register the characters of a text with the PDF file, so that their glyphs are embedded."""
    font, tracker = _font(path), file._character_tracker  # noqa: SLF001 - there is no public way
    tracked = tracker.used.get(FontPath(path, 0), [{}])[0]
    for char in text:
        if ord(char) not in tracked:
            tracker.track_glyph(font, char, font.get_char_index(ord(char)))


def _kerned(text: str, path: str) -> list[bytes | float]:
    """Return the parts of a text with the kerning between them, in thousandths of the font size."""
    parts: list[bytes | float] = []
    start = 0
    for at in range(1, len(text)):
        kern = _kern(text[at - 1 : at + 1], path)
        if kern:
            parts += [text[start:at].encode("utf-16-be"), kern]
            start = at
    return [*parts, text[start:].encode("utf-16-be")]


@cache
def _kern(pair: str, path: str) -> float:
    """Return the kerning of two letters."""
    items = _font(path)._layout(pair, LoadFlags.NO_HINTING, features=UNJOINED)  # noqa: SLF001 - as the library's own renderers do
    return -round(items[1].prev_kern)


@cache
def _font(path: str) -> FT2Font:
    font = FT2Font(path)
    font.set_size(_EM, 72)
    return font


@cache
def _plain(text: str, path: str) -> bool:
    """Return whether a text needs no shaping and the font has all its characters."""
    known = _letters(path)
    return all(ord(char) in known and not unicodedata.combining(char) for char in set(text))


@cache
def _letters(path: str) -> frozenset[int]:
    """Return the characters of a font with a code of at most 16 bits."""
    return frozenset(char for char in _font(path).get_charmap() if char <= 0xFFFF)  # noqa: PLR2004


@contextmanager
def _lean_fonts() -> Iterator[None]:
    """Drop layout tables from embedded fonts: the text is already laid out, and subsetting them is slow."""
    original = Options._drop_tables_default  # noqa: SLF001 - matplotlib passes no such choice on
    Options._drop_tables_default = [*original, *_LAYOUT]  # noqa: SLF001
    try:
        yield
    finally:
        Options._drop_tables_default = original  # noqa: SLF001
