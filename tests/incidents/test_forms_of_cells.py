"""Days and coordinates in the forms that people write them in."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from exports import imported, plain, rejects, stored

from mapapp.incidents.coordinates import angle, point
from mapapp.incidents.dates import DayReader
from mapapp.incidents.mapping_file import MappingSettings

TODAY = date(2026, 6, 30)
LEAP = date(2020, 2, 19)
JANUARY, DECEMBER = (
    "\u0643\u0627\u0646\u0648\u0646 \u0627\u0644\u062b\u0627\u0646\u064a",
    ("\u0643\u0627\u0646\u0648\u0646 \u0627\u0644\u0623\u0648\u0644"),
)


@pytest.mark.parametrize(
    "text",
    [
        "2020-02-19", "2020-2-19", "2020/02/19", "2020.02.19", "20200219", "20200219T0220Z", "20200219143000",
        "19/02/2020", "19-02-2020", "19.02.2020", "19. 02. 2020", "19.02.20", "19/2/20", "19/02/2020 14:05",
        "19/02/2020, 14:05:33", "19/2/20 3pm", "19-Feb-20", "19-Feb-2020", "19 February 2020", "19Feb2020",
        "February 19, 2020", "Feb. 19th, 2020, 2:05 PM", "Wednesday, 19 February 2020", "2020-February-19",
        "2020-02-19T18:00:16.000+03:00", "2020-02-19 18:00:16.000 Asia/Damascus", "2020-02-19 18:00 EET",
        "Wed, 19 Feb 2020 18:00:16 +0000", "Wed Feb 19 2020 18:00:16 GMT+0300 (EET)", "190220ZFEB20",
        "Wed Feb 19 18:00:16 +0000 2020",
        "19 f\u00e9vrier 2020", "19-f\u00e9vr.-20", "19. Februar 2020", "19 de febrero de 2020",
        "19 \u0444\u0435\u0432\u0440\u0430\u043b\u044f 2020 \u0433.", "19 \u0444\u0435\u0432 2020",
        "19 \u015eubat 2020", "19 \u015eUBAT 2020 \u00c7ar\u015famba", "19 \u015eub 2020",
        "19 \u0634\u0628\u0627\u0637 2020", "19 \u0641\u0628\u0631\u0627\u064a\u0631 2020",
        "\u0661\u0669/\u0660\u0662/\u0662\u0660\u0662\u0660",
        "\u06f1\u06f9-\u06f0\u06f2-\u06f2\u06f0\u06f2\u06f0",
        "\u0661\u0669 \u0634\u0628\u0627\u0637 \u0662\u0660\u0662\u0660", "43880",
        "1582070400", "1582156799", "1582107016840",
    ],
)  # fmt: skip
def test_a_day_is_read_in_any_usual_form(text: str) -> None:
    assert DayReader("day-first", TODAY).read(text) == (LEAP, LEAP)


def test_months_have_their_names_of_the_levant() -> None:
    reader = DayReader(None, TODAY)
    assert reader.read(f"19 {JANUARY} 2020") == (date(2020, 1, 19),) * 2
    assert reader.read(f"19 {DECEMBER} 2019") == (date(2019, 12, 19),) * 2


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020-02-00", "2020-02-01", "2020-02-29"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("02/2020", "2020-02-01", "2020-02-29"),
        ("February 2020", "2020-02-01", "2020-02-29"),
        ("2020-00-00", "2020-01-01", "2020-12-31"),
        ("2020", "2020-01-01", "2020-12-31"),
        ("2026-06", "2026-06-01", "2026-06-30"),
        ("2026", "2026-01-01", "2026-06-30"),
    ],
)
def test_a_date_without_a_day_covers_the_month_or_year_up_to_today(text: str, first: str, last: str) -> None:
    reader = DayReader(None, TODAY)
    assert reader.read(text) == (date.fromisoformat(first), date.fromisoformat(last))
    assert any("name no day" in note for note in reader.notes())


@pytest.mark.parametrize(
    "text",
    ["sometime", "sometime in 2020", "31/31/2020", "2020-02-31", "1-3 February 2020", "99999999", "Feb-20",
     "2020-02-19abc", "tomorrow 2020-02-19", "30 February 2020"],
)  # fmt: skip
def test_text_that_is_no_day_is_not_read(text: str) -> None:
    assert DayReader("day-first", TODAY).read(text) is None


def test_a_year_of_two_digits_is_the_latest_that_has_begun_and_the_import_says_so(tmp_path: Path) -> None:
    year = date.today().year  # noqa: DTZ011 - as the import
    done = imported(tmp_path, plain("1,19.02.20,35.9,36.6,x", "2,31.12.99,35.9,36.6,x"))
    assert [row["first"] for row in stored(tmp_path, done)] == [date(1999, 12, 31), LEAP]
    assert f'years from {year - 99} to {year} (such as "19.02.20")' in " ".join(done.notes)


def test_the_day_as_written_counts_and_the_import_says_so_where_a_zone_is_given(tmp_path: Path) -> None:
    done = imported(tmp_path, plain("1,2020-02-18T22:30:00Z,35.9,36.6,x"))
    assert done.dataset.first == date(2020, 2, 18)
    assert done.notes == (
        'days are given with a time zone; the day as written counts (such as "2020-02-18T22:30:00Z")',
    )


def test_days_with_full_stops_are_read_day_first_unless_others_show_otherwise(tmp_path: Path) -> None:
    assert imported(tmp_path, plain("1,03.04.2020,35.9,36.6,x")).dataset.first == date(2020, 4, 3)
    shown = imported(tmp_path, plain("1,03.04.2020,35.9,36.6,x", "2,03.14.2020,35.9,36.6,x"), "us.csv")
    assert shown.dataset.first == date(2020, 3, 4)


def test_the_order_shows_even_in_a_row_after_many_others(tmp_path: Path) -> None:
    iso = [f"{at},2020-02-19,35.9,36.6,x" for at in range(1500)]
    done = imported(tmp_path, plain(*iso, "a,03/04/2020,35.9,36.6,x", "b,13/04/2020,35.9,36.6,x"))
    assert (done.dataset.rows, done.dataset.last) == (1502, date(2020, 4, 13))
    assert [row["first"] for row in stored(tmp_path, done)][-2:] == [date(2020, 4, 3), date(2020, 4, 13)]


def test_a_last_day_that_cannot_be_read_rejects_the_row_and_an_empty_one_means_one_day(
    tmp_path: Path,
) -> None:
    sheet = (
        b"id,date,end date,lat,lon\n1,2020-02-01,2020-02-31,35.9,36.6\n2,2020-02-01,sometime,35.9,36.6\n"
        b"3,2020-02-01,,35.9,36.6\n4,2020-02-01,NaT,35.9,36.6\n5,2020-02-01,2020-02-03,35.9,36.6\n"
    )
    done = imported(tmp_path, sheet)
    assert done.reasons == (("the last day does not exist", 2),)
    assert [row["last"].day for row in stored(tmp_path, done)] == [1, 1, 3]


def test_year_month_and_day_may_have_columns_of_their_own(tmp_path: Path) -> None:
    done = imported(
        tmp_path,
        b"name,month,day,year,lat,lon\nA,February,19,2020,35.9,36.6\nB,2,18.0,2020.0,35.9,36.6\n"
        b"C,2,0,2020,35.9,36.6\nD,0,0,2019,35.9,36.6\nE,-9,-99,2018,35.9,36.6\nF,2,31,2020,35.9,36.6\n",
    )
    found = [(str(row["first"]), str(row["last"]), row["dated"]) for row in stored(tmp_path, done)]
    assert found == [
        ("2018-01-01", "2018-12-31", "longer"),
        ("2019-01-01", "2019-12-31", "longer"),
        ("2020-02-01", "2020-02-29", "month"),
        ("2020-02-18", "2020-02-18", "day"),
        ("2020-02-19", "2020-02-19", "day"),
    ]
    assert done.reasons == (("the date does not exist", 1),)


def test_a_year_in_a_column_of_its_own_is_never_read_as_a_day(tmp_path: Path) -> None:
    done = imported(
        tmp_path,
        b"name,year,month,day,lat,lon\nA,2020,2,19,35.9,36.6\nB,0,2,19,35.9,36.6\nC,0,Feb,19,35.9,36.6\n"
        b"D,0.0,0,0,35.9,36.6\nE,20,2,19,35.9,36.6\nF,20,Feb,19,35.9,36.6\nG,5,13,19,35.9,36.6\n",
    )
    assert [str(one["first"]) for one in stored(tmp_path, done)] == ["2020-02-19"]
    assert dict(done.reasons) == {"the date does not exist": 4, "the date is before 1900": 2}


@pytest.mark.parametrize(("days", "reason"), [(0, None), (1, "the date is in the future")])
def test_a_row_may_be_of_today_but_not_of_tomorrow(days: int, reason: str | None, tmp_path: Path) -> None:
    day = date.today() + timedelta(days)  # noqa: DTZ011 - as the import
    done = imported(tmp_path, plain("0,2020-02-19,35.9,36.6,x", f"1,{day},35.9,36.6,x"))
    assert done.reasons == (((reason, 1),) if reason else ())


@pytest.mark.parametrize(("days", "reason"), [(0, None), (1, "the last day is in the future")])
def test_the_last_day_may_be_today_but_not_tomorrow(days: int, reason: str | None, tmp_path: Path) -> None:
    day = date.today() + timedelta(days)  # noqa: DTZ011 - as the import
    sheet = f"id,date,end,lat,lon\n1,2020-02-19,2020-02-19,35.9,36.6\n2,2020-02-19,{day},35.9,36.6\n"
    assert imported(tmp_path, sheet.encode()).reasons == (((reason, 1),) if reason else ())


@pytest.mark.parametrize(
    ("lat", "lon", "reason"),
    [
        ("1", "180", None), ("1", "-180", None), ("90", "1", None), ("-90", "1", None),
        ("1", "180.0001", "the longitude is out of range"), ("1", "180.9", "the longitude is out of range"),
        ("1", "-180.0001", "the longitude is out of range"), ("1", "181", "the longitude is out of range"),
        ("90.0001", "100", "the latitude is out of range"),
        ("-90.0001", "100", "the latitude is out of range"),
        ("0", "36.6", None), ("35.9", "0", None), ("0", "-0.0001", None),
        ("0", "0", "the coordinates are 0, 0, which usually means unknown"),
    ],
)  # fmt: skip
def test_the_ends_of_the_world_are_on_it(lat: str, lon: str, reason: str | None, tmp_path: Path) -> None:
    settings = MappingSettings(keep_swapped=True)
    done = imported(
        tmp_path, plain("0,2020-02-19,35.9,36.6,x", f"1,2020-02-19,{lat},{lon},x"), settings=settings
    )
    assert done.reasons == (((reason, 1),) if reason else ())


@pytest.mark.parametrize(
    "text",
    ["35.93", "35,93", "+35.93", "35.93N", "35.93 n", "N35.93", "35.93\u00b0", "35.93\u00b0 N",
     "35\u00b055'48\"",
     "35\u00b055\u203248\u2033N", "35\u00b0 55.8' N", "35 55 48", "35:55:48", "35\u00b055'48''N",
     "35\u00b055'48\"\"N", "\u0663\u0665\u066b\u0669\u0663"],
)  # fmt: skip
def test_an_angle_is_read_in_any_usual_form(text: str) -> None:
    assert angle(text, "lat") == pytest.approx(35.93)


def test_south_and_west_are_negative_and_a_hemisphere_of_the_other_axis_is_an_error() -> None:
    assert angle("12.5S", "lat") == angle("\u221212.5", "lat") == -12.5
    assert angle("77\u00b0W", "lon") == -77
    assert angle("36.63E", "lat") is None
    assert angle("-12.5S", "lat") is None
    assert angle("35\u00b061'", "lat") is None


def test_minutes_need_a_mark_before_them_and_may_be_rounded_up_to_sixty() -> None:
    assert angle("20.01.1900", "lon") is None  # a date, as a spreadsheet makes of 20.019
    assert angle('35\u00b05548"', "lat") is None
    assert angle("5\u00b060'00\"N", "lat") == angle("5\u00b059'60\"N", "lat") == 6


@pytest.mark.parametrize(
    "text",
    ["35.930000, 36.630000", "35.93,36.63", "(35.93, 36.63)", "35.93 36.63", "35.93 36.63 400.0 5",
     "35.93/36.63", "35,93; 36,63",
     "35,93 36,63", "35.93N, 36.63E", "36.63E 35.93N", "35.93N36.63E", "35\u00b055'48\"N 36\u00b037'48\"E",
     "Lat: 35.93, Long: 36.63", "POINT(36.63 35.93)", "SRID=4326;POINT (36.63 35.93)",
     "POINT Z (36.63 35.93 0)",
     '{"type":"Point","coordinates":[36.63,35.93]}', "0101000000713D0AD7A3504240D7A3703D0AF74140"],
)  # fmt: skip
def test_both_coordinates_may_be_in_one_cell(text: str) -> None:
    assert point(text) == pytest.approx((35.93, 36.63))


@pytest.mark.parametrize(
    "text",
    ["35.93", "1,2,3", "20.01.1900", "x", "POINT EMPTY", "LINESTRING (1 2, 3 4)", "SRID=3857;POINT (1 2)"],
)
def test_a_cell_without_one_point_is_not_read(text: str) -> None:
    assert point(text) is None


def test_a_column_may_hold_both_coordinates(tmp_path: Path) -> None:
    sheet = b'id,date,Estimated Coordinates\n1,2020-02-19,"35.93, 36.63"\n2,2020-02-19,near the well\n'
    done = imported(tmp_path, sheet)
    assert stored(tmp_path, done)[0]["geometry"].coords[0] == (36.63, 35.93)
    assert rejects(done)[0]["reason"] == "the coordinates are not numbers"


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u3000", "\u2003", "\u202f"])
@pytest.mark.parametrize("cell", ["{0}Brawl", "Brawl{0}", "{0}\u0411\u043e\u0439{0}", "Br\u00e4wl{0}"])
def test_spaces_around_words_are_ignored_also_wide_ones(tmp_path: Path, cell: str, space: str) -> None:
    found = imported(tmp_path, plain(f"1,2020-02-19,35.9,36.6,{cell.format(space)}"))
    assert found.unmatched == ((cell.format(""), 1),)
