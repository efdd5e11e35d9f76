"""The browser's copy of a store, cached in the store so that the app starts without making it again."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mapapp.incidents.store import SCREEN, StoreError, columns_file, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from mapapp.incidents.store import Store

_VERSION = 3  # of the cached files; those of another version are ignored


def is_cached(store: Store) -> bool:
    """Return whether the copy is cached, damaged or not."""
    return _cached(store).is_file()


def _cached(store: Store) -> Path:
    return store.folder / SCREEN / f"{store.stamp}-{_VERSION}.json"


def browser_copy(store: Store, target_folder: Path) -> dict[str, Any]:
    """Put the browser's copy of a store into a folder, and return its description.

    The copy is cached in the store's folder if that can be written.

    Parameters
    ----------
    store
        The store to copy.
    target_folder
        Where the file goes.

    Returns
    -------
    dict
        As `browser_columns.write_columns` returns it.

    Raises
    ------
    StoreError
        If the store cannot be read, or the folder cannot be written.
    """
    cached = _cached(store)
    rows = cached.with_suffix(".gz")
    with suppress(
        OSError, ValueError, KeyError, TypeError, RecursionError
    ):  # no cached copy, or a damaged one
        stored = json.loads(cached.read_text("utf-8"))
        about, content = dict(stored["about"]), rows.read_bytes()
        if stored["sha256"] == _digest(about, content) and about["file"] == columns_file(store):
            write_whole(target_folder / columns_file(store), content)
            return about
    from mapapp.incidents.browser_columns import write_columns  # noqa: PLC0415 - slow to import, rarely needed

    about = write_columns(store, target_folder)
    content = (target_folder / str(about["file"])).read_bytes()
    with suppress(StoreError):  # a read-only store can be used all the same
        write_whole(rows, content)
        stored = {"sha256": _digest(about, content), "about": about}
        write_whole(cached, json.dumps(stored, ensure_ascii=False).encode())
    return about


def _digest(about: dict[str, Any], content: bytes) -> str:
    """Return a hash of the rows and their description."""
    words = json.dumps(about, sort_keys=True).encode()
    return hashlib.sha256(hashlib.sha256(words).digest() + content).hexdigest()
