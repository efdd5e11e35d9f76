"""Plain GeoJSON (RFC 7946): places, statements and background as features of one collection."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapapp.export import rows
from mapapp.export.columns import listed
from mapapp.frames import CRS, background_frame, place_frame, statement_frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Atlas
    from mapapp.core.select import Selection
    from mapapp.core.view import View


def geojson(atlas: Atlas, view: View, selection: Selection, address: str) -> bytes:
    """Return the view as a feature collection.

    Each feature has a ``layer``: the layer of a place, ``events`` for a statement, ``background`` for a
    background fact. The geometry of a statement is its true positions or null, as in
    `mapapp.frames.statement_frame`; that of a background fact is null. The other properties are the columns
    of the frames, without missing values; days are ISO 8601 text, lists are arrays. The members next to
    ``features`` describe the view.
    """
    places, statements = place_frame(atlas, selection), statement_frame(atlas, selection, view.names)
    spots = [rows.spot(atlas, event, view) for event, _ in selection.events]
    background = background_frame(selection)
    features = [
        *_features("place", places, list(places.geometry)),
        *_features("event", statements.drop(columns="passages").assign(layer="events"), spots),
        *_features("fact", background.assign(layer="background"), [None] * len(background)),
    ]
    head = {"type": "FeatureCollection", **rows.about(atlas, view, address)}
    # one line per feature: compact, and easy to compare with diff
    lines = ",\n".join(map(_json, features))
    return f'{_json(head)[:-1]},"features":[\n{lines}\n]}}\n'.encode()


def _features(kind: str, frame: pd.DataFrame, shapes: Sequence[BaseGeometry | None]) -> list[dict[str, Any]]:
    own = gpd.GeoDataFrame(
        pd.DataFrame(listed(frame), dtype=object, index=[rows.urn(kind, item) for item in frame[kind]]),
        geometry=shapely.orient_polygons(np.array(shapes, dtype=object)),
        crs=CRS,
    )
    found: list[dict[str, Any]] = json.loads(own.to_json(na="drop"))["features"]
    return found


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
