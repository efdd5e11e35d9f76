"""Rows that the publisher has revised: later versions replace stored rows, which are kept as history.

A replaced row is taken out of its dataset's files by year and kept in ``_history.parquet`` beside them, with
the key of the dataset that replaced it and the time. If that dataset is removed, the row comes back.
"""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mapapp.errors import plain
from mapapp.incidents.partitions import POINT, SCHEMA, geo_metadata, parquet_writer
from mapapp.incidents.store import (
    DATASETS,
    HISTORY_FILE,
    REJECTS,
    Dataset,
    StoreError,
    keep,
    open_store,
    writing,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray


HISTORY = pa.schema(
    [*SCHEMA, ("replaced_by", pa.string()), ("replaced", pa.timestamp("s"))]  # dataset key; UTC
)


class _Versions(NamedTuple):
    """The history of a dataset: which rows, and by which dataset and when they were replaced."""

    identity: pa.ChunkedArray
    replaced_by: pa.ChunkedArray
    replaced: pa.ChunkedArray


def supersede(
    place: Path, dataset: Dataset, rows: NDArray[np.int32], newer: Dataset, temporary: Path
) -> Dataset:
    """Move rows of a dataset to its history.

    Parameters
    ----------
    place
        The store's folder.
    dataset
        The dataset that holds them.
    rows
        Their numbers (``n``) in the dataset.
    newer
        The dataset whose rows replace them.
    temporary
        A folder in the store.

    Returns
    -------
    Dataset
        The dataset in its new folder. If no row is left, it keeps its days and its bounding box.
    """
    old, new = place / dataset.folder, temporary / "superseded"
    new.mkdir()
    when = datetime.fromisoformat(newer.imported).astimezone(UTC).replace(tzinfo=None)
    with _Writer(new / HISTORY_FILE, HISTORY) as history:
        for table in _pieces(old / HISTORY_FILE):
            history.write(table)
        for file in _year_files(old):
            gone = np.isin(pq.read_table(file, columns=["n"], partitioning=None)["n"].to_numpy(), rows)
            for table in _pieces(file, gone):
                history.write(_replaced(table, newer.key, when))
            _copy(file, new / file.parent.name / file.name, ~gone)
    return _moved(place, dataset, new)


def without(
    place: Path, datasets: Sequence[Dataset], gone: Dataset, temporary: Path, *, chain: bool = True
) -> tuple[list[Dataset], int]:
    """Put back the rows that a dataset replaced.

    Parameters
    ----------
    place
        The store's folder.
    datasets
        The other datasets.
    gone
        The dataset that is removed or imported again.
    temporary
        A folder in the store.
    chain
        What becomes of a row whose later version in ``gone`` was itself replaced, by a third dataset: whether
        it now counts as replaced by that one. Otherwise nothing changes, because ``gone`` keeps its history.

    Returns
    -------
    datasets : list of Dataset
        The other datasets, those with changes in new folders.
    restored : int
        Number of rows put back.
    """
    later = _versions(place, gone)
    result, restored = [], 0
    for dataset in datasets:
        old = place / dataset.folder
        if gone.key not in _replacing(old / HISTORY_FILE):
            result.append(dataset)
            continue
        new = temporary / "restored"
        new.mkdir()
        for file in _year_files(old):
            _copy(file, new / file.parent.name / file.name)
        added: dict[int, _Writer] = {}
        with ExitStack() as stack:
            history = stack.enter_context(_Writer(new / HISTORY_FILE, HISTORY))
            for table in _pieces(old / HISTORY_FILE):
                stays, back = _split(table, gone.key, later, dataset.format, chain=chain)
                history.write(stays)
                for year, part in _by_year(back):
                    if year not in added:
                        added[year] = stack.enter_context(_Writer(_next_part(new / f"year={year}"), SCHEMA))
                    added[year].write(part)
                restored += back.num_rows
        result.append(_moved(place, dataset, new))
    return result, restored


def carry_history(place: Path, old: Dataset, new_rows: Path) -> int:
    """Copy a dataset's history to its rows imported again, except versions that are current there.

    Parameters
    ----------
    place
        The store's folder.
    old
        The dataset as it was.
    new_rows
        Folder of its rows imported again.

    Returns
    -------
    int
        Number of rows in the copy.
    """
    file = place / old.folder / HISTORY_FILE
    if not file.is_file():
        return 0
    current = pa.chunked_array(
        [
            chunk
            for part in _year_files(new_rows)
            for chunk in _identity(
                pq.read_table(part, columns=["id", "first", "geometry"], partitioning=None), old.format
            ).chunks
        ],
        pa.binary(),
    )
    with _Writer(new_rows / HISTORY_FILE, HISTORY) as history:
        for table in _pieces(file):
            history.write(table.filter(pc.invert(pc.is_in(_identity(table, old.format), value_set=current))))
    return history_rows(new_rows)


def history_rows(folder: Path) -> int:
    """Return the number of rows in the history in a dataset's folder."""
    file = folder / HISTORY_FILE
    return int(pq.read_metadata(file).num_rows) if file.is_file() else 0


def remove(place: Path, key: str) -> tuple[Dataset, int]:
    """Remove a dataset and its history; rows that it had replaced come back.

    Returns
    -------
    dataset : Dataset
        The removed dataset.
    restored : int
        Number of rows of other datasets that came back.

    Raises
    ------
    StoreError
        If there is no dataset with this key.
    """
    with writing(place) as temporary:
        store = open_store(place)
        datasets = store.datasets if store else ()
        gone = next((dataset for dataset in datasets if dataset.key == key), None)
        if gone is None or store is None:
            known = ", ".join(dataset.key for dataset in datasets) or "none"
            raise StoreError(f"there is no dataset {plain(key)!r} in the store; it has {known}")
        left, restored = without(
            place, [dataset for dataset in datasets if dataset is not gone], gone, temporary
        )
        keep(place, left)
        (place / REJECTS / f"{key}.csv").unlink(missing_ok=True)
    return gone, restored


def _moved(place: Path, dataset: Dataset, new: Path) -> Dataset:
    """Move a folder to its place among the datasets, and return the dataset as it is now."""
    folder = f"{DATASETS}/{dataset.key}.{os.urandom(4).hex()}"
    now = replace(dataset, folder=folder, replaced=history_rows(new), rows=0)
    new.rename(place / folder)
    tables = [
        pq.read_table(file, columns=["first", "last", "geometry"], partitioning=None)
        for file in _year_files(place / folder)
    ]
    if not tables:
        return now
    lon, lat = _points(table := pa.concat_tables(tables))
    return replace(
        now,
        rows=table.num_rows,
        first=pc.min(table["first"]).as_py(),
        last=pc.max(table["last"]).as_py(),
        bounds=(float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())),
    )


