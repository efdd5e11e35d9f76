"""Location of a statement: its places, its exact position if known, and a representative point.

Positions are WGS 84 (EPSG:4326), (lon, lat).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import shapely
from shapely import LineString, Point
from shapely.ops import nearest_points

from mapapp.core.relations import places_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapapp.core.model import Atlas, Event, Place, PlaceLink
    from mapapp.core.model import Role as LinkRole
    from mapapp.core.profile import Role

# What the point of a statement represents; see `Location`.
PointBasis = Literal["position", "linked-place", "inside-area", "on-line", "among-several", "seat"]

_ROLES = ("site", "subject", "part", "about", "seat")  # the location is the places of the first of these
_HAPPENED = frozenset({"site", "subject"})  # a seat only represents a government
_KM_A_DEGREE = 111  # of latitude; an approximation is enough for borders that are accurate to 5 km
_LARGE = ("province", "country", "land")
_DIGITS = 3  # about 100 m: more would look like a measured position


class Location(NamedTuple):
    """The places that are a statement's location, all in the same role, and a representative point.

    ``basis`` says what ``point`` is:

    - ``position``: the location is a single place that the article names, where the statement's event
      happened or that it is about; the point is its position;
    - ``linked-place``: the same for a place that is linked in another way, or that the article does not name;
    - ``inside-area``, ``on-line``: the location is one area or line; the point lies in or on it;
    - ``among-several``: the location is several places; the point is the one nearest to their centroid;
    - ``seat``: the seat of the speaker's government, because the statement has no other place.

    ``wide`` is whether one of the places is a province, a country or wider.
    """

    places: tuple[Place, ...]
    role: LinkRole
    point: Point
    basis: PointBasis
    wide: bool = False

    @property
    def precision(self) -> int:
        """How precise the point is, by ACLED's ``geo_precision``.

        1 for a position, 2 for one area or line smaller than a province, 3 for anything wider: a province or
        a country, several places, or places that are not where it happened.
        """
        if self.basis == "position":
            return 1
        small = self.basis in ("inside-area", "on-line") and not self.wide
        return 2 if small and self.role != "seat" else 3


def location(atlas: Atlas, event: Event) -> Location:
    """Return the location of a statement; each has at least one place."""
    links = places_of(atlas, event)
    found = next(filter(None, ([pair for pair in links if pair[1].role == role] for role in _ROLES)))
    places, role = tuple(place for place, _ in found), found[0][1].role
    own = position(*found[0]) if len(found) == 1 else None
    basis = "position" if own else _basis(places, role)
    wide = any(atlas.profile.layers[place.layer].role in _LARGE for place in places)
    return Location(places, role, own or _standing_for(places), basis, wide)


def position(place: Place, link: PlaceLink) -> Point | None:
    """Return the position that one of a statement's places gives it; ``None`` if it gives none.

    The place must be a point, be the site or subject of the statement, and be named by the article.
    """
    shape = place.geometry
    return shape if isinstance(shape, Point) and link.role in _HAPPENED and link.words else None


def positions(atlas: Atlas, event: Event) -> list[Point]:
    """Return the positions a statement has; areas and seats of government give none."""
    return [shape for place, link in places_of(atlas, event) if (shape := position(place, link))]


def areas_around(atlas: Atlas, places: Iterable[Place], role: Role) -> list[Place]:
    """Return the areas with a role that contain the places wholly or partly, or are among them; each once."""
    ids = dict.fromkeys(item for place in places for item in (place.id, *place.within))
    layers = atlas.profile.having(role)
    return [area for item in ids if (area := atlas.place[item]).layer in layers]


def country_codes(atlas: Atlas, place: Place) -> list[str]:
    """Return the countries a place is or lies in, wholly or partly, as ISO 3166-1 alpha-2 codes.

    They are taken from ``within`` or ``country`` of the place. A line with neither is measured: it lies in
    each country that contains a stretch longer than twice its error. A disputed area lies in none.
    """
    if atlas.profile.is_disputed(place.kind):
        return []
    facts = dict(place.facts)
    said = [dict(area.facts).get("iso2") for area in areas_around(atlas, [place], "country")]
    codes = [str(code) for code in (*said, facts.get("country")) if code]
    if not codes and isinstance(place.geometry, LineString):
        least = 2 * place.tolerance_km / _KM_A_DEGREE
        codes = [
            str(code)
            for country in atlas.place.values()
            if country.layer in atlas.profile.having("country")
            and (code := dict(country.facts).get("iso2"))
            and place.geometry.intersection(country.geometry).length > least
        ]
    return list(dict.fromkeys(codes))


def _basis(places: tuple[Place, ...], role: LinkRole) -> PointBasis:
    if role == "seat":
        return "seat"
    if len(places) > 1:
        return "among-several"
    shape = places[0].geometry.geom_type
    if shape == "Point":
        return "linked-place"
    return "on-line" if shape.endswith("LineString") else "inside-area"


def _standing_for(places: tuple[Place, ...]) -> Point:
    shapes = [place.geometry for place in places]
    if len(shapes) == 1 and isinstance(shapes[0], Point):
        return shapes[0]
    whole = shapely.union_all(shapes)
    found = whole.representative_point() if len(shapes) == 1 else nearest_points(whole, whole.centroid)[0]
    return Point(round(found.x, _DIGITS), round(found.y, _DIGITS))
