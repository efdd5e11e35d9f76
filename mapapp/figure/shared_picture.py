"""The picture of a view that sites show with a link to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.figure.extras import Extras
from mapapp.figure.figure_errors import refuse_beyond
from mapapp.figure.map_sheet import credit_words, draw_map_sheet
from mapapp.figure.notes import Notes
from mapapp.figure.page import alt_text, head_of, page_data
from mapapp.figure.sheet import Description
from mapapp.figure.sizes import SHARED, SHARED_DPI
from mapapp.figure.typeset import set_png
from mapapp.text.locales import current_language, in_language_of_view

if TYPE_CHECKING:
    from mapapp.core.model import Atlas
    from mapapp.core.view import View


@in_language_of_view
def shared_picture(atlas: Atlas, view: View) -> bytes:
    """Return the map of a view with its key as a PNG of 1,200 by 630 pixels.

    Raises
    ------
    FigureError
        If the time window or the requested frame contains no data.
    """
    refuse_beyond(atlas, view)
    size, extras = SHARED, Extras()
    around = 2 * size.margin
    drawing = draw_map_sheet(Notes(atlas, view), size, size.wide - around, size.high - around)
    head = head_of(drawing.notes, size, extras)
    about = Description(head.title, alt_text(drawing, head, extras), credit_words(atlas), current_language())
    data = page_data(drawing, head, size, "", extras, files=(), pages=False, only_map=True)
    data["look"] |= {"wide": size.wide, "high": size.high, "margin": size.margin}
    svg = drawing.sheet.svg(about, "", "page").decode()
    texts = {"Title": about.title, "Description": about.alt, "Copyright": about.rights, "Software": "mapapp"}
    return set_png(data, svg, dpi=SHARED_DPI, texts=texts)
