"""The local server of ``mapapp edit``: the page of a folder, and the only way to change one in a browser.

It listens on this machine alone. Everything of the folder, and every change, needs the token that is in the
fragment of the start address: a fragment is sent to no server, and the page sends the token in a header,
which no other page can set here without a permission that is never given. There is no cookie, for browsers
send cookies of 127.0.0.1 to the servers on all its ports.
"""

from __future__ import annotations

import hmac
import json
import secrets
import socket
from contextlib import closing
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from mapapp import typeface
from mapapp.authoring.edit_page import SHELL, font_name
from mapapp.errors import MapappError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping

    from starlette.requests import Request

    from mapapp.authoring.desk import Desk

    Scope = MutableMapping[str, Any]
    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

TOKEN_HEADER = "x-mapapp-token"  # noqa: S105 - the name of a header
LARGEST = 4_000_000  # bytes of a request
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        "connect-src 'self'; img-src 'self' data: https:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class PortError(MapappError):
    """The port cannot be used."""


class _Guard:
    """Refuses what does not come from the page itself, and gives every answer its headers."""

    def __init__(self, app: Asgi, token: str, own: str) -> None:
        self._app, self._token, self._own = app, token.encode(), own.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":  # uvicorn takes no websockets
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *own]
            await send(message)

        refused = self._refusal(scope)
        if refused:
            status, reason = refused
            await Response(f"{reason}\n", status, media_type="text/plain")(scope, receive, with_headers)
        else:
            await self._app(scope, _limited(receive), with_headers)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Return the status and the reason with which a request is refused; ``None`` if it is not."""
        headers = dict(scope["headers"])
        if len({name for name, _ in scope["headers"]}) < len(scope["headers"]):
            return 400, "a header is given twice"
        if reason := self._stranger(headers):
            return 403, reason
        if not scope["path"].startswith("/api/"):
            return None
        if not hmac.compare_digest(headers.get(TOKEN_HEADER.encode(), b""), self._token):
            return 403, "no token, or another"
        return _wrong_body(headers) if scope["method"] == "POST" else None

    def _stranger(self, headers: Mapping[bytes, bytes]) -> str:
        """Return why a request does not come from the page; empty if it may."""
        own = b"http://" + self._own
        if headers.get(b"host") != self._own:  # another name that leads here (DNS rebinding)
            return "unknown host"
        if headers.get(b"origin", own) != own:
            return "another origin"
        return "" if headers.get(b"sec-fetch-site", b"none") in {b"same-origin", b"none"} else "another site"


def _wrong_body(headers: Mapping[bytes, bytes]) -> tuple[int, str] | None:
    """Return why what is sent is not taken."""
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind != b"application/json":
        return 415, "not JSON"
    length = headers.get(b"content-length", b"")
    if not length.isdigit():
        return 411, "no length"
    return (413, "too large") if int(length) > LARGEST else None


def _limited(receive: Receive) -> Receive:
    """Return a receiver that ends a request which is longer than it says it is."""
    left = LARGEST

    async def limited() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        return {"type": "http.disconnect"} if left < 0 else message

    return limited


def application(desk: Desk, token: str, own: str) -> Asgi:
    """Return the ASGI application.

    Parameters
    ----------
    desk
        What answers the questions of the page.
    token
        What each request for data or change must have in the header `TOKEN_HEADER`.
    own
        The host and port it is served on: requests for others are refused.
    """
    one_at_a_time = Lock()

    async def api(request: Request) -> Response:
        name = request.path_params["name"]
        answer = desk.answers.get((request.method, name))
        if answer is None:
            return JSONResponse({"error": "no such request"}, 404)
        given: Any = dict(request.query_params)
        if request.method == "POST":
            try:
                given = json.loads(await request.body())
            except ValueError:
                given = None
            if not isinstance(given, dict):
                return JSONResponse({"error": "not a JSON object"}, 400)

        def answered() -> tuple[int, Any]:
            with one_at_a_time:
                return desk.answered(answer, given)

        status, content = await run_in_threadpool(answered)
        return JSONResponse(content, status)

    return _Guard(
        Starlette(
            routes=[
                Route("/", _shell),
                Route("/static/{name}", _static),
                Route("/static/fonts/{name}", _font),
                Route("/api/{name}", api, methods=["GET", "POST"]),
            ]
        ),
        token,
        own,
    )


async def _shell(_request: Request) -> Response:
    return HTMLResponse(SHELL)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name == "leaflet.js":
        return FileResponse(str(files("xstatic.pkg.leaflet") / "data" / name), media_type="text/javascript")
    if name in {"mapapp.js", "edit.js"}:
        return FileResponse(str(files("mapapp.web") / "static" / name), media_type="text/javascript")
    if name == "icon.svg":
        return FileResponse(str(files("mapapp.web") / "static" / name), media_type="image/svg+xml")
    return Response("not found\n", 404, media_type="text/plain")


async def _font(request: Request) -> Response:
    for file in typeface.FILES:
        if font_name(file.path) == request.path_params["name"]:
            return FileResponse(str(file.path), media_type="font/ttf")
    return Response("not found\n", 404, media_type="text/plain")


def listen(host: str, port: int | None) -> socket.socket:
    """Return a socket that listens on this machine alone.

    Parameters
    ----------
    host
        An address of this machine that no other can reach, IPv4 or IPv6.
    port
        ``None`` for one that is free.

    Raises
    ------
    PortError
        If the port cannot be used.
    """
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port or 0))
        made.listen()
    except OSError as error:
        made.close()
        raise PortError(f"--port: cannot use it ({error.strerror}) (got {port}); choose another") from None
    return made


def serve(desk: Desk, host: str, port: int | None, ready: Callable[[str], None]) -> None:
    """Serve until the process is interrupted.

    Parameters
    ----------
    host, port
        As for `listen`.
    ready
        Called with the start address, which holds the token, once the port is taken.
    """
    token = secrets.token_urlsafe(32)
    with closing(listen(host, port)) as taken:
        shown = f"[{host}]" if ":" in host else host
        own = f"{shown}:{taken.getsockname()[1]}"
        app = application(desk, token, own)
        ready(f"http://{own}/#token={token}")
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, ws="none")
        uvicorn.Server(config).run(sockets=[taken])
