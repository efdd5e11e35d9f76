"""The command that shows what the publishers have revised."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from exports import imported, row, text
from test_revisions import NEW, NEWEST, OLD, REVISED, brought

from mapapp.cli.main import main
from mapapp.incidents.mapping_file import MappingSettings


def said(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run the command, and return what it prints."""
    capsys.readouterr()
    assert main(["incidents", "history", *arguments, "--store", str(folder / "store")]) == 0
    return capsys.readouterr().out


@pytest.fixture
def revised(tmp_path: Path) -> Path:
    """Return a folder with a store of three exports, each of which revises the one before."""
    brought(tmp_path, "a", *(row(at, timestamp=OLD) for at in (1, 2, 3, 4)))
    brought(
        tmp_path,
        "b",
        row(1, timestamp=NEW, **REVISED),
        row(2, timestamp=NEW),
        row(3, timestamp=NEW, notes="More."),
    )
    brought(tmp_path, "c", row(1, timestamp=NEWEST, **REVISED | {"fatalities": "8"}))
    return tmp_path


def test_replaced_rows_are_counted_by_dataset_and_by_what_changed(
    revised: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = json.loads(said(revised, capsys, "--format", "json"))
    assert first.pop("replaced").endswith("Z")
    assert first == {
        "dataset": "a", "replaced_by": "b", "rows": 3,
        "day": 1, "kind": 1, "place": 1, "fatalities": 1, "other": 1, "unchanged": 1,
    }  # fmt: skip
    assert (second["dataset"], second["rows"], second["fatalities"], second["place"]) == ("b", 1, 1, 0)
    lines = said(revised, capsys).splitlines()
    assert lines[0].startswith("a: 3 rows replaced by b, 20")
    assert lines[1] == "  changed: day 1, kind 1, place 1, fatalities 1, other 1, nothing that is stored 1"
    only = [*csv.DictReader(io.StringIO(said(revised, capsys, "--dataset", "b", "--format", "csv")))]
    assert [(one["dataset"], one["replaced_by"], one["rows"]) for one in only] == [("b", "c", "1")]


def test_all_versions_of_an_incident_are_listed_oldest_first(
    revised: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(said(revised, capsys, "SYR1", "--format", "json"))
    assert [(one["dataset"], one["published"], one["fatalities"], one["replaced_by"]) for one in found] == [
        ("a", "2020-02-12T09:33:20Z", "0", "b"),
        ("b", "2020-02-23T23:20:00Z", "7", "c"),
        ("c", "2020-03-06T13:06:40Z", "8", None),
    ]
    assert (found[0]["lat"], found[0]["lon"], found[1]["first"]) == (35.93, 36.63, "2020-02-12")
    assert [one["changed"] for one in found] == [
        [],
        ["first", "last", "kind", "type", "lat", "lon", "fatalities"],
        ["fatalities"],
    ]
    older = [row(at, timestamp=OLD) for at in (1, 2, 3, 4)]
    imported(revised, text(older).encode(), "a.csv", MappingSettings(kinds={"Foo": "riots"}))
    again = json.loads(said(revised, capsys, "SYR1", "--format", "json"))
    assert [one["dataset"] for one in again] == ["a", "b", "c"]
    assert "  2020-02-12, air-strikes, lat 35.9, lon 36.6, fatalities 8\n" in said(revised, capsys, "SYR1")
    assert len(said(revised, capsys, "SYR4", "--format", "csv").splitlines()) == 2


def test_versions_of_plain_tables_have_the_same_day_and_point(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = "id,date,lat,lon,deaths,updated\n{}\n"
    imported(tmp_path, sheet.format("1,2020-02-10,35.9,36.6,1,2020-03-01").encode(), "a.csv")
    imported(tmp_path, sheet.format("1,2020-02-11,35.9,36.6,2,2020-04-01").encode(), "b.csv")
    revised = "1,2020-02-10,35.9,36.6,3,2020-05-01\n1,2020-02-12,35.9,36.6,4,2020-05-01"
    revised += "".join(f"\n{at},2020-02-12,35.9,36.6,0," for at in (2, 3, 4))
    imported(tmp_path, sheet.format(revised).encode(), "c.csv")
    found = json.loads(said(tmp_path, capsys, "1", "--format", "json"))
    assert [(one["dataset"], one["changed"]) for one in found] == [
        ("a", []),
        ("c", ["fatalities"]),
        ("b", []),
        ("c", []),
    ]
    (counted,) = json.loads(said(tmp_path, capsys, "--format", "json"))
    assert (counted["rows"], counted["fatalities"], counted["day"]) == (1, 1, 0)


def test_a_store_without_revisions_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(tmp_path, text([row(1)]).encode())
    assert said(tmp_path, capsys) == "No stored rows have been replaced.\n"
    assert said(tmp_path, capsys, "--format", "json") == "[]\n"
    assert "SYR1, time unknown, in export\n" in said(tmp_path, capsys, "SYR1")


def test_text_from_files_is_escaped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    brought(tmp_path, "a", row(1, event_id_cnty="=1+1", timestamp=OLD, fatalities="\x1b[31m2"))
    brought(tmp_path, "b", row(1, event_id_cnty="=1+1", timestamp=NEW, fatalities="@SUM(A1)"))
    assert "\x1b" not in said(tmp_path, capsys, "=1+1")
    rows = [*csv.DictReader(io.StringIO(said(tmp_path, capsys, "=1+1", "--format", "csv")))]
    assert [(one["id"], one["fatalities"][-8:]) for one in rows] == [
        ("'=1+1", "[31m2"),
        ("'=1+1", "@SUM(A1)"),
    ]
    assert rows[1]["fatalities"] == "'@SUM(A1)"


def test_unknown_ids_and_datasets_are_refused_in_one_line(
    revised: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    given = ["--store", str(revised / "store")]
    assert main(["incidents", "history", "SYR9", "--dataset", "a", *given]) == 2
    assert capsys.readouterr().err == 'mapapp: there is no incident with the id "SYR9" in the dataset a\n'
    assert main(["incidents", "history", "--dataset", "x", *given]) == 2
    assert capsys.readouterr().err == 'mapapp: --dataset: no such dataset (got "x"); choose from a, b, c\n'
