"""Reads untrusted files as rows of text: CSV, Parquet or GeoPackage, in bounded memory.

Every column becomes text and is named ``c0``, ``c1``, … in the file's order, so that no name from a file
becomes part of a query.
"""

from __future__ import annotations

import codecs
import csv
import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS, Transformer

from mapapp.errors import plain, short_repr
from mapapp.incidents.column_mapping import recognised
from mapapp.incidents.mapping_file import IncidentFileError, MappingSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    import duckdb

_HEAD = 1 << 20  # bytes examined to recognise a file
_CHUNK = 1 << 22
_SAMPLE = 1000  # lines
_FEW = 0.1  # share of them with a delimiter; cells may contain line breaks, so not all need one
_BATCH = 50_000  # rows of a Parquet file or a GeoPackage read at once
_MOST_COLUMNS = 1000
MOST_BROKEN = 100_000  # lines that are not valid rows; a file with more is not a table
LONGEST = 2_000_000  # bytes of a line; the database cannot read longer ones
BROKEN_LINES = "store_rejects = true"
_LON, _LAT = "longitude", "latitude"  # names of the columns made from a geometry


@dataclass(frozen=True)
class Table:
    """A file opened far enough to know its columns.

    Attributes
    ----------
    form
        ``csv``, ``parquet`` or ``gpkg``.
    header
        The names of the columns.
    encoding, delimiter
        Of a CSV file.
    note
        What was assumed when opening it, as a sentence for the user.
    points
        Whether the last two columns, latitude and longitude, are made from the rows' geometry.
    """

    path: Path
    form: str
    header: tuple[str, ...]
    encoding: str = "utf-8"
    delimiter: str = ","
    note: str = ""
    points: bool = False


def open_table(path: Path, settings: MappingSettings) -> Table:
    """Open a file and read its header.

    Raises
    ------
    IncidentFileError
        If it is not a file of incidents.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise IncidentFileError(
            f"{plain(str(path))}: the file cannot be read ({reason}); check the file"
        ) from None
    if not head.strip():
        raise IncidentFileError(f"{plain(path.name)}: the file is empty; export it again")
    if head.startswith(b"PAR1"):
        return _parquet(path)
    if head.startswith(b"SQLite format 3\0"):
        return _package(path)
    return _sheet(path, head, settings)


def _name(path: Path) -> str:
    return plain(path.name)


def _sheet(path: Path, head: bytes, settings: MappingSettings) -> Table:
    name = _name(path)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")):
        raise IncidentFileError(
            f"{name}: the file is a workbook or an archive, not CSV; unpack it, or save it as CSV (UTF-8)"
        )
    encoding, note = _encoding(name, head, settings)
    cut = head if len(head) < _HEAD else head[: max(head.rfind(b"\n"), head.rfind(b"\r"))]
    if len(head) == _HEAD and cut == head[:-1] and b"\n" not in head:
        raise IncidentFileError(f"{name}: there is no line break in its first megabyte, so it is not a table")
    text = cut.decode(encoding, errors="replace").removeprefix("\ufeff")
    header, delimiter = _header(text, settings)
    lines = text.splitlines()[1:_SAMPLE]
    if len(header) > 1 and len(lines) > 1 and sum(delimiter in line for line in lines) < len(lines) * _FEW:
        raise IncidentFileError(f"{name}: its first lines do not have {len(header)} columns; check the file")
    if len(header) == 1 and settings.delimiter is None and recognised(header) == 0:
        raise IncidentFileError(
            f"{name}: the file has only one column, {short_repr(header[0])}; columns are delimited by comma, "
            "semicolon, pipe or tab: check the file, or set the delimiter in a mapping file (--mapping)"
        )
    if len(header) > _MOST_COLUMNS:
        raise IncidentFileError(
            f"{name}: the file has {len(header)} columns; at most {_MOST_COLUMNS} are supported"
        )
    return Table(path, "csv", tuple(header), encoding, delimiter, note)


def _encoding(name: str, head: bytes, settings: MappingSettings) -> tuple[str, str]:
    """Return a CSV file's encoding, from the mapping file or its byte-order mark, else UTF-8; and a note."""
    if settings.encoding:
        return settings.encoding, f"read as {settings.encoding}, as the mapping file says"
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise IncidentFileError(f"{name}: the file is UTF-32; save it as UTF-8")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", "read as UTF-16"
    if b"\0" in head:
        raise IncidentFileError(f"{name}: the file is not text; use CSV (UTF-8), Parquet or GeoPackage")
    return "utf-8", ""


