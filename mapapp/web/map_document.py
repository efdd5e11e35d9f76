"""The document of the map's frame in the app. Its files lie beside it; one of its scripts has the data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from markupsafe import Markup

from mapapp.text.html import safe_json
from mapapp.text.labels import map_title
from mapapp.view_address import default_view
from mapapp.web import assets, payload, scripts
from mapapp.web.templating import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapapp.core.model import Atlas


def program() -> str:
    """Return the script that is the same for all data: Leaflet and ours."""
    return f"{scripts.leaflet()}\n{scripts.own('mapapp')}"


def start(atlas: Atlas) -> str:
    """Return the script with the data, in the current language, which draws the map."""
    options = json.dumps({"center": [0, 0], **assets.OPTIONS})
    return f'{payload.script(payload.payload(atlas))}\nmapapp.start(L.map("map", {options}));'


def document(atlas: Atlas, files: Sequence[str], fonts: Sequence[str], faces: str) -> str:
    """Return the document, in the current language.

    Parameters
    ----------
    files
        Names of the files of `program` and `start`.
    fonts
        Names of the fonts that every map needs, which are loaded at once.
    faces
        The CSS that loads the fonts.
    """
    return str(
        render(
            "map.html",
            title=map_title(atlas),
            scripts=files,
            fonts=fonts,
            style=Markup(assets.style(atlas.profile, faces)),  # noqa: S704 - ours
            opening=Markup(safe_json(payload.opening(default_view(atlas)))),  # noqa: S704 - escaped for HTML
        )
    )
