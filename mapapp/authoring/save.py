"""Writes several files of a data folder together or not at all, even if the process is killed meanwhile.

First the new and the old content of each file are written aside, then a plan of what takes whose place. From
then on the change counts as made: what is left to do is only to rename, and `recover` does the rest after a
kill. Before that, nothing has changed.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from mapapp.data.atomic_write import WriteError, named, refuse_read_only, write
from mapapp.errors import MapappError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

OWN = ".mapapp"  # the folder in a data folder in which the editor keeps its own files
_ASIDE = f"{OWN}/save"
_PLAN = "plan.json"


class SaveError(MapappError):
    """A change that could not be written. Everything is as it was before."""


class ChangedOutsideError(MapappError):
    """A file was changed by another program; it has not been overwritten.

    Attributes
    ----------
    file
        Its name, relative to the data folder.
    theirs
        The text on disk; ``None`` if the file is gone.
    ours
        The text that was to be written; ``None`` if it was to be removed.
    """

    def __init__(self, file: str, theirs: bytes | None, ours: bytes | None) -> None:
        self.file = file
        self.theirs = None if theirs is None else theirs.decode(errors="replace")
        self.ours = None if ours is None else ours.decode(errors="replace")
        super().__init__(
            f"{file}: the file was changed by another program; load it again, then repeat the change"
        )


def digest(data: bytes | None) -> str | None:
    """Return the SHA-256 of a file's content; ``None`` if there is no file."""
    return None if data is None else hashlib.sha256(data).hexdigest()


def read_bytes(path: Path) -> bytes | None:
    """Return the content of a file; ``None`` if there is none."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


@contextmanager
def explained(root: Path) -> Iterator[None]:
    """Turn the errors of the operating system into a `SaveError` that says what to do."""
    try:
        yield
    except WriteError as error:
        raise SaveError(str(error)) from None
    except OSError as error:
        if not (root / "data").is_dir():
            raise SaveError(f"{named(root)}: the folder is missing; put it back") from None
        what, fix = {
            errno.ENOSPC: ("the disk is full", "free some space, then save again"),
            errno.EDQUOT: ("the disk quota is used up", "free some space, then save again"),
            errno.EROFS: ("the folder is read-only", "make it writable, then save again"),
            errno.EACCES: ("the folder is not writable", "change its permissions, then save again"),
            errno.EPERM: ("the folder is not writable", "change its permissions, then save again"),
        }.get(
            error.errno or 0, (f"cannot write ({error.strerror or error})", "check the disk, then save again")
        )
        raise SaveError(f"{named(root)}: {what}; {fix}") from None


def save(root: Path, changes: Mapping[str, bytes | None], before: Mapping[str, bytes | None]) -> None:
    """Write, replace or remove files together.

    Parameters
    ----------
    root
        The data folder. No other process may save in it: the caller holds its lock.
    changes
        The new content of files by name, relative to ``root``; ``None`` removes the file.
    before
        What each of them is expected to hold now; ``None`` if it is expected not to exist.

    Raises
    ------
    ChangedOutsideError
        If one holds something else. Nothing is written.
    SaveError
        If they cannot be written. Nothing has changed.
    """
    with explained(root):
        _refuse_changed(root, changes, before)
        for name in changes:
            refuse_read_only(root / name)
        plan = _set_aside(root, changes, before)
        try:
            _refuse_changed(root, changes, before)  # again, for that has taken a while
            for step in plan:
                _forward(root, step)
            _sync_folders(root, plan)
        except OSError:
            _back(root, plan)
            raise
        finally:
            with suppress(OSError):
                _clear(root)


def _refuse_changed(
    root: Path, changes: Mapping[str, bytes | None], before: Mapping[str, bytes | None]
) -> None:
    for name, ours in changes.items():
        theirs = read_bytes(root / name)
        if theirs != before.get(name):
            raise ChangedOutsideError(name, theirs, ours)


def recover(root: Path) -> None:
    """Finish a change that a killed process had begun to make, or undo it where that is impossible.

    It is impossible where a file was changed by another program since; that file stays as it is.

    Raises
    ------
    SaveError
        If files cannot be written. Another call may succeed.
    """
    with explained(root):
        try:
            plan: Any = json.loads((root / _ASIDE / _PLAN).read_bytes())
        except (FileNotFoundError, ValueError):
            plan = []
        states = [digest(read_bytes(root / step["name"])) for step in plan]
        if all(state in (step["before"], step["after"]) for state, step in zip(states, plan, strict=True)):
            for step in plan:
                _forward(root, step)
        else:
            _back(root, plan)
        _sync_folders(root, plan)
        _clear(root)


def _set_aside(
    root: Path, changes: Mapping[str, bytes | None], before: Mapping[str, bytes | None]
) -> list[dict[str, Any]]:
    """Write the new and old content of files aside, then the plan that makes the change count."""
    aside = root / _ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        plan = []
        for number, (name, ours) in enumerate(changes.items()):
            theirs = before.get(name)
            for kind, data in (("new", ours), ("old", theirs)):
                if data is not None:
                    _write_synced(aside / f"{number}.{kind}", data, like=root / name)
            plan.append({"name": name, "number": number, "before": digest(theirs), "after": digest(ours)})
        _sync_folder(aside)
        write(aside / _PLAN, json.dumps(plan).encode())
        _sync_folder(aside)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return plan


def _write_synced(path: Path, data: bytes, like: Path) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileNotFoundError):
        old = like.stat()
        with suppress(OSError):
            os.chown(path, old.st_uid, old.st_gid)
        path.chmod(stat.S_IMODE(old.st_mode))


def _forward(root: Path, step: dict[str, Any]) -> None:
    """Put a file's new content in its place, unless that is done."""
    _put(root, step, "new", step["after"])


def _back(root: Path, plan: list[dict[str, Any]]) -> None:
    """Put the old content of files back where the new one is."""
    for step in plan:
        if digest(read_bytes(root / step["name"])) == step["after"]:
            _put(root, step, "old", step["before"])


def _put(root: Path, step: dict[str, Any], kind: str, wanted: str | None) -> None:
    path = (root / step["name"]).resolve()  # a link stays a link; its target is replaced
    if wanted is None:
        path.unlink(missing_ok=True)
        return
    aside = root / _ASIDE / f"{step['number']}.{kind}"
    if digest(read_bytes(path)) == wanted:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        aside.replace(path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write(path, aside.read_bytes())  # the target is on another file system


def _clear(root: Path) -> None:
    """Forget the plan first: without it, what is aside counts for nothing."""
    (root / _ASIDE / _PLAN).unlink(missing_ok=True)
    shutil.rmtree(root / _ASIDE, ignore_errors=True)


def _sync_folders(root: Path, plan: list[dict[str, Any]]) -> None:
    for folder in {(root / step["name"]).resolve().parent for step in plan}:
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder survive a loss of power, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
