"""Temporary folders that the next one to be made removes if the process that made them was killed.

A process holds a lock on its folder, which the system releases however the process ends. No age and no number
of a process is asked: clocks are set back, and numbers are given again.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mapapp.data.atomic_write import WriteError

try:
    import fcntl
except ImportError:  # Windows, where folders cannot be locked: none is removed
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "mapapp-aside-"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield a folder that its owner alone can read; it is removed at the end.

    Raises
    ------
    WriteError
        If none can be made.
    """
    try:
        place = Path(tempfile.gettempdir())
    except FileNotFoundError:
        raise WriteError(
            "no folder for temporary files can be written; free some space, or set TMPDIR"
        ) from None
    for left in place.glob(f"{_PREFIX}*"):
        if left.is_dir() and not left.is_symlink():
            remove_unlocked(left)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        handle = lock(folder)
        if folder.exists():  # else another process removed it before it was locked
            break
        _close(handle)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _close(handle)


def lock(folder: Path) -> int | None:
    """Open and lock a folder; ``None`` if another process has it, or there are no such locks."""
    if fcntl is None:
        return None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def remove_unlocked(left: Path) -> None:
    """Remove a folder unless another process has it locked, or it cannot be removed."""
    with suppress(OSError):
        handle = lock(left)
        if handle is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(handle)


def _close(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)
