"""Sets the pages of a figure with Typst, as PDF or PNG."""

from __future__ import annotations

import json
import struct
import zlib
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mapapp.errors import plain
from mapapp.figure.figure_errors import FigureError
from mapapp.figure.fonts import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Mapping

_STANDARDS = ["ua-1", "a-3a"]  # accessible, and archivable with attachments
_SIGNATURE = 8  # bytes at the start of a PNG
_CHUNK = 12  # bytes of a chunk of a PNG beside its content
_COARSE = 150  # dots per inch below which Typst drops parts of small letters
_INCH = 0.0254  # metres
_KEPT = 10  # compilations that Typst keeps what it computed for


def set_pdf(page: Mapping[str, Any], drawing: str) -> bytes:
    """Return the pages as a tagged PDF (PDF/UA-1, PDF/A-3a).

    Parameters
    ----------
    page
        What `page.typ` sets; see `mapapp.figure.page`.
    drawing
        The map as SVG.
    """
    return _compiled("page.typ", page, {"map": drawing}, format="pdf", pdf_standards=_STANDARDS)


def set_handout(pages: Mapping[str, Any], maps: Mapping[str, str]) -> bytes:
    """Return the pages of a handout as a tagged PDF.

    Parameters
    ----------
    pages
        What `handout.typ` sets; see `mapapp.figure.handout`.
    maps
        The map of each step as SVG, by the name that `handout.typ` asks for.
    """
    return _compiled("handout.typ", pages, maps, format="pdf", pdf_standards=_STANDARDS)


def set_png(page: Mapping[str, Any], drawing: str, *, dpi: int, texts: Mapping[str, str]) -> bytes:
    """Return the first page as a PNG that carries ``texts`` as metadata."""
    if dpi < _COARSE:
        image = _halved(_compiled("page.typ", page, {"map": drawing}, format="png", ppi=2.0 * dpi))
    else:
        image = _compiled("page.typ", page, {"map": drawing}, format="png", ppi=float(dpi))
    header = int.from_bytes(image[_SIGNATURE : _SIGNATURE + 4])  # the first chunk
    end = _SIGNATURE + _CHUNK + header
    dots = round(dpi / _INCH)
    said = [_chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1))]
    said += [
        _chunk(b"iTXt", key.encode("latin-1") + b"\0\0\0\0\0" + text.encode()) for key, text in texts.items()
    ]
    return image[:end] + b"".join(said) + image[end:]


def _halved(image: bytes) -> bytes:
    from PIL import Image  # noqa: PLC0415 - only coarse pictures need it

    out = BytesIO()
    with Image.open(BytesIO(image)) as opened:
        opened.convert("RGB").reduce(2).save(out, "png")
    return out.getvalue()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _compiled(
    template: str,
    page: Mapping[str, Any],
    maps: Mapping[str, str],
    **options: Any,  # noqa: ANN401 - Typst's own
) -> bytes:
    import typst  # noqa: PLC0415 - an SVG needs none of it

    folders = [str(folder) for folder in FOLDERS]
    made: Any = typst.Compiler  # its types leave open what it is given
    folder = files("mapapp.figure")
    compiler = made(
        input=b"\n".join((folder / name).read_bytes() for name in ("common.typ", template)),
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders),
        sys_inputs={"data": json.dumps(page, ensure_ascii=False), **maps},
    )
    try:
        done = compiler.compile(**options)
    except typst.TypstError as error:
        if page.get("logo") is None:
            raise
        raise FigureError(
            f"logo: cannot be drawn (got: {plain(str(error))}); use another SVG or PNG"
        ) from None
    finally:
        _forget()
    if not isinstance(done, bytes):  # a PNG of several pages
        raise TypeError("the page does not fit")
    return done


def _forget() -> None:
    """Have Typst drop what it computed for a document.

    It would keep it for ten compilations: of a page 20 MB each, of a handout 80 MB. It has no way to be told
    otherwise, so it compiles empty documents, in a millisecond or two each. Kept, it would save a tenth of a
    second if the same page followed, as PDF or as PNG, and nothing for another view.
    """
    import typst  # noqa: PLC0415 - an SVG needs none of it

    no_fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    for _ in range(_KEPT):
        typst.compile(b"", font_paths=no_fonts, format="svg")
