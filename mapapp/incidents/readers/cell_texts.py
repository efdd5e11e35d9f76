"""Turns columns of Parquet files and GeoPackages into text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely
from pyproj import CRS, Transformer

from mapapp.errors import plain
from mapapp.incidents.readers.table import LATITUDE, LONGITUDE, NO_POINT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from mapapp.incidents.readers.table import Table

_MULTIPOINT = 4  # its number in shapely
_WGS84 = ("OGC:CRS84", "EPSG:4326")
_POINT = (LATITUDE, LONGITUDE)
_EXAMPLES = 20  # rows kept to show examples


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
    """Return latitude and longitude in WGS 84 as text.

    Both are null where there is no geometry. Where it is not a point, they say so, with its type.
    """
    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    kinds = shapely.get_type_id(shapes)
    alone = (kinds == _MULTIPOINT) & (shapely.get_num_geometries(shapes) == 1)
    shapes[alone] = shapely.get_geometry(shapes[alone], 0)
    whole = shapely.get_type_id(shapes) == 0
    lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)
    if is_converted(crs):
        lon, lat = Transformer.from_crs(crs, 4326, always_xy=True).transform(lon, lat)
    other = np.flatnonzero((kinds > 0) & ~whole)
    columns = []
    for axis in (lat, lon):
        texts = pa.array(axis, mask=~whole | np.isnan(axis)).cast(pa.string())
        if other.size:
            named = texts.to_pylist()
            for at in other:
                named[at] = f"{NO_POINT}{shapes[at].geom_type}"
            texts = pa.array(named, pa.string())
        columns.append(texts)
    return columns


def is_converted(crs: CRS | None) -> bool:
    """Return whether coordinates have to be converted to WGS 84."""
    return crs is not None and not any(crs.equals(CRS.from_user_input(same)) for same in _WGS84)


def converted_note(crs: CRS | None) -> tuple[str, ...]:
    """Return a note on coordinates that are converted."""
    if crs is None or not is_converted(crs):
        return ()
    code = crs.to_authority()
    name = ":".join(code) if code else plain(crs.name)
    return (f"coordinates converted from {name} to WGS 84",)


def with_point_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of columns with those of the geometry's; columns of the same names are set apart."""
    taken = {LATITUDE, LONGITUDE}
    return (*(f"properties.{name}" if name.casefold() in taken else name for name in names), *_POINT)


def sample_of(table: Table, batches: Iterator[pa.Table]) -> Table:
    """Return a table with a sample of its first rows."""
    first = next(batches, None)
    rows = [] if first is None else first.slice(0, _EXAMPLES).to_pylist()
    return replace(table, sample=tuple(tuple(cell or "" for cell in row.values()) for row in rows))
