"""Draws the random values of synthetic incidents.

They are near places of the map, most near those that the articles are about. Their number falls over time
and rises again in the weeks before the last article. Those of an ACLED export become known with a delay, more
than half within two weeks; what is not known on its last day is not in it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from shapely import Point

from mapapp.core.location import areas_around
from mapapp.core.story_frame import home
from mapapp.incidents.countries import country_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from mapapp.core.model import Atlas, Place

Like = Literal["acled", "ucdp", "csv"]
_LANG = ""  # the first language of the map
_BEFORE, _AFTER = 1095, 133  # days before the first article and after the last
_RISE = 60  # days before the last article, and a quarter of that after it, in which there are more
_SOON, _LATE = 5, 40  # mean delays of half of the reports each, in days
_SPREAD = 0.2  # degrees around a centre
_MOST_CENTRES = 12
_DEADLY = 0.3  # share of the rows
_VILLAGES = 150  # of each area
FORCES = (
    "Military Forces of A (synthetic)",
    "Opposition Group B (synthetic)",
    "Opposition Group C (synthetic)",
    "Military Forces of D (synthetic)",
    "Unidentified Armed Group (synthetic)",
)
# event_type, sub_event_type, disorder_type, share
ACLED = (
    ("Battles", "Armed clash", "Political violence", 0.3),
    ("Battles", "Government regains territory", "Political violence", 0.02),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack", "Political violence", 0.3),
    ("Explosions/Remote violence", "Air/drone strike", "Political violence", 0.2),
    ("Explosions/Remote violence", "Remote explosive/landmine/IED", "Political violence", 0.07),
    ("Violence against civilians", "Attack", "Political violence", 0.05),
    ("Protests", "Peaceful protest", "Demonstrations", 0.03),
    ("Riots", "Mob violence", "Political violence", 0.01),
    ("Strategic developments", "Agreement", "Strategic developments", 0.02),
)
PLAIN = ("clashes", "shelling", "air strike", "explosion", "protest", "kidnapping")
PLAIN_SHARES = (0.4, 0.3, 0.18, 0.08, 0.03, 0.01)


class Centre(NamedTuple):
    """A place that incidents are near, in degrees; with the names of its province and country, if known.

    They lie within ``bounds``: west, south, east and north.
    """

    name: str
    lon: float
    lat: float
    province: str
    country: str
    bounds: tuple[float, float, float, float]


class Drawn(NamedTuple):
    """The random values of every row, as numbers, newest first."""

    day: NDArray[np.datetime64]
    area: NDArray[np.int64]
    village: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    kind: NDArray[np.int64]
    dated: NDArray[np.int64]
    located: NDArray[np.int64]
    side: NDArray[np.int64]
    dead: NDArray[np.int64]
    reported: NDArray[np.datetime64]


def centres_of(atlas: Atlas) -> list[Centre]:
    """Return the places of a map that its incidents are near, those that most statements are about first.

    They are settlements; without any, other points; without those, the middle of what the map opens on.
    """
    counts = Counter(link.id for event in atlas.events for link in event.places)
    settlements = atlas.profile.having("settlement")
    points = [place for place in atlas.place.values() if isinstance(place.geometry, Point)]
    near = [place for place in points if place.layer in settlements] or points
    if near:
        near.sort(key=lambda place: -counts[place.id])  # stable: otherwise in the order of the data
        return [_centre(atlas, place) for place in near[:_MOST_CENTRES]]
    (south, west), (north, east) = home(atlas)
    shown = country_shown(atlas)
    country = shown.names.text(_LANG) if shown else ""
    return [
        Centre("the middle", (west + east) / 2, (south + north) / 2, "", country, (west, south, east, north))
    ]


def _centre(atlas: Atlas, place: Place) -> Centre:
    countries = areas_around(atlas, [place], "country")
    province = next((area.names.text(_LANG) for area in areas_around(atlas, [place], "province")), "")
    country = countries[0].names.text(_LANG) if countries else ""
    bounds = countries[0].geometry.bounds if countries else (-180.0, -85.0, 180.0, 85.0)
    lon, lat = place.geometry.coords[0][:2]
    return Centre(place.names.text(_LANG), lon, lat, province, country, bounds)


def draw(atlas: Atlas, centres: Sequence[Centre], rows: int, like: Like, rng: np.random.Generator) -> Drawn:
    """Return random values for a number of rows.

    Parameters
    ----------
    atlas
        The map, whose articles say when.
    centres
        Where, from `centres_of`.
    rows
        Number of rows.
    like
        The format, whose kinds are drawn.
    rng
        Source of random numbers.
    """
    last = np.datetime64(atlas.day)
    days = np.arange(np.datetime64(atlas.articles[0].date) - _BEFORE, last + _AFTER + 1)
    ago = np.linspace(1.6, 0.6, days.size)
    rise = ((days >= last - _RISE) & (days <= last + _RISE // 4)).astype(float)
    shares = 1 / np.arange(1, len(centres) + 1)
    known = _known_after(np.arange(days.size))
    weight = shares[:, None] * (ago + 2 * rise) * (known[::-1] if like == "acled" else 1)
    cell = rng.choice(weight.size, rows, p=(weight / weight.sum()).ravel())
    area, day = np.divmod(cell, days.size)
    order = np.argsort(-day, kind="stable")
    area, day = area[order], day[order]
    village = np.minimum(rng.geometric(0.02, rows) - 1, _VILLAGES - 1)
    lon, lat = _villages(centres, rng)
    kinds = {"acled": [share for *_, share in ACLED], "ucdp": [0.7, 0.1, 0.2], "csv": list(PLAIN_SHARES)}[
        like
    ]
    return Drawn(
        day=days[day],
        area=area,
        village=village,
        lon=lon[area, village],
        lat=lat[area, village],
        kind=rng.choice(len(kinds), rows, p=np.array(kinds) / sum(kinds)),
        dated=rng.choice(3, rows, p=[0.93, 0.05, 0.02]),
        located=rng.choice(3, rows, p=[0.8, 0.17, 0.03]),
        side=rng.integers(0, len(FORCES), rows),
        dead=np.where(rng.random(rows) < _DEADLY, rng.geometric(0.3, rows), 0),
        reported=days[day] + np.searchsorted(known, rng.random(rows) * known[days.size - 1 - day]),
    )


def _known_after(days: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the share of incidents that are known after so many days: some soon, the others late."""
    share: NDArray[np.float64] = 1 - (np.exp(-(days + 1) / _SOON) + np.exp(-(days + 1) / _LATE)) / 2
    return share


def _villages(
    centres: Sequence[Centre], rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return longitudes and latitudes of the villages of each centre, from the centre outwards."""
    lon, lat = np.empty((2, len(centres), _VILLAGES))
    for index, centre in enumerate(centres):
        away = rng.normal(0, _SPREAD, (2, _VILLAGES))
        away = away[:, np.argsort(np.hypot(*away), kind="stable")]
        west, south, east, north = centre.bounds
        lon[index] = np.clip(centre.lon + away[0], west, east).round(4)
        lat[index] = np.clip(centre.lat + away[1], south, north).round(4)
    return lon, lat
