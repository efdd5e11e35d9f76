"""Brings the texts of a file's rows into storage order, on disk as far as they do not fit in memory.

Texts are most of a file. They are kept as they are read, in runs that are roughly in the order of days, and
brought into exact order chunk by chunk when they are written, so that few chunks are in memory at once.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

DAY = "first"  # column with the first day of a row
_MOST_HELD = 32_000_000  # bytes in memory; what exceeds them is written to disk
_PIECE = 2048  # rows that are read together
_MUCH = 2  # times; a run whose pieces overlap more is sorted
# without threads of their own: several runs or chunks are worked on at the same time anyway
_WRITING = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
_READING = pa.ipc.IpcReadOptions(use_threads=False)


class _Piece(NamedTuple):
    """Rows that are read together.

    Attributes
    ----------
    numbers
        Their numbers, in the order in which they were kept.
    file
        The file they are in.
    at
        Which batch of the file they are.
    """

    numbers: NDArray[np.int32]
    file: Path
    at: int


class SortedTexts:
    """The texts of rows, kept in any order and taken by chunk of storage.

    Parameters
    ----------
    folder
        A folder for temporary files.

    Attributes
    ----------
    failure
        The error that ended `keep`; ``None`` if there was none. The database hides what kind of error it was.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()  # the database calls `keep` from several threads
        self.clear()

    def clear(self) -> None:
        """Forget all rows."""
        self.failure: BaseException | None = None
        self._total = self._size = self._files = 0
        self._held: list[tuple[int, pa.RecordBatch]] = []  # with the number of the first row
        self._pieces: list[_Piece] = []
        self._place = np.empty(0, np.int32)  # where each row is stored
        self._ends = np.empty(0, np.int64)
        self._of_chunk: dict[int, list[_Piece]] = {}

    def keep(self, rows: pa.ChunkedArray) -> pa.Array:
        """Keep rows, and return a number for each.

        Parameters
        ----------
        rows
            Structs with the texts and the first day.
        """
        try:
            return self._keep(pa.RecordBatch.from_struct_array(rows.combine_chunks()))
        except BaseException as error:
            self.failure = error
            raise

    def _keep(self, batch: pa.RecordBatch) -> pa.Array:
        full: list[tuple[int, pa.RecordBatch]] = []
        with self._lock:
            start = self._total
            self._total += batch.num_rows
            self._held.append((start, batch))
            self._size += batch.nbytes
            if self._size > _MOST_HELD:
                full, self._held, self._size = self._held, [], 0
        if full:
            self._write(full)
        return pa.array(np.arange(start, start + batch.num_rows, dtype=np.int32))

    def _write(self, held: list[tuple[int, pa.RecordBatch]]) -> None:
        """Write rows to a file of their own, pieces of it in the order of days if they are in none."""
        batches = [batch for _, batch in held]
        numbers = [np.arange(start, start + batch.num_rows, dtype=np.int32) for start, batch in held]
        if _overlap(batches):
            whole = pa.Table.from_batches(batches)
            order = pc.sort_indices(whole[DAY])
            batches = whole.take(order).combine_chunks().to_batches(_PIECE)
            ends = np.cumsum([batch.num_rows for batch in batches])
            numbers = np.split(np.concatenate(numbers)[order.to_numpy()], ends[:-1])
        with self._lock:
            self._files += 1
            path = self._folder / f"texts-{self._files}.arrow"
        with pa.ipc.new_file(path, batches[0].schema, options=_WRITING) as file:
            for batch in batches:
                file.write_batch(batch)
        with self._lock:
            self._pieces += [_Piece(own, path, at) for at, own in enumerate(numbers)]

    def arrange(self, numbers: NDArray[np.int32], ends: Numbers) -> None:
        """Say where rows are stored; other rows are not.

        Parameters
        ----------
        numbers
            For each row in storage order the number that `keep` returned.
        ends
            For each chunk the number of rows in it and in all chunks before it, ascending.
        """
        if self._held:
            self._write(self._held)
        self._held = []
        self._ends, self._place = ends, np.full(self._total, -1, np.int32)
        self._place[numbers] = np.arange(numbers.size, dtype=np.int32)
        for piece in self._pieces:
            place = self._place[piece.numbers]
            for chunk in np.unique(np.searchsorted(ends, place[place >= 0], side="right")):
                self._of_chunk.setdefault(int(chunk), []).append(piece)

    def chunk(self, number: int) -> pa.Table:
        """Return the texts of a chunk in storage order."""
        start, end = (self._ends[number - 1] if number else 0), self._ends[number]
        batches, places = [], []
        for path, pieces in groupby(self._of_chunk[number], key=attrgetter("file")):
            with pa.ipc.open_file(path, options=_READING) as file:
                for piece in pieces:
                    place, batch = self._place[piece.numbers], file.get_batch(piece.at)
                    mine = np.flatnonzero((place >= start) & (place < end))
                    batches.append(batch if mine.size == place.size else batch.take(pa.array(mine)))
                    places.append(place[mine])
        return pa.Table.from_batches(batches).take(pa.array(np.argsort(np.concatenate(places))))


def _overlap(batches: list[pa.RecordBatch]) -> bool:
    """Return whether the batches have mostly the same days, so that the file is in no order of days."""
    days = [batch[DAY].drop_null().cast(pa.int32()).to_numpy() for batch in batches]
    low, high = np.array([(one.min(), one.max()) for one in days if one.size] or [(0, 0)]).T
    return bool((high - low).sum() > _MUCH * (high.max() - low.min()))
