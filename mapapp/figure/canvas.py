"""Text, lines and areas on a sheet of paper, in millimetres. Only this module draws with matplotlib.

The sheet's origin is its lower left corner. Later drawing covers earlier drawing. Arabic is passed in logical
order; matplotlib shapes and reorders it, and text in a PDF stays searchable. Some PDF viewers reverse the two
letters of the ligature lam-alef.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path as File
from typing import TYPE_CHECKING, Any, Literal

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from mapapp.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.backend_bases import RendererBase
    from shapely.geometry.base import BaseGeometry

INCH = 25.4  # millimetres
POINT = INCH / 72  # millimetres in a typographic point
LEADING = {
    False: 1.24,
    True: 1.17,
}  # line height in multiples of the font size, by whether the font has serifs
SMALLEST = 7.0  # points; nothing is set smaller
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufefc]")
_ISOLATED = re.compile("([\u2067\u2068])([^\u2067-\u2069]*)\u2069")
UNJOINED = ("-liga",)  # no ligatures, so that text is as wide as measured and can be searched
_EM = 100  # size at which text is measured


@dataclass(frozen=True)
class Look:
    """How text is set: ``size`` in points, ``color`` a name of the palette; ``serif`` for running text.

    ``lang`` is the language of the text if it is not that of the figure.
    """

    size: float = SMALLEST
    bold: bool = False
    color: str = "ink"
    serif: bool = False
    lang: str = ""

    @property
    def line(self) -> float:
        """Height of a line in millimetres."""
        return self.size * LEADING[self.serif] * POINT


Run = tuple[str, Look]
Piece = tuple[str, Look, float]  # of a line: text, look, gap before it in millimetres
Line = list[Piece]
# The fonts come with matplotlib, so that every machine draws alike. Only the first has every script.
_FACES = {
    (False, False): ("DejaVu Sans", "DejaVuSans.ttf"),
    (False, True): ("DejaVu Sans", "DejaVuSans-Bold.ttf"),
    (True, False): ("STIXGeneral", "STIXGeneral.ttf"),
    (True, True): ("STIXGeneral", "STIXGeneralBol.ttf"),
}


@cache
def _font(face: str) -> tuple[FT2Font, frozenset[int]]:
    font = FT2Font(str(_file(face)))
    font.set_size(_EM, 72)
    return font, frozenset(font.get_charmap())


def _file(face: str) -> File:
    return File(mpl.get_data_path(), "fonts", "ttf", face)


@cache
def clean(text: str) -> str:
    """Replace characters that no bundled font has, and control characters, by U+FFFD."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    _, known = _font(_FACES[False, False][1])
    text = re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
    return "".join(char if ord(char) in known else "\ufffd" for char in text)


def drawable(text: str) -> bool:
    """Return whether the bundled fonts have every character of a text."""
    return clean(text).count("\ufffd") == text.count("\ufffd")


def directed(text: str) -> str:
    """Return a text that keeps its direction inside a line: isolated if it runs from right to left."""
    strong = (unicodedata.bidirectional(char) for char in text)
    first = next((kind for kind in strong if kind in ("L", "R", "AL")), "L")
    return text if first == "L" else f"\u2067{text}\u2069"


@cache
def _face(text: str, *, serif: bool, bold: bool) -> tuple[str, str]:
    """Return family and file of the font for a clean text: the one asked for, if it has all letters."""
    if serif and not text.isascii() and not {ord(char) for char in text} <= _font(_FACES[serif, bold][1])[1]:
        serif = False
    return _FACES[serif, bold]


@cache
def _advance(char: str, face: str) -> float:
    """Return the advance width of a letter, in multiples of the font size."""
    font, _ = _font(face)
    return float(font.load_char(ord(char), flags=LoadFlags.NO_SCALE).horiAdvance) / font.units_per_EM


