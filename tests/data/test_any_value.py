"""Any JSON value anywhere in any file gives issues, never an exception."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny import PROFILE, Tiny

from mapapp.data.checks.article import check
from mapapp.data.files import Files
from mapapp.data.load import gather
from mapapp.data.profile import profile_of
from mapapp.errors import Issue

VALUES: list[Any] = [
    *(None, True, 0, -1, 1.5, 10**400, "", "x", "constructor", "2020-02-19"),
    *([], [None], [[]], ["x"], [1, 2], [{}], {}, {"": None}, {"id": []}, {"name": {}}, {"type": "Point"}),
]


def _paths(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield above
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from _paths(part, (*above, key))


def _put(whole: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    changed = deepcopy(whole)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return changed


def _files(root: Path) -> dict[str, Any]:
    """Return the files of a folder as values; of features only the first, for all are of one kind."""
    loaded = {}
    for path in sorted((root / "data").rglob("*.*")):
        value = yaml.safe_load(path.read_text("utf-8"))
        if "features" in value:
            value["features"] = value["features"][:1]
        loaded[str(path.relative_to(root))] = value
    return loaded


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    root = Tiny().write(tmp_path_factory.mktemp("any"))
    return root, _files(root)


@pytest.fixture(scope="module")
def zones(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Return a folder with one layer that holds anything, and that layer."""
    tiny = Tiny()
    tiny.layers = {layer: places if layer == "zones" else [] for layer, places in tiny.layers.items()}
    tiny.events, tiny.facts = [], []
    root = tiny.write(tmp_path_factory.mktemp("zones"))
    return root, _files(root)["data/geo/zones.geojson"]


def _told(root: Path, file: str, value: Any) -> list[Issue]:
    path = root / file
    before = path.read_bytes()
    try:
        path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
        return check(root)
    finally:
        path.write_bytes(before)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: json.dumps(value)[:20])
def test_any_value_anywhere_in_a_geojson_file_raises_no_exception(
    zones: tuple[Path, dict[str, Any]], value: Any
) -> None:
    root, layer = zones
    file = "data/geo/zones.geojson"
    whole = {**layer, "crs": {"type": "name", "properties": {"name": "EPSG:4326"}}}
    whole["features"] = deepcopy(whole["features"])
    whole["features"][0]["geometry"]["coordinates"][0][1:3] = []  # corners are all of one kind
    before = (root / file).read_bytes()
    try:
        for path in _paths(whole):
            (root / file).write_text(json.dumps(_put(whole, path, value)), "utf-8")
            gather(root)  # the checks of one thing against another follow below, where hypothesis draws
    finally:
        (root / file).write_bytes(before)


@settings(max_examples=150)
@given(data=st.data())
def test_any_value_anywhere_in_a_profile_is_either_valid_or_an_issue(data: st.DataObject) -> None:
    files = Files(Path("/nowhere"))
    value = Tiny().profile
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from([*_paths(value)][1:]))
        value = _put(value, path, data.draw(st.sampled_from(VALUES)))
    assert value is not None
    assert profile_of(files, value).listed is not None
    for fault in files.issues:
        assert str(fault).isprintable()
        assert fault.file == PROFILE


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_anywhere_is_either_valid_or_an_issue(
    folder: tuple[Path, dict[str, Any]], data: st.DataObject
) -> None:
    root, files = folder
    file = data.draw(st.sampled_from(sorted(files)))
    path = data.draw(st.sampled_from(list(_paths(files[file]))))
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    leaf = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | text
    value = data.draw(
        st.sampled_from(VALUES)
        | st.recursive(
            leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3)
        )
    )
    for fault in _told(root, file, _put(files[file], path, value)):
        assert str(fault).isprintable()
