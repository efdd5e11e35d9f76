"""The figure: one view on one printed page, with the evidence for every mark on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.render.figure_file import RULES, Form, read_view, save
from mapapp.render.text import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from mapapp.core.model import Atlas
    from mapapp.core.select import View

__all__ = ["SIZES", "Form", "draw", "read_view"]

MM = 1 / 25.4  # inches
SIZES: dict[str, tuple[float, float]] = {  # width and height in millimetres
    "a4": (210, 297),
    "a4-landscape": (297, 210),
    "half-page": (170, 120),
    "slide": (338.7, 190.5),
    "square": (180, 180),
}


def draw(
    atlas: Atlas, view: View, form: Form, *, size: str = "a4-landscape", dpi: int = 300, address: str
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
    from matplotlib import rc_context  # noqa: PLC0415 - takes a second; only those who draw wait for it

    with rc_context(RULES):
        told = {"title": words("app-title"), "alt": words("app-title"), "rights": "", "lang": view.lang}
        return save(compose(atlas, view, size=size, address=address), form, dpi=dpi, told=told, address=address)


def compose(atlas: Atlas, view: View, *, size: str, address: str) -> Figure:
    """Return the figure drawn but not yet written, to be saved or looked into."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    width, height = SIZES[size]
    figure = Figure(figsize=(width * MM, height * MM))
    figure.text(0.05, 0.9, words("app-title"), fontsize=14)
    figure.text(0.05, 0.1, address, fontsize=7)
    return figure
