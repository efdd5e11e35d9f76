"""The browser's copy of the store: twelve bytes per incident, little-endian, as consecutive arrays.

``n`` Uint32, ``x`` Uint16, ``y`` Uint16, ``day`` Uint16, ``group`` Uint16; sorted by first day, dataset and
``n``; compressed with gzip as a whole.
"""

from __future__ import annotations

import gzip
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import duckdb
import numpy as np

from mapapp.incidents.engine import connect, reason
from mapapp.incidents.known_since import reporting_lags
from mapapp.incidents.store import StoreError, columns_file, write_whole
from mapapp.incidents.vocabulary import DATED, KINDS, LOCATED

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from mapapp.incidents.store import Dataset, Store

_MOST = 65_535


def write_columns(store: Store, target_folder: Path) -> dict[str, object]:
    """Write the browser's copy, and return its description.

    Parameters
    ----------
    store
        The store to copy.
    target_folder
        Where the file goes; its name contains the store's stamp. It is written atomically.

    Returns
    -------
    dict
        ``file``; ``rows``; ``box``: west, south, east, north in degrees, so that a longitude is ``west + x /
        65535 * (east - west)``; ``first``: the day that ``day`` counts from, in days since 1970-01-01;
        ``kinds``, ``places``, ``records`` (datasets that have rows) and ``groups``: (kind, dataset, days from
        first to last, dated, located, places), each by index; ``lags``: the reporting lag of each
        publisher, to which ``lag`` of a dataset refers. JSON can represent it.

    Raises
    ------
    StoreError
        If the store cannot be read, or does not fit into the format.
    """
    held = replace(store, datasets=tuple(dataset for dataset in store.datasets if dataset.rows))
    groups, day, group, n, points = _read(held)
    west, south, east, north = _bounds(held)
    first = int(day.min())
    if int(day.max()) - first > _MOST:
        raise StoreError(
            f"the incidents are more than {_MOST} days apart; remove the dataset with the outlying dates"
        )
    kinds = [kind for kind in KINDS if any(row[0] == kind for row in groups)]
    lags = reporting_lags(store)
    lag_of = {dataset.key: at for at, one in enumerate(lags) for dataset in one.datasets}
    places = sorted({name for row in groups for name in row[5]})
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
        "records": [{**_described(dataset), "lag": lag_of.get(dataset.key)} for dataset in held.datasets],
        "lags": [asdict(one.lag) for one in lags],
        "groups": _indexed(groups, kinds, places),
    }


def _bounds(store: Store) -> tuple[float, float, float, float]:
    """Return the box of all datasets: west, south, east, north in degrees."""
    west, south, east, north = zip(*(dataset.bounds for dataset in store.datasets), strict=True)
    return min(west), min(south), max(east), max(north)


def _described(dataset: Dataset) -> dict[str, object]:
    return {
        "key": dataset.key,
        "title": dataset.title,
        "licence": dataset.licence,
        "format": dataset.format,
        "synthetic": dataset.synthetic,
        "rows": dataset.rows,
        "rejected": dataset.rejected,
        "first": dataset.first.isoformat(),
        "last": dataset.last.isoformat(),
    }


def _indexed(groups: list[Any], kinds: list[str], places: list[str]) -> list[list[object]]:
    """Return the groups with indices for their words."""
    kind_at, place_at = ({name: at for at, name in enumerate(names)} for names in (kinds, places))
    return [
        [
            kind_at[kind],
            dataset,
            span,
            DATED.index(dated),
            LOCATED.index(located),
            [place_at[one] for one in areas],
        ]
        for kind, dataset, span, dated, located, areas in groups
    ]


def _read(store: Store) -> tuple[list[Any], Any, Any, Any, Any]:
    """Return the groups, and for each incident its first day, group, number and point."""
    files = [{"index": index, "files": store.files(one)} for index, one in enumerate(store.datasets)]
    with connect() as connection:
        connection.execute(
            """
            CREATE TABLE found (
                kind VARCHAR, dataset USMALLINT, span INTEGER, dated VARCHAR, located VARCHAR,
                within VARCHAR[]
            );
            CREATE TABLE rows (dataset USMALLINT, n UINTEGER, day INTEGER, "group" INTEGER, point BLOB);
            """
        )
        try:
            for parameters in files:
                connection.execute(
                    """
                    INSERT INTO found SELECT DISTINCT kind, $index, last - first, dated, located, within
                    FROM read_parquet($files, hive_partitioning = false)
                    """,
                    parameters,
                )
            connection.execute("CREATE TABLE sets AS FROM found ORDER BY ALL")
            groups = connection.execute("FROM sets ORDER BY rowid").fetchall()
            if len(groups) > _MOST + 1:
                raise StoreError(
                    "too many combinations of dataset, kind, duration, precision and places "
                    f"(got {len(groups):,}, at most {_MOST + 1:,}); remove a dataset"
                )
            for parameters in files:  # with the group alone: lists of areas take too much memory
                connection.execute(
                    """
                    INSERT INTO rows SELECT dataset, n, first - DATE '1970-01-01', sets.rowid, geometry
                    FROM (SELECT *, $index AS dataset, last - first AS span
                          FROM read_parquet($files, hive_partitioning = false))
                         JOIN sets USING (kind, dataset, span, dated, located, within)
                    """,
                    parameters,
                )
        except duckdb.Error as error:
            raise StoreError(
                f"the incidents cannot be read ({reason(error)}); import the file again"
            ) from None
        found = connection.sql(
            'SELECT day, n, "group", point FROM rows ORDER BY day, dataset, n'
        ).to_arrow_table()
    raw = found["point"].combine_chunks()
    pieces = b"".join(piece.buffers()[2].to_pybytes() for piece in getattr(raw, "chunks", [raw]))
    points = np.frombuffer(pieces, np.dtype([("head", "V5"), ("x", "<f8"), ("y", "<f8")]))
    day, group, n = (found[name].to_numpy() for name in ("day", "group", "n"))
    return groups, day, group, n, points


def _scaled(values: Any, low: float, high: float) -> Any:  # noqa: ANN401 - arrays
    span = high - low or 1.0
    return np.rint((values - low) / span * _MOST).clip(0, _MOST).astype("<u2")
