"""Makes what the page shows of an atlas. Loaded only where nothing is kept (`mapapp.ui.drawn`).

Leaflet, the atlas and our script are written into the folder that Streamlit serves, where
`mapapp.server.compressed` compresses them once.
"""

from __future__ import annotations

import gzip
from functools import cache
from typing import TYPE_CHECKING

from mapapp import theme, typeface
from mapapp.core.snapshots import dated_layers
from mapapp.incidents.spatial_join import areas_of
from mapapp.text.html import safe_json
from mapapp.text.labels import language_names, map_lead, map_title, title_language
from mapapp.text.locales import LANGUAGES
from mapapp.text.messages import words
from mapapp.ui.drawn import Drawn
from mapapp.ui.map_component import STATIC, link, write
from mapapp.view_address import address_table, default_view
from mapapp.web import assets, payload
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
    """Write ``atlas`` and the scripts that draw it; return what the page shows, in the current language."""
    script, rest = _write_scripts(atlas)
    return Drawn(
        script=script,
        files=(script, rest, *(_written_font(file) for file in typeface.FILES)),
        fonts=_font_faces("./component"),
        title=map_title(atlas),
        title_language=title_language(atlas),
        lead=map_lead(atlas),
        languages=dict(language_names(LANGUAGES)),
        opening=payload.opening(default_view(atlas)),
        table=address_table(atlas),
        comparable=bool(dated_layers(atlas)),
        areas=areas_of(atlas).stamp,
    )


def _write_scripts(atlas: Atlas) -> tuple[str, str]:
    """Return the names of two scripts: what folium's needs at once, Leaflet and a loader, and the rest.

    The style sheet is part of the rest: folium would otherwise send it again with every rerun.
    """
    sheet = safe_json(assets.style(atlas.profile, ""))
    style = f'document.head.appendChild(document.createElement("style")).textContent={sheet};'
    leaflet, *others = assets.scripts(payload.payload(atlas))
    rest = write("\n".join((style, *others)).encode(), "js")
    loader = (STATIC / "loader.js").read_text(encoding="utf-8")
    values = safe_json([rest, words("map-failed"), _font_faces(".."), theme.FONT])
    return write("\n".join((loader.replace("LOADED", values), leaflet)).encode(), "js"), rest


def written_comparison(atlas: Atlas) -> dict[str, object]:
    """Write what changed hands between snapshots, and return the argument of the script's ``compared``."""
    table = comparison_json(atlas)
    return {"file": link(write(gzip.compress(table.encode(), 9, mtime=0), "gz"))}


def _font_faces(base: str) -> str:
    """Return the CSS that loads the fonts, with only the letters of the languages of names and of the page.

    ``base`` is the address of Streamlit's components, seen from the document.
    """
    return typeface.font_faces(lambda file: link(_written_font(file)).replace("..", base, 1))


@cache
def _written_font(file: typeface.FontFile) -> str:
    return write(typeface.subset(file.path, _LETTERS), "ttf")
