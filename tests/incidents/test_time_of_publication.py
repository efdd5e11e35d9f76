"""When the publisher last changed a row, and the day of an export."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from exports import imported, plain, row, text

from mapapp.cli.main import main
from mapapp.core.model import Atlas
from mapapp.incidents.importer import ImportOptions, import_file
from mapapp.incidents.query import Queries
from mapapp.incidents.store import open_store

MOMENT = datetime(2020, 2, 12, 9, 33, 20)  # noqa: DTZ001 - the store's own, without a zone


def published(folder: Path, key: str = "export", n: int = 0) -> object:
    """Return when a stored row was last changed."""
    store = open_store(folder / "store")
    assert store is not None
    return Queries(store).incident(key, n)["published"]


@pytest.mark.parametrize(
    ("stamp", "meant"),
    [
        ("1581500000", MOMENT),
        ("1581500000.0", MOMENT),
        ("1581500000999", MOMENT),
        (" 2020-02-12T09:33:20Z ", MOMENT),
        ("2020-02-12 09:33:20.75", MOMENT),
        ("2020-02-12T11:33:20+02:00", MOMENT),
        ("2020-02-12 07:03:20-0230", MOMENT),
        ("2020-02-12", MOMENT.replace(hour=0, minute=0, second=0)),
        ("", None),
        ("yesterday", None),
        ("2020-02-30T00:00:00", None),
        ("20200212", None),
    ],
)
def test_times_of_publication_are_read_as_utc_and_are_unknown_if_unreadable(
    stamp: str, meant: datetime | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    done = imported(tmp_path, text([row(1, timestamp=stamp)]).encode())
    assert published(tmp_path) == meant
    assert done.dataset.exported == (meant and meant.date())


@pytest.mark.parametrize("column", ["timestamp", "updated", "Updated at", "last_modified", "date modified"])
def test_plain_tables_name_the_time_of_publication_in_several_ways(column: str, tmp_path: Path) -> None:
    sheet = f"id,date,lat,lon,{column}\n1,2020-02-10,35.9,36.6,2020-02-12T09:33:20\n"
    imported(tmp_path, sheet.encode())
    assert published(tmp_path) == MOMENT


def test_a_time_of_publication_in_the_future_is_unknown_and_noted(tmp_path: Path) -> None:
    later = (datetime.now(UTC) + timedelta(days=30)).isoformat(timespec="seconds")
    done = imported(tmp_path, text([row(1, timestamp=later), row(2, timestamp="1581500000")]).encode())
    assert (published(tmp_path, n=0), published(tmp_path, n=1)) == (None, MOMENT)
    assert done.dataset.exported == MOMENT.date()
    told = 'by the column "timestamp", 1 row was last changed in the future; that time is ignored'
    assert done.notes == (told,)


def test_the_day_of_the_export_is_the_users_or_that_of_the_latest_change(
    tmp_path: Path, atlas: Atlas
) -> None:
    rows = [row(1, timestamp="1581500000"), row(2, timestamp="1582500000")]
    assert imported(tmp_path, text(rows).encode()).dataset.exported == date(2020, 2, 23)
    file, day = tmp_path / "export.csv", date(2020, 3, 1)
    told = import_file(file, atlas, tmp_path / "store", ImportOptions(exported=day))
    assert told.dataset.exported == day
    assert import_file(file, atlas, tmp_path / "store").already_stored
    store = open_store(tmp_path / "store")
    assert store is not None
    assert [dataset.exported for dataset in store.datasets] == [day]
    assert imported(tmp_path, plain("1,2020-02-19,35.9,36.6,x"), "other.csv").dataset.exported is None


def test_an_export_of_a_future_day_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "export.csv").write_text(text([row(1)]))
    given = ["--store", str(tmp_path / "store"), "--exported", "2999-01-01"]
    assert main(["incidents", "import", str(tmp_path / "export.csv"), *given]) == 2
    assert capsys.readouterr().err == (
        "mapapp: --exported: the day is in the future (got 2999-01-01); use the day of the export\n"
    )


def test_a_store_written_before_times_of_publication_were_kept_still_opens(tmp_path: Path) -> None:
    done = imported(tmp_path, text([row(1)]).encode())
    manifest = tmp_path / "store" / "manifest.json"
    content = json.loads(manifest.read_text("utf-8"))
    del content["records"][0]["exported"]
    manifest.write_text(json.dumps(content))
    (file,) = (tmp_path / "store" / done.dataset.folder).glob("*/*.parquet")
    rows = duckdb.sql(f"SELECT * EXCLUDE (published) FROM read_parquet('{file}')").to_arrow_table()  # noqa: S608 - our own path
    duckdb.from_arrow(rows).write_parquet(str(file))
    assert published(tmp_path) is None
    store = open_store(tmp_path / "store")
    assert store is not None
    assert store.datasets[0].exported is None
    newer = imported(tmp_path, text([row(1), row(2)]).encode(), "newer.csv")
    assert newer.reasons == (("the id is already stored, in the dataset export", 1),)
