"""Writes synthetic exports for testing. These events never happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from mapapp.data.atomic_write import writing
from mapapp.incidents.synthetic_formats import Numbered, acled_table, plain_table, ucdp_table
from mapapp.incidents.synthetic_values import Drawn, centres_of, draw

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from mapapp.core.model import Atlas
    from mapapp.incidents.synthetic_values import Like

MOST = 20_000_000  # rows of one file
_BATCH = 100_000  # rows


def write_synthetic(out: Path, atlas: Atlas, rows: int, like: Like, seed: int = 1) -> None:
    """Write a synthetic export: Parquet if the name ends in ``.parquet``, else CSV.

    Parameters
    ----------
    out
        The file; written atomically.
    atlas
        The map, whose places and days the incidents have.
    rows
        Number of rows, from 1 to `MOST`.
    like
        The format: ``acled`` (31 columns, notes of 300 to 500 characters), ``ucdp`` (GED 23.1, 49 columns) or
        ``csv`` (a plain table with seven columns).
    seed
        From 0. The same map and seed give the same bytes; each seed gives different rows and ids.
    """
    centres = centres_of(atlas)
    drawn = draw(atlas, centres, rows, like, np.random.default_rng(seed))
    shape = {"acled": acled_table, "ucdp": ucdp_table, "csv": plain_table}[like]
    batches = (shape(_cut(drawn, start), Numbered(seed, start), centres) for start in range(0, rows, _BATCH))
    with writing(out) as temporary:
        _write(temporary, batches, parquet=out.suffix.lower() == ".parquet")


def _write(path: Path, batches: Iterator[pa.Table], *, parquet: bool) -> None:
    first = next(batches)
    if parquet:
        with pq.ParquetWriter(path, first.schema) as file:
            for batch in (first, *batches):
                file.write_table(batch)
    else:
        with pcsv.CSVWriter(path, first.schema) as sheet:
            sheet.write_table(first)
            for batch in batches:
                sheet.write_table(batch)


def _cut(drawn: Drawn, start: int) -> Drawn:
    return Drawn._make(column[start : start + _BATCH] for column in drawn)
