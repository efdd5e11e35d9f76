"""Plain GeoJSON (RFC 7946): places, statements and background as features of one collection."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shapely import orient_polygons
from shapely.geometry import mapping

from mapapp.export import rows
from mapapp.view_rows import background_rows, change_rows, place_rows, statement_rows

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Atlas
    from mapapp.core.select import Selection
    from mapapp.core.view import View
    from mapapp.view_rows import Row


def geojson(atlas: Atlas, view: View, selection: Selection, address: str) -> bytes:
    """Return the view as a feature collection.

    Each feature has a ``layer``: the layer of a place, ``events`` for a statement, ``background`` for a
    background fact, ``changes`` for land gained or lost between two days, as in
    `mapapp.frames.change_frame`. The geometry of a statement is its true positions or null, as in
    `mapapp.frames.statement_frame`; that of a background fact is null. The other properties are the columns
    of the frames, without ``passages`` and missing values; days are ISO 8601 text, lists are arrays. The
    members next to ``features`` describe the view.
    """
    places, statements = place_rows(atlas, selection), statement_rows(atlas, selection, view.names).rows
    spots = [rows.spot(atlas, event, view) for event, _ in selection.events]
    changes = change_rows(atlas, view)
    features = [
        *(_feature("place", row, shape) for row, shape in zip(places.rows, places.shapes, strict=True)),
        *(
            _feature("event", {**row, "passages": None, "layer": "events"}, spot)
            for row, spot in zip(statements, spots, strict=True)
        ),
        *(
            _feature("fact", {**row, "layer": "background"}, None)
            for row in background_rows(atlas, selection).rows
        ),
        *(
            _feature("change", {**row, "layer": "changes"}, shape, f"{row['change']}-{row['kind']}")
            for row, shape in zip(changes.rows, changes.shapes, strict=True)
        ),
    ]
    head = {"type": "FeatureCollection", **rows.about(atlas, view, address)}
    # one line per feature: compact, and easy to compare with diff
    lines = ",\n".join(map(_json, features))
    return f'{_json(head)[:-1]},"features":[\n{lines}\n]}}\n'.encode()


def _feature(kind: str, row: Row, shape: BaseGeometry | None, name: str | None = None) -> dict[str, Any]:
    return {
        "id": rows.urn(kind, name or str(row[kind])),
        "type": "Feature",
        "properties": rows.jsonable(row),
        "geometry": mapping(orient_polygons(shape)) if shape else None,
    }


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
