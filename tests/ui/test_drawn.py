"""The page of a second start: drawn from what the first kept, without the data being loaded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit as st
from frame_double import PAGE, Frame
from streamlit.testing.v1 import AppTest
from tiny import Tiny

from mapapp.core.model import Atlas
from mapapp.data import kept
from mapapp.server import map_files
from mapapp.ui import drawing, map_component
from mapapp.ui.drawn import Drawn


@pytest.fixture
def folder(tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawn: Frame) -> Path:
    """Return the folder of small data that the page shows; nothing is kept yet."""
    assert drawn.given == []
    data = tiny.write(tmp_path / "map")
    monkeypatch.setenv("MAPAPP_DATA", str(data))
    monkeypatch.setenv("MAPAPP_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("MAPAPP_FULL_TEXT", raising=False)
    return data


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Atlas]:
    """Return a list of the atlases that were drawn anew."""
    atlases: list[Atlas] = []
    make = drawing.drawn

    def noted(atlas: Atlas) -> Drawn:
        atlases.append(atlas)
        return make(atlas)

    monkeypatch.setattr(drawing, "drawn", noted)
    return atlases


def started(**address: str) -> AppTest:
    """Return the page as the first reader of a new server gets it."""
    st.cache_resource.clear()
    drawing._written_font.cache_clear()  # noqa: SLF001 - another process has none
    map_component._bridge.cache_clear()  # noqa: SLF001 - as above
    for left in map_files.folder().iterdir():
        left.unlink()
    page = AppTest.from_file(PAGE, default_timeout=60)
    for key, value in address.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return page


def html_of(page: AppTest) -> list[str]:
    """Return the header and the styles."""
    return [item.body for item in page.get("html")]


def files() -> dict[str, bytes]:
    """Return what the browser can load."""
    return {file.name: file.read_bytes() for file in map_files.folder().iterdir()}


@pytest.mark.usefixtures("folder")
def test_a_second_start_shows_the_same_without_the_data(
    made: list[Atlas], drawn: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = started(first="2018-01-01", names="xx")
    before, written = drawn.last, files()
    monkeypatch.setattr("mapapp.data.load.load", None)
    second = started(first="2018-01-01", names="xx")
    assert len(made) == 1
    assert drawn.last == before
    assert html_of(second) == html_of(first)
    assert [item.value for item in second.warning] == [item.value for item in first.warning] != []
    assert files() == written


@pytest.mark.usefixtures("drawn")
def test_changed_data_and_another_language_are_drawn_anew(folder: Path, made: list[Atlas]) -> None:
    started()
    started(language="ar")
    assert len(made) == 2
    sources = folder / "data" / "sources.yaml"
    sources.write_text(sources.read_text("utf-8") + "\n", encoding="utf-8")
    started()
    assert len(made) == 3
    started(language="ar")
    assert len(made) == 4


@pytest.mark.usefixtures("drawn")
def test_the_whole_text_is_not_kept_for_readers_of_the_quoted_passages(
    folder: Path, made: list[Atlas], monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = folder / "data" / "sources.yaml"
    sources.write_text(re.sub(r"licence: .*", "licence: not stated", sources.read_text("utf-8")), "utf-8")
    monkeypatch.setenv("MAPAPP_FULL_TEXT", "1")
    started()
    monkeypatch.delenv("MAPAPP_FULL_TEXT")
    started()
    assert [atlas.articles[0].quotes_only for atlas in made] == [False, True]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("damage", ["no values", "a file missing", "not ours"])
def test_what_is_kept_and_of_no_use_is_made_again(
    damage: str, made: list[Atlas], drawn: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    started()
    before = drawn.last
    read = kept.read

    def damaged(kind: str, name: str) -> dict[str, bytes] | None:
        found = read(kind, name) or {}
        if damage == "not ours":
            return {"drawn.json": b"[1, 2]"}
        left_out = (
            "drawn.json" if damage == "no values" else next(one for one in found if one.endswith(".ttf"))
        )
        return {one: content for one, content in found.items() if one != left_out}

    monkeypatch.setattr(kept, "read", damaged)
    started()
    assert len(made) == 2
    assert drawn.last == before


@pytest.mark.usefixtures("folder", "drawn")
def test_the_panels_of_a_second_start_load_the_data(made: list[Atlas]) -> None:
    started()
    page = started()
    page.session_state["export"] = True
    page.run()
    assert not page.exception
    *_, citation = page.code
    assert "first=2020-02-19" in citation.value
    assert len(made) == 1


@pytest.mark.usefixtures("drawn")
def test_data_that_changes_while_it_is_drawn_is_not_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    actors = folder / "data" / "actors.yaml"
    before, made = actors.read_text("utf-8"), drawing.drawn

    def changing(atlas: Atlas) -> Drawn:
        actors.write_text(before + "\n", encoding="utf-8")
        return made(atlas)

    monkeypatch.setattr(drawing, "drawn", changing)
    started()
    assert not [*(folder.parent / "cache").glob("page-*")]


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("what", ["a folder", "a dead link", "a file in a linked folder"])
def test_what_the_loader_finds_wrong_is_found_at_the_next_start(
    what: str, folder: Path, made: list[Atlas]
) -> None:
    geo, aside = folder / "data" / "geo", folder / "geo-of-all"
    if what == "a file in a linked folder":
        geo.rename(aside)
        geo.symlink_to("../geo-of-all")
    started()
    if what == "a folder":
        (folder / "data" / "events" / "extra.txt").mkdir()
    elif what == "a dead link":
        (geo / "broken.geojson").symlink_to("/nowhere")
    else:
        next(aside.glob("*.geojson")).write_text("{broken", encoding="utf-8")
    assert started().error
    assert len(made) == 1
