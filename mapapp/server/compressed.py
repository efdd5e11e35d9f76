"""Scripts, style sheets and fonts of the page, compressed once for all readers.

Streamlit sends its own scripts, three megabytes for a page, uncompressed and in small pieces, and compresses
those of components again for each reader. Here the server keeps its answers, compressed, in memory, and for
its next start in the user's cache folder.

What exists, and where, Streamlit alone decides: no path is opened here, and each file is asked of it once. Of
an earlier start's files, those of the installed packages are taken as they are; of those made from the data,
only the compression, and only if Streamlit serves the same bytes again. Only files with a hash in their names
are kept, which never change.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import re
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders

from mapapp.data import kept
from mapapp.server import map_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LIMIT = 32_000_000  # bytes of compressed files kept; all that the page asks for are one tenth of that
_LARGEST = 16_000_000  # bytes of a file; a larger one is left to Streamlit
# Streamlit's own files, those of streamlit-folium, and those of the map's frame (`mapapp.server.map_files`)
_HASHED = re.compile(
    r"/static/(?:css|js|media)/[\w.-]+\.[\w-]{8}\.\w+"
    r"|/component/streamlit_folium\.st_folium/static/(?:css|js|media)/[\w.-]+\.[0-9a-f]{8}\.\w+"
    rf"|/{map_files.PLACE}/[0-9a-f]{{16}}\.\w+",
    re.ASCII,
)
_OF_THE_DATA = f"/{map_files.PLACE}/"
_KIND, _ABOUT = "served", "about.json"
_PAUSE = 1  # seconds without a new file, after which all are kept for the next start
_TEXT = frozenset({"text/css", "text/javascript", "application/javascript", "font/ttf"})
_FOREVER = "public, immutable, max-age=31536000"
# headers of a request without which an answer is whole, uncompressed and the same for every reader
_WHOLE_WITHOUT = frozenset(
    {
        b"accept-encoding",
        b"cookie",
        b"if-match",
        b"if-modified-since",
        b"if-none-match",
        b"if-range",
        b"if-unmodified-since",
        b"origin",
        b"range",
    }
)


@dataclass(frozen=True)
class _File:
    body: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    tag: str


class Compressed:
    """Answers for the files with a hash in their names; passes everything else on."""

    def __init__(self, app: ASGIApp, limit: int = LIMIT) -> None:
        self._app = app
        self._limit = limit
        self._base = "/" + base if (base := (st.get_option("server.baseUrlPath") or "").strip("/")) else ""
        self._held: OrderedDict[str, _File] | None = None  # by path, the one asked for last at the end
        self._earlier: dict[str, _File] = {}
        self._making: dict[str, asyncio.Task[_File | None]] = {}
        self._keeping: asyncio.TimerHandle | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or not self._hashed(scope):
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        # A part is one of the uncompressed file, and what another site may read depends on the site.
        alone = "range" in asked or _foreign(asked) or not _takes_gzip(asked.get("accept-encoding", ""))
        file = None if alone else await self._file(scope)
        if file is None:
            await self._app(scope, receive, _lasting(send))
            return
        headers = list(file.headers)
        known = _knows(asked.get("if-none-match", ""), file.tag)
        if not known:
            headers.append((b"content-length", str(len(file.body)).encode()))
            headers.append((b"content-encoding", b"gzip"))
        body = b"" if known or scope["method"] == "HEAD" else file.body
        await send({"type": "http.response.start", "status": 304 if known else 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _hashed(self, scope: Scope) -> bool:
        path: str = scope["path"]
        for base in (scope.get("root_path", ""), self._base):
            if base and path.startswith(base + "/"):
                path = path[len(base) :]
        return _HASHED.fullmatch(path) is not None

    async def _file(self, scope: Scope) -> _File | None:
        """Return a file, which is made once however many ask; ``None`` if Streamlit is to answer."""
        path: str = scope["path"]
        if self._held is None:
            self._earlier = _kept()
            packaged = {name: file for name, file in self._earlier.items() if _OF_THE_DATA not in name}
            self._held = OrderedDict(packaged)
        if path in self._held:
            self._held.move_to_end(path)
            return self._held[path]
        if path not in self._making:
            self._making[path] = asyncio.create_task(self._make(scope))
            self._making[path].add_done_callback(lambda _: self._making.pop(path))
        file = await asyncio.shield(self._making[path])  # one who leaves does not stop it for the others
        if file is not None and path not in self._held and len(file.body) <= self._limit:
            self._held[path] = file
            while sum(len(other.body) for other in self._held.values()) > self._limit:
                self._held.popitem(last=False)
            if self._keeping is not None:
                self._keeping.cancel()
            self._keeping = asyncio.get_running_loop().call_later(_PAUSE, self._keep, dict(self._held))
        return file

    def _keep(self, held: dict[str, _File]) -> None:
        """Keep the files for the next start, in a thread of its own."""
        self._writing = asyncio.get_running_loop().run_in_executor(None, _keep, held)

    async def _make(self, scope: Scope) -> _File | None:
        """Ask Streamlit for a file, and compress it; ``None`` if it has none or it is not text."""
        started: Message = {}
        parts: list[bytes] = []
        size = 0

        async def receive() -> Message:
            staying: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
            return await staying  # nobody leaves

        async def take(message: Message) -> None:
            nonlocal size
            if message["type"] == "http.response.start":
                started.update(message)
            elif _compressible(scope["path"], started):
                size += len(message.get("body", b""))
                if size <= _LARGEST:
                    parts.append(message.get("body", b""))

        plain = [(name, value) for name, value in scope["headers"] if name not in _WHOLE_WITHOUT]
        await self._app({**scope, "method": "GET", "headers": plain, "extensions": {}}, receive, take)
        if not _compressible(scope["path"], started) or not 0 < size <= _LARGEST:
            return None
        whole = b"".join(parts)
        tag = f'"{hashlib.sha256(whole).hexdigest()[:32]}-gzip"'
        earlier = self._earlier.get(scope["path"])
        if earlier is not None and earlier.tag == tag:
            body = earlier.body
        else:
            body = await asyncio.to_thread(gzip.compress, whole, 9, mtime=0)
        headers = MutableHeaders({"etag": tag, "vary": "Accept-Encoding", "cache-control": _FOREVER})
        for name in ("content-type", "access-control-allow-origin"):
            if value := Headers(raw=started["headers"]).get(name):
                headers[name] = value
        return _File(body, tuple(headers.raw), tag)


def _kept() -> dict[str, _File]:
    """Return the files that an earlier start has compressed, by path."""
    found = kept.read(_KIND, _key()) or {}
    with suppress(ValueError, KeyError, TypeError, AttributeError):  # else it is not what we keep
        about = json.loads(found.get(_ABOUT, "{}"))
        return {
            path: _File(found[path], tuple((name.encode(), value.encode()) for name, value in headers), tag)
            for path, (tag, headers) in about.items()
        }
    return {}


def _keep(files: Mapping[str, _File]) -> None:
    about = {
        path: (file.tag, [(name.decode(), value.decode()) for name, value in file.headers])
        for path, file in files.items()
    }
    bodies = {path: file.body for path, file in files.items()}
    kept.keep(_KIND, _key(), {_ABOUT: json.dumps(about).encode(), **bodies}, most=2)


@cache
def _key() -> str:
    return kept.key((), st.get_option("server.baseUrlPath") or "")


def _compressible(path: str, started: Message) -> bool:
    """Tell whether an answer is a whole text; for a file that does not exist, Streamlit sends its page."""
    kind = Headers(raw=started["headers"]).get("content-type", "").partition(";")[0].strip().lower()
    expected = kind == "text/html" if path.endswith(".html") else kind in _TEXT
    return started["status"] == HTTPStatus.OK and expected


def _lasting(send: Send) -> Send:
    """Have caches keep what is passed on, apart for each encoding."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] in {200, 206, 304}:
            headers = MutableHeaders(scope=message)
            headers.add_vary_header("Accept-Encoding")
            if not headers.get("content-type", "").startswith("text/html"):
                headers["cache-control"] = _FOREVER
        await send(message)

    return sent


def _foreign(asked: Headers) -> bool:
    """Tell whether a page of another site asks; browsers name the site also where it is ours."""
    return "origin" in asked and urlsplit(asked["origin"]).netloc != asked.get("host")


def _takes_gzip(accepted: str) -> bool:
    """Tell whether ``Accept-Encoding`` has gzip, or anything, and not with a weight of zero."""
    weights = {}
    for part in accepted.lower().split(","):
        name, *options = (piece.strip() for piece in part.split(";"))
        weight = next((option[2:] for option in options if option.startswith("q=")), "1")
        weights[name] = bool(weight.strip("0. "))
    return weights.get("gzip", weights.get("*", False))


def _knows(tags: str, tag: str) -> bool:
    """Tell whether ``If-None-Match`` names the file."""
    return tag in {known.strip().removeprefix("W/") for known in tags.split(",")} or tags.strip() == "*"
