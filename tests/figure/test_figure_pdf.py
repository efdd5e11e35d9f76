"""The PDF: what its structure says to a screen reader, an archive and a program."""

from __future__ import annotations

import io
import re
import unicodedata
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
from renderers import boxes_of, run, text_of

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


@pytest.mark.parametrize(("query", "size"), [(DAY, "half-page"), (f"{DAY}&language=tr", "slide")])
def test_no_line_ends_between_a_number_and_its_unit(
    atlas: Atlas, tmp_path: Path, query: str, size: str
) -> None:
    (tmp_path / "figure.pdf").write_bytes(figure(atlas, query, "pdf", size))
    said = run(["pdftotext", "-raw", "figure.pdf", "-"], tmp_path).decode()
    assert len(re.findall(r"\d km\b", said)) > 20
    assert re.findall(r".*\d\nkm\b.*", said) == []


def test_it_is_tagged_has_a_language_and_shows_its_title(pdf: bytes) -> None:
    root: Any = reader(pdf).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    metadata = reader(pdf).metadata
    assert metadata is not None
    assert metadata.title == "Idlib, 19 February 2020: what one article says and who held what"


def test_it_declares_pdf_ua_1_and_pdf_a_3a(pdf: bytes) -> None:
    root: Any = reader(pdf).trailer["/Root"]
    packet = root["/Metadata"].get_data().decode("utf-8-sig")
    ET.fromstring(re.sub(r"<\?xpacket.*?\?>", "", packet))  # noqa: S314 - our own: it is well-formed
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert "<pdfaid:part>3</pdfaid:part>" in packet
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in packet


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
    assert files == {
        f"idlib-2020-02-19.{form}": write(atlas, view, form, OPEN) for form in ("csv", "geojson")
    }  # type: ignore[arg-type]
    root: Any = reader(pdf).trailer["/Root"]
    specs = [spec.get_object() for spec in root["/AF"]]
    assert {spec["/AFRelationship"] for spec in specs} == {"/Data"}
    kinds = {spec["/F"]: spec["/EF"]["/F"].get_object()["/Subtype"] for spec in specs}
    assert kinds == {
        "idlib-2020-02-19.csv": "/text/csv",
        "idlib-2020-02-19.geojson": "/application/geo+json",
    }


def test_fonts_are_embedded(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "figure.pdf").write_bytes(pdf)
    rows = run(["pdffonts", "figure.pdf"], tmp_path).decode().splitlines()[2:]
    assert rows
    assert all("IBMPlexSans" in row for row in rows)
    assert all(
        row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows
    )  # embedded, a subset, with letters


def test_its_text_comes_in_sentences_and_in_order(pdf: bytes, atlas: Atlas, tmp_path: Path) -> None:
    notes = Notes(atlas, view_of(atlas, DAY))
    said = whole_text(pdf, notes.headline, tmp_path)
    before, _, after = said.partition(bare("Every statement in full"))
    starts = [
        bare(text) for text in ("Idlib, 19 February 2020:", "25 of the article's", "What the article says")
    ]
    assert sorted(starts, key=before.index) == starts
    at = 0
    for event, _ in notes.selection.events:
        item = notes.statement(event)
        quote = item.quote.text if item.quote else ""
        at = after.index(bare(item.number + "".join(part.text for part in item.parts) + quote), at)
    for heading in (
        "Background, not from the article",
        "How sure each mark is",
        "Sources and their licences",
    ):
        at = after.index(bare(heading), at)


def whole_text(pdf: bytes, title: str, folder: Path) -> str:
    """Return the text of a PDF without the feet of its pages and without spaces."""
    foot = rf"{re.escape(bare(title))}Page\d+of{len(reader(pdf).pages)}"
    return re.sub(foot, "", bare(text_of(pdf, folder)))