def _header(text: str, settings: MappingSettings) -> tuple[list[str], str]:
    """Return the column names for the delimiter that gives the most known names, then the most names."""
    found: dict[str, list[str]] = {}
    for delimiter in (settings.delimiter,) if settings.delimiter else (",", ";", "\t", "|"):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            found[delimiter] = next(reader, [])
        except csv.Error:  # a cell of 128 KiB and more
            found[delimiter] = []
    delimiter = max(found, key=lambda known: (recognised(found[known]), len(found[known])))
    return [name.strip() for name in found[delimiter]] or [""], delimiter


def _parquet(path: Path) -> Table:
    try:
        with pq.ParquetFile(path) as file:
            names = tuple(map(str, file.schema_arrow.names))
            metadata = file.schema_arrow.metadata or {}
    except (pa.ArrowException, OSError) as error:
        raise IncidentFileError(
            f"{_name(path)}: the Parquet file is damaged ({plain(str(error), 150)})"
        ) from None
    if b"geo" not in metadata:
        return Table(path, "parquet", names)
    if recognised(names) and {_LON, _LAT} <= {name.casefold() for name in names}:
        return Table(path, "parquet", names)
    return Table(path, "parquet", (*names, _LAT, _LON), points=True)


def _package(path: Path) -> Table:
    if path.suffix.lower() != ".gpkg":
        raise IncidentFileError(
            f"{_name(path)}: the file is a GeoPackage; rename it so that it ends in .gpkg"
        )
    try:
        with warnings.catch_warnings():  # pyogrio's warnings are replaced by one message
            warnings.simplefilter("ignore", RuntimeWarning)
            layers = pyogrio.list_layers(path)
        if len(layers) != 1:
            names = ", ".join(short_repr(str(layer[0])) for layer in layers[:10])
            raise IncidentFileError(
                f"{_name(path)}: the file has {len(layers)} layers ({names}); export only the one with "
                "incidents"
            )
        info = pyogrio.read_info(path)
    except (DataSourceError, DataLayerError):  # its message is about SQL, which does not help the user
        raise IncidentFileError(
            f"{_name(path)}: the file is not a GeoPackage, or is damaged; export it again"
        ) from None
    return Table(path, "gpkg", (*map(str, info["fields"]), _LAT, _LON), points=True)


def holds_utf8(path: Path) -> bool:
    """Return whether any line is valid UTF-8 beyond ASCII; if none is, the encoding is another."""
    with path.open("rb") as file:
        return any(not line.isascii() and _is_utf8(line) for line in file)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def recoded(table: Table, temporary: Path) -> Path:
    """Write a copy of a CSV file as UTF-8 to a temporary folder, and return its path.

    Raises
    ------
    IncidentFileError
        If the file is not in the encoding it is said to have.
    """
    target = temporary / "recoded.csv"
    try:
        with (
            table.path.open("r", encoding=table.encoding, errors="strict", newline="") as source,
            target.open("w", encoding="utf-8", newline="") as copy,
        ):
            while text := source.read(_CHUNK):
                copy.write(text)
    except (UnicodeError, LookupError) as error:
        raise IncidentFileError(
            f"{_name(table.path)}: the file is not valid {table.encoding} ({plain(str(error), 150)}); "
            "save it as UTF-8"
        ) from None
    return target


