"""Breaks valid files, for the tests of what reads foreign bytes.

The tests make the same few cases each time. This makes many, other ones each time:

    python -m pytest tests/fuzz --hypothesis-profile=fuzz
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from mapapp.errors import DataError, MapappError

if TYPE_CHECKING:
    from collections.abc import Callable

_LONG = settings().max_examples > 100
_PER_CASE = timedelta(seconds=30)  # a hundred times what any takes: only what does not end takes longer
_MOST_EDITS = 4
_SNIPPETS = (
    *(
        b"\0",
        b"\xff",
        b"\xfe\xff",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\r",
        b"\n",
        b"\r\n",
        b"\x1b[31m",
        b"\t",
        b" ",
    ),
    *("\u202e".encode(), "\u2028".encode(), "٣".encode(), "é".encode("latin-1"), b"\xed\xa0\x80", b"\\ud800"),
    *(
        b'"',
        b"'",
        b"`",
        b",",
        b";",
        b"|",
        b":",
        b"- ",
        b"&a ",
        b"*a",
        b"!!python/none ",
        b"? ",
        b"<<: ",
        b"%TAG",
    ),
    *(b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"<!DOCTYPE x>", b"&#0;", b"&x;", b"<x xmlns='y'>"),
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b"(",
        b")",
        b"/",
        b"\\",
        b"[" * 3000,
        b"{a: " * 300,
        b"<x>" * 3000,
        b"(" * 3000,
    ),
    *(b"0", b"-1", b"1e999", b"-0", b"NaN", b"Infinity", b"null", b"true", b"9" * 400, b"9" * 5000, b"0x1F"),
    *(
        b"181",
        b"-91",
        b"9999-12-31",
        b"0000-00-00",
        b"2020-02-30",
        b"2020-13-01",
        b"=1+1",
        b"@SUM",
        b"\0\0\0\0",
    ),
    *(
        b"\xff\xff\xff\xff",
        b"\x7f\xff\xff\xff",
        b"\x80\0\0\0",
        b"PK\3\4",
        b"stream",
        b"endstream",
        b"xref",
        b"obj",
    ),
)


def briefly(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a test with so many cases, the same each time, or with as many as the profile ``fuzz`` says."""
    shared = settings(
        deadline=_PER_CASE,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.function_scoped_fixture,
        ],
    )
    return shared if _LONG else settings(shared, max_examples=examples, derandomize=True, database=None)


class Broken(bytes):
    """Bytes that are shortened where they are shown."""

    def __repr__(self) -> str:
        """Return the length and the first bytes."""
        return f"{len(self)} bytes, {bytes(self[:2000])!r}"


@st.composite
def broken(draw: st.DrawFn, whole: bytes) -> bytes:
    """Return a valid file with one to four faults: bytes changed, put in, left out, repeated or moved."""
    data = whole
    for _ in range(draw(st.integers(1, _MOST_EDITS))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.sampled_from((1, 2, 4, 16, 64, 1000))))
        part = data[at:end]
        kind = draw(st.sampled_from(("flip", "put", "snippet", "over", "cut", "repeat", "move", "end")))
        if kind == "flip":
            part = bytes(byte ^ draw(st.sampled_from((1, 0x20, 0x80, 0xFF))) for byte in part[:4]) + part[4:]
        elif kind == "put":
            part = draw(st.binary(max_size=8)) + part
        elif kind == "snippet":
            part = draw(st.sampled_from(_SNIPPETS)) + part
        elif kind == "over":
            part = draw(st.sampled_from(_SNIPPETS))
        elif kind == "cut":
            part = b""
        elif kind == "repeat":
            part *= draw(st.sampled_from((2, 3, 50)))
        elif kind == "move":
            rest = data[:at] + data[end:]
            to = draw(st.integers(0, len(rest)))
            data = rest[:to] + part + rest[to:]
            continue
        else:
            data = data[:at]
            continue
        data = data[:at] + part + data[end:]
    return Broken(data)


def plain_refusal(error: MapappError) -> None:
    """Check that an error can be shown as it is: not empty, printable, and no longer than it helps."""
    text = str(error)
    assert text.strip()
    assert all(letter.isprintable() or letter == "\n" for letter in text), ascii(text)
    lines = text.split("\n")
    assert all(len(line) < 3000 for line in lines)
    assert len(lines) == 1 or isinstance(error, DataError) or len(lines) < 200
