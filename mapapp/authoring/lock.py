"""Lets one editor at a time open a data folder.

The operating system releases the lock of a process that ends, however it ends.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from mapapp.data.atomic_write import named, write
from mapapp.errors import MapappError

if TYPE_CHECKING:
    from pathlib import Path


class LockedError(MapappError):
    """Another editor has the folder open."""


class Lock:
    """The lock of a data folder; taken when it is made.

    Parameters
    ----------
    root
        The data folder.
    folder
        Where the lock is kept: a folder in it, which exists.

    Raises
    ------
    LockedError
        If another process, or another session of this one, holds it. The message says which, and since when.
    OSError
        If the folder cannot be written.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self._lock = FileLock(folder / "lock", timeout=0, thread_local=False)
        holder = folder / "editor.json"
        try:
            self._lock.acquire()
        except Timeout:
            raise LockedError(
                f"{named(root)} is being edited by {_described(holder)}; close that editor first"
            ) from None
        try:
            since = datetime.now().astimezone().isoformat(timespec="seconds")
            write(holder, json.dumps({"process": os.getpid(), "since": since}).encode())
        except BaseException:
            self.release()
            raise

    def release(self) -> None:
        """Let others open the folder."""
        self._lock.release()


def _described(holder: Path) -> str:
    """Return who holds the lock, as far as that can be read."""
    try:
        value: Any = json.loads(holder.read_bytes())
        return (
            f"process {int(value['process'])} since {datetime.fromisoformat(value['since']):%Y-%m-%d %H:%M}"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
