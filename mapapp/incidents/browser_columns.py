"""The browser's copy of the store: twelve bytes for each incident, little-endian, one array after another.

``n`` Uint32, ``x`` Uint16, ``y`` Uint16, ``day`` Uint16, ``group`` Uint16; sorted by first day, record and
``n``; the whole compressed with gzip.
"""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import duckdb
import numpy as np

from mapapp.incidents.engine import connect, reason
from mapapp.incidents.store import StoreError, columns_file, write_whole
from mapapp.incidents.vocabulary import DATED, KINDS, LOCATED

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from mapapp.incidents.store import Store

_MOST = 65_535


def write_columns(store: Store, target_folder: Path) -> dict[str, object]:
    """Write the browser's copy, and describe it.

    Parameters
    ----------
    store
        Whose incidents.
    target_folder
        Where the file goes, named by the store's stamp; it appears whole or not at all.

    Returns
    -------
    dict
        ``file``, ``rows``, ``box`` (west, south, east, north in degrees; a longitude is
        ``west + x / 65535 * (east - west)``), ``first`` (days since 1970 that ``day`` counts from),
        ``kinds``, ``places``, ``records``, and ``groups``: (kind, record, days from first to last, dated,
        located, places), each by index. As JSON takes it.

    Raises
    ------
    StoreError
        If the store cannot be read, or holds more than the file can tell apart.
    """
    groups, day, group, n, points = _read(store)
    west, south = (min(record.bounds[at] for record in store.records) for at in (0, 1))
    east, north = (max(record.bounds[at] for record in store.records) for at in (2, 3))
    first = int(day.min())
    if int(day.max()) - first > _MOST:
        raise StoreError(
            f"the incidents lie more than {_MOST} days apart; remove the record that is out of time"
        )
    kinds = [kind for kind in KINDS if any(row[0] == kind for row in groups)]
    places = sorted({name for row in groups for name in row[5]})
    kind_at, place_at = ({name: at for at, name in enumerate(names)} for names in (kinds, places))
    name = columns_file(store)
    arrays = (
        n.astype("<u4"),
        _scaled(points["x"], west, east),
        _scaled(points["y"], south, north),
        (day - first).astype("<u2"),
        group.astype("<u2"),
    )
    raw = b"".join(array.tobytes() for array in arrays)
    write_whole(target_folder / name, gzip.compress(raw, 1, mtime=0))  # the slowest level saves 1 % more
    return {
        "file": name,
        "rows": int(n.size),
        "box": [west, south, east, north],
        "first": first,
        "kinds": kinds,
        "places": places,
        "records": [
            {
                "key": record.key,
                "title": record.title,
                "licence": record.licence,
                "format": record.format,
                "synthetic": record.synthetic,
                "rows": record.rows,
                "rejected": record.rejected,
                "first": record.first.isoformat(),
                "last": record.last.isoformat(),
            }
            for record in store.records
        ],
        "groups": [
            [
                kind_at[kind],
                record,
                span,
                DATED.index(dated),
                LOCATED.index(located),
                [place_at[one] for one in held],
            ]
            for kind, record, span, dated, located, held in groups
        ],
    }


def _read(store: Store) -> tuple[list[Any], Any, Any, Any, Any]:
    """Return the groups, and for each incident its first day, group, number and point."""
    with connect() as connection:
        connection.execute(
            "CREATE TABLE rows (record USMALLINT, n UINTEGER, day INTEGER, span INTEGER, kind "
            "VARCHAR, dated VARCHAR, "
            "located VARCHAR, within VARCHAR[], point BLOB)"
        )
        try:
            for index, record in enumerate(store.records):
                connection.execute(
                    """
                    INSERT INTO rows SELECT $index, n, first - DATE '1970-01-01', last - first, kind, dated,
                    located,
                                            within, geometry
                    FROM read_parquet($files, hive_partitioning = false)
                    """,
                    {"index": index, "files": store.files(record)},
                )
        except duckdb.Error as error:
            raise StoreError(
                f"the incidents cannot be read ({reason(error)}); import the file again"
            ) from None
        key = "kind, record, span, dated, located, within"
        connection.execute(f"CREATE TABLE sets AS SELECT DISTINCT {key} FROM rows ORDER BY ALL")  # noqa: S608
        groups = connection.execute(f"SELECT {key} FROM sets ORDER BY rowid").fetchall()  # noqa: S608
        if len(groups) > _MOST + 1:
            raise StoreError(
                f"the incidents are of {len(groups):,} sorts (kind, record, length, precision and "
                "places together); "
                f"the map takes {_MOST + 1:,}: remove a record"
            )
        found = connection.sql(
            f"""
            SELECT day, record, n, sets.rowid AS "group", point
            FROM rows JOIN sets USING ({key}) ORDER BY day, record, n
            """  # noqa: S608 - our own words
        ).to_arrow_table()
    raw = found["point"].combine_chunks()
    pieces = b"".join(piece.buffers()[2].to_pybytes() for piece in getattr(raw, "chunks", [raw]))
    points = np.frombuffer(pieces, np.dtype([("head", "V5"), ("x", "<f8"), ("y", "<f8")]))
    day, group, n = (found[name].to_numpy() for name in ("day", "group", "n"))
    return groups, day, group, n, points


def _scaled(values: Any, low: float, high: float) -> Any:  # noqa: ANN401 - arrays
    span = high - low or 1.0
    return np.rint((values - low) / span * _MOST).clip(0, _MOST).astype("<u2")
