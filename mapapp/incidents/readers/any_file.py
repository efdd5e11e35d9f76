"""Opens a file of incidents of any supported format.

Every column becomes text and is named ``c0``, ``c1``, … in the file's order, so that no name from a file
becomes part of a query.
"""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj.exceptions import CRSError

from mapapp.errors import plain
from mapapp.incidents.mapping_file import IncidentFileError
from mapapp.incidents.readers import archives
from mapapp.incidents.readers.csv_file import HEAD, open_csv
from mapapp.incidents.readers.json_file import json_batches, open_json
from mapapp.incidents.readers.parquet_file import open_parquet, parquet_batches
from mapapp.incidents.readers.vector_file import open_vector, vector_batches
from mapapp.incidents.readers.workbook import open_workbook, workbook_batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import duckdb

    from mapapp.incidents.mapping_file import MappingSettings
    from mapapp.incidents.readers.table import Table

_BATCHES: dict[str, Callable[[Table], Iterator[pa.Table]]] = {
    "parquet": parquet_batches,
    "gpkg": vector_batches,
    "geojson": vector_batches,
    "json": json_batches,
    "workbook": workbook_batches,
}
_ZIP, _GZIP, _OLE = b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0"
_UNREADABLE = (  # how a file begins, what it is, and how to get a table
    (b"%PDF", "this is a PDF, not a table; ask its publisher for the table as CSV or .xlsx"),
    (b"\x00\x00\x27\x0a", archives.SHAPEFILE),
    (b"7z\xbc\xaf\x27\x1c", "this is an archive (.7z); unpack it first"),
    (b"Rar!", "this is an archive (.rar); unpack it first"),
    (b"BZh", "this is a compressed file (.bz2); unpack it first"),
    (b"\xfd7zXZ", "this is a compressed file (.xz); unpack it first"),
    (b"\x28\xb5\x2f\xfd", "this is a compressed file (.zst); unpack it first"),
)
_SHAPEFILE_PARTS = frozenset({".shp", ".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx"})
_TAR = slice(257, 262)  # where a tar archive names itself
_TEXTS = (  # what the text of a file begins with, and what it is
    (
        re.compile(
            rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|title)\b",
            re.IGNORECASE | re.DOTALL,
        ),
        "this is a web page, not a table; sign in where it comes from, and download the file itself",
    ),
    (
        re.compile(rb"\s*<(?:\?xml|kml|gpx|rss|feed|svg)\b", re.IGNORECASE),
        "this is XML, not a table; export it as CSV, GeoJSON or GeoPackage",
    ),
    (
        re.compile(rb'\s*\{.*("type"\s*:\s*"Topology"|gdal_streamed_alg)', re.DOTALL),
        "this is JSON but neither GeoJSON nor a list of objects; export it as GeoJSON or CSV",
    ),
)
_GEOJSON = re.compile(rb'"type"\s*:\s*"Feature(?:Collection)?"|"features"\s*:\s*\[')
_ADDRESS = re.compile(r"(?:https?|ftp):/", re.IGNORECASE)
_MOST_NESTED = 2  # archives in an archive


def open_table(path: Path, settings: MappingSettings, folder: Path) -> Table:
    """Open a file and read its header.

    Parameters
    ----------
    path
        The file.
    settings
        The mapping file.
    folder
        Where archives are unpacked; it must stay until the rows are read.

    Raises
    ------
    IncidentFileError
        If it is not a file of incidents.
    """
    if _ADDRESS.match(str(path)):
        raise IncidentFileError(
            f"{plain(str(path))}: this is an address; download the file first, and import it from there"
        )
    return _open(path, settings, folder, nested=0)


def _open(path: Path, settings: MappingSettings, folder: Path, nested: int) -> Table:
    head = _head(path)
    if not head.startswith((_GZIP, _ZIP)):
        return _open_plain(path, head, settings)
    if head.startswith(_ZIP) and archives.is_workbook(path):
        return open_workbook(path, settings)
    if nested == _MOST_NESTED:
        raise IncidentFileError(f"{plain(path.name)}: this is an archive in archives; unpack it first")
    inside = folder / str(nested)
    inside.mkdir()
    unpack = archives.ungzip if head.startswith(_GZIP) else archives.unzip
    unpacked, note = unpack(path, inside)
    try:
        table = _open(unpacked, settings, folder, nested + 1)
    except IncidentFileError as error:
        raise IncidentFileError(f"{plain(path.name)}: {error}") from None
    return replace(table, notes=(note, *table.notes)) if note else table


def _head(path: Path) -> bytes:
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
    return head


def _open_plain(path: Path, head: bytes, settings: MappingSettings) -> Table:
    """Open a file that is not an archive."""
    if what := _not_a_table(path, head):
        raise IncidentFileError(f"{plain(path.name)}: {what}")
    with _telling_damage(plain(path.name)):
        return _open_table(path, head, settings)


def _open_table(path: Path, head: bytes, settings: MappingSettings) -> Table:
    if head.startswith(b"PAR1"):
        return open_parquet(path)
    if head.startswith(b"SQLite format 3\0"):
        return open_vector(path, "gpkg")
    if head.startswith(_OLE):
        return open_workbook(path, settings)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{") or re.match(rb"\[\s*(?:\{|\])", text):
        return open_vector(path, "geojson") if text[:1] == b"{" and _GEOJSON.search(text) else open_json(path)
    return open_csv(path, head, settings)


def _not_a_table(path: Path, head: bytes) -> str:
    """Return what a file is and how to get a table instead; empty if it may be one."""
    for mark, what in _UNREADABLE:
        if head.startswith(mark):
            return what
    if path.suffix.lower() in _SHAPEFILE_PARTS:
        return archives.SHAPEFILE
    if head[_TAR] == b"ustar":
        return "this is an archive (.tar); unpack it first"
    text = head.removeprefix(b"\xef\xbb\xbf")
    return next((what for pattern, what in _TEXTS if pattern.match(text)), "")


def copy_rows(table: Table, connection: duckdb.DuckDBPyConnection) -> None:
    """Copy a file other than CSV into the table ``copied``, all columns as text.

    Raises
    ------
    IncidentFileError
        If the file is damaged, or its geometry cannot be read.
    """
    columns = ", ".join(f"c{at} VARCHAR" for at in range(len(table.header)))
    connection.execute(f"CREATE TABLE copied ({columns})")
    with _telling_damage(table.name):
        for batch in _BATCHES[table.form](table):
            connection.register("batch", batch)
            connection.execute("INSERT INTO copied SELECT * FROM batch")
            connection.unregister("batch")


@contextmanager
def _telling_damage(name: str) -> Iterator[None]:
    """Tell what the libraries find wrong with a file in one line, without their warnings."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            yield
    except (
        *(pa.ArrowException, OSError, UnicodeDecodeError, shapely.errors.ShapelyError, CRSError),
        *(DataSourceError, DataLayerError),
    ) as error:
        raise IncidentFileError(f"{name}: the file is damaged ({plain(str(error), 150)})") from None
