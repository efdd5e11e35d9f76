"""The standalone page: one HTML file with map, time axis, article and cards that needs no server.

Its script and style sheet are those of the app.
"""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from mapapp import base_maps, typeface
from mapapp.core.content_policy import script_hashes
from mapapp.text.describe import account
from mapapp.text.html import safe_json
from mapapp.text.labels import byline_of_text, map_lead, map_title, title_language, who_says
from mapapp.text.locales import in_language_of_view, language
from mapapp.text.titles import view_title
from mapapp.web import assets, cards, payload
from mapapp.web.account import account_section
from mapapp.web.comparison_table import comparison_json
from mapapp.web.embed import PLACEHOLDER, Published, embed_code
from mapapp.web.templating import render
from mapapp.web.texts import other_texts

if TYPE_CHECKING:
    from mapapp.core.model import Atlas
    from mapapp.core.view import View
    from mapapp.web.payload_types import Payload


@dataclass(frozen=True)
class Drawing:
    """The map of a view as an SVG element, or why there is none."""

    svg: str = ""
    why_none: str = ""


@in_language_of_view
def page(atlas: Atlas, view: View, drawing: Drawing, published: Published | None = None) -> str:
    """Return the standalone page that opens on ``view``. The same input gives the same text.

    Parameters
    ----------
    drawing
        What a browser without JavaScript shows instead of the map. The SVG is not escaped.
    published
        Where the page will be; ``None`` if that is not known: then it names no address of its own.
    """
    head = _head(atlas, published)
    view = replace(view, names=view.names or atlas.profile.languages[0])
    data = payload.payload(atlas)
    others = _other_languages(atlas, data, published)
    packed = safe_json({tag: _packed(text) for tag, text in others.items()})
    scripts, body = assets.scripts(data), head + without_script(atlas, view, drawing)
    letters = frozenset("".join((*scripts, body, *others.values())))
    style = assets.style(atlas.profile, _embedded_fonts(letters))
    title = view_title(atlas, view)
    made = render(
        "page.html",
        title=map_title(atlas),
        meta=render("meta.html", title=title, description=map_lead(atlas), published=published),
        style=_code(style),
        scripts=[*map(_code, scripts)],
        opening=_code(safe_json(payload.opening(view))),
        body=body,
        languages=_code(packed),
        compared=_code(_compared(atlas)),
        options=assets.OPTIONS,
    )
    return _with_policy(str(made))


def _with_policy(made: str) -> str:
    """Return the page with a content security policy: no scripts but its own, only tiles from elsewhere."""
    policy = (
        f"default-src 'none'; script-src {script_hashes(made)}; style-src 'unsafe-inline'; "
        f"img-src data: blob: {base_maps.hosts()}; font-src data:; base-uri 'none'; form-action 'none'"
    )
    head = '<meta http-equiv="content-type" content="text/html; charset=UTF-8" />'
    return made.replace(
        head, f'{head}\n    <meta http-equiv="content-security-policy" content="{policy}">', 1
    )


def _code(text: str) -> Markup:
    """Return a script, a style sheet or data made for HTML as it is, not escaped."""
    return Markup(text)  # noqa: S704 - none of it is text of the data but in `safe_json`


def _head(atlas: Atlas, published: Published | None) -> Markup:
    address = published.page if published else PLACEHOLDER
    return render(
        "page_head.html",
        title=map_title(atlas),
        title_language=title_language(atlas),
        lead=map_lead(atlas),
        about=cards.about(atlas),
        embed=embed_code(map_title(atlas), address),
        published=published,
        placeholder=PLACEHOLDER,
    )


def _other_languages(atlas: Atlas, data: Payload, published: Published | None) -> dict[str, str]:
    """Return what the page says otherwise in each other language, as JSON: its head, texts of the payload."""
    found = {}
    for tag, texts in other_texts(atlas, data).items():
        with language(tag):
            found[tag] = json.dumps({"head": _head(atlas, published), "texts": texts}, ensure_ascii=False)
    return found


def _compared(atlas: Atlas) -> str:
    """Return what changed hands between snapshots, packed; empty if there are no two."""
    table = comparison_json(atlas)
    return _packed(table) if table != "{}" else ""


def _packed(text: str) -> str:
    """Return text compressed, in letters that an HTML page can hold."""
    return b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


def _embedded_fonts(letters: frozenset[str]) -> str:
    """Return the CSS of the fonts with only the letters of the page, as data."""

    def data(file: typeface.FontFile) -> str | None:
        if file.letters and not any("\u0600" <= letter <= "\ufefc" for letter in letters):
            return None
        return "data:font/ttf;base64," + b64encode(typeface.subset(file.path, letters)).decode()

    return typeface.font_faces(data)


def without_script(atlas: Atlas, view: View, drawing: Drawing) -> Markup:
    """Return what a browser without JavaScript shows: a drawn map, the account, statements and articles."""
    return render(
        "without_script.html",
        atlas=atlas,
        drawing=Markup(drawing.svg),  # noqa: S704 - made by the figure, which escapes its texts
        why_no_drawing=drawing.why_none,
        account=account_section(account(atlas, view)),
        articles=[
            (article, byline_of_text(atlas, article), cards.article_paragraphs(atlas, article, plain=True))
            for article in atlas.articles
        ],
        statements=[(atlas.numbers[event.id], event, who_says(atlas, event)) for event in atlas.events],
    )
