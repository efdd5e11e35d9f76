"""Turns columns of Parquet files and GeoPackages into text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import shapely
from pyproj import Transformer

if TYPE_CHECKING:
    from typing import Any

    from pyproj import CRS


def as_table(columns: list[pa.Array]) -> pa.Table:
    """Return columns as a table that names them by number."""
    return pa.table({f"c{at}": column for at, column in enumerate(columns)})


def as_text(column: pa.Array) -> pa.Array:
    """Return a column as text; null where its type has no text form."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    try:
        return column.cast(pa.string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):  # lists, structures, bytes: not used
        return pa.nulls(len(column), pa.string())


def point_columns(wkb: Any, crs: CRS | None) -> list[pa.Array]:  # noqa: ANN401 - an array of bytes
    """Return latitude and longitude in WGS 84 as text; both are null for geometries that are not points."""
    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    whole = shapely.get_type_id(shapes) == 0
    lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)
    if crs is not None and not crs.is_geographic:
        lon, lat = Transformer.from_crs(crs, 4326, always_xy=True).transform(lon, lat)
    return [pa.array(axis, mask=~whole).cast(pa.string()) for axis in (lat, lon)]
