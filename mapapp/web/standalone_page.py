"""The standalone page: one HTML file with map, time axis, article and cards that needs no server.

Its script and style sheet are those of the app.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from mapapp import base_maps, typeface
from mapapp.core.content_policy import script_hashes
from mapapp.text.describe import account
from mapapp.text.html import safe_json
from mapapp.text.labels import byline_of_text, map_lead, map_title, who_says
from mapapp.text.locales import in_language_of_view
from mapapp.text.titles import view_title
from mapapp.web import assets, cards, payload
from mapapp.web.account import account_section
from mapapp.web.page_parts import parts
from mapapp.web.templating import render

if TYPE_CHECKING:
    from mapapp.core.model import Atlas
    from mapapp.core.view import View
    from mapapp.text.account_parts import Parts as AccountParts
    from mapapp.web.embed import Published


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
    view = replace(view, names=view.names or atlas.profile.languages[0])
    same = parts(atlas, published)
    static = without_script(atlas, view, drawing, same.account)
    letters = frozenset(same.letters).union(static)
    style = assets.style(atlas.profile, _embedded_fonts(letters))
    title = view_title(atlas, view)
    made = render(
        "page.html",
        title=map_title(atlas),
        meta=render("meta.html", title=title, description=map_lead(atlas), published=published),
        style=_code(style),
        scripts=[*map(_code, assets.scripts(same.script))],
        opening=_code(safe_json(payload.opening(view))),
        body=_code(same.head) + static,
        languages=_code(same.languages),
        compared=_code(same.compared),
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


def _embedded_fonts(letters: frozenset[str]) -> str:
    """Return the CSS of the fonts with only the letters of the page, as data."""

    def data(file: typeface.FontFile) -> str | None:
        if file.letters and not any("\u0600" <= letter <= "\ufefc" for letter in letters):
            return None
        return "data:font/ttf;base64," + b64encode(typeface.subset(file.path, letters)).decode()

    return typeface.font_faces(data)


def without_script(atlas: Atlas, view: View, drawing: Drawing, made: AccountParts) -> Markup:
    """Return what a browser without JavaScript shows: a drawn map, the account, statements and articles."""
    return render(
        "without_script.html",
        atlas=atlas,
        drawing=Markup(drawing.svg),  # noqa: S704 - made by the figure, which escapes its texts
        why_no_drawing=drawing.why_none,
        account=account_section(account(atlas, view, made)),
        articles=[
            (article, byline_of_text(atlas, article), cards.article_paragraphs(atlas, article, plain=True))
            for article in atlas.articles
        ],
        statements=[(atlas.numbers[event.id], event, who_says(atlas, event)) for event in atlas.events],
    )
