"""Asks a server of our own process, without a socket."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from starlette.types import ASGIApp, Message, Scope


Made = TypeVar("Made")


def run(coroutine: Coroutine[object, object, Made]) -> Made:
    """Run a coroutine in a thread of its own: in the tests' own, a browser may have its loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


@dataclass
class Answer:
    """What the server sent."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


async def ask(app: ASGIApp, path: str, method: str = "GET", query: str = "", **headers: str) -> Answer:
    """Ask a server; underscores of the names of headers are hyphens."""
    answer = Answer()
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]

    async def receive() -> Message:
        staying: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        return await staying

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    scope: Scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode()}
    scope |= {"query_string": query.encode()}
    scope |= {"headers": [(b"host", b"maps.example.org"), *sent], "scheme": "http", "root_path": ""}
    scope |= {"server": ("maps.example.org", 80), "client": ("127.0.0.1", 1), "http_version": "1.1"}
    await app(scope, receive, send)
    return answer
