"""What the publisher has revised: how often rows were replaced, and all versions of one row."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb

from mapapp.errors import short_repr
from mapapp.incidents.engine import connect
from mapapp.incidents.query import UnknownIncidentError
from mapapp.incidents.store import unreadable_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from mapapp.incidents.store import Dataset, Store

# the columns of a row by what a change to them means; `within` is our own
_COLUMNS = {
    "day": ("first", "last", "dated"),
    "kind": ("kind", "type"),
    "place": ("geometry", "located", "place", "admin1"),
    "fatalities": ("fatalities",),
    "other": ("actor1", "actor2", "notes", "source"),
}
_COMPARED = (
    "first", "last", "dated", "kind", "type", "lat", "lon", "located", "place", "admin1", "fatalities",
    "actor1", "actor2", "notes", "source",
)  # fmt: skip


class Replacement(NamedTuple):
    """How many rows of a dataset another one replaced, and in how many of them what changed.

    Attributes
    ----------
    dataset, replaced_by
        The keys of the two datasets.
    replaced
        When, UTC without a zone.
    rows
        Number of rows.
    day, kind, place, fatalities, other
        Number of rows of which the publisher changed the days, the kind of incident, the point or the name
        of the place, the fatalities, or actors, notes and source. A row counts for each of them.
    unchanged
        Number of rows of which the publisher changed nothing that is stored.
    """

    dataset: str
    replaced_by: str
    replaced: datetime
    rows: int
    day: int
    kind: int
    place: int
    fatalities: int
    other: int
    unchanged: int


class Version(NamedTuple):
    """One version of a row.

    Attributes
    ----------
    published
        When the publisher made it, UTC without a zone; ``None`` if unknown.
    dataset
        The key of its dataset.
    first, last
        Its days, both included.
    lat, lon
        Degrees, WGS 84.
    changed
        The columns that differ from the version before; empty for the first version.
    replaced_by, replaced
        The key of the dataset that replaced it, and when, UTC without a zone; ``None`` for the current one.
    """

    id: str
    published: datetime | None
    dataset: str
    first: date
    last: date
    kind: str
    lat: float
    lon: float
    fatalities: str | None
    changed: tuple[str, ...]
    replaced_by: str | None
    replaced: datetime | None


def replacements(store: Store, datasets: Iterable[Dataset]) -> list[Replacement]:
    """Count the replaced rows of some datasets of a store, by the dataset that replaced them and the time.

    Raises
    ------
    StoreError
        If the files cannot be read.
    """
    found: list[Replacement] = []
    with connect() as connection:
        for dataset in datasets:
            if store.history_file(dataset) is None:
                continue
            try:
                for newer in store.datasets:
                    found += _counted(connection, store, dataset, newer)
            except duckdb.Error as error:
                raise unreadable_rows(dataset.key, error) from None
    return sorted(found, key=lambda one: (one.dataset, one.replaced, one.replaced_by))


def _counted(
    connection: duckdb.DuckDBPyConnection, store: Store, dataset: Dataset, newer: Dataset
) -> Iterator[Replacement]:
    # hashes, because texts of a million rows would not fit in memory
    hashes = ", ".join(f"hash({', '.join(columns)}) AS {what}" for what, columns in _COLUMNS.items())
    apart = "hash(first, geometry)" if dataset.format == "csv" else "0"  # ids of plain tables are not unique
    read = f"SELECT id, {apart} AS apart, {hashes}"
    differs = {what: f"earlier.{what} <> later.{what}" for what in _COLUMNS}
    counts = ", ".join(f"count(*) FILTER ({one})" for one in differs.values())
    rows = connection.execute(
        f"""
        WITH earlier AS ({read}, replaced FROM read_parquet($history) WHERE replaced_by = $newer),
             later AS ({read} FROM read_parquet($files, hive_partitioning = false, union_by_name = true))
        SELECT replaced, count(*), {counts}, count(*) FILTER (NOT ({" OR ".join(differs.values())}))
        FROM earlier LEFT JOIN later USING (id, apart) GROUP BY replaced
        """,  # noqa: S608 - no text from files
        {
            "history": str(store.history_file(dataset)),
            "newer": newer.key,
            "files": [str(file) for file in _all_files(store, newer)],
        },
    ).fetchall()
    for row in rows:
        yield Replacement(dataset.key, newer.key, *row)


def versions(store: Store, identity: str, dataset: Dataset | None = None) -> list[Version]:
    """Return all versions of the rows with an id, each after the one it replaced.

    Parameters
    ----------
    store
        The store.
    identity
        The id.
    dataset
        Only rows that have a version in this dataset; ``None`` for all.

    Raises
    ------
    UnknownIncidentError
        If there is no such id.
    StoreError
        If the files cannot be read.
    """
    chains: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    with connect() as connection:
        for one in store.datasets:
            try:
                for row in _rows(connection, store, one, identity):
                    own = (row["first"], row["lon"], row["lat"]) if one.format == "csv" else ()
                    chains.setdefault((one.format, *own), []).append(row)
            except duckdb.Error as error:
                raise unreadable_rows(one.key, error) from None
    found = [
        version
        for chain in chains.values()
        if dataset is None or any(row["dataset"] == dataset.key for row in chain)
        for version in _in_order(chain)
    ]
    if not found:
        where = f" in the dataset {dataset.key}" if dataset else ""
        raise UnknownIncidentError(f"there is no incident with the id {short_repr(identity)}{where}")
    return found


def _rows(
    connection: duckdb.DuckDBPyConnection, store: Store, dataset: Dataset, identity: str
) -> Iterator[dict[str, Any]]:
    for file in _all_files(store, dataset):
        cursor = connection.execute(
            "SELECT * FROM read_parquet($file, hive_partitioning = false) WHERE id = $id",
            {"file": str(file), "id": identity},
        )
        names = [column[0] for column in cursor.description or ()]
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            row["lon"], row["lat"] = struct.unpack("<2d", row.pop("geometry")[5:])  # WKB, little-endian
            yield {"published": None, "replaced_by": None, "replaced": None, **row, "dataset": dataset.key}


def _in_order(chain: list[dict[str, Any]]) -> Iterator[Version]:
    """Return versions of one row, oldest first, and what changed in each."""
    rows = sorted(
        chain,
        key=lambda row: (row["replaced_by"] is None, row["published"] is not None, row["published"] or 0),
    )
    for before, row in zip([None, *rows], rows, strict=False):
        changed = [name for name in _COMPARED if before is not None and before[name] != row[name]]
        yield Version(
            **{name: row[name] for name in Version._fields if name != "changed"}, changed=(*changed,)
        )


def _all_files(store: Store, dataset: Dataset) -> list[Any]:
    history = store.history_file(dataset)
    return [*store.files(dataset), *([history] if history else [])]
