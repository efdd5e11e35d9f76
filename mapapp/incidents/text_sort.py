"""Brings the texts of a file's rows into storage order, on disk as far as they do not fit in memory.

Texts are most of a file. They are read in the file's order into one bucket for each chunk of storage. A
bucket is sorted when its chunk is written, so that few chunks are in memory at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

_AT = "stored_at"  # column with a row's number in storage
_MOST_HELD = 48_000_000  # bytes in memory; what exceeds them is written to disk


class SortedTexts:
    """The texts of rows by chunk of storage.

    Parameters
    ----------
    folder
        A folder for temporary files.
    rows
        For each row in storage order its number in the file, from 0.
    ends
        For each chunk the number of rows in it and in all chunks before it, ascending.
    total
        Number of rows in the file, whether stored or not.
    """

    def __init__(self, folder: Path, rows: Numbers, ends: Numbers, total: int) -> None:
        self._folder, self._ends, self._total = folder, ends, total
        self._place = np.full(total, -1, np.int32)  # where each row is stored
        self._place[rows] = np.arange(rows.size, dtype=np.int32)
        self._held: dict[int, list[pa.RecordBatch]] = {}
        self._size = 0
        self._spilled: list[tuple[Path, dict[int, int]]] = []  # a file, and which batch has which chunk

    def read(self, batches: Iterable[pa.RecordBatch]) -> bool:
        """Read the texts of all rows in the file's order; return whether there were as many as expected."""
        at = 0
        for batch in batches:
            place = self._place[at : at + batch.num_rows]
            at += batch.num_rows
            if at > self._total:
                return False
            self._add(batch, place)
        return at == self._total

    def _add(self, batch: pa.RecordBatch, place: NDArray[np.int32]) -> None:
        stored = np.flatnonzero(place >= 0)
        bucket = np.searchsorted(self._ends, place[stored], side="right")
        order = np.argsort(bucket, kind="stable")
        placed = batch.append_column(_AT, pa.array(place))
        if order.size < batch.num_rows or bucket[0] != bucket[-1] or bucket.min() != bucket.max():
            placed = placed.take(pa.array(stored[order]))
        numbers, starts = np.unique(bucket[order], return_index=True)
        for number, start, end in zip(numbers, starts, [*starts[1:], order.size], strict=True):
            self._held.setdefault(int(number), []).append(placed.slice(start, end - start))
        self._size += placed.nbytes
        if self._size > _MOST_HELD:
            self._spill()

    def _spill(self) -> None:
        path = self._folder / f"texts-{len(self._spilled)}.arrow"
        schema = next(iter(self._held.values()))[0].schema
        with pa.ipc.new_file(path, schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as file:
            for batches in self._held.values():
                file.write_batch(pa.concat_batches(batches))
        self._spilled.append((path, {number: at for at, number in enumerate(self._held)}))
        self._held, self._size = {}, 0
        pa.default_memory_pool().release_unused()

    def chunk(self, number: int) -> pa.Table:
        """Return the texts of a chunk in storage order; each chunk can be taken once."""
        pieces = []
        for path, at in self._spilled:
            if number in at:
                with pa.ipc.open_file(path) as file:
                    pieces.append(file.get_batch(at[number]))
        table = pa.Table.from_batches([*pieces, *self._held.pop(number, ())])
        order = np.argsort(table[_AT].to_numpy())
        return table.drop_columns(_AT).take(pa.array(order))
