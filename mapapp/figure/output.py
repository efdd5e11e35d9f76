"""Writes a drawn figure as SVG, PDF or PNG, with searchable text and the view's address in its metadata.

The same figure always gives the same bytes: no timestamps, no random ids.
"""

from __future__ import annotations

import re
import zlib
from html import escape, unescape
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapapp.figure.canvas import Look, Sheet

Form = Literal["svg", "pdf", "png"]
KEY = "mapapp-view"  # metadata key of the view's address
RULES: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "mapapp",
    "pdf.fonttype": 42,
    "ps.fonttype": 42,  # matplotlib goes by it in a PDF, too, when it splits a font's letters among files
    "text.parse_math": False,
    "text.usetex": False,
    "font.family": ["DejaVu Sans"],
    "text.hinting": "none",
    "path.simplify": False,
}
# Fallback fonts for SVG viewers that lack the first.
_FAMILIES = {
    "DejaVu Sans": "'DejaVu Sans', Verdana, 'Noto Sans', 'Noto Sans Arabic', sans-serif",
    "STIXGeneral": "STIXGeneral, 'STIX Two Text', 'Times New Roman', 'Liberation Serif', Tinos, serif",
}
_SET = re.compile(r'<text style="([^"]*)"([^>]*)>([^<]*)</text>')
_PNG = b"\x89PNG\r\n\x1a\n"
_TOLD = f"{KEY}: "
_STRETCH = 1 << 18  # bytes searched at either end of a file, and the longest text read
_CHUNKS = 10_000  # most chunks of a PNG to read; ours have a few hundred
_PDF_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"} | dict.fromkeys(
    (b"\n", b"\r", b"\r\n"), b""
)


def save(
    sheets: Sequence[Sheet], form: Form, *, dpi: int, description: Mapping[str, str], address: str
) -> bytes:
    """Return the pages of a figure as a file; only a PDF has more than one.

    Parameters
    ----------
    description
        ``title``, ``alt`` (alternative text), ``rights``, and ``lang``, the language of the sentences.
    address
        The address of the view, written unchanged.
    """
    metadata = _metadata(form, description, address)
    if form == "pdf":
        from mapapp.figure.pdf import written  # noqa: PLC0415 - slow to load

        return written(sheets, metadata)
    if form == "png":
        return _png(sheets[0], dpi, metadata)
    from matplotlib.backends.backend_svg import RendererSVG  # noqa: PLC0415 - only what is asked for is loaded

    from mapapp.figure.canvas import POINT, Letters  # noqa: PLC0415

    out = StringIO()
    renderer = RendererSVG(sheets[0].wide / POINT, sheets[0].high / POINT, out, metadata=metadata)
    sheets[0].draw(renderer, features=False)
    renderer.finalize()
    langs = [ink.lang for ink in sheets[0].ink if isinstance(ink, Letters)]
    return _finished(out.getvalue(), description, langs).encode("utf-8")


def _png(sheet: Sheet, dpi: int, metadata: Mapping[str, Any]) -> bytes:
    from matplotlib.backends.backend_agg import RendererAgg  # noqa: PLC0415 - as above
    from PIL.Image import fromarray  # noqa: PLC0415
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415

    from mapapp.figure.canvas import INCH  # noqa: PLC0415

    renderer = RendererAgg(sheet.wide * dpi / INCH, sheet.high * dpi / INCH, dpi)
    sheet.draw(renderer)
    said = PngInfo()
    for key, text in metadata.items():
        said.add_text(key, text)
    out = BytesIO()
    image = fromarray(np.asarray(renderer.buffer_rgba())).convert("RGB")  # the paper is opaque
    # light compression: 10 % larger, half a second faster
    image.save(out, "png", dpi=(dpi, dpi), pnginfo=said, compress_level=1, compress_type=zlib.Z_RLE)
    return out.getvalue()


def _metadata(form: Form, description: Mapping[str, str], address: str) -> dict[str, object]:
    if form == "svg":
        return {
            "Title": description["title"],
            "Description": description["alt"],
            "Identifier": f"{_TOLD}{address}",
            "Rights": description["rights"],
            "Language": description["lang"],
            "Creator": "mapapp",
            "Type": "StillImage",
            "Date": None,
        }
    if form == "pdf":
        return {
            "Title": description["title"],
            "Subject": description["alt"],
            "Keywords": f"{_TOLD}{address}",
            "Author": "mapapp",
            "Creator": "mapapp",
            "CreationDate": None,
        }
    return {
        "Title": description["title"],
        "Description": description["alt"],
        "Copyright": description["rights"],
        "Software": "mapapp",
        KEY: address,
    }


