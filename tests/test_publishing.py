"""What is published of an article: its text where its licence allows, else only what statements quote."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest
from tiny import Tiny

from mapapp.core.edtf import Window
from mapapp.core.licences import allows_text, for_publication
from mapapp.core.model import Atlas
from mapapp.core.view import View
from mapapp.data.load import load
from mapapp.evidence_pack import pack
from mapapp.export import FORMS, write
from mapapp.exported_page import exported_page
from mapapp.figure import draw
from mapapp.ui import drawing, map_component
from mapapp.view_address import default_view
from mapapp.web.cards import article_paragraphs

UNQUOTED = ("Zanzibar opened quietly", "Quillfeather went home")  # words of the article that nothing quotes
QUOTED = "In September 2018, both agreed in Rivertown on a quiet zone."


@pytest.fixture
def folder(tiny: Tiny, tmp_path: Path) -> Path:
    """Return a data folder whose article has a heading and a sentence that no statement quotes."""
    text = tiny.article.decode().replace("Talks on Northland", f"Talks, and {UNQUOTED[0]}")
    tiny.article = f"{text} {UNQUOTED[1]} at noon.".encode()
    tiny.head |= {"title": "A zone in Northland", "author": "Ada Writer"}
    return tiny.write(tmp_path)


def licensed(folder: Path, licence: str) -> Atlas:
    """Return the folder's atlas with the article's licence changed."""
    sources = folder / "data" / "sources.yaml"
    before = sources.read_text("utf-8")
    sources.write_text(re.sub(r"licence: .*", f"licence: {licence}", before, count=1), encoding="utf-8")
    atlas = load(folder)
    assert atlas.source[atlas.articles[0].source].licence == licence
    return atlas


def texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield all texts in a file: as they are, and unpacked from zips, PDFs, Parquet and pages."""
    yield name, data.decode("utf-8", "ignore")
    yield f"{name}, UTF-16", data.decode("utf-16-le", "ignore")
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for part in packed.namelist():
                yield from texts(f"{name}/{part}", packed.read(part))
    elif data.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(data))
        yield f"{name}, text", " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
        for attached, contents in reader.attachments.items():
            for content in contents:
                yield from texts(f"{name}/{attached}", content)
    elif data.startswith(b"PAR1"):
        yield (
            f"{name}, rows",
            pd.read_parquet(io.BytesIO(data)).to_csv(),
        )
    elif name.endswith((".html", ".json", ".jsonld", ".geojson", ".svg", ".kml")):
        plain = data.decode("utf-8")
        yield (
            f"{name}, unescaped",
            unescape(re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), plain)),
        )
        for base64 in re.findall(r"H4sI[A-Za-z0-9+/=]{40,}", plain):
            yield f"{name}, packed", gzip.decompress(b64decode(base64)).decode()


def published(atlas: Atlas, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield everything that can be published of an atlas."""
    view = View(window=Window(*(atlas.articles[0].date,) * 2))
    yield "page.html", exported_page(atlas, default_view(atlas)).encode()
    for form in ("svg", "pdf"):
        yield f"figure.{form}", draw(atlas, view, form, address="?")
    for form in FORMS:
        yield f"data.{form}", write(atlas, view, form, "?")
    yield "pack.zip", pack(atlas, view, folder, address="?")


@pytest.mark.slow
@pytest.mark.parametrize("licence", ["not stated", "CC BY-NC-ND 4.0"])
def test_without_a_licence_that_allows_it_no_output_has_more_than_what_statements_quote(
    folder: Path, licence: str
) -> None:
    atlas = licensed(folder, licence)
    everything = [one for name, data in published(atlas, folder) for one in texts(name, data)]
    assert [name for name, text in everything if any(words in text for words in UNQUOTED)] == []
    assert any(QUOTED in text for _, text in everything)


@pytest.mark.slow
def test_with_such_a_licence_the_page_and_the_pack_have_the_whole_text(folder: Path) -> None:
    atlas = licensed(folder, "CC BY 4.0")
    found = {
        name
        for name, data in published(atlas, folder)
        for name, text in texts(name, data)
        if UNQUOTED[0] in text
    }
    assert {"page.html", "pack.zip/page.html"} <= found


@pytest.mark.parametrize(("licence", "full"), [("not stated", ""), ("not stated", "1"), ("CC BY 4.0", "")])
def test_the_app_has_the_whole_text_if_the_licence_or_its_owner_says_so(
    folder: Path, licence: str, full: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    licensed(folder, licence)
    drawn: list[Atlas] = []
    made = drawing.drawn
    monkeypatch.setattr(drawing, "drawn", lambda atlas: drawn.append(atlas) or made(atlas))
    monkeypatch.setattr(map_component, "draw", lambda *_args: None)
    monkeypatch.setenv("MAPAPP_DATA", str(folder))
    monkeypatch.setenv("MAPAPP_FULL_TEXT", full)
    page = AppTest.from_file(Path(map_component.__file__).with_name("page.py"), default_timeout=60).run()
    assert not page.exception
    text = "".join(article_paragraphs(drawn[0], drawn[0].articles[0]))
    assert (UNQUOTED[0] in text) == bool(full or licence == "CC BY 4.0")
    assert "Clashes went on" in text


def test_what_is_left_out_of_a_text_is_marked_and_the_page_says_why(folder: Path) -> None:
    atlas = for_publication(licensed(folder, "not stated"))
    shown = [re.sub("<[^>]*>", "", str(one)).strip() for one in article_paragraphs(atlas, atlas.articles[0])]
    assert shown[0].startswith("[…] Clashes went on")
    assert shown[-1].startswith("[…] In September 2018") or shown[-2] == "[…]"
    assert shown[-1].endswith("[…]")
    page = exported_page(atlas, default_view(atlas))
    assert "The licence of the text does not allow it to be published whole" in page
    whole = for_publication(licensed(folder, "public domain"))
    assert (
        "The licence of the text does not allow"
        not in exported_page(whole, default_view(whole)).partition("window.mapappAtlas")[0]
    )


@pytest.mark.parametrize(
    "licence",
    [
        *(
            "public domain",
            "Public Domain Mark 1.0",
            "CC0 1.0",
            "cc0",
            "CC BY 4.0",
            "CC-BY-SA-4.0",
            "cc by-sa 3.0",
        ),
        *("CC BY 4.0 International", "OGL-UK-3.0", "Open Government Licence v3.0"),
        *("Reproduced with permission of The Valley", "CC BY 4.0."),
    ],
)
def test_these_licences_allow_the_text_to_be_published(licence: str) -> None:
    assert allows_text(licence)


@pytest.mark.parametrize(
    "licence",
    [
        *(
            "",
            "not stated",
            "unknown",
            "all rights reserved",
            "CC BY-NC 4.0",
            "CC BY-ND 4.0",
            "CC BY-NC-SA 4.0",
        ),
        *("not public domain", "CC BY 9.0", "CC", "facts only; text not reused", "permission asked", "MIT"),
        *("CC BY 4.0 for the photographs only", "public domain in some countries"),
    ],
)
def test_any_other_licence_does_not(licence: str) -> None:
    assert not allows_text(licence)


def test_citations_name_the_real_title_and_author(folder: Path) -> None:
    from mapapp.export.citation import STYLES, cite  # noqa: PLC0415

    atlas = licensed(folder, "not stated")
    for style in STYLES:
        text = cite(atlas, default_view(atlas), style, address="?", accessed=None)
        assert "A zone in Northland" in text
        assert "Ada Writer" in text
