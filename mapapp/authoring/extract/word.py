"""Reads Word documents with python-docx: paragraphs and tables in their order, as they would be printed.

Inserted text counts, deleted text does not. Headers, footers, notes and comments are left out, which a remark
says.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from mapapp.authoring.extract.extracted import Extracted, ExtractError
from mapapp.authoring.extract.paragraphs import one_line, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 200_000_000  # of all parts, unpacked
_MOST_OF_A_PART = 60_000_000  # of the text
_MOST_PARTS = 5000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = (f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}instrText", f"{_W}delText")
_DEFAULT_AUTHORS = frozenset({"python-docx", "user", "admin", "administrator", "author"})
_TITLES = frozenset({"Title", "Heading 1"})
_ZIP_ERRORS = (  # what zipfile and the decompressors raise for damaged, encrypted and unusual files
    *(
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        struct.error,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
    ),
)
_BROKEN = "the Word document is damaged; open it in a word processor and save it again"


def read_word(data: bytes) -> Extracted:
    """Return the paragraphs of a Word document, and the title and author it states.

    A row of a table is one paragraph, with ``|`` between its cells.

    Raises
    ------
    ExtractError
        If it is damaged, no Word document, or unpacks to too much.
    """
    from docx.opc.exceptions import OpcError  # noqa: PLC0415 - slow to load
    from lxml.etree import LxmlError  # noqa: PLC0415

    _refuse_bombs(data)
    try:
        return _read(data)
    # python-docx looks into elements without asking whether they are there, and what they are
    except (OpcError, LxmlError, KeyError, IndexError, AttributeError, TypeError, *_ZIP_ERRORS) as error:
        raise ExtractError(_BROKEN) from error


def _read(data: bytes) -> Extracted:
    from docx import Document  # noqa: PLC0415 - slow to load

    document: Any = Document(io.BytesIO(data))
    body = document.element.body
    blocks = [*_blocks(body)]
    properties = document.core_properties
    author = one_line(properties.author)
    return Extracted(
        paragraphs(blocks),
        title=_title(document) or one_line(properties.title),
        author="" if author.casefold() in _DEFAULT_AUTHORS else author,
        remarks=tuple(_remarks(document)),
    )


def _refuse_bombs(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
    except _ZIP_ERRORS as error:
        raise ExtractError(_BROKEN) from error
    if "word/document.xml" not in names:
        raise ExtractError("it is a zip file, not a Word document; unpack it, or name the document in it")
    biggest = next(part.file_size for part in parts if part.filename == "word/document.xml")
    whole = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or whole > MOST_BYTES or biggest > _MOST_OF_A_PART:
        raise ExtractError(
            f"the Word document unpacks to too much (got {whole} bytes); save the text alone as .txt"
        )


def _blocks(element: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the texts of an element's paragraphs and rows, in order."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}p":
            yield _text(child)
            for box in child.iter(f"{_W}txbxContent"):
                if not _is_skipped(box, child):
                    yield from _blocks(box)
        elif child.tag == f"{_W}tr":
            cells = (" ".join(_blocks(cell)) for cell in child.iter(f"{_W}tc"))
            yield " | ".join(filter(str.strip, cells))
        else:
            yield from _blocks(child)


def _is_skipped(element: Any, top: Any) -> bool:  # noqa: ANN401
    """Return whether an element is in a deletion, a fallback for old programs, or a box in a box."""
    above = element.getparent()
    while above is not None and above is not top:
        if above.tag in (*_SKIPPED, f"{_W}txbxContent"):
            return True
        above = above.getparent()
    return False


def _text(element: Any) -> str:  # noqa: ANN401
    """Return the text of a paragraph, without that of boxes in it."""
    parts = []
    for child in element:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in (f"{_W}tab", f"{_W}ptab"):
            parts.append(" ")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif child.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif isinstance(child.tag, str) and child.tag not in (*_SKIPPED, f"{_W}txbxContent"):
            parts.append(_text(child))
    return "".join(parts)


def _title(document: Any) -> str:  # noqa: ANN401
    """Return the text of the first heading, if the document begins with one."""
    for paragraph in document.paragraphs:
        if paragraph.text.strip():
            style = paragraph.style.name if paragraph.style is not None else ""
            return one_line(paragraph.text) if style in _TITLES else ""
    return ""


def _remarks(document: Any) -> Iterator[str]:  # noqa: ANN401
    names = {part.partname.rpartition("/")[2] for part in document.part.package.iter_parts()}
    for name, what in (
        ("footnotes.xml", "Footnotes"),
        ("endnotes.xml", "Endnotes"),
        ("comments.xml", "Comments"),
    ):
        if name in names:
            yield f"{what} were left out; they are in the original."
    if any(True for _ in document.element.body.iter(f"{_W}del", f"{_W}moveFrom")):
        yield "The document has tracked changes: inserted text was taken, deleted text left out."
