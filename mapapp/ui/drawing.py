"""Makes what the page shows of an atlas. Loaded only where nothing is kept (`mapapp.ui.drawn`).

The document of the map's frame and what it loads are written into the folder that is served, where
`mapapp.server.compressed` compresses them once.
"""

from __future__ import annotations

import gzip
from functools import cache
from typing import TYPE_CHECKING

from mapapp import typeface
from mapapp.core.snapshots import dated_layers
from mapapp.incidents.spatial_join import areas_of
from mapapp.server.map_files import PLACE, write
from mapapp.text.labels import language_names, map_lead, map_title, title_language
from mapapp.text.locales import LANGUAGES
from mapapp.ui.drawn import Drawn
from mapapp.view_address import address_table
from mapapp.web import map_document
from mapapp.web.comparison_table import comparison_json

if TYPE_CHECKING:
    from mapapp.core.model import Atlas

# the scripts that the fonts have, and punctuation; what else a text may have is set in a font of the system
_LETTERS = frozenset(
    map(
        chr,
        (
            *range(0x20, 0x250),
            *range(0x400, 0x460),
            *range(0x600, 0x700),
            *range(0x2010, 0x2044),
            0x20AC,
            0x2212,
        ),
    )
)


def drawn(atlas: Atlas) -> Drawn:
    """Write ``atlas`` and the script that draws it; return what the page shows, in the current language."""
    fonts = [_written_font(file) for file in typeface.FILES]
    scripts = [write(text.encode(), "js") for text in (map_document.program(), map_document.start(atlas))]
    needed = [_written_font(file) for file in typeface.FILES if not file.letters]
    document = map_document.document(atlas, scripts, needed, _font_faces("."))
    page = write(document.encode(), "html")
    return Drawn(
        page=page,
        files=(page, *scripts, *fonts),
        fonts=_font_faces(f"./{PLACE}"),
        title=map_title(atlas),
        title_language=title_language(atlas),
        lead=map_lead(atlas),
        languages=dict(language_names(LANGUAGES)),
        table=address_table(atlas),
        comparable=bool(dated_layers(atlas)),
        areas=areas_of(atlas).stamp,
    )


def written_comparison(atlas: Atlas) -> dict[str, object]:
    """Write what changed hands between snapshots, and return the argument of the script's ``compared``."""
    table = comparison_json(atlas)
    return {"file": write(gzip.compress(table.encode(), 9, mtime=0), "gz")}


def _font_faces(folder: str) -> str:
    """Return the CSS that loads the fonts, with only the letters of the languages of names and of the page.

    ``folder`` is the address of the folder of the fonts, seen from the document.
    """
    return typeface.font_faces(lambda file: f"{folder}/{_written_font(file)}")


@cache
def _written_font(file: typeface.FontFile) -> str:
    return write(typeface.subset(file.path, _LETTERS), "ttf")
