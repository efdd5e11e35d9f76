"""Tables in other files than CSV: archives, workbooks, GeoJSON and JSON; and files that are no tables."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from exports import imported, plain, rejects, row, stored

from mapapp.cli.main import main
from mapapp.incidents.mapping_file import IncidentFileError
from mapapp.incidents.readers import archives
from mapapp.incidents.store import open_store

SHEET = plain("1,2020-02-19,35.93,36.63,shelling", "2,31/31/2020,35.93,36.63,clash")
POINT = {"type": "Point", "coordinates": [36.63, 35.93]}


def archive(**members: bytes) -> bytes:
    """Return a .zip file; two underscores in a name stand for a full stop."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "."), content)
    return out.getvalue()


def workbook(**sheets: list[list[str | float]]) -> bytes:
    """Return a minimal .xlsx file; numbers over 40,000 are formatted as days, sheets named Hidden… hidden."""
    main_ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel_ns = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pkg_ns = "http://schemas.openxmlformats.org/package/2006/relationships"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        listed, related = "", ""
        for at, (name, rows) in enumerate(sheets.items(), 1):
            state = 'state="hidden" ' if name.startswith("Hidden") else ""
            listed += f'<sheet name="{name}" sheetId="{at}" {state}r:id="r{at}"/>'
            related += f'<Relationship Id="r{at}" Type="{rel_ns}/worksheet" Target="worksheets/s{at}.xml"/>'
            data = "".join(
                f'<row r="{number}">'
                + "".join(_cell(f"{chr(65 + nth)}{number}", cell) for nth, cell in enumerate(cells))
                + "</row>"
                for number, cells in enumerate(rows, 1)
            )
            file.writestr(
                f"xl/worksheets/s{at}.xml",
                f'<worksheet xmlns="{main_ns}"><sheetData>{data}</sheetData></worksheet>',
            )
        related += f'<Relationship Id="st" Type="{rel_ns}/styles" Target="styles.xml"/>'
        file.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main_ns}" xmlns:r="{rel_ns}"><sheets>{listed}</sheets></workbook>',
        )
        file.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{pkg_ns}"><Relationship Id="w" Type="{rel_ns}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{pkg_ns}">{related}</Relationships>'
        )
        file.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{main_ns}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>",
        )
    return out.getvalue()


def _cell(place: str, value: str | float) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>' if value else ""
    return f'<c r="{place}" s="{int(value > 40_000)}"><v>{value}</v></c>'


def features(*made: dict[str, Any], **members: object) -> bytes:
    """Return GeoJSON."""
    return json.dumps({"type": "FeatureCollection", "features": made, **members}).encode()


def feature(geometry: dict[str, Any] | None, **properties: object) -> dict[str, Any]:
    """Return a feature."""
    return {"type": "Feature", "properties": {"date": "2020-02-19", **properties}, "geometry": geometry}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (gzip.compress(SHEET, mtime=0), "export.csv.gz"),
        (gzip.compress(SHEET, mtime=0), "export"),
        (archive(data__csv=SHEET), "export.zip"),
        (archive(**{"folder/data.csv": SHEET, "__MACOSX/x": b"x", "readme__txt": b"about"}), "export.zip"),
        (archive(data__csv__gz=gzip.compress(SHEET, mtime=0)), "export.zip"),
    ],
    ids=["gz", "gz without an ending", "zip", "zip with more", "gz in a zip"],
)
def test_a_compressed_table_is_read_and_its_lines_keep_their_numbers(
    content: bytes, name: str, tmp_path: Path
) -> None:
    done = imported(tmp_path, content, name)
    assert (done.dataset.rows, done.dataset.file, done.dataset.key) == (1, name, "export")
    assert rejects(done)[0]["line"] == "3"


