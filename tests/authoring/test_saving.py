"""Tests that a save is complete or has not happened, however it is interrupted."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tiny import EVENTS, Tiny

from mapapp.authoring import save as saving
from mapapp.authoring.operations import Put, to_json
from mapapp.authoring.save import OWN, ChangedOutsideError, SaveError, recover, save
from mapapp.authoring.session import Session
from mapapp.data.checks.article import check
from mapapp.data.files import read_yaml

KILLS = 20
# changes several files, and kills itself before the n-th call that writes; prints how many there are
WORKER = """
import json, os, signal, sys
from pathlib import Path
from mapapp.authoring.operations import from_json
from mapapp.authoring.session import Session

root, limit, undo = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "undo"
session = Session.open(root)
calls = 0

def reached(halve=None):
    global calls
    calls += 1
    if calls == limit:
        if halve is not None:
            os.ftruncate(halve, os.fstat(halve).st_size // 2)  # what the disk had of it
        os.kill(os.getpid(), signal.SIGKILL)

def audit(event, args):
    writes = event == "open" and args[1] is None and args[2] & (os.O_WRONLY | os.O_RDWR)
    if event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.chown") or writes:
        reached()
    elif event == "open" and args[1] is not None and set(args[1]) & set("wxa+"):
        reached()

fsync = os.fsync
def half_written(handle):
    regular = os.path.isfile(f"/proc/self/fd/{handle}")
    reached(handle if regular else None)
    fsync(handle)

os.fsync = half_written
sys.addaudithook(audit)
if undo:
    session.undo()
else:
    session.apply(from_json(json.loads(sys.stdin.read())), session.state().revision)
print(calls)
"""


def held(root: Path) -> dict[str, bytes]:
    """Return the content of all data files, temporary ones included."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in (root / "data").rglob("*")
        if path.is_file()
    }


