"""Memory that is freed goes back to the system; the C library would otherwise keep it."""

from __future__ import annotations

import asyncio
import os
import platform
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import streamlit

from mapapp.ui import startup

# a piece in thirty is kept, so that the heap cannot shrink from its end; larger ones would not be on the heap
FRAGMENTS = """
import os
from pathlib import Path
from mapapp.server.freed_memory import give_back

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

begin = held()
pieces = [bytes([1]) * 100_000 for _ in range(2_000)]
pieces[:] = pieces[::30]
freed = held()
give_back()
print(freed - begin, held() - begin)
"""


# as many threads as a server has, none of which ends before the last has asked for memory
THREADS = """
import ctypes, sys
from threading import Barrier, Thread
from mapapp.server.freed_memory import share_arenas

if sys.argv[1] == "shared":
    share_arenas()
together = Barrier(8)
pieces = []

def ask():
    together.wait()
    pieces.append([bytes(1_000) for _ in range(1_000)])
    together.wait()

threads = [Thread(target=ask) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
told = ctypes.c_void_p(library.fopen(sys.argv[2].encode(), b"w"))
library.malloc_info(0, told)
library.fclose(told)
"""

SETTINGS = ("MALLOC_ARENA_MAX", "GLIBC_TUNABLES")

of_glibc = pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="other C libraries have no arenas and no malloc_trim"
)


def arenas(folder: Path, how: str, **environment: str) -> int:
    told = folder / "arenas.xml"
    command = [sys.executable, "-c", THREADS, how, str(told)]
    unset = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    subprocess.run(command, check=True, env={**unset, **environment})  # noqa: S603 - our own command
    return len(ET.parse(told).findall("heap"))  # noqa: S314 - written by the C library


@of_glibc
@pytest.mark.slow
def test_threads_share_two_arenas(tmp_path: Path) -> None:
    assert arenas(tmp_path, "each its own") > 2
    assert arenas(tmp_path, "shared") == 2


@of_glibc
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("MALLOC_ARENA_MAX", "5", 5),
        ("GLIBC_TUNABLES", "glibc.malloc.arena_max=5", 5),
        ("GLIBC_TUNABLES", "glibc.malloc.check=0", 2),
        ("MALLOC_ARENA_MAX", "", 2),
        ("MALLOC_ARENA_MAX", "many", 2),
    ],
)
def test_who_runs_the_server_may_set_the_number_of_arenas(
    tmp_path: Path, name: str, value: str, number: int
) -> None:
    assert arenas(tmp_path, "shared", **{name: value}) == number


def test_a_server_that_starts_has_its_threads_share_arenas(monkeypatch: pytest.MonkeyPatch) -> None:
    shared: list[bool] = []
    monkeypatch.setattr(startup, "share_arenas", lambda: shared.append(True))
    monkeypatch.setattr(startup, "_prepare", lambda: None)
    monkeypatch.setattr(streamlit, "get_option", lambda _name: True)  # no browser

    async def start() -> None:
        async with startup.lifespan(streamlit.App("app.py")):
            assert shared == [True]

    asyncio.run(start())


@of_glibc
@pytest.mark.slow
def test_memory_that_is_free_goes_back_to_the_system() -> None:
    command = [sys.executable, "-c", FRAGMENTS]
    run = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command
    freed, given_back = map(float, run.stdout.split())
    assert freed > 150
    assert given_back < 50
