"""The browser's copy of a store, made once and kept in it, so that the app starts without making it anew."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mapapp.incidents.store import SCREEN, StoreError, columns_file, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from mapapp.incidents.store import Store

_FORM = 2  # of what is kept: another number, and what an older version kept is made anew


def browser_copy(store: Store, target_folder: Path) -> dict[str, Any]:
    """Put the browser's copy of ``store`` into a folder, and describe it as `columns.write_columns` does.

    It is kept in the store's own folder too, where that can be written.

    Raises
    ------
    StoreError
        If the store cannot be read, or the folder cannot be written.
    """
    kept = store.folder / SCREEN / f"{store.stamp}-{_FORM}.json"
    rows = kept.with_suffix(".gz")
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):  # not there, or no copy
        told = json.loads(kept.read_text("utf-8"))
        about, content = dict(told["about"]), rows.read_bytes()
        if told["sha256"] == _digest(about, content) and about["file"] == columns_file(store):
            write_whole(target_folder / columns_file(store), content)
            return about
    from mapapp.incidents.browser_columns import write_columns  # noqa: PLC0415 - slow to load, and seldom needed

    about = write_columns(store, target_folder)
    content = (target_folder / str(about["file"])).read_bytes()
    with suppress(StoreError):  # a store that can only be read is drawn all the same
        write_whole(rows, content)
        told = {"sha256": _digest(about, content), "about": about}
        write_whole(kept, json.dumps(told, ensure_ascii=False).encode())
    return about


def _digest(about: dict[str, Any], content: bytes) -> str:
    """Return what tells that neither a byte of the rows nor a word about them has changed."""
    words = json.dumps(about, sort_keys=True).encode()
    return hashlib.sha256(hashlib.sha256(words).digest() + content).hexdigest()
