"""Land gained and lost between two days: the same numbers in frames, files and the command."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

import mapapp
from mapapp.cli.main import main

DAYS = ("--last", "2020-03-06", "--as-of", "all")
COMPARE = "2020-02-19"
SPACE = {"k": "http://www.opengis.net/kml/2.2"}
BOUNDS = ("min", "best", "max")
Numbers = dict[tuple[str, str], tuple[float, ...]]


@pytest.fixture(scope="module")
def view() -> mapapp.View:
    """Return a view in which both sides gained land."""
    return mapapp.load().view(first=COMPARE, last="2020-03-06", as_of="all", compare=COMPARE)


def numbers(frame: pd.DataFrame) -> Numbers:
    columns = [f"{name}_{bound}" for name in ("km2", "rounded") for bound in BOUNDS]
    return {
        (row["change"], row["kind"]): tuple(float(row[one]) for one in columns) for _, row in frame.iterrows()
    }


def test_the_frame_has_a_row_for_what_each_holder_gained_and_lost(view: mapapp.View) -> None:
    found = view.changes
    assert found.crs.to_epsg() == 4326
    assert {(row.change, row.kind) for row in found.itertuples()} == {
        *((change, kind) for change in ("gained", "lost") for kind in ("government-held", "opposition-held")),
        ("lost", "contested"),
    }
    assert (found["km2_min"] <= found["km2_best"]).all()
    assert (found["km2_best"] <= found["km2_max"]).all()
    gained = found[(found["change"] == "gained") & (found["kind"] == "government-held")].iloc[0]
    assert gained["from"] == ["opposition-held", "contested"]
    assert gained["to"] == ["government-held"]
    assert (gained["first"].date(), gained["last"].date()) == (date(2020, 2, 19), date(2020, 3, 6))
    equal_area = found.to_crs("+proj=laea +lon_0=36.7 +lat_0=35.7 +ellps=WGS84").area / 1e6
    assert equal_area.tolist() == pytest.approx(found["km2_best"].tolist(), rel=1e-3)


def test_frame_geopackage_geojson_and_command_have_the_same_numbers(
    view: mapapp.View, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = numbers(view.changes)
    assert len(wanted) == 5
    assert numbers(gpd.read_file(view.to_file(tmp_path / "view.gpkg"), layer="changes")) == wanted
    collection = json.loads(view.to_file(tmp_path / "view.geojson").read_text("utf-8"))
    features = [one for one in collection["features"] if one["properties"]["layer"] == "changes"]
    assert numbers(pd.DataFrame([one["properties"] for one in features])) == wanted
    assert len({one["id"] for one in collection["features"]}) == len(collection["features"])
    assert main(["compare", COMPARE, *DAYS, "--format", "json"]) == 0
    for holder in json.loads(capsys.readouterr().out)["holders"]:
        for change in ("gained", "lost"):
            if holder[change]["best"]:
                said = tuple(holder[change][bound] for bound in BOUNDS)
                rounded = tuple(holder[change]["rounded"][bound] for bound in BOUNDS)
                assert wanted.pop((change, holder["kind"])) == said + rounded
    assert wanted == {}


def test_kml_and_kmz_have_the_same_numbers_and_land(view: mapapp.View, tmp_path: Path) -> None:
    wanted = numbers(view.changes)
    for form in ("kml", "kmz"):
        path = view.to_file(tmp_path / f"view.{form}")
        text = zipfile.ZipFile(path).read("doc.kml").decode() if form == "kmz" else path.read_text("utf-8")
        folder = ET.fromstring(text).find(".//k:Folder[@id='changes']", SPACE)  # noqa: S314 - ours
        assert folder is not None
        rows = [
            {
                str(one.get("name")): one.findtext("k:value", "", SPACE)
                for one in mark.iterfind(".//k:Data", SPACE)
            }
            for mark in folder.iterfind("k:Placemark", SPACE)
        ]
        assert numbers(pd.DataFrame(rows)) == wanted
        assert all(
            mark.find(".//k:coordinates", SPACE) is not None for mark in folder.iterfind("k:Placemark", SPACE)
        )
        sizes = [mark.findtext("k:description", "", SPACE) for mark in folder.iterfind("k:Placemark", SPACE)]
        gained = view.changes[view.changes["change"] == "gained"].iloc[0]
        best, least, most = (f"{gained[f'rounded_{bound}']:,.0f}" for bound in ("best", "min", "max"))
        assert f"<p>Gained: {best} ({least} to {most}) km².</p>" in "".join(sizes)


@pytest.mark.parametrize("form", ["csv", "parquet", "lpf.json", "jsonld"])
def test_a_file_that_cannot_hold_the_comparison_says_so(
    form: str, view: mapapp.View, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = f"A .{form} file has no rows of the comparison. Files in .gpkg, .geojson, .kml and .kmz have them."
    with pytest.warns(UserWarning, match=re.escape(f"view.{form}: {said}")):
        view.to_file(tmp_path / f"view.{form}")
    assert main(["data", str(tmp_path / f"again.{form}"), "--compare", COMPARE, *DAYS]) == 0
    assert capsys.readouterr().err == f"mapapp: note: {said}\n"


@pytest.mark.parametrize("form", ["gpkg", "geojson", "kml", "kmz"])
def test_a_file_that_holds_the_comparison_says_nothing_but_that_nothing_changed(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["data", str(tmp_path / f"view.{form}"), "--compare", COMPARE, *DAYS]) == 0
    assert capsys.readouterr().err == ""
    same = ("--first", "2018-09-17", "--last", "2018-09-18", "--as-of", "all", "--compare", "2018-09-17")
    assert main(["data", str(tmp_path / f"same.{form}"), *same]) == 0
    assert "The same snapshot holds on 17 September 2018 and on 18 September 2018" in capsys.readouterr().err


def test_without_a_day_to_compare_nothing_is_added(view: mapapp.View, tmp_path: Path) -> None:
    plain = view.atlas.view(first=COMPARE, last="2020-03-06", as_of="all")
    assert plain.changes.empty
    assert [*plain.changes.columns] == [*view.changes.columns]
    layers = {name for name, _ in pyogrio.list_layers(plain.to_file(tmp_path / "plain.gpkg"))}
    assert "changes" not in layers


@pytest.mark.parametrize(
    ("compare", "said"),
    [
        ("2019-07-01", "compare: no areas are known for this day"),
        ("2020-02-30", "compare: the date does not exist"),
        (7, "compare: expected a date or text"),
    ],
)
def test_a_day_that_cannot_be_compared_is_refused(compare: object, said: str) -> None:
    with pytest.raises(mapapp.ViewError, match=said):
        mapapp.load().view(compare=compare)  # type: ignore[arg-type]
