"""The script of the page, which Streamlit runs: load, read the address, draw.

The view is in the address bar, which only the browser's script writes (`web/src/address_bar.js`). This file
runs again, with the address as it is then, when the reader turns to the page around the map or goes back.
What it imports is kept.
"""

from __future__ import annotations

import gc
import logging
import os

import streamlit as st

from mapapp.core.licences import FULL_TEXT, for_publication
from mapapp.core.model import Atlas  # noqa: TC001 - Streamlit reads the cached function's types
from mapapp.data.load import default_root, load
from mapapp.errors import DataError
from mapapp.text.labels import map_title
from mapapp.text.locales import LANGUAGES, current_language, language, preferred
from mapapp.text.messages import words
from mapapp.ui import incidents_panel, map_component, panels, state
from mapapp.view_address import address_of, default_view, read_address
from mapapp.web.payload import opening


@st.cache_resource(show_spinner=False, max_entries=2)
def _atlas(root: str, stamp: tuple[tuple[str, int, int], ...]) -> Atlas:
    """Load the data once for all sessions; ``stamp`` changes when a file does.

    To serve the app is to publish what it shows, so it has no more of an article than may be published. Where
    a visitor comes from would be no safe sign of the author's own machine: behind a proxy all come from it.
    """
    del stamp
    atlas = load(root)
    return atlas if os.environ.get(FULL_TEXT) else for_publication(atlas)


@st.cache_resource(show_spinner=False, max_entries=2 * len(LANGUAGES))
def _atlas_file(_atlas: Atlas, root: str, stamp: tuple[tuple[str, int, int], ...], tag: str) -> str:
    """Write what the browser draws once for all sessions, in each language that is asked for."""
    del root, stamp
    with language(tag):
        made = map_component.write_atlas(_atlas)
    # Streamlit collects garbage after every run. What is there now stays: searching it for every reader's run
    # would take most of the run's time.
    gc.collect()
    gc.freeze()
    return made


@st.cache_resource(show_spinner=False, max_entries=2)
def _compared(_atlas: Atlas, atlas_file: str) -> dict[str, object]:
    """Compare the snapshots once for all sessions; ``atlas_file`` changes with the data."""
    del atlas_file
    return map_component.written_comparison(_atlas)


def page() -> None:
    """Draw the page once, top to bottom."""
    root = default_root()
    stamp = tuple(
        (str(path), path.stat().st_mtime_ns, path.stat().st_size)
        for folder in (root / "seeds", root / "data", map_component.STATIC)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )
    atlas = _atlas(str(root), stamp)
    atlas_file = _atlas_file(atlas, str(root), stamp, current_language())
    st.set_page_config(page_title=map_title(atlas))
    store, store_warnings = incidents_panel.opened()
    record_files, stale_warnings = incidents_panel.files(store, atlas, atlas_file) if store else (None, ())
    view, remarks = read_address(st.query_params.to_dict(), atlas)
    key = map_component.key(atlas_file, record_files)
    session = st.session_state
    if session.get("frame_key") != key:  # the map is mounted anew, on the view of the address
        session.update(frame_key=key, reopen=None)

    calls = {} if session.reopen is None else {"reopen": session.reopen}
    wanted = state.asked_incident(map_component.last_request(key))
    if store is not None and wanted is not None:
        calls["tell"] = incidents_panel.card(store, wanted)
    if state.asks_for_comparison(map_component.last_request(key)):
        calls["compared"] = _compared(atlas, atlas_file)
    head = None if view.screenshot else panels.head()  # drawn after the map, which takes longest to load
    map_component.draw(atlas_file, record_files, opening(default_view(atlas)), calls)
    if head is not None:
        here = address_of(view, atlas, st.context.url)
        with head:
            panels.header(state.PageState(atlas, root, view, here, recorded=store is not None))
            panels.remarks(remarks)
            panels.warnings((*store_warnings, *stale_warnings))


def main() -> None:
    """Draw the page, and report errors on it."""
    st.set_page_config(page_title="mapapp", page_icon=str(map_component.ICON), layout="wide")
    with language(_language()):
        panels.style()
        try:
            page()
        except DataError as error:
            st.session_state.frame_key = None  # when the map is drawn again, it is mounted anew
            panels.faults(error.faults, default_root())
        except Exception:
            st.session_state.frame_key = None  # as above
            logging.getLogger(__name__).exception("the page failed")
            st.error(words("unexpected"))


def _language() -> str:
    """Return the language of the address, or else the first that the browser asks for and we have."""
    asked = st.query_params.get("language")
    return asked if asked in LANGUAGES else preferred(st.context.headers.get("Accept-Language") or "")


main()
