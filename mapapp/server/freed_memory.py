"""Keeps what the C library holds of freed memory small.

glibc keeps what a thread has freed, in pieces and in arenas that few threads share, for the threads to come.
A server in which figures, handouts and packs are made, each in a thread of its own, thus grew from document
to document, though nothing was held.
"""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h
_ARENAS = 2  # Python runs one thread at a time; the second is for what is drawn or read without its lock


def share_arenas() -> None:
    """Have all threads to come share two arenas, unless the environment sets a number (see `_is_set`).

    glibc would make up to eight for each processor. Does nothing where the C library is not glibc.
    """
    options = _glibc("mallopt")
    if options is not None and not _is_set():
        options(_ARENA_MAX, _ARENAS)


def _is_set() -> bool:
    """Tell whether whoever runs the server has set the number of arenas; glibc ignores what is no number."""
    number, tunables = (os.environ.get(name, "") for name in ("MALLOC_ARENA_MAX", "GLIBC_TUNABLES"))
    return number.strip().isdecimal() or "malloc.arena_max=" in tunables


def give_back() -> None:
    """Give free memory back; does nothing where the C library is not glibc.

    It takes some milliseconds, so it is for after something large, not for every run of a page.
    """
    trim = _glibc("malloc_trim")
    if trim is not None:
        trim(ctypes.c_size_t(0))


@cache
def _glibc(function: str) -> Callable[..., int] | None:
    """Return a function of glibc; musl has neither ``mallopt`` nor ``malloc_trim``."""
    if sys.platform != "linux":
        return None
    try:
        return getattr(ctypes.CDLL(None), function, None)
    except OSError:  # a Python that is one file loads no libraries
        return None
