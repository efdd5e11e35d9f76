"""Reads Parquet and GeoParquet files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from pyproj import CRS

from mapapp.errors import plain
from mapapp.incidents.column_mapping import recognised
from mapapp.incidents.mapping_file import IncidentFileError
from mapapp.incidents.readers.cell_texts import (
    as_table,
    as_text,
    converted_note,
    point_columns,
    sample_of,
    with_point_names,
)
from mapapp.incidents.readers.table import LATITUDE, LONGITUDE, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BATCH = 50_000  # rows read at once


def open_parquet(path: Path) -> Table:
    """Read the column names of a Parquet or GeoParquet file.

    Raises
    ------
    IncidentFileError
        If the file is damaged.
    """
    try:
        with pq.ParquetFile(path) as file:
            names = tuple(map(str, file.schema_arrow.names))
            metadata = file.schema_arrow.metadata or {}
    except (pa.ArrowException, OSError) as error:
        raise IncidentFileError(
            f"{plain(path.name)}: the Parquet file is damaged ({plain(str(error), 150)})"
        ) from None
    table = Table(path, "parquet", names, header_line=0)
    own = recognised(names) and {LONGITUDE, LATITUDE} <= {name.casefold() for name in names}
    if b"geo" in metadata and not own:
        header = with_point_names(names)
        notes = converted_note(_geometry_of(metadata)[1])
        table = Table(path, "parquet", header, points=True, header_line=0, notes=notes)
    return sample_of(table, parquet_batches(table))


def parquet_batches(table: Table) -> Iterator[pa.Table]:
    """Yield the rows as tables of text."""
    with pq.ParquetFile(table.path) as file:
        metadata: dict[bytes, bytes] = file.schema_arrow.metadata or {}
        geometry, crs = _geometry_of(metadata) if table.points else ("", None)
        for batch in file.iter_batches(_BATCH):
            columns = [as_text(column) for column in batch.columns]
            if table.points:
                columns += point_columns(batch.column(geometry).to_numpy(zero_copy_only=False), crs)
            yield as_table(columns)


def _geometry_of(metadata: dict[bytes, bytes]) -> tuple[str, CRS | None]:
    try:
        geo = json.loads(metadata[b"geo"])
        name = geo["primary_column"]
        crs = geo["columns"][name].get("crs")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise OSError("its metadata do not say where the geometry is") from None
    return name, CRS.from_json_dict(crs) if isinstance(crs, dict) else None
