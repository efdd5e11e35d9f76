"""The READMEs are right: their commands run, their examples are the data's own, their paths exist.

Commands that install, serve, test or measure are not run here. ``.ci/run`` installs and runs the tests,
`test_network.py` starts both servers; of the others, the paths are checked.
"""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest
import yaml

import mapapp
from mapapp.base_maps import BASE_MAPS
from mapapp.cli.main import main
from mapapp.core.address import PARAMETERS
from mapapp.text.labels import credit
from mapapp.text.messages import words

ROOT = Path(__file__).resolve().parents[1]
NAMES = (
    "README.md",
    "data/README.md",
    "mapapp/authoring/README.md",
    "mapapp/authoring/suggest/README.md",
    "mapapp/incidents/README.md",
    "mapapp/web/README.md",
    "tests/README.md",
    "tests/benchmarks/README.md",
)
READMES = {name: (ROOT / name).read_text(encoding="utf-8") for name in NAMES}
SCRIPT = (ROOT / "mapapp" / "web" / "src" / "mapapp.js").read_text(encoding="utf-8")
OTHERWISE = (  # commands that are checked otherwise
    "python -m pip install",
    "python -m pytest",
    "python -m mapapp run",
    "python tests/benchmarks/",
    "python tools/",
    "mapapp run ",
    "python -m mapapp new ",
)


def block(readme: str, marker: str) -> str:
    """Return the code block after a marker."""
    found = re.search(rf"<!-- {marker} -->\n```\w+\n(.*?)\n```", READMES[readme], re.DOTALL)
    assert found is not None, marker
    return found[1]


def commands(readme: str) -> list[str]:
    """Return the commands of a README's shell blocks, in order."""
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```$", READMES[readme], re.MULTILINE | re.DOTALL)
    return [line.strip() for part in blocks for line in part.splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("readme", READMES)
def test_the_commands_of_a_readme_run_one_after_the_other(
    readme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAPAPP_INCIDENTS", str(tmp_path / "store"))
    for part in ("seeds", "data"):  # a copy, because `tidy` may write to it
        shutil.copytree(ROOT / part, tmp_path / "copy" / part)
    monkeypatch.setenv("MAPAPP_DATA", str(tmp_path / "copy"))
    for command in commands(readme):
        if command.startswith(OTHERWISE):
            continue
        if command.startswith("cp -r "):
            _, _, source, target = shlex.split(command)
            shutil.copytree(ROOT / source, tmp_path / target)
            continue
        python, option, package, *arguments = shlex.split(command)
        assert (python, option, package) == ("python", "-m", "mapapp"), command
        assert main(arguments) == 0, command
        told = capsys.readouterr()
        assert "mapapp:" not in told.err, command
        outs = [part for part in arguments if "." in part and not part.startswith(("-", "http"))]
        assert told.out.strip() or all((tmp_path / out).stat().st_size > 1000 for out in outs), command


def test_every_shell_command_is_in_a_block_that_is_run_or_checked_otherwise() -> None:
    for readme, text in READMES.items():
        shell = r"^ *(?:cp -r .*|python -m .*|python (?:tests|tools)/.*|mapapp run .*)$"
        found = re.findall(shell, text, re.MULTILINE)
        assert [command.strip() for command in found] == commands(readme)


def test_the_two_commands_are_there() -> None:
    assert "\npython -m pip install -e . && streamlit run mapapp/app.py\n" in READMES["README.md"]
    assert (
        block("README.md", "test command") == 'python -m pip install -e ".[test]" && python -m pytest -n auto'
    )


@pytest.mark.slow
def test_the_python_example_runs_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MAPAPP_DATA", raising=False)
    (example,) = re.findall(r"```python\n(.*?)```", READMES["README.md"], re.DOTALL)
    names: dict[str, object] = {}
    for statement in ast.parse(example).body:
        exec(compile(ast.Module([statement], []), "README.md", "exec"), names)  # noqa: S102 - our own
    assert isinstance(names["atlas"], mapapp.Atlas)
    assert {path.name for path in tmp_path.iterdir()} == {"idlib.pdf", "idlib.html", "idlib.gpkg"}


def test_the_readme_can_be_read_in_minutes() -> None:
    assert len(READMES["README.md"].splitlines()) < 150


def test_the_example_event_is_in_the_data() -> None:
    (example,) = yaml.safe_load(block("data/README.md", "event example"))
    events = yaml.safe_load((ROOT / "data/events/idlib-2020-02-19.yaml").read_text(encoding="utf-8"))[
        "events"
    ]
    assert example in events


def test_the_example_place_is_in_the_data() -> None:
    features = json.loads((ROOT / "data/geo/posts.geojson").read_text(encoding="utf-8"))["features"]
    assert json.loads(block("data/README.md", "place example")) in features


def test_every_parameter_of_the_address_is_in_its_table_and_only_there() -> None:
    web = READMES["mapapp/web/README.md"]
    rows = re.findall(r"^\| `(\w+)` \|.*\| (?:`(\w+)`.*)?\|$", web, re.MULTILINE)
    assert rows == [(name, parameter.alias) for name, parameter in PARAMETERS.items()]
    assert all(f"`{name}`" in web for name in BASE_MAPS)
    assert all("| parameter |" not in text for text in READMES.values() if text != web)


def test_no_table_has_a_row_twice() -> None:
    rows = [row for text in READMES.values() for row in re.findall(r"^\| [^-|].*$", text, re.MULTILINE)]
    data = [row for row in rows if not row.startswith("|  |")]
    assert sorted(set(data)) == sorted(data)


def test_the_script_interface_is_documented_completely() -> None:
    offered = SCRIPT[SCRIPT.index("window.mapapp = {") :]
    names = re.findall(r"^  (\w+): \(", offered, re.MULTILINE)
    assert re.findall(r"^mapapp\.(\w+)\(", READMES["mapapp/web/README.md"], re.MULTILINE) == names


@pytest.mark.parametrize("readme", READMES)
def test_every_path_a_readme_names_exists(readme: str) -> None:
    text = READMES[readme]
    named = re.findall(r"(?<![\w./-])((?:data|mapapp|tests|seeds|\.ci|\.readme)/[\w./-]*\w/?)", text)
    named += re.findall(r"`([A-Z]+(?:\.md|\.cff)?)`", text) if readme == "README.md" else []
    absent = [path for path in named if not (ROOT / path).exists() and "MAPAPP" not in path]
    assert absent == []


def test_every_readme_is_reached_from_the_first() -> None:
    for name in NAMES[1:]:
        assert f"`{name}`" in READMES["README.md"]


def test_the_picture_is_small() -> None:
    (picture,) = re.findall(r"!\[[^]]+\]\(([^)]+)\)", READMES["README.md"])
    assert (ROOT / picture).stat().st_size < 350_000


def test_the_credit_to_include_is_the_one_on_the_screen() -> None:
    said = words("about-credit", credit=credit(mapapp.load().data))
    assert f'"{said}"' in " ".join(READMES["README.md"].split())


def test_version_and_licence_are_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert f"## [{project['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
