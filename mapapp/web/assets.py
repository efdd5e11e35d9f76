"""The scripts, the style sheet and Leaflet's options of every page that shows the map."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from mapapp import theme
from mapapp.web import scripts as fixed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapapp.core.profile import Profile

OPTIONS: Mapping[str, bool | float] = {  # of L.map, as Leaflet names them
    "zoom": 2,
    "zoomControl": True,
    "preferCanvas": False,
    "zoomSnap": 0.25,
    "zoomDelta": 0.5,
    "worldCopyJump": False,
    "trackResize": False,  # the script does that; Leaflet would take it for a move by the reader
}


def scripts(data: str) -> tuple[str, str, str]:
    """Return the scripts of the map in loading order, given the one with the ``data``."""
    return fixed.leaflet(), data, fixed.own("mapapp")


def style(profile: Profile, fonts: str) -> str:
    """Return the style sheet: Leaflet's, the theme's and ours, after the rules that load the ``fonts``."""
    leaflet = (files("xstatic.pkg.leaflet") / "data" / "leaflet.css").read_text(encoding="utf-8")
    own = (files("mapapp.web") / "static" / "mapapp.css").read_text(encoding="utf-8")
    return f"{fonts}\n{leaflet}\n{theme.css(profile)}\n{own}"
