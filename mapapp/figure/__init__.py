"""The figure: a view as a printable page, with the evidence for every mark."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from mapapp.figure.figure_errors import refuse_beyond
from mapapp.figure.notes import Notes
from mapapp.figure.output import RULES, Form, read_view, save
from mapapp.figure.sizes import SIZES, USUAL_SIZE, Size
from mapapp.text.messages import LANG, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapapp.core.model import Atlas
    from mapapp.core.view import View
    from mapapp.figure.canvas import Sheet
    from mapapp.figure.page import Page

_ONE_AT_A_TIME = Lock()  # matplotlib's settings are global to the process
__all__ = ["SIZES", "USUAL_SIZE", "Form", "compose", "draw", "read_view"]


def draw(  # noqa: PLR0913 - a view, a form, a size
    atlas: Atlas, view: View, form: Form, *, size: str = USUAL_SIZE, dpi: int = 300, address: str
) -> bytes:
    """Return the figure of a view; the same view and data give the same bytes.

    Parameters
    ----------
    form
        ``"svg"``, ``"pdf"`` or ``"png"``.
    size
        One of `SIZES`.
    dpi
        Dots per inch of a PNG; SVG and PDF are vectors.
    address
        The address of the view, printed as text and QR code and kept in the file's metadata.

    Raises
    ------
    FigureError
        If the time window or the requested frame contains no data.
    """
    with _ONE_AT_A_TIME, _not_collecting(), _without_help():
        from matplotlib import rc_context  # noqa: PLC0415 - takes half a second; only who draws waits for it

        with rc_context(RULES):
            page = _page(Notes(atlas, view), SIZES[size], address, pages=form == "pdf")
            sheets = page.draw()
            description = {
                "title": page.notes.title,
                "alt": page.notes.alt,
                "rights": words("about-attribution"),
                "lang": LANG,
            }
            return save(sheets, form, dpi=dpi, description=description, address=address)


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


@contextmanager
def _without_help() -> Iterator[None]:
    """Stop matplotlib from generating docstrings while it is imported; that takes a tenth of a second.

    Classes imported later have their docstrings as usual.
    """
    from matplotlib import artist as library  # noqa: PLC0415 - as above

    original = library.kwdoc
    library.kwdoc = lambda artist: ""  # noqa: ARG005 - called by this name, too
    try:
        yield
    finally:
        library.kwdoc = original


def compose(notes: Notes, size: Size, address: str, *, pages: bool = False) -> list[Sheet]:
    """Return the drawn page, not yet written to a file; with ``pages``, also the pages that follow it.

    Raises
    ------
    FigureError
        If the time window or the requested frame contains no data.
    """
    return _page(notes, size, address, pages=pages).draw()


def _page(notes: Notes, size: Size, address: str, *, pages: bool) -> Page:
    from mapapp.figure.page import Page  # noqa: PLC0415 - as above

    refuse_beyond(notes.atlas, notes.view)
    return Page(notes, size, address, pages=pages)
