"""Reading the view from a file: any file may be dropped, and none crashes the page or the machine."""

from __future__ import annotations

import struct
import tomllib
import tracemalloc
import zlib
from importlib.resources import files

import pytest
from figures import STORY, figure
from hypothesis import given
from hypothesis import strategies as st

from mapapp.core.model import Atlas
from mapapp.figure import draw, read_view
from mapapp.view_address import address_of, read_address

MB = 1_000_000
PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes, length: int | None = None) -> bytes:
    """Return a chunk of a PNG; ``length`` is what it says of itself, where that is a lie."""
    told = len(body) if length is None else length
    return struct.pack(">I", told) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def pdf(keywords: bytes) -> bytes:
    return b"%PDF-1.4 /Keywords (" + keywords + b")"


def svg(identifier: str) -> bytes:
    return f"<svg><dc:identifier>{identifier}</dc:identifier></svg>".encode()


PIECES = st.sampled_from(
    [
        *(b"/Keywords", b"(", b")", b"\\", b"\\8", b"\\377", b"\\777", b"\\\r\n", b"\xfe\xff", b"\xd8\x00"),
        *(b"<dc:identifier>", b"</dc:identifier>", b"&amp;", b"&#0;", b"&#xD800;", b"&x;", b"mapapp-view: "),
        *(b"tEXt", b"iTXt", b"\0", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\0\0\0\x0c", b"http://[x/?first=1"),
        b"mapapp-view\0",
    ]
)
BYTES = st.lists(st.binary(max_size=30) | PIECES, max_size=30).map(b"".join)


@given(st.sampled_from([PNG, b"%PDF-1.4 ", b"<svg>", b""]), BYTES)
def test_any_file_is_read_without_an_error(head: bytes, body: bytes) -> None:
    found = read_view(head + body)
    assert found is None or isinstance(found, str)


@given(BYTES)
def test_any_text_in_its_place_is_read_without_an_error(body: bytes) -> None:
    for data in (
        pdf(b"mapapp-view: " + body),
        pdf(b"\xfe\xff" + body),
        PNG + chunk(b"tEXt", b"mapapp-view\0" + body),
        PNG + chunk(b"iTXt", b"mapapp-view\0" + body),
        b"<dc:identifier>mapapp-view: " + body + b"</dc:identifier>",
    ):
        found = read_view(data)
        assert found is None or isinstance(found, str)


@given(BYTES, st.integers(0, 2**32 - 1))
def test_a_chunk_with_a_wrong_length_is_read_without_an_error(body: bytes, length: int) -> None:
    data = PNG + chunk(b"iTXt", body, length) + chunk(b"tEXt", b"mapapp-view\0?first=2018-09-01")
    found = read_view(data)
    assert found is None or isinstance(found, str)


@pytest.mark.parametrize(
    ("keywords", "address"),
    [
        (rb"mapapp-view: \8", "8"),
        (rb"mapapp-view: \9\1\12\101\1018", "9\x01\nAA8"),
        (rb"mapapp-view: \777", "\xff"),
        (rb"mapapp-view: a\(b\)\\c", r"a(b)\c"),
        (b"mapapp-view: a\\\nb\\\r\nc\\\rd", "abcd"),
        (rb"mapapp-view: \q", "q"),
        (rb"mapapp-view: \\8", r"\8"),
    ],
)
def test_escapes_in_a_pdf_are_read_as_the_standard_says(keywords: bytes, address: str) -> None:
    assert read_view(pdf(keywords)) == address


def test_other_keywords_before_ours_do_not_hide_them() -> None:
    assert read_view(pdf(b"news, maps") + pdf(b"mapapp-view: ?first=2018-09-01")) == "?first=2018-09-01"


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + svg("mapapp-view: &b;")
    assert read_view(bomb) == "&b;"


def test_a_compressed_text_is_not_unpacked() -> None:
    body = b"mapapp-view\0\1\0\0\0" + zlib.compress(b"?first=" + b"1" * 50 * MB)
    assert read_view(PNG + chunk(b"iTXt", body)) is None


ENORMOUS = {
    "one string": pdf(b"a" * 20 * MB),
    "a string that is not closed": b"%PDF /Keywords (" + b"a" * 20 * MB,
    "escapes": pdf(b"\\1" * (10 * MB)),
    "backslashes": b"%PDF /Keywords (" + b"\\" * 20 * MB,
    "strings without end": b"%PDF" + b"/Keywords (" * (2 * MB),
    "spaces": b"%PDF /Keywords" + b" " * 20 * MB,
    "an identifier": svg("mapapp-view: " + "a" * 20 * MB),
    "identifiers without end": b"<dc:identifier>" * MB,
    "entities": svg("mapapp-view: " + "&amp;" * 4 * MB),
    "a text": PNG + chunk(b"tEXt", b"mapapp-view\0" + b"a" * 20 * MB),
    "a text in another script": PNG + chunk(b"iTXt", b"mapapp-view\0\0\0\0\0" + "ب".encode() * 10 * MB),
    "chunks": PNG + chunk(b"tEXt", b"") * MB,
    "nothing": b"\0" * 20 * MB,
}


@pytest.mark.parametrize("data", ENORMOUS.values(), ids=ENORMOUS)
def test_an_enormous_file_takes_little_memory(data: bytes) -> None:
    tracemalloc.start()
    try:
        read_view(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10 * MB


ADDRESSES = {
    "a query": "?first=2018-09-01&last=2018-09-30",
    "markup": r"https://example.org/a\c/map?said_by=a&selected=<x>&camera=1,2,3'\"&amp;",
    "brackets": "https://example.org/a(b)/map?first=2018-09-01",
    "another script": "https://example.org/карта?first=2018-09-01",
    "none": "",
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "kind"),
    [(form, kind) for form in ("svg", "pdf", "png") for kind in ADDRESSES],
)
def test_the_exact_address_can_be_read_from_a_figure(atlas: Atlas, form: str, kind: str) -> None:
    address = ADDRESSES[kind]
    assert read_view(figure(atlas, STORY, form, "half-page", address=address)) == address


@pytest.mark.parametrize(
    "data",
    [b"", b"junk", b"%PDF-1.4 /Keywords (other)", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt", b"<svg/>"],
)
def test_a_file_that_is_not_a_figure_has_no_address(data: bytes) -> None:
    assert read_view(data) is None


@pytest.mark.slow
@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_the_largest_figure_can_be_reopened(atlas: Atlas, form: str) -> None:
    view, _ = read_address({"first": "2017-01-01", "last": "2020-12-31", "as_of": "all"}, atlas)
    address = address_of(view, atlas, "https://maps.example.org/idlib/")
    data = draw(atlas, view, form, size="a4", dpi=600, address=address)  # type: ignore[arg-type]
    assert read_view(data) == address
    settings = tomllib.loads((files("mapapp") / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert len(data) < settings["server"]["maxUploadSize"] * MB * 0.7  # the rest is for other data
