"""Writes files atomically, and refuses to overwrite the input data.

The content is written to a temporary file in the same folder, which then replaces the target. The writer
holds a lock on the temporary file, so that files left behind by killed processes are recognised.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from mapapp.errors import MapappError, plain

try:
    import fcntl
except ImportError:  # Windows, where open files cannot be removed anyway
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_LONGEST = 150  # characters of a path that a message repeats
_LONGEST_NAME = 100  # characters of the file's name in the temporary file's name
DATA_FOLDERS = ("seeds", "data")


class WriteError(MapappError):
    """A file that cannot be written, or must not be."""


def named(path: Path | str) -> str:
    """Return a path for a message; a long path without its beginning."""
    text = str(path)
    return plain(f'"{text}"' if len(text) <= _LONGEST else f'"…{text[-_LONGEST:]}"')


def refuse_data(path: Path, root: Path) -> None:
    """Refuse a path inside a data folder, however it is reached (links included).

    Parameters
    ----------
    path
        Where something is about to be written.
    root
        The data folder in use. Any other folder with both ``seeds/`` and ``data/`` is a data folder, too.

    Raises
    ------
    WriteError
        If writing there would change data.
    """
    real = path.resolve()
    folders = [root / name for name in DATA_FOLDERS]
    inside = any(_same(part, folder) for part in (real, *real.parents) for folder in folders)
    linked = real.is_file() and any(_same(real, file) for folder in folders for file in folder.rglob("*"))
    other = any(
        part.name in DATA_FOLDERS and all((part.parent / name).is_dir() for name in DATA_FOLDERS)
        for part in real.parents
    )
    if inside or linked or other:
        raise WriteError(
            f"{named(path)} is part of a data folder, which is never written to; choose another path"
        )


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def refuse_read_only(path: Path) -> None:
    """Refuse a file that must not be written, though it could be replaced; raises a `WriteError`."""
    before = path.stat() if path.exists() else None
    if before and not (
        before.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) and os.access(path, os.W_OK)
    ):
        raise WriteError(f"{named(path)} is read-only; make it writable, or choose another path")


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Yield a temporary file that replaces ``path`` when the block ends without an error.

    The new file keeps the mode and, where permitted, the owner of the old one.

    Raises
    ------
    WriteError
        If the existing file is read-only.
    OSError
        If the file cannot be written.
    """
    path = path.resolve()  # a link stays a link; its target is replaced
    refuse_read_only(path)
    before = path.stat() if path.exists() else None
    _remove_leftovers(path)
    temporary, handle = _open_temporary(path)
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        if before:
            with suppress(OSError):
                os.chown(temporary, before.st_uid, before.st_gid)
            temporary.chmod(stat.S_IMODE(before.st_mode))
        if fcntl is None:
            handle.close()
        temporary.replace(path)
    finally:
        handle.close()
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def write(path: Path, content: bytes) -> None:
    """Write a file atomically; raises as `writing` does."""
    with writing(path) as temporary:
        temporary.write_bytes(content)


def _open_temporary(path: Path) -> tuple[Path, BinaryIO]:
    while True:
        temporary = path.with_name(f".{path.name[:_LONGEST_NAME]}.{secrets.token_hex(4)}.part")
        handle = temporary.open("xb")
        if fcntl is None or (
            _lock(handle) and temporary.exists()
        ):  # else another process has just removed it
            return temporary, handle
        handle.close()


def _lock(handle: BinaryIO) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: nothing is removed there
        return True
    return True


def _remove_leftovers(path: Path) -> None:
    """Remove temporary files of this path that killed processes left behind."""
    ours = re.compile(rf"\.{re.escape(path.name[:_LONGEST_NAME])}\.[0-9a-f]{{8}}\.part")
    with suppress(OSError):
        for left in path.parent.iterdir():
            if ours.fullmatch(left.name) and not left.is_symlink() and left.is_file():
                _remove(left)


def _remove(left: Path) -> None:
    with suppress(OSError), left.open("rb") as handle:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        left.unlink()
