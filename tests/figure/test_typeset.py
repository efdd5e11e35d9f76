"""What drawing figures keeps in memory."""

from __future__ import annotations

import ctypes

import pytest
import typst
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
def test_typst_keeps_nothing_of_a_page(atlas: Atlas) -> None:
    page, sheet = page_of(atlas, DAY, pages=True), map_of(atlas, DAY).sheet
    svg = sheet.svg(Description("", "", "", "en"), "?", "page").decode()
    set_pdf(page, svg)  # the first page loads the fonts
    for _ in range(20):
        typst.compile(b"", format="svg")
    before = _in_use()
    for _ in range(5):
        set_pdf(page, svg)
    assert _in_use() - before < 3e6  # a page takes 20 MB


def test_texts_of_views_drawn_long_ago_are_not_kept() -> None:
    for number in range(5000):
        outline(f"{number}")
    assert all(kept.cache_info().currsize < 5000 for kept in (clean, _shaped, outline))
