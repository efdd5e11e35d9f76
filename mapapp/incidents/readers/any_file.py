"""Opens a file of incidents of any supported format.

Every column becomes text and is named ``c0``, ``c1``, … in the file's order, so that no name from a file
becomes part of a query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import shapely
from pyogrio.errors import DataSourceError

from mapapp.errors import plain
from mapapp.incidents.mapping_file import IncidentFileError
from mapapp.incidents.readers.csv_file import HEAD, open_csv
from mapapp.incidents.readers.geopackage_file import geopackage_batches, open_geopackage
from mapapp.incidents.readers.parquet_file import open_parquet, parquet_batches

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from mapapp.incidents.mapping_file import MappingSettings
    from mapapp.incidents.readers.table import Table


def open_table(path: Path, settings: MappingSettings) -> Table:
    """Open a file and read its header.

    Raises
    ------
    IncidentFileError
        If it is not a file of incidents.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise IncidentFileError(
            f"{plain(str(path))}: the file cannot be read ({reason}); check its path and permissions"
        ) from None
    if not head.strip():
        raise IncidentFileError(f"{plain(path.name)}: the file is empty; export it again")
    if head.startswith(b"PAR1"):
        return open_parquet(path)
    if head.startswith(b"SQLite format 3\0"):
        return open_geopackage(path)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")):
        raise IncidentFileError(
            f"{plain(path.name)}: the file is a workbook or an archive, not CSV; unpack it, or save it as "
            "CSV (UTF-8)"
        )
    return open_csv(path, head, settings)


def copy_rows(table: Table, connection: duckdb.DuckDBPyConnection) -> None:
    """Copy a Parquet file or a GeoPackage into the table ``copied``, all columns as text.

    Raises
    ------
    IncidentFileError
        If the file is damaged, or its geometry cannot be read.
    """
    columns = ", ".join(f"c{at} VARCHAR" for at in range(len(table.header)))
    connection.execute(f"CREATE TABLE copied ({columns})")
    batches = parquet_batches(table) if table.form == "parquet" else geopackage_batches(table)
    try:
        for batch in batches:
            connection.register("batch", batch)
            connection.execute("INSERT INTO copied SELECT * FROM batch")
            connection.unregister("batch")
    except (pa.ArrowException, OSError, DataSourceError, shapely.errors.ShapelyError) as error:
        raise IncidentFileError(f"{table.name}: the file is damaged ({plain(str(error), 150)})") from None
