"""Programs that display figures independently: rsvg-convert and Chromium for SVG, poppler and MuPDF for PDF.

They are given the fonts the figure is made with: where text lies is tested, not what a machine has installed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from html import unescape
from pathlib import Path
from typing import NamedTuple, NoReturn

import numpy as np
import pytest
from PIL import Image, ImageFilter

from mapapp.figure.fonts import FOLDERS

MM = 25.4 / 72  # millimetres in a point
DPI = 100
_PACKAGES = {
    "rsvg-convert": "librsvg2-bin",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "mutool": "mupdf-tools",
}
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
)
_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
_LEVEL = 0.35  # millimetres by which the feet of words of a line may differ, as their fonts do
_MARGIN = round(2 / 25.4 * DPI)
_SPACE = 0.157  # of a word's height: how wide an isolate is said to be, as a space of the font
_TRACE = 6  # greys
_BLUR = 1.0 / 25.4 * DPI  # pixels in a millimetre, over which grey is averaged


class Word(NamedTuple):
    """A word as it was laid out, in millimetres from the left and the top of the page."""

    text: str
    left: float
    right: float
    foot: float
    top: float


def run(command: list[str | Path], folder: Path) -> bytes:
    """Run a program in a folder; without it a test fails in CI and is skipped elsewhere."""
    program = str(command[0])
    if shutil.which(program) is None:
        _lacking(program, _PACKAGES.get(program, program))
    fonts = folder / "fonts.conf"
    folders = "".join(f"<dir>{path}</dir>" for path in FOLDERS)
    fonts.write_text(
        f"<fontconfig>{folders}<cachedir>{folder / 'fonts'}</cachedir></fontconfig>", encoding="utf-8"
    )
    done = subprocess.run(  # noqa: S603 - our own command
        list(map(str, command)),
        cwd=folder,
        env=os.environ | {"FONTCONFIG_FILE": str(fonts)},
        capture_output=True,
        check=True,
    )
    return done.stdout


def _lacking(program: str, package: str) -> NoReturn:
    what = f"{program} is missing; install {package}"
    assert not os.environ.get("CI"), what
    pytest.skip(what)


def printed_by_browser(svg: bytes, folder: Path) -> bytes:
    """Return an SVG as Chromium prints it: a PDF of the same size. Only the fonts in the file are used."""
    chromium = next(filter(None, map(shutil.which, _BROWSERS)), None) or _lacking("Chromium", "chromium")
    wide, high = (float(side) for side in re.findall(r'(?:width|height)="([\d.]+)mm"', svg.decode())[:2])
    page = folder / "page.html"
    page.write_text(
        f"<!doctype html><meta charset=utf-8><style>@page {{ size: {wide}mm {high}mm; margin: 0 }} "
        f"body {{ margin: 0 }} svg {{ display: block }}</style>{svg.decode()}",
        encoding="utf-8",
    )
    target, profile = folder / "browser.pdf", f"--user-data-dir={folder / 'profile'}"
    run([chromium, *_QUIET, profile, "--no-pdf-header-footer", f"--print-to-pdf={target}", page], folder)
    return target.read_bytes()


def text_of(pdf: bytes, folder: Path) -> str:
    """Return the text of a PDF in the order in which it is set, on one line."""
    (folder / "figure.pdf").write_bytes(pdf)
    found = run(["pdftotext", "-raw", "figure.pdf", "-"], folder).decode()
    text = unicodedata.normalize("NFKC", found)
    return re.sub(r"\s+", " ", re.sub(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f]", "", text))


def words_of(figure: bytes, form: str, folder: Path) -> list[Word]:
    """Return the words of the first page, laid out by a renderer.

    Arabic, which one renderer tells word by word and another letter by letter, each in an order of its own,
    comes as one word for each stretch of a line, its letters sorted. Punctuation alone is left out.
    """
    found, arabic = [], []
    for laid in boxes_of(figure, form, folder):
        (arabic if re.search("[\u0590-\u08ff]", laid.text) else found).append(laid)
    return found + stretches(arabic)


def boxes_of(figure: bytes, form: str, folder: Path) -> list[Word]:
    """Return the words of the first page as the renderer tells them, without punctuation alone."""
    (folder / f"figure.{form}").write_bytes(figure)
    if form == "svg":
        run(["rsvg-convert", "-f", "pdf", "-o", "laid-out.pdf", "figure.svg"], folder)
    source = "laid-out.pdf" if form == "svg" else "figure.pdf"
    page = run(["pdftotext", "-f", "1", "-l", "1", "-bbox", source, "-"], folder).decode()
    found = []
    for left, top, right, foot, text in _WORD.findall(page):
        word = re.sub("[\u2066-\u2069]", "", unicodedata.normalize("NFKC", unescape(text)))
        if any(char.isalnum() for char in word):
            # the isolate at the right of a text from right to left has no width, but is said to have one
            over = _SPACE * (float(foot) - float(top)) if text.endswith("\u2069") else 0
            end = float(right) - over
            found.append(Word(word, float(left) * MM, end * MM, float(foot) * MM, float(top) * MM))
    return found


def stretches(words: list[Word], gap: float = 3.0) -> list[Word]:
    """Join what is less than ``gap`` millimetres apart on a line; letters are sorted, marks left out."""
    joined: list[Word] = []
    for word in sorted(words, key=lambda word: word.left):
        near = [one for one in joined if word.left - one.right < gap and abs(word.foot - one.foot) < _LEVEL]
        if near:
            last = near[-1]
            joined.remove(last)
            joined.append(last._replace(text=last.text + word.text, right=max(last.right, word.right)))
        else:
            joined.append(word)
    return [word._replace(text="".join(sorted(filter(str.isalpha, word.text)))) for word in joined]


def apart(ones: list[Word], others: list[Word], most: float = 1.0) -> list[Word]:
    """Return words of either figure with no equal word of the other within ``most`` millimetres."""
    return lacking(ones, others, most) + lacking(others, ones, most)


def lacking(ones: list[Word], others: list[Word], most: float = 1.0) -> list[Word]:
    """Return words of one figure with no equal word of the other within ``most`` millimetres."""
    by_text: dict[str, list[Word]] = {}
    for word in others:
        by_text.setdefault(word.text, []).append(word)
    return [
        one
        for one in ones
        if not any(
            abs(one.left - other.left) < most
            and abs(one.right - other.right) < most
            and abs(one.foot - other.foot) < most
            for other in by_text.get(one.text, ())
        )
    ]


def picture_of(figure: bytes, form: str, folder: Path, renderer: str = "") -> np.ndarray:
    """Return the first page as greys from 0 to 255, at `DPI`, each averaged over about a millimetre.

    ``renderer`` is ``"mutool"`` for a PDF that MuPDF is to draw instead of poppler.
    """
    path = folder / f"figure.{form}"
    path.write_bytes(figure)
    fine = str(2 * DPI)  # twice as fine: what is thinner than a pixel is drawn too wide
    if form == "svg":
        run(["rsvg-convert", "-d", str(DPI), "-p", str(DPI), "-o", "figure.png", path], folder)
    elif form == "pdf" and renderer == "mutool":
        run(["mutool", "draw", "-q", "-r", fine, "-o", "figure.png", path, "1"], folder)
    elif form == "pdf":
        run(["pdftoppm", "-r", fine, "-l", "1", "-singlefile", "-png", path, "figure"], folder)
    with Image.open(folder / "figure.png") as image:
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        grey = paper.convert("L")
        if form == "pdf":
            grey = grey.resize((round(image.width / 2), round(image.height / 2)), Image.Resampling.BOX)
        return np.asarray(grey.filter(ImageFilter.GaussianBlur(_BLUR)), float)


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Return how far the greys of two pictures of one page differ where they differ most.

    Two millimetres at the edges are left out, where renderers round the size of the page.
    """
    return float(_greys_apart(one, other).max())


def spread(one: np.ndarray, other: np.ndarray) -> float:
    """Return on what share of the page two pictures differ by more than a trace, as where a hatch is missing.

    The lines of a hatch are so thin and so far apart that nowhere much is missing with them.
    """
    return float((_greys_apart(one, other) > _TRACE).mean())


def _greys_apart(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    assert np.allclose(one.shape, other.shape, atol=2)
    high, wide = np.minimum(one.shape, other.shape) - _MARGIN
    inner = slice(_MARGIN, high), slice(_MARGIN, wide)
    apart: np.ndarray = np.abs(one[inner] - other[inner])
    return apart
