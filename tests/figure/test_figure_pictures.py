"""The figure as a picture: every format is drawn by an independent renderer and compared."""

from __future__ import annotations

import io
import json
import re
import zipfile
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

import pytest
from renderers import DPI, apart, difference, picture_of, words_of

from mapapp.core.model import Atlas
from mapapp.figure import draw
from mapapp.figure.sizes import SIZES
from mapapp.view_address import read_address

STORY = "first=2017-01-01&last=2020-02-19"
pytestmark = pytest.mark.slow
ALIKE = 22  # greys by which renderers that smooth edges differently may differ
CASES = [
    *((f"{STORY}&lang=ar", size) for size in SIZES),
    ("", "a4-landscape"),
    ("first=2018-09-01&last=2018-09-30&selected=zone-idlib&lang=ru", "slide"),
    (f"{STORY}&camera=35,38,6.5&lang=tr", "square"),
]


_FIGURES: dict[tuple[str, str, str], bytes] = {}


def figure(atlas: Atlas, query: str, form: str, size: str = "a4-landscape") -> bytes:
    """Return a figure of the shipped atlas, drawn once for all tests that only look at it."""
    if (query, form, size) not in _FIGURES:
        view, remarks = read_address(dict(parse_qsl(query)), atlas)
        assert not remarks
        made = draw(atlas, view, form, size=size, dpi=DPI, address=f"?{query}")  # type: ignore[arg-type]
        _FIGURES[query, form, size] = made
    return _FIGURES[query, form, size]


@pytest.mark.parametrize(("query", "size"), CASES)
def test_every_format_shows_the_same_page(atlas: Atlas, tmp_path: Path, query: str, size: str) -> None:
    forms = {form: figure(atlas, query, form, size) for form in ("svg", "pdf", "png")}
    svg, pdf = (words_of(forms[form], form, tmp_path) for form in ("svg", "pdf"))
    assert len(svg) > 200
    assert apart(svg, pdf) == []
    pictures = {form: picture_of(data, form, tmp_path) for form, data in forms.items()}
    assert difference(pictures["svg"], pictures["png"]) < ALIKE
    assert difference(pictures["pdf"], pictures["png"]) < ALIKE


def moved(svg: bytes, number: int, by: float) -> bytes:
    """Return an SVG whose text of a number is moved to the right, in millimetres."""
    text = list(re.finditer(r"<text\b.*?</text>", svg.decode(), re.DOTALL))[number]
    shifted = f'<g transform="translate({by * 72 / 25.4} 0)">{text[0]}</g>'
    return (svg.decode()[: text.start()] + shifted + svg.decode()[text.end() :]).encode()


@pytest.mark.parametrize("by", [2.0, -40.0])
def test_a_displaced_text_is_detected(atlas: Atlas, tmp_path: Path, by: float) -> None:
    svg, pdf = (figure(atlas, f"{STORY}&lang=ar", form) for form in ("svg", "pdf"))
    right = words_of(pdf, "pdf", tmp_path)
    texts = [
        re.sub("<[^>]*>", "", found[1]) for found in re.finditer(r"<text [^>]*>(.*?)</text>", svg.decode())
    ]
    arabic = [number for number, text in enumerate(texts) if re.search("[\u0600-\u06ff]{4}", text)]
    for number in (0, texts.index("What the article says"), len(texts) - 1, *arabic[::5]):
        assert apart(words_of(moved(svg, number, by), "svg", tmp_path), right), texts[number]


def test_a_missing_line_of_text_or_hatching_is_detected(atlas: Atlas, tmp_path: Path) -> None:
    svg, png = (figure(atlas, STORY, form) for form in ("svg", "png"))
    right = picture_of(png, "png", tmp_path)
    for what, count in ((rb"<text .*?</text>", 1), (rb"<path [^>]*stroke-width: 0\.55[^>]*/>", 0)):
        lacking = re.sub(what, b"", svg, count=count, flags=re.DOTALL)
        assert lacking != svg
        assert difference(picture_of(lacking, "svg", tmp_path), right) > ALIKE


def test_text_moved_to_the_left_edge_is_detected(atlas: Atlas, tmp_path: Path) -> None:
    pdf = words_of(figure(atlas, STORY, "pdf"), "pdf", tmp_path)
    root = ET.fromstring(figure(atlas, STORY, "svg"))  # noqa: S314 - our own
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        text.attrib |= {"x": "0", "transform": ""}
    assert len(apart(words_of(ET.tostring(root), "svg", tmp_path), pdf)) > 100


def test_the_figures_of_an_evidence_pack_are_those_of_the_command(
    atlas: Atlas, packed: bytes, tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        address = json.loads(archive.read("manifest.json"))["view"]
        svg, pdf, png = (archive.read(f"figure/figure.{form}") for form in ("svg", "pdf", "png"))
    view, _ = read_address(dict(parse_qsl(address.removeprefix("?"))), atlas)
    alone = partial(draw, atlas, view, address=address)
    assert (svg, pdf, png) == (alone("svg"), alone("pdf"), alone("png"))
    assert apart(words_of(svg, "svg", tmp_path), words_of(pdf, "pdf", tmp_path)) == []
