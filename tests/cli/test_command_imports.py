"""What commands load: libraries that take long to load are left out where a command does without them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

_LOADED = """
import json, sys
from mapapp.cli.main import main
code = main(sys.argv[1:])
names = {name.partition(".")[0] for name in sys.modules}
print(json.dumps([code, sorted(names)]), file=sys.stderr)
"""
_NEVER = {
    "duckdb",
    "fastkml",
    "folium",
    "geopandas",
    "matplotlib",
    "pandas",
    "pyarrow",
    "pyogrio",
    "streamlit",
    "typst",
}


def _loaded(*arguments: str) -> set[str]:
    command = [sys.executable, "-c", _LOADED, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    code, names = json.loads(done.stderr.splitlines()[-1])
    assert code == 0
    return set(names)


def test_help_loads_no_library_but_that_of_the_command_line() -> None:
    loaded = _loaded("--help")
    assert "click" in loaded
    assert not loaded & (_NEVER | {"babel", "numpy", "pydantic", "pyproj", "shapely", "yaml"})


@pytest.mark.parametrize("command", ["check", "describe", "events"])
def test_commands_that_print_load_no_library_that_only_others_need(command: str) -> None:
    assert not _loaded(command) & _NEVER


def test_a_table_of_statements_is_written_without_the_libraries_of_other_formats(tmp_path: Path) -> None:
    assert not _loaded("data", str(tmp_path / "statements.csv")) & (_NEVER | {"xml"})


def test_the_page_is_written_without_folium_and_pandas(tmp_path: Path) -> None:
    assert not _loaded("page", str(tmp_path / "page.html")) & _NEVER
