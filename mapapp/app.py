"""The Streamlit page: load, read the address, draw, write the address."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from uuid import uuid4

import streamlit as st

from mapapp.core.address import SPELLINGS
from mapapp.core.model import Atlas  # noqa: TC001 - Streamlit reads the cached function's types
from mapapp.data.load import default_root, load
from mapapp.errors import DataError
from mapapp.text.messages import words
from mapapp.ui import incidents_panel, map_component, panels, state
from mapapp.view_address import address_of, read_address, write_address
from mapapp.web.payload import opening

if TYPE_CHECKING:
    from mapapp.core.view import View


@st.cache_resource(show_spinner=False, max_entries=2)
def _atlas(root: str, stamp: tuple[tuple[str, int, int], ...]) -> tuple[Atlas, str]:
    """Load the data once for all sessions; ``stamp`` changes when a file does."""
    del stamp
    atlas = load(root)
    return atlas, map_component.write_atlas(atlas)


def _turn(view: View) -> dict[str, object]:
    """Return ``view`` for the browser's script, with an id that lets it ignore repeats."""
    return {**opening(view), "turn": uuid4().hex}


def page() -> None:
    """Draw the page once, top to bottom."""
    root = default_root()
    stamp = tuple(
        (str(path), path.stat().st_mtime_ns, path.stat().st_size)
        for folder in (root / "seeds", root / "data", map_component.STATIC)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )
    atlas, atlas_file = _atlas(str(root), stamp)
    store, store_warnings = incidents_panel.opened()
    record_files, stale_warnings = incidents_panel.files(store, atlas, atlas_file) if store else (None, ())
    session = st.session_state
    asked = st.query_params.to_dict()
    view, remarks = read_address(asked, atlas)
    address = write_address(view, atlas)
    key = map_component.key(atlas_file, record_files)
    mounted = session.get("frame_key")
    last = None if mounted is None else map_component.last_report(mounted)
    report = state.from_frame(last)
    done = report is not None and report.acted and report != session.reported
    if report is not None and done:  # the reader has changed the view in the map
        view, remarks = read_address(report.address, atlas)
        address = write_address(view, atlas)
        session.written = address
        others = {name: value for name, value in asked.items() if name not in SPELLINGS}
        st.query_params.from_dict(others | address)
    if mounted != key or session.opening is None:  # a first run, or the data has changed during the session
        session.update(frame_key=key, opening=_turn(view), adopt=None, written=address)
    elif not done and address != session.written:  # Back or Forward: the map follows the address
        session.update(adopt=_turn(view), written=address)
    session.reported = report if mounted == key else None

    calls = {} if session.adopt is None else {"adopt": session.adopt}
    wanted = state.asked_incident(last) if mounted == key else None
    if store is not None and wanted is not None:
        calls["tell"] = incidents_panel.card(store, wanted)
    head = None if view.screenshot else panels.head()  # drawn after the map, which takes longest to load
    value = map_component.draw(atlas_file, record_files, session.opening, calls)
    if mounted is None and isinstance(value, dict) and state.from_frame(value) is not None:
        session[key] = {
            **value,
            "acted": True,
        }  # the server has restarted under an open page
        st.rerun()
    if head is not None:
        here = address_of(view, atlas, st.context.url)
        with head:
            panels.header(state.PageState(atlas, root, view, here, recorded=store is not None))
            panels.remarks(remarks)
            panels.warnings((*store_warnings, *stale_warnings))


def main() -> None:
    """Draw the page, and report errors on it."""
    st.set_page_config(page_title=words("app-title"), page_icon=str(map_component.ICON), layout="wide")
    panels.style()
    try:
        page()
    except DataError as error:
        st.session_state.opening = None  # when the map is drawn again, it opens on the reader's view
        panels.faults(error.faults)
    except Exception:
        st.session_state.opening = None  # as above
        logging.getLogger(__name__).exception("the page failed")
        st.error(words("unexpected"))


main()
