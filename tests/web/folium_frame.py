"""Writes `mapapp/web/static/folium_map.json`: what streamlit-folium passes to its frame for our map."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any
from unittest.mock import patch

import streamlit_folium

from mapapp.web import folium_map
from mapapp.web.frame_arguments import SHOWN

OURS = ("feature_group", "height", "js_links", "key", "on_change")  # given anew with each run of the page


def passed_on(shown: Any, links: Mapping[str, str]) -> dict[str, Any]:
    """Return what `st_folium` passes to the frame for a map that folium has built."""
    taken: dict[str, Any] = {}

    def take(**arguments: Any) -> None:
        taken.update(arguments)

    with patch.object(streamlit_folium, "_component_func", take):
        streamlit_folium.st_folium(
            folium_map.build(shown, links),
            key="map",
            use_container_width=True,
            render=False,  # otherwise it is rendered twice
            returned_objects=[],
        )
    return taken


def written() -> str:
    """Return the content of the file."""
    arguments = passed_on(SHOWN, {"mapapp": "mapapp.js"})
    kept = {name: value for name, value in sorted(arguments.items()) if name not in OURS}
    return json.dumps(kept, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(written())
