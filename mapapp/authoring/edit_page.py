"""The page of ``mapapp edit``: that of the exported map, whose data and style are sent to its own script."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from mapapp import typeface
from mapapp.text.labels import map_lead, map_title, title_language
from mapapp.text.locales import LANGUAGES, language
from mapapp.view_address import default_view
from mapapp.web import assets, payload

if TYPE_CHECKING:
    from pathlib import Path

    from mapapp.core.model import Atlas

# Nothing of the data folder is in it: what is, is asked for with the token.
SHELL = """<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>mapapp edit</title>
<link rel="icon" href="/static/icon.svg">
<script src="/static/leaflet.js" defer></script>
<script src="/static/mapapp.js" defer></script>
<script src="/static/edit.js" defer></script>
</head>
<body><p id="edit-start" role="status">Opening the data folder …</p>
<noscript><p>The author's panel needs JavaScript.</p></noscript></body>
</html>
"""


def page_data(atlas: Atlas, tag: str | None) -> dict[str, Any]:
    """Return what the page draws: the payload, the opening view, the style sheet and options of the map.

    Parameters
    ----------
    tag
        Language of the interface; ``None``, or one that it does not have, for the first.
    """
    with language(tag if tag in LANGUAGES else LANGUAGES[0]):
        opening = payload.opening(default_view(atlas))
        return {
            "payload": payload.payload(atlas),
            "opening": opening,
            "style": assets.style(atlas.profile, typeface.font_faces(_font_address)) + _own_style(),
            "options": dict(assets.OPTIONS),
            "title": map_title(atlas),
            "titleLanguage": title_language(atlas),
            "lead": map_lead(atlas),
        }


def _own_style() -> str:
    return (files("mapapp.web") / "static" / "edit.css").read_text(encoding="utf-8")


def _font_address(file: typeface.FontFile) -> str:
    return f"/static/fonts/{font_name(file.path)}"


def font_name(path: Path) -> str:
    """Return the name under which a font file is served."""
    return "".join(letter for letter in path.name if letter.isalnum() or letter in "-.")
