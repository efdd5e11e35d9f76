"""The folium map that starts the browser's script, with its scripts and style sheet."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import folium
from folium.template import Template

from mapapp import theme
from mapapp.text.html import safe_json
from mapapp.web import payload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapapp.core.profile import Profile
    from mapapp.web.payload_types import Payload


class WebMap(folium.Map):
    """A folium map controlled by our script, without folium's CSS, which would be sent with every rerun.

    The initial view is in the head of the page, not in the script, because streamlit-folium derives the
    frame's identity from the script, and a restarted server must find the existing frame even if its initial
    view differs.
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
        {%- endmacro %}"""
    )

    def __init__(self, opening: str, record: str) -> None:
        super().__init__(
            location=(0, 0),
            zoom_start=2,
            tiles=None,
            zoom_snap=0.25,
            zoom_delta=0.5,
            world_copy_jump=False,
            max_zoom=15,
            min_zoom=2,
            track_resize=False,  # the script does that; Leaflet would take it for a move by the reader
        )
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


def scripts(data: Payload) -> tuple[str, str, str]:
    """Return the scripts of the map in loading order: Leaflet, the ``data``, our script."""
    leaflet = (files("xstatic.pkg.leaflet") / "data" / "leaflet.js").read_text(encoding="utf-8")
    own = (files("mapapp.web") / "static" / "mapapp.js").read_text(encoding="utf-8")
    return leaflet.split("//# sourceMappingURL")[0], payload.script(data), own


def style(profile: Profile, fonts: str) -> str:
    """Return the style sheet: Leaflet's, the theme's and ours, after the rules that load the ``fonts``."""
    leaflet = (files("xstatic.pkg.leaflet") / "data" / "leaflet.css").read_text(encoding="utf-8")
    own = (files("mapapp.web") / "static" / "mapapp.css").read_text(encoding="utf-8")
    return f"{fonts}\n{leaflet}\n{theme.css(profile)}\n{own}"
