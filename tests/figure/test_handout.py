"""The handout of a story: a page for each step, rendered by programs that did not make it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination
from renderers import difference, picture_of, run
from tiny import Tiny
from two_articles import two_articles

from mapapp.cli.main import main
from mapapp.core.model import Atlas, OwnStep
from mapapp.core.names import Names
from mapapp.core.story import steps
from mapapp.data.load import load
from mapapp.figure.extras import Extras
from mapapp.figure.figure_errors import FigureError
from mapapp.figure.handout import handout
from mapapp.figure.read_view import read_view
from mapapp.figure.sizes import HANDOUT_SIZES
from mapapp.text.quotation import quotation
from mapapp.view_address import default_view

pytestmark = pytest.mark.slow
HERE = "https://example.org/map"


def made(atlas: Atlas, **options: Any) -> bytes:
    """Return the handout of an atlas."""
    return handout(atlas, default_view(atlas), address=HERE, **options)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Return the small atlas."""
    return load(Tiny().write(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="module")
def pdf(small: Atlas) -> bytes:
    """Return its handout."""
    return made(small)


def pages_of(pdf: bytes, folder: Path) -> list[str]:
    """Return the text of each page, by poppler, on one line."""
    (folder / "handout.pdf").write_bytes(pdf)
    text = run(["pdftotext", "-layout", "handout.pdf", "-"], folder).decode()
    return [" ".join(page.split()) for page in text.split("\f")][:-1]


def plain(pdf: bytes, folder: Path) -> list[str]:
    """Return the text of each page in the order of its content, by MuPDF, on one line."""
    (folder / "handout.pdf").write_bytes(pdf)
    text = run(["mutool", "draw", "-q", "-F", "txt", "handout.pdf"], folder).decode()
    return [" ".join(page.split()) for page in text.split("\f")]


def bookmarks(pdf: bytes) -> list[str]:
    """Return the titles of the bookmarks on the first level, in order."""
    return [str(one.title) for one in PdfReader(io.BytesIO(pdf)).outline if isinstance(one, Destination)]


@pytest.mark.parametrize("size", HANDOUT_SIZES)
def test_each_step_has_a_page_of_its_own(small: Atlas, tmp_path: Path, size: str) -> None:
    pages = pages_of(made(small, size=size), tmp_path)
    story = steps(small)
    for step, page in zip(story, pages, strict=False):
        assert f"Step {step.number} of {len(story)}" in page
    assert "Sources and their licences" in pages[len(story)]
    assert f"Page 1 of {len(pages)}" in pages[0]


def test_a_page_quotes_the_article_and_says_whose_words_they_are_when_and_how_sure(
    small: Atlas, pdf: bytes, tmp_path: Path
) -> None:
    for step, page in zip(steps(small), plain(pdf, tmp_path), strict=False):
        event = small.event[step.shown or ""]
        assert f"{event.number} {event.title}" in page
        assert quotation(small.article[event.article], event).text in page
    claimed = plain(pdf, tmp_path)[1]
    assert "South says, as quoted by Gazette. 19 February 2020." in claimed
    assert "How sure each mark is" in claimed
    assert "Accurate to about 2 km; confidence: medium." in claimed
    assert f"This view: {HERE}?step=2" in claimed


def test_the_sources_cited_are_numbered_once_for_all_pages(pdf: bytes, tmp_path: Path) -> None:
    pages = plain(pdf, tmp_path)
    assert "1 The article. P, 2020." in pages[6]
    assert "2 The map. P, 2020." in pages[6]
    assert all("[2]" in page for page in pages[:6])


def test_the_map_of_a_step_has_the_number_of_its_statement_alone(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "handout.pdf").write_bytes(pdf)
    box = ["-x", "0", "-y", "60", "-W", "560", "-H", "480"]  # the map on the page, in points
    text = run(["pdftotext", "-f", "6", "-l", "6", *box, "handout.pdf", "-"], tmp_path).decode()
    assert "6" in text.split()
    assert not {"4", "4, 6", "1–6", "2", "3", "5"} & {line.strip() for line in text.splitlines()}


def test_it_is_tagged_has_bookmarks_and_declares_its_standards(
    small: Atlas, pdf: bytes, tmp_path: Path
) -> None:
    titles = [f"{event.number} {event.title}" for event in small.events]
    assert bookmarks(pdf) == [*titles, "Sources, and about this handout"]
    root: Any = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    (tmp_path / "handout.pdf").write_bytes(pdf)
    run(["qpdf", "--check", "handout.pdf"], tmp_path)
    assert read_view(pdf) == f"{HERE}?step=1"


def test_two_renderers_show_the_same_pages(pdf: bytes, tmp_path: Path) -> None:
    one, other = (picture_of(pdf, "pdf", tmp_path, renderer) for renderer in ("pdftoppm", "mutool"))
    assert difference(one, other) < 12
    assert one.std() > 10  # there is something on the page


def test_the_same_data_gives_the_same_bytes(small: Atlas, pdf: bytes) -> None:
    assert made(small) == pdf


def test_own_steps_have_the_author_s_words_and_say_so(small: Atlas, tmp_path: Path) -> None:
    own = (
        OwnStep(Names({"en": "The zone"}), Names({"en": "What we add."}), show="quiet-zone"),
        OwnStep(Names({"en": "Why"}), show="zone-signed"),
        OwnStep(Names({"en": "The town"}), show="rivertown"),
    )
    pages = plain(made(replace(small, story=own), extras=Extras(credit="Desk")), tmp_path)
    note = "In the words of the map’s author, not of the article"
    assert all(note in page for page in pages[:3])
    assert "What we add." in pages[0]
    assert "4 Both agree on a quiet zone. The article reports. September 2018." in pages[0]
    assert "In September 2018, both agreed in Rivertown on a quiet zone." in pages[0]
    assert "The zone was signed on one day. [" in pages[1]
    assert "Desk" in pages[0]


def test_of_several_articles_the_numbers_have_letters(tmp_path: Path) -> None:
    atlas = load(two_articles().write(tmp_path))
    assert bookmarks(made(atlas))[5:8] == [
        "A6 The zone is guarded",
        "B1 Thousands driven out",
        "B2 Some died",
    ]


def test_a_map_without_steps_has_no_handout(small: Atlas) -> None:
    with pytest.raises(FigureError, match="This map has no steps"):
        made(replace(small, events=(), facts=()))


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Tiny().write(tmp_path / "data")
    out = tmp_path / "story.pdf"
    assert main(["story", str(out), "--size", "letter", "--data", str(folder)]) == 0
    assert len(bookmarks(out.read_bytes())) == 7
    assert main(["story", str(out), "--size", "slide", "--data", str(folder)]) == 2
    assert "--size" in capsys.readouterr().err
