"""The Streamlit page: load, read the address, draw, write the address."""

from __future__ import annotations

import logging

import streamlit as st

from mapapp.core.errors import DataError
from mapapp.core.load import default_root, load
from mapapp.core.model import Atlas  # noqa: TC001 - Streamlit reads the cached function's types
from mapapp.render.payload import opening
from mapapp.render.text import words
from mapapp.ui import frame, panels, state


@st.cache_resource(show_spinner=False, max_entries=2)
def _atlas(root: str, stamp: tuple[tuple[str, int, int], ...]) -> tuple[Atlas, str]:
    """Load the data once for all sessions, and again when a file has changed (``stamp``)."""
    del stamp
    atlas = load(root)
    return atlas, frame.write_atlas(atlas)


def page() -> None:
    """Draw the page once, top to bottom."""
    root = default_root()
    stamp = tuple(
        (str(path), path.stat().st_mtime_ns, path.stat().st_size)
        for folder in ("seeds", "data")
        for path in sorted((root / folder).rglob("*"))
        if path.is_file()
    )
    atlas, atlas_file = _atlas(str(root), stamp)
    session = st.session_state
    asked = st.query_params.to_dict()
    view, remarks = state.read_address(asked, atlas)
    address = state.write_address(view, atlas)
    if session.get("atlas_file") != atlas_file:  # a first run, or the data has changed under a living session
        session.update(
            atlas_file=atlas_file, opening=opening(view), adopt=None, reported=None, written=address
        )
    elif address != session.written and state.from_frame(frame.said(atlas_file)) == session.reported:
        # Back or Forward: the map follows the address. Where the map has news, the address is only late.
        session.update(
            adopt={**opening(view), "turn": (session.adopt or {}).get("turn", 0) + 1}, written=address
        )

    top = st.container()  # filled last: the clean screen has none
    reported = state.from_frame(frame.draw(atlas_file, session.opening, session.adopt))
    if reported is not None and reported != session.reported:
        session.reported = reported
        view, remarks = state.read_address(reported, atlas)
        session.written = state.write_address(view, atlas)
        others = {key: value for key, value in asked.items() if key not in state.PARAMETERS}
        st.query_params.from_dict(others | session.written)
    if not view.clean:
        with top:
            here = state.address_of(view, atlas, st.context.url)
            panels.header(state.Shown(atlas, root, view, here))
            panels.remarks(remarks)


def main() -> None:
    """Draw the page; the one place where errors become something to read."""
    st.set_page_config(page_title=words("app-title"), page_icon=str(frame.ICON), layout="wide")
    panels.style()
    try:
        page()
    except DataError as error:
        panels.faults(error.faults)
    except Exception:
        logging.getLogger(__name__).exception("the page failed")
        st.error(words("unexpected"))


main()
