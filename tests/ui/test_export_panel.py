"""The export panel: what it offers, and what it says if there is nothing to export."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from mapapp.cli.export import USUAL_SIZE
from mapapp.data.own_layer import MOST_BYTES
from mapapp.ui import export_panel

OWN_LAYERS = Path(__file__).resolve().parents[1] / "own_layers"


def _panel() -> None:
    """Draw the panel alone, for the view in the address."""
    import streamlit as st  # noqa: PLC0415 - the runner takes this function out of its module

    from mapapp.data.folders import default_root  # noqa: PLC0415
    from mapapp.data.load import load  # noqa: PLC0415
    from mapapp.ui import export_panel  # noqa: PLC0415
    from mapapp.view_address import address_of, read_address  # noqa: PLC0415

    root = default_root()
    atlas = load(root)
    view, _ = read_address(dict(st.query_params.items()), atlas)
    export_panel.panel(
        export_panel.PageState(atlas, root, view, address_of(view, atlas, "http://localhost:8501"))
    )


def panel(**address: str) -> AppTest:
    """Return the panel after its first run."""
    page = AppTest.from_function(_panel, default_timeout=60)
    for key, value in address.items():
        page.query_params[key.rstrip("_")] = value
    return page.run()


def offers(page: AppTest) -> list[str]:
    """Return the labels of what can be taken away."""
    return [item.proto.label for item in page.get("download_button")]


def test_the_panel_starts_with_the_size_the_command_takes() -> None:
    page = panel()
    assert page.selectbox[1].value == USUAL_SIZE
    assert len(offers(page)) == 5


def test_downloads_are_named_after_what_they_show(monkeypatch: pytest.MonkeyPatch) -> None:
    saved: list[str] = []
    monkeypatch.setattr(
        streamlit, "download_button", lambda _label, _data, name, *_rest, **_options: saved.append(name)
    )
    assert not panel(first="2018-09-01", last="2018-09-30").exception
    name = "idlib-2018-09-01-to-2018-09-30"
    assert saved == [
        f"{name}.pdf",
        f"{name}.html",
        "idlib-2020-02-19-story.pdf",  # it has windows of its own
        f"{name}.gpkg",
        f"{name}.zip",
    ]


def test_the_citation_names_no_address_nobody_else_can_follow() -> None:
    _, citation = panel(first="2018-09-01", last="2018-09-30").code
    assert "mapapp with this data version, view ?first=2018-09-01&last=2018-09-30" in citation.value
    assert "localhost" not in citation.value


def test_the_code_to_embed_the_page_has_the_name_of_the_file_in_place_of_an_address() -> None:
    page = panel(first="2018-09-01", last="2018-09-30")
    code, _ = page.code
    assert code.value.startswith(
        '<iframe src="idlib-2018-09-01-to-2018-09-30.html" title="Idlib, line by line"'
    )
    assert any(
        "replace idlib-2018-09-01-to-2018-09-30.html in the code" in note.value for note in page.caption
    )


def test_a_time_beyond_the_data_is_reported_and_nothing_is_offered() -> None:
    page = panel(first="2030-01-01", last="2030-12-31", as_of="all")
    assert "outside the time span of the data" in page.warning[0].value
    assert offers(page) == []
    assert not page.exception


def test_an_empty_figure_is_reported_instead_of_drawn() -> None:
    page = panel(camera="10,10,8")
    page.button[0].click().run()
    assert "the requested map extent contains no features of this view" in page.warning[0].value
    assert not page.exception


class Upload:
    """A file that a reader has dropped."""

    file_id = "one"

    def __init__(self, name: str) -> None:
        self.name = name

    def getvalue(self) -> bytes:
        """Return its content."""
        return (OWN_LAYERS / self.name).read_bytes()


def test_layers_of_the_readers_own_are_drawn_in_the_figure_and_bad_ones_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Any] = []
    dropped = [Upload("good-comma.csv"), Upload("bad-rows.csv")]
    monkeypatch.setattr(
        streamlit,
        "file_uploader",
        lambda *_, **options: dropped if "accept_multiple_files" in options else None,
    )
    monkeypatch.setattr(
        streamlit, "download_button", lambda _label, data, *_rest, **_options: made.append(data)
    )
    page = panel()
    assert not page.exception
    figure = made[0].args[1]
    assert [layer.file for layer in figure.keywords["extras"].own_layers] == ["good-comma.csv"]
    assert page.code[0].value.count("bad-rows.csv: row") == 4


def test_the_memory_of_a_download_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    given_back: list[bool] = []
    monkeypatch.setattr(
        streamlit, "download_button", lambda _label, data, *_rest, **_options: made.append(data)
    )
    monkeypatch.setattr(export_panel, "give_back", lambda: given_back.append(True))
    assert not panel().exception
    assert given_back == []
    assert made[0]().startswith(b"%PDF")
    assert given_back == [True]


def test_the_memory_of_a_preview_is_given_back_even_if_there_is_nothing_to_draw(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given_back: list[bool] = []
    monkeypatch.setattr(export_panel, "give_back", lambda: given_back.append(True))
    page = panel()
    assert not page.button[0].click().run().exception
    assert given_back == [True]
    empty = panel(camera="10,10,8")
    assert not empty.button[0].click().run().exception
    assert empty.warning
    assert given_back == [True, True]


def test_a_file_may_be_as_large_as_a_layer_of_the_readers_own() -> None:
    settings = tomllib.loads((files("mapapp") / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["maxUploadSize"] * 1_000_000 == MOST_BYTES
