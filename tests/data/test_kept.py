"""What is kept between starts: found again only if nothing it was made of has changed."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from mapapp.data import kept


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty cache folder, which is used."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("MAPAPP_CACHE", str(folder))
    return folder


def test_what_is_kept_is_found_under_its_key_alone() -> None:
    kept.keep("page", "one", {"a.js": b"1", "b": b""}, most=5)
    assert kept.read("page", "one") == {"a.js": b"1", "b": b""}
    assert kept.read("page", "other") is None
    assert kept.read("served", "one") is None


def test_the_key_is_that_of_names_contents_and_everything_else_named(tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("a: 1\n", encoding="utf-8")
    two.write_text("a: 1\n", encoding="utf-8")
    before = kept.key([one], "en")
    os.utime(one, (0, 0))
    assert kept.key([one], "en") == before
    assert len({before, kept.key([one], "ar"), kept.key([two], "en"), kept.key([one, two], "en")}) == 4
    one.write_text("a: 2\n", encoding="utf-8")
    assert kept.key([one], "en") != before


def test_a_folder_a_dead_link_and_what_cannot_be_read_count_too(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    keys = [kept.key([path])]
    path.symlink_to(tmp_path / "nowhere")
    keys.append(kept.key([path]))
    (tmp_path / "nowhere").write_text("a: 1", encoding="utf-8")
    keys.append(kept.key([path]))
    path.unlink()
    path.mkdir()
    keys.append(kept.key([path]))
    assert len({*keys}) == 4


def test_another_program_has_another_key_and_one_replaced_while_it_runs_keeps_nothing(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_PROGRAM", tmp_path / "program")
    (tmp_path / "program").mkdir()
    seen = [kept._program()]  # noqa: SLF001 - what a start of each program would find
    (tmp_path / "program" / "made.py").write_text("x = 1\n", encoding="utf-8")
    seen.append(kept._program())  # noqa: SLF001
    monkeypatch.syspath_prepend(tmp_path / "site")
    (tmp_path / "site" / "folium-9.9.dist-info").mkdir(parents=True)
    seen.append(kept._program())  # noqa: SLF001
    assert len({*seen}) == 3
    kept.keep("page", "one", {"a": b""}, most=2)
    assert not cache.exists()
    before = kept.key([])
    monkeypatch.setattr(kept, "_RUNNING", seen[-1])
    assert kept.key([]) != before
    kept.keep("page", "one", {"a": b""}, most=2)
    assert kept.read("page", "one") == {"a": b""}


def test_whatever_bit_is_wrong_nothing_or_the_right_content_is_found(cache: Path) -> None:
    contents = {"a.js": b"along the canal " * 40, "b.js": bytes(range(256))}
    kept.keep("page", "one", contents, most=2)
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    found = []
    for place in range(len(whole)):
        for bit in range(8):
            changed = bytearray(whole)
            changed[place] ^= 1 << bit
            file.write_bytes(changed)
            found.append(kept.read("page", "one"))
    assert None in found
    assert all(one is None or {*one.values()} <= {*contents.values()} for one in found)


def test_a_clock_before_1980_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 0.0)
    kept.keep("page", "one", {"a": b"1"}, most=2)
    assert kept.read("page", "one") == {"a": b"1"}


@pytest.mark.parametrize("damage", [b"", b"PK", b"not an archive"])
def test_a_damaged_archive_counts_as_nothing_kept(damage: bytes, cache: Path) -> None:
    kept.keep("page", "one", {"a.js": b"1"}, most=5)
    (file,) = cache.iterdir()
    file.write_bytes(damage)
    assert kept.read("page", "one") is None


def test_a_changed_byte_is_noticed(cache: Path) -> None:
    kept.keep("page", "one", {"a.js": b"along the canal"}, most=5)
    (file,) = cache.iterdir()
    content = bytearray(file.read_bytes())
    content[content.index(b"a.js") + 8] ^= 1
    file.write_bytes(content)
    assert kept.read("page", "one") is None


def test_only_the_latest_of_a_kind_are_kept(cache: Path) -> None:
    kept.keep("served", "old", {"a": b""}, most=2)
    for age, name in enumerate(("one", "two", "three")):
        kept.keep("page", name, {"a": b""}, most=2)
        os.utime(cache / f"page-{name}.zip", (age, age))
    found = [kept.read("page", name) is not None for name in ("one", "two", "three")]
    assert found == [False, True, True]
    assert kept.read("served", "old") is not None


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_only_the_owner_can_read_it(cache: Path) -> None:
    kept.keep("page", "one", {"a": b""}, most=2)
    (file,) = cache.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700


def test_where_nothing_can_be_kept_nothing_happens(
    cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cache.write_text("a file in the way", encoding="utf-8")
    kept.keep("page", "one", {"a": b""}, most=2)
    assert kept.read("page", "one") is None
    monkeypatch.setattr(kept, "cache_folder", lambda: None)
    kept.keep("page", "one", {"a": b""}, most=2)
    assert kept.read("page", "one") is None
    assert [*tmp_path.iterdir()] == [cache]
