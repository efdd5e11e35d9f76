"""The export panel: what it offers, and what it says if there is nothing to export."""

from __future__ import annotations

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from mapapp.cli.export import USUAL_SIZE


def _panel() -> None:
    """Draw the panel alone, for the view in the address."""
    import streamlit as st  # noqa: PLC0415 - the runner takes this function out of its module

    from mapapp.data.load import default_root, load  # noqa: PLC0415
    from mapapp.ui import export_panel, state  # noqa: PLC0415
    from mapapp.view_address import address_of, read_address  # noqa: PLC0415

    root = default_root()
    atlas = load(root)
    view, _ = read_address(dict(st.query_params.items()), atlas)
    export_panel.panel(state.PageState(atlas, root, view, address_of(view, atlas, "http://localhost:8501")))


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
    assert len(offers(page)) == 4


def test_downloads_are_named_after_what_they_show(monkeypatch: pytest.MonkeyPatch) -> None:
    saved: list[str] = []
    monkeypatch.setattr(
        streamlit, "download_button", lambda _label, _data, name, *_rest, **_options: saved.append(name)
    )
    assert not panel(first="2018-09-01", last="2018-09-30").exception
    assert saved == [f"idlib-2018-09-01-to-2018-09-30.{ending}" for ending in ("pdf", "html", "gpkg", "zip")]


def test_the_citation_names_no_address_nobody_else_can_follow() -> None:
    (citation,) = panel(first="2018-09-01", last="2018-09-30").code
    assert "mapapp with this data version, view ?first=2018-09-01&last=2018-09-30" in citation.value
    assert "localhost" not in citation.value


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
