"""The script of the page, which Streamlit runs: load, read the address, draw.

The view is in the address bar, which only the browser's script writes (`web/src/address_bar.js`). This file
runs again, with the address as it is then, when the reader turns to the page around the map or goes back.
What it imports is kept.
"""

from __future__ import annotations

import gc
import logging
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from mapapp.core.licences import FULL_TEXT, for_publication
from mapapp.data import kept
from mapapp.data.folders import data_entries, default_root
from mapapp.errors import DataError
from mapapp.text.locales import LANGUAGES, current_language, language, preferred
from mapapp.text.messages import words
from mapapp.text.remarks import read_with
from mapapp.ui import drawn, incidents_panel, map_component, panels, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapapp.core.model import Atlas
    from mapapp.core.view import View

Stamp = tuple[tuple[str, int, int], ...]  # path, date and size of each file


@st.cache_resource(show_spinner=False, max_entries=2)
def _atlas(root: str, stamp: Stamp) -> Atlas:
    """Load the data once for all sessions; ``stamp`` changes when a file does.

    To serve the app is to publish what it shows, so it has no more of an article than may be published. Where
    a visitor comes from would be no safe sign of the author's own machine: behind a proxy all come from it.
    """
    from mapapp.data.load import load  # noqa: PLC0415 - slow to import, and not needed for what is kept

    del stamp
    atlas = load(root)
    return atlas if os.environ.get(FULL_TEXT) else for_publication(atlas)


@st.cache_resource(show_spinner=False, max_entries=2 * len(LANGUAGES))
def _drawn(root: str, stamp: Stamp, tag: str) -> drawn.Drawn:
    """Write what the browser draws once for all sessions, in each language that is asked for."""

    def make() -> drawn.Drawn:
        from mapapp.ui import drawing  # noqa: PLC0415 - as above

        return drawing.drawn(_atlas(root, stamp))

    def key() -> str:
        return kept.key(data_entries(Path(root)), root, tag, os.environ.get(FULL_TEXT, ""))

    with language(tag):
        made = drawn.kept(key, map_component.WRITTEN, make)
    # Streamlit collects garbage after every run. What is there now stays: searching it for every reader's run
    # would take most of the run's time.
    gc.collect()
    gc.freeze()
    return made


@st.cache_resource(show_spinner=False, max_entries=2)
def _compared(_atlas: Atlas, stamp: Stamp) -> dict[str, object]:
    """Compare the snapshots once for all sessions."""
    from mapapp.ui import drawing  # noqa: PLC0415 - as above

    del stamp
    return drawing.written_comparison(_atlas)


def _stamp(path: Path) -> tuple[str, int, int]:
    """Return path, date and size; of a link, those of what it leads to, if it is there."""
    try:
        status = path.stat()
    except OSError:
        status = path.lstat()
    return str(path), status.st_mtime_ns, status.st_size


def page() -> None:
    """Draw the page once, top to bottom."""
    root = default_root()
    stamp = tuple(map(_stamp, data_entries(root)))
    shown = _drawn(str(root), stamp, current_language())
    atlas = partial(_atlas, str(root), stamp)
    st.set_page_config(page_title=shown.title)
    panels.style(shown.fonts)
    store, store_warnings = incidents_panel.opened()
    record_files, stale_warnings = incidents_panel.files(store, shown.areas) if store else (None, ())
    view, remarks = read_with(st.query_params.to_dict(), shown.table, comparable=shown.comparable)
    key = map_component.key(shown.script, record_files)
    session = st.session_state
    if session.get("frame_key") != key:  # the map is mounted anew, on the view of the address
        session.update(frame_key=key, reopen=None)

    calls = {} if session.reopen is None else {"reopen": session.reopen}
    wanted = state.asked_incident(map_component.last_request(key))
    if store is not None and wanted is not None:
        calls["tell"] = incidents_panel.card(store, wanted)
    if state.asks_for_comparison(map_component.last_request(key)):
        calls["compared"] = _compared(atlas(), stamp)
    head = None if view.screenshot else panels.head()  # drawn after the map, which takes longest to load
    map_component.draw(shown.script, record_files, shown.opening, calls)
    if head is not None:
        with head:
            export = partial(_export, atlas, root, view, recorded=store is not None)
            panels.header(shown, export, partial(_about, atlas))
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
    with language(_language()):
        try:
            page()
        except DataError as error:
            st.session_state.frame_key = None  # when the map is drawn again, it is mounted anew
            panels.style()
            panels.faults(error.faults, default_root())
        except Exception:
            st.session_state.frame_key = None  # as above
            logging.getLogger(__name__).exception("the page failed")
            panels.style()
            st.error(words("unexpected"))


def _language() -> str:
    """Return the language of the address, or else the first that the browser asks for and we have."""
    asked = st.query_params.get("language")
    return asked if asked in LANGUAGES else preferred(st.context.headers.get("Accept-Language") or "")


main()
