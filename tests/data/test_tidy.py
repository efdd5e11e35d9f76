"""The shipped files stay valid when a GIS program edits them, and after tidy the diff is the changed line."""

from __future__ import annotations

import difflib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from tiny import Tiny

from mapapp.cli.main import main
from mapapp.data.checks.article import check

LAYERS = "data/geo"


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """Return a copy of the shipped folder."""
    for part in ("seeds", "data"):
        shutil.copytree(root / part, tmp_path / part)
    return tmp_path


def by_ogr(**options: Any) -> Callable[[Path, str, str], None]:
    """Return an edit as a program built on OGR makes it: all is read, one thing changed, all is written."""

    def edit(file: Path, name: str, note: str) -> None:
        meta, _, shapes, fields = pyogrio.raw.read(file)
        ids = list(fields[list(meta["fields"]).index("id")])
        if note:
            fields[list(meta["fields"]).index("note")][ids.index(name)] = note
        else:
            moved = shapely.get_coordinates(shapely.from_wkb(shapes[ids.index(name)]))
            changed = shapely.transform(shapely.from_wkb(shapes[ids.index(name)]), lambda _: _moved(moved))
            shapes[ids.index(name)] = shapely.to_wkb(changed)
        file.unlink()
        pyogrio.raw.write(
            file, shapes, fields, meta["fields"], geometry_type=meta["geometry_type"], crs=meta["crs"],
            layer=file.stem, driver="GeoJSON", encoding="utf-8", **options,
        )  # fmt: skip

    return edit


def _moved(positions: Any) -> Any:
    changed = np.array(positions)
    changed[3] += 0.000123456789
    return changed


def by_text(file: Path, name: str, note: str) -> None:
    """Edit as QGIS saves fields of type text: lists and mappings as JSON in text, null for the missing."""
    whole = json.loads(file.read_text("utf-8"))
    keys = {key for feature in whole["features"] for key in feature["properties"]}
    for number, feature in enumerate(whole["features"]):
        properties = feature["properties"]
        if properties["id"] == name:
            if note:
                properties["note"] = note
            else:
                ring = feature["geometry"]["coordinates"][0]
                ring[3] = [place + 0.000123456789 for place in ring[3]]
                ring.reverse()
        for key, value in properties.items():
            if isinstance(value, list | dict):
                properties[key] = json.dumps(value, indent=1, ensure_ascii=number % 2 == 0)
            elif isinstance(value, int):
                properties[key] = float(value)
        feature["properties"] = dict(sorted({**dict.fromkeys(keys), **properties}.items()))
        del (feature if number % 2 else feature["properties"])["id"]  # it stands once, in either place
        feature["bbox"] = [0, 0, 1, 1]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    file.write_text(json.dumps({"crs": crs, "xy_coordinate_resolution": 1e-15, **whole}), "utf-8")


WAYS = {
    "OGR": by_ogr(),
    "RFC 7946": by_ogr(RFC7946="YES"),
    "15 decimals": by_ogr(COORDINATE_PRECISION=15),
    "text": by_text,
}


@pytest.mark.slow
@pytest.mark.parametrize("note", ["", "Seen again."], ids=["a vertex", "a property"])
@pytest.mark.parametrize("edit", WAYS.values(), ids=WAYS)
def test_edits_are_valid_as_they_are_saved_and_one_line_each_after_tidy(
    copy: Path, edit: Callable[[Path, str, str], None], note: str
) -> None:
    edited = {"zones": "zone-idlib", "governorates": "governorate-hama", "dmz": "dmz-20-km"}
    files = {copy / LAYERS / f"{layer}.geojson": name for layer, name in edited.items()}
    before = {file: file.read_text("utf-8") for file in files}
    for file, name in files.items():
        edit(file, name, note)
    assert [str(fault) for fault in check(copy) if "overlaps" not in fault.what] == []
    assert main(["tidy", "--data", str(copy)]) == 0
    after = {file: file.read_text("utf-8") for file in files}
    for file in files:
        diff = difflib.unified_diff(before[file].splitlines(), after[file].splitlines(), n=0, lineterm="")
        lines = [*diff][2:]
        assert [line[0] for line in lines] == ["@", "-", "+"], lines
    assert main(["tidy", "--data", str(copy)]) == 0
    assert {file: file.read_text("utf-8") for file in files} == after


def test_the_shipped_files_are_tidy(copy: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tidy", "--data", str(copy)]) == 0
    assert capsys.readouterr().out == "All files are tidy.\n"
    for file in (root / LAYERS).iterdir():
        assert (copy / LAYERS / file.name).read_bytes() == file.read_bytes()


def test_nothing_is_tidied_if_there_is_a_fault(tiny: Tiny, tmp_path: Path) -> None:
    tiny.place("rivertown")["properties"]["sources"] = ["nowhere"]
    file = tiny.write(tmp_path) / LAYERS / "zones.geojson"
    before = file.read_bytes()
    assert main(["tidy", "--data", str(tmp_path)]) == 1
    assert file.read_bytes() == before


def test_two_different_ids_are_a_fault(tiny: Tiny, tmp_path: Path) -> None:
    tiny.layers["towns"][0]["id"] = "other"
    (fault,) = (fault for fault in check(tiny.write(tmp_path)) if "id" in fault.where)
    assert "not the one in its properties" in fault.what
