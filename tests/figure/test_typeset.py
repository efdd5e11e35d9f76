"""What drawing figures keeps in memory."""

from __future__ import annotations

import ctypes

import pytest
from figures import DAY, map_of, page_of

from mapapp.core.model import Atlas
from mapapp.figure.fonts import _shaped, clean, outline
from mapapp.figure.sheet import Description
from mapapp.figure.typeset import set_pdf

_LIBC = ctypes.CDLL(None)
_SIZES = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"


class _Memory(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_size_t) for name in _SIZES.split())


def _in_use() -> int:
    """Return the bytes that are allocated and not freed in this process."""
    _LIBC.mallinfo2.restype = _Memory
    memory = _LIBC.mallinfo2()
    return int(memory.uordblks + memory.hblkhd)


@pytest.mark.skipif(not hasattr(_LIBC, "mallinfo2"), reason="needs glibc")
def test_typst_keeps_nothing_of_the_pages_before_the_last(atlas: Atlas) -> None:
    page, sheet = page_of(atlas, DAY, pages=True), map_of(atlas, DAY).sheet
    svg = sheet.svg(Description("", "", "", "en"), "?", "page").decode()
    used = []
    for _ in range(8):
        set_pdf(page, svg)
        used.append(_in_use())
    assert used[-1] - used[2] < 1e6  # one page takes 20 MB


def test_texts_of_views_drawn_long_ago_are_not_kept() -> None:
    for number in range(5000):
        outline(f"{number}")
    assert all(kept.cache_info().currsize < 5000 for kept in (clean, _shaped, outline))
