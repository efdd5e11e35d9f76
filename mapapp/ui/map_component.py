"""streamlit-folium's frame in the page, which carries requests between the map's own frame and Python.

The map's frame is in the page from the beginning (`mapapp.ui.index`). streamlit-folium's would load scripts
from other hosts, one after another, and draw nothing if one could not be reached; here it loads Leaflet and
`web/src/bridge.js` from this host, and a rerun sends almost nothing.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.components.v1.custom_component import CustomComponent
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mapapp.server.map_files import PLACE, write
from mapapp.text.messages import words
from mapapp.web import scripts
from mapapp.web.frame_arguments import frame_arguments

if TYPE_CHECKING:
    from collections.abc import Mapping

HEIGHT = 760  # pixels before the page's style sheet stretches the frame to the window


def _folium_frame() -> CustomComponent:
    """Declare streamlit-folium's component, without its package, which loads folium and pandas besides.

    Streamlit's own ``declare_component`` first looks for who calls it.
    """
    package = find_spec("streamlit_folium")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("streamlit_folium")
    folder = Path(package.origin).parent / "frontend" / "build"
    component = CustomComponent(
        "streamlit_folium.st_folium", path=str(folder), module_name="streamlit_folium"
    )
    if get_script_run_ctx() is not None:  # else there is no server
        get_instance().component_registry.register_component(component)
    return component


folium_frame = _folium_frame()


@cache
def _bridge() -> str:
    """Write what streamlit-folium's frame loads; return the address, seen from there."""
    name = write(f"{scripts.leaflet()}\n{scripts.own('bridge')}".encode(), "js")
    return f"../../{PLACE}/{name}"


def last_request(frame_key: str) -> object:
    """Return the last request of the script in the frame named by `key`, unchecked; ``None`` for none."""
    return st.session_state.get(frame_key)


def draw(
    page: str, record_files: Mapping[str, str] | None, calls: Mapping[str, Mapping[str, object]]
) -> None:
    """Have the map drawn, unless it already is.

    Parameters
    ----------
    page
        `mapapp.ui.drawn.Drawn.page`.
    record_files
        Names of ``script``, ``about`` and ``rows``, from `incidents_panel.files`; ``None`` without incidents.
    calls
        Argument of each function of the map's script to call: ``reopen`` a file's view, ``tell`` a card.
    """
    shown = {"page": f"./{PLACE}/{page}", "record": record_files, "failed": words("map-failed")}
    folium_frame(**frame_arguments(shown, _bridge(), calls), key=key(page, record_files), height=HEIGHT)


def key(page: str, record_files: Mapping[str, str] | None) -> str:
    """Return the frame's component key, made of the files it loads: if one changes, it is remounted."""
    return "-".join(("map", page, record_files["rows"] if record_files else "none"))
