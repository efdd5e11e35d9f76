"""Incidents as a frame: the rows the import accepts, those it rejects with their reasons, and no store."""

from __future__ import annotations

import json
import os
from pathlib import Path

import geopandas as gpd
import pytest
from exports import plain, row, text

import mapapp
from mapapp.incidents.column_mapping import RecordError


def test_accepted_rows_are_points_with_days_in_the_order_of_time(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(
        text([row(1, event_date="2020-02-19"), row(2, event_date="2019-12-31")]), encoding="utf-8"
    )
    frame = mapapp.incidents.read(file)
    assert isinstance(frame, gpd.GeoDataFrame)
    assert frame.crs == "EPSG:4326"
    assert list(frame["id"]) == ["SYR2", "SYR1"]
    assert [str(day.date()) for day in frame["first"]] == ["2019-12-31", "2020-02-19"]
    assert [(point.x, point.y) for point in frame.geometry] == [(36.63, 35.93)] * 2
    assert "governorate-idlib" in frame["within"][0]
    assert frame.attrs["rejected"] == []
    assert "year" not in frame.columns


def test_rejected_rows_are_there_with_line_reason_and_cells(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(plain("1,2020-02-19,35.93,36.63,shelling", "2,2020-02-30,35.93,36.63,shelling"))
    frame = mapapp.incidents.read(str(file))
    assert len(frame) == 1
    (rejected,) = frame.attrs["rejected"]
    assert (rejected["line"], rejected["id"], rejected["date"]) == ("3", "2", "2020-02-30")
    assert rejected["reason"]


def test_what_is_rejected_does_not_stop_a_frame_from_being_written(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(plain("1,2020-02-19,35.93,36.63,shelling", "2,2020-02-30,35.93,36.63,shelling"))
    frame = mapapp.incidents.read(file)
    frame.to_parquet(tmp_path / "again.parquet")
    assert json.dumps(frame.attrs)
    assert len(gpd.read_parquet(tmp_path / "again.parquet")) == 1


def test_a_mapping_file_says_which_column_means_what(tmp_path: Path) -> None:
    file, mapping = tmp_path / "export.csv", tmp_path / "mapping.yaml"
    file.write_text("Nr,Tag,Y,X,Art\n7,2020-02-19,35.93,36.63,Barrage\n", encoding="utf-8")
    mapping.write_text(
        "columns: {id: Nr, first: Tag, lat: Y, lon: X, kind: Art}\nkinds: {Barrage: shelling}\n",
        encoding="utf-8",
    )
    frame = mapapp.incidents.read(file, mapping)
    assert list(frame[["id", "kind"]].itertuples(index=False, name=None)) == [("7", "shelling")]


def test_nothing_is_stored(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(plain("1,2020-02-19,35.93,36.63,shelling"))
    mapapp.incidents.read(file)
    assert not Path(os.environ["MAPAPP_INCIDENTS"]).exists()
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(plain("1,2020-02-30,35.93,36.63,shelling"))
    with pytest.raises(RecordError, match=r"export\.csv"):
        mapapp.incidents.read(file)
