"""Records what a browser asks of an app's server, so that readers without a browser can ask the same.

Nothing about the app is written down here: which files, which messages over the socket, and when, is what
Chromium asked for on one visit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from speed.measure import interact, look
from streamlit.proto.BackMsg_pb2 import BackMsg

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request, WebSocket
    from speed.contestants import Contestant
    from speed.servers import Server

_ACTS = ("click", "step")
_OPEN_EXPORT = ".st-key-export button"


@dataclass(frozen=True)
class Exchange:
    """What a browser asks for, in order: messages over the socket (`BackMsg`), and files by path."""

    messages: tuple[bytes, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recording:
    """One visit: the files fetched before the socket was opened, those of the map, and what was done then.

    ``acts`` are the name and the exchange of each thing done, ``export`` opens the panel with the downloads,
    ``framed`` says whether a component's frame must be among what the server sends.
    """

    before: tuple[str, ...]
    opening: Exchange = Exchange()
    acts: tuple[tuple[str, Exchange], ...] = ()
    export: Exchange = Exchange()
    framed: bool = False


class _Watched:
    """A browser that notes what its pages ask for."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.files: list[str] = []
        self.messages: list[bytes] = []
        self.before: int | None = None  # number of files before the socket was opened
        self._address = ""

    def new_context(self, **options: Any) -> BrowserContext:
        context = self._browser.new_context(**options)
        context.on("request", self._asked)
        context.on("page", self._opened)
        return context

    def _asked(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in {"http", "https"}:
            return
        if request.method != "GET":
            raise ValueError(f"{request.url}: only GET can be recorded (got {request.method})")
        self.files.append(url.path + (f"?{url.query}" if url.query else ""))

    def _opened(self, page: Page) -> None:
        page.on("websocket", self._connected)

    def _connected(self, socket: WebSocket) -> None:
        self.before = len(self.files) if self.before is None else self.before
        socket.on("framesent", self._sent)

    def _sent(self, payload: bytes | str) -> None:
        if isinstance(payload, bytes):
            self.messages.append(payload)

    def taken(self) -> Exchange:
        """Return what was asked since the last time."""
        made = Exchange(tuple(self.messages), tuple(dict.fromkeys(self.files)))
        self.messages.clear()
        self.files.clear()
        return made


def record(browser: Browser, contestant: Contestant, server: Server, acts: int, deadline: float) -> Recording:
    """Visit an app once; click and step so often, and open the panel with the downloads if there is one."""
    watched = _Watched(browser)
    sight = look(watched, contestant, server, deadline)  # type: ignore[arg-type] # all of a browser it uses
    try:
        before = watched.before or 0
        opened = watched.taken()
        done = []
        for count in range(acts):
            for name in _ACTS:
                interact(sight, contestant.acts[name], server, count, deadline)
                done.append((name, watched.taken()))
        export = Exchange()
        if sight.page.locator(_OPEN_EXPORT).count():
            sight.page.locator(_OPEN_EXPORT).first.click()
            sight.page.locator("[data-testid=stDownloadButton]").first.wait_for()
            export = watched.taken()
    finally:
        sight.context.close()
    early = tuple(dict.fromkeys(opened.files[:before]))
    late = tuple(file for file in opened.files if file not in early)
    if not opened.messages or BackMsg.FromString(opened.messages[0]).WhichOneof("type") != "rerun_script":
        raise ValueError(f"{contestant.name}: the browser sent no request to run the page")
    return Recording(early, Exchange(opened.messages, late), tuple(done), export, contestant.framed)
