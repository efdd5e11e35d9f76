"""Broken incident files and mapping files are imported in part, or refused in plain words."""

from __future__ import annotations

import csv
import io
import json
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
from mapapp.incidents.importer import ImportOptions, import_file, inspect_file
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


@cache
def export(ending: str) -> bytes:
    """Return a valid export of eight rows."""
    text = "\n".join((HEAD, *(f"SYR{number},{CELLS}" for number in range(8)), ""))
    if ending == "csv":
        return text.encode()
    rows = list(csv.DictReader(io.StringIO(text)))
    points = [Point(float(row["longitude"]), float(row["latitude"])) for row in rows]
    frame = gpd.GeoDataFrame(rows, geometry=points, crs="EPSG:4326")
    out = io.BytesIO()
    if ending == "parquet":
        frame.to_parquet(out)
    else:
        frame.to_file(out, driver="GPKG")
    return out.getvalue()


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
@pytest.mark.parametrize("ending", ["csv", "parquet", "gpkg"])
@briefly(12)
@given(data=st.data())
def test_a_broken_export_is_imported_or_refused(
    atlas: Atlas, tmp_path_factory: pytest.TempPathFactory, ending: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    file = folder / f"export.{ending}"
    file.write_bytes(data.draw(broken(export(ending))))
    attempt(atlas, folder, file)


@pytest.mark.parametrize("ending", ["csv", "parquet", "gpkg"])
@briefly(60)
@given(data=st.data())
def test_the_columns_of_a_broken_export_are_recognised_or_refused(
    tmp_path_factory: pytest.TempPathFactory, ending: str, data: st.DataObject
) -> None:
    file = tmp_path_factory.mktemp("fuzz") / f"export.{ending}"
    file.write_bytes(data.draw(broken(export(ending))))
    try:
        inspect_file(file)
    except MapappError as error:
        plain_refusal(error)


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
