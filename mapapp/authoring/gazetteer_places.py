"""Places of the gazetteer for the author's panel: found by name, and made ready for a data folder."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import shapely

from mapapp.authoring.base_layers import base_layers
from mapapp.authoring.base_map import SOURCE as NATURAL_EARTH
from mapapp.authoring.folder_files import BASE_SOURCES
from mapapp.authoring.name_keys import name_key
from mapapp.authoring.places_named import distance_km
from mapapp.authoring.suggest.model import Candidate
from mapapp.authoring.towns import COAST_KM, name_in, settlement_kind, town_note, town_position
from mapapp.authoring.towns import SOURCE as GEONAMES
from mapapp.data.checks.geography import gap_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapapp.authoring.gazetteer import Entry, Gazetteer
    from mapapp.core.model import Atlas

_MOST = 20  # places found
_SHORTEST = 2  # letters to search for
_NEAR_KM = 500  # from what the article names, of a place that it is likely to mean
_SETTLEMENT = "P"  # feature class
_INSIDE = "A point in it, which stands for the whole."


def found_in(
    gazetteer: Gazetteer, text: str, anchors: Sequence[tuple[float, float]]
) -> tuple[Candidate, ...]:
    """Return the places whose names begin with a text.

    Those called exactly so are first; among these, and among the others, the settlements near what
    the article names, the nearest first, then other places near it, and then the rest, the best known first.

    Parameters
    ----------
    anchors
        Positions (lon, lat) of what the article names, for the distance to the nearest.
    """
    key = name_key(text)
    entries = gazetteer.beginning_with(key, _MOST) if len(key) >= _SHORTEST else []
    found = [
        Candidate(
            id=entry.id, own=False, name=entry.name, names=entry.names, lon=entry.lon, lat=entry.lat,
            feature_class=entry.feature_class, population=entry.population or None, country=entry.country,
            distance_km=min((distance_km((entry.lon, entry.lat), one) for one in anchors), default=None),
        )
        for entry in entries
    ]  # fmt: skip

    def order(one: Candidate) -> tuple[bool, bool, float]:
        is_exact = key in map(name_key, one.names)
        away = one.distance_km
        if away is None or away > _NEAR_KM:
            return not is_exact, True, inf
        return not is_exact, one.feature_class != _SETTLEMENT, away

    return tuple(sorted(found, key=order))


def entry_of(gazetteer: Gazetteer, identity: str, name: str) -> Entry | None:
    """Return a place of the gazetteer by its id and main name; ``None`` if there is none."""
    entries: Iterable[Entry] = gazetteer.look_up([name_key(name)]).get(name_key(name), ())
    return next((entry for entry in entries if entry.id == identity), None)


def ready_place(entry: Entry, atlas: Atlas) -> dict[str, Any]:
    """Return a place of the gazetteer as the folder would have it, without an id.

    ``layer`` is that of its layer, ``geometry`` its point, ``entry`` what is known of its other properties,
    and ``source`` the entry of its source. ``isComplete`` says whether nothing is left to fill in, which is
    so for settlements: for other places, a point has no tolerance that could be known.
    """
    profile = atlas.profile
    layers = [name for name, layer in profile.layers.items() if "point" in layer.shapes and not layer.changes]
    of_class = [name for name in layers if profile.layers[name].feature_class == entry.feature_class]
    properties = {"names": names_of(entry, profile.languages), "valid": "../..", **_known(entry, atlas)}
    source = properties["sources"][0]
    return {
        "layer": next(iter([*of_class, *layers]), ""),
        "entry": properties,
        "geometry": {"type": "Point", "coordinates": [round(entry.lon, 4), round(entry.lat, 4)]},
        "source": {"id": source, **BASE_SOURCES[source]},
        "isComplete": bool(of_class) and {"kind", "tolerance_km"} <= properties.keys(),
    }


def _known(entry: Entry, atlas: Atlas) -> dict[str, Any]:
    """Return what is known of a place besides its names."""
    if entry.feature_class != _SETTLEMENT:
        is_ours = entry.id.startswith(NATURAL_EARTH)
        basis, source = ("natural-earth", NATURAL_EARTH) if is_ours else ("traced", GEONAMES)
        return {"basis": basis, "sources": [source], "note": _INSIDE}
    kinds = base_layers()
    kind = kinds.seat if entry.is_capital else settlement_kind(entry.population)
    off = _off_coast_km(entry, atlas)
    return {
        **({"kind": kind} if kind in atlas.profile.place_kinds else {}),
        **town_position(off),
        "country": entry.country,
        "geonames": int(entry.id.rpartition(":")[2]),
        "note": town_note(off),
    }


def _off_coast_km(entry: Entry, atlas: Atlas) -> float:
    """Return how far a town is off the land of the map; 0 if it is far from it, or the map has none."""
    roles = {name: layer.role for name, layer in atlas.profile.layers.items()}
    land = [place.geometry for place in atlas.place.values() if roles.get(place.layer) == "land"]
    off = min((gap_km(shapely.Point(entry.lon, entry.lat), one) for one in land), default=0.0)
    return off if off <= COAST_KM else 0.0


def names_of(entry: Entry, languages: Sequence[str]) -> dict[str, str]:
    """Return its names: in the first language, and in others that have letters of their own."""
    first, *others = languages
    names = {first: name_in(first, entry.name, entry.names)}
    for language in others:
        name = name_in(language, entry.name, entry.names)
        if name not in {names[first], entry.name}:
            names[language] = name
    return names
