"""The page that needs no server: one HTML file with map, time, article and cards, and nothing to fetch.

The same script and style as in the app; only what surrounds them differs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from branca.element import Figure, MacroElement
from folium.template import Template

from mapapp.text.dates import day_words, when_words
from mapapp.text.html import html, join
from mapapp.text.messages import LANG, words
from mapapp.web import cards, folium_map, payload

if TYPE_CHECKING:
    from markupsafe import Markup

    from mapapp.core.model import Atlas
    from mapapp.core.view import View


class _Root(Figure):
    """The document, in the screen's language; folium's own says none."""

    _template = Template(
        '<!DOCTYPE html>\n<html lang="{{ this.lang }}">\n<head>{{ this.header.render(**kwargs) }}</head>\n'
        "<body>{{ this.html.render(**kwargs) }}\n<script>{{ this.script.render(**kwargs) }}</script></body>\n"
        "</html>\n"
    )

    def __init__(self) -> None:
        super().__init__()
        self.lang = LANG


class _Inline(MacroElement):
    """What the app loads from its server, put into the page itself."""

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
        self.title = title
        self.style = style
        self.scripts = scripts
        self.head = head.replace("{", "&#123;")  # folium puts what it is given through a template once more


def page(atlas: Atlas, view: View) -> str:
    """Return the self-contained page that opens on ``view``. The same input gives the same text."""
    title = html("{title}", title=words("app-title"))
    head = html(
        '<header class="page-head"><h1>{title}</h1><p>{lead}</p>'
        "<details><summary>{label}</summary><div>{about}</div></details></header>",
        title=title,
        lead=words("app-lead", date=day_words(atlas.article.date)),
        label=words("about"),
        about=cards.about(atlas),
    )
    start = folium_map.build(payload.opening(view), {})
    start._id = "page"  # noqa: SLF001 - folium's random name would make two pages differ
    root = _Root()
    root._id = "root"  # noqa: SLF001 - as above
    root.add_child(start)
    inline = _Inline(title, folium_map.style(), folium_map.scripts(atlas), head + without_script(atlas))
    root.add_child(inline, name="inline", index=0)
    return str(root.render())


def without_script(atlas: Atlas) -> Markup:
    """Return what a browser shows that runs no script: the article whole, and the list of its statements."""
    statements = (
        html(
            "<li><b>{title}</b><br>{who}. {when_label}: {when}</li>",
            title=event.title,
            who=cards.who_says(atlas, event),
            when_label=words("when-label"),
            when=when_words(event.when),
        )
        for event in atlas.events
    )
    return html(
        '<noscript><main class="plain"><p>{what}</p><article><h2>{heading}</h2><p class="byline">{byline}</p>'
        "{paragraphs}</article><h2>{label}</h2><ol>{statements}</ol></main></noscript>",
        what=words("no-script"),
        heading=words("article-heading"),
        byline=cards.byline(atlas),
        paragraphs=join(cards.article_paragraphs(atlas.article, ())),
        label=words("all-statements"),
        statements=join(statements),
    )
