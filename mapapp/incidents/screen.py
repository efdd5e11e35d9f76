"""The browser's copy of a store, made once and kept in it, so that the app starts without making it anew."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mapapp.incidents.store import SCREEN, StoreError, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from mapapp.incidents.store import Store

_FORM = 1  # of what is kept: another number, and what an older version kept is made anew


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
    with suppress(OSError, ValueError, KeyError, TypeError):  # not there, or not whole: it is made anew
        told = json.loads(kept.read_text("utf-8"))
        content = rows.read_bytes()
        if len(content) == told["bytes"]:
            write_whole(target_folder / told["about"]["file"], content)
            return dict(told["about"])
    from mapapp.incidents.columns import write_columns  # noqa: PLC0415 - slow to load, and seldom needed

    about = write_columns(store, target_folder)
    content = (target_folder / str(about["file"])).read_bytes()
    with suppress(StoreError):  # a store that can only be read is drawn all the same
        write_whole(rows, content)
        told = {"bytes": len(content), "about": about}
        write_whole(kept, json.dumps(told, ensure_ascii=False).encode())
    return about
