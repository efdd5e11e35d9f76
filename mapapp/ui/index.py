"""The page's HTML: Streamlit's, with the frame of the map, which is drawn before Streamlit starts.

Streamlit's scripts, its connection and the first run of the page's script take about a second, and the map
needs none of them. If the map is at hand, its frame begins to load with the page, in the language that the
page's script will choose, and Streamlit's scripts are fetched once it is drawn. If it is not, or if the data
has changed when the page's script runs, `web/src/bridge.js` loads it.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders, QueryParams

from mapapp.errors import MapappError
from mapapp.server.headers import below_base
from mapapp.server.map_files import PLACE
from mapapp.web import scripts

if TYPE_CHECKING:
    from markupsafe import Markup
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# headers of a request by which an answer would be another than the whole page, or none
_WHOLE_WITHOUT = frozenset(
    {b"accept-encoding", b"if-modified-since", b"if-none-match", b"if-range", b"range"}
)
_FILES = ("/static/", "/component/", "/media/", "/_stcore/", f"/{PLACE}/", "/favicon.png")
_END = b"</body>"
# Streamlit's script, and the links by which browsers fetch its font and its imports before it runs
_START = re.compile(rb'<script type="module" crossorigin src="\./static/js/[\w.-]+"></script>\s*')
_EARLY = re.compile(rb'<link\s+rel="(?:module)?preload"[^>]*>\s*')


class Index:
    """Puts the map's frame into the page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _is_page(scope):
            await self._app(scope, receive, send)
            return
        frame = await run_in_threadpool(_frame, Headers(scope=scope), QueryParams(scope["query_string"]))
        plain = [(name, value) for name, value in scope["headers"] if name not in _WHOLE_WITHOUT]
        started: Message = {}
        body = b""

        async def with_frame(message: Message) -> None:
            nonlocal started, body
            if message["type"] == "http.response.start":
                started = message
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            headers = MutableHeaders(scope=started)
            if headers.get("content-type", "").startswith("text/html"):
                body = _with_frame(body, frame)
                headers["content-length"] = str(len(body))
                headers["cache-control"] = "no-cache"
                for name in ("etag", "last-modified"):  # of Streamlit's file
                    del headers[name]
            await send(started)
            await send({"type": "http.response.body", "body": body})

        await self._app({**scope, "headers": plain}, receive, with_frame)


def _is_page(scope: Scope) -> bool:
    """Tell whether Streamlit may answer with its page, which it also sends for what does not exist."""
    return not below_base(scope["path"]).startswith(_FILES)


def _with_frame(page: bytes, frame: Markup) -> bytes:
    """Return the page with the frame in it; if it has a map, what starts Streamlit is kept for our script."""
    put = frame.encode()
    if _START.search(page) is not None and b" src=" in put:
        starting = b"".join(_EARLY.findall(page) + _START.findall(page))
        page = _START.sub(b"", _EARLY.sub(b"", page))
        put += b'<template id="mapapp-streamlit">' + starting + b"</template>" + _starter().encode()
    before, end, after = page.rpartition(_END)
    return before + put + end + after


def _frame(headers: Headers, query: QueryParams) -> Markup:
    """Return the frame and its style; the frame is empty if the map must be drawn first."""
    from mapapp.text.html import html  # noqa: PLC0415 - the server answers before this is loaded
    from mapapp.ui import incidents_panel, shown  # noqa: PLC0415 - as above

    tag = shown.language_of(query.get("language"), headers.get("accept-language", ""))
    try:
        found = shown.map_at_hand(tag)
    except (MapappError, OSError):
        found = None  # the page's script says it
    style = html("<style>{style}</style>", style=_style())
    if found is None:
        return style + html('<iframe id="mapapp-map" allow="fullscreen"></iframe>')
    incidents = incidents_panel.files_at_hand()
    return style + html(
        '<iframe id="mapapp-map" allow="fullscreen" title="{title}" data-incidents="{incidents}"'
        ' src="./{place}/{page}"></iframe>',
        title=found.title,
        incidents=json.dumps(incidents),
        place=PLACE,
        page=found.page,
    )


def _starter() -> Markup:
    from markupsafe import Markup  # noqa: PLC0415 - as above

    from mapapp.text.html import html  # noqa: PLC0415 - as above

    return html("<script>{script}</script>", script=Markup(scripts.own("page")))  # noqa: S704 - ours


@cache
def _style() -> Markup:
    from markupsafe import Markup  # noqa: PLC0415 - as above

    from mapapp.theme import FONT  # noqa: PLC0415 - as above

    sheet = (files("mapapp.web") / "static" / "page.css").read_text(encoding="utf-8")
    return Markup(sheet.replace("FONT", FONT))  # noqa: S704 - ours
