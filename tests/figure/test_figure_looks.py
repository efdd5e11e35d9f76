"""What a figure looks like in grey and to the colour-blind, with a logo, and after other programs had it."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zlib
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from figures import DAY, STORY, figure, map_of
from PIL import Image
from renderers import difference, picture_of, words_of

from mapapp.core.model import Atlas
from mapapp.figure import read_view
from mapapp.figure.extras import Extras
from mapapp.figure.figure_errors import FigureError
from mapapp.figure.logo import read_logo

pytestmark = pytest.mark.slow
DPI = 150
COAST = f"{DAY}&camera=35.6,36.1,8.5"
LEAST = 15  # grey values by which fills differ
# Machado, Oliveira and Fernandes (2009), deuteranopia of severity 1, for linear RGB
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
FILLS = {
    "held by opposition groups": ("control", "opposition-held"),
    "held by the government": ("control", "government-held"),
    "came under government control": ("advance", "to-government"),
    "water": ("lakes", "lake"),
    "land": ("countries", "country"),
}
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    b'<rect width="40" height="20" fill="#d02020"/></svg>'
)


def colors_on_map(atlas: Atlas, query: str) -> dict[str, np.ndarray]:
    """Return the most frequent colour of each fill on a rendered map."""
    drawing = map_of(atlas, query)
    png = figure(atlas, query, "png", dpi=DPI, map_only=True)
    with Image.open(io.BytesIO(png)) as image:
        pixels = np.asarray(image.convert("RGB"))
    rows, columns = np.mgrid[: pixels.shape[0], : pixels.shape[1]]
    xs, ys = (columns + 0.5) / DPI * 25.4, drawing.sheet.high - (rows + 0.5) / DPI * 25.4
    areas = {
        name: shapely.union_all(
            [
                drawing.shapes[place.id]
                for place, _ in drawing.drawn
                if (place.layer, place.kind) == key and drawing.shapes[place.id].area > 0
            ]
        )
        for name, key in FILLS.items()
    }
    dry = [drawing.shapes[place.id] for place, _ in drawing.drawn if place.layer in ("land", "countries")]
    areas["water"] = drawing.projection.sheet - shapely.union_all(dry)
    found = {}
    order = [
        *("land", "held by opposition groups", "held by the government"),
        "came under government control",
    ]
    others = {place.id for place, _ in drawing.drawn if place.layer == "control"}
    for name, area in areas.items():
        over = order[order.index(name) + 1 :] if name in order else []
        rest = area - shapely.union_all([areas[other] for other in over])
        if name == "land":
            rest -= shapely.union_all([drawing.shapes[item] for item in others])
        inside = shapely.contains_xy(rest, xs, ys)
        if not inside.any():
            continue
        values, counts = np.unique(pixels[inside], axis=0, return_counts=True)
        found[name] = values[counts.argmax()].astype(float)
    return found


def luma(color: np.ndarray) -> float:
    return float(color @ np.array([0.299, 0.587, 0.114]))


def as_deuteranope(color: np.ndarray) -> np.ndarray:
    part = color / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    seen = np.clip(DEUTERANOPIA @ linear, 0, 1)
    return np.asarray(np.where(seen <= 0.0031308, seen * 12.92, 1.055 * seen ** (1 / 2.4) - 0.055) * 255)


def test_a_deuteranope_sees_grey_as_grey_and_mistakes_red_for_green() -> None:
    grey = np.array([128.0, 128.0, 128.0])
    assert as_deuteranope(grey) == pytest.approx(grey, abs=1)
    red, green = (as_deuteranope(np.array(color, float)) for color in ((220, 120, 60), (150, 150, 60)))
    assert np.abs(red - green).max() < 40


@pytest.mark.parametrize("seen", ["grey", "deuteranopia"])
def test_fills_can_be_told_apart_without_colour(atlas: Atlas, seen: str) -> None:
    colors = colors_on_map(atlas, DAY) | {"water": colors_on_map(atlas, COAST)["water"]}
    assert colors.keys() == FILLS.keys()
    style = atlas.profile.style
    if seen == "deuteranopia":
        colors = {name: as_deuteranope(color) for name, color in colors.items()}
    assert [
        (one, other, round(abs(luma(colors[one]) - luma(colors[other])), 1))
        for one, other in combinations(colors, 2)
        if style(*FILLS[one], None).hatch == style(*FILLS[other], None).hatch
        and abs(luma(colors[one]) - luma(colors[other])) < LEAST
    ] == []


@pytest.fixture(scope="module")
def optimised(atlas: Atlas, root: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a figure after svgo with its default settings."""
    svgo = shutil.which("svgo", path=f"{root / 'node_modules' / '.bin'}{os.pathsep}{os.environ['PATH']}")
    if svgo is None:
        assert not os.environ.get("CI"), "svgo is missing; run npm ci"
        pytest.skip("svgo is missing; run npm ci")
    folder = tmp_path_factory.mktemp("svgo")
    (folder / "figure.svg").write_bytes(figure(atlas, STORY, "svg", dpi=100, map_only=True))
    subprocess.run([svgo, "-q", "figure.svg", "-o", "small.svg"], cwd=folder, check=True)  # noqa: S603 - our own
    return (folder / "small.svg").read_bytes()


def test_svgo_keeps_the_view(optimised: bytes) -> None:
    assert read_view(optimised) == f"?{STORY}"


def test_svgo_keeps_the_picture(optimised: bytes, atlas: Atlas, tmp_path: Path) -> None:
    whole = figure(atlas, STORY, "svg", dpi=100, map_only=True)
    assert len(optimised) < len(whole)
    size = re.compile(
        rb' (width|height)="([\d.]+(mm)?)"'
    )  # in other units, which rsvg-convert takes otherwise
    sides = {found[1]: found[0] for found in list(size.finditer(whole))[:2]}
    same = size.sub(lambda found: sides[found[1]], optimised, count=2)
    assert difference(picture_of(same, "svg", tmp_path), picture_of(whole, "svg", tmp_path)) < 22