def _finished(svg: str, description: Mapping[str, str], langs: Iterable[str]) -> str:
    """Add title and description for screen readers, and fix the width of each text.

    matplotlib writes the description into the metadata only, which screen readers ignore.
    ``langs`` are the languages of its texts in order, empty for the language of the document.
    """
    each = iter(langs)
    svg = _SET.sub(lambda found: _fixed(found, next(each)), svg)
    svg = svg.replace("<svg ", f'<svg lang="{description["lang"]}" ', 1)
    svg = svg.replace("<svg ", '<svg role="img" aria-labelledby="title desc" ', 1)
    title = f"<title>{escape(description['title'], quote=False)}</title>"
    named = f'<title id="title">{escape(description["title"], quote=False)}</title>'
    named += f'\n <desc id="desc">{escape(description["alt"], quote=False)}</desc>'
    return svg.replace(title, named, 1)


def _fixed(found: re.Match[str], lang: str) -> str:
    """Name fallback fonts, fix the width whatever the font, and let Arabic run from right to left."""
    from mapapp.figure.canvas import POINT, Look, joins, width  # noqa: PLC0415 - takes a second; there when drawing

    style, rest, text = found.groups()
    family = next(family for family in _FAMILIES if family in style)
    size = re.search(r"([\d.]+)px", style)
    look = Look(
        float(size[1]) if size else 0, bold="bold" in style or "700" in style, serif=family != "DejaVu Sans"
    )
    style = re.sub(r"'DejaVu Sans'[^;]*|'?STIXGeneral[^;]*", _FAMILIES[family], style, count=1)
    named = f' lang="{lang}"' if lang else ""
    plain = unescape(text)
    words = plain.split(" ")
    if len(words) == 1 or joins(plain) or not look.serif:
        return (
            f'<text{named} style="{style}; unicode-bidi: plaintext"{rest} {_long(plain, look)}>{text}</text>'
        )
    # each word has its own x: many programs ignore textLength, and lines would overflow in a wider font
    placed = []
    for number, word in enumerate(words):
        # a space at the end has no width
        before = width(" ".join((*words[:number], "x")), look) - width("x", look)
        place = f'x="{before / POINT:.2f}" {_long(word, look)}'
        placed.append(f"<tspan {place}>{escape(word, quote=False)}</tspan>")
    return f'<text{named} style="{style}; unicode-bidi: plaintext"{rest}>{" ".join(placed)}</text>'


def _long(text: str, look: Look) -> str:
    """Return the attributes that fix the width of a text."""
    from mapapp.figure.canvas import POINT, width  # noqa: PLC0415 - as above

    return f'textLength="{width(text, look) / POINT:.2f}" lengthAdjust="spacingAndGlyphs"'


def read_view(data: bytes) -> str | None:
    """Return the address of the view in an exported SVG, PDF or PNG; ``None`` if there is none.

    ``data`` may be any file. It is searched as bytes, never executed or decompressed, and only in part: the
    text chunks of a PNG, or the first and last `_STRETCH` bytes of any other file.
    """
    if data.startswith(_PNG):
        return next((text for key, text in _png_texts(data) if key == KEY), None)
    texts = _pdf_keywords if data.startswith(b"%PDF") else _svg_identifiers
    found = (text for stretch in _ends(data) for text in texts(stretch))
    return next((text.removeprefix(_TOLD) for text in found if text.startswith(_TOLD)), None)


def _ends(data: bytes) -> Iterator[bytes]:
    """Give the first and the last stretch of a file; matplotlib writes a PDF's keywords near its end."""
    yield data[:_STRETCH]
    if len(data) > _STRETCH:
        yield data[-_STRETCH:]


def _svg_identifiers(data: bytes) -> Iterator[str]:
    for found in re.finditer(rb"<dc:identifier>([^<]*)</dc:identifier>", data):
        yield unescape(found[1].decode("utf-8", "replace"))


def _png_texts(data: bytes) -> Iterator[tuple[str, str]]:
    at = len(_PNG)
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
    """Give the keywords in a PDF as matplotlib writes them: literal strings, not compressed."""
    for found in re.finditer(rb"/Keywords\s*+\(((?:[^\\()]++|\\.)*+)\)", data, re.DOTALL):
        raw = re.sub(rb"\\([0-7]{1,3}|\r\n|.)", _unescaped, found[1], flags=re.DOTALL)
        yield raw.decode("utf-16", "replace") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")


def _unescaped(found: re.Match[bytes]) -> bytes:
    """Return the characters that a PDF escape sequence stands for; an unknown backslash is dropped."""
    code = found[1]
    if code[:1] in b"01234567":
        return bytes([int(code, 8) % 256])
    return _PDF_ESCAPES.get(code, code)
