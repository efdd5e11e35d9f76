"""Who can reach the page: only this machine, unless configured otherwise."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON = (sys.executable, "-m")
LISTENS = "0A"  # a socket's state in Linux' table of them
DEADLINE = 60  # seconds for the server to answer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path("/proc/net/tcp").exists(), reason="only Linux shows which addresses a process listens on"
    ),
]


def listening(process: int) -> set[str]:
    """Return the addresses, of both families, on which a process takes calls."""
    links = []
    for file in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):  # the process closes files meanwhile
            links.append(str(file.readlink()))
    sockets = {link[len("socket:[") : -1] for link in links if link.startswith("socket:[")}
    found = set()
    for table in ("tcp", "tcp6"):
        file = Path("/proc/net") / table
        for row in file.read_text(encoding="ascii").splitlines()[1:] if file.exists() else ():
            _, local, _, state, *rest = row.split()
            if state == LISTENS and rest[5] in sockets:
                words = bytes.fromhex(local.partition(":")[0])
                packed = b"".join(words[at : at + 4][::-1] for at in range(0, len(words), 4))
                found.add(str(ip_address(packed)))
    return found


@contextmanager
def started(*command: str, folder: Path) -> Iterator[tuple[set[str], str]]:
    """Start the page; give the addresses it listens on and what its console says."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    log = folder / "log.txt"
    unset = {key: value for key, value in os.environ.items() if not key.startswith(("STREAMLIT_", "MAPAPP_"))}
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            [*PYTHON, *(part.replace("PORT", str(port)) for part in command)],
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=unset | {"MAPAPP_INCIDENTS": str(folder)},
        )
    try:
        end = time.monotonic() + DEADLINE
        while not answers(port):
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < end, log.read_text(encoding="utf-8")
        yield listening(process.pid), log.read_text(encoding="utf-8")
    finally:
        process.terminate()
        process.wait(20)


def answers(port: int) -> bool:
    """Return whether the page answers."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


STREAMLIT = ("streamlit", "run", "mapapp/app.py", "--server.headless=true", "--server.port=PORT")
MAPAPP = ("mapapp", "run", "--port", "PORT", "--", "--server.headless=true")


@pytest.mark.parametrize("command", [STREAMLIT, MAPAPP], ids=["streamlit run", "mapapp run"])
def test_the_page_is_served_to_this_machine_alone(command: tuple[str, ...], tmp_path: Path) -> None:
    with started(*command, folder=tmp_path) as (addresses, said):
        assert addresses
        assert all(ip_address(address).is_loopback for address in addresses)
        assert "URL: http://localhost:" in said


@pytest.mark.parametrize("command", [STREAMLIT, MAPAPP], ids=["streamlit run", "mapapp run"])
def test_it_is_served_to_the_network_on_request(command: tuple[str, ...], tmp_path: Path) -> None:
    publish = ("--server.address=0.0.0.0", "--browser.serverAddress=maps.example.org")
    with started(*command, *publish, folder=tmp_path) as (addresses, said):
        assert addresses == {"0.0.0.0"}  # noqa: S104 - on request
        assert "URL: http://maps.example.org:" in said


@pytest.mark.parametrize("command", [STREAMLIT, MAPAPP], ids=["streamlit run", "mapapp run"])
def test_the_map_is_opened_in_the_browser(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener, opened = tmp_path / "bin" / "xdg-open", tmp_path / "opened"
    opener.parent.mkdir()
    opener.write_text(
        f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n', encoding="utf-8"
    )
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{opener.parent}{os.pathsep}{os.environ['PATH']}")
    shown = [part.replace("headless=true", "headless=false") for part in command]
    with started(*shown, folder=tmp_path) as (_, said):
        end = time.monotonic() + DEADLINE
        while not opened.exists():
            assert time.monotonic() < end, said
        assert f"URL: {opened.read_text(encoding='utf-8').strip()}\n" in said
