"""One reader without a browser: asks over HTTP and Streamlit's socket what a browser asked, and checks it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from readers.recording import Exchange, Recording
    from streamlit.proto.Delta_pb2 import Delta

_CONNECTIONS = 7  # a browser has six for HTTP, and the socket
_KEEP = 4  # seconds; the server closes idle connections after five
_ENCODINGS = {"Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "en"}


class FailedError(Exception):
    """The server did not answer as it should."""


class Reader:
    """A session with a server; nothing may take longer than ``deadline`` seconds."""

    def __init__(self, address: str, recording: Recording, deadline: float) -> None:
        self._address = address
        self._recording = recording
        self._deadline = deadline
        self._http = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_KEEP),
            cookie_jar=aiohttp.CookieJar(unsafe=True),  # from an address without a name, too
            headers=_ENCODINGS,
            auto_decompress=False,
        )
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._listening: asyncio.Task[None] | None = None
        self._finished: asyncio.Queue[str | None] = asyncio.Queue()  # of a run: why it failed, or None
        self._frames = 0
        self.downloads: dict[str, str] = {}  # of the buttons sent last: label by id of the file
        self._made: dict[str, asyncio.Future[str]] = {}
        self._session = ""  # its id

    async def open(self) -> None:
        """Fetch the page, have it run and fetch what the map needs.

        Raises
        ------
        FailedError
            If an answer is not 200 or empty, the page reports an error, has no map, or is late.
        """
        async with self._limit("the page"):
            if self._recording.before:
                await self._fetch(self._recording.before[0])
            await self._files(self._recording.before[1:])
        if self._recording.opening.messages:
            await self._connect()
            first, *_ = self._recording.opening.messages
            async with self._limit("the first run"):
                await self._send(first)
            if self._recording.framed and not self._frames:
                raise FailedError("the page has no map")
        async with self._limit("the map's files"):
            await self._files(self._recording.opening.files)

    async def settle(self) -> None:
        """Send what the browser sent after the map was there."""
        async with self._limit("a run of the page"):
            for message in self._recording.opening.messages[1:]:
                await self._send(message)

    async def act(self, exchange: Exchange) -> None:
        """Do one thing."""
        async with self._limit("a change"):
            for message in exchange.messages:
                await self._send(message)
            await self._files(exchange.files)

    async def download(self, file: str) -> int:
        """Have a file of `downloads` made and fetch it; return its size in bytes."""
        assert self._socket is not None
        message = BackMsg()
        message.backend_operation_request.request_id = file
        message.backend_operation_request.session_id = self._session
        message.backend_operation_request.deferred_file.file_id = file
        self._made[file] = asyncio.get_running_loop().create_future()
        async with self._limit("a download"):
            await self._socket.send_bytes(message.SerializeToString())
            return await self._fetch(await self._made[file])

    async def leave(self) -> None:
        """Close the page."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.wait([self._listening])
        if self._socket is not None:
            await self._socket.close()
        await self._http.close()

    async def vanish(self) -> None:
        """Cut the connection without closing the socket."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.wait([self._listening])
        transport = self._socket.get_extra_info("socket") if self._socket else None
        if transport is not None:
            self._socket._writer.transport.abort()  # type: ignore[union-attr] # noqa: SLF001 - aiohttp only closes politely
        await self._http.close()

    async def fall_silent(self) -> None:
        """Read and answer nothing more, as a machine that was switched off; the connection stays."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.wait([self._listening])

    def _limit(self, what: str) -> _Limit:
        return _Limit(self._deadline, what)

    async def _connect(self) -> None:
        async with self._limit("the socket"):
            try:
                self._socket = await self._http.ws_connect(
                    f"{self._address}/_stcore/stream",
                    protocols=("streamlit",),
                    origin=self._address,
                    compress=15,
                    max_msg_size=0,
                )
            except aiohttp.ClientError as error:
                raise FailedError(f"the socket: {type(error).__name__}: {error}") from error
        self._listening = asyncio.create_task(self._listen(self._socket))

    async def _send(self, message: bytes) -> None:
        """Send a message; if it has the page run, wait for the end of the run."""
        assert self._socket is not None
        runs = BackMsg.FromString(message).WhichOneof("type") == "rerun_script"
        try:
            await self._socket.send_bytes(message)
        except ConnectionError as error:
            raise FailedError(f"the socket: {type(error).__name__}: {error}") from error
        if runs and (why := await self._finished.get()):
            raise FailedError(why)

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        failure: str | None = None
        async for message in socket:
            if message.type is not aiohttp.WSMsgType.BINARY:
                failure = f"the socket brought {message.type.name}"
                break
            forward = ForwardMsg.FromString(message.data)
            kind = forward.WhichOneof("type")
            if kind == "new_session":
                self._session = forward.new_session.initialize.session_id
            elif kind == "delta":
                failure = failure or self._read(forward.delta)
            elif kind == "backend_operation_response":
                answer = forward.backend_operation_response
                made = self._made.pop(answer.request_id)
                if answer.error_msg:
                    made.set_exception(FailedError(f"a download: {answer.error_msg}"))
                else:
                    made.set_result(answer.deferred_file.url)
            elif kind == "script_finished":
                if forward.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                if forward.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    failure = "the page cannot be compiled"
                self._finished.put_nowait(failure)
                failure = None
        self._finished.put_nowait(failure or f"the server closed the socket ({socket.close_code})")

    def _read(self, delta: Delta) -> str | None:
        """Note what the page shows; return why it is an error, or None."""
        element = delta.new_element
        match element.WhichOneof("type"):
            case "exception":
                return f"the page shows an exception: {element.exception.type}: {element.exception.message}"
            case "alert" if element.alert.format == Alert.ERROR:
                return f"the page shows an error: {element.alert.body}"
            case "component_instance" | "iframe" | "bidi_component":
                self._frames += 1
            case "download_button" if element.download_button.deferred_file_id:
                self.downloads[element.download_button.deferred_file_id] = element.download_button.label
        return None

    async def _files(self, paths: tuple[str, ...]) -> None:
        async with asyncio.TaskGroup() as group:
            for path in paths:
                group.create_task(self._fetch(path))

    async def _fetch(self, path: str) -> int:
        try:
            async with self._http.get(self._address + path) as answer:
                body = await answer.read()
        except aiohttp.ClientError as error:
            raise FailedError(f"{path}: {type(error).__name__}: {error}") from error
        if answer.status != 200 or not body:
            raise FailedError(f"{path}: status {answer.status} with {len(body)} bytes")
        return len(body)


class _Limit:
    """A time limit whose end is a `FailedError` that says what was late; of several errors, the first."""

    def __init__(self, seconds: float, what: str) -> None:
        self._timeout = asyncio.timeout(seconds)
        self._late = f"{what}: not within {seconds:g} s"

    async def __aenter__(self) -> None:
        await self._timeout.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        try:
            await self._timeout.__aexit__(kind, error, trace)  # type: ignore[arg-type]
        except TimeoutError as late:
            raise FailedError(self._late) from late
        if isinstance(error, ExceptionGroup):
            raise error.exceptions[0] from error