def _versions(place: Path, dataset: Dataset) -> _Versions:
    """Return the history of a dataset without its texts."""
    file = place / dataset.folder / HISTORY_FILE
    columns = ["id", "first", "geometry", "replaced_by", "replaced"]
    table = (
        pq.read_table(file, columns=columns, partitioning=None) if file.is_file() else HISTORY.empty_table()
    )
    return _Versions(_identity(table, dataset.format), table["replaced_by"], table["replaced"])


def _replacing(history: Path) -> set[str]:
    """Return the keys of the datasets that replaced rows in a history."""
    if not history.is_file():
        return set()
    return {*pq.read_table(history, columns=["replaced_by"], partitioning=None)["replaced_by"].to_pylist()}


def _identity(table: pa.Table, form: str) -> pa.ChunkedArray:
    """Return what versions of a row have in common, as bytes: the id, in plain tables also day and point."""
    identity = table["id"].cast(pa.binary())
    if form != "csv":
        return identity
    day = table["first"].cast(pa.int32()).cast(pa.string()).cast(pa.binary())
    return pc.binary_join_element_wise(identity, day, table["geometry"], b"\0")


def _split(
    table: pa.Table, key: str, later: _Versions, form: str, *, chain: bool
) -> tuple[pa.Table, pa.Table]:
    """Return which rows of a history stay in it, and which come back, when the dataset ``key`` goes."""
    by = pc.equal(table["replaced_by"], key)
    at = pc.index_in(_identity(table, form), value_set=later.identity)
    back = pc.and_(by, pc.is_null(at))
    if chain:
        again = pc.and_(by, pc.is_valid(at))
        for name, values in (("replaced_by", later.replaced_by), ("replaced", later.replaced)):
            column = pc.if_else(again, values.take(at), table[name])
            table = table.set_column(table.schema.get_field_index(name), name, column)
    return table.filter(pc.invert(back)), table.filter(back)


