"""The figure as a picture: every format is drawn by independent renderers and compared."""

from __future__ import annotations

import io
import json
import re
import zipfile
from functools import partial
from itertools import combinations, product
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from figures import DAY, STORY, figure, map_of, page_of, view_of
from PIL import Image
from renderers import (
    DPI,
    Word,
    apart,
    boxes_of,
    difference,
    lacking,
    picture_of,
    printed_by_browser,
    run,
    spread,
    words_of,
)

from mapapp.core.model import Atlas
from mapapp.figure import draw
from mapapp.figure.fonts import POINT
from mapapp.figure.sheet import Description, Look, Sheet
from mapapp.figure.sizes import SIZES
from mapapp.figure.typeset import set_pdf
from mapapp.view_address import read_address

pytestmark = pytest.mark.slow
SVG = "{http://www.w3.org/2000/svg}"
ALIKE = 22  # greys by which renderers that smooth edges differently may differ
FAINT = 0.001  # share of the page on which they may differ by a trace
FORMS = ("svg", "pdf", "png")
ARABIC = f"{STORY}&lang=ar"
ABOUT = Description("", "", "", "en")
CASES = [
    *((ARABIC, size) for size in SIZES),
    ("", "a4-landscape"),
    ("first=2018-09-01&last=2018-09-30&selected=zone-idlib&lang=ru", "slide"),
    (f"{STORY}&camera=35,38,6.5&lang=tr", "square"),
]


def map_figure(atlas: Atlas, query: str, form: str, size: str = "a4-landscape") -> bytes:
    return figure(atlas, query, form, size, dpi=DPI, map_only=True)


@pytest.mark.parametrize(
    ("query", "size"),
    CASES,
)
def test_svg_and_pdf_set_the_same_words_in_the_same_places(
    atlas: Atlas, tmp_path: Path, query: str, size: str
) -> None:
    svg, pdf = (words_of(map_figure(atlas, query, form, size), form, tmp_path) for form in ("svg", "pdf"))
    assert len(svg) > 80
    assert apart(svg, pdf) == []


@pytest.mark.parametrize(
    ("query", "size"),
    CASES,
)
def test_every_format_shows_the_same_map(atlas: Atlas, tmp_path: Path, query: str, size: str) -> None:
    pictures = {form: picture_of(map_figure(atlas, query, form, size), form, tmp_path) for form in FORMS}
    assert difference(pictures["svg"], pictures["png"]) < ALIKE
    assert spread(pictures["svg"], pictures["png"]) < FAINT
    assert difference(pictures["pdf"], pictures["png"]) < ALIKE


@pytest.mark.parametrize("query", [ARABIC, DAY])
def test_a_browser_sets_the_words_of_the_svg_where_the_others_do(
    atlas: Atlas, tmp_path: Path, query: str
) -> None:
    svg, png = (map_figure(atlas, query, form) for form in ("svg", "png"))
    printed = printed_by_browser(svg, tmp_path)
    browser, rsvg = words_of(printed, "pdf", tmp_path), words_of(svg, "svg", tmp_path)
    assert apart(browser, rsvg) == []
    assert difference(picture_of(printed, "pdf", tmp_path), picture_of(png, "png", tmp_path)) < ALIKE


@pytest.mark.parametrize("query", [ARABIC, DAY])
def test_mupdf_shows_the_same_map(atlas: Atlas, tmp_path: Path, query: str) -> None:
    pdf, png = (map_figure(atlas, query, form) for form in ("pdf", "png"))
    right, drawn = picture_of(png, "png", tmp_path), picture_of(pdf, "pdf", tmp_path, "mutool")
    assert difference(drawn, right) < ALIKE
    assert spread(drawn, right) < FAINT


@pytest.mark.parametrize("size", SIZES)
def test_the_first_page_holds_the_map_as_it_is_and_the_png_shows_that_page(
    atlas: Atlas, tmp_path: Path, size: str
) -> None:
    pdf, png = (figure(atlas, DAY, form, size, dpi=DPI) for form in ("pdf", "png"))
    page, drawing = SIZES[size], words_of(map_figure(atlas, DAY, "svg", size), "svg", tmp_path)
    down = page.margin + page_of(atlas, DAY, size)["head"]
    there = [
        Word(word.text, word.left + page.margin, word.right + page.margin, word.foot + down, word.top + down)
        for word in drawing
    ]
    assert lacking(there, words_of(pdf, "pdf", tmp_path)) == []
    right = picture_of(png, "png", tmp_path)
    assert right.shape == pytest.approx((page.high / 25.4 * DPI, page.wide / 25.4 * DPI), abs=1.5)
    if size != "slide":  # its notes are on other pages
        assert len(words_of(pdf, "pdf", tmp_path)) > len(there) + 20
    first = picture_of(pdf, "pdf", tmp_path)
    high, wide = (
        round(part * 0.6) for part in right.shape
    )  # below, the PNG tells of the PDF and the PDF of its pages
    assert difference(first[:high, :wide], right[:high, :wide]) < ALIKE


