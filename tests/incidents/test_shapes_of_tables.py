"""Tables as people have them: titles, tags, empty rows, columns of other sources, ids that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from exports import imported, rejects, row, stored, text

from mapapp.incidents.mapping_file import IncidentFileError

NO_ID = "is no id, as most of its values are missing or occur more than once"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("above", "note"),
    [
        (["Incident list,,,", ",,,"], "1 line above"),
        (["Incident list", "", "as of today"], "2 lines above"),
        (["sep=,"], "1 line above"),
        (['"Incidents, and', 'more"'], "1 line above"),
    ],
)
def test_titles_above_the_names_of_the_columns_are_skipped(
    above: list[str], note: str, end: str, tmp_path: Path
) -> None:
    lines = [*above, "id,date,lat,lon", "1,2020-02-19,35.93,36.63", "2,never,35.93,36.63"]
    done = imported(tmp_path, end.join([*lines, ""]).encode())
    assert done.dataset.rows == 1
    assert done.notes[0].startswith(note)
    assert rejects(done)[0]["line"] == ("" if end == "\r" else str(end.join(lines).count("\n") + 1))


def test_a_line_that_names_the_delimiter_is_heeded(tmp_path: Path) -> None:
    done = imported(tmp_path, b"sep=;\r\nid;date;lat;lon\r\n1;2020-02-19;35,93;36,63\r\n")
    assert stored(tmp_path, done)[0]["geometry"].coords[0] == (36.63, 35.93)


def test_empty_rows_and_hxl_tags_are_skipped_and_told_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    sheet = (
        b"id,date,lat,lon,place\n,#date+start,#geo+lat,#geo+lon,\n1,2020-02-19,35.93,36.63,x\n,,,,\n"
        b"\n , ,,,\n2,never,35.93,36.63,x\n,,,,\n"
    )
    done = imported(tmp_path, sheet)
    assert (done.dataset.rows, done.dataset.rejected) == (1, 1)
    assert done.notes == ("1 HXL row was skipped", "3 empty rows were skipped")
    assert rejects(done)[0]["line"] == "7"


@pytest.mark.parametrize(
    "header",
    [
        "eventid,startdate,latitude,longitude", "Event ID,Event Date,Lat.,Long.",
        "ID,StartDate,LATITUDE,LONGITUDE",
        "ReportKey,DateOccurred,Latitude,Longitude", "uid,acq_date,latitude,longitude",
        "incident id,Date of incident,Y,X", "No.,Date,Latitude (WGS84),Longitude [deg]",
    ],
)  # fmt: skip
def test_usual_names_of_columns_are_known_however_they_are_written(header: str, tmp_path: Path) -> None:
    done = imported(tmp_path, f"{header}\nA1,2020-02-19,35.93,36.63\n".encode())
    (found,) = stored(tmp_path, done)
    assert (found["id"], str(found["first"]), found["geometry"].y) == ("A1", "2020-02-19", 35.93)


def test_where_columns_are_missing_the_likeliest_are_suggested(tmp_path: Path) -> None:
    with pytest.raises(IncidentFileError, match="set, for example") as caught:
        imported(tmp_path, b"Reported day,north,east\n2020-02-19,35.93,36.63\n")
    assert 'columns: {first: "Reported day", lat: "north", lon: "east"}' in str(caught.value)


def test_a_table_that_only_resembles_an_export_is_read_as_plain_with_the_publishers_words(
    tmp_path: Path,
) -> None:
    acled = imported(
        tmp_path,
        b"event_date,latitude,longitude,event_type,time_precision\n2020-02-19,35.93,36.63,Protests,3\n"
        b"2020-02-18,35.93,36.63,Battles,1\n",
    )
    assert (acled.dataset.format, dict(acled.kinds)) == ("csv", {"clashes": 1, "protests": 1})
    assert [found["dated"] for found in stored(tmp_path, acled)] == ["day", "month"]
    ucdp = imported(
        tmp_path,
        b"type_of_violence,date_start,date_end,lat,lon\n3,2020-02-01,2020-02-02,35.93,36.63\n"
        b"State-based conflict,2020-02-01,2020-02-02,35.93,36.63\n",
        "ucdp.csv",
    )
    assert (ucdp.dataset.format, dict(ucdp.kinds)) == ("csv", {"civilians": 1, "clashes": 1})


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"inter1": "6"}, "protests"),
        ({"inter1": "5.0"}, "riots"),
        ({"interaction": "60"}, "protests"),
        ({"interaction": "15"}, "riots"),
        ({"interaction": "Protesters only"}, "protests"),
        ({"actor1": "Protesters (Nowhere)"}, "protests"),
        ({"actor1": "Rioters (Nowhere)"}, "riots"),
        ({}, "other"),
        ({"event_type": "Battle-Non-state actors overtake territory"}, "clashes"),
        ({"event_type": "Battle - No change of territory"}, "clashes"),
        ({"event_type": "Remote violence"}, "explosions"),
    ],
)
def test_acleds_types_from_before_2019_are_known(changes: dict[str, str], kind: str, tmp_path: Path) -> None:
    old = {"event_type": "Riots/Protests", "sub_event_type": "", "inter1": "", "interaction": "", **changes}
    assert imported(tmp_path, text([row(1, **old)]).encode()).kinds == ((kind, 1),)


def test_codes_written_as_decimals_are_known(tmp_path: Path) -> None:
    done = imported(
        tmp_path,
        b"id,type_of_violence,date_start,date_end,latitude,longitude,date_prec,where_prec\n"
        b"10,3.0,2020-02-19,2020-02-19,35.93,36.63,4.0,1.0\n",
    )
    (found,) = stored(tmp_path, done)
    assert (found["kind"], found["type"], found["dated"]) == ("civilians", "one-sided violence", "month")


@pytest.mark.parametrize("name", ["id", "number", "No."])
def test_a_column_whose_values_mostly_repeat_is_no_id(name: str, tmp_path: Path) -> None:
    rows = [f"2020-02-1{day},35.93,36.63,{value}" for day, value in enumerate(("3", "3", "2", "", "3"))]
    done = imported(tmp_path, "\n".join([f"date,lat,lon,{name}", *rows, ""]).encode())
    assert (done.dataset.rows, done.dataset.rejected) == (5, 0)
    assert f'the column "{name}" {NO_ID}; the rows are numbered instead' in done.notes
    assert {found["id"] for found in stored(tmp_path, done)} == {f"row {at}" for at in range(1, 6)}


def test_rows_with_one_id_but_another_day_or_point_are_kept_and_told(tmp_path: Path) -> None:
    done = imported(
        tmp_path,
        b"Event ID,date,lat,lon\n207,2013-11-12,35.93,36.63\n207,2014-01-01,35.93,36.63\n"
        b"207,2014-01-01,35.94,36.63\n207,2014-01-01,35.94,36.63\n",
    )
    assert done.dataset.rows == 3
    assert done.reasons == (("the id occurs earlier in the file; the first row is kept", 1),)
    assert "3 rows share their id with another row, but not its day or point; all are kept" in done.notes