def test_the_view_is_read_from_an_svg_whose_metadata_are_gone(atlas: Atlas) -> None:
    svg = figure(atlas, STORY, "svg")
    assert read_view(re.sub(rb"<metadata>.*?</metadata>", b"", svg, flags=re.DOTALL)) == f"?{STORY}"


def png_logo(wide: int = 40, high: int = 20) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (wide, high), (208, 32, 32)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(("form", "logo"), [("svg", SVG), ("png", png_logo())])
def test_a_logo_is_drawn_at_the_top_right(atlas: Atlas, tmp_path: Path, form: str, logo: bytes) -> None:
    path = tmp_path / f"logo.{form}"
    path.write_bytes(logo)
    extras = Extras(logo=read_logo(path), credit="The desk")
    with Image.open(io.BytesIO(figure(atlas, DAY, "png", extras=extras))) as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    found = np.argwhere(np.abs(pixels - (208, 32, 32)).max(axis=2) < 12)
    high, wide = pixels.shape[:2]
    assert len(found) > 200
    assert found[:, 0].max() < 0.12 * high
    assert found[:, 1].min() > 0.8 * wide
    assert figure(atlas, DAY, "pdf", extras=extras)


def test_a_logo_does_not_lie_over_the_title(atlas: Atlas, tmp_path: Path) -> None:
    title = "A title that is as long as the page is wide and so reaches its right edge, and then some more"
    edges = [
        max(
            word.right
            for word in words_of(figure(atlas, DAY, "pdf", extras=extras), "pdf", tmp_path)
            if word.foot < 22
        )
        for extras in (Extras(title=title), Extras(title=title, logo=SVG))
    ]
    assert edges[0] > 297 - 10 - 40 > edges[1]  # millimetres: the logo takes 40 at the right margin


BROKEN = {
    "no image": (b"GIF89a", "neither SVG nor PNG"),
    "nothing": (b"", "neither SVG nor PNG"),
    "another XML": (b"<html></html>", "neither SVG nor PNG"),
    "entities": (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "neither SVG nor PNG"),
    "no letters": (b"<svg>\xff</svg>", "neither SVG nor PNG"),
    "an enormous file": (b"<svg>" + b" " * 2_000_001, "larger than 2 MB"),
    "an enormous picture": (
        png_logo()[:16] + b"\0\1\0\0\0\1\0\0" + png_logo()[24:],
        "not a PNG of 1 to 8000",
    ),
    "an empty picture": (png_logo()[:16] + bytes(8) + png_logo()[24:], "not a PNG of 1 to 8000"),
    "the head of a PNG": (png_logo()[:12], "not a PNG of 1 to 8000"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_logo_is_refused_in_one_line(tmp_path: Path, kind: str) -> None:
    content, reason = BROKEN[kind]
    path = tmp_path / "logo"
    path.write_bytes(content)
    with pytest.raises(FigureError) as refused:
        read_logo(path)
    said = str(refused.value)
    assert said.startswith("logo: ")
    assert reason in said
    assert "\n" not in said


@pytest.mark.parametrize("path", ["missing.svg", "", ".", "a\0b"])
def test_a_logo_that_cannot_be_read_is_refused_in_one_line(tmp_path: Path, path: str) -> None:
    with pytest.raises(FigureError, match=r"^logo: cannot read the file \(got .*\)$"):
        read_logo(path if "\0" in path or not path else tmp_path / path)


HALF = {
    "a torn PNG": png_logo()[:-30],
    "a PNG of zeros": png_logo()[:33] + bytes(100),
    "an SVG that does not end": b'<svg xmlns="http://www.w3.org/2000/svg"><rect',
    "an SVG without a size": b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>',
    "text about an <svg": b"an <svg is not one",
}


@pytest.mark.parametrize("kind", HALF)
@pytest.mark.parametrize("form", ["png", "pdf"])
def test_a_logo_that_cannot_be_drawn_is_refused_in_one_line(atlas: Atlas, kind: str, form: str) -> None:
    with pytest.raises(FigureError, match=r"^logo: cannot be drawn \(got: [^\n]*\); use another SVG or PNG$"):
        figure(atlas, DAY, form, "half-page", extras=Extras(logo=HALF[kind]))


def test_a_logo_cannot_read_files_of_the_machine(atlas: Atlas, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(png_logo())
    logo = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><image href="{secret}" '
        'width="40" height="20"/></svg>'
    ).encode()
    with pytest.raises(FigureError, match=r"^logo: cannot be drawn .*absolute paths are not allowed"):
        figure(atlas, DAY, "png", extras=Extras(logo=logo))


def test_the_checksum_of_each_chunk_of_a_png_is_right(atlas: Atlas) -> None:
    data, at, kinds = figure(atlas, DAY, "png"), 8, []
    while at < len(data):
        length = int.from_bytes(data[at : at + 4])
        assert int.from_bytes(data[at + 8 + length : at + 12 + length]) == zlib.crc32(
            data[at + 4 : at + 8 + length]
        )
        kinds.append(data[at + 4 : at + 8])
        at += 12 + length
    assert (kinds[0], kinds[-1]) == (b"IHDR", b"IEND")
    assert kinds.count(b"pHYs") == 1


def test_the_svg_is_well_formed_with_a_hostile_address(atlas: Atlas) -> None:
    address = '?x="><script>alert(1)</script>&]]>'
    root = ET.fromstring(figure(atlas, DAY, "svg", address=address))  # noqa: S314 - our own
    assert root.get("data-mapapp-view") == address
