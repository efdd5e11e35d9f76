"""The PDF: what its structure says to a screen reader, an archive and a program."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from figures import DAY, STORY, figure, page_of, view_of
from pypdf import PdfReader
from pypdf.generic import Destination
from renderers import run, text_of

from mapapp.core.model import Atlas, Event
from mapapp.export import write
from mapapp.figure.extras import Extras
from mapapp.figure.notes import Notes
from mapapp.figure.sizes import SIZES
from mapapp.text.quotation import quotation

pytestmark = pytest.mark.slow
OPEN = f"https://example.org/map?{DAY}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


@pytest.fixture(scope="module")
def pdf(atlas: Atlas) -> bytes:
    """Return the figure of the article's day."""
    return figure(atlas, DAY, "pdf", address=OPEN)


def tags(node: Any) -> Iterator[Any]:
    """Yield the elements of a PDF's structure in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from tags(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from tags(node["/K"])


def tags_of(pdf: bytes, *kinds: str) -> list[Any]:
    root: Any = reader(pdf).trailer["/Root"]
    return [tag for tag in tags(root["/StructTreeRoot"]) if tag["/S"] in kinds]


def test_it_is_tagged_has_a_language_and_shows_its_title(pdf: bytes) -> None:
    root: Any = reader(pdf).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] is True
    metadata = reader(pdf).metadata
    assert metadata is not None
    assert metadata.title == "Idlib, 19 February 2020: what one article says and who held what"


def test_it_declares_pdf_ua_1_and_pdf_a_3a(pdf: bytes) -> None:
    root: Any = reader(pdf).trailer["/Root"]
    packet = root["/Metadata"].get_data().decode("utf-8-sig")
    said = {
        node.tag.rpartition("}")[2]: node.text
        for node in ET.fromstring(re.sub(r"<\?xpacket.*?\?>", "", packet)).iter()  # noqa: S314 - our own
        if "pdfaid" in node.tag or "pdfa/ns/id" in node.tag or "pdfua/ns/id" in node.tag
    }
    assert said == {"part": "1", "conformance": "A"} or (said["part"], said["conformance"]) == ("3", "A")
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", packet)
    assert re.search(r"<pdfaid:part>3</pdfaid:part>", packet)


def test_programs_that_check_pdfs_find_nothing(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "figure.pdf").write_bytes(pdf)
    assert re.search(rb"Tagged: +yes", run(["pdfinfo", "figure.pdf"], tmp_path))
    assert b"No syntax or stream encoding errors" in run(["qpdf", "--check", "figure.pdf"], tmp_path)
    done = run(["mutool", "draw", "-q", "-F", "text", "-o", "text.txt", "figure.pdf"], tmp_path)
    assert done == b""
    assert b"rror" not in run(["mutool", "info", "figure.pdf"], tmp_path).split(b"Pages:")[1]
    assert (tmp_path / "text.txt").stat().st_size > 10_000


def test_headings_come_in_order_below_one_title(pdf: bytes, atlas: Atlas) -> None:
    headings = [(tag["/S"], tag.get("/T")) for tag in tags_of(pdf, "/H1", "/H2", "/H3")]
    assert headings == [
        ("/H1", "Idlib, 19 February 2020: what one article says and who held what"),
        ("/H2", "What the article says"),
        *(("/H2", section["title"]) for section in page_of(atlas, DAY, address=OPEN)["sections"]),
    ]
    assert len(headings) == 7


def test_bookmarks_lead_to_the_headings(pdf: bytes) -> None:
    file = reader(pdf)
    outline: Any = file.outline
    (title, below) = outline
    assert isinstance(title, Destination)
    assert [mark.title for mark in below] == [tag.get("/T") for tag in tags_of(pdf, "/H2")]
    pages = [file.get_destination_page_number(mark) for mark in (title, *below)]
    assert pages == sorted(pages)  # type: ignore[type-var]
    assert pages[0] == 0
    assert (pages[-1] or 0) > 1


def test_the_map_and_the_code_are_figures_with_alternative_text(pdf: bytes, atlas: Atlas) -> None:
    drawn, code = tags_of(pdf, "/Figure")
    assert code["/Alt"] == "QR code of the address of this view"
    assert drawn["/Alt"] == page_of(atlas, DAY)["alt"]
    for event in Notes(atlas, view_of(atlas, DAY)).numbers:
        assert atlas.event[event].title in drawn["/Alt"]


def test_a_figure_without_a_public_address_has_one_figure(atlas: Atlas) -> None:
    assert len(tags_of(figure(atlas, DAY, "pdf"), "/Figure")) == 1


def test_every_source_with_an_address_is_linked(pdf: bytes, atlas: Atlas) -> None:
    links = [
        note.get_object()["/A"]["/URI"] for page in reader(pdf).pages for note in page.get("/Annots", [])
    ]
    notes = Notes(atlas, view_of(atlas, DAY))
    wanted = {atlas.source[item].url for item in notes.source_numbers} - {None}
    assert len(wanted) > 20
    assert wanted <= {*links}
    assert {*links} - wanted == {OPEN}
    assert tags_of(pdf, "/Link")


def test_a_private_address_is_not_linked(atlas: Atlas) -> None:
    file = reader(figure(atlas, DAY, "pdf", address=f"http://localhost:8501/?{DAY}"))
    links = [note.get_object()["/A"]["/URI"] for page in file.pages for note in page.get("/Annots", [])]
    assert links
    assert not any("localhost" in link for link in links)


def test_the_data_of_the_view_is_attached(pdf: bytes, atlas: Atlas) -> None:
    files = {name: content for name, (content,) in reader(pdf).attachments.items()}
    view = view_of(atlas, DAY)
    assert files == {f"view.{form}": write(atlas, view, form, OPEN) for form in ("csv", "geojson")}  # type: ignore[arg-type]
    root: Any = reader(pdf).trailer["/Root"]
    specs = [spec.get_object() for spec in root["/AF"]]
    assert {spec["/AFRelationship"] for spec in specs} == {"/Data"}
    kinds = {spec["/F"]: spec["/EF"]["/F"].get_object()["/Subtype"] for spec in specs}
    assert kinds == {"view.csv": "/text/csv", "view.geojson": "/application/geo+json"}


def test_fonts_are_embedded(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "figure.pdf").write_bytes(pdf)
    rows = run(["pdffonts", "figure.pdf"], tmp_path).decode().splitlines()[2:]
    assert rows
    assert all("IBMPlexSans" in row for row in rows)
    assert all(
        row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows
    )  # embedded, a subset, with letters


def test_its_text_comes_in_sentences_and_in_order(pdf: bytes, atlas: Atlas, tmp_path: Path) -> None:
    said = text_of(pdf, tmp_path)
    notes = Notes(atlas, view_of(atlas, DAY))
    after = said[said.index("Every note in full") :]
    at = 0
    for event, _ in notes.selection.events:
        at = after.index(f"{notes.numbers[event.id]} {event.title}. {notes.said(event)}.", at)
        at = after.index(squeezed(quotation(atlas.article, event).text), at)
    for heading in (
        "Background, not from the article",
        "How sure each mark is",
        "Sources and their licences",
    ):
        at = after.index(heading, at)
    assert (
        said.index("Idlib, 19 February 2020:")
        < said.index("25 of the article's")
        < said.index("What the article says")
    )


def squeezed(text: str) -> str:
    """Return text with one space wherever it has some."""
    return " ".join(text.split())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("query", [DAY, STORY])
def test_the_map_is_on_one_page_and_nothing_is_lost(
    atlas: Atlas, tmp_path: Path, size: str, query: str
) -> None:
    pdf = figure(atlas, query, "pdf", size)
    said = text_of(pdf, tmp_path)
    first = PdfReader(io.BytesIO(pdf)).pages[0]
    page = SIZES[size]
    sides = (float(first.mediabox.width), float(first.mediabox.height))
    assert sides == pytest.approx((page.wide / 25.4 * 72, page.high / 25.4 * 72), abs=0.1)
    data = page_of(atlas, query, size)
    for section in data["sections"]:
        for item in section["items"]:
            for part in item["parts"]:
                assert bare(part["text"]) in bare(said)
    assert f"Page 2 of {len(reader(pdf).pages)}" in said


def bare(text: str) -> str:
    """Return text without spaces and signs of direction."""
    return re.sub(r"[\s\u2066-\u2069]", "", text)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("query", [DAY, STORY])
def test_title_and_lead_lie_above_the_map(atlas: Atlas, tmp_path: Path, size: str, query: str) -> None:
    data = page_of(atlas, query, size)
    (tmp_path / "figure.pdf").write_bytes(figure(atlas, query, "pdf", size))
    area = [
        "-x",
        "0",
        "-y",
        "0",
        "-W",
        "2000",
        "-H",
        str(round((SIZES[size].margin + data["head"]) / 25.4 * 72)),
    ]
    above = run(["pdftotext", "-l", "1", "-nopgbrk", *area, "figure.pdf", "-"], tmp_path).decode().split()
    wanted = f"{data['title']} {data['lead']}".split()
    assert not Counter(wanted) - Counter(above)


@pytest.mark.parametrize("size", ["a4", "square"])
@pytest.mark.parametrize("form", ["pdf", "png"])
def test_only_the_map_is_a_page_of_its_size(atlas: Atlas, size: str, form: str, tmp_path: Path) -> None:
    data = figure(atlas, DAY, form, size, map_only=True)
    side = page_of(atlas, DAY, size)["map"]
    if form == "png":
        (wide, high) = (int.from_bytes(data[at : at + 4]) for at in (16, 20))
        assert (wide, high) == pytest.approx((side["wide"] / 25.4 * 100, side["high"] / 25.4 * 100), abs=1.5)
        return
    (page,) = reader(data).pages
    assert float(page.mediabox.width) == pytest.approx(side["wide"] / 25.4 * 72, abs=0.1)
    assert "What the article says" not in text_of(data, tmp_path)
    assert tags_of(data, "/Figure")


def in_arabic(atlas: Atlas) -> tuple[Atlas, Event, str]:
    """Return an atlas whose article has an Arabic title and, for its first statement, Arabic words."""
    first = atlas.events[0]
    said = quotation(atlas.article, first)
    exact = said.pieces[0]
    arabic = "شهدت محافظة إدلب في سوريا 12 اشتباكا بين الجيش ومسلحين"
    words = (arabic + " " * len(exact))[: len(exact)]
    text = atlas.article.text.replace(exact, words)
    source = replace(atlas.source[atlas.article.source], title="تقرير عن إدلب")
    sources = tuple(source if one.id == source.id else one for one in atlas.sources)
    return replace(atlas, article=replace(atlas.article, text=text), sources=sources), first, arabic


def test_arabic_in_title_and_quotation_is_read_in_its_own_order(atlas: Atlas, tmp_path: Path) -> None:
    changed, event, arabic = in_arabic(atlas)
    assert arabic in quotation(changed.article, event).text
    pdf = figure(changed, DAY, "pdf")
    said = text_of(pdf, tmp_path)
    assert "تقرير عن إدلب" in said
    assert "شهدت محافظة إدلب" in said
    assert "12 اشتباكا" in said
    spans = [tag.get("/Lang") for tag in tags_of(pdf, "/Span", "/P", "/Div")]
    assert "ar" in spans


def test_arabic_names_are_read_as_one_searches_for_them(atlas: Atlas, tmp_path: Path) -> None:
    query = f"{STORY}&lang=ar"
    said = text_of(figure(atlas, query, "pdf"), tmp_path)
    assert "إدلب" in said
    assert "سراقب" in said
    assert "معرة النعمان" in said
    svg = figure(atlas, query, "svg").decode()
    assert ">سراقب<" in svg


def test_what_its_maker_puts_on_it_is_there(atlas: Atlas, tmp_path: Path) -> None:
    extras = Extras(title="Our title <&>", subtitle="Our #subtitle $x$", credit="The *desk*")
    pdf = figure(atlas, DAY, "pdf", "a4", extras=extras)
    said = text_of(pdf, tmp_path)
    assert said.startswith("Our title <&> Our #subtitle $x$")
    assert "The *desk*" in said
    metadata = reader(pdf).metadata
    assert metadata is not None
    assert (metadata.title, metadata.author) == ("Our title <&>", "The *desk*")
    assert "what one article says and who held what" not in said


def test_a_long_title_takes_lines_and_pushes_the_map_down(atlas: Atlas) -> None:
    extras = Extras(title="A title of many words " * 12)
    file = reader(figure(atlas, DAY, "pdf", "a4", extras=extras))
    assert len(file.pages) == len(reader(figure(atlas, DAY, "pdf", "a4")).pages)