def with_plain_ends(path: Path, temporary: Path) -> Path:
    """Write a copy of a file with uniform line ends to a temporary folder, and return its path.

    Raises
    ------
    IncidentFileError
        If it is not text.
    """
    target = temporary / "mended.csv"
    with path.open("rb") as source, target.open("wb") as copy:
        while data := source.read(_CHUNK):
            if b"\0" in data:
                raise IncidentFileError(f"{_name(path)}: the file is not text; export it again")
            if data.endswith(b"\r"):  # it may be the first half of a CRLF
                data += source.read(1)
            copy.write(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    return target


def long_lines(path: Path) -> list[tuple[int, int]]:
    """Return the lines of more than `LONGEST` bytes: their number, from 1, and their byte offset."""
    piece = LONGEST // 2  # a longer line covers at least one such piece completely
    found, line, start, at = [], 1, 0, 0
    with path.open("rb") as file:
        mark = b"\n" if b"\n" in file.read(_HEAD) else b"\r"
        file.seek(0)
        if all(mark in data for data in iter(lambda: file.read(piece), b"") if len(data) == piece):
            return []
        file.seek(0)
        while data := file.read(_CHUNK):
            *ended, rest = data.split(mark)
            for part in ended:
                at += len(part) + 1
                if at - start > LONGEST:
                    found.append((line, start))
                line, start = line + 1, at
            at += len(rest)
    return [*found, (line, start)] if at - start > LONGEST else found


def csv_source(table: Table) -> str:
    """Return the SQL expression that reads a CSV file; its path is the parameter ``$file``.

    Lines that are not valid rows go to the table ``reject_errors``.
    """
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(table.header)))
    delimiter = {",": ",", ";": ";", "\t": "\t", "|": "|"}[table.delimiter]
    return (
        f"read_csv($file, columns = {{{columns}}}, auto_detect = false, header = true, delim = "
        f"'{delimiter}', "
        """quote = '"', escape = '"', null_padding = false, """
        f"{BROKEN_LINES}, rejects_limit = {MOST_BROKEN})"
    )


def copy_rows(table: Table, connection: duckdb.DuckDBPyConnection) -> None:
    """Copy a Parquet file or a GeoPackage into the table ``copied``, all columns as text.

    Raises
    ------
    IncidentFileError
        If the file is damaged, or its geometry cannot be read.
    """
    columns = ", ".join(f"c{at} VARCHAR" for at in range(len(table.header)))
    connection.execute(f"CREATE TABLE copied ({columns})")
    batches = _parquet_batches(table) if table.form == "parquet" else _package_batches(table)
    try:
        for batch in batches:
            connection.register("batch", batch)
            connection.execute("INSERT INTO copied SELECT * FROM batch")
            connection.unregister("batch")
    except (pa.ArrowException, OSError, DataSourceError, shapely.errors.ShapelyError) as error:
        raise IncidentFileError(
            f"{_name(table.path)}: the file is damaged ({plain(str(error), 150)})"
        ) from None


def _parquet_batches(table: Table) -> Iterator[pa.Table]:
    with pq.ParquetFile(table.path) as file:
        metadata: dict[bytes, bytes] = file.schema_arrow.metadata or {}
        geometry, crs = _geometry_of(metadata) if table.points else ("", None)
        for batch in file.iter_batches(_BATCH):
            columns = [_text(column) for column in batch.columns]
            if table.points:
                columns += _points(batch.column(geometry).to_numpy(zero_copy_only=False), crs)
            yield _named(columns)


def _geometry_of(metadata: dict[bytes, bytes]) -> tuple[str, CRS | None]:
    import json  # noqa: PLC0415 - needed for these files only

    geo = json.loads(metadata[b"geo"])
    name = geo["primary_column"]
    crs = geo["columns"][name].get("crs")
    return name, CRS.from_json_dict(crs) if isinstance(crs, dict) else None


def _package_batches(table: Table) -> Iterator[pa.Table]:
    info = pyogrio.read_info(table.path)
    crs = CRS.from_user_input(info["crs"]) if info["crs"] else None
    with pyogrio.open_arrow(table.path, batch_size=_BATCH, use_pyarrow=True) as (meta, reader):
        geometry = meta["geometry_name"] or "wkb_geometry"
        for batch in reader:
            columns = [_text(batch.column(name)) for name in meta["fields"]]
            columns += _points(batch.column(geometry).to_numpy(zero_copy_only=False), crs)
            yield _named(columns)


def _named(columns: list[pa.Array]) -> pa.Table:
    return pa.table({f"c{at}": column for at, column in enumerate(columns)})


def _text(column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    try:
        return column.cast(pa.string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):  # lists, structures, bytes: not used
        return pa.nulls(len(column), pa.string())


def _points(wkb: Any, crs: CRS | None) -> list[pa.Array]:  # noqa: ANN401 - an array of bytes
    """Return latitude and longitude in WGS 84 as text; both are null for geometries that are not points."""
    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    whole = shapely.get_type_id(shapes) == 0
    lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)
    if crs is not None and not crs.is_geographic:
        lon, lat = Transformer.from_crs(crs, 4326, always_xy=True).transform(lon, lat)
    return [pa.array(axis, mask=~whole).cast(pa.string()) for axis in (lat, lon)]
