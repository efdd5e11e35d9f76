"""Writes rows as GeoParquet 1.1, one file per year, ordered by first day."""

from __future__ import annotations

import json
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import pairwise
from threading import Semaphore
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from mapapp.incidents.engine import second_connection
from mapapp.incidents.mapping_file import TEXTS
from mapapp.incidents.spatial_join import within
from mapapp.incidents.vocabulary import DATED, LOCATED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb
    from numpy.typing import NDArray

    from mapapp.incidents.spatial_join import Areas
    from mapapp.incidents.text_sort import SortedTexts

_CHUNK = 65_536  # rows in a row group
_FILES = 2  # written at the same time; of each, one chunk is in memory
_PAUSE = 0.1  # seconds between reports of progress
POINT = np.dtype([("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")])
SCHEMA = pa.schema(
    [
        ("n", pa.int32()),
        ("id", pa.string()),
        ("first", pa.date32()),
        ("last", pa.date32()),
        ("kind", pa.string()),
        ("dated", pa.string()),
        ("located", pa.string()),
        ("within", pa.list_(pa.field("element", pa.string()))),
        ("type", pa.string()),
        *((what, pa.string()) for what in TEXTS),
        ("published", pa.timestamp("s")),  # UTC; null where unknown
        ("geometry", pa.binary()),
    ]
)
_REPEATED = [
    "kind",
    "dated",
    "located",
    "within.list.element",
    "type",
    "admin1",
    "place",
    "actor1",
    "actor2",
    "source",
]
# no query looks for a range of texts, and finding the smallest of long ones takes a third of the writing
_COMPARED = [name for name in SCHEMA.names if name not in {*TEXTS, "within", "geometry"}]


class Rows(NamedTuple):
    """The valid rows in storage order: by first day, then as in the file.

    Attributes
    ----------
    row
        Number of the row in the file.
    day
        First day, in days since 1970-01-01.
    lon, lat
        Degrees, WGS 84.
    area
        Index into ``sets``.
    sets
        The distinct sets of areas that contain a row, as ids.
    """

    row: NDArray[np.int64]
    day: NDArray[np.int32]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    area: NDArray[np.int64]
    sets: list[tuple[str, ...]]


class Chunk(NamedTuple):
    """Rows of one year that are written together, as a slice of `Rows`."""

    year: int
    rows: slice


def chunks_of(rows: Rows) -> list[Chunk]:
    """Return how rows are divided for storage: by year, and by row group."""
    first, last = (int(str(day.astype("datetime64[D]"))[:4]) for day in rows.day[[0, -1]])
    new_years = np.array([f"{year:04}-01-01" for year in range(first, last + 2)], "datetime64[D]")
    edges = np.searchsorted(rows.day, new_years.astype(np.int32))
    return [
        Chunk(year, slice(at, min(at + _CHUNK, end)))
        for year, (start, end) in enumerate(pairwise(edges.tolist()), first)
        for at in range(start, end, _CHUNK)
    ]


def write_rows(
    connection: duckdb.DuckDBPyConnection,
    rows: Rows,
    texts: SortedTexts,
    folder: Path,
    progress: Callable[[float], None],
) -> None:
    """Write rows of the table ``raw`` to one Parquet file per year.

    Parameters
    ----------
    connection
        The database that holds ``raw`` and ``kinds``.
    rows
        Which rows, and in what order.
    texts
        Their texts, in the chunks of `chunks_of`.
    folder
        Where the files go, as ``year=2019/part-0.parquet``.
    progress
        Called with the share of rows written, from 0 to 1.
    """
    sets = pa.array([list(names) for names in rows.sets], SCHEMA.field("within").type)
    chunks = dict(enumerate(chunks_of(rows)))
    years = sorted({chunk.year for chunk in chunks.values()})
    written: list[int] = []
    desks = Semaphore(_FILES)  # one per thread; all are taken once the writing has ended

    def write_year(year: int) -> None:
        if not desks.acquire(blocking=False):
            return  # the import was stopped before this thread began
        try:
            write_file(year)
        finally:
            desks.release()

    def write_file(year: int) -> None:
        mine = {number: chunk.rows for number, chunk in chunks.items() if chunk.year == year}
        start, end = min(piece.start for piece in mine.values()), max(piece.stop for piece in mine.values())
        part = folder / f"year={year}"
        part.mkdir(parents=True)
        schema = SCHEMA.with_metadata({"geo": _geo(rows, slice(start, end))})
        cursor = second_connection(connection)
        with parquet_writer(part / "part-0.parquet", schema) as file:
            for number, piece in mine.items():
                # without a name, so that no chunk stays in memory while the next is made
                file.write_table(_table(cursor, rows, sets, piece, texts.chunk(number)).cast(schema))
                written.append(piece.stop - piece.start)

    with ThreadPoolExecutor(_FILES) as pool:
        try:
            waiting = {pool.submit(write_year, year) for year in years}
            while waiting:
                done, waiting = wait(waiting, timeout=_PAUSE, return_when=FIRST_COMPLETED)
                for one in done:
                    one.result()
                progress(sum(written) / rows.row.size)
        finally:
            pool.shutdown(cancel_futures=True)
            # Ctrl-C while a thread is being started leaves one that the pool does not know of
            for _ in range(_FILES):
                desks.acquire()


