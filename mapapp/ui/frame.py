"""The map's frame in the page: serves its scripts from this host and takes back what the reader did.

streamlit-folium loads a map's scripts from other hosts, and draws nothing when one is out of reach. Here
Leaflet comes from a package, our script from this one, and the atlas is written once into a temporary folder;
Streamlit serves all three, so no other host is asked and a rerun sends almost nothing.
"""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import folium
import streamlit as st
from branca.element import MacroElement
from folium.template import Template
from streamlit.components.v1 import declare_component
from streamlit_folium import st_folium

from mapapp.render import payload, webmap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapapp.core.model import Atlas

_LEAFLET = Path(str(files("xstatic.pkg.leaflet") / "data"))
_STATIC = Path(str(files("mapapp.render") / "static"))
_SCRIPT = _STATIC / "mapapp.js"
_WRITTEN = Path(tempfile.mkdtemp(prefix="mapapp-")).resolve()
atexit.register(shutil.rmtree, _WRITTEN, ignore_errors=True)
for _name, _folder in {"leaflet": _LEAFLET, "static": _STATIC, "atlas": _WRITTEN}.items():
    declare_component(_name, path=_folder)

ICON = _STATIC / "icon.svg"
HEIGHT = 760  # pixels before the page's style sheet stretches the frame to the window


class _Adopt(MacroElement):
    """Tells the living map to take over a view; goes by the channel that does not remount it."""

    _template = Template("{% macro script(this, kwargs) %}mapapp.adopt({{ this.view }});{% endmacro %}")

    def __init__(self, view: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # branca declares no types
        self._name = "Adopt"
        self.view = view


def write_atlas(atlas: Atlas) -> str:
    """Write the browser's copy of ``atlas`` where Streamlit serves it, once, and return its file name."""
    body = payload.script(atlas)
    name = f"{hashlib.sha256(body.encode()).hexdigest()[:16]}.js"
    target = _WRITTEN / name
    if not target.exists():
        aside = target.with_suffix(".part")
        aside.write_text(body, encoding="utf-8")
        aside.replace(target)
    return name


def said(atlas_file: str) -> object:
    """Return what the map's script has last reported, before the map is drawn in this run."""
    return st.session_state.get(_key(atlas_file))


def draw(atlas_file: str, opening: Mapping[str, object], adopt: Mapping[str, object] | None) -> object:
    """Draw the map and return what its script last reported, as it came.

    Parameters
    ----------
    atlas_file
        From `write_atlas`.
    opening
        The view the map was first drawn with, the same on every rerun: a change would remount it.
    adopt
        A later view the living map is to take over, or ``None``.
    """
    stamp = _stamp()
    links = {
        "leaflet": f"../{__name__}.leaflet/leaflet.js",
        "atlas": f"../{__name__}.atlas/{atlas_file}",
        "mapapp": f"../{__name__}.static/{_SCRIPT.name}?{stamp}",
    }
    group = None
    if adopt is not None:
        group = folium.FeatureGroup()
        group.add_child(_Adopt(payload.safe_json(adopt)))
    reported: object = st_folium(
        webmap.build(opening, links),
        key=_key(atlas_file),
        height=HEIGHT,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=group,
    )
    return reported


def _key(atlas_file: str) -> str:
    """Name the frame after what it draws, so that a change of either mounts it anew."""
    return f"map-{atlas_file}-{_stamp()}"


def _stamp() -> str:
    return hashlib.sha256(_SCRIPT.read_bytes()).hexdigest()[:8]
