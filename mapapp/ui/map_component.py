"""The map's frame in the page: serves its scripts from this host and passes requests both ways.

streamlit-folium loads a map's scripts from other hosts, one after another, and draws nothing if one cannot be
reached. Here Leaflet, the atlas and our script are written once into a temporary folder that Streamlit
serves: no other host is contacted, and a rerun sends almost nothing.
"""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.components.v1.custom_component import CustomComponent
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mapapp.data import atomic_write
from mapapp.data.temporary_folder import temporary_folder
from mapapp.ui.drawn import named
from mapapp.web.frame_arguments import frame_arguments

if TYPE_CHECKING:
    from collections.abc import Mapping

STATIC = Path(str(files("mapapp.web") / "static"))
_at_exit = ExitStack()  # what a killed server leaves, the next one removes
WRITTEN = _at_exit.enter_context(temporary_folder()).resolve()
atexit.register(_at_exit.close)

HEIGHT = 760  # pixels before the page's style sheet stretches the frame to the window


def _declared(module: str, name: str, folder: Path) -> CustomComponent:
    """Declare a component as Streamlit's ``declare_component`` does, which first looks for who calls it."""
    component = CustomComponent(f"{module}.{name}", path=str(folder), module_name=module)
    if get_script_run_ctx() is not None:  # else there is no server
        get_instance().component_registry.register_component(component)
    return component


def _folium_frame() -> CustomComponent:
    """Declare streamlit-folium's component as its package does, which loads folium and pandas besides."""
    package = find_spec("streamlit_folium")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("streamlit_folium")
    return _declared("streamlit_folium", "st_folium", Path(package.origin).parent / "frontend" / "build")


_declared(__name__, "atlas", WRITTEN)
folium_frame = _folium_frame()


def link(file: str) -> str:
    """Return the address of a file in `WRITTEN`, seen from the map's frame."""
    return f"../{__name__}.atlas/{file}"


def write(content: bytes, ending: str) -> str:
    """Write a file for Streamlit to serve, named after the hash of its content; return that name."""
    target = WRITTEN / named(content, ending)
    if not target.exists():
        atomic_write.write(target, content)
    return target.name


def last_request(frame_key: str) -> object:
    """Return the last request of the script in the frame named by `key`, unchecked; ``None`` for none."""
    return st.session_state.get(frame_key)


def draw(
    atlas_file: str,
    record_files: Mapping[str, str] | None,
    opening: Mapping[str, object],
    calls: Mapping[str, Mapping[str, object]],
) -> None:
    """Draw the map.

    Parameters
    ----------
    atlas_file
        `mapapp.ui.drawn.Drawn.script`.
    record_files
        Names of ``script``, ``about`` and ``rows`` in `WRITTEN`, from `incidents_panel.files`; ``None``
        without records.
    opening
        The default view. The script reads the address bar itself, which knows what the reader has done since
        the page was requested.
    calls
        Argument of each function of the mounted map's script to call: ``reopen`` a file's view, ``tell`` a
        card.
    """
    record = None
    if record_files is not None:
        record = {name: link(file) for name, file in record_files.items()}
    folium_frame(
        **frame_arguments(opening, link(atlas_file), record, calls),
        key=key(atlas_file, record_files),
        height=HEIGHT,
    )


def key(atlas_file: str, record_files: Mapping[str, str] | None) -> str:
    """Return the frame's component key, made of the files it loads: if one changes, it is remounted."""
    return "-".join(("map", atlas_file, record_files["rows"] if record_files else "none"))