@cache
def _em_width(text: str, face: str) -> float:
    """Return the width of a text in multiples of the font size; letters that join are measured together."""
    if not _RIGHT_TO_LEFT.search(text):
        return sum(_advance(char, face) for char in text)
    font, _ = _font(face)
    font.set_text(text, 0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64 / _EM + 0.1


def joins(text: str) -> bool:
    """Return whether a text has letters that join and run from right to left."""
    return bool(_RIGHT_TO_LEFT.search(text))


def width(text: str, look: Look) -> float:
    """Return how wide a text is, in millimetres."""
    text = clean(text)
    if not text:
        return 0.0
    return _em_width(text, _face(text, serif=look.serif, bold=look.bold)[1]) * look.size * POINT


def _space(look: Look) -> float:
    return _em_width(" ", _FACES[look.serif, look.bold][1]) * look.size * POINT


@dataclass(frozen=True)
class _Word:
    """A word to set; ``turned`` if it runs from right to left, ``glued`` if no space comes before it."""

    text: str
    turned: bool
    glued: bool


def wrap(runs: Iterable[Run], room: float) -> list[Line]:
    """Break runs of text into lines of at most ``room`` millimetres; a word longer than that is cut.

    Lines run from left to right. Right-to-left words, with the numbers and punctuation between them, form one
    piece, as in the Unicode bidirectional algorithm; so does everything between U+2067 and U+2069. A name
    between isolates (U+2068, U+2069) that contains Arabic is kept on one line if it fits.
    """
    lines: list[list[tuple[Piece, bool]]] = [[]]
    used = 0.0
    for text, look in runs:
        for word in _cut(_words(text), look, room):
            _, face = _face(word.text, serif=look.serif, bold=look.bold)
            plain = word.turned or face != _FACES[True, look.bold][1]
            own = replace(look, serif=False) if look.serif and plain else look
            gap = 0.0 if word.glued else _space(own)
            wide = width(word.text, own)
            if lines[-1] and used + gap + wide > room and not word.glued:
                lines.append([])
            if not lines[-1]:
                lines[-1].append(((word.text, own, 0.0), word.turned))
                used = wide
                continue
            (last, same, before), turned = lines[-1][-1]
            if same == own and turned == word.turned:
                space = "" if word.glued else " "
                lines[-1][-1] = (f"{last}{space}{word.text}", own, before), turned
            else:
                lines[-1].append(((word.text, own, gap), word.turned))
            used += gap + wide
    return [[_turned(piece) if turned else piece for piece, turned in line] for line in lines if line]


def _turned(piece: Piece) -> Piece:
    """Return a piece that is laid out from right to left, whatever it begins with."""
    text, look, gap = piece
    return (text if directed(text) != text else f"\u200f{text}"), look, gap


def _words(text: str) -> Iterable[_Word]:
    """Yield the words of a text; a stop after an Arabic word that is not isolated is a word of its own."""
    spaced = True
    parts = _ISOLATED.split(text)
    for at in range(0, len(parts), 3):
        for word in _plain_words(parts[at], spaced=spaced):
            yield word
            spaced = False
        spaced = parts[at][-1:] in (" ", "\t", "\r", "\n") or (spaced and not parts[at])
        for sign, part in [parts[at + 1 : at + 3]] if at + 1 < len(parts) else []:
            turned = sign == "\u2067" or bool(_RIGHT_TO_LEFT.search(part))
            whole = sign == "\u2068" and turned
            for number, word in enumerate([part] if whole else part.split()):
                yield _Word(clean(word), turned, glued=not spaced and not number)
            spaced = False


def _plain_words(text: str, *, spaced: bool) -> Iterable[_Word]:
    """Yield the words of a text that are not isolated, ``spaced`` if the first is."""
    given = re.split(r"[ \t\r\n]+", text)
    words = [clean(word) for word in given]
    upto = -1  # the last word that belongs to a stretch from right to left
    for at, word in enumerate(words):
        spaced = spaced or at > 0
        if not word:
            continue
        if _RIGHT_TO_LEFT.search(word):
            upto = _stretch(words, at)
        if at > upto:
            yield _Word(word, turned=False, glued=not spaced)
        else:
            core = word.rstrip(",;:.") if at == upto else word
            if core:
                yield _Word(core, turned=True, glued=not spaced)
            if core != word:  # punctuation of the sentence around it
                yield _Word(word[len(core) :], turned=False, glued=bool(core) or not spaced)
        spaced = False


def _stretch(words: Sequence[str], start: int) -> int:
    """Return the last word of a run from right to left; numbers in it and after it belong to it."""
    last = start
    for at in range(start + 1, len(words)):
        kinds = {unicodedata.bidirectional(char) for char in words[at]}
        if "L" in kinds and not kinds & {"R", "AL"}:
            break
        if kinds & {"R", "AL", "EN", "AN"}:
            last = at
    return last


def _cut(words: Iterable[_Word], look: Look, room: float) -> Iterable[_Word]:
    """Yield words, splitting those that are too long."""
    for word in words:
        if " " in word.text and width(word.text, look) > room:  # a name too long for a line
            whole = (replace(word, text=part, glued=False) for part in word.text.split(" "))
            yield from _cut(whole, look, room)
            continue
        rest = word.text
        while width(rest, look) > room:
            lengths = range(1, len(rest))
            fitting = max(1, bisect_right(lengths, room, key=lambda n: width(rest[:n], look)))
            ends = [n for n in range(fitting // 2 + 1, fitting + 1) if rest[n - 1] in "/-_.?&=,;"]
            short = ends[-1] if ends else fitting  # break addresses after a separator if possible
            yield _Word(rest[:short], word.turned, glued=False)
            rest = rest[short:]
        yield _Word(rest, word.turned, word.glued and rest == word.text)


def broken(text: str, look: Look, room: float) -> list[str]:
    """Break a name into lines of at most ``room`` millimetres, at spaces; it keeps its own direction."""
    lines: list[str] = []
    for word in clean(text).split():
        if lines and width(f"{lines[-1]} {word}", look) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@dataclass(frozen=True)
class Letters:
    """One line of text: the start of its baseline in millimetres, and its rotation ``turn`` in degrees."""

    x: float
    y: float
    text: str
    font: FontProperties
    color: str
    turn: float
    lang: str = ""

    @property
    def joined(self) -> bool:
        """Whether its letters join, so that they must be laid out together."""
        return joins(self.text)

    def draw(self, renderer: RendererBase, to_page: Affine2D, *, features: bool) -> None:
        """Draw the line, without ligatures if the renderer supports font ``features``."""
        x, y = to_page.transform((self.x, self.y))
        gc = renderer.new_gc()
        gc.set_foreground(LIGHT[self.color])
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        features_of_text = _features() if features and not self.joined else None
        renderer.draw_text(gc, x, y, self.text, self.font, self.turn, mtext=features_of_text)
        gc.restore()


@cache
def _features() -> Text:
    """Return a text whose font features turn ligatures off."""
    return Text(fontfeatures=UNJOINED)


@dataclass(frozen=True)
class Shape:
    """A path in millimetres: ``fill`` and ``edge`` are colours of the palette, ``width`` in points."""

    path: Path
    fill: str | None = None
    edge: str | None = None
    width: float = 0
    dash: str | None = None
    alpha: float = 1

    def draw(self, renderer: RendererBase, to_page: Affine2D, *, features: bool) -> None:  # noqa: ARG002 - as text
        """Draw the path."""
        gc = renderer.new_gc()
        # without an edge: zero width and a transparent colour
        gc.set_foreground(to_rgba(LIGHT[self.edge], self.alpha) if self.edge else (0, 0, 0, 0), isRGBA=True)
        gc.set_linewidth(self.width if self.edge else 0)
        if self.dash:
            gc.set_dashes(0, [float(part) * self.width for part in self.dash.split()])
        gc.set_joinstyle("round")
        gc.set_capstyle("butt")
        fill = to_rgba(LIGHT[self.fill], self.alpha) if self.fill else None
        renderer.draw_path(gc, self.path, to_page, fill)
        gc.restore()


class Sheet:
    """A page to draw on; ``ink`` holds what was drawn, in drawing order."""

    def __init__(self, wide: float, high: float) -> None:
        self.wide, self.high = wide, high
        self.ink: list[Letters | Shape] = []
        self.area(shapely.box(0, 0, wide, high), "paper")

    def draw(self, renderer: RendererBase, *, features: bool = True) -> None:
        """Draw the page with one of matplotlib's renderers.

        Only the PDF and PNG renderers support font ``features``. The SVG renderer must not get any, because
        it then misplaces text.

        No matplotlib artists are used: importing axes and plots takes longer than drawing the page.
        """
        to_page = Affine2D().scale(renderer.get_canvas_width_height()[0] / self.wide)
        for ink in self.ink:
            ink.draw(renderer, to_page, features=features)

    def text(  # noqa: PLR0913 - where, what and how
        self,
        x: float,
        y: float,
        text: str,
        look: Look,
        *,
        align: Literal["left", "center", "right"] = "left",
        turn: float = 0,
        halo: float = 0,
    ) -> None:
        """Set one line with its baseline at ``y``; ``halo`` is the width in points of a paper outline."""
        text = clean(text)
        if not text:
            return
        font = _properties(_face(text, serif=look.serif, bold=look.bold), look)
        back = {"left": 0, "center": 0.5, "right": 1}[align] * width(text, look)
        x, y = x - back * math.cos(math.radians(turn)), y - back * math.sin(math.radians(turn))
        if halo:
            shape = TextPath((0, 0), text, size=look.size, prop=font)
            move = Affine2D().scale(POINT).translate(x, y)
            self._add(Shape(move.transform_path(shape), edge="halo", width=halo, fill="halo", alpha=0.85))
        self.ink.append(Letters(x, y, text, font, look.color, turn, look.lang))

    def lines_of(self, x: float, top: float, lines: Sequence[Line]) -> float:
        """Set lines downwards from ``top``; return where the next would start."""
        for line in lines:
            first = line[0][1]
            at = x
            for text, look, gap in line:
                self.text(at + gap, top - 0.98 * first.size * POINT, text, look)
                at += gap + width(text, look)
            top -= first.line
        return top

    def area(self, shape: BaseGeometry, fill: str, alpha: float = 1) -> None:
        """Fill an area."""
        self._add(Shape(path_of(shape), fill=fill, alpha=alpha))

    def stroke(
        self, shape: BaseGeometry, color: str, width: float, dash: str | None = None, alpha: float = 1
    ) -> None:
        """Draw a line ``width`` points wide; ``dash`` is an SVG dash array in widths of the line."""
        self._add(Shape(path_of(shape), edge=color, width=width, dash=dash, alpha=alpha))

    def path(self, path: Path, fill: str) -> None:
        """Fill a path given in millimetres."""
        self._add(Shape(path, fill=fill))

    def _add(self, shape: Shape) -> None:
        if np.size(shape.path.vertices):
            self.ink.append(shape)


@cache
def _properties(face: tuple[str, str], look: Look) -> FontProperties:
    family, file = face
    weight = "bold" if look.bold else "normal"
    return FontProperties(family=[family], fname=str(_file(file)), weight=weight, size=look.size)


def path_of(shape: BaseGeometry) -> Path:
    """Return a shape as one path: rings closed, lines open, points left out."""
    points: list[np.ndarray] = []
    codes: list[np.ndarray] = []
    for part in _parts(shape):
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for ring in rings:
            coords = np.asarray(ring.coords)[:, :2]
            code = np.full(len(coords), Path.LINETO, dtype=np.uint8)
            code[0] = Path.MOVETO
            if part.geom_type == "Polygon":
                code[-1] = Path.CLOSEPOLY
            points.append(coords)
            codes.append(code)
    if not points:
        return Path(np.empty((0, 2)))
    return Path(np.concatenate(points), np.concatenate(codes))


def _parts(shape: Any) -> Iterable[Any]:  # noqa: ANN401 - shapely types what all shapes share
    if shape.is_empty:
        return
    if shape.geom_type in ("Polygon", "LineString", "LinearRing"):
        yield shape
    for part in getattr(shape, "geoms", ()):
        yield from _parts(part)