def renaming(root: Path) -> Put:
    """Return an operation that changes seven files."""
    features = json.loads((root / "data/geo/governorates.geojson").read_text("utf-8"))["features"]
    place = next(item for item in features if item["id"] == "northland")
    return Put(
        "place",
        {**place, "id": "far-north", "properties": place["properties"] | {"id": "far-north"}},
        was="northland",
    )


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a folder before and after a change of several files, both as an editor left them."""
    root = Tiny().write(tmp_path_factory.mktemp("versions") / "before")
    session = Session.open(root)
    session.keep_form("statement", {"title": "half"})
    session.close()
    after = root.with_name("after")
    shutil.copytree(root, after)
    session = Session.open(after)
    session.apply(renaming(after), session.state().revision)
    session.close()
    return {"before": root, "after": after}


def run(root: Path, limit: int, undo: str) -> subprocess.CompletedProcess[str]:
    """Make the change, or undo it, in a process that is killed at a call."""
    command = [sys.executable, "-c", WORKER, str(root), str(limit), undo]
    told = "" if undo == "undo" else json.dumps(to_json(renaming(root)))
    return subprocess.run(command, input=told, capture_output=True, text=True, check=False)  # noqa: S603 - our own


@pytest.fixture(scope="module")
def calls(versions: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """Return how many calls the change takes that write, and how many its undo."""
    root = tmp_path_factory.mktemp("calls") / "story"
    shutil.copytree(versions["before"], root)
    return {name: int(run(root, 0, name).stdout) for name in ("do", "undo")}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_save_is_complete_or_has_not_happened(
    seed: int, versions: dict[str, Path], calls: dict[str, int], tmp_path: Path
) -> None:
    chosen = random.Random(seed)  # noqa: S311 - a choice of cases
    what = chosen.choice(["do", "do", "undo"])
    limit = chosen.randint(1, calls[what])
    start, end = ("before", "after") if what == "do" else ("after", "before")
    root = tmp_path / "story"
    shutil.copytree(versions[start], root)
    killed = run(root, limit, what)
    assert killed.returncode == -9, killed.stderr
    session = Session.open(root)
    assert held(root) in (held(versions[start]), held(versions[end]))
    is_after = held(root) == held(versions["after"])
    state = session.state()
    assert state.faults == ()
    assert check(root) == []
    assert (state.can_undo, state.can_redo) == (is_after, what == "undo" and not is_after)
    assert session.forms() == {"statement": {"title": "half"}}
    assert not (root / OWN / "save").exists()
    if not is_after:
        session.apply(renaming(root), state.revision)
        assert held(root) == held(versions["after"])
    session.close()


def test_the_kills_fall_on_both_sides_of_the_point_from_which_the_change_counts(tmp_path: Path) -> None:
    """Stop between every two renames, as a kill would."""
    files = ["data/a.yaml", "data/b.yaml", "data/c.yaml"]
    outcomes = set()
    for stop in range(6):
        root = tmp_path / str(stop)
        (root / "data").mkdir(parents=True)
        for name in files[:2]:
            (root / name).write_bytes(b"old")
        before = {files[0]: b"old", files[1]: b"old", files[2]: None}
        changes = {files[0]: b"new", files[1]: None, files[2]: b"new"}
        plan = saving._set_aside(root, changes, before)  # noqa: SLF001 - what a killed process has done
        if stop == 0:
            (root / OWN / "save/plan.json").unlink()
        for step in plan[: max(0, stop - 1)]:
            saving._forward(root, step)  # noqa: SLF001 - the same
        recover(root)
        now = {name: saving.read_bytes(root / name) for name in files}
        assert now in (before, changes)
        outcomes.add(now == changes)
        recover(root)
        assert not (root / OWN / "save").exists()
    assert outcomes == {True, False}


def test_a_file_changed_after_a_kill_is_left_alone_and_the_rest_put_back(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    before: dict[str, bytes | None] = {"data/a.yaml": b"old", "data/b.yaml": b"old", "data/c.yaml": None}
    for name in ("data/a.yaml", "data/b.yaml"):
        (tmp_path / name).write_bytes(b"old")
    plan = saving._set_aside(tmp_path, dict.fromkeys(before, b"new"), before)  # noqa: SLF001 - what a killed process has done
    saving._forward(tmp_path, plan[0])  # noqa: SLF001 - the same
    saving._forward(tmp_path, plan[2])  # noqa: SLF001 - the same
    (tmp_path / "data/b.yaml").write_bytes(b"theirs")
    recover(tmp_path)
    assert (tmp_path / "data/a.yaml").read_bytes() == b"old"
    assert (tmp_path / "data/b.yaml").read_bytes() == b"theirs"
    assert not (tmp_path / "data/c.yaml").exists()


# --- disks that are full, and folders that cannot be written


class _Failing:
    """Makes the n-th call of a function fail, and counts the calls."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, code: int) -> None:
        self.limit = 0
        self.calls = 0
        whole = getattr(owner, name)

        def failing(*args: Any, **more: Any) -> Any:
            self.calls += 1
            if self.calls == self.limit:
                raise OSError(code, os.strerror(code))
            return whole(*args, **more)

        monkeypatch.setattr(owner, name, failing)


