"""Gives memory that is free back to the system.

glibc keeps what a thread has freed, in pieces, for the next threads. A server in which figures, handouts and
packs are made, each in a thread of its own, thus grew from document to document, though nothing was held.
"""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Give free memory back; does nothing where the C library is not glibc.

    It takes some milliseconds, so it is for after something large, not for every run of a page.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:  # musl has none
        trim(0)