@pytest.mark.parametrize(
    ("query", "size"),
    list(product([DAY, ARABIC], SIZES)),
)
def test_no_words_of_the_first_page_lie_over_others(
    atlas: Atlas, tmp_path: Path, query: str, size: str
) -> None:
    def core(word: Word) -> tuple[float, float, float, float]:
        high = word.foot - word.top
        return word.left + 0.1, word.top + 0.35 * high, word.right - 0.1, word.foot - 0.25 * high

    words = boxes_of(figure(atlas, query, "pdf", size), "pdf", tmp_path)
    level = [word for word in words if word.foot - word.top < 12]  # not turned
    over = [
        (one.text, other.text)
        for one, other in combinations(level, 2)
        if (a := core(one))[0] < (b := core(other))[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert over == []
    page = SIZES[size]
    assert [
        word.text
        for word in words
        if word.left < page.margin - 0.1
        or word.right > page.wide - page.margin + 0.1
        or word.foot > page.high
    ] == []


@pytest.mark.parametrize("size", SIZES)
def test_the_smallest_text_of_a_page_is_that_of_its_size(atlas: Atlas, tmp_path: Path, size: str) -> None:
    assert smallest(figure(atlas, DAY, "pdf", size), tmp_path) >= SIZES[size].label - 0.05
    assert SIZES[size].label >= {"slide": 14.0}.get(size, 7.5)


def smallest(pdf: bytes, folder: Path) -> float:
    """Return the size in points of the smallest text of the first page, as MuPDF tells it."""
    (folder / "figure.pdf").write_bytes(pdf)
    told = run(["mutool", "draw", "-q", "-F", "stext", "-o", "-", "figure.pdf", "1"], folder)
    return min(float(font.get("size", 0)) for font in ET.fromstring(told).iter("font"))  # noqa: S314 - MuPDF's


def moved(svg: bytes, number: int, by: float) -> bytes:
    """Return an SVG whose text of a number is moved to the right, in millimetres."""
    text = list(re.finditer(r"<text\b.*?</text>", svg.decode(), re.DOTALL))[number]
    shifted = f'<g transform="translate({by} 0)">{text[0]}</g>'
    return (svg.decode()[: text.start()] + shifted + svg.decode()[text.end() :]).encode()


@pytest.mark.parametrize("by", [2.0, -40.0])
def test_a_displaced_text_is_detected(atlas: Atlas, tmp_path: Path, by: float) -> None:
    svg, pdf = (map_figure(atlas, ARABIC, form) for form in ("svg", "pdf"))
    right = words_of(pdf, "pdf", tmp_path)
    texts = [found[1] for found in re.finditer(r"<text [^>]*>(.*?)</text>", svg.decode())]
    arabic = [number for number, text in enumerate(texts) if re.search("[\u0600-\u06ff]{4}", text)]
    for number in (0, texts.index("Mentioned in the article"), len(texts) - 1, *arabic[::5]):
        assert apart(words_of(moved(svg, number, by), "svg", tmp_path), right), texts[number]


def test_a_missing_line_of_text_or_hatching_is_detected(atlas: Atlas, tmp_path: Path) -> None:
    svg, png = (map_figure(atlas, STORY, form) for form in ("svg", "png"))
    right = picture_of(png, "png", tmp_path)

    def without(what: bytes, count: int) -> np.ndarray:
        rest, found = re.subn(what, b"", svg, count=count, flags=re.DOTALL)
        assert found
        return picture_of(rest, "svg", tmp_path)

    hatch = f'stroke-width="{0.55 * POINT:.3g}"'.encode()
    assert difference(without(rb"<text .*?</text>", 1), right) > ALIKE
    assert spread(without(rb"<path [^>]*" + hatch + rb"[^>]*/>", 0), right) > 10 * FAINT


def test_text_moved_to_the_left_edge_is_detected(atlas: Atlas, tmp_path: Path) -> None:
    pdf = words_of(map_figure(atlas, STORY, "pdf"), "pdf", tmp_path)
    root = ET.fromstring(map_figure(atlas, STORY, "svg"))  # noqa: S314 - our own
    for text in root.iter(f"{SVG}text"):
        text.attrib |= {"x": "0", "transform": ""}
    assert len(apart(words_of(ET.tostring(root), "svg", tmp_path), pdf)) > 100


@pytest.mark.parametrize(
    "text",
    [
        "Maarat al-Numan",
        "معرة النعمان",
        "الطريق M5",
        "الإسقاط UTM 37N (WGS 84)، 1:870,000",
        "أُعدّت من \u2068Natural Earth · OCHA\u2069.",
        "\u20674، 8، 15–19\u2069",
    ],
)
def test_a_line_as_shapes_has_the_letters_of_the_text_in_their_order(tmp_path: Path, text: str) -> None:
    one, other = (
        picture_of(line(text).svg(ABOUT, "?", ways), "svg", tmp_path) for ways in ("shapes", "text")
    )
    assert one.min() < 200
    assert difference(one, other) < ALIKE


@pytest.mark.parametrize("halo", [0, 2])
@pytest.mark.parametrize(
    "text", ["أقل يقينًا", "أُعدّت من \u2068Natural Earth · OCHA\u2069.", "\u20674، 8، 15–19\u2069"]
)
def test_a_line_with_vowel_signs_or_isolates_is_drawn_once_on_a_page(
    atlas: Atlas, tmp_path: Path, text: str, halo: float
) -> None:
    sheet = line(text, halo)
    page = page_of(atlas, "", pages=False)
    page["look"] |= {"wide": sheet.wide, "high": sheet.high, "margin": 0}
    page |= {"map": {"wide": sheet.wide, "high": sheet.high}, "only_map": True}
    pdf = set_pdf(page, sheet.svg(ABOUT, "?", "page").decode())
    one, other = picture_of(pdf, "pdf", tmp_path), picture_of(sheet.svg(ABOUT, "?"), "svg", tmp_path)
    assert other.min() < 200
    assert difference(one, other) < ALIKE
    assert float((255 - one).mean()) == pytest.approx(float((255 - other).mean()), rel=0.15)  # as much ink


def line(text: str, halo: float = 0) -> Sheet:
    """Return a sheet with a line of text."""
    sheet = Sheet(90, 12)
    sheet.text(45, 4, text, Look(14), align="center", halo=halo)
    return sheet


@pytest.mark.parametrize("form", FORMS)
def test_letters_as_shapes_look_like_text(atlas: Atlas, tmp_path: Path, form: str) -> None:
    options = {"dpi": DPI, "map_only": True}
    shapes = figure(atlas, ARABIC, form, text_as_paths=True, **options)
    right = picture_of(map_figure(atlas, ARABIC, form), form, tmp_path)
    assert difference(picture_of(shapes, form, tmp_path), right) < ALIKE
    if form == "svg":
        assert b"<text" not in shapes
        assert b"@font-face" not in shapes
        assert len(re.findall(rb"aria-label=", shapes)) == len(list(map_of(atlas, ARABIC).sheet.texts()))
    if form == "pdf":
        assert words_of(shapes, form, tmp_path) == []


def test_a_png_is_one_image_of_the_page_at_its_resolution_with_its_view(atlas: Atlas) -> None:
    with Image.open(io.BytesIO(figure(atlas, DAY, "png", "slide", dpi=96))) as image:
        image.load()
        assert image.size == pytest.approx((338.7 / 25.4 * 96, 190.5 / 25.4 * 96), abs=1)
        assert image.info["dpi"] == pytest.approx((96, 96), abs=0.1)
        assert image.info["Title"] == page_of(atlas, DAY)["title"]
        assert image.info["mapapp-view"] == f"?{DAY}"
        assert image.info["Description"] == page_of(atlas, DAY, "slide")["alt"]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_view_gives_the_same_bytes(atlas: Atlas, form: str) -> None:
    one, other = (
        draw(atlas, view_of(atlas, STORY), form, size="half-page", address="?", dpi=72)  # type: ignore[arg-type]
        for _ in range(2)
    )
    assert one == other


def test_the_svg_contains_only_shapes_and_text(atlas: Atlas) -> None:
    root = ET.fromstring(figure(atlas, STORY, "svg"))  # noqa: S314 - our own
    assert {node.tag.rpartition("}")[2] for node in root.iter() if node.tag.startswith(SVG)} == {
        "svg", "title", "desc", "metadata", "style", "g", "path", "text",
    }  # fmt: skip
    texts = ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]
    assert "Idlib de-escalation zone" in texts
    assert all(node.get("textLength") for node in root.iter(f"{SVG}text"))
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(set(ids)) == len(ids)
    assert {"layer-control", "graticule", "marks", "key", "source"} <= {*ids}


def test_the_figures_of_an_evidence_pack_are_those_of_the_command(
    atlas: Atlas, packed: bytes, tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        address = json.loads(archive.read("manifest.json"))["view"]
        svg, pdf, png = (archive.read(f"figure/idlib-2020-02-19.{form}") for form in FORMS)
    view, _ = read_address({"first": "2020-02-19", "last": "2020-02-19"}, atlas)
    alone = partial(draw, atlas, view, address=address)
    assert (svg, pdf, png) == (alone("svg"), alone("pdf"), alone("png"))
    page, drawing = words_of(pdf, "pdf", tmp_path), words_of(svg, "svg", tmp_path)
    assert {word.text for word in drawing} <= {word.text for word in page}
