"""Newer exports replace what the publisher has revised since; what they replace is kept as history."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import geopandas as gpd
import pyarrow.parquet as pq
import pytest
from exports import ATLAS, imported, rejects, row, text
from test_malformed import contents

from mapapp.cli.main import main
from mapapp.core.model import Atlas
from mapapp.incidents.browser_columns import write_columns
from mapapp.incidents.importer import ImportOptions, ImportResult, import_file, place_all
from mapapp.incidents.mapping_file import MappingSettings
from mapapp.incidents.query import Queries, UnknownIncidentError
from mapapp.incidents.revisions import remove
from mapapp.incidents.store import Dataset, Store, open_store

OLD, NEW, NEWEST = "1581500000", "1582500000", "1583500000"
REVISED = {
    "event_date": "2020-02-12",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Air/drone strike",
    "latitude": "35.90",
    "longitude": "36.60",
    "fatalities": "7",
}


def brought(folder: Path, name: str, *rows: dict[str, str], **options: bool) -> ImportResult:
    """Import an export of these rows."""
    if not options:
        return imported(folder, text(list(rows)).encode(), f"{name}.csv")
    (folder / f"{name}.csv").write_bytes(text(list(rows)).encode())
    return import_file(folder / f"{name}.csv", ATLAS[0], folder / "store", ImportOptions(**options))  # type: ignore[arg-type]


def opened(folder: Path) -> Store:
    """Return the store."""
    store = open_store(folder / "store")
    assert store is not None
    return store


def dataset_of(folder: Path, key: str) -> Dataset:
    """Return a dataset."""
    return next(dataset for dataset in opened(folder).datasets if dataset.key == key)


def current(folder: Path) -> list[tuple[str, str, str | None]]:
    """Return dataset, id and fatalities of all current rows, by dataset and id."""
    store = opened(folder)
    frames = [
        (one.key, gpd.read_parquet(file, partitioning=None))
        for one in store.datasets
        for file in store.files(one)
    ]
    return sorted((key, one.id, one.fatalities) for key, frame in frames for one in frame.itertuples())


def history(folder: Path, key: str) -> list[tuple[str, str | None, str]]:
    """Return id, fatalities and successor of all replaced rows of a dataset."""
    file = opened(folder).history_file(dataset_of(folder, key))
    rows = pq.read_table(file).to_pylist() if file else []
    return sorted((one["id"], one["fatalities"], one["replaced_by"]) for one in rows)


def test_a_newer_version_replaces_the_stored_row_which_becomes_history(tmp_path: Path) -> None:
    brought(tmp_path, "old", row(1, timestamp=OLD, fatalities="1"), row(2, timestamp=OLD))
    done = brought(tmp_path, "new", row(1, timestamp=NEW, **REVISED))
    assert (done.dataset.rows, done.dataset.rejected, done.replaced) == (1, 0, (("old", 1),))
    assert current(tmp_path) == [("new", "SYR1", "7"), ("old", "SYR2", "0")]
    assert history(tmp_path, "old") == [("SYR1", "1", "new")]
    old = dataset_of(tmp_path, "old")
    assert (old.rows, old.replaced) == (1, 1)
    file = opened(tmp_path).history_file(old)
    assert file is not None
    assert pq.read_table(file)["replaced"].to_pylist() == [
        datetime.fromisoformat(done.dataset.imported).replace(tzinfo=None)
    ]
    queries = Queries(opened(tmp_path))
    assert queries.by_kind(None, date(2020, 2, 1), date(2020, 2, 28)) == [("air-strikes", 1), ("clashes", 1)]
    found = queries.incident("new", 0)
    assert (found["first"], found["kind"], found["lon"], found["lat"]) == (
        date(2020, 2, 12),
        "air-strikes",
        36.6,
        35.9,
    )


def test_numbers_of_remaining_rows_stay_and_those_of_replaced_rows_find_nothing(tmp_path: Path) -> None:
    brought(tmp_path, "old", *(row(at, timestamp=OLD) for at in (1, 2, 3)))
    brought(tmp_path, "new", row(1, timestamp=NEW))
    queries = Queries(opened(tmp_path))
    assert queries.incident("old", 2)["id"] == "SYR3"
    for n in (0, 3, -1, 10**30):
        with pytest.raises(UnknownIncidentError):
            queries.incident("old", n)


@pytest.mark.parametrize(
    ("stored", "offered", "why"),
    [
        (NEW, OLD, "a newer version of the id is stored, in the dataset old"),
        (OLD, OLD, "the id is already stored, in the dataset old"),
        ("", NEW, "the id is already stored, in the dataset old"),
        (OLD, "", "the id is already stored, in the dataset old"),
    ],
)
def test_rows_that_are_not_newer_are_rejected_with_the_reason(
    stored: str, offered: str, why: str, tmp_path: Path
) -> None:
    brought(tmp_path, "old", row(1, timestamp=stored))
    done = brought(tmp_path, "new", row(1, timestamp=offered, fatalities="7"), row(2, timestamp=OLD))
    assert (done.reasons, done.replaced) == (((why, 1),), ())
    assert current(tmp_path) == [("new", "SYR2", "0"), ("old", "SYR1", "0")]


def test_with_keep_old_stored_rows_stay_and_newer_ones_are_rejected(tmp_path: Path) -> None:
    brought(tmp_path, "old", row(1, timestamp=OLD))
    done = brought(tmp_path, "new", row(1, timestamp=NEW), row(2, timestamp=NEW), keep_old=True)
    why = "an older version of the id is stored, in the dataset old, and kept as you asked (--keep-old)"
    assert (done.reasons, done.replaced) == (((why, 1),), ())
    assert rejects(done)[0]["event_id_cnty"] == "SYR1"
    again = brought(tmp_path, "new", row(1, timestamp=NEW), row(2, timestamp=NEW))
    assert again.replaced == (("old", 1),)


def test_of_two_versions_in_one_file_the_newest_is_kept(tmp_path: Path) -> None:
    versions = [row(1, timestamp=stamp, fatalities=at) for at, stamp in enumerate(("", OLD, NEW, OLD, NEW))]
    done = brought(tmp_path, "new", *(one | {"fatalities": str(one["fatalities"])} for one in versions))
    assert done.reasons == (
        ("a newer version of the id is in the file, and kept", 3),
        ("the id occurs earlier in the file; the first row is kept", 1),
    )
    assert current(tmp_path) == [("new", "SYR1", "2")]


def test_rows_of_plain_tables_are_replaced_if_day_and_point_are_the_same(tmp_path: Path) -> None:
    sheet = "id,date,lat,lon,deaths,updated\n1,2020-02-10,35.9,36.6,{},{}\n2,2020-02-1{},35.9,36.6,1,{}\n"
    imported(tmp_path, sheet.format(1, "2020-03-01", 0, "2020-03-01").encode(), "old.csv")
    done = imported(tmp_path, sheet.format(5, "2020-04-01", 1, "2020-04-01").encode(), "new.csv")
    assert done.replaced == (("old", 1),)
    assert current(tmp_path) == [("new", "1", "5"), ("new", "2", "1"), ("old", "2", "1")]


def test_a_dataset_whose_rows_were_all_replaced_is_still_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    brought(tmp_path, "old", row(1, timestamp=OLD, event_date="2011-01-01", latitude="36.2"))
    brought(tmp_path, "new", row(1, timestamp=NEW))
    old = dataset_of(tmp_path, "old")
    assert (old.rows, old.replaced, old.first) == (0, 1, date(2011, 1, 1))
    store = opened(tmp_path)
    assert Queries(store).count(None, date(2000, 1, 1), date(2030, 1, 1)) == 1
    with pytest.raises(UnknownIncidentError):
        Queries(store).incident("old", 0)
    about = write_columns(store, tmp_path / "screen")
    assert (about["rows"], about["box"]) == (1, [36.63, 35.93, 36.63, 35.93])
    assert [record["key"] for record in about["records"]] == ["new"]  # type: ignore[attr-defined]
    given = ["--store", str(tmp_path / "store")]
    assert main(["incidents", "list", *given]) == 0
    assert "0 rows, 0 rejected, 1 replaced by newer versions, 2011-01-01 to" in capsys.readouterr().out
    assert main(["incidents", "count", *given]) == 0
    said = capsys.readouterr().out
    assert "1 incidents, 2020-02-19 to 2020-02-19" in said
    third = brought(tmp_path, "third", row(1, timestamp=NEWEST), row(2, timestamp=NEWEST))
    assert third.replaced == (("new", 1),)


def test_removing_the_newer_dataset_puts_the_older_rows_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row(at, timestamp=OLD, event_date=f"{2015 + at}-02-01") for at in (1, 2, 3)]
    brought(tmp_path, "old", *rows)
    whole = dataset_of(tmp_path, "old")
    table = gpd.read_parquet(tmp_path / "store" / whole.folder)
    brought(tmp_path, "new", *(one | {"timestamp": NEW} for one in rows[1:]))
    assert main(["incidents", "remove", "new", "--store", str(tmp_path / "store")]) == 0
    assert capsys.readouterr().out.endswith("Restored: 2 rows of other datasets that it had replaced.\n")
    back = dataset_of(tmp_path, "old")
    assert back.folder != whole.folder
    assert {**vars(back), "folder": ""} == {**vars(whole), "folder": ""}
    assert opened(tmp_path).history_file(back) is None
    again = gpd.read_parquet(tmp_path / "store" / back.folder)
    assert again.sort_values("n", ignore_index=True).equals(table.sort_values("n", ignore_index=True))


def test_removing_a_dataset_in_the_middle_leaves_one_version_of_each_row(tmp_path: Path) -> None:
    brought(tmp_path, "a", row(1, timestamp=OLD, fatalities="1"), row(2, timestamp=OLD))
    brought(
        tmp_path, "b", row(1, timestamp=NEW, fatalities="2"), row(2, timestamp=NEW), row(3, timestamp=NEW)
    )
    brought(tmp_path, "c", row(1, timestamp=NEWEST, fatalities="3"))
    assert history(tmp_path, "b") == [("SYR1", "2", "c")]
    assert remove(tmp_path / "store", "b")[1] == 1
    assert current(tmp_path) == [("a", "SYR2", "0"), ("c", "SYR1", "3")]
    assert history(tmp_path, "a") == [("SYR1", "1", "c")]
    assert remove(tmp_path / "store", "c")[1] == 1
    assert current(tmp_path) == [("a", "SYR1", "1"), ("a", "SYR2", "0")]


def test_importing_a_file_again_with_other_options_loses_and_doubles_nothing(tmp_path: Path) -> None:
    brought(tmp_path, "a", row(1, timestamp=OLD), row(2, timestamp=OLD), row(3, timestamp=OLD))
    newer = [row(at, timestamp=NEW, event_type="Foo") for at in (1, 2)]
    brought(tmp_path, "b", *newer)
    brought(tmp_path, "c", row(1, timestamp=NEWEST))
    before = current(tmp_path)
    settings = MappingSettings(kinds={"Foo": "riots"})
    again = imported(tmp_path, text(newer).encode(), "b.csv", settings)
    assert again.replaced == (("a", 1),)
    assert again.reasons == (("a newer version of the id is stored, in the dataset c", 1),)
    assert current(tmp_path) == before
    assert history(tmp_path, "a") == [("SYR1", "0", "b"), ("SYR2", "0", "b")]
    assert history(tmp_path, "b") == [("SYR1", "0", "c")]
    assert len([*(tmp_path / "store" / "records").iterdir()]) == 3
    remove(tmp_path / "store", "c")
    remove(tmp_path / "store", "b")
    assert current(tmp_path) == [("a", f"SYR{at}", "0") for at in (1, 2, 3)]


def test_a_file_read_without_its_times_gives_back_what_it_had_replaced(tmp_path: Path) -> None:
    brought(tmp_path, "old", row(1, timestamp=OLD, fatalities="1"))
    newer = [row(1, timestamp=NEW, fatalities="7", tags=""), row(2, timestamp=NEW, tags="")]
    brought(tmp_path, "new", *newer)
    imported(tmp_path, text(newer).encode(), "new.csv", MappingSettings(columns={"published": "tags"}))
    assert current(tmp_path) == [("new", "SYR2", "0"), ("old", "SYR1", "1")]
    assert history(tmp_path, "old") == []


def test_a_version_that_is_current_again_is_not_kept_as_history_too(tmp_path: Path) -> None:
    brought(tmp_path, "b", row(1, timestamp=OLD, tags=NEWEST, fatalities="2"), row(2, timestamp=OLD, tags=""))
    brought(tmp_path, "c", row(1, timestamp=NEW, fatalities="3"), row(2, timestamp=NEW))
    again = imported(
        tmp_path,
        (tmp_path / "b.csv").read_bytes(),
        "b.csv",
        MappingSettings(columns={"published": "tags"}),
    )
    assert again.replaced == (("c", 1),)
    assert current(tmp_path) == [("b", "SYR1", "2"), ("c", "SYR2", "0")]
    assert history(tmp_path, "b") == [("SYR2", "0", "c")]
    assert history(tmp_path, "c") == [("SYR1", "3", "b")]


def test_rows_of_plain_tables_that_share_an_id_come_back_each_by_itself(tmp_path: Path) -> None:
    def sheet(*rows: str) -> bytes:
        return "\n".join(("id,date,lat,lon,deaths,updated", *rows, *others, "")).encode()

    others = [f"{at},2020-02-10,35.9,36.6,0," for at in (2, 3, 4)]
    one, two = "1,2020-02-10,35.9,36.6", "1,2020-02-11,35.9,36.6"
    imported(tmp_path, sheet(f"{one},1,2020-03-01", f"{two},1,2020-03-01"), "a.csv")
    imported(tmp_path, sheet(f"{one},2,2020-04-01", f"{two},2,2020-04-01"), "b.csv")
    imported(tmp_path, sheet(f"{one},3,2020-05-01"), "c.csv")
    assert remove(tmp_path / "store", "b")[1] == 1
    assert [one for one in current(tmp_path) if one[1] == "1"] == [("a", "1", "1"), ("c", "1", "3")]
    assert history(tmp_path, "a") == [("1", "1", "c")]


def test_files_of_earlier_versions_get_the_same_columns_as_the_rest(tmp_path: Path) -> None:
    brought(tmp_path, "old", row(1, timestamp=OLD, event_date="2019-02-10"), row(2, timestamp=OLD))
    older = Path(opened(tmp_path).files(dataset_of(tmp_path, "old"))[0])
    pq.write_table(pq.read_table(older, partitioning=None).drop_columns(["source"]), older)
    brought(tmp_path, "new", row(2, timestamp=NEW), row(3, timestamp=NEW, event_date="2019-02-10"))
    (old,), (_, new) = (opened(tmp_path).files(dataset_of(tmp_path, key)) for key in ("old", "new"))
    assert pq.read_schema(old).names == pq.read_schema(new).names
    assert Queries(opened(tmp_path)).incident("old", 0)["source"] is None


def test_a_refused_export_changes_nothing(tmp_path: Path) -> None:
    brought(tmp_path, "old", row(1, timestamp=OLD))
    newer = [row(1, timestamp=NEW, tags="")]
    brought(tmp_path, "new", *newer)
    before = contents(tmp_path / "store")
    with pytest.raises(Exception, match="no column for lat"):
        imported(tmp_path, text(newer).encode(), "new.csv", MappingSettings(columns={"lat": "x"}))
    with pytest.raises(Exception, match="no usable rows"):
        imported(tmp_path, text(newer).encode(), "new.csv", MappingSettings(columns={"first": "tags"}))
    assert contents(tmp_path / "store") == before


def test_history_is_assigned_to_new_areas_too_because_it_may_come_back(
    tmp_path: Path, tiny_atlas: Atlas
) -> None:
    brought(tmp_path, "old", row(1, timestamp=OLD, latitude="35.6", longitude="37.5"))
    brought(tmp_path, "new", row(1, timestamp=NEW))
    assert place_all(tiny_atlas, tmp_path / "store") == ("old", "new")
    assert history(tmp_path, "old") == [("SYR1", "0", "new")]
    remove(tmp_path / "store", "new")
    assert "northland" in Queries(opened(tmp_path)).incident("old", 0)["within"]  # type: ignore[operator]


def test_rewritten_files_are_geoparquet_with_their_own_bounds(tmp_path: Path) -> None:
    brought(tmp_path, "old", row(1, timestamp=OLD), row(2, timestamp=OLD, latitude="36.2", longitude="37.16"))
    brought(tmp_path, "new", row(2, timestamp=NEW))
    (file,) = opened(tmp_path).files(dataset_of(tmp_path, "old"))
    frame = gpd.read_parquet(file, partitioning=None)
    assert frame.crs.to_authority() == ("OGC", "CRS84")
    assert b'"bbox": [36.63, 35.93, 36.63, 35.93]' in pq.read_metadata(file).metadata[b"geo"]
    assert dataset_of(tmp_path, "old").bounds == (36.63, 35.93, 36.63, 35.93)
    assert (
        pq.read_schema(file).names
        == pq.read_schema(opened(tmp_path).files(dataset_of(tmp_path, "new"))[0]).names
    )


def test_the_import_says_how_many_rows_it_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    brought(tmp_path, "old", row(1, timestamp=OLD), row(2, timestamp=OLD))
    (tmp_path / "new.csv").write_text(text([row(1, timestamp=NEW), row(2, timestamp=NEW)]))
    arguments = ["incidents", "import", str(tmp_path / "new.csv"), "--store", str(tmp_path / "store")]
    assert main([*arguments, "--keep-old"]) == 2
    assert "no usable rows" in capsys.readouterr().err
    assert main(arguments) == 0
    assert "  2 rows replaced in the dataset old; compare them with " in capsys.readouterr().out


def test_rows_lost_with_the_older_dataset_come_back_when_the_newer_file_is_imported_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The removal names the file; also if another file has taken the removed dataset's key since."""
    brought(tmp_path, "v1", row(1, fatalities="1"), row(2))
    done = brought(tmp_path, "v2", row(1, fatalities="1"), row(3))
    assert done.dataset.rejected == 1
    assert brought(tmp_path, "v2", row(1, fatalities="1"), row(3)).already_stored

    assert main(["incidents", "remove", "v1", "--store", str(tmp_path / "store")]) == 0

    assert "Rows of v2.csv that were stored with v1 only are gone too" in capsys.readouterr().out
    brought(tmp_path, "v1", row(9))
    again = brought(tmp_path, "v2", row(1, fatalities="1"), row(3))
    assert not again.already_stored
    assert current(tmp_path) == [("v1", "SYR9", "0"), ("v2", "SYR1", "1"), ("v2", "SYR3", "0")]
    assert brought(tmp_path, "v2", row(1, fatalities="1"), row(3)).already_stored


def test_removing_a_dataset_that_no_other_repeats_names_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also if the other dataset was imported first, and has the rows."""
    brought(tmp_path, "v1", row(1))
    brought(tmp_path, "v2", row(1), row(3))

    assert main(["incidents", "remove", "v2", "--store", str(tmp_path / "store")]) == 0

    assert "gone too" not in capsys.readouterr().out
    assert current(tmp_path) == [("v1", "SYR1", "0")]
