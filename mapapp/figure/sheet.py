"""A drawing in millimetres, and its SVG.

The origin is the lower left corner; later drawing covers earlier drawing. The SVG has real text, so it can be
edited, searched and read aloud. `Sheet.layer` groups what belongs together, as graphics programs show it.
"""

from __future__ import annotations

import base64
import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from mapapp import typeface
from mapapp.figure import fonts
from mapapp.figure.fonts import BOLD, POINT, REGULAR
from mapapp.figure.read_view import KEY, PREFIX
from mapapp.text.direction import has_right_to_left, runs_right_to_left
from mapapp.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

# For programs that do not have the fonts and do not read embedded ones.
_FALLBACK = {
    fonts.LATIN: "'IBM Plex Sans', 'IBM Plex Sans Arabic', 'Source Sans 3', 'Noto Sans', Arial, sans-serif",
    fonts.ARABIC: "'IBM Plex Sans Arabic', 'IBM Plex Sans', 'Noto Sans Arabic', 'DejaVu Sans', sans-serif",
}
_NAMESPACES = (
    'xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
Use = Literal["text", "shapes", "page"]


@dataclass(frozen=True)
class Look:
    """How text is set: ``size`` in points, ``color`` of the palette, ``lang`` if it is not the file's."""

    size: float
    bold: bool = False
    color: str = "ink"
    lang: str = ""

    @property
    def weight(self) -> int:
        """The weight of the font."""
        return BOLD if self.bold else REGULAR

    @property
    def line(self) -> float:
        """Height of a line in millimetres."""
        return self.size * 1.24 * POINT


def width(text: str, look: Look) -> float:
    """Return how wide a line of text is, in millimetres."""
    return fonts.width(text, look.size, look.weight)


def broken(text: str, look: Look, room: float) -> list[str]:
    """Break a name into lines of at most ``room`` millimetres, at spaces; numbers keep their units."""
    lines: list[str] = []
    for word in filter(None, _BREAK.split(fonts.clean(text))):
        if lines and width(f"{lines[-1]} {word}", look) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


# a space where a line may end: not between a number and a unit, which is a word of one or two letters
_BREAK = re.compile(r" (?<!\d )| (?![^\W\d_]{1,2}[²³]?(?!\w))")
_VOWEL_SIGNS = re.compile("[\u064b-\u065f\u0670]")  # written above and below the letters of some scripts


@dataclass(frozen=True)
class Description:
    """What a file says about itself: title, alternative text, rights and language (BCP 47)."""

    title: str
    alt: str
    rights: str
    lang: str


@dataclass
class Sheet:
    """A drawing of ``wide`` by ``high`` millimetres.

    ``scale`` multiplies the width of lines, for sheets that are read from afar.
    """

    wide: float
    high: float
    scale: float = 1
    _ink: list[str | Letters] = field(default_factory=list)

    @contextmanager
    def layer(self, name: str, label: str) -> Iterator[None]:
        """Group what is drawn meanwhile as a layer; ``name`` is its id."""
        self._ink.append(
            f'<g id={quoteattr(name)} inkscape:groupmode="layer" inkscape:label={quoteattr(label)}>'
        )
        yield
        self._ink.append("</g>")

    def area(self, shape: BaseGeometry, fill: str, alpha: float = 1) -> None:
        """Fill an area with a colour of the palette."""
        if path := self._path(shape):
            opacity = f' fill-opacity="{alpha:g}"' if alpha < 1 else ""
            self._ink.append(f'<path d="{path}" fill="{LIGHT[fill]}"{opacity} fill-rule="evenodd"/>')

    def stroke(
        self, shape: BaseGeometry, color: str, width: float, dash: str | None = None, alpha: float = 1
    ) -> None:
        """Draw a line ``width`` points wide; ``dash`` is an SVG dash array in widths of the line."""
        path = self._path(shape)
        if not path:
            return
        wide = width * POINT * self.scale
        dashes = " ".join(f"{float(part) * wide:.3g}" for part in dash.split()) if dash else ""
        extra = (f' stroke-dasharray="{dashes}"' if dash else "") + (
            f' stroke-opacity="{alpha:g}"' if alpha < 1 else ""
        )
        self._ink.append(
            f'<path d="{path}" fill="none" stroke="{LIGHT[color]}" stroke-width="{wide:.3g}"'
            f' stroke-linejoin="round"{extra}/>'
        )

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
        """Set one line with its baseline at ``y``; ``halo`` is the width in points of the paper around it.

        ``turn`` is the angle in degrees, counter-clockwise, around (``x``, ``y``).
        """
        if text := fonts.clean(text):
            self._ink.append(Letters(x, self.high - y, text, look, align, turn, halo * self.scale))

    def _path(self, shape: BaseGeometry) -> str:
        return "".join(self._pieces(shape))

    def _pieces(self, shape: Any) -> Iterator[str]:  # noqa: ANN401 - shapely types what all shapes share
        if shape.is_empty:
            return
        if shape.geom_type == "Polygon":
            for ring in (shape.exterior, *shape.interiors):
                yield f"M{self._points(np.asarray(ring.coords)[:-1])}Z"
        elif shape.geom_type in ("LineString", "LinearRing"):
            yield f"M{self._points(np.asarray(shape.coords))}"
        for part in getattr(shape, "geoms", ()):
            yield from self._pieces(part)

    def _points(self, points: np.ndarray) -> str:
        """Return points as path data, in hundredths of a millimetre; points that fall on one another once."""
        laid = np.round(np.column_stack([points[:, 0], self.high - points[:, 1]]), 2)
        kept = np.ones(len(laid), dtype=bool)
        kept[1:] = (laid[1:] != laid[:-1]).any(axis=1)
        return "L".join(f"{x:g} {y:g}" for x, y in laid[kept].tolist())

    def body(self, letters: Use = "text") -> str:
        """Return the drawing as SVG elements; see `svg`."""
        return "\n".join(ink if isinstance(ink, str) else ink.svg(letters) for ink in self._ink)

    def svg(self, description: Description, address: str, letters: Use = "text") -> bytes:
        """Return the drawing as an SVG file.

        Parameters
        ----------
        address
            The address of the view, kept in the file.
        letters
            ``text`` (with the letters used as fonts, for browsers), ``shapes`` (for programs without the
            fonts) or ``page`` (text for Typst, which has the fonts).
        """
        style = f"<style>{self._embedded()}</style>\n" if letters == "text" else ""
        title, alt = escape(description.title), escape(description.alt)
        head = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<svg {_NAMESPACES} '
            f'width="{self.wide:g}mm" height="{self.high:g}mm" '
            f'viewBox="0 0 {self.wide:g} {self.high:g}" text-rendering="geometricPrecision" '
            f'role="img" aria-labelledby="title desc" '
            f"lang={quoteattr(description.lang)} data-{KEY}={quoteattr(address)}>\n"
            f'<title id="title">{title}</title>\n<desc id="desc">{alt}</desc>\n'
            "<metadata><rdf:RDF><cc:Work>"
            f"<dc:title>{title}</dc:title><dc:creator><cc:Agent><dc:title>mapapp</dc:title></cc:Agent></dc:creator>"
            f"<dc:description>{alt}</dc:description><dc:rights>{escape(description.rights)}</dc:rights>"
            f"<dc:language>{escape(description.lang)}</dc:language>"
            f"<dc:identifier>{PREFIX}{escape(address)}</dc:identifier>"
            '<dc:type rdf:resource="http://purl.org/dc/dcmitype/StillImage"/>'
            "</cc:Work></rdf:RDF></metadata>\n"
        )
        return f"{head}{style}{self.body(letters)}\n</svg>\n".encode()

    def texts(self) -> Iterable[Letters]:
        """Return the lines of text, in drawing order."""
        return (ink for ink in self._ink if isinstance(ink, Letters))

    def _embedded(self) -> str:
        """Return a style sheet with the letters used of each font."""
        used: dict[tuple[str, int], set[str]] = {}
        for text in self.texts():
            used.setdefault((fonts.family_of(text.text), text.look.weight), set()).add(text.text)
        rules = []
        for (family, weight), texts in sorted(used.items()):
            kept = typeface.subset(fonts.file_of(family, weight), frozenset("".join(texts)), weight)
            data = base64.b64encode(kept).decode()
            rules.append(
                f"@font-face{{font-family:'{family}';font-weight:{weight};"
                f"src:url(data:font/ttf;base64,{data})}}"
            )
        return "".join(rules)


