"""The files that the server compresses once: Streamlit's bytes, and none that it would not serve."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st
from asgi import Answer, ask, run
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit import file_util
from streamlit.web.server.starlette.starlette_app import create_streamlit_middleware
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from mapapp.server import compressed, map_files
from mapapp.server.compressed import Compressed
from mapapp.server.headers import MIDDLEWARE

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

ATLAS = "/map"
SCRIPT = f"{ATLAS}/0123456789abcdef.js"
SOURCE = b"const line = 'along the canal';\n" * 2000


class Site:
    """Streamlit's files and the map's, served compressed and not; counts what is asked for."""

    def __init__(self, base: str = "", limit: int = 8_000_000) -> None:
        self.asked = 0
        routes = [map_files.route(), *create_streamlit_static_assets_routes(base)]
        self.bare = Starlette(routes=routes, middleware=create_streamlit_middleware())
        self.app = Starlette(routes=routes, middleware=[*MIDDLEWARE, *self._ours(limit)])

    def _ours(self, limit: int) -> list[Middleware]:
        return [
            Middleware(Compressed, limit=limit),
            Middleware(self._counted),
            *create_streamlit_middleware(),
        ]

    def _counted(self, app: Any) -> Any:
        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            self.asked += 1
            await app(scope, receive, send)

        return counted

    def get(self, path: str, **headers: str) -> Answer:
        """Ask with gzip."""
        return run(ask(self.app, path, **{"accept_encoding": "gzip, br", **headers}))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the folder of the map's files, beside a file that is nobody's business."""
    made = tmp_path / "map"
    made.mkdir()
    monkeypatch.setattr(map_files, "folder", lambda: made)
    (made / SCRIPT.rpartition("/")[2]).write_bytes(SOURCE)
    (made / "index.js").write_bytes(SOURCE)
    (tmp_path / "0123456789abcdef.js").write_bytes(b"secret" * 1000)
    return made


def streamlits_script() -> tuple[str, bytes]:
    """Return the path and the content of the largest script of Streamlit's page."""
    folder = Path(file_util.get_static_dir()) / "static" / "js"
    file = max(folder.glob("*.js"), key=lambda path: path.stat().st_size)
    return f"/static/js/{file.name}", file.read_bytes()


def test_a_script_is_what_streamlit_serves_and_is_asked_of_it_once() -> None:
    path, script = streamlits_script()
    site = Site()
    for wanted, content in ((path, script), (SCRIPT, SOURCE)):
        site.asked = 0
        first, second = site.get(wanted), site.get(wanted)
        plain = run(ask(site.bare, wanted))
        assert gzip.decompress(first.body) == gzip.decompress(second.body) == plain.body == content
        assert site.asked == 1
        assert int(first.headers["content-length"]) == len(first.body) < len(content) / 2
        assert first.headers["content-encoding"] == "gzip"
        assert first.headers["vary"] == "Accept-Encoding"
        assert first.headers["content-type"] == plain.headers["content-type"]
        assert first.headers["cache-control"] == "public, immutable, max-age=31536000"
        assert first.headers["x-content-type-options"] == "nosniff"


def test_many_who_ask_at_once_have_the_file_made_once() -> None:
    site = Site()

    async def crowd() -> list[Answer]:
        return await asyncio.gather(*(ask(site.app, SCRIPT, accept_encoding="gzip") for _ in range(20)))

    assert {gzip.decompress(answer.body) for answer in run(crowd())} == {SOURCE}
    assert site.asked == 1


