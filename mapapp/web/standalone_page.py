"""The standalone page: one HTML file with map, time axis, article and cards that needs no server.

Its script and style sheet are those of the app.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from branca.element import Figure, MacroElement
from folium.template import Template
from markupsafe import escape

from mapapp import typeface
from mapapp.text.dates import day_words
from mapapp.text.messages import LANG, words
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

    def __init__(self, style: str, scripts: tuple[str, ...], head: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # branca declares no types
        self._name = "Inline"
        self.title = escape(words("app-title"))
        self.style = style
        self.scripts = scripts
        # folium renders this as a Jinja template once more; as plain text, or Markup would escape the &
        self.head = str(head).replace("{", "&#123;")


def page(atlas: Atlas, view: View) -> str:
    """Return the standalone page that opens on ``view``. The same input gives the same text."""
    head = render(
        "page_head.html",
        lead=words("app-lead", date=day_words(atlas.article.date)),
        about=cards.about(atlas),
    )
    start = folium_map.build(payload.opening(view), {})
    start._id = "page"  # noqa: SLF001 - folium's random id would make two pages differ
    root = _Root()
    root._id = "root"  # noqa: SLF001 - as above
    root.add_child(start)
    scripts, body = folium_map.scripts(atlas), head + without_script(atlas)
    letters = frozenset("".join((*scripts, body)))
    inline = _Inline(folium_map.style(_embedded_fonts(letters)), scripts, body)
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
    """Return what a browser without JavaScript shows: the whole article and the list of its statements."""
    return render(
        "without_script.html",
        byline=cards.byline(atlas),
        paragraphs=cards.article_paragraphs(atlas.article, ()),
        statements=[(event, cards.who_says(atlas, event)) for event in atlas.events],
    )
