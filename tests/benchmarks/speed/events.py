"""The events every contestant draws: one synthetic table per size, the same on every run.

They lie about Syria's towns and between them, on the days of 2017 to 2020. Two stand alone, so that a mouse
can be sent to them: `BEACONS`, the first in the middle of the view. They are made up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

FIRST, LAST = "2017-01-01", "2020-12-31"  # inclusive; every contestant opens on all of it
CENTRE = (35.0, 39.0)  # latitude, longitude of the view's middle
ZOOM = 7  # Leaflet's; deck.gl counts one less
BEACONS = ((39.0, 35.0), (39.6, 35.0))  # longitude, latitude
STEPS = 44  # on each of so many last days there is an event: a step back by a day always takes some away
_ALONE = 0.3  # degrees about a beacon that are kept free
_BOX = (35.8, 32.4, 42.2, 37.2)  # west, south, east, north
_TOWNS = ((36.63, 35.93), (37.16, 36.2), (36.75, 35.13), (36.3, 33.51), (40.14, 35.33), (36.1, 32.62))
_KINDS = ("clashes", "shelling", "air-strikes", "explosions", "civilians", "protests")


def table(rows: int) -> pd.DataFrame:
    """Return ``rows`` events: ``id``, ``date``, ``kind``, ``lon``, ``lat`` (WGS 84), in no order of time."""
    if rows < len(BEACONS) + STEPS:
        raise ValueError(f"rows: at least {len(BEACONS) + STEPS} (got {rows})")
    draw = np.random.default_rng(20200219)
    west, south, east, north = _BOX
    towns = np.array(_TOWNS)[draw.integers(len(_TOWNS), size=rows)] + draw.normal(0, 0.25, (rows, 2))
    anywhere = draw.uniform((west, south), (east, north), (rows, 2))
    where = np.where(draw.random((rows, 1)) < 0.8, towns, anywhere).clip((west, south), (east, north))
    for lon, lat in BEACONS:
        near = (abs(where - (lon, lat)) < _ALONE).all(axis=1)
        where[near, 1] = south + draw.random(int(near.sum()))
    days = pd.date_range(FIRST, LAST)
    day = draw.integers(len(days), size=rows)
    where[: len(BEACONS)], day[: len(BEACONS)] = BEACONS, len(days) // 2
    day[-STEPS:] = len(days) - 1 - np.arange(STEPS)
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


def days_since_1970(day: str) -> int:
    """Return an ISO day as the app's script counts it."""
    return (pd.Timestamp(day) - pd.Timestamp(0)).days
