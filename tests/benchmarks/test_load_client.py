"""The readers of the load test really get a map, and notice when they do not."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import load
import pytest
from aiohttp import web
from readers import load_table
from readers.crowd import Pace, crowd
from readers.reader import FailedError, Reader
from readers.recording import Exchange, Recording
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

RUN = BackMsg(rerun_script={}).SerializeToString()


def page(kind: str) -> list[ForwardMsg]:
    """Return what a server sends for a page with one element."""
    shown = ForwardMsg()
    element = shown.delta.new_element
    if kind == "exception":
        element.exception.type, element.exception.message = "KeyError", "place"
    elif kind == "error":
        element.alert.format, element.alert.body = Alert.ERROR, "broken"
    elif kind == "map":
        element.component_instance.component_name = "map"
    else:
        element.markdown.body = "no map"
    return [shown, ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)]


def read(kind: str, *, status: int = 200) -> None:
    """Open a page of a server that sends ``kind``, whose map has one file."""

    async def socket(request: web.Request) -> web.WebSocketResponse:
        answer = web.WebSocketResponse(protocols=("streamlit",))
        await answer.prepare(request)
        await answer.receive()
        if kind != "closes":
            for message in page(kind):
                await answer.send_bytes(message.SerializeToString())
            await answer.receive()
        await answer.close()
        return answer

    async def file(_: web.Request) -> web.Response:
        return web.Response(text="a file", status=status)

    async def run() -> None:
        app = web.Application()
        app.add_routes([web.get("/_stcore/stream", socket), web.get("/", file), web.get("/map.js", file)])
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        reader = Reader(
            f"http://{host}:{port}", Recording(("/",), Exchange((RUN,), ("/map.js",)), framed=True), 5
        )
        try:
            await reader.open()
        finally:
            await reader.leave()
            await runner.cleanup()

    asyncio.run(run())


def test_a_reader_is_content_with_a_page_that_has_a_map() -> None:
    read("map")


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("exception", "an exception: KeyError: place"),
        ("error", "an error: broken"),
        ("markdown", "has no map"),
        ("closes", "closed the socket"),
    ],
)
def test_a_page_without_a_map_or_with_an_error_is_a_failure(kind: str, why: str) -> None:
    with pytest.raises(FailedError, match=why):
        read(kind)


def test_an_http_error_is_a_failure() -> None:
    with pytest.raises(FailedError, match="status 503"):
        read("map", status=503)


def test_a_readme_without_the_markers_of_the_load_is_refused() -> None:
    with pytest.raises(ValueError, match="no <!-- load -->"):
        load_table.put("# mapapp", "load", "")


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("chromium"), reason="needs Chromium")
def test_five_readers_get_the_map_a_browser_gets(tmp_path: Path) -> None:
    stage = load.Stage(tmp_path)
    with load.chromium() as browser:
        stage.record(browser, "app")
    recording = stage.recordings["app"]
    server = stage.server("app")
    try:
        made = asyncio.run(crowd([server.address], recording, 5, Pace(think=(0, 0)), [server]))
    finally:
        server.stop()
    assert not made["failed"]
    assert len(made["first"]) == 5
    assert len(made["acts"]["click"]) == 5 * load.ACTS
