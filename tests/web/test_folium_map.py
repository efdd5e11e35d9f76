"""The folium map that starts the script: no other host, everything escaped, nothing executed."""

from __future__ import annotations

import json
import re

import folium
from hostile import HOSTILE

from mapapp.core.model import Atlas
from mapapp.text.html import safe_json
from mapapp.web import assets, folium_map

LINKS = {"leaflet": "../a/leaflet.js", "atlas": "../b/atlas.js", "mapapp": "../c/mapapp.js"}
OPENING = {"first": "2020-02-19", "last": "2020-02-19", "selected": HOSTILE, "camera": None}


def page(opening: dict[str, object]) -> str:
    """Return the page folium writes."""
    html: str = folium_map.build(opening, LINKS).get_root().render()
    return html


def test_a_hostile_opening_view_stays_data() -> None:
    html = page(OPENING)
    assert "<img" not in html
    assert "{{" not in re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    given = re.search(r'<script type="application/json" id="mapapp-opening">(.*)</script>', html)
    assert given is not None
    assert json.loads(given[1]) == OPENING


def test_the_identity_of_the_frame_does_not_depend_on_the_initial_view() -> None:
    def script(opening: dict[str, object]) -> str:
        webmap_ = folium_map.build(opening, LINKS)
        webmap_.render()
        return str(webmap_.get_root().script.render()).replace(webmap_.get_name(), "map")

    assert script(OPENING) == script({**OPENING, "first": "2018-01-01", "camera": [1, 2, 3]})


def test_incident_data_is_not_loaded_before_the_map() -> None:
    links = {"script": "../d/incidents.js", "about": "../e/i.json", "rows": "../e/i.bin"}
    html = str(folium_map.build(OPENING, LINKS, links).get_root().render())
    given = re.search(r"mapapp\.start\(map_\w+, (\{[^{}]*\})\);", html)
    assert given is not None
    assert json.loads(given[1]) == links
    assert "incidents.js" not in html.replace(given[1], "")


def test_only_the_three_scripts_are_loaded_and_no_other_host_is_contacted(
    atlas: Atlas,
) -> None:
    html = page({**OPENING, "selected": None})
    asked = re.findall(r"""(?:src|href)=["']([^"']+)["']""", html)
    assert asked == list(LINKS.values())
    sheets = assets.style(atlas.profile, "")
    assert not re.findall(r"(?:https?:)?//[\w-]+\.\w+", re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL))
    assert "@import" not in sheets


def test_the_same_view_gives_the_same_map_except_for_its_name() -> None:
    def named(html: str) -> str:
        return re.sub(r"_[0-9a-f]{32}", "", html)

    assert named(page(OPENING)) == named(page(OPENING))


def test_json_is_safe_in_a_script_a_page_and_a_template() -> None:
    made = safe_json({"text": HOSTILE + "\u2028\u2029", "nested": {"deep": ["\\{{", '"{%']}})
    assert not set("<>&\u2028\u2029") & set(made)
    assert "{{" not in made
    assert "{%" not in made
    assert json.loads(made) == {"text": HOSTILE + "\u2028\u2029", "nested": {"deep": ["\\{{", '"{%']}}


def test_leaflet_gets_the_same_options_from_folium_as_in_the_exported_page() -> None:
    own = folium.Map(
        location=(0, 0), zoom_start=2, tiles=None, zoom_snap=0.25, zoom_delta=0.5, world_copy_jump=False,
        track_resize=False,
    )  # fmt: skip
    given = re.search(r"\.\.\.(\{.*?\})\}\);", page(OPENING), re.DOTALL)
    assert given is not None
    assert json.loads(re.sub(r",\s*\}", "}", given[1])) == assets.OPTIONS
    assert {folium.utilities.camelize(key): value for key, value in own.options.items()} == assets.OPTIONS
