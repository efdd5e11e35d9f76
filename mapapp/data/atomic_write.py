"""Writing a file so that it appears whole or not at all, and never over the data it was made from.

It is written aside, in the same folder, and then renamed. Whoever writes holds a lock on the file aside, so
that one which a killed process has left behind can be told from one that is still being written.
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
except ImportError:  # Windows, where a file that is open cannot be removed
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_LONGEST = 150  # characters of a path that a message repeats
_LONGEST_NAME = 100  # characters of the file's name in that of the file aside
DATA_FOLDERS = ("seeds", "data")


class WriteError(MapappError):
    """A file that must not or cannot be written."""


def named(path: Path | str) -> str:
    """Return a path as a message names it: to its end, if need be without its beginning."""
    text = str(path)
    return plain(f'"{text}"' if len(text) <= _LONGEST else f'"…{text[-_LONGEST:]}"')


def refuse_data(path: Path, root: Path) -> None:
    """Refuse a path inside the data of ``root`` or of any other data folder, by whatever name it is reached.

    A data folder is one that holds both ``seeds/`` and ``data/``.

    Raises
    ------
    WriteError
        If writing there would change the data.
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
            f"{named(path)} is part of a data folder, which is never written to; write elsewhere"
        )


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Give a file to write, and put it in the place of ``path`` at the end, with the mode of what was there.

    Raises
    ------
    WriteError
        If the file there is read-only.
    OSError
        If it cannot be written.
    """
    path = path.resolve()  # through a link, to the file it stands for
    before = path.stat() if path.exists() else None
    if before and not (
        before.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) and os.access(path, os.W_OK)
    ):
        raise WriteError(f"{named(path)} is read-only; make it writable, or write elsewhere")
    _sweep(path)
    aside, held = _open_aside(path)
    try:
        yield aside
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        if before:
            with suppress(OSError):
                os.chown(aside, before.st_uid, before.st_gid)
            aside.chmod(stat.S_IMODE(before.st_mode))
        if fcntl is None:
            held.close()
        aside.replace(path)
    finally:
        held.close()
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def write(path: Path, content: bytes) -> None:
    """Write a whole file; raises as `writing` does."""
    with writing(path) as aside:
        aside.write_bytes(content)


def _open_aside(path: Path) -> tuple[Path, BinaryIO]:
    while True:
        aside = path.with_name(f".{path.name[:_LONGEST_NAME]}.{secrets.token_hex(4)}.part")
        held = aside.open("xb")
        if fcntl is None or (_lock(held) and aside.exists()):  # else another process took it for left behind
            return aside, held
        held.close()


def _lock(held: BinaryIO) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: nothing is taken for left behind there
        return True
    return True


def _sweep(path: Path) -> None:
    """Remove what killed processes have left of this very file."""
    ours = re.compile(rf"\.{re.escape(path.name[:_LONGEST_NAME])}\.[0-9a-f]{{8}}\.part")
    with suppress(OSError):
        for left in path.parent.iterdir():
            if ours.fullmatch(left.name) and not left.is_symlink() and left.is_file():
                _remove(left)


def _remove(left: Path) -> None:
    with suppress(OSError), left.open("rb") as held:
        if fcntl is not None:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        left.unlink()
