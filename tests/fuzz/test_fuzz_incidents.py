"""Broken incident files and mapping files are imported in part, or refused in plain words."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from encodings.aliases import aliases
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import yaml
from fuzzing import briefly, broken, plain_refusal
from hypothesis import example, given
from hypothesis import strategies as st
from shapely import Point

from mapapp.core.model import Atlas
from mapapp.errors import MapappError
from mapapp.export.archive import zipped
from mapapp.incidents.importer import ImportOptions, import_file
from mapapp.incidents.mapping_file import MappingSettings, read_mapping
from mapapp.incidents.store import open_store

HEAD = (
    "event_id_cnty,event_date,event_type,actor1,country,admin1,location,latitude,longitude,notes,fatalities"
)
CELLS = "2020-02-19,Battles,Force A,Syria,Idlib,Idlib,35.93,36.63,Somebody said so,3"
MAPPING = {
    "format": "plain",
    "columns": {"id": "Nr", "first": "Tag", "lat": "Breite", "lon": "Länge", "kind": "Art"},
    "kinds": {"Kampf": "clashes"},
    "dates": "day-first",
    "encoding": "utf-8",
    "delimiter": ";",
    "swapped": "keep",
}
MAPPED = "Nr;Tag;Breite;Länge;Art\n1;19.02.2020;35.93;36.63;Kampf\n2;20.02.2020;35.9;36.6;Kampf\n"


FORMS = ("csv", "csv.gz", "geojson", "gpkg", "json", "parquet", "xlsx", "zip")


@cache
def export(ending: str) -> bytes:
    """Return a valid export of eight rows."""
    text = "\n".join((HEAD, *(f"SYR{number},{CELLS}" for number in range(8)), ""))
    rows = list(csv.DictReader(io.StringIO(text)))
    if ending in ("gpkg", "parquet", "geojson"):
        return layer(rows, ending)
    return {
        "csv": text.encode,
        "csv.gz": lambda: gzip.compress(text.encode(), mtime=0),
        "json": lambda: json.dumps(rows).encode(),
        "xlsx": lambda: zipped(workbook([list(rows[0]), *(list(row.values()) for row in rows)])),
        "zip": lambda: zipped({"export.csv": text.encode()}),
    }[ending]()


def layer(rows: list[dict[str, str]], ending: str) -> bytes:
    """Return rows with points, as a GIS program writes them."""
    points = [Point(float(row["longitude"]), float(row["latitude"])) for row in rows]
    frame = gpd.GeoDataFrame(rows, geometry=points, crs="EPSG:4326")
    if ending == "geojson":
        return str(frame.to_json()).encode()
    out = io.BytesIO()
    if ending == "parquet":
        frame.to_parquet(out)
    else:
        frame.to_file(out, driver="GPKG")
    return out.getvalue()


def workbook(rows: list[list[str]]) -> dict[str, bytes]:
    """Return the parts of a workbook with one sheet, numbers as numbers."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    def cell(text: str, at: int, number: int) -> str:
        place = f"{chr(65 + at)}{number}"
        if re.fullmatch(r"[\d.]+", text):
            return f'<c r="{place}" s="0"><v>{text}</v></c>'
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'

    data = "".join(
        f'<row r="{number}">{"".join(cell(text, at, number) for at, text in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    parts = {
        "xl/worksheets/s1.xml": f'<worksheet xmlns="{sheet}"><sheetData>{data}</sheetData></worksheet>',
        "xl/workbook.xml": f'<workbook xmlns="{sheet}" xmlns:r="{office}"><sheets>'
        '<sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>',
        "_rels/.rels": f'<Relationships xmlns="{package}">'
        f'<Relationship Id="w" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/s1.xml"/>'
        f'<Relationship Id="st" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{sheet}"><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>',
    }
    return {name: text.encode() for name, text in parts.items()}


@st.composite
def broken_workbooks(draw: st.DrawFn) -> bytes:
    """Return a workbook of which one part is broken."""
    parts = unzipped(export("xlsx"))
    name = draw(st.sampled_from(sorted(parts)))
    return zipped({**parts, name: draw(broken(parts[name]))})


def breaking(ending: str) -> st.SearchStrategy[bytes]:
    """Return how to break an export; of a workbook, also what is packed in it."""
    whole = broken(export(ending))
    return whole | broken_workbooks() if ending == "xlsx" else whole


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the files of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def attempt(atlas: Atlas, folder: Path, file: Path, settings: MappingSettings | None = None) -> None:
    """Import a file; it is stored, or refused without a trace of it in the store."""
    settings = settings or MappingSettings()
    store = folder / "store"
    try:
        done = import_file(file, atlas, store, ImportOptions(settings))
    except MapappError as error:
        plain_refusal(error)
        found = open_store(store)
        assert found is None or not found.datasets
    else:
        assert done.dataset.rows > 0


@pytest.mark.slow
@pytest.mark.parametrize("ending", FORMS)
@briefly(8)
@given(data=st.data())
def test_a_broken_export_is_imported_or_refused(
    atlas: Atlas, tmp_path_factory: pytest.TempPathFactory, ending: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    file = folder / f"export.{ending}"
    file.write_bytes(data.draw(breaking(ending)))
    attempt(atlas, folder, file)


@briefly(100)
@given(
    st.sampled_from([".yaml", ".json"]).flatmap(
        lambda ending: st.tuples(
            st.just(ending),
            broken(json.dumps(MAPPING).encode() if ending == ".json" else yaml.safe_dump(MAPPING).encode()),
        )
    )
)
def test_a_broken_mapping_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, written: tuple[str, bytes]
) -> None:
    file = tmp_path_factory.mktemp("fuzz") / f"mapping{written[0]}"
    file.write_bytes(written[1])
    try:
        read_mapping(file)
    except MapappError as error:
        plain_refusal(error)


TEXTS = st.text(max_size=8)
VALUES: st.SearchStrategy[Any] = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS, st.lists(TEXTS, max_size=2)),
    st.dictionaries(st.sampled_from(("id", "lat", "lon", "kind", "first", "x")), TEXTS | st.integers()),
)


@pytest.mark.slow
@briefly(30)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            **{key: VALUES | st.just(value) for key, value in MAPPING.items()},
            "encoding": st.sampled_from(sorted(set(aliases.values()))) | VALUES,
        },
    )
)
@example({**MAPPING, "encoding": "idna"})
@example({**MAPPING, "encoding": "utf_7"})
@example({**MAPPING, "encoding": "unicode_escape"})
def test_any_mapping_and_encoding_is_used_or_refused(
    atlas: Atlas, tmp_path_factory: pytest.TempPathFactory, value: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    mapping, file = folder / "mapping.yaml", folder / "export.csv"
    mapping.write_text(yaml.safe_dump(value), encoding="utf-8")
    file.write_text(MAPPED, encoding="utf-8")
    try:
        settings = read_mapping(mapping)
    except MapappError as error:
        plain_refusal(error)
    else:
        attempt(atlas, folder, file, settings)
