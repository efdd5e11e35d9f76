"""The page that needs no server: one HTML file with map, time, article and cards, and nothing to fetch.

The same script and style as in the app; only what surrounds them differs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from branca.element import MacroElement
from folium.template import Template

from mapapp.render import cards, payload, text, webmap

if TYPE_CHECKING:
    from mapapp.core.model import Atlas
    from mapapp.core.select import View


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
        self.head = head


def page(atlas: Atlas, view: View) -> str:
    """Return the self-contained page that opens on ``view``. The same input gives the same text."""
    title = text.html("{title}", title=text.words("app-title"))
    head = text.html(
        '<header class="page-head"><h1>{title}</h1><p>{lead}</p>'
        "<details><summary>{label}</summary><div>{about}</div></details></header>",
        title=title,
        lead=text.words("app-lead", date=text.day_words(atlas.article.date)),
        label=text.words("about"),
        about=cards.about(atlas),
    )
    start = webmap.build(payload.opening(view), {})
    start._id = "page"  # noqa: SLF001 - folium's random name would make two pages differ
    root = start.get_root()
    root._id = "root"  # noqa: SLF001 - as above
    root.add_child(_Inline(title, webmap.style(), webmap.scripts(atlas), head), name="inline", index=0)
    return str(root.render())