def test_the_next_start_compresses_nothing_and_serves_only_what_is_still_there(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPAPP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(compressed, "_PAUSE", 0)
    keep = compressed._keep  # noqa: SLF001 - the end of its thread is waited for

    async def get_and_keep(site: Site, path: str) -> Answer:
        loop, written = asyncio.get_running_loop(), asyncio.Event()

        def noted(files: dict[str, Any]) -> None:
            keep(files)
            loop.call_soon_threadsafe(written.set)

        monkeypatch.setattr(compressed, "_keep", noted)
        answer = await ask(site.app, path, accept_encoding="gzip")
        await asyncio.wait_for(written.wait(), 60)
        return answer

    of_streamlit, _ = streamlits_script()
    for path, times_asked in ((of_streamlit, 0), (SCRIPT, 1)):
        before = run(get_and_keep(Site(), path))
        assert before.headers["content-encoding"] == "gzip"
        later = Site()
        with monkeypatch.context() as patch:
            patch.setattr(compressed.gzip, "compress", None)
            assert later.get(path) == before
        assert later.asked == times_asked
    (folder / SCRIPT.rpartition("/")[2]).unlink()  # such as the whole text of another start
    assert Site().get(SCRIPT).status == 404
    (archive,) = (tmp_path / "cache").iterdir()
    archive.write_bytes(b"damaged")
    third = Site()
    assert third.get(of_streamlit).status == 200
    assert third.asked == 1


def test_who_has_the_file_is_told_so() -> None:
    site = Site()
    tag = site.get(SCRIPT).headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = site.get(SCRIPT, if_none_match=known)
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", tag)
        assert answer.headers["vary"] == "Accept-Encoding"
        assert "content-encoding" not in answer.headers
    assert site.get(SCRIPT, if_none_match='"other"').status == 200


def test_a_request_for_the_headers_gets_no_body() -> None:
    site = Site()
    head = run(ask(site.app, SCRIPT, "HEAD", accept_encoding="gzip"))
    whole = site.get(SCRIPT)
    assert head.body == b""
    assert head.headers == whole.headers


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.000, br", "*;q=0"])
def test_without_gzip_the_file_is_sent_as_it_is(accepted: str) -> None:
    path, script = streamlits_script()
    site = Site()
    site.get(path)
    answer = site.get(path, accept_encoding=accepted)
    assert answer.body == script
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"


def test_a_part_is_one_of_the_uncompressed_file() -> None:
    path, script = streamlits_script()
    site = Site()
    site.get(path)
    answer = site.get(path, range="bytes=10-19")
    assert (answer.status, answer.body) == (206, script[10:20])
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        f"{ATLAS}/../0123456789abcdef.js",
        f"{ATLAS}/../../etc/passwd",
        "/static/js/../../../../../etc/passwd.AAAAAAAA.js",
        "/static/js/..%2f..%2findex.AAAAAAAA.js",
        "//static/js/index.AAAAAAAA.js",
        f"{ATLAS}//0123456789abcdef.js",
        f"{ATLAS}/fedcba9876543210.js",
        "/component/other/0123456789abcdef.js",
    ],
)
def test_what_streamlit_refuses_is_refused(path: str) -> None:
    site = Site()
    site.get(SCRIPT)
    ours = site.get(path)
    assert ours.status in {400, 404} or "text/html" in ours.headers["content-type"]  # its page, for no file
    assert b"secret" not in ours.body
    theirs = run(ask(site.bare, path, accept_encoding="gzip"))
    assert (ours.status, ours.body) == (theirs.status, theirs.body)


def test_streamlits_page_in_place_of_a_file_is_not_kept() -> None:
    site = Site()
    answers = [site.get("/static/js/none.AAAAAAAA.js") for _ in range(2)]
    for answer in answers:
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["cache-control"] == "no-cache"


def test_a_link_out_of_the_folder_is_refused(folder: Path) -> None:
    (folder / "aaaaaaaaaaaaaaaa.js").symlink_to(folder.parent / "0123456789abcdef.js")
    assert Site().get(f"{ATLAS}/aaaaaaaaaaaaaaaa.js").status == 404


def test_a_file_without_a_hash_is_asked_for_each_time(folder: Path) -> None:
    site = Site()
    for content in (b"one" * 1000, b"two" * 1000):
        (folder / "index.js").write_bytes(content)
        answer = site.get(f"{ATLAS}/index.js")
        assert gzip.decompress(answer.body) == content
        assert "immutable" not in answer.headers["cache-control"]


def test_the_memory_is_bounded(folder: Path) -> None:
    site = Site(limit=len(gzip.compress(SOURCE, 9)) * 2)
    paths = [f"{ATLAS}/{number:016x}.js" for number in range(3)]
    for path in paths:
        (folder / path.rpartition("/")[2]).write_bytes(SOURCE)
        assert gzip.decompress(site.get(path).body) == SOURCE
    assert site.asked == 3
    site.get(paths[2])
    assert site.asked == 3
    site.get(paths[0])
    assert site.asked == 4


def test_a_page_of_another_site_has_streamlit_answer() -> None:
    site = Site()
    site.get(SCRIPT, origin="http://maps.example.org")
    assert site.asked == 1
    site.get(SCRIPT, origin="http://maps.example.org")
    assert site.asked == 1
    answer = site.get(SCRIPT, origin="https://other.example.org")
    assert site.asked == 2
    assert "access-control-allow-origin" not in answer.headers


def test_the_files_are_compressed_under_a_path_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    option = st.get_option
    monkeypatch.setattr(
        st, "get_option", lambda name: "maps/" if name == "server.baseUrlPath" else option(name)
    )
    path, script = streamlits_script()
    site = Site(base="maps")
    for wanted, content in ((f"/maps{path}", script), (f"/maps{SCRIPT}", SOURCE)):
        assert [gzip.decompress(site.get(wanted).body) for _ in range(2)] == [content] * 2
    assert site.asked == 2
