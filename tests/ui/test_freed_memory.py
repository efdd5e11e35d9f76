"""Memory that is freed goes back to the system; the C library would otherwise keep it."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

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


@pytest.mark.slow
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no malloc_trim")
def test_memory_that_is_free_goes_back_to_the_system() -> None:
    command = [sys.executable, "-c", FRAGMENTS]
    run = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command
    freed, given_back = map(float, run.stdout.split())
    assert freed > 150
    assert given_back < 50
