"""The page's HTML: Streamlit's, with the map's frame, which loads the map if that is at hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from asgi import Answer, ask, run
from frame_double import Frame
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes
from tiny import Tiny

from mapapp.core.content_policy import script_hashes
from mapapp.core.model import Atlas
from mapapp.incidents.importer import import_file
from mapapp.incidents.store import open_store
from mapapp.server import map_files
from mapapp.server.headers import MIDDLEWARE
from mapapp.text.locales import language
from mapapp.ui import incidents_panel, shown
from mapapp.ui.index import Index

STREAMLIT = re.compile(r'<script type="module"[^>]* src="(\./static/js/[^"]+)"></script>')
EARLY = re.compile(r'<link\s+rel="(?:module)?preload"\s[^>]*href="(\./static/(?:js|media)/[^"]+)"[^>]*>')


@pytest.fixture(autouse=True)
def data(tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawn: Frame) -> Iterator[Path]:
    """Have the app show small data, of which nothing is kept; return the folder."""
    assert drawn.given == []
    folder = tiny.write(tmp_path / "map")
    monkeypatch.setenv("MAPAPP_DATA", str(folder))
    monkeypatch.setenv("MAPAPP_CACHE", str(tmp_path / "cache"))
    yield folder
    st.cache_resource.clear()


def get(path: str = "/", query: str = "", base: str = "", **headers: str) -> Answer:
    """Ask for a page as a browser does."""
    routes = [map_files.route(), *create_streamlit_static_assets_routes(base)]
    app = Starlette(routes=routes, middleware=[*MIDDLEWARE, Middleware(Index)])
    return run(ask(app, path, query=query, **headers))


def is_file(answer: Answer) -> bool:
    """Tell whether a file was sent; in place of one that does not exist, Streamlit may send its page."""
    return answer.status == 200 and not answer.headers["content-type"].startswith("text/html")


def draw(tag: str = "en") -> str:
    """Draw the map as a reader's session does; return the name of its document."""
    root = Path(str(shown.default_root()))
    with language(tag):
        return shown.drawn_map(root, shown.stamp(root)).page


def loaded(answer: Answer) -> str | None:
    """Return what the map's frame loads at once; ``None`` for nothing."""
    found = re.search(r'<iframe id="mapapp-map"[^>]*>', answer.body.decode())
    assert found is not None
    source = re.search(r' src="\./map/([^"]*)"', found[0])
    return source and source[1]


def test_a_map_at_hand_is_loaded_with_the_page_and_streamlit_after_it() -> None:
    page = draw()
    answer = get()
    assert loaded(answer) == page
    before, starting, after = re.split("</?template[^>]*>", answer.body.decode())
    assert "mapapp-map" in before
    assert "mapapp-drawn" in after
    for pattern, least in ((STREAMLIT, 1), (EARLY, 20)):
        assert not pattern.search(before + after)
        found = pattern.findall(starting)
        assert len(found) >= least
        assert all(is_file(get(address.removeprefix("."))) for address in found)
    document = get(f"/map/{page}")
    assert document.status == 200
    assert "script-src 'self';" in document.headers["content-security-policy"]


def test_the_policy_allows_the_scripts_of_the_page_and_no_others() -> None:
    draw()
    answer = get()
    allowed = set(re.findall(r"'(sha256-[^']+)'", answer.headers["content-security-policy"]))
    assert set(re.findall(r"'(sha256-[^']+)'", script_hashes(answer.body.decode()))) == allowed


def test_a_map_that_must_be_drawn_first_is_left_to_the_session() -> None:
    answer = get()
    assert loaded(answer) is None
    html = answer.body.decode()
    assert STREAMLIT.search(html)
    assert EARLY.search(html)
    assert "<template" not in html


def test_the_map_is_in_the_language_that_the_session_will_choose() -> None:
    english, arabic = draw("en"), draw("ar")
    assert english != arabic
    assert loaded(get(accept_language="ar-SY,en;q=0.5")) == arabic
    assert loaded(get(query="language=en", accept_language="ar")) == english
    assert loaded(get(query="language=xx", accept_language="ar")) == arabic
    assert loaded(get(query="language=tr")) is None


def test_after_a_change_of_the_data_the_old_map_is_not_loaded(data: Path) -> None:
    draw()
    sources = data / "data" / "sources.yaml"
    sources.write_text(sources.read_text("utf-8") + "\n", encoding="utf-8")
    assert loaded(get()) is None


def test_after_a_restart_what_is_kept_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    page = draw()
    st.cache_resource.clear()
    monkeypatch.setattr(shown, "_latest", {})
    monkeypatch.setattr("mapapp.data.load.load", None)
    assert loaded(get()) == page


@pytest.mark.parametrize("fault", ["no folder", "broken"])
def test_faulty_data_is_left_to_the_session(data: Path, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    draw()
    if fault == "broken":
        (data / "data" / "sources.yaml").write_text("{", encoding="utf-8")
    else:
        monkeypatch.setenv("MAPAPP_DATA", str(data / "none"))
    answer = get()
    assert answer.status == 200
    assert loaded(answer) is None


def test_the_page_is_always_sent_whole_as_it_changes_with_the_data() -> None:
    first = get(accept_encoding="gzip")
    assert not {"etag", "last-modified", "content-encoding"} & set(first.headers)
    assert first.headers["cache-control"] == "no-cache"
    assert int(first.headers["content-length"]) == len(first.body)
    again = get(if_modified_since="Fri, 01 Jan 2100 00:00:00 GMT", range="bytes=0-9")
    assert (again.status, again.body) == (200, first.body)


def test_streamlits_page_in_place_of_what_does_not_exist_has_the_frame() -> None:
    page = draw()
    assert loaded(get("/other")) == page


@pytest.mark.parametrize("path", ["/static/js/none.AAAAAAAA.js", "/_stcore/health"])
def test_nothing_else_has_the_frame(path: str) -> None:
    draw()
    assert b"mapapp-map" not in get(path).body


def test_below_a_path_of_its_own_the_page_has_the_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    page = draw()
    option = st.get_option
    monkeypatch.setattr(
        st, "get_option", lambda name: "maps/" if name == "server.baseUrlPath" else option(name)
    )
    answer = get("/maps/", base="maps")
    assert loaded(answer) == page
    assert get(f"/maps/map/{page}", base="maps").status == 200
    starting = re.split("</?template[^>]*>", answer.body.decode())[1]
    for pattern in (STREAMLIT, EARLY):
        found = pattern.findall(starting)
        assert found
        assert all(is_file(get(f"/maps{address.removeprefix('.')}", base="maps")) for address in found)


def test_incidents_at_hand_are_loaded_with_the_map(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export, store = tmp_path / "own.csv", tmp_path / "store"
    export.write_text("id,date,latitude,longitude\na1,2020-02-18,35.93,36.63\n", encoding="utf-8")
    import_file(export, atlas, store)
    monkeypatch.setenv("MAPAPP_INCIDENTS", str(store))
    draw()
    assert incidents(get()) is None
    opened = open_store(store)
    assert opened is not None
    names, _ = incidents_panel.files(opened, "")
    assert names is not None
    assert incidents(get()) == names
    assert {get(f"/map/{name}").status for name in names.values()} == {200}
    (store / "manifest.json").write_text("{", encoding="utf-8")
    assert incidents(get()) is None


def incidents(answer: Answer) -> Any:
    """Return the files of incidents that the map's frame loads at once; ``None`` for none."""
    found = re.search(r' data-incidents="([^"]*)"', answer.body.decode())
    assert found is not None
    return json.loads(unescape(found[1]))
