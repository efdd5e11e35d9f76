"""The arguments of streamlit-folium's component for our map, without loading folium.

folium and what it brings, pandas among it, take longer to load than all else that the page needs. What it
writes for our map is always the same but for one value, so it is kept in ``static/folium_map.json``, as
streamlit-folium passes it on. ``python tests/web/folium_frame.py`` writes that file, and a test compares it
with what the installed versions write.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from mapapp.text.html import safe_json

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN = "SHOWN"  # in the file, as JSON, in place of that value


@cache
def _written() -> dict[str, Any]:
    file = files("mapapp.web") / "static" / "folium_map.json"
    arguments: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    # Streamlit loads pandas to see whether a list or a dictionary is a table; a tuple is none
    lists = {name: tuple(value) for name, value in arguments.items() if isinstance(value, list)}
    return arguments | lists | {"default": None}


def frame_arguments(
    shown: Mapping[str, object], link: str, calls: Mapping[str, Mapping[str, object]]
) -> dict[str, Any]:
    """Return the arguments of streamlit-folium's component.

    Parameters
    ----------
    shown
        The argument of the script's ``show`` (`web/src/bridge.js`).
    link
        URL of the script that is loaded first.
    calls
        Argument of each function of the map's script to call. A frame that is mounted already takes notice of
        nothing else.
    """
    written = _written()
    called = "".join(f"mapapp.{function}({safe_json(value)});\n" for function, value in calls.items())
    return written | {
        "script": written["script"].replace(json.dumps(SHOWN), safe_json(shown)),
        "js_links": (link,),
        "feature_group": called or None,
    }
