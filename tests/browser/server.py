"""The running app for a test: its server on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 60  # seconds for the server to answer


@contextmanager
def serving(folder: Path, port: int | None = None, *, below: str = "", **environment: str) -> Iterator[str]:
    """Start the page, stop it at the end; ``folder`` takes its log. A free port where none is given.

    ``below`` is the path where the server has the page, with a slash at its beginning.
    """
    with started(folder, port, below=below, **environment) as (address, _):
        yield address


@contextmanager
def started(
    folder: Path,
    port: int | None = None,
    before: Callable[[], None] | None = None,
    module: Sequence[str] = ("streamlit", "run", "mapapp/app.py"),
    *,
    below: str = "",
    **environment: str,
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start the page as `serving` does, with ``before`` called in its process first; yield that, too."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = port or held.getsockname()[1]
    log = folder / "log.txt"
    options = (
        "--server.address=127.0.0.1",
        f"--server.port={port}",
        "--server.headless=true",
        f"--server.baseUrlPath={below}",
    )
    usual = {key: value for key, value in os.environ.items() if key != "MAPAPP_DATA"}
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", *module, *options],
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=usual | environment,
            preexec_fn=before,  # noqa: PLW1509 - it takes no lock
        )
        address = f"http://127.0.0.1:{port}{below}"
        try:
            awaited(process, f"{address}/_stcore/health", log)
            yield address, process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def awaited(process: subprocess.Popen[bytes], health: str, log: Path) -> None:
    """Wait until the server answers; its early end cuts the wait short."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        try:
            with urlopen(health, timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except (URLError, OSError):
            pass
        try:
            process.wait(0.1)
            break
        except subprocess.TimeoutExpired:
            continue
    pytest.fail(f"the server did not answer within {DEADLINE} s:\n{log.read_text(errors='replace')[-2000:]}")
