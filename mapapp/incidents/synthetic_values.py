"""Draws the random values of synthetic incidents.

Their distribution roughly resembles Syria from 2017 to 2020: most are near towns in the north-west, and
their number falls over time and rises again in the months before February 2020.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Like = Literal["acled", "ucdp", "csv"]
_FIRST, _LAST = np.datetime64("2017-01-01"), np.datetime64("2020-06-30")
# name, longitude, latitude, spread in degrees, share of the rows, increase in the last winter
AREAS = (
    ("Idlib", 36.63, 35.75, 0.22, 0.26, 3.0),
    ("Aleppo", 37.1, 36.15, 0.3, 0.2, 2.0),
    ("Hama", 36.6, 35.4, 0.25, 0.13, 1.5),
    ("Rural Damascus", 36.4, 33.55, 0.2, 0.11, 0.0),
    ("Deir-ez-Zor", 40.4, 35.1, 0.45, 0.1, 0.0),
    ("Dar'a", 36.15, 32.75, 0.15, 0.07, 0.2),
    ("Homs", 37.2, 34.6, 0.5, 0.05, 0.1),
    ("Lattakia", 36.1, 35.65, 0.1, 0.04, 1.0),
    ("Al-Hasakeh", 40.7, 36.6, 0.4, 0.04, 0.3),
)
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


def draw(rows: int, like: Like, rng: np.random.Generator) -> Drawn:
    """Return random values for a number of rows.

    Parameters
    ----------
    rows
        Number of rows.
    like
        The format, whose kinds are drawn.
    rng
        Source of random numbers.
    """
    days = np.arange(_FIRST, _LAST + 1)
    ago = np.linspace(1.6, 0.6, days.size)
    winter = ((days >= np.datetime64("2019-12-15")) & (days <= np.datetime64("2020-03-05"))).astype(float)
    summer = ((days >= np.datetime64("2019-04-28")) & (days <= np.datetime64("2019-08-31"))).astype(float)
    shares = np.array([share for *_, share, _ in AREAS])
    more = np.array([rise for *_, rise in AREAS])
    weight = shares[:, None] * (ago + more[:, None] * (winter + 0.5 * summer))
    cell = rng.choice(weight.size, rows, p=(weight / weight.sum()).ravel())
    area, day = np.divmod(cell, days.size)
    order = np.argsort(-day, kind="stable")
    area, day = area[order], day[order]
    village = np.minimum(rng.geometric(0.02, rows) - 1, _VILLAGES - 1)
    lon, lat = _villages(rng)
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
    )


def _villages(rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return longitudes and latitudes of the villages of each area, from the centre outwards."""
    lon, lat = np.empty((2, len(AREAS), _VILLAGES))
    for index, (_, east, north, spread, *_rest) in enumerate(AREAS):
        away = rng.normal(0, spread, (2, _VILLAGES))
        away = away[:, np.argsort(np.hypot(*away), kind="stable")]
        lon[index] = np.clip(east + away[0], 35.8, 42.2).round(4)
        lat[index] = np.clip(north + away[1], 32.4, 37.1).round(4)
    return lon, lat