@dataclass(frozen=True)
class Letters:
    """A line of text: ``x`` from the left and ``y`` from the top, in millimetres."""

    x: float
    y: float
    text: str
    look: Look
    align: Literal["left", "center", "right"]
    turn: float
    halo: float

    def svg(self, letters: Use) -> str:
        """Return the line as an SVG element; see `Sheet.svg`."""
        if letters == "shapes":
            return self._outline(f'aria-label={quoteattr(self.text)} fill="{LIGHT[self.look.color]}"')
        if letters == "page" and _VOWEL_SIGNS.search(self.text):
            # Typst cannot say which letters vowel signs are, as its PDF must: the letters are shapes, and the
            # text, which can be searched and read aloud, is not seen
            plain = replace(self, text=_VOWEL_SIGNS.sub("", self.text))
            return self._outline(f'fill="{LIGHT[self.look.color]}"') + plain._line(isolated=True, seen=False)  # noqa: SLF001 - its own class
        if letters == "page" and self.halo:  # Typst would draw each letter's halo over the letter before
            return self._outline('fill="none"') + self._line(isolated=True)
        return self._line(isolated=letters == "page")

    def _line(self, *, isolated: bool, seen: bool = True) -> str:
        """Return the line as text; ``isolated`` for a renderer that ignores its direction."""
        family, rtl = fonts.family_of(self.text), runs_right_to_left(self.text)
        x, anchor = self.x, {"left": "start", "center": "middle", "right": "end"}[self.align]
        if rtl and not isolated:  # of a text from right to left, the start is on the right
            anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
        elif rtl and anchor != "middle":  # Typst's renderer takes the left for it
            x, anchor = x + (self._long / 2 if anchor == "start" else -self._long / 2), "middle"
        text = escape(f"\u2067{self.text}\u2069" if rtl and isolated else self.text)
        halo = "" if isolated else self._halo(1)
        # Inkscape draws text from right to left that is held in a width thousands of times as wide
        fits = isolated or not (rtl or has_right_to_left(self.text))
        return (
            f'<text{self._named} x="{x:.2f}" y="{self.y:.2f}" font-family="{_FALLBACK[family]}"'
            f' font-size="{self.look.size * POINT:.3f}"'
            + (f' font-weight="{BOLD}"' if self.look.bold else "")
            + (f' text-anchor="{anchor}"' if anchor != "start" else "")
            + (' direction="rtl"' if rtl else "")
            + (f' transform="{self._turned}"' if self.turn else "")
            + (f' textLength="{self._long:.2f}" lengthAdjust="spacingAndGlyphs"' if fits else "")
            + f' fill="{LIGHT[self.look.color]}"{halo}'
            + ("" if seen else ' fill-opacity="0"')
            + f">{text}</text>"
        )

    def _outline(self, attributes: str) -> str:
        """Return the line as the shapes of its letters, with its halo."""
        path, em = fonts.outline(self.text, self.look.weight)
        scale = self.look.size * POINT / em
        left = self.x - {"left": 0, "center": 0.5, "right": 1}[self.align] * self._long
        move = f"{self._turned} translate({left:.2f} {self.y:.2f}) scale({scale:.6f} {-scale:.6f})".strip()
        return f'<path{self._named} {attributes} transform="{move}" d="{path}"{self._halo(scale)}/>'

    def _halo(self, scale: float) -> str:
        """Return the attributes of the halo, in units ``scale`` times as large."""
        if not self.halo:
            return ""
        return (
            f' stroke="{LIGHT["halo"]}" stroke-width="{self.halo * POINT / scale:.3g}" stroke-opacity="0.85"'
            ' stroke-linejoin="round" paint-order="stroke"'
        )

    @property
    def _long(self) -> float:
        return width(self.text, self.look)

    @property
    def _turned(self) -> str:
        return f"rotate({-self.turn:g} {self.x:.2f} {self.y:.2f})" if self.turn else ""

    @property
    def _named(self) -> str:
        return f" lang={quoteattr(self.look.lang)}" if self.look.lang else ""
