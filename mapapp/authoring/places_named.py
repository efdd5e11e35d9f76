"""What an article's suggestions say about where it is: the region of its map, and the towns it names."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mapapp.authoring.base_map import Box, World, WorldArea, around
from mapapp.authoring.name_keys import name_key
from mapapp.core.geodesy import geod

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapapp.authoring.gazetteer import Entry, Gazetteer
    from mapapp.authoring.suggest.model import Candidate, PlaceMention, Suggestions

_NEAR_KM = (
    250  # from a place in the country that the article is mostly about: so near, others widen the region
)
_SAME_KM = 200  # from a province's point to the town it is called after
_MUCH = 2.5  # of rank, between a place and one that is much less known
_OPENED = ("A", "P", "L")  # of seas and mountains only a point is known
_LARGER = {"A": 1}  # provinces before towns
_COUNTRY = "geonames:"  # how the ids of countries begin; provinces have other ids


def country_called(world: World, name: str) -> WorldArea | None:
    """Return the country or disputed area of a name in any language; ``None`` if there is none."""
    wanted = name.casefold().strip()
    return next(
        (area for area in world.countries.values() if wanted in map(str.casefold, _all_names(area))), None
    )


def places_called(gazetteer: Gazetteer, world: World, name: str) -> list[Entry]:
    """Return the towns, provinces and regions in one country that a name may mean, the best known first.

    A country can stand after a comma. Little known places are left out where there is one that is much better
    known; so is a town in a province of its name.
    """
    wanted, _, where = name.rpartition(", ") if ", " in name else (name, "", "")
    country = country_called(world, where) if where else None
    code = country.properties["iso2"] if country else where.upper()
    key = name_key(wanted)
    found = [
        one
        for one in gazetteer.look_up([key]).get(key, ())
        if not one.is_country and one.feature_class in _OPENED and one.country and code in ("", one.country)
    ]
    main = [one for one in found if one.main] or found
    kept: list[Entry] = []
    for one in sorted(main, key=lambda entry: (-_LARGER.get(entry.feature_class, 0), -entry.rank)):
        same = (one.country == other.country and _apart(one, other) < _SAME_KM for other in kept)
        if one.rank > main[0].rank - _MUCH and not any(same):
            kept.append(one)
    return sorted(kept, key=lambda entry: -entry.rank)


def region_of(gazetteer: Gazetteer, world: World, place: Entry) -> tuple[Box, str]:
    """Return the region of a province's towns, or around another place, and the id of its country."""
    country = _by_code(world, place.country)
    towns = gazetteer.extent(place.province) if place.feature_class == "A" and place.province else None
    box = Box(*towns) if towns else Box(place.lon, place.lat, place.lon, place.lat)
    return around([box]), country.id if country else "land"


def region_named(world: World, found: Suggestions) -> tuple[Box, str] | None:
    """Return the region that an article names most, and the id of the country that it is mostly about.

    That is the country most of its places are in: around the places it names there or, if it names none
    there, the country as a whole. ``None`` if it names no place that is known.
    """
    likely = likeliest(found.places)
    counts = Counter(one.country for one in likely if one.country)
    country = next((area for code, _ in counts.most_common() if (area := _by_code(world, code))), None)
    if country is None:
        return None
    code = country.properties["iso2"]
    points = {(one.lon, one.lat): one.country for one in likely if not is_country(one)}
    own = [point for point, where in points.items() if where == code]
    if not own:
        return around([world.main_box(country)]), country.id
    near = [
        point
        for point in points
        if point in own or min(distance_km(point, other) for other in own) <= _NEAR_KM
    ]
    return around([Box(lon, lat, lon, lat) for lon, lat in near]), country.id


def likeliest(mentions: Iterable[PlaceMention]) -> list[Candidate]:
    """Return the likeliest place of each mention that is not doubtful."""
    return [one.candidates[0] for one in mentions if one.candidates and one.certainty != "low"]


def is_country(candidate: Candidate) -> bool:
    """Return whether a place of the gazetteer is a country."""
    return candidate.feature_class == "A" and candidate.id.startswith(_COUNTRY)


def _by_code(world: World, code: str) -> WorldArea | None:
    return next((area for area in world.countries.values() if area.properties.get("iso2") == code), None)


def _apart(one: Entry, other: Entry) -> float:
    return distance_km((one.lon, one.lat), (other.lon, other.lat))


def distance_km(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the distance of two positions (lon, lat) in km."""
    return float(geod().inv(one[0], one[1], other[0], other[1])[2]) / 1000


def _all_names(area: WorldArea) -> list[str]:
    return [*area.names.values(), *area.properties.get("also", [])]
