"""The folium map whose frame carries messages between the map and Python; the exported page needs none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium
from folium.template import Template

from mapapp.text.html import safe_json

if TYPE_CHECKING:
    from collections.abc import Mapping


class WebMap(folium.Map):
    """A folium map without tiles and marks, which only says what the map's own frame is to show.

    folium's CSS is left out, which would be sent with every rerun. The last line says that the page knows
    that nothing is reported back; else streamlit-folium would say it with an empty dictionary, for which
    Streamlit loads pandas.
    """

    _template = Template(
        """{% macro html(this, kwargs) -%}
        <div class="folium-map" id="{{ this.get_name() }}" ></div>
        {%- endmacro %}
        {% macro script(this, kwargs) -%}
        var {{ this.get_name() }} = L.map("{{ this.get_name() }}", {center: [0, 0], zoom: 2});
        mapapp.show({{ this.shown }});
        window.__GLOBAL_DATA__.previous_data = {};
        {%- endmacro %}"""
    )

    def __init__(self, shown: str) -> None:
        super().__init__(location=(0, 0), zoom_start=2, tiles=None)
        self.shown = shown


def build(shown: Mapping[str, object], js_links: Mapping[str, str]) -> folium.Map:
    """Return a new folium map. Do not cache it: streamlit-folium modifies it.

    Parameters
    ----------
    shown
        The argument of the script's ``show`` (`web/src/bridge.js`).
    js_links
        URL of each script by name, in loading order. No other script is loaded before them.
    """
    webmap = WebMap(safe_json(shown))
    webmap.default_js = list(js_links.items())
    webmap.default_css = []
    return webmap
