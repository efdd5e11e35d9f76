"""GeoPackage: one layer for each layer of the map, the statements, and the tables behind them."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import pyogrio
import pyogrio.raw
from shapely import MultiLineString, MultiPoint, MultiPolygon, to_wkb

from mapapp.export import rows
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Atlas
    from mapapp.core.select import Selection
    from mapapp.core.view import View
    from mapapp.export.rows import Row

_CRS = "EPSG:4326"
_CLOCK = "OGR_CURRENT_DATE"  # GDAL's own way to write a given time of last change instead of the present one
_LOCK = Lock()  # that setting is the whole process's


def geopackage(atlas: Atlas, view: View, selection: Selection, address: str) -> bytes:
    """Return a GeoPackage: map layers by name, ``event-points``, and tables without geometry.

    ``event-points`` holds only statements whose site or subject is a point the article names; ``events``
    holds them all.
    """
    with _LOCK, TemporaryDirectory() as folder:
        path = Path(folder) / "view.gpkg"
        before = pyogrio.get_gdal_config_option(_CLOCK)
        pyogrio.set_gdal_config_options({_CLOCK: f"{atlas.article.date}T00:00:00.000Z"})
        try:
            _fill(path, atlas, view, selection, address)
        finally:
            pyogrio.set_gdal_config_options({_CLOCK: before})
        return path.read_bytes()


def _fill(path: Path, atlas: Atlas, view: View, selection: Selection, address: str) -> None:
    for layer, places in groupby(selection.places, key=lambda item: item[0].layer):
        shown = list(places)
        place_rows = [rows.place_row(atlas, *item) for item in shown]
        _write(path, layer, words(f"layer-{layer}"), place_rows, [place.geometry for place, *_ in shown])
    events = [(event, rows.event_row(atlas, event, sure, view)) for event, sure in selection.events]
    at = [(row, MultiPoint(found)) for event, row in events if (found := rows.points(atlas, event))]
    if rows.drawn("events", view):
        _write(
            path,
            "event-points",
            words("layer-events-note"),
            [row for row, _ in at],
            [shape for _, shape in at],
        )
    tables = {
        "events": [row for _, row in events],
        "statuses": rows.status_rows(selection, view),
        "background": rows.fact_rows(selection),
        "sources": rows.source_rows(atlas, selection, view),
        "about": rows.about_rows(atlas, view, address),
    }
    for name, table_rows in tables.items():
        _write(path, name, words(f"data-table-{name}"), table_rows)


def _write(
    path: Path, name: str, about: str, items: Sequence[Row], shapes: Sequence[BaseGeometry] | None = None
) -> None:
    """Add a layer; a table where there are no shapes. Nothing is written for no items."""
    if not items:
        return
    fields = list(dict.fromkeys(key for row in items for key in row))
    drawn = None if shapes is None else _alike(shapes)
    columns, masks = zip(*(_column([row.get(field) for row in items]) for field in fields), strict=True)
    pyogrio.raw.write(
        path,
        None if drawn is None else np.array([to_wkb(shape) for shape in drawn], dtype=object),
        list(columns),
        fields,
        field_mask=list(masks),
        layer=name,
        driver="GPKG",
        geometry_type=None if drawn is None else _type(drawn),
        crs=None if drawn is None else _CRS,
        layer_options={"DESCRIPTION": about},
    )


def _alike(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return shapes of one type, as a layer has: a single one among multiples becomes such itself."""
    if len({shape.geom_type for shape in shapes}) == 1:
        return list(shapes)
    multiple: dict[str, Any] = {"Polygon": MultiPolygon, "LineString": MultiLineString}
    return [multiple[shape.geom_type]([shape]) if shape.geom_type in multiple else shape for shape in shapes]


def _type(shapes: Sequence[BaseGeometry]) -> str:
    """Return the layer's type: areas and lines in one layer are of no one type."""
    types = {shape.geom_type for shape in shapes}
    return types.pop() if len(types) == 1 else "Unknown"


def _column(values: Sequence[Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any] | None]:
    """Return values as one typed column, and which of them are missing."""
    there = [value for value in values if value is not None]
    missing = np.array([value is None for value in values])
    if there and all(isinstance(value, date) for value in there):
        return np.array([value or "NaT" for value in values], dtype="datetime64[D]"), None
    if there and all(isinstance(value, bool) for value in there):
        return np.array([bool(value) for value in values]), missing
    if there and all(isinstance(value, int) for value in there):
        return np.array([value or 0 for value in values], dtype=np.int64), missing
    if there and all(isinstance(value, int | float) for value in there):
        return np.array([np.nan if value is None else value for value in values], dtype=float), None
    return np.array([None if value is None else str(value) for value in values], dtype=object), None
