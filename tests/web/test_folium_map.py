"""The folium map of streamlit-folium's frame: no other host, everything escaped, nothing executed."""

from __future__ import annotations

import json
import re

from hostile import HOSTILE

from mapapp.core.model import Atlas
from mapapp.text.html import safe_json
from mapapp.web import assets, folium_map

LINKS = {"bridge": "../a/bridge.js"}
SHOWN = {"page": "./map/a.html", "record": None, "failed": HOSTILE}


def page() -> str:
    """Return the page folium writes."""
    html: str = folium_map.build(SHOWN, LINKS).get_root().render()
    return html


def test_hostile_text_stays_data() -> None:
    html = page()
    assert "<img" not in html
    assert "{{" not in re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    given = re.search(r"mapapp\.show\((\{.*\})\);", html)
    assert given is not None
    assert json.loads(given[1]) == SHOWN


def test_only_the_given_script_is_loaded_and_no_other_host_is_contacted(atlas: Atlas) -> None:
    asked = re.findall(r"""(?:src|href)=["']([^"']+)["']""", page())
    assert asked == list(LINKS.values())
    sheets = assets.style(atlas.profile, "")
    assert not re.findall(r"(?:https?:)?//[\w-]+\.\w+", re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL))
    assert "@import" not in sheets


def test_what_is_shown_gives_the_same_map_except_for_its_name() -> None:
    def named(html: str) -> str:
        return re.sub(r"_[0-9a-f]{32}", "", html)

    assert named(page()) == named(page())


def test_json_is_safe_in_a_script_a_page_and_a_template() -> None:
    made = safe_json({"text": HOSTILE + "\u2028\u2029", "nested": {"deep": ["\\{{", '"{%']}})
    assert not set("<>&\u2028\u2029") & set(made)
    assert "{{" not in made
    assert "{%" not in made
    assert json.loads(made) == {"text": HOSTILE + "\u2028\u2029", "nested": {"deep": ["\\{{", '"{%']}}
