"""The figure: one view on one printed page, with the evidence for every mark on it."""

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

_ONE_AT_A_TIME = Lock()  # the drawing library's settings belong to the whole process
__all__ = ["SIZES", "USUAL_SIZE", "Form", "compose", "draw", "read_view"]


def draw(  # noqa: PLR0913 - a view, a form, a size
    atlas: Atlas, view: View, form: Form, *, size: str = USUAL_SIZE, dpi: int = 300, address: str
) -> bytes:
    """Return the figure of a view, the same bytes for the same view and data.

    Parameters
    ----------
    size
        One of `SIZES`.
    dpi
        Dots per inch of a PNG; SVG and PDF are vectors.
    address
        The address of the view as it is to be printed, coded and kept in the file.
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
    """Keep Python from looking for garbage where there is none: it takes a tenth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def _without_help() -> Iterator[None]:
    """Keep matplotlib, while it is loaded, from writing its classes' help, which takes a tenth of a second.

    Nothing here reads it; what is loaded later has its help as ever.
    """
    from matplotlib import artist as library  # noqa: PLC0415 - as above

    original = library.kwdoc
    library.kwdoc = lambda artist: ""  # noqa: ARG005 - called by this name, too
    try:
        yield
    finally:
        library.kwdoc = original


def compose(notes: Notes, size: Size, address: str, *, pages: bool = False) -> list[Sheet]:
    """Return the page drawn but not yet written, with the ``pages`` that follow it where they are wanted.

    Raises
    ------
    FigureError
        If there is nothing to be drawn in the time or the frame asked for.
    """
    return _page(notes, size, address, pages=pages).draw()


def _page(notes: Notes, size: Size, address: str, *, pages: bool) -> Page:
    from mapapp.figure.page import Page  # noqa: PLC0415 - as above

    refuse_beyond(notes.atlas, notes.view)
    return Page(notes, size, address, pages=pages)