@pytest.mark.parametrize(
    "packed", [gzip.compress(SHEET, mtime=0), archive(data__csv=SHEET)], ids=["gz", "zip"]
)
def test_no_more_is_unpacked_than_a_limit(
    packed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST", len(SHEET))
    assert imported(tmp_path, packed).dataset.rows == 1
    monkeypatch.setattr(archives, "MOST", len(SHEET) - 1)
    with pytest.raises(IncidentFileError, match=r"^other\.csv: unpacked, the file has more than"):
        imported(tmp_path, packed, "other.csv")
    monkeypatch.setattr(archives, "MOST_OF_WORKBOOK", 100)
    with pytest.raises(IncidentFileError, match=r"^big\.xlsx: unpacked, the file has more than"):
        imported(tmp_path, workbook(Data=[["date"]]), "big.xlsx")


def test_the_sheet_of_a_workbook_that_is_a_table_is_read_with_its_days_and_line_numbers(
    tmp_path: Path,
) -> None:
    rows: list[list[str | float]] = [
        [], ["Incident list"], ["Event ID", "Event Date", "Lat.", "Long.", "Killed"],
        [1, 43880, 35.93, 36.63, 3], [],
        [2, "18 Feb 2020", "35.93N", "36.63E"], [3, "31/31/2020", 35.93, 36.63],
    ]  # fmt: skip
    done = imported(tmp_path, workbook(Info=[["About this file"]], Data=rows), "export.xlsx")
    found = [(one["id"], str(one["first"]), one["fatalities"]) for one in stored(tmp_path, done)]
    assert found == [("2", "2020-02-18", None), ("1", "2020-02-19", "3")]
    assert done.notes == (
        'read from the sheet "Data"',
        "1 line above the names of the columns skipped",
        "1 empty row was skipped",
    )
    assert rejects(done)[0]["line"] == "7"


def test_a_hidden_sheet_is_read_only_if_no_visible_one_is_a_table_and_the_import_says_so(
    tmp_path: Path,
) -> None:
    old: list[list[str | float]] = [["id", "date", "lat", "lon", "kind"], ["1", 43880, 35.93, 36.63, "clash"]]
    new: list[list[str | float]] = [["date", "lat", "lon"], [43881, 35.93, 36.63]]
    totals: list[list[str | float]] = [["country", "kind", "fatalities", "notes"], ["", "", 3]]

    done = imported(tmp_path, workbook(Hidden=old, Data=new), "export.xlsx")
    assert (str(done.dataset.first), done.notes) == ("2020-02-20", ('read from the sheet "Data"',))

    done = imported(tmp_path, workbook(Totals=totals, Hidden=old), "second.xlsx")
    assert (str(done.dataset.first), done.notes) == ("2020-02-19", ('read from the hidden sheet "Hidden"',))

    with pytest.raises(IncidentFileError, match=r'the file has: "country", "kind"'):
        imported(tmp_path, workbook(Hidden=[["x", "y"]], Totals=totals), "third.xlsx")


def test_points_of_geojson_are_stored_and_other_geometries_rejected_with_their_reason(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[36, 35], [37, 36]]}
    several = {"type": "MultiPoint", "coordinates": [[36.63, 35.93]]}
    content = features(
        feature(POINT, id="007", date="2020-02-18T23:30:00+03:00", latitude=1),
        feature(line, id="8"),
        feature(None, id="9"),
        feature(several, id="10"),
    )
    done = imported(tmp_path, content, "points.geojson")
    found = [(one["id"], str(one["first"]), one["geometry"].coords[0]) for one in stored(tmp_path, done)]
    assert found == [("007", "2020-02-18", (36.63, 35.93)), ("10", "2020-02-19", (36.63, 35.93))]
    assert dict(done.reasons) == {"the geometry is not a point": 1, "the coordinates are missing": 1}
    assert done.examples["the geometry is not a point"] == "no point: LineString"


