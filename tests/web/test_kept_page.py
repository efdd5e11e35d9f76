"""What all exported pages of an atlas share is kept in the cache folder; the pages are as if nothing were."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely
from tiny import Tiny
from two_articles import with_drafts

from mapapp.core.drafts import without_drafts
from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.view import View
from mapapp.data.load import load
from mapapp.exported_page import exported_page
from mapapp.web import page_parts
from mapapp.web.embed import Published
from mapapp.web.standalone_page import Drawing, page

_DAY = View(Window(date(2020, 2, 19), date(2020, 2, 19)))
_MONTH = View(Window(date(2018, 9, 1), date(2018, 9, 30)), hidden=frozenset({"towns"}))
_UNQUOTED = "Nobody quotes this sentence"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty cache folder, which is used."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("MAPAPP_CACHE", str(folder))
    return folder


def made_anew(atlas: Atlas, view: View, published: Published | None = None) -> str:
    """Return the page that is made where nothing can be kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAPAPP_CACHE", f"{__file__}/no-folder")
        return exported_page(atlas, view, published)


def test_another_view_of_the_same_data_is_written_from_what_is_kept(
    tiny_atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = made_anew(tiny_atlas, _MONTH)
    assert exported_page(tiny_atlas, _DAY) != expected
    monkeypatch.delattr(page_parts, "_made")
    assert exported_page(tiny_atlas, _MONTH) == expected


@pytest.mark.parametrize("tag", ["ar", "ru"])
def test_a_page_in_another_language_is_its_own(tag: str, tiny_atlas: Atlas) -> None:
    exported_page(tiny_atlas, _DAY)
    other = replace(_DAY, language=tag)
    assert exported_page(tiny_atlas, other) == made_anew(tiny_atlas, other)


def test_a_page_names_only_its_own_address(tiny_atlas: Atlas) -> None:
    one, other = (Published(f"https://example.org/{name}.html", f"{name}.png") for name in ("one", "other"))
    exported_page(tiny_atlas, _DAY, one)
    for published in (other, None):
        written = exported_page(tiny_atlas, _DAY, published)
        assert written == made_anew(tiny_atlas, _DAY, published)
        assert "one.html" not in written


def test_text_that_may_not_be_published_does_not_come_from_the_cache(tiny: Tiny, tmp_path: Path) -> None:
    tiny.article += f" {_UNQUOTED}.".encode()
    tiny.sources[0]["licence"] = "not stated"
    atlas = load(tiny.write(tmp_path / "map"))
    assert _UNQUOTED in page(atlas, _DAY, Drawing())  # the whole text, which no command writes
    assert _UNQUOTED not in exported_page(atlas, _DAY)


def test_a_licence_withdrawn_in_memory_alone_counts_too(tiny: Tiny, tmp_path: Path) -> None:
    tiny.article += f" {_UNQUOTED}.".encode()
    atlas = load(tiny.write(tmp_path / "map"))
    assert _UNQUOTED in exported_page(atlas, _DAY)
    closed = tuple(replace(source, licence="all rights reserved") for source in atlas.sources)
    assert _UNQUOTED not in exported_page(replace(atlas, sources=closed), _DAY)


def test_drafts_do_not_come_from_the_cache(tmp_path: Path) -> None:
    whole = load(with_drafts().write(tmp_path / "map"))
    assert "hamlet" in exported_page(whole, _DAY)
    shown = without_drafts(whole)
    assert shown.fingerprint == whole.fingerprint
    assert exported_page(shown, _DAY) == made_anew(shown, _DAY)
    assert "hamlet" not in exported_page(shown, _DAY)


def test_a_moved_place_is_drawn_where_it_is(tiny_atlas: Atlas) -> None:
    exported_page(tiny_atlas, _DAY)
    layers = tuple(
        replace(
            layer,
            places=tuple(
                replace(place, geometry=shapely.transform(place.geometry, lambda points: points + 1e-4))
                for place in layer.places
            ),
        )
        for layer in tiny_atlas.layers
    )
    moved = replace(tiny_atlas, layers=layers)
    assert exported_page(moved, _DAY) == made_anew(moved, _DAY)


@pytest.mark.parametrize(
    "damage", ["a changed byte", "cut off", "a part missing", "a part too many", "no UTF-8", "no JSON"]
)
def test_damaged_parts_are_made_and_kept_again(damage: str, tiny_atlas: Atlas, cache: Path) -> None:
    made = exported_page(tiny_atlas, _DAY)
    (file,) = cache.glob("exported-*.zip")
    whole = file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    contents = {**kept}
    if damage == "a changed byte":
        middle = len(whole) // 2
        file.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    elif damage == "cut off":
        file.write_bytes(whole[: len(whole) // 2])
    else:
        if damage == "a part missing":
            contents.pop("script")
        elif damage == "a part too many":
            contents["other"] = b""
        elif damage == "no UTF-8":
            contents["head"] = b"\xff"
        else:
            contents["account"] = b"{"
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in contents.items():
                archive.writestr(name, content)
    assert file.read_bytes() != whole
    assert exported_page(tiny_atlas, _DAY) == made
    with zipfile.ZipFile(file) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == kept


def test_two_commands_at_once_write_the_same_page(tiny: Tiny, tmp_path: Path, cache: Path) -> None:
    data = tiny.write(tmp_path / "map")
    files = [tmp_path / f"{name}.html" for name in ("one", "two", "later")]
    commands = [[sys.executable, "-m", "mapapp", "page", str(file), "--data", str(data)] for file in files]
    both = [subprocess.Popen(command) for command in commands[:2]]  # noqa: S603 - our own program
    assert [process.wait() for process in both] == [0, 0]
    subprocess.run(commands[2], check=True)  # noqa: S603 - as above
    assert len({file.read_bytes() for file in files}) == 1
    assert len([*cache.glob("exported-*")]) == 1
