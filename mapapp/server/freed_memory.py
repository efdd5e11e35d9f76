"""Gives memory that is free back to the system.

glibc keeps what a thread has freed, in pieces, for the next threads. A server in which figures, handouts and
packs are made, each in a thread of its own, grew from document to document, though it held none of them.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def give_back() -> None:
    """Give free memory back; does nothing where the C library is not glibc.

    It takes some milliseconds, so it is for after something large, not for every run of a page.
    """
    if (trim := _malloc_trim()) is not None:
        trim(0)


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    """Return the function of the C library; ``None`` if it has none."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # a Python without shared libraries; musl
            trim = ctypes.CDLL(None).malloc_trim
            trim.argtypes = [ctypes.c_size_t]
            return trim
    return None
