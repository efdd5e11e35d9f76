"""Malformed exports: bad rows are rejected with their reasons, bad files refused in one line."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from pathlib import Path

import geopandas as gpd
import pyarrow.parquet as pq
import pytest
from exports import imported, plain, rejects, row, text
from shapely import Point

from mapapp.errors import MapappError
from mapapp.incidents.importer import ImportResult
from mapapp.incidents.mapping_file import IncidentFileError, MappingSettings, read_mapping
from mapapp.incidents.store import open_store

IDLEB = "\u0625\u062f\u0644\u0628"
LOOKS = "the latitude is out of range; it looks swapped with the longitude"
SEE = "check for an unclosed quotation mark"
TOO_LONG = "line 4 is too long, over 2,000,000 bytes"
GOOD = [row(1), row(2)]
GOOD_LINES = [f"good {at},2020-02-19,35.9,36.6,x" for at in range(4)]


def long_row(length: int) -> str:
    """Return a row with a note of so many letters."""
    return text([row(3, notes="NOTES")]).split("\r\n")[1].replace("NOTES", "x" * length)


def first(done: ImportResult) -> dict[str, object]:
    from mapapp.incidents.query import Queries  # noqa: PLC0415

    assert done.rejects is None or done.rejects.is_file()
    store = open_store(Path(str(done.rejects or "")).parents[1] if done.rejects else None)
    assert store is not None
    return Queries(store).incident(done.dataset.key, 0)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_common_delimiters_and_line_ends_are_read(delimiter: str, end: str, tmp_path: Path) -> None:
    assert imported(tmp_path, text(GOOD, delimiter, end).encode()).dataset.rows == 2


@pytest.mark.parametrize(
    "encoded",
    [text([row(1, location=IDLEB)]).encode("utf-16"), ("\ufeff" + text([row(1, location=IDLEB)])).encode()],
    ids=["utf-16", "utf-8 with a mark"],
)
def test_a_file_in_another_encoding_is_read(
    encoded: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPAPP_INCIDENTS", str(tmp_path / "store"))
    assert first(imported(tmp_path, encoded))["place"] == IDLEB


def test_a_file_in_windows_1252_is_read_with_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPAPP_INCIDENTS", str(tmp_path / "store"))
    done = imported(tmp_path, text([row(1, notes="caf\u00e9 \u201cx\u201d")]).encode("cp1252"))
    assert first(done)["notes"] == "caf\u00e9 \u201cx\u201d"
    assert "Windows-1252" in done.notes[0]


def test_a_file_in_windows_1252_is_read_although_a_line_is_utf8_by_chance(tmp_path: Path) -> None:
    rows = [row(at, notes=note) for at, note in enumerate(["caf\u00e9", "\u00c3\u00a9", "\u00fcber"])]
    done = imported(tmp_path, text(rows).encode("cp1252"))
    assert (done.dataset.rows, done.dataset.rejected) == (3, 0)
    assert "Windows-1252" in done.notes[0]


def test_in_a_mixed_file_rows_that_are_not_utf8_are_rejected_unchanged(tmp_path: Path) -> None:
    odd = text([row(3, notes="caf\u00e9")]).split("\r\n", 1)[1].encode("latin-1")
    done = imported(tmp_path, text([row(1, location=IDLEB), row(2)]).encode() + odd)
    assert done.dataset.rows == 2
    (bad,) = rejects(done)
    assert (bad["line"], bad["reason"]) == ("4", "the line is not UTF-8")
    assert "caf\\xe9" in bad["event_id_cnty"]


def test_different_line_ends_in_one_file_are_read(tmp_path: Path) -> None:
    other = text([row(3)]).split("\r\n", 1)[1].replace("\r\n", "\n")
    assert imported(tmp_path, (text(GOOD) + other).encode()).dataset.rows == 3


@pytest.mark.parametrize(
    "day",
    [
        "2020-02-19", "19 February 2020", "19-February-2020", "2020-02-19 00:00:00.000", "19 Feb 2020",
        "2020-02-19T00:00:00Z", "19.02.2020", "2020/02/19", " 2020-02-19 ",
    ],
)  # fmt: skip
def test_common_date_formats_are_read(day: str, tmp_path: Path) -> None:
    assert str(imported(tmp_path, text([row(1, event_date=day)]).encode()).dataset.first) == "2020-02-19"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"event_id_cnty": " "}, "the id is missing"),
        ({"event_date": ""}, "the date is missing"),
        ({"event_date": "2020-02-30"}, "the date does not exist"),
        ({"event_date": "31 February 2020"}, "the date does not exist"),
        ({"event_date": "epoch"}, "the date does not exist"),
        ({"event_date": "infinity"}, "the date does not exist"),
        ({"event_date": "1820-02-19"}, "the date is before 1900"),
        ({"event_date": "2999-01-01"}, "the date is in the future"),
        ({"latitude": ""}, "the coordinates are missing"),
        ({"longitude": "east"}, "the coordinates are not numbers"),
        ({"latitude": "nan"}, "the coordinates are not numbers"),
        ({"latitude": "1e400"}, "the coordinates are not numbers"),
        ({"latitude": "95.1", "longitude": "136"}, "the latitude is out of range"),
        ({"latitude": "136", "longitude": "35"}, LOOKS),
        ({"longitude": "190"}, "the longitude is out of range"),
        ({"latitude": "0", "longitude": "0.0"}, "the coordinates are 0, 0, which usually means unknown"),
        ({"latitude": "40.5", "longitude": "34.5"}, "latitude and longitude look swapped"),
        ({"event_id_cnty": "SYR1"}, "the id occurs earlier in the file; the first row is kept"),
    ],
)  # fmt: skip
def test_a_bad_row_is_rejected_with_its_reason_line_and_cells(
    changes: dict[str, str], reason: str, tmp_path: Path
) -> None:
    bad = row(3, **changes)
    done = imported(tmp_path, text([*GOOD, bad, row(4)]).encode())
    assert done.dataset.rows == 3
    assert done.dataset.rejected == 1
    assert done.reasons == ((reason, 1),)
    (written,) = rejects(done)
    assert (written.pop("line"), written.pop("row"), written.pop("reason")) == ("4", "3", reason)
    assert written == bad


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("too,few", "the line has too few columns"),
        (text([row(3)]).split("\r\n")[1] + ",more", "the line has too many columns"),
        ('"' + text([row(3)]).split("\r\n")[1], "unclosed quotation mark, or text after a closing one"),
        (
            text([row(3, notes="x\ny")]).split("\r\n")[1] + ",more",
            f"the line has too many columns: it spans lines 4 to 5; {SEE}",
        ),
        (long_row(3_000_000), TOO_LONG),
        (long_row(40_000_000), TOO_LONG),
    ],
    ids=["few", "many", "quote", "quote and many", "long", "longer than the buffer"],
)
def test_a_line_that_is_not_a_row_is_rejected_too(line: str, reason: str, tmp_path: Path) -> None:
    done = imported(tmp_path, (text(GOOD) + line + "\r\n" + text([row(4)]).split("\r\n", 1)[1]).encode())
    assert done.reasons == ((reason, 1),)
    assert done.dataset.rows >= 2
    assert rejects(done)[0]["line"] == "4"


@pytest.mark.parametrize("number", [10, 100_000])
def test_the_number_of_lines_after_an_unclosed_quotation_mark_is_exact(number: int, tmp_path: Path) -> None:
    rest = [f"{at},2020-02-19,35.9,36.6,x" for at in range(number)]
    done = imported(tmp_path, plain('a,2020-02-19,35.9,36.6,"x\ny"', 'b,2020-02-19,35.9,36.6,"x', *rest))
    ((reason, rejected),) = done.reasons
    unread = number + 1 - done.dataset.rows
    assert unread > 0
    told = f"unclosed quotation mark on line 4; {unread:,} lines after it were not read"
    assert (reason, rejected) == (told, 1)


def test_many_lines_broken_in_the_same_way_are_counted_together(tmp_path: Path) -> None:
    broken = [f'"{at},2020-02-19,35.9,36.6,x\n4,2020-02-19,35.9,36.6,"x"' for at in range(4)]
    done = imported(tmp_path, plain(*GOOD_LINES, *broken))
    assert done.reasons == (("unclosed quotation mark; lines after it were not read", 4),)
    assert "on line 8; 1 line after it was" in rejects(done)[1]["reason"]


def test_rows_outside_all_countries_of_the_map_are_noted(tmp_path: Path) -> None:
    done = imported(
        tmp_path, text([row(1), row(2, country="Peru", latitude="-12", longitude="-77")]).encode()
    )
    assert done.notes == ("1 row is outside all countries of this map",)


def test_line_numbers_include_broken_lines_and_are_left_out_if_cells_have_line_breaks(tmp_path: Path) -> None:
    bad = text([row(5, event_date="never")]).split("\r\n", 1)[1]
    done = imported(tmp_path, (text(GOOD) + "too,few\r\n" + bad).encode())
    assert [(written["line"], written["row"]) for written in rejects(done)] == [("4", ""), ("5", "3")]
    done = imported(tmp_path, (text([row(11, notes="two\nlines")]) + bad).encode(), "other.csv")
    assert [(written["line"], written["row"]) for written in rejects(done)] == [("", "2")]


def test_formulas_are_neutralised_in_the_reject_file(tmp_path: Path) -> None:
    done = imported(tmp_path, text([row(1), row(2, event_date="=1+1", notes="@SUM(A1)\n+2")]).encode())
    assert rejects(done)[0]["event_date"] == "'=1+1"
    assert rejects(done)[0]["notes"] == "'@SUM(A1) +2"


def test_names_and_cells_that_look_like_sql_are_only_text(tmp_path: Path) -> None:
    sheet = (
        b"id,date,lat,lon,kind,') DROP\n1'; DROP TABLE raw; --,2020-02-19,35.9,36.6,'; DROP TABLE kinds,x\n"
    )
    done = imported(tmp_path, sheet, "it's '; x.csv")
    assert done.dataset.rows == 1
    assert done.unmatched == (("'; DROP TABLE kinds", 1),)


def test_words_for_kinds_are_counted_in_stored_rows_only(tmp_path: Path) -> None:
    lines = (
        "1,2020-02-19,35.9,36.6,Barrage",
        "2,2020-02-19,35.9,36.6,Barrage",
        "2,2020-02-19,35.9,36.6,Siege",
    )
    done = imported(tmp_path, plain(*lines))
    assert done.dataset.rejected == 1
    assert done.kinds == (("other", 2),)
    assert done.unmatched == (("Barrage", 2),)


HALF = text([{key: value for key, value in row(1).items() if key != "latitude"}]).encode()
REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n\n", "the file is empty"),
    "a head alone": (plain(), "the file has a header but no row that can be read"),
    "bytes": (bytes(range(256)) * 50, "the file is not text"),
    "bytes after rows": (
        text(GOOD).encode() + b"x" * (1 << 20) + b"\r\n\0\1\2\n\r\n\0",
        "the file is not text",
    ),
    "a workbook": (b"PK\x03\x04....", "the file is a workbook or an archive"),
    "utf-16 without a mark": (text(GOOD).encode("utf-16-le"), "the file is not text"),
    "utf-32": (text(GOOD).encode("utf-32"), "the file is UTF-32"),
    "one endless line": (b"a" * (1 << 21), "there is no line break in its first megabyte"),
    "a head and one long line": (
        plain("1,2020-02-19,35.9,36.6," + "x" * 40_000_000),
        "no usable rows (1 rejected); reason: line 2 is too long"
    ),
    "lorem ipsum": (plain() + b"lorem ipsum\n" * 5000, "its first lines do not have 5 columns"),
    "one column": (b"hello\nworld\n", "the file has only one column"),
    "no latitude": (HALF, "no column for the latitude (latitude) in a file read as an ACLED export; "),
    "nothing known": (b"a,b\n1,2\n", "no column for the day (first, date, event_date"),
    "two of a name": (b"id,date,lat,lon,lat\n1,2020-02-19,35.9,36.6,1\n", 'two columns are named "lat"'),
    "all swapped": (
        text([row(1, latitude="40.2", longitude="35.2"), row(2, latitude="40.2", longitude="35.2")]).encode(),
        "latitude and longitude look swapped in 2 of 2 rows",
    ),
    "all bad": (plain("1,never,35.9,36.6,x"), "no usable rows (1 rejected); reason: the date does not exist"),
    "all alike": (
        plain(*["1,never,35.9,36.6,x"] * 2),
        "no usable rows (2 rejected); reason: the date does not exist",
    ),
    "all bad in two ways": (
        plain("1,never,35.9,36.6,x", "2,never,35.9,36.6,x", "3,,35.9,36.6,x"),
        "no usable rows (3 rejected); most common reason: the date does not exist",
    ),
    "either order": (plain("1,03/04/2020,35.9,36.6,x"), "the dates can be read day first or month first"),
    "both orders": (plain("1,13/04/2020,35.9,36.6,x", "2,03/14/2020,35.9,36.6,x"), "and both occur"),
    "damaged parquet": (b"PAR1 and then nothing", "the Parquet file is damaged"),
    "a geopackage of another name": (b"SQLite format 3\0...", "rename it so that it ends in .gpkg"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=list(REFUSED))
def test_an_unusable_file_is_refused_in_one_line_and_the_store_does_not_change(
    content: bytes, message: str, tmp_path: Path
) -> None:
    imported(tmp_path, text([row(901)]).encode(), "before.csv")
    before = contents(tmp_path / "store")
    with pytest.raises(MapappError) as caught:
        imported(tmp_path, content)
    assert str(caught.value).startswith("export.csv: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert contents(tmp_path / "store") == before


@pytest.mark.filterwarnings("error")
def test_a_file_that_is_not_a_geopackage_is_refused_without_a_warning(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "any.sqlite") as other:
        other.execute("CREATE TABLE things (name TEXT)")
    for content in ((tmp_path / "any.sqlite").read_bytes(), b"SQLite format 3\0..."):
        with pytest.raises(
            IncidentFileError, match=r"^export\.gpkg: (the file is not a GeoPackage|the file has)"
        ):
            imported(tmp_path, content, "export.gpkg")


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a store but the rejects and the lock."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock" and path.parent.name != "rejects"
    }


def test_the_order_of_day_and_month_is_taken_from_the_file_or_the_mapping(
    tmp_path: Path,
) -> None:
    shown = plain("1,03/04/2020,35.9,36.6,x", "2,13/04/2020,35.9,36.6,x")
    done = imported(tmp_path, shown)
    assert str(done.dataset.first) == "2020-04-03"
    assert done.notes == (
        (
            "days such as 02/03/2019 are read day first, because other dates in the file require it; if that "
            "is wrong, set dates: month-first in a mapping file (--mapping)"
        ),
    )
    told = imported(
        tmp_path, plain("1,03/04/2020,35.9,36.6,x"), "told.csv", MappingSettings(dates="month-first")
    )
    assert str(told.dataset.first) == "2020-03-04"
    assert told.notes == ()


def test_a_mapping_file_sets_columns_kinds_and_encoding(tmp_path: Path) -> None:
    file = tmp_path / "mapping.yaml"
    file.write_text(
        "columns: {id: Nr, first: Tag, lat: Breite, lon: Laenge, kind: Art}\n"
        "kinds: {Beschuss: shelling}\nencoding: windows-1256\ndelimiter: ';'\n"
    )
    sheet = f"Nr;Tag;Breite;Laenge;Art;place\n1;2020-02-19;35,9;36,6;Beschuss;{IDLEB}\n".encode(
        "windows-1256"
    )
    done = imported(tmp_path, sheet, settings=read_mapping(file))
    assert done.kinds == (("shelling", 1),)
    assert done.mapping.columns["first"] == "Tag"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("- 1", "expected a mapping of keys to values"),
        ("colums: {}", 'unknown key (got "colums")'),
        ("columns: {hour: x}", 'columns: unknown name (got "hour")'),
        ("kinds: {x: war}", 'kinds: unknown kind (got "war")'),
        ("encoding: nope", "unknown encoding"),
        ("dates: upside-down", "dates: not an allowed value"),
        ("columns: [1]", "columns: expected a mapping of text to text"),
        ("a: [", "the file is not YAML"),
    ],
)
def test_an_invalid_mapping_file_is_refused_in_one_line(written: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "mapping.yaml"
    file.write_text(written)
    with pytest.raises(IncidentFileError, match=r"^mapping\.yaml: ") as caught:
        read_mapping(file)
    assert message in str(caught.value)


def layer(ending: str) -> bytes:
    """Return two incidents as a GIS program writes them."""
    rows = [row(1), row(2)]
    for each in rows:  # the points say where they were
        del each["latitude"], each["longitude"]
    frame = gpd.GeoDataFrame(rows, geometry=[Point(36.63, 35.93)] * 2, crs="EPSG:4326")
    if ending == "geojson":
        return str(frame.to_json()).encode()
    out = io.BytesIO()
    if ending == "parquet":
        frame.to_parquet(out)
    else:
        frame.to_file(out, driver="GPKG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("pages.parquet", b"PAR1", b"PAR1" + b"\xff" * 8),
        ("letters.geojson", b'"Somebody"', b'"\xec\xff"'),
        ("names.geojson", b'"location"', b'"loc\xecion"'),
    ],
)
def test_a_file_that_is_damaged_where_its_rows_begin_is_refused(
    tmp_path: Path, name: str, old: bytes, new: bytes
) -> None:
    whole = layer(name.rpartition(".")[2])
    damaged = whole.replace(old, new, 1) if old == b"PAR1" else whole.replace(old, new)
    assert damaged != whole
    with pytest.raises(IncidentFileError, match=r"^\w+\.\w+: the file is damaged \(") as caught:
        imported(tmp_path, damaged, name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("geo", [b"{", b"{}", b"[]", b'{"primary_column": "x", "columns": {}}'])
def test_geoparquet_that_does_not_say_where_its_geometry_is_is_refused(tmp_path: Path, geo: bytes) -> None:
    out = io.BytesIO()
    pq.write_table(pq.read_table(io.BytesIO(layer("parquet"))).replace_schema_metadata({b"geo": geo}), out)
    with pytest.raises(IncidentFileError, match="the file is damaged \\(its metadata do not say where"):
        imported(tmp_path, out.getvalue(), "export.parquet")


def test_a_shape_that_gis_programs_do_not_know_gives_a_row_without_a_position_and_no_warning(
    tmp_path: Path,
) -> None:
    whole = layer("geojson").replace(b'"type": "Point"', b'"type": "Pount"', 1)
    done = imported(tmp_path, whole, "export.geojson")
    assert (done.dataset.rows, done.dataset.rejected) == (1, 1)


def test_a_zip_in_which_a_file_has_no_name_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x", text(GOOD))
    whole = bytearray(out.getvalue())
    listed = whole.index(b"PK\x01\x02")
    whole[listed + 28 : listed + 32] = b"\0\0\1\0"  # the name is taken for a field of another kind
    with pytest.raises(IncidentFileError, match="is damaged or locked"):
        imported(tmp_path, bytes(whole), "export.zip")
