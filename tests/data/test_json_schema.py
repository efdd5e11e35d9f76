"""The JSON Schemas of the data files agree with what is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tiny import Tiny

from mapapp.cli.main import main
from mapapp.core.profile import COLORS
from mapapp.data.files import Files
from mapapp.data.json_schema import FILES, json_schema, text, write_all

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [ROOT, *sorted(path.parent for path in (ROOT / "mapapp/templates").glob("*/data"))]


def contents(root: Path) -> dict[str, tuple[str, Any]]:
    """Return what each data file of a folder holds, with the name of its schema, by file."""
    files = Files(root)
    named = {f"data/{name}.yaml": name for name in FILES if name not in ("events", "layer")} | dict.fromkeys(
        files.names("data/events", ".yaml"), "events"
    )
    if not (root / "data/story.yaml").exists():  # a folder need not have one
        del named["data/story.yaml"]
    found = {file: (name, files.yaml(file)) for file, name in named.items()}
    found |= {file: ("layer", files.json(file)) for file in files.names("data/geo", ".geojson")}
    assert files.issues == ()
    return found


def mistakes(name: str, value: object) -> list[str]:
    """Return what a schema finds wrong with a value."""
    return [error.message for error in jsonschema.Draft202012Validator(json_schema(name)).iter_errors(value)]


@pytest.mark.parametrize("name", FILES)
def test_each_is_a_valid_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(name))


@pytest.mark.parametrize("root", FOLDERS, ids=lambda root: root.name)
def test_the_stored_schemas_are_those_of_the_program(root: Path) -> None:
    stored = {path.name: path.read_text("utf-8") for path in (root / "data/schema").iterdir()}
    assert stored == {f"{name}.json": text(name) for name in FILES}


@pytest.mark.parametrize("root", FOLDERS, ids=lambda root: root.name)
def test_our_files_are_valid_by_their_schemas(root: Path) -> None:
    for file, (name, value) in contents(root).items():
        assert mistakes(name, value) == [], file


@pytest.mark.parametrize("root", FOLDERS, ids=lambda root: root.name)
def test_each_yaml_file_begins_with_the_path_of_its_schema(root: Path) -> None:
    for file, (name, _) in contents(root).items():
        if file.endswith(".yaml"):
            first = (root / file).read_text("utf-8").partition("\n")[0]
            prefix = "# yaml-language-server: $schema="
            assert first.startswith(prefix)
            stored = (root / file).parent / first.removeprefix(prefix)
            assert stored.resolve() == (root / f"data/schema/{name}.json").resolve()


def test_a_small_folder_is_valid(tiny: Tiny, tmp_path: Path) -> None:
    for file, (name, value) in contents(tiny.write(tmp_path)).items():
        assert mistakes(name, value) == [], file


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("map", lambda value: value.pop("layers")),
        ("map", lambda value: value.pop("title")),
        ("map", lambda value: value.update(title="A map")),
        ("map", lambda value: value.update(lede={"en": "x"})),
        ("map", lambda value: value.update(home=[1, 2, 3])),
        ("map", lambda value: value["layers"][0].update(group="sea")),
        ("map", lambda value: value["layers"][0]["style"].update(edge="pink")),
        ("map", lambda value: value["layers"][0]["style"].update(width=99)),
        ("map", lambda value: value["layers"][0].update(names="no")),
        ("map", lambda value: value["place_kinds"]["town"].update(symbol="heart")),
        ("events", lambda value: value["article"].update(sha256="abc")),
        ("events", lambda value: value["events"][0].update(id="Not an id")),
        ("events", lambda value: value["events"][0].update(passages=[])),
        ("events", lambda value: value["events"][0]["when"].pop("text")),
        ("events", lambda value: value["events"][0]["when"].update(basis="guess")),
        ("events", lambda value: value["events"][0].update(draft="perhaps")),
        ("sources", lambda value: value[0].pop("licence")),
        ("sources", lambda value: value[0].update(url="javascript:x")),
        ("actors", lambda value: value[0].update(names={})),
        ("background", lambda value: value[0].update(confidence="certain")),
        ("layer", lambda value: value["features"][0]["properties"].update(tolerance_km=-1)),
        ("layer", lambda value: value["features"][0]["properties"].pop("valid")),
    ],
)
def test_what_a_schema_refuses_is_a_fault(
    file: str, change: Callable[[Any], object], tiny: Tiny, tmp_path: Path
) -> None:
    found = contents(tiny.write(tmp_path))
    value = next(value for name, value in found.values() if name == file)
    change(value)
    assert mistakes(file, value)


def test_editors_can_complete_colours_and_explain_keys() -> None:
    made = json_schema("map")["$defs"]["StyleEntry"]
    assert made["properties"]["edge"]["enum"] == [*COLORS]
    assert "`" not in made["description"]
    assert "in pixels" in made["description"]


@pytest.mark.parametrize("name", FILES)
def test_the_command_prints_a_schema(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", name]) == 0
    assert capsys.readouterr().out == text(name)


def test_schemas_are_written_to_a_folder(tmp_path: Path) -> None:
    write_all(tmp_path / "schema")
    assert (tmp_path / "schema/map.json").read_text("utf-8") == text("map")
