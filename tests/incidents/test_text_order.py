"""Texts are read apart from the rows they belong to, and must stay with them."""

from __future__ import annotations

import csv
import errno
from datetime import date, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any

import exports
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mapapp.incidents import partitions, text_sort
from mapapp.incidents.mapping_file import IncidentFileError
from mapapp.incidents.staging import Staging
from mapapp.incidents.store import StoreError, open_store
from mapapp.incidents.text_sort import SortedTexts


def _rows(count: int) -> list[dict[str, str]]:
    """Return rows of three years in no order, each with its number in every text."""
    days = [date(2018, 1, 1) + timedelta(days=n * 377 % 1000) for n in range(count)]
    return [
        exports.row(
            n,
            event_date=day.isoformat(),
            notes=f"note {n}, “quoted” and\nbroken",
            source=f"source {n}",
            tags="",
        )
        for n, day in enumerate(days)
    ]


def _stored(folder: Path) -> pd.DataFrame:
    store = open_store(folder / "store")
    assert store
    return pd.concat([pd.read_parquet(file) for file in store.files(store.datasets[0])])


def _are_together(stored: pd.DataFrame) -> bool:
    number = stored["id"].str.removeprefix("SYR")
    noted = stored["notes"].str.extract(r"^note (\d+),", expand=False)
    return bool(noted.eq(number).all() and stored["source"].eq("source " + number).all())


@pytest.mark.parametrize("order", ["none", "newest first"])
def test_texts_stay_with_their_rows_if_they_do_not_fit_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setattr(text_sort, "_MOST_HELD", 700_000)
    monkeypatch.setattr(text_sort, "_PIECE", 100)
    monkeypatch.setattr(partitions, "_CHUNK", 700)
    rows = _rows(9_000)
    if order == "newest first":
        rows.sort(key=itemgetter("event_date"), reverse=True)
    exports.imported(tmp_path, exports.text(rows).encode())
    stored = _stored(tmp_path)
    assert _are_together(stored)
    days = [one["event_date"] for one in rows]
    at = sorted(range(len(rows)), key=lambda n: (days[n], n))
    assert list(stored["id"]) == [rows[n]["event_id_cnty"] for n in at]
    assert list(stored["n"]) == list(range(len(rows)))


def test_texts_stay_with_their_rows_beside_lines_with_errors_in_columns_that_are_not_stored(
    tmp_path: Path,
) -> None:
    lines = (
        exports.text(_rows(400), end="\n").encode().replace(b"\nbroken", b" broken").splitlines(keepends=True)
    )
    for at in range(20, 400, 20):
        lines[at] = lines[at].rstrip(b"\n") + b"caf\xe9\n"
    for at in range(25, 400, 50):
        lines[at] = lines[at][:20] + b"\n"
    lines[203] = lines[203].replace(b"SYR", b'"SYR')
    result = exports.imported(tmp_path, b"".join(lines))
    assert result.dataset.rejected > 25
    assert _are_together(_stored(tmp_path))


def test_duplicates_beside_an_unclosed_quotation_mark_are_all_reported_with_their_own_cells(
    tmp_path: Path,
) -> None:
    rows = _rows(300)
    lines = exports.text(rows, end="\n").replace("\nbroken", " broken").splitlines(keepends=True)
    lines[60] = '"' + lines[60]
    again = [lines[at] for at in (101, 151, 251)]
    result = exports.imported(tmp_path, "".join([*lines, *again]).encode())
    assert dict(result.reasons)["the id occurs earlier in the file; the first row is kept"] == 3
    assert result.rejects
    with result.rejects.open(encoding="utf-8", newline="") as file:
        found = [cells[3] for cells in csv.reader(file) if cells[2].startswith("the id occurs")]
    assert found == ["SYR100", "SYR150", "SYR250"]


def test_rows_with_a_last_day_keep_their_order_beside_an_unclosed_quotation_mark(tmp_path: Path) -> None:
    head = "id,date,end_date,lat,lon,kind,notes"
    lines = [f'{n},2020-02-19,2020-03-01,35.9,36.6,clashes,"note {n}"' for n in range(300)]
    lines[60] = '"' + lines[60]
    lines += [lines[at] for at in (100, 150, 250)]
    result = exports.imported(tmp_path, "\n".join([head, *lines, ""]).encode())
    assert result.rejects
    with result.rejects.open(encoding="utf-8", newline="") as file:
        found = [(cells[0], cells[3]) for cells in csv.reader(file) if cells[2].startswith("the id occurs")]
    assert found == [("302", "100"), ("303", "150"), ("304", "250")]
    stored = _stored(tmp_path)
    assert list(stored["id"]) == [str(n) for n in range(300) if n != 60]
    assert stored["notes"].eq("note " + stored["id"]).all()


def test_a_file_that_changes_before_its_rows_are_compared_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = Staging.compare

    def changed(self: Staging, *given: Any, **options: Any) -> None:
        (tmp_path / "export.csv").write_text(exports.text(_rows(99)).replace("note", "other"))
        compare(self, *given, **options)

    monkeypatch.setattr(Staging, "compare", changed)
    with pytest.raises(IncidentFileError, match=r"export\.csv: the file changed while it was being read"):
        exports.imported(tmp_path, exports.text(_rows(100)).encode())
    assert open_store(tmp_path / "store") is None


@pytest.mark.parametrize(
    ("ended", "raised"),
    [(OSError(errno.ENOSPC, "no space"), StoreError), (KeyboardInterrupt(), KeyboardInterrupt)],
)
def test_what_ends_the_keeping_of_texts_is_no_error_of_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: BaseException, raised: type[BaseException]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ended

    monkeypatch.setattr(text_sort, "_MOST_HELD", 0)
    monkeypatch.setattr(SortedTexts, "_write", fail)
    with pytest.raises(raised):
        exports.imported(tmp_path, exports.text(_rows(100)).encode())
    assert open_store(tmp_path / "store") is None
    assert not list((tmp_path / "store").rglob("*.arrow"))


def test_statistics_are_kept_of_days_but_not_of_long_texts(tmp_path: Path) -> None:
    with partitions.parquet_writer(tmp_path / "rows.parquet", partitions.SCHEMA) as file:
        file.write_table(partitions.SCHEMA.empty_table())
        one = dict.fromkeys(partitions.SCHEMA.names) | {"first": date(2020, 1, 1), "notes": "a"}
        file.write_table(pa.Table.from_pylist([one], partitions.SCHEMA))
    group = pq.read_metadata(tmp_path / "rows.parquet").row_group(1)
    columns = [group.column(at) for at in range(group.num_columns)]
    kept = {column.path_in_schema for column in columns if column.is_stats_set}
    assert "first" in kept
    assert not kept & {"notes", "source", "geometry"}
