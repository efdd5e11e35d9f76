"""The browser's copy of the store is made once, cached, and made again if the cache is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from exports import imported, row, text

from mapapp.incidents import browser_columns
from mapapp.incidents.browser_copy import browser_copy
from mapapp.incidents.store import SCREEN, Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store of two incidents."""
    imported(tmp_path, text([row(1), row(2)]).encode())
    store = open_store(tmp_path / "store")
    assert store is not None
    return store


def never(*_: object) -> None:
    """Stand for what must not be called."""
    raise AssertionError("the copy is made anew")


def test_the_cached_copy_is_used_unchanged(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = browser_copy(store, tmp_path / "first")
    monkeypatch.setattr(browser_columns, "write_columns", never)
    taken = browser_copy(store, tmp_path / "second")
    assert taken == made
    first, second = (tmp_path / folder / str(made["file"]) for folder in ("first", "second"))
    assert second.read_bytes() == first.read_bytes()


@pytest.mark.parametrize("ending", ["gz", "json"])
@pytest.mark.parametrize("left", [b"", b"{}", b"\xff", None], ids=["empty", "braces", "no-text", "gone"])
def test_an_incomplete_copy_is_made_again(
    ending: str, left: bytes | None, store: Store, tmp_path: Path
) -> None:
    made = browser_copy(store, tmp_path / "first")
    (kept,) = (store.folder / SCREEN).glob(f"*.{ending}")
    kept.unlink()
    if left is not None:
        kept.write_bytes(left)
    assert browser_copy(store, tmp_path / "second") == made
    rows = (tmp_path / "second" / str(made["file"])).read_bytes()
    assert rows == (tmp_path / "first" / str(made["file"])).read_bytes()
    assert kept.read_bytes() not in (b"", b"{}", b"\xff")


@pytest.mark.parametrize("kept", ["gz", "json"])
def test_a_changed_copy_of_the_same_length_is_made_again(kept: str, store: Store, tmp_path: Path) -> None:
    made = browser_copy(store, tmp_path / "first")
    (file,) = (store.folder / SCREEN).glob(f"*.{kept}")
    whole = file.read_bytes()
    file.write_bytes(whole[:-40] + bytes(20) + whole[-20:] if kept == "gz" else whole.replace(b"box", b"fox"))
    assert browser_copy(store, tmp_path / "second") == made
    assert file.read_bytes() == whole


@pytest.mark.parametrize(
    "text",
    ['{"sha256": "", "about": {"file": "../../elsewhere"}}', "[" * 100_000],
    ids=["elsewhere", "deep"],
)
def test_an_invalid_description_is_not_trusted(text: str, store: Store, tmp_path: Path) -> None:
    made = browser_copy(store, tmp_path / "first")
    (kept,) = (store.folder / SCREEN).glob("*.json")
    kept.write_text(text)
    assert browser_copy(store, tmp_path / "second") == made
    assert not (tmp_path / "elsewhere").exists()


def test_a_read_only_store_can_be_drawn(store: Store, tmp_path: Path) -> None:
    (store.folder / SCREEN).write_text("a file where the folder should be")
    made = browser_copy(store, tmp_path / "first")
    assert (tmp_path / "first" / str(made["file"])).is_file()


def test_the_copy_of_an_earlier_content_is_removed(store: Store, tmp_path: Path) -> None:
    browser_copy(store, tmp_path / "first")
    old = {path.name for path in (store.folder / SCREEN).iterdir()}
    assert len(old) == 2
    imported(tmp_path, text([row(3)]).encode(), name="more.csv")
    assert not old & {path.name for path in (store.folder / SCREEN).iterdir()}
