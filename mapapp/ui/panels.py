"""The parts of the page around the map. Each function draws one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from mapapp.text.html import html
from mapapp.text.locales import LANGUAGES, current_language, direction
from mapapp.text.messages import words
from mapapp.theme import FONT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from streamlit.delta_generator import DeltaGenerator

    from mapapp.errors import Issue
    from mapapp.ui.drawn import Drawn

# The frame fills the window below the header, without Streamlit's margins. In a very low window the page
# scrolls until the frame fills it. `web/static/page.css` has what the page needs from the beginning.
_STYLE = """<style>
FACES
.stApp header[data-testid="stHeader"]{height:0;min-height:0;background:none}
[data-testid="stMainBlockContainer"]{padding:.35rem .75rem 0;max-width:none}
[data-testid="stMainBlockContainer"] [data-testid="stVerticalBlock"]{gap:.35rem}
[data-testid="stMainBlockContainer"]:has(iframe[title^="streamlit_folium"]){height:100dvh;
 box-sizing:border-box;padding-bottom:.4rem}
:has(iframe[title^="streamlit_folium"])>[data-testid="stVerticalBlock"]{height:100%}
[data-testid="stElementContainer"]:has(>div>iframe[title^="streamlit_folium"]){flex:1 0 0;
 min-height:min(100dvh,20rem)}
[data-testid="stElementContainer"]>div:has(>iframe[title^="streamlit_folium"]){height:100%}
iframe[title^="streamlit_folium"]{height:100%!important;border:0;display:block}
[data-testid="stAlert"]{max-height:9rem;overflow:auto}
[data-testid="stAlert"]>*{padding:.4rem .8rem!important}
[data-testid="stHorizontalBlock"]{flex-wrap:nowrap!important}
[data-testid="stHorizontalBlock"]>[data-testid="stColumn"]{min-width:0!important}
[data-testid="stMainBlockContainer"] [data-testid="stColumn"]:not(:first-child){flex:0 0 auto!important;
 width:auto!important}
[data-testid="stPopover"] button{padding:.1rem .7rem;min-height:2rem;white-space:nowrap}
body,.stApp,[data-testid="stPopoverBody"]{direction:DIRECTION}
.st-key-head{min-height:2.4rem}
@media(max-width:700px){.st-key-languages{display:none}}
.stApp,.stApp button{font-family:FONT}
.mapapp-head{display:flex;align-items:baseline;gap:.8rem;flex-wrap:wrap;padding:.15rem 0 0}
.mapapp-head h1{font-size:1.25rem;font-weight:700;margin:0;padding:0;letter-spacing:-.01em}
.mapapp-head p{font-size:.86rem;margin:0;opacity:.75}
.mapapp-about{font-size:.86rem;overflow-wrap:anywhere}
.mapapp-about li{margin:.1rem 0}
.mapapp-about a{color:inherit}
.mapapp-about .leaning{font-style:italic}
.mapapp-about h2{font-size:inherit;margin:.6rem 0 .2rem;padding:0}
@media(max-width:700px),(max-height:560px){.mapapp-head p{display:none}.mapapp-head h1{font-size:1.05rem}}
</style>""".replace("FONT", FONT)


def style(fonts: str = "") -> None:
    """Hide the parts of Streamlit's chrome that a reader does not need; ``fonts`` is CSS that loads fonts."""
    st.html(_STYLE.replace("FACES", fonts).replace("DIRECTION", direction()))


def without_map() -> None:
    """Hide the map's frame, which the page has from the beginning."""
    st.html("<style>#mapapp-map{visibility:hidden}</style>")


def head() -> DeltaGenerator:
    """Reserve room for the header, which is drawn after the map, so that the map does not move."""
    return st.container(key="head")


def header(shown: Drawn, export: Callable[[], None], about: Callable[[], None]) -> None:
    """Draw the title, the article's date, and the buttons for export and about.

    ``export`` and ``about`` draw what is in their panels, which are empty until they are opened.
    """
    left, middle, right, last = st.columns([6, 1, 1, 1], vertical_alignment="center")
    left.html(
        html(
            '<div class="mapapp-head"><h1 lang="{language}" dir="auto">{title}</h1><p>{lead}</p></div>',
            title=shown.title,
            language=shown.title_language,
            lead=shown.lead,
        )
    )
    # the panels are drawn only when they are open
    export_popover = middle.popover(words("export"), on_change="rerun", key="export")
    if export_popover.open:
        with export_popover:
            export()
    about_popover = right.popover(words("about"), on_change="rerun", key="about")
    if about_popover.open:
        with about_popover:
            about()
    with last.container(key="languages"):
        own = shown.languages[current_language()]
        languages_popover = st.popover(own, on_change="rerun", key="language-list")
    if languages_popover.open:
        with languages_popover:
            _languages(shown.languages)


def _languages(names: Mapping[str, str]) -> None:
    """Draw the choice of the language of the interface; on narrow screens, the panel has one."""
    key = f"language-{current_language()}"
    st.radio(
        words("language"),
        LANGUAGES,
        index=LANGUAGES.index(current_language()),
        format_func=names.__getitem__,
        key=key,  # another one for each language: the choice may also change in the panel
        on_change=lambda: st.query_params.update(language=st.session_state[key]),
    )


def about(text: str) -> None:
    """Draw how the map is made, and every source with its licence; ``text`` is HTML."""
    st.html(html('<div class="mapapp-about">{text}</div>', text=text))


def remarks(lines: Iterable[str]) -> None:
    """Warn about parts of the address that are not valid; draw nothing if there are none."""
    found = list(lines)
    if found:
        st.warning(_plain("\n".join([words("bad-address"), *found])))


def warnings(lines: Iterable[str]) -> None:
    """Draw a warning for each line."""
    for line in lines:
        st.warning(_plain(line))


def faults(found: Iterable[Issue], folder: Path) -> None:
    """List the errors in the data of a folder, in place of the map."""
    st.error(words("bad-data"))
    st.code("\n".join(map(str, found)), language=None, wrap_lines=True)
    st.caption(_plain(words("bad-data-check", folder=folder)))


def _plain(text: str) -> str:
    """Escape Markdown in text that comes from outside."""
    escaped = "".join(f"\\{letter}" if letter in r"\`*_{}[]()#+-.!|<>~$:" else letter for letter in text)
    return escaped.replace("\n", "  \n")
