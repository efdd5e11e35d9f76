"""Documents for the tests of ``mapapp new``, made when they are needed."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import typst
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

PARAGRAPHS = (
    """DHAKA, 20 September 2023 – Heavy rain flooded the north of Bangladesh on Monday. \
The water rose by two metres.""",
    """People left their homes in Sylhet, the relief office said on Tuesday. "The water rose by two metres." \
More rain is expected by Friday.""",
)
STORY = "\n\n".join(("Flood in Sylhet", *PARAGRAPHS)) + "\n"


def word(
    paragraphs: Sequence[str] = PARAGRAPHS, title: str = "Flood in Sylhet", author: str = "A. Rahman"
) -> bytes:
    """Return a Word document with a heading."""
    document: Any = docx.Document()
    document.core_properties.author = author
    document.add_heading(title, 0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: Any) -> bytes:
    """Return the bytes of a document of python-docx."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(source: str = "", paragraphs: Sequence[str] = PARAGRAPHS, columns: int = 1) -> bytes:
    """Return a PDF set by Typst."""
    body = "\n\n".join(paragraphs).replace('"', '\\"')
    text = (
        '#set document(title: "Flood in Sylhet", author: "A. Rahman")\n'
        '#set text(size: 11pt, lang: "en", hyphenate: true)\n#set par(justify: true, spacing: 2em)\n'
        f"#set page(width: 12cm, height: 14cm, columns: {columns})\n{source}\n{body}\n"
    )
    return typst.compile(text.encode())


def encrypted(password: str) -> bytes:
    """Return a PDF that opens with a password only."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scan() -> bytes:
    """Return a PDF of one picture with letters in it, and no text."""
    page = Image.new("RGB", (400, 300), "white")
    ImageDraw.Draw(page).text((20, 20), "Heavy rain flooded the north", fill="black")
    out = io.BytesIO()
    page.save(out, "PDF")
    return out.getvalue()


def page(body: str, head: str = "") -> str:
    """Return a saved web page with a menu, scripts and a footer around an article."""
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Flood in Sylhet - The Valley</title><meta property="og:title" content="Flood in Sylhet">
<meta property="og:site_name" content="The Valley"><meta name="author" content="Anika Rahman">
<meta property="article:published_time" content="2023-09-20T08:00:00+00:00">
<link rel="canonical" href="https://example.org/flood">{head}
<script>document.write('<p>Written by a script</p>')</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Flood in Sylhet</h1>{body}</article>
<footer><p>All rights reserved. Cookie settings.</p></footer></body></html>"""


def paragraphs_of_page(paragraphs: Sequence[str] = PARAGRAPHS) -> str:
    """Return paragraphs as HTML."""
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def packed(**parts: bytes) -> bytes:
    """Return a zip file; ``__`` in a name stands for a slash, and ``_`` for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()