def bare(text: str) -> str:
    """Return text without spaces and signs of direction."""
    return re.sub(r"[\s\u2066-\u2069]", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize(
    ("query", "size"),
    [(query, size) for query in (DAY, STORY) for size in SIZES],
)
def test_the_map_is_on_one_page_and_nothing_is_lost(
    atlas: Atlas, tmp_path: Path, query: str, size: str
) -> None:
    pdf = figure(atlas, query, "pdf", size)
    first = reader(pdf).pages[0]
    page = SIZES[size]
    sides = (float(first.mediabox.width), float(first.mediabox.height))
    assert sides == pytest.approx((page.wide / 25.4 * 72, page.high / 25.4 * 72), abs=0.1)
    data = page_of(atlas, query, size)
    said = whole_text(pdf, data["title"], tmp_path)
    for section in data["sections"]:
        for item in section["items"]:
            texts = [part["text"] for part in item["parts"]] + [(item["quote"] or {"text": ""})["text"]]
            assert [text for text in texts if bare(text) not in said] == []
    assert f"Page 2 of {len(reader(pdf).pages)}" in text_of(pdf, tmp_path)


@pytest.mark.parametrize(
    ("query", "size"),
    [(query, size) for query in (DAY, STORY) for size in SIZES],
)
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
    article = atlas.articles[0]
    said = quotation(article, first)
    exact = said.pieces[0]
    arabic = "شهدت محافظة إدلب في سوريا 12 اشتباكا بين الجيش ومسلحين"
    words = (arabic + " " * len(exact))[: len(exact)]
    text = article.text.replace(exact, words)
    source = replace(atlas.source[article.source], title="تقرير عن إدلب")
    sources = tuple(source if one.id == source.id else one for one in atlas.sources)
    return replace(atlas, articles=(replace(article, text=text),), sources=sources), first, arabic


def test_arabic_in_title_and_quotation_is_read_in_its_own_order(atlas: Atlas, tmp_path: Path) -> None:
    changed, _, arabic = in_arabic(atlas)
    assert arabic in quotation(changed.articles[0], atlas.events[0]).text
    pdf = figure(changed, DAY, "pdf")
    said = arabic_words(pdf, tmp_path)
    assert consecutive("تقرير عن إدلب", said)
    assert consecutive("شهدت محافظة إدلب في سوريا", said)
    assert consecutive("اشتباكا بين الجيش ومسلحين", said)


def test_a_number_in_arabic_stands_between_the_words_it_stands_between(atlas: Atlas, tmp_path: Path) -> None:
    changed, _, _ = in_arabic(atlas)
    (tmp_path / "figure.pdf").write_bytes(figure(changed, DAY, "pdf"))
    run(["qpdf", "figure.pdf", "--pages", ".", "2", "--", "second.pdf"], tmp_path)
    words = boxes_of((tmp_path / "second.pdf").read_bytes(), "pdf", tmp_path)
    before, after = (
        next(word for word in words if letters(word.text) == letters(text)) for text in ("سوريا", "اشتباكا")
    )
    (number,) = (word for word in words if word.text == "12" and abs(word.foot - before.foot) < 1)
    assert after.right < number.left < number.right < before.left


def arabic_words(pdf: bytes, folder: Path) -> list[str]:
    """Return the letters of each Arabic word, sorted: poppler turns around letters that share a glyph."""
    (folder / "figure.pdf").write_bytes(pdf)
    text = unicodedata.normalize("NFKC", run(["pdftotext", "figure.pdf", "-"], folder).decode())
    return [letters(word) for word in re.findall("[\u0600-\u06ff]+", re.sub("[\u202a-\u202e]", "", text))]


def letters(word: str) -> str:
    return "".join(sorted(filter(str.isalpha, word)))


def consecutive(text: str, words: list[str]) -> bool:
    """Return whether the words of a text follow one another."""
    wanted = [letters(word) for word in text.split()]
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words)))


def test_arabic_names_are_read_as_one_searches_for_them(atlas: Atlas, tmp_path: Path) -> None:
    query = f"{STORY}&lang=ar"
    said = arabic_words(figure(atlas, query, "pdf"), tmp_path)
    assert all(consecutive(name, said) for name in ("إدلب", "سراقب", "معرة النعمان", "خان شيخون"))
    svg = figure(atlas, query, "svg").decode()
    assert ">سراقب<" in svg
    assert ">معرة النعمان<" in svg


def test_arabic_is_marked_as_such_for_screen_readers(atlas: Atlas) -> None:
    changed, _, _ = in_arabic(atlas)
    pdf = figure(changed, DAY, "pdf")
    marked = {tag.get("/Lang") for tag in tags_of(pdf, "/Span", "/P", "/Div", "/BlockQuote")}
    content = b"".join(page.get_contents().get_data() for page in reader(pdf).pages)  # type: ignore[union-attr]
    assert "ar" in marked or re.search(rb"/Lang ?\(ar", content)


OWN = Extras(title="Our title <&>", subtitle="Our #subtitle $x$", credit="The *desk*")


def test_what_its_maker_puts_on_it_is_there(atlas: Atlas, tmp_path: Path) -> None:
    pdf = figure(atlas, DAY, "pdf", "a4", extras=OWN)
    said = text_of(pdf, tmp_path)
    assert said.startswith("Our title <&> Our #subtitle $x$")
    metadata = reader(pdf).metadata
    assert metadata is not None
    assert (metadata.title, metadata.author) == ("Our title <&>", "The *desk*")
    assert "what one article says and who held what" not in said


def test_who_made_it_is_printed(atlas: Atlas, tmp_path: Path) -> None:
    assert "The *desk*" in text_of(figure(atlas, DAY, "pdf", "a4", extras=OWN), tmp_path)


def test_a_long_title_takes_lines_and_pushes_the_map_down(atlas: Atlas) -> None:
    extras = Extras(title="A title of many words " * 7)
    file = reader(figure(atlas, DAY, "pdf", "a4", extras=extras))
    assert len(file.pages) == len(reader(figure(atlas, DAY, "pdf", "a4")).pages)
