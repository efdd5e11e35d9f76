"""A full disk, a folder that cannot be written, no home: one line each, and nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from faulty import (
    NOBODY,
    beginning,
    environment,
    mapapp,
    obey_permissions,
    on_a_full_disk,
    one_line,
    read_only,
    small_files,
)

from mapapp.core.model import Atlas
from mapapp.incidents.store import open_store
from mapapp.incidents.synthetic import write_synthetic

FULL = "{}: the store cannot be written ({}); free some disk space, or choose another --store"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def export(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an export that is larger than the disks of these tests."""
    file = tmp_path_factory.mktemp("exports") / "big.csv"
    write_synthetic(file, atlas, 20_000, "acled")
    return file


@pytest.fixture(scope="module")
def few(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small export."""
    file = tmp_path_factory.mktemp("exports") / "few.csv"
    write_synthetic(file, atlas, 50, "acled", seed=2)
    return file


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder with their contents, without empty ones (locks)."""
    files = {path for path in folder.rglob("*") if path.is_file() and path.stat().st_size}
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.fault(
    "Disk full during an import",
    seen="one line: the store cannot be written, free some disk space; exit code 2",
    kept="the store, byte for byte",
    recovery="import again when there is space",
)
@pytest.mark.parametrize("largest", [0, 2_000, 60_000])
def test_an_import_on_a_full_disk_leaves_the_store_as_it_was(
    largest: int, export: Path, few: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    assert mapapp("incidents", "import", few, "--store", store).returncode == 0
    before = contents(store)
    said = one_line(mapapp("incidents", "import", export, "--store", store, before=small_files(largest)))
    if largest:
        assert said == FULL.format(store, "File too large")
    else:  # not even an empty file is of use
        assert said == "no folder for temporary files can be written; free some space, or set TMPDIR"
    assert contents(store) == before
    assert mapapp("incidents", "import", export, "--store", store).returncode == 0
    stored = open_store(store)
    assert stored is not None
    assert [one.rows for one in stored.datasets] == [50, 20_000]


@pytest.mark.fault(
    "Disk full during an import (a real small disk)",
    seen="one line: No space left on device, free some disk space; exit code 2",
    kept="nothing half-written is left on the disk",
    recovery="import again when there is space",
)
@pytest.mark.parametrize("size", ["64k", "400k"])
def test_an_import_onto_a_small_disk_leaves_nothing_on_it(size: str, export: Path, tmp_path: Path) -> None:
    script = '"$@"; status=$?; find "$0" -type f -size +0; exit $status'
    store = tmp_path / "disk" / "store"
    store.parent.mkdir()
    command = [sys.executable, "-m", "mapapp", "incidents", "import", str(export), "--store", str(store)]
    done = subprocess.run(  # noqa: S603 - our own
        [*on_a_full_disk(store.parent, size), "sh", "-c", script, str(store), *command],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert one_line(done) == FULL.format(store, "No space left on device")
    assert str(store) not in done.stdout


@pytest.mark.fault(
    "Disk full during an export",
    seen="one line: OUT cannot be written; exit code 2",
    kept="the file that was there before; no part of the new one",
    recovery="export again when there is space",
)
@pytest.mark.parametrize(
    "command",
    ["figure map.svg", "figure map.pdf", "page map.html", "pack map.zip", "data map.csv", "data map.parquet"],
)
def test_an_export_on_a_full_disk_leaves_the_old_file(command: str, tmp_path: Path) -> None:
    name, file = command.split()
    target = tmp_path / file
    target.write_bytes(b"before")
    said = one_line(mapapp(name, target, before=small_files(1_000)))
    assert said.startswith("OUT: cannot be written: File too large (got ") or "GeoPackage" in said
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(file, b"before")]


@pytest.mark.fault(
    "Temporary folder full",
    seen="one line that names the folder, and TMPDIR; exit code 2",
    kept="the file that was there before",
    recovery="free some space, or set TMPDIR",
)
def test_a_geopackage_without_space_for_temporary_files_says_so(tmp_path: Path) -> None:
    said = one_line(mapapp("data", tmp_path / "map.gpkg", before=small_files(1_000)))
    assert ": the GeoPackage cannot be written there (" in said
    assert said.endswith("free some space, or set TMPDIR to another folder")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.fault(
    "Output redirected to a full disk",
    seen="one line: the output cannot be written; exit code 1",
    kept="everything",
    recovery="run the command again",
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("command", ["check", "events --format csv", "describe", "--help"])
def test_output_that_cannot_be_written_is_said_in_one_line(command: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = mapapp(*command.split(), output=full.fileno())
    assert one_line(done) == "the output cannot be written: No space left on device; free some space"
    assert done.returncode == 1


@pytest.mark.fault(
    "Read-only home",
    seen="one line: the store cannot be written, choose a folder; commands that only read are not affected",
    kept="everything",
    recovery="name another folder with --store or MAPAPP_INCIDENTS",
)
def test_commands_work_with_a_read_only_home(few: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    with read_only(tmp_path / "home") as home:
        env = environment(HOME=str(home))
        for command in (["check"], ["figure", tmp_path / "map.svg"], ["data", tmp_path / "map.gpkg"]):
            done = mapapp(*command, env=env, before=obey_permissions)
            assert (done.returncode, done.stderr) == (0, "")
        said = one_line(mapapp("incidents", "import", few, env=env, before=obey_permissions))
        assert "the store cannot be written (Permission denied); choose a folder that can be" in said
        store = tmp_path / "store"
        done = mapapp("incidents", "import", few, "--store", store, env=env, before=obey_permissions)
        assert done.returncode == 0


@pytest.mark.fault(
    "No home folder",
    seen="one line: MAPAPP_INCIDENTS is not set; commands that need no home are not affected",
    kept="everything",
    recovery="set MAPAPP_INCIDENTS",
)
def test_commands_work_without_a_home(few: Path, tmp_path: Path) -> None:
    env = beginning(tmp_path, NOBODY)
    env.pop("HOME", None)
    for command in (["check"], ["figure", tmp_path / "map.svg"], ["data", tmp_path / "map.gpkg"]):
        done = mapapp(*command, env=env)
        assert (done.returncode, done.stderr) == (0, "")
    for command in (["list"], ["import", few]):
        assert one_line(mapapp("incidents", *command, env=env)) == (
            "MAPAPP_INCIDENTS: not set, and there is no home folder for the store; set it to a folder"
        )
    store = tmp_path / "store"
    assert mapapp("incidents", "import", few, env=env | {"MAPAPP_INCIDENTS": str(store)}).returncode == 0


@pytest.mark.fault(
    "Other users on the machine",
    seen="another user: one line, you may not read this store",
    kept="the store and the rejected rows are readable by their owner alone, also those of earlier versions",
    recovery="use the store as its owner",
)
def test_the_store_can_be_read_by_its_owner_alone(few: Path, tmp_path: Path) -> None:
    rows = few.read_text("utf-8").splitlines()
    broken = tmp_path / "broken.csv"
    broken.write_text("\n".join((*rows, rows[1].replace("20", "x"))), "utf-8")
    store = tmp_path / "shared" / "store"
    (store / "records").mkdir(parents=True)
    os.chmod(store / "records", 0o755)  # noqa: S103, PTH101 - as earlier versions did
    assert mapapp("incidents", "import", broken, "--store", store).returncode == 0
    made = tmp_path / "made"
    assert mapapp("incidents", "import", broken, "--store", made).returncode == 0
    assert oct(made.stat().st_mode & 0o777) == oct(0o700)
    for part, mode in {"records": 0o700, "rejects": 0o700, "manifest.json": 0o600}.items():
        assert oct((store / part).stat().st_mode & 0o777) == oct(mode), part
    made.chmod(0o000)
    assert one_line(mapapp("incidents", "list", "--store", made, before=obey_permissions)) == (
        f"{made}: you may not read this store; use it as its owner, or choose another folder"
    )
    made.chmod(0o700)