def test_coordinates_in_another_system_are_converted_and_the_import_says_so(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    metres = {"type": "Point", "coordinates": [4077633.0, 4291000.0]}
    done = imported(tmp_path, features(feature(metres, id=1), crs=crs), "metres.geojson")
    assert stored(tmp_path, done)[0]["geometry"].x == pytest.approx(36.63, abs=0.001)
    assert done.notes == ("coordinates converted from EPSG:3857 to WGS 84",)


def test_a_list_of_objects_is_a_table_wherever_it_is(tmp_path: Path) -> None:
    rows = [row(1), row(2, notes="[{", event_date="never"), row(3, latitude="35.94") | {"more": [1]}]
    whole = {"status": 200, "tags": ["a", 1], "data": rows}
    for at, content in enumerate(
        (json.dumps(whole), json.dumps(rows, indent=1), "\n".join(map(json.dumps, rows)))
    ):
        done = imported(tmp_path / str(at), content.encode(), f"{at}.json")
        assert (done.dataset.format, done.dataset.rows, done.dataset.rejected) == ("acled", 2, 1)


NO_TABLE = {
    "a web page": (b"\n<!DOCTYPE html>\n<html><body>x, y</body></html>", "this is a web page, not a table"),
    "KML": (b'<?xml version="1.0"?><kml/>', "this is XML, not a table"),
    "a PDF": (b"%PDF-1.7\n...", "this is a PDF, not a table"),
    "a shapefile": (b"\0\0\x27\x0a" + bytes(99), "this is part of a shapefile"),
    "a zipped shapefile": (archive(a__shp=b"x", a__dbf=b"x"), "this is part of a shapefile"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "this is an old workbook (.xls)"),
    "two tables": (archive(a__csv=SHEET, b__csv=SHEET), 'the archive has 2 tables ("a.csv", "b.csv")'),
    "no table": (archive(a__png=b"x"), 'the archive has no table ("a.png")'),
    "a letter": (archive(**{"word/document.xml": b"x"}), "this is a document, not a table"),
    "a damaged archive": (archive(a__csv=SHEET)[:60], "the file is a workbook or an archive, and is damaged"),
    "a damaged gzip": (gzip.compress(SHEET, mtime=0)[:-20], "the .gz file is damaged"),
    "damaged GeoJSON": (b'{"type":"FeatureCollection","features":[{"type"', "this is GeoJSON but is damaged"),
    "damaged JSON": (b'{"data":[{"a":1},{"b"', "this looks like JSON but is damaged"),
    "a list as a key of JSON": (b'{[1]:2,"b":[{"a":1}]}', "this looks like JSON but is damaged"),
    "an error": (
        b'{"status":403,"error":{}}',
        'this is JSON but has no list of objects, only "status", "error"',
    ),
    "an empty list": (b'{"data":[]}', 'this is JSON but has no list of objects, as "data" is empty'),
    "TopoJSON": (b'{"type":"Topology","objects":{}}', "this is JSON but neither GeoJSON nor a list"),
    "a page in an archive": (archive(a__csv=b"<html>"), "a.csv: this is a web page, not a table"),
}


@pytest.mark.parametrize(("content", "message"), NO_TABLE.values(), ids=list(NO_TABLE))
def test_what_is_no_table_is_named_in_one_line(content: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(IncidentFileError) as caught:
        imported(tmp_path, content)
    assert str(caught.value).startswith(f"export.csv: {message}")
    assert "\n" not in str(caught.value)


def test_an_address_is_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["incidents", "import", "https://example.org/export.csv"]) == 2
    assert "this is an address; download the file first" in capsys.readouterr().err


def test_files_that_cannot_be_read_are_named_and_the_others_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [str(tmp_path / name) for name in ("a.csv", "b.csv", "c.csv", "none.csv")]
    for name, content in zip(names, (SHEET, b"%PDF", SHEET + b"3,2020-02-19,35.93,36.63,x\n"), strict=False):
        Path(name).write_bytes(content)
    store = str(tmp_path / "store")
    assert main(["incidents", "import", *names, "--store", store]) == 2
    out = capsys.readouterr()
    assert [line.split(": ")[1] for line in out.err.splitlines()] == ["b.csv", str(tmp_path / "none.csv")]
    found = open_store(Path(store))
    assert found is not None
    assert [dataset.file for dataset in found.datasets] == ["a.csv", "c.csv"]


def test_a_dry_run_shows_how_a_file_is_read_and_stores_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_bytes(SHEET)
    assert (
        main(["incidents", "import", str(tmp_path / "a.csv"), "--dry-run", "--store", str(tmp_path / "s")])
        == 0
    )
    out = capsys.readouterr().out
    assert 'first       "date", such as "2020-02-19"' in out
    assert "1 row would be stored, 2020-02-19 to 2020-02-19" in out
    assert '1  the date does not exist (got "31/31/2020")' in out
    assert "line 3: the date does not exist: 2, 31/31/2020, 35.93, 36.63, clash" in out
    assert not (tmp_path / "s").exists()


def test_columns_that_are_not_used_are_named_up_to_a_dozen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few, many = tmp_path / "few.csv", tmp_path / "many.csv"
    few.write_text("date,Wetter,lat,lon,,\x1b[31m\n2020-02-19,x,35.93,36.63,,\n", "utf-8")
    extra = [f"extra{number}" for number in range(14)]
    many.write_text(f"date,lat,lon,{','.join(extra)}\n2020-02-19,35.93,36.63{',1' * 14}\n", "utf-8")
    main(["incidents", "import", str(few), str(many), "--store", str(tmp_path / "store")])
    lines = [line for line in capsys.readouterr().out.splitlines() if "not used" in line]
    listed = ", ".join(f'"{name}"' for name in extra[:12])
    assert lines == [r'  not used: "Wetter", "\x1b[31m"', f"  not used: {listed} and 2 more"]
    (tmp_path / "all.csv").write_bytes(SHEET)
    main(["incidents", "import", str(tmp_path / "all.csv"), "--dry-run"])
    assert "not used" not in capsys.readouterr().out


def test_an_empty_list_before_that_of_the_objects_is_passed_over(tmp_path: Path) -> None:
    record = b'{"date":"2020-02-19","lat":35.93,"lon":36.63}'
    content = b'{"sources":["a"],"failed":[],"found":[' + record + b"]}"
    assert imported(tmp_path, content, "answer.json").dataset.rows == 1


RECORD = {"date": "2020-02-19", "lat": 35.93, "lon": 36.63}
PAGES: dict[str, tuple[dict[str, Any], str]] = {
    "pages": ({"TotalCount": 9, "TotalPages": 5, "NextPageUrl": "", "Result": [RECORD]}, "one page of 5"),
    "rows": ({"count": 1, "total": "3", "data": [RECORD]}, "one page, with 1 of 3 rows"),
    "the next page": ({"links": {"next": "https://example.org/2"}, "data": [RECORD]}, "one page of several"),
}


@pytest.mark.parametrize(("answer", "note"), PAGES.values(), ids=list(PAGES))
def test_a_page_of_an_answer_is_imported_with_a_note_that_there_are_others(
    answer: dict[str, Any], note: str, tmp_path: Path
) -> None:
    done = imported(tmp_path, json.dumps(answer).encode(), "answer.json")
    assert done.notes == (f"this is {note}; import the other pages too",)


@pytest.mark.parametrize(
    "answer",
    [
        json.dumps(
            {"count": 1, "total": 1, "TotalPages": 1, "NextPageUrl": "", "next": None, "data": [RECORD]}
        ),
        json.dumps({**RECORD, "total": 9, "next": "x"}) + "\n" + json.dumps(RECORD),
    ],
    ids=["the only page", "an object on each line"],
)
def test_a_whole_answer_is_imported_without_a_note(answer: str, tmp_path: Path) -> None:
    assert imported(tmp_path, answer.encode(), "answer.json").notes == ()
