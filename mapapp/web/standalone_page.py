"""The standalone page: one HTML file with map, time axis, article and cards that needs no server.

Its script and style sheet are those of the app.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from typing import TYPE_CHECKING

from branca.element import Figure, MacroElement
from folium.template import Template
from markupsafe import escape

from mapapp import typeface
from mapapp.text.labels import byline, map_lead, map_title, title_language, who_says
from mapapp.text.messages import LANG
from mapapp.web import cards, folium_map, payload
from mapapp.web.templating import render

if TYPE_CHECKING:
    from markupsafe import Markup

    from mapapp.core.model import Atlas
    from mapapp.core.view import View


class _Root(Figure):
    """The HTML document with a ``lang`` attribute, which folium's lacks."""

    _template = Template(
        '<!DOCTYPE html>\n<html lang="{{ this.lang }}">\n<head>{{ this.header.render(**kwargs) }}</head>\n'
        "<body>{{ this.html.render(**kwargs) }}\n<script>{{ this.script.render(**kwargs) }}</script></body>\n"
        "</html>\n"
    )

    def __init__(self) -> None:
        super().__init__()
        self.lang = LANG


class _Inline(MacroElement):
    """Style, scripts and header, inlined into the page."""

    _template = Template(
        "{% macro header(this, kwargs) %}"
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{{ this.title }}</title>'
        "<style>{{ this.style }}</style>"
        "{% for code in this.scripts %}<script>{{ code }}</script>{% endfor %}{% endmacro %}"
        "{% macro html(this, kwargs) %}{{ this.head }}{% endmacro %}"
    )

    def __init__(self, title: str, style: str, scripts: tuple[str, ...], head: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # branca declares no types
        self._name = "Inline"
        self.style = style
        self.scripts = scripts
        # folium renders these as Jinja templates once more; as plain text, or Markup would escape the &
        self.title, self.head = (str(part).replace("{", "&#123;") for part in (escape(title), head))


def page(atlas: Atlas, view: View) -> str:
    """Return the standalone page that opens on ``view``. The same input gives the same text."""
    head = render(
        "page_head.html",
        title=map_title(atlas),
        title_language=title_language(atlas),
        lead=map_lead(atlas),
        about=cards.about(atlas),
    )
    view = replace(view, names=view.names or atlas.profile.languages[0])
    start = folium_map.build(payload.opening(view), {})
    start._id = "page"  # noqa: SLF001 - folium's random id would make two pages differ
    root = _Root()
    root._id = "root"  # noqa: SLF001 - as above
    root.add_child(start)
    scripts, body = folium_map.scripts(atlas), head + without_script(atlas)
    letters = frozenset("".join((*scripts, body)))
    style = folium_map.style(atlas.profile, _embedded_fonts(letters))
    inline = _Inline(map_title(atlas), style, scripts, body)
    root.add_child(inline, name="inline", index=0)
    return str(root.render())


def _embedded_fonts(letters: frozenset[str]) -> str:
    """Return the CSS of the fonts with only the letters of the page, as data."""

    def data(file: typeface.FontFile) -> str | None:
        if file.letters and not any("\u0600" <= letter <= "\ufefc" for letter in letters):
            return None
        return "data:font/ttf;base64," + b64encode(typeface.subset(file.path, letters)).decode()

    return typeface.font_faces(data)


def without_script(atlas: Atlas) -> Markup:
    """Return what a browser without JavaScript shows: the articles and the list of their statements."""
    return render(
        "without_script.html",
        articles=[
            (article, byline(atlas, article), cards.article_paragraphs(atlas, article, plain=True))
            for article in atlas.articles
        ],
        statements=[(atlas.numbers[event.id], event, who_says(atlas, event)) for event in atlas.events],
    )
