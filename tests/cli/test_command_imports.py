"""What commands load: libraries and threads that take long to start are left out where none needs them."""

import json
import os
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


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="counts threads as Linux lists them")
def test_numpy_starts_no_threads_of_its_own() -> None:
    script = (
        "import os; from mapapp.cli.main import main; main(['check']); print(os.listdir('/proc/self/task'))"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    assert done.stdout.splitlines()[-1].count(",") == 0


def test_no_installed_package_is_searched_for_plugins(tmp_path: Path) -> None:
    plugin = tmp_path / "plugin-1.0.dist-info"
    plugin.mkdir()
    (plugin / "METADATA").write_text("Metadata-Version: 2.1\nName: plugin\nVersion: 1.0\n")
    (plugin / "entry_points.txt").write_text("[pydantic]\nplugin = plugin_of_another_package\n")
    (tmp_path / "plugin_of_another_package.py").write_text("raise SystemExit('loaded')")
    command = [sys.executable, "-c", "from mapapp.cli.main import main; raise SystemExit(main(['check']))"]
    surroundings = os.environ | {"PYTHONPATH": str(tmp_path)}
    surroundings.pop("PYDANTIC_DISABLE_PLUGINS", None)
    done = subprocess.run(command, capture_output=True, text=True, env=surroundings, check=False)  # noqa: S603 - as above
    assert (done.returncode, done.stderr) == (0, "")
