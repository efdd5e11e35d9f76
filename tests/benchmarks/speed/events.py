"""The events every contestant draws: one synthetic table per size, the same on every run.

They lie about Syria's towns and between them, on the days of 2017 to 2020. Some stand alone, so that a mouse
can be sent to each: `BEACONS`. They are synthetic.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

FIRST, LAST = "2017-01-01", "2020-12-31"  # inclusive; every contestant opens on all of it
CENTRE = (39.0, 35.0)  # longitude, latitude of the view's middle
ZOOM = 7  # as Leaflet counts; deck.gl counts one less
BEACONS = tuple((38.2 + 0.4 * column, 33.5 + 0.4 * row) for column in range(8) for row in range(3))
STEPS = 44  # on each of so many last days there is an event: a step back by a day always takes some away
_KEPT_FREE = (38.0, 33.3, 41.2, 34.5)  # west, south, east, north of the beacons
_BOX = (35.8, 32.4, 42.2, 37.2)
_TOWNS = ((36.63, 35.93), (37.16, 36.2), (36.75, 35.13), (36.3, 33.51), (40.14, 35.33), (36.1, 32.62))
_KINDS = ("clashes", "shelling", "air-strikes", "explosions", "civilians", "protests")


def table(rows: int) -> pd.DataFrame:
    """Return ``rows`` events: ``id``, ``date``, ``kind``, ``lon``, ``lat`` (WGS 84), in no order of time."""
    if rows < STEPS:
        raise ValueError(f"rows: at least {STEPS} (got {rows})")
    draw = np.random.default_rng(20200219)
    west, south, east, north = _BOX
    towns = np.array(_TOWNS)[draw.integers(len(_TOWNS), size=rows)] + draw.normal(0, 0.25, (rows, 2))
    anywhere = draw.uniform((west, south), (east, north), (rows, 2))
    where = np.where(draw.random((rows, 1)) < 0.8, towns, anywhere).clip((west, south), (east, north))
    near = ((where > _KEPT_FREE[:2]) & (where < _KEPT_FREE[2:])).all(axis=1)
    where[near, 1] = draw.uniform(_KEPT_FREE[3], north, int(near.sum()))
    days = pd.date_range(FIRST, LAST)
    day = draw.integers(len(days), size=rows)
    day[:STEPS] = len(days) - 1 - np.arange(STEPS)
    where[: len(BEACONS)] = BEACONS
    return pd.DataFrame(
        {
            "id": [f"event-{number}" for number in range(rows)],
            "date": days[day],
            "kind": np.array(_KINDS)[draw.integers(len(_KINDS), size=rows)],
            "lon": where[:, 0].round(5),
            "lat": where[:, 1].round(5),
        }
    )


def write(rows: int, folder: Path) -> tuple[Path, Path, list[int]]:
    """Write the table as Parquet and CSV; return both, and how many rows each step of a day back leaves."""
    made = table(rows)
    parquet, csv = folder / f"events-{rows}.parquet", folder / f"events-{rows}.csv"
    made.to_parquet(parquet)
    made.to_csv(csv, index=False, date_format="%Y-%m-%d")
    last = pd.Timestamp(LAST)
    return parquet, csv, [int((made["date"] < last - pd.Timedelta(days=step)).sum()) for step in range(STEPS)]


def from_middle(lon: float, lat: float) -> tuple[float, float]:
    """Return how many pixels right of and below the view's middle a point lies (Web Mercator, `ZOOM`)."""
    world = 256 * 2**ZOOM

    def down(lat: float) -> float:
        return -math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi) * world

    return (lon - CENTRE[0]) / 360 * world, down(lat) - down(CENTRE[1])


def days_since_1970(day: str) -> int:
    """Return an ISO day as the app's script counts it."""
    return (pd.Timestamp(day) - pd.Timestamp(0)).days
