"""The folium map that starts the browser's script in the app; the exported page does without folium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium
from folium.template import Template

from mapapp.text.html import safe_json
from mapapp.web.assets import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping


class WebMap(folium.Map):
    """A folium map controlled by our script, without folium's CSS, which would be sent with every rerun.

    The initial view is in the head of the page, not in the script, because streamlit-folium derives the
    frame's identity from the script, and a restarted server must find the existing frame even if its initial
    view differs. Its last line says that the page knows that nothing is reported back, which streamlit-folium
    would otherwise say with an empty dictionary, for which Streamlit loads pandas.
    """

    _template = Template(
        """{% macro header(this, kwargs) -%}
        <script type="application/json" id="mapapp-opening">{{ this.opening }}</script>
        {%- endmacro %}
        {% macro html(this, kwargs) -%}
        <div class="folium-map" id="{{ this.get_name() }}" ></div>
        {%- endmacro %}
        {% macro script(this, kwargs) -%}
        var {{ this.get_name() }} = L.map("{{ this.get_name() }}",
        {center: [0, 0], ...{{ this.options|tojavascript }}});
        mapapp.start({{ this.get_name() }}, {{ this.record }});
        window.__GLOBAL_DATA__.previous_data = {};
        {%- endmacro %}"""
    )

    def __init__(self, opening: str, record: str) -> None:
        super().__init__(
            location=(0, 0),
            zoom_start=2,
            tiles=None,
        )
        self.options = dict(OPTIONS)
        self.opening = opening
        self.record = record


def build(
    opening: Mapping[str, object],
    js_links: Mapping[str, str],
    record_links: Mapping[str, str] | None = None,
) -> folium.Map:
    """Return a new folium map that draws ``opening``. Do not cache it: streamlit-folium modifies it.

    Parameters
    ----------
    opening
        The view, as `mapapp.web.payload.opening` writes it.
    js_links
        URL of each script by name, in loading order. No other script is loaded before them.
    record_links
        URLs of the reader's incident data (``script``, ``about`` and ``rows``), loaded after the map is
        drawn; ``None`` if there is none.
    """
    webmap = WebMap(safe_json(opening), safe_json(record_links))
    webmap.default_js = list(js_links.items())
    webmap.default_css = []
    return webmap
