"""The script of the page, which Streamlit runs: load, read the address, draw.

The view is in the address bar, which only the browser's script writes (`web/src/address_bar.js`). This file
runs again, with the address as it is then, when the reader turns to the page around the map or goes back.
What it imports is kept.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from mapapp.data.folders import default_root
from mapapp.errors import DataError
from mapapp.text.locales import language
from mapapp.text.messages import words
from mapapp.text.remarks import read_with
from mapapp.ui import incidents_panel, map_component, panels, shown, state

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mapapp.core.model import Atlas
    from mapapp.core.view import View


def page() -> None:
    """Draw the page once, top to bottom."""
    root = default_root()
    stamp = shown.stamp(root)
    drawn = shown.drawn_map(root, stamp)
    atlas = partial(shown.atlas, root, stamp)
    st.set_page_config(page_title=drawn.title)
    panels.style(drawn.fonts)
    store, store_warnings = incidents_panel.opened()
    record_files, stale_warnings = incidents_panel.files(store, drawn.areas) if store else (None, ())
    view, remarks = read_with(st.query_params.to_dict(), drawn.table, comparable=drawn.comparable)
    key = map_component.key(drawn.page, record_files)
    session = st.session_state
    if session.get("frame_key") != key:  # the map is drawn anew, on the view of the address
        session.update(frame_key=key, reopen=None)

    calls = {} if session.reopen is None else {"reopen": session.reopen}
    wanted = state.asked_incident(map_component.last_request(key))
    if store is not None and wanted is not None:
        calls["tell"] = incidents_panel.card(store, wanted)
    if state.asks_for_comparison(map_component.last_request(key)):
        calls["compared"] = shown.compared(atlas(), stamp)
    head = None if view.screenshot else panels.head()  # drawn after the map's frame, which may have to load
    map_component.draw(drawn.page, record_files, calls)
    if head is not None:
        with head:
            export = partial(_export, atlas, root, view, recorded=store is not None)
            panels.header(drawn, export, partial(_about, atlas))
            panels.remarks(remarks)
            panels.warnings((*store_warnings, *stale_warnings))


def _export(atlas: Callable[[], Atlas], root: Path, view: View, *, recorded: bool) -> None:
    from mapapp.ui import export_panel  # noqa: PLC0415 - the libraries behind it are slow to load
    from mapapp.view_address import address_of  # noqa: PLC0415 - as above

    here = address_of(view, atlas(), st.context.url)
    export_panel.panel(export_panel.PageState(atlas(), root, view, here, recorded=recorded))


def _about(atlas: Callable[[], Atlas]) -> None:
    from mapapp.web import cards  # noqa: PLC0415 - as above

    panels.about(cards.about(atlas()))


def main() -> None:
    """Draw the page, and report errors on it."""
    st.set_page_config(page_title="mapapp", layout="wide")
    accepted = st.context.headers.get("Accept-Language") or ""
    with language(shown.language_of(st.query_params.get("language"), accepted)):
        try:
            page()
        except DataError as error:
            st.session_state.frame_key = None  # when the map is drawn again, it is mounted anew
            panels.style()
            panels.without_map()
            panels.faults(error.faults, default_root())
        except Exception:
            st.session_state.frame_key = None  # as above
            logging.getLogger(__name__).exception("the page failed")
            panels.style()
            panels.without_map()
            st.error(words("unexpected"))


main()
