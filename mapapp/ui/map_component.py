"""The map's frame in the page: serves its scripts from this host and passes requests both ways.

streamlit-folium loads a map's scripts from other hosts, one after another, and draws nothing if one cannot be
reached. Here Leaflet, the atlas and our script are written once into a temporary folder that Streamlit
serves: no other host is contacted, and a rerun sends almost nothing. Large files are compressed once, when
they are written, because Streamlit would compress them again for every page.
"""

from __future__ import annotations

import atexit
import gzip
import hashlib
import json
from contextlib import ExitStack
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit.components.v1.custom_component import CustomComponent
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mapapp import typeface
from mapapp.data import atomic_write
from mapapp.data.temporary_folder import temporary_folder
from mapapp.text.html import safe_json
from mapapp.text.messages import words
from mapapp.web import assets, payload
from mapapp.web.comparison_table import comparison_table
from mapapp.web.frame_arguments import frame_arguments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapapp.core.model import Atlas

STATIC = Path(str(files("mapapp.web") / "static"))
_at_exit = ExitStack()  # what a killed server leaves, the next one removes
WRITTEN = _at_exit.enter_context(temporary_folder()).resolve()
atexit.register(_at_exit.close)
declare_component("atlas", path=WRITTEN)

ICON = STATIC / "icon.svg"
# the scripts that the fonts have, and punctuation; what else a text may have is set in a font of the system
_LETTERS = frozenset(
    map(
        chr,
        (
            *range(0x20, 0x250),
            *range(0x400, 0x460),
            *range(0x600, 0x700),
            *range(0x2010, 0x2044),
            0x20AC,
            0x2212,
        ),
    )
)
HEIGHT = 760  # pixels before the page's style sheet stretches the frame to the window


def _folium_frame() -> CustomComponent:
    """Declare streamlit-folium's component as its package does, which loads folium and pandas besides."""
    package = find_spec("streamlit_folium")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("streamlit_folium")
    path = str(Path(package.origin).parent / "frontend" / "build")
    frame = CustomComponent("streamlit_folium.st_folium", path=path, module_name="streamlit_folium")
    if get_script_run_ctx() is not None:  # as `declare_component` does
        get_instance().component_registry.register_component(frame)
    return frame


folium_frame = _folium_frame()


def write_atlas(atlas: Atlas) -> str:
    """Write ``atlas`` and the scripts that draw it where Streamlit serves them; return the file's name.

    Its texts are in the current language.

    That file holds Leaflet, which folium's script needs at once, and a loader for the rest. The style sheet
    is part of the rest: folium would otherwise send it again with every rerun.
    """
    sheet = safe_json(assets.style(atlas.profile, font_faces("..")))
    style = f'document.head.appendChild(document.createElement("style")).textContent={sheet};'
    leaflet, *others = assets.scripts(payload.payload(atlas))
    rest = write(gzip.compress("\n".join((style, *others)).encode(), 6, mtime=0), "gz")
    loader = (STATIC / "loader.js").read_text(encoding="utf-8")
    values = safe_json([rest, words("map-failed")])
    return write("\n".join((loader.replace("LOADED", values), leaflet)).encode(), "js")


def written_comparison(atlas: Atlas) -> dict[str, object]:
    """Write what changed hands between snapshots, and return the argument of the script's ``compared``."""
    table = json.dumps(comparison_table(atlas), separators=(",", ":"))
    name = write(gzip.compress(table.encode(), 9, mtime=0), "gz")
    return {"file": f"../{__name__}.atlas/{name}"}


def font_faces(base: str) -> str:
    """Return the CSS that loads the fonts, with only the letters of the languages of names and of the page.

    ``base`` is the address of Streamlit's components, seen from the document.
    """
    return typeface.font_faces(lambda file: f"{base}/{__name__}.atlas/{_written_font(file)}")


@cache
def _written_font(file: typeface.FontFile) -> str:
    return write(typeface.subset(file.path, _LETTERS), "ttf")


def write(content: bytes, ending: str) -> str:
    """Write a file for Streamlit to serve, named after the hash of its content; return that name."""
    target = WRITTEN / f"{hashlib.sha256(content).hexdigest()[:16]}.{ending}"
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
        From `write_atlas`.
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
        record = {name: f"../{__name__}.atlas/{file}" for name, file in record_files.items()}
    folium_frame(
        **frame_arguments(opening, f"../{__name__}.atlas/{atlas_file}", record, calls),
        key=key(atlas_file, record_files),
        height=HEIGHT,
    )


def key(atlas_file: str, record_files: Mapping[str, str] | None) -> str:
    """Return the frame's component key, made of the files it loads: if one changes, it is remounted."""
    return "-".join(("map", atlas_file, record_files["rows"] if record_files else "none"))