def place_again(old: Path, new: Path, areas: Areas) -> None:
    """Copy a dataset's files from one folder to another, assigning each row to the current areas."""
    for file in sorted(old.rglob("*.parquet")):  # also the history: its rows may come back
        target = new / file.relative_to(old)
        target.parent.mkdir(parents=True, exist_ok=True)
        with pq.ParquetFile(file) as source, parquet_writer(target, source.schema_arrow) as copy:
            for group in range(source.num_row_groups):
                table = source.read_row_group(group)
                points = np.frombuffer(b"".join(table["geometry"].to_pylist()), POINT)
                area, sets = within(areas, points["x"].copy(), points["y"].copy())
                held = pa.array([list(names) for names in sets], SCHEMA.field("within").type).take(
                    pa.array(area)
                )
                at = table.schema.get_field_index("within")
                copy.write_table(table.set_column(at, table.schema.field(at), held))


def parquet_writer(file: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Open a file of rows for writing."""
    return pq.ParquetWriter(
        file,
        schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=_REPEATED,
        write_statistics=_COMPARED,
    )


def _table(
    connection: duckdb.DuckDBPyConnection, rows: Rows, sets: pa.Array, piece: slice, texts: pa.Table
) -> pa.Table:
    """Return one chunk with all columns."""
    row = rows.row[piece]
    first, last = (rows.day[at].astype("datetime64[D]").item() for at in (piece.start, piece.stop - 1))
    found = connection.sql(
        """
        SELECT raw.rowid AS row, coalesce(nullif(id, ''), 'row ' || (raw.rowid + 1)) AS id, first, last,
               kinds.kind, dated, located, kinds.label AS type,
               published
        FROM raw JOIN kinds
             ON raw.word IS NOT DISTINCT FROM kinds.word AND raw.under IS NOT DISTINCT FROM kinds.under
        WHERE raw.rowid BETWEEN $low AND $high AND first BETWEEN $first AND $last AND bad IS NULL
        """,
        params={"low": int(row.min()), "high": int(row.max()), "first": first, "last": last},
    ).to_arrow_table()
    # in storage order, without others of the same day or rejected since
    order = np.argsort(held := found["row"].to_numpy())
    found = found.take(pa.array(order[np.searchsorted(held, row, sorter=order)]))
    columns = {name: found[name] for name in found.column_names} | {
        **{name: texts[name] for name in TEXTS},
        "n": pa.array(np.arange(piece.start, piece.stop, dtype=np.int32)),
        "dated": pa.array(DATED).take(found["dated"]),
        "located": pa.array(LOCATED).take(found["located"]),
        "within": sets.take(pa.array(rows.area[piece])),
        "geometry": _points(rows.lon[piece], rows.lat[piece]),
    }
    return pa.table([columns[name] for name in SCHEMA.names], names=SCHEMA.names)


def _points(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> pa.Array:
    """Return points as WKB, little-endian."""
    points = np.empty(lon.size, POINT)
    points["order"], points["type"], points["x"], points["y"] = 1, 1, lon, lat
    ends = np.arange(0, (lon.size + 1) * POINT.itemsize, POINT.itemsize, dtype=np.int32)
    return pa.Array.from_buffers(
        pa.binary(), lon.size, [None, pa.py_buffer(ends), pa.py_buffer(points.tobytes())]
    )


def _geo(rows: Rows, piece: slice) -> str:
    return geo_metadata(rows.lon[piece], rows.lat[piece])


def geo_metadata(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> str:
    """Return the GeoParquet 1.1 metadata of a file. No ``crs`` means WGS 84 with longitude first."""
    box = [float(edge) for edge in (lon.min(), lat.min(), lon.max(), lat.max())]
    column = {"encoding": "WKB", "geometry_types": ["Point"], "bbox": box}
    return json.dumps({"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}})
