"""Keeps what the C library holds of freed memory small.

glibc keeps what a thread has freed, in pieces and in arenas that few threads share, for the threads to come.
A server in which figures, handouts and packs are made, each in a thread of its own, thus grew from document
to document, though nothing was held.
"""

from __future__ import annotations

import ctypes
import os
import sys

_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h
_ARENAS = 2  # Python runs one thread at a time; the second is for what is drawn or read without its lock


def share_arenas() -> None:
    """Have all threads to come share two arenas, unless ``MALLOC_ARENA_MAX`` says how many.

    glibc would make eight for each processor. Does nothing where the C library is not glibc.
    """
    options = _glibc("mallopt")
    if options is not None and not os.environ.get("MALLOC_ARENA_MAX"):
        options(_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Give free memory back; does nothing where the C library is not glibc.

    It takes some milliseconds, so it is for after something large, not for every run of a page.
    """
    trim = _glibc("malloc_trim")
    if trim is not None:
        trim(0)


def _glibc(function: str) -> ctypes._NamedFuncPointer | None:
    """Return a function of glibc; musl has ``mallopt`` and ``malloc_trim`` neither."""
    return getattr(ctypes.CDLL(None), function, None) if sys.platform == "linux" else None
