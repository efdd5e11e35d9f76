"""The README says what is so: its commands run, its examples are the data's own, its tables are whole."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from mapapp.base_maps import BASE_MAPS
from mapapp.core.address import PARAMETERS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SCRIPT = (ROOT / "mapapp" / "web" / "src" / "mapapp.js").read_text(encoding="utf-8")
COMMANDS = [
    line
    for line in dict.fromkeys(
        re.findall(r"^python -m mapapp .*$|(?<=`)python -m mapapp [^`]+(?=`)", README, re.MULTILINE)
    )
    if " run " not in line
]


def block(marker: str) -> str:
    """Return the code block after a marker."""
    found = re.search(rf"<!-- {marker} -->\n```\w+\n(.*?)\n```", README, re.DOTALL)
    assert found is not None, marker
    return found[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs(command: str, tmp_path: Path) -> None:
    python, *rest = shlex.split(command)
    assert python == "python"
    ran = subprocess.run(  # noqa: S603 - the README's own
        [sys.executable, *rest], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.strip()


def test_the_two_commands_are_there() -> None:
    assert "\npython -m pip install -e . && streamlit run mapapp/app.py\n" in README
    assert block("test command") == 'python -m pip install -e ".[test]" && python -m pytest'


def test_the_event_of_the_example_is_the_datas_own() -> None:
    (example,) = yaml.safe_load(block("event example"))
    events = yaml.safe_load((ROOT / "data/events/idlib-2020-02-19.yaml").read_text(encoding="utf-8"))[
        "events"
    ]
    assert example in events


def test_the_place_of_the_example_is_the_datas_own() -> None:
    features = json.loads((ROOT / "data/geo/posts.geojson").read_text(encoding="utf-8"))["features"]
    assert json.loads(block("place example")) in features


def test_the_table_of_the_address_is_the_one_that_is_read() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| (?:`(\w+)`.*)?\|$", README, re.MULTILINE)
    assert rows == [(name, parameter.alias) for name, parameter in PARAMETERS.items()]
    assert all(f"`{name}`" in README for name in BASE_MAPS)


def test_the_script_interface_is_told_whole() -> None:
    offered = SCRIPT[SCRIPT.index("window.mapapp = {") :]
    names = re.findall(r"^  (\w+): \(", offered, re.MULTILINE)
    assert re.findall(r"^mapapp\.(\w+)\(", README, re.MULTILINE) == names


def test_what_the_tree_names_is_there() -> None:
    tree = next(part for part in README.split("```") if part.lstrip().startswith("seeds/"))
    for line in tree.strip().splitlines():
        assert (ROOT / line.split()[0]).exists(), line
    for path in re.findall(r"`((?:data|mapapp|tests|\.ci)/[\w./-]+)`", README):
        assert (ROOT / path).exists(), path
    assert (ROOT / re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)[0]).stat().st_size < 350_000


def test_version_and_licence_are_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert f"## [{project['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
