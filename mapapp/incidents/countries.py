"""The countries of a map, and how exports of incidents spell them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import shapely
import yaml

from mapapp.core.story_frame import home

if TYPE_CHECKING:
    from mapapp.core.model import Atlas, Place

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def countries_of(atlas: Atlas) -> list[Place]:
    """Return the countries of a map."""
    layers = atlas.profile.having("country")
    return [place for layer in atlas.layers if layer.id in layers for place in layer.places]


def countries_by_name(atlas: Atlas) -> dict[str, Place]:
    """Return the countries of a map by each of their names in small letters, in all its languages.

    Those with an ISO code are also found by the names in ``countries.yaml``.
    """
    found: dict[str, Place] = {}
    for place in countries_of(atlas):
        code = dict(place.facts).get("iso2")
        for name in (*place.names.texts.values(), *_further_names().get(str(code), ())):
            found.setdefault(name.strip().lower(), place)
    return found


def country_shown(atlas: Atlas) -> Place | None:
    """Return the country of which the map's opening frame shows most; ``None`` if it shows none."""
    (south, west), (north, east) = home(atlas)
    frame = shapely.box(west, south, east, north)
    shares = {place: shapely.intersection(place.geometry, frame).area for place in countries_of(atlas)}
    most = max(shares, key=lambda place: shares[place], default=None)
    return most if most is not None and shares[most] else None


@cache
def _further_names() -> dict[str, list[str]]:
    text = (files("mapapp.incidents") / "countries.yaml").read_text(encoding="utf-8")
    loaded: dict[str, list[str]] = yaml.load(text, _Loader)  # noqa: S506 - one of the two safe ones
    return loaded
