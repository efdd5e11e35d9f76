"""Programs that display figures independently: rsvg-convert for SVG, poppler's tools for PDF.

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
from typing import NamedTuple

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image, ImageFilter

MM = 25.4 / 72  # millimetres in a point
DPI = 100
_FONTS = Path(mpl.get_data_path(), "fonts", "ttf")
_PACKAGES = {"rsvg-convert": "librsvg2-bin", "pdftotext": "poppler-utils", "pdftoppm": "poppler-utils", "pdfinfo": "poppler-utils"}
_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
_BLUR = 1.0 / 25.4 * DPI  # pixels in a millimetre, over which grey is averaged


class Word(NamedTuple):
    """A word as it was laid out, in millimetres from the left and the top of the page."""

    text: str
    left: float
    right: float
    foot: float


def run(command: list[str | Path], folder: Path) -> bytes:
    """Run a renderer in a folder; without it a test fails in CI and is skipped elsewhere."""
    program = str(command[0])
    if shutil.which(program) is None:
        what = f"{program} is missing; install {_PACKAGES[program]}"
        assert not os.environ.get("CI"), what
        pytest.skip(what)
    fonts = folder / "fonts.conf"
    fonts.write_text(
        f"<fontconfig><dir>{_FONTS}</dir><cachedir>{folder / 'fonts'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    done = subprocess.run(  # noqa: S603 - our own command
        list(map(str, command)),
        cwd=folder,
        env=os.environ | {"FONTCONFIG_FILE": str(fonts)},
        capture_output=True,
        check=True,
    )
    return done.stdout


def words_of(figure: bytes, form: str, folder: Path) -> list[Word]:
    """Return the words of the first page, laid out by a renderer.

    Arabic, which one renderer tells word by word and another letter by letter, each in an order of its own,
    comes as one word for each stretch of a line, its letters sorted. Punctuation alone is left out.
    """
    (folder / f"figure.{form}").write_bytes(figure)
    if form == "svg":
        run(["rsvg-convert", "-f", "pdf", "-o", "laid-out.pdf", "figure.svg"], folder)
    source = "laid-out.pdf" if form == "svg" else "figure.pdf"
    page = run(["pdftotext", "-f", "1", "-l", "1", "-bbox", source, "-"], folder).decode()
    found, arabic = [], []
    for left, _, right, foot, text in _WORD.findall(page):
        word = unicodedata.normalize("NFKC", unescape(text))
        if any(char.isalnum() for char in word):
            laid = Word(word, float(left) * MM, float(right) * MM, float(foot) * MM)
            (arabic if re.search("[\u0590-\u08ff]", word) else found).append(laid)
    return found + stretches(arabic)


def stretches(words: list[Word], gap: float = 3.0) -> list[Word]:
    """Join what is less than ``gap`` millimetres apart on a line; letters are sorted, marks left out."""
    joined: list[Word] = []
    for word in sorted(words, key=lambda word: (round(word.foot, 1), word.left)):
        last = joined[-1] if joined else None
        if last and abs(last.foot - word.foot) < 0.1 and word.left - last.right < gap:
            joined[-1] = Word(last.text + word.text, last.left, max(last.right, word.right), last.foot)
        else:
            joined.append(word)
    return [word._replace(text="".join(sorted(filter(str.isalpha, word.text)))) for word in joined]


def apart(ones: list[Word], others: list[Word], most: float = 1.0) -> list[Word]:
    """Return words of either figure with no equal word of the other within ``most`` millimetres."""
    alike: tuple[dict[str, list[Word]], dict[str, list[Word]]] = ({}, {})
    for words, by_text in zip((ones, others), alike, strict=True):
        for word in words:
            by_text.setdefault(word.text, []).append(word)
    return [
        one
        for some, rest in ((ones, alike[1]), (others, alike[0]))
        for one in some
        if not any(
            abs(one.left - other.left) < most
            and abs(one.right - other.right) < most
            and abs(one.foot - other.foot) < most
            for other in rest.get(one.text, ())
        )
    ]


def picture_of(figure: bytes, form: str, folder: Path) -> np.ndarray:
    """Return the first page as greys from 0 to 255, at `DPI`, each averaged over about a millimetre."""
    path = folder / f"figure.{form}"
    path.write_bytes(figure)
    if form == "svg":
        run(["rsvg-convert", "-d", str(DPI), "-p", str(DPI), "-o", "figure.png", path], folder)
    elif form == "pdf":  # twice as fine: what is thinner than a pixel is drawn too wide
        run(["pdftoppm", "-r", str(2 * DPI), "-l", "1", "-singlefile", "-png", path, "figure"], folder)
    with Image.open(folder / "figure.png") as image:
        grey = image.convert("L")
        if form == "pdf":
            grey = grey.resize((round(image.width / 2), round(image.height / 2)), Image.Resampling.BOX)
        return np.asarray(grey.filter(ImageFilter.GaussianBlur(_BLUR)), float)


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Return how far the greys of two pictures of one page differ where they differ most."""
    assert np.allclose(one.shape, other.shape, atol=2)
    high, wide = np.minimum(one.shape, other.shape)
    return float(np.abs(one[:high, :wide] - other[:high, :wide]).max())