def _by_year(table: pa.Table) -> Iterator[tuple[int, pa.Table]]:
    years = pc.year(table["first"])
    for year in pc.unique(years).to_pylist():
        yield year, table.filter(pc.equal(years, year))


def _year_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("year=*/*.parquet"))


def _next_part(folder: Path) -> Path:
    """Return a file to add to a folder, of one year."""
    folder.mkdir(exist_ok=True)
    number = 0
    while (file := folder / f"part-{number}.parquet").exists():
        number += 1
    return file


def _copy(file: Path, target: Path, kept: NDArray[np.bool_] | None = None) -> None:
    """Copy a file of a year, only the rows in ``kept`` if it is not ``None``; in today's columns."""
    names = pq.read_schema(file).names
    if kept is not None and not kept.any():
        return
    target.parent.mkdir(exist_ok=True)
    if names == SCHEMA.names and (kept is None or kept.all()):
        shutil.copyfile(file, target)
        return
    with _Writer(target, SCHEMA) as copy:
        for table in _pieces(file, kept):
            copy.write(table)


def _pieces(file: Path, kept: NDArray[np.bool_] | None = None) -> Iterator[pa.Table]:
    """Read a file row group by row group, only the rows in ``kept`` if it is not ``None``."""
    if not file.is_file():
        return
    at = 0
    with pq.ParquetFile(file) as source:
        for group in range(source.num_row_groups):
            rows = source.metadata.row_group(group).num_rows
            mask = None if kept is None else kept[at : at + rows]
            at += rows
            if mask is None or mask.all():
                yield source.read_row_group(group)
            elif mask.any():
                yield source.read_row_group(group).filter(pa.array(mask))


def _replaced(table: pa.Table, key: str, when: datetime) -> pa.Table:
    for name, value in (("replaced_by", key), ("replaced", when)):
        values = pa.repeat(pa.scalar(value, HISTORY.field(name).type), table.num_rows)
        table = table.append_column(name, values)
    return table


class _Writer:
    """Writes a file of rows, and its bounding box at the end. Without rows there is no file.

    Columns that the rows do not have, because an earlier version wrote them, are null.
    """

    def __init__(self, file: Path, schema: pa.Schema) -> None:
        self._file, self._schema = file, schema
        self._parquet: pq.ParquetWriter | None = None
        self._corners: list[NDArray[np.float64]] = []

    def __enter__(self) -> Self:
        return self

    def write(self, table: pa.Table) -> None:
        """Write rows as a row group."""
        if not table.num_rows:
            return
        if self._parquet is None:
            self._parquet = parquet_writer(self._file, self._schema)
        columns = [
            table[field.name] if field.name in table.column_names else pa.nulls(table.num_rows, field.type)
            for field in self._schema
        ]
        self._parquet.write_table(pa.table(columns, names=self._schema.names).cast(self._schema))
        points = _points(table)
        self._corners += [points.min(axis=1), points.max(axis=1)]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._parquet is None:
            return
        lon, lat = np.array(self._corners).T
        self._parquet.add_key_value_metadata({"geo": geo_metadata(lon, lat)})
        self._parquet.close()


def _points(table: pa.Table) -> NDArray[np.float64]:
    """Return longitudes and latitudes in degrees, WGS 84, as two rows."""
    points = np.frombuffer(b"".join(table["geometry"].to_pylist()), POINT)
    return np.stack([points["x"], points["y"]])
