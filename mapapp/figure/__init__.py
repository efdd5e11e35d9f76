"""The figure: a view as a printable page, with the evidence for every mark."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, NamedTuple

from mapapp.figure.extras import Extras
from mapapp.figure.figure_errors import FigureError, refuse_beyond
from mapapp.figure.read_view import KEY, read_view
from mapapp.figure.sizes import SIZES, USUAL_SIZE
from mapapp.text.locales import current_language, in_language_of_view, language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapapp.core.model import Atlas
    from mapapp.core.view import View
    from mapapp.figure.drawing import Map
    from mapapp.figure.page import Head
    from mapapp.figure.sizes import Size

Form = Literal["svg", "pdf", "png"]
_TRIES = 3
__all__ = [
    "SIZES",
    "USUAL_SIZE",
    "Extras",
    "Figure",
    "Form",
    "draw",
    "draw_figure",
    "font_gaps",
    "read_view",
    "write_figure",
]


class Figure(NamedTuple):
    """A drawn figure, which can be written in several forms."""

    map: Map
    head: Head
    size: Size
    extras: Extras


@contextmanager
def _not_collecting() -> Iterator[None]:
    """Pause Python's garbage collector, which takes a tenth of the drawing time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@_not_collecting()
@in_language_of_view
def draw(  # noqa: PLR0913 - a view, a form, a size
    atlas: Atlas,
    view: View,
    form: Form,
    *,
    size: str = USUAL_SIZE,
    dpi: int = 300,
    address: str,
    map_only: bool = False,
    text_as_paths: bool = False,
    extras: Extras | None = None,
    warn: Callable[[str], object] | None = None,
) -> bytes:
    """Return the figure of a view; the same view and data give the same bytes.

    Drafts in ``atlas`` are drawn with dots, and said to be drafts.

    Parameters
    ----------
    form
        ``"svg"`` (the map with its key), ``"png"`` (a page with it) or ``"pdf"`` (that page, the evidence on
        the pages after it, and the view's GeoJSON and CSV attached).
    size
        One of `SIZES`.
    dpi
        Dots per inch of a PNG; SVG and PDF are vectors.
    address
        The address of the view, printed as text and QR code and kept in the file's metadata.
    map_only
        Leave out everything but the map with its key and source line; an SVG is always that.
    text_as_paths
        Draw the letters of the map as shapes, for programs that lack the fonts.
    extras
        Title, credit and whatever else is not computed; ``None`` for nothing of it.
    warn
        Called with a sentence for each own layer of which something lies off the map.

    Raises
    ------
    FigureError
        If the time window or the requested frame contains no data.
    """
    extras = extras or Extras()
    if (map_only or form == "svg") and (extras.logo or extras.title or extras.subtitle):
        refuse_beyond(atlas, view)
        raise FigureError(
            "logo, title, subtitle: the map alone has no room for them; leave them out, or draw a page"
        )
    figure = draw_figure(atlas, view, size, extras)
    if warn is not None:
        from mapapp.figure.own_layers import own_off  # noqa: PLC0415 - slow to load

        for line in own_off(extras.own_layers, figure.map.projection):
            warn(line)
    return write_figure(
        figure, form, dpi=dpi, address=address, map_only=map_only, text_as_paths=text_as_paths
    )


@_not_collecting()
@in_language_of_view
def draw_figure(atlas: Atlas, view: View, size: str = USUAL_SIZE, extras: Extras | None = None) -> Figure:
    """Draw the figure of a view for `write_figure`; parameters and errors are those of `draw`."""
    from mapapp.figure.map_sheet import draw_map_sheet  # noqa: PLC0415 - slow to load
    from mapapp.figure.notes import Notes  # noqa: PLC0415
    from mapapp.figure.page import head_of, map_size  # noqa: PLC0415

    notes, page, extras = Notes(atlas, view), SIZES[size], extras or Extras()
    refuse_beyond(atlas, view)
    head = head_of(notes, page, extras)
    for _ in range(_TRIES):  # what is in sight may change what the head says
        drawing = draw_map_sheet(notes, page, *map_size(page, head), extras.credit, extras.own_layers)
        notes, room = drawing.notes, head.high
        head = head_of(notes, page, extras)
        if head.high == room:
            break
    return Figure(drawing, head, page, extras)


@_not_collecting()
def write_figure(  # noqa: PLR0913 - a form, and how it is written
    figure: Figure,
    form: Form,
    *,
    address: str,
    dpi: int = 300,
    map_only: bool = False,
    text_as_paths: bool = False,
) -> bytes:
    """Return a figure as a file; parameters are those of `draw`."""
    from mapapp.figure.map_sheet import credit_words  # noqa: PLC0415 - slow to load
    from mapapp.figure.page import alt_text, page_data  # noqa: PLC0415
    from mapapp.figure.sheet import Description  # noqa: PLC0415

    drawing, head, page, extras = figure
    atlas, view = drawing.notes.atlas, drawing.notes.view
    with language(view.language):
        about = Description(
            head.title, alt_text(drawing, head, extras), credit_words(atlas), current_language()
        )
        if form == "svg":
            return drawing.sheet.svg(about, address, "shapes" if text_as_paths else "text")
        from mapapp.figure.attachments import data_of  # noqa: PLC0415
        from mapapp.figure.typeset import set_pdf, set_png  # noqa: PLC0415

        pages = form == "pdf"
        files = data_of(atlas, view, address) if pages else ()
        data = page_data(drawing, head, page, address, extras, files=files, pages=pages, only_map=map_only)
    svg = drawing.sheet.svg(about, address, "shapes" if text_as_paths else "page").decode()
    if form == "pdf":
        return set_pdf(data, svg)
    texts = {"Title": about.title, "Description": about.alt, "Copyright": about.rights, "Software": "mapapp"}
    return set_png(data, svg, dpi=dpi, texts=texts | {KEY: address})


@in_language_of_view
def font_gaps(atlas: Atlas, view: View, extras: Extras, *, alone: bool = False) -> list[str]:
    """Return which texts of a figure have letters that its fonts lack, in words; empty if none has.

    ``alone`` is whether it is the map without a page, which has neither title nor quotations.
    """
    from mapapp.figure.fonts import drawable  # noqa: PLC0415 - slow to load
    from mapapp.figure.note_items import ranges  # noqa: PLC0415
    from mapapp.figure.notes import Notes  # noqa: PLC0415

    notes = Notes(atlas, view)
    gaps = []
    if not alone and not (notes.titled_in_fonts if extras.title is None else drawable(extras.title)):
        gaps.append("the title")
    gaps += [f"the {name}" for name in ("subtitle", "credit") if not drawable(getattr(extras, name) or "")]
    if count := len(notes.replaced):
        gaps.append("1 name" if count == 1 else f"{count} names")
    if notes.unquoted and not alone:
        gaps.append(f"the quotations for {ranges(notes.unquoted)}")
    if notes.broken:
        gaps.append("other texts")
    return gaps
