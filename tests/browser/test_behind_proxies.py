"""The app below a path, behind nginx and Caddy, with the files of `docs/publishing` themselves."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection, HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from server import ROOT, awaited, serving
from visit import IFRAME, Visit

PUBLISHING = ROOT / "docs" / "publishing"


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        reason = f"{name} is missing (on Debian: apt-get install {name})"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return found


def changed(name: str, changes: dict[str, str]) -> str:
    """Return a file of `docs/publishing` with addresses of this machine; each must be in it."""
    text = (PUBLISHING / name).read_text(encoding="utf-8")
    text = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for old, new in changes.items():
        assert re.search(old, text), old
        text = re.sub(old, new, text)
    return text


@contextmanager
def nginx(folder: Path, servers: tuple[int, int]) -> Iterator[str]:
    """Run nginx as its example says, but without encryption and on a free port; return the app's address."""
    port = free_port()
    site = changed(
        "nginx.conf",
        {
            "8501": str(servers[0]),
            "8502": str(servers[1]),
            r"listen 443 ssl http2;": f"listen 127.0.0.1:{port};",
            r"ssl_certificate(_key)? .*;": "",
        },
    )
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "scgi", "uwsgi")
    )
    settings = folder / "nginx.conf"
    settings.write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log stderr;\n"
        f"events {{}}\nhttp {{ access_log off;\n{temporary}\n{site}\n}}\n",
        encoding="utf-8",
    )
    command = [program("nginx"), "-p", str(folder), "-e", "stderr", "-c", str(settings)]
    with running(folder, command, port) as address:
        yield address


@contextmanager
def caddy(folder: Path, servers: tuple[int, int]) -> Iterator[str]:
    """Run Caddy as its example says, but without encryption and on a free port; return the app's address."""
    port = free_port()
    site = changed(
        "Caddyfile",
        {
            "8501": str(servers[0]),
            "8502": str(servers[1]),
            r"(?m)^maps\.example\.org": f"http://127.0.0.1:{port}, http://maps.example.org:{port}",
        },
    )
    settings = folder / "Caddyfile"
    settings.write_text(f"{{\nadmin off\n}}\n{site}\n", encoding="utf-8")
    command = [program("caddy"), "run", "--config", str(settings), "--adapter", "caddyfile"]
    with running(folder, command, port) as address:
        yield address


@contextmanager
def running(folder: Path, command: list[str], port: int) -> Iterator[str]:
    log = folder / "proxy.log"
    homes = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - a known program
            command, stdout=output, stderr=subprocess.STDOUT, env=os.environ | homes
        )
        try:
            awaited(process, f"http://127.0.0.1:{port}/maps/_stcore/health", log)
            yield f"http://127.0.0.1:{port}/maps"
        finally:
            process.terminate()
            process.wait(10)


class Saying(BaseHTTPRequestHandler):
    """Answers with the port of its server."""

    def do_GET(self) -> None:
        """Answer a request."""
        said = str(self.server.server_address[1]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Framing(BaseHTTPRequestHandler):
    """Another site, whose pages show in a frame the address after the question mark."""

    def do_GET(self) -> None:
        """Answer a request."""
        page = f'<!doctype html><iframe src="{urlsplit(self.path).query}"></iframe>'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def site(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as started:
        thread = threading.Thread(target=started.serve_forever)
        thread.start()
        yield started.server_address[1]
        started.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def friend() -> Iterator[str]:
    with site(Framing) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def servers(friend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """Start the two servers that the examples name, the ports aside; one site may frame them."""
    ports = []
    with ExitStack() as started:
        for number in (1, 2):
            folder = tmp_path_factory.mktemp(f"app{number}")
            address = started.enter_context(
                serving(
                    folder,
                    below="/maps",
                    MAPAPP_INCIDENTS=str(folder / "none"),
                    MAPAPP_EMBED_ON=friend,
                )
            )
            ports.append(urlsplit(address).port or 0)
        yield ports[0], ports[1]


@pytest.fixture(scope="module", params=[nginx, caddy])
def published(
    request: pytest.FixtureRequest, servers: tuple[int, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Return the address at which readers find the app."""
    with request.param(tmp_path_factory.mktemp("proxy"), servers) as address:
        yield address


def ask(address: str, source: str = "127.0.0.1", **headers: str) -> tuple[int, HTTPMessage, bytes]:
    """Ask from an address of this machine; ``_`` in the names of headers stands for ``-``."""
    parts = urlsplit(address)
    with closing(HTTPConnection(parts.netloc, timeout=30, source_address=(source, 0))) as connection:
        connection.request(
            "GET", parts.path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        got = connection.getresponse()
        return got.status, got.headers, b"" if got.status == 101 else got.read()


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/metrics", "/component/none/index.html"])
def test_a_client_gets_the_headers_once_and_unchanged(published: str, path: str, friend: str) -> None:
    _, headers, _ = ask(published + path)
    (policy,) = headers.get_all("Content-Security-Policy") or ()
    assert f"frame-ancestors 'self' {friend}" in policy
    assert "unsafe-eval" not in policy
    for name in ("X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"):
        assert len(headers.get_all(name) or ()) == 1, name


def test_the_address_without_a_slash_leads_to_the_app_and_the_rest_of_the_site_is_left_alone(
    published: str,
) -> None:
    status, headers, _ = ask(published)
    assert (status, headers["Location"]) == (301, "/maps/")
    assert b"Streamlit" not in ask(published.removesuffix("/maps") + "/")[2]


def test_a_reader_connects_by_the_public_name_and_another_site_does_not(published: str) -> None:
    handshake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    host = f"maps.example.org:{urlsplit(published).port}"
    stream = f"{published}/_stcore/stream"
    assert ask(stream, Host=host, Origin=f"http://{host}", **handshake)[0] == 101
    assert ask(stream, Host=host, Origin="https://elsewhere.example", **handshake)[0] == 403


def test_the_page_draws_its_map_below_the_path(browser: Browser, published: str) -> None:
    here = Visit(browser, published).open()
    here.find("path.leaflet-interactive").first.wait_for(state="attached")
    here.set_window("2017-01-01", "2017-12-31")
    here.until_address(lambda found: found.get("first") == "2017-01-01")
    assert here.close() == []


def test_only_the_site_that_is_named_can_frame_the_app(browser: Browser, published: str, friend: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    with site(Framing) as port, page.expect_console_message(lambda line: "frame-ancestors" in line.text):
        page.goto(f"http://127.0.0.1:{port}/?{published}/")
    page.goto(f"{friend}/?{published}/")
    page.frame_locator("iframe").frame_locator(IFRAME).locator("path.leaflet-interactive").first.wait_for(
        state="attached"
    )
    context.close()


@pytest.mark.parametrize("proxy", [nginx, caddy])
def test_each_reader_keeps_to_one_of_two_servers(tmp_path: Path, proxy: object) -> None:
    with site(Saying) as first, site(Saying) as second, proxy(tmp_path, (first, second)) as address:  # type: ignore[operator]
        answers = {
            source: {ask(f"{address}/", source)[2] for _ in range(3)}
            for source in (f"127.0.0.{number}" for number in range(2, 22))
        }
    assert all(len(servers) == 1 for servers in answers.values())
    assert len(set.union(*answers.values())) == 2