@pytest.mark.parametrize(
    ("owner", "name"), [(os, "fsync"), (os, "replace"), (Path, "open"), (Path, "replace")]
)
def test_a_full_disk_is_said_and_changes_nothing(
    owner: Any, name: str, tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tiny.write(tmp_path / "story")
    session = Session.open(root)
    before = held(root)
    put, revision = renaming(root), session.state().revision
    failing = _Failing(monkeypatch, owner, name, errno.ENOSPC)
    for limit in range(1, 100):
        failing.calls, failing.limit = 0, limit
        try:
            session.apply(put, revision)
        except SaveError as error:
            assert "the disk is full; free some space, then save again" in str(error)  # noqa: PT017 - may not fail
            assert "\n" not in str(error)  # noqa: PT017 - the same
            failing.limit = 0
            assert held(root) == before
            assert session.state().revision == revision
        else:
            failing.limit = 0
            break
    assert limit > 1
    assert held(root) != before
    assert check(root) == []
    session.close()


def test_forms_are_kept_on_a_full_disk(tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session.open(tiny.write(tmp_path / "story"))
    session.keep_form("statement", {"title": "half"})
    failing = _Failing(monkeypatch, os, "fsync", errno.ENOSPC)
    failing.limit = 1
    with pytest.raises(SaveError, match="the disk is full"):
        session.keep_form("statement", {"title": "half done"})
    assert session.forms() == {"statement": {"title": "half"}}
    session.close()


@pytest.mark.slow
def test_a_really_full_disk_loses_nothing(tiny: Tiny, tmp_path: Path) -> None:
    """On a small file system of its own, filled up."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    command = [mount or "", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)]
    mounted = mount and subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own
    if not mounted or mounted.returncode or not unmount:
        pytest.skip("no file system can be mounted here")
    try:
        root = tiny.write(disk / "story")
        session = Session.open(root)
        put, revision = renaming(root), session.state().revision
        before = held(root)
        filling = disk / "filling"
        with pytest.raises(OSError, match="No space"):
            filling.write_bytes(bytes(1_000_000))
        with pytest.raises(SaveError, match="the disk is full"):
            session.apply(put, revision)
        with pytest.raises(SaveError, match="the disk is full"):
            session.keep_form("statement", {"title": "x" * 100_000})
        assert held(root) == before
        filling.unlink()
        session.apply(put, revision)
        assert check(root) == []
        session.close()
    finally:
        subprocess.run([unmount, str(disk)], check=True)  # noqa: S603 - the same


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (errno.EROFS, "the folder is read-only; make it writable"),
        (errno.EACCES, "the folder is not writable; change its permissions"),
        (errno.EIO, "cannot write .*; check the disk"),
    ],
)
def test_a_folder_that_cannot_be_written_is_said(
    code: int, message: str, tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tiny.write(tmp_path / "story")
    session = Session.open(root)
    put, revision, before = renaming(root), session.state().revision, held(root)
    failing = _Failing(monkeypatch, Path, "mkdir", code)
    failing.limit = 1
    with pytest.raises(SaveError, match=message):
        session.apply(put, revision)
    session.close()
    failing.calls = 0
    with pytest.raises(SaveError, match=message):
        Session.open(root)
    assert held(root) == before


def test_a_read_only_file_is_not_replaced(tiny: Tiny, tmp_path: Path) -> None:
    root = tiny.write(tmp_path / "story")
    session = Session.open(root)
    (root / EVENTS).chmod(0o444)
    with pytest.raises(SaveError, match="is read-only; make it writable"):
        session.apply(renaming(root), session.state().revision)
    (root / EVENTS).chmod(0o640)
    session.apply(renaming(root), session.state().revision)
    assert (root / EVENTS).stat().st_mode & 0o777 == 0o640
    session.close()


def test_a_folder_that_has_gone_is_said(tiny: Tiny, tmp_path: Path) -> None:
    root = tiny.write(tmp_path / "story")
    session = Session.open(root)
    put, revision = renaming(root), session.state().revision
    root.rename(tmp_path / "elsewhere")
    with pytest.raises(SaveError, match="the folder is missing; put it back"):
        session.apply(put, revision)
    assert not root.exists()
    (tmp_path / "elsewhere").rename(root)
    session.apply(put, revision)
    session.close()


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/real.yaml").write_bytes(b"old")
    (tmp_path / "data/link.yaml").symlink_to("real.yaml")
    save(tmp_path, {"data/link.yaml": b"new"}, {"data/link.yaml": b"old"})
    assert (tmp_path / "data/link.yaml").is_symlink()
    assert (tmp_path / "data/real.yaml").read_bytes() == b"new"
    with pytest.raises(ChangedOutsideError):
        save(tmp_path, {"data/link.yaml": b"newer"}, {"data/link.yaml": b"old"})


def test_a_file_changed_while_a_save_prepares_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    file = tmp_path / "data/a.yaml"
    file.write_bytes(b"old")
    whole = os.fsync

    def meanwhile(handle: int) -> None:
        file.write_bytes(b"theirs")
        whole(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(ChangedOutsideError):
        save(tmp_path, {"data/a.yaml": b"new"}, {"data/a.yaml": b"old"})
    assert file.read_bytes() == b"theirs"
    assert not (tmp_path / OWN / "save").exists()


def test_files_on_another_file_system_are_written_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.yaml").write_bytes(b"old")
    whole = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.suffix == ".new":
            raise OSError(errno.EXDEV, "cross-device link")
        return whole(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    save(tmp_path, {"data/a.yaml": b"new"}, {"data/a.yaml": b"old"})
    assert (tmp_path / "data/a.yaml").read_bytes() == b"new"


def test_the_statement_that_was_saved_is_the_one_in_the_file(versions: dict[str, Path]) -> None:
    events = read_yaml((versions["after"] / EVENTS).read_text("utf-8"))["events"]
    assert events[0]["places"][0]["id"] == "far-north"
