"""The arguments with which streamlit-folium's component draws our map, without loading folium.

folium and what it brings, pandas among it, take longer to load than all else that the page needs. What it
writes for our map is always the same but for two values, so it is kept in ``static/folium_map.json``, as
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

OPENING, RECORD = "OPENING", "RECORD"  # in the file, as JSON, in place of the two values


@cache
def _written() -> dict[str, Any]:
    file = files("mapapp.web") / "static" / "folium_map.json"
    arguments: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    # Streamlit loads pandas to see whether a list or a dictionary is a table; a tuple is none
    lists = {name: tuple(value) for name, value in arguments.items() if isinstance(value, list)}
    return arguments | lists | {"default": None}


def frame_arguments(
    opening: Mapping[str, object],
    link: str,
    record_links: Mapping[str, str] | None,
    calls: Mapping[str, Mapping[str, object]],
) -> dict[str, Any]:
    """Return the arguments of streamlit-folium's component.

    Parameters
    ----------
    opening
        The view, as `mapapp.web.payload.opening` writes it. It is no part of the script, by which
        streamlit-folium tells maps apart.
    link
        URL of the script that is loaded before the map.
    record_links
        URLs of the reader's incident data (``script``, ``about`` and ``rows``), loaded after the map is
        drawn; ``None`` if there is none.
    calls
        Argument of each function of the mounted map's script to call. A frame that is mounted already takes
        notice of nothing else.
    """
    written = _written()
    called = "".join(f"mapapp.{function}({safe_json(value)});\n" for function, value in calls.items())
    return written | {
        "header": written["header"].replace(json.dumps(OPENING), safe_json(opening)),
        "script": written["script"].replace(json.dumps(RECORD), safe_json(record_links)),
        "js_links": (link,),
        "feature_group": called or None,
    }
