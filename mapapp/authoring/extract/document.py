"""Reads a document of any supported kind, or says why it cannot be read."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from mapapp.authoring.extract.extracted import Extracted, ExtractError
from mapapp.data.article_events import LONGEST_ARTICLE
from mapapp.data.atomic_write import named
from mapapp.data.files import BIGGEST
from mapapp.errors import short_repr

if TYPE_CHECKING:
    from pathlib import Path


_KINDS = {".txt": "text", ".html": "web page", ".htm": "web page", ".docx": "Word document", ".pdf": "PDF"}
_READERS = {
    "text": ("plain_text", "read_plain_text", "charset_normalizer"),
    "web page": ("web_page", "read_web_page", "trafilatura"),
    "Word document": ("word", "read_word", "docx"),
    "PDF": ("pdf", "read_pdf", "pypdfium2"),
}
_SAVE_AS = "open it in a word processor and save it as .docx, or as a text in UTF-8"
_OTHERS = {
    ".doc": f"an old Word document; {_SAVE_AS}",
    ".odt": f"an OpenDocument text; {_SAVE_AS}",
    ".rtf": f"a Rich Text file; {_SAVE_AS}",
    ".pages": f"a Pages document; {_SAVE_AS}",
    ".epub": "an e-book; save the article as .html or .txt",
    ".mhtml": "a web archive; save the page as .html",
    ".mht": "a web archive; save the page as .html",
    ".webarchive": "a web archive; save the page as .html",
    ".md": "Markdown; rename it to .txt",
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".heic"),
        "a picture; type the text, or let a program recognise it",
    ),
}
_SIGNATURES = {
    "PDF": (b"%PDF-",),
    "Word document": (b"PK\x03\x04", b"PK\x05\x06"),  # or another zip file, of which its reader says so
    "a Rich Text file": (b"{\\rtf",),
    "an old or an encrypted Office document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    "a picture": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"),
    "a compressed file": (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ"),
}
_SUFFIXES = ".txt, .html, .docx or .pdf"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)


def extract(path: Path) -> Extracted:
    """Return the text of a document and what the document says of it.

    Raises
    ------
    ExtractError
        If it cannot be read, is of another kind than its name says, or has no text. The message names the
        file.
    """
    data = _bytes(path)
    kind = _kind(path)
    is_really = _content(data)
    if is_really not in (None, kind):
        ending = next((suffix for suffix, known in _KINDS.items() if known == is_really), None)
        fix = f"rename it to {ending}" if ending else _SAVE_AS
        raise _refused(path, f"the content is not that of a {kind} (got {is_really}); {fix}")
    module, function, library = _READERS[kind]
    if find_spec(library) is None:
        raise ExtractError(
            f"{named(path)}: reading it needs the author extra; install it with: "
            "python -m pip install -e '.[author]'"
        )
    try:
        found: Extracted = getattr(import_module(f"mapapp.authoring.extract.{module}"), function)(data)
    except ExtractError as error:
        raise _refused(path, str(error)) from None
    if not any(map(str.isalpha, found.text)):
        raise _refused(path, "the document has no text; check that it is the right file")
    if len(found.text) > LONGEST_ARTICLE:
        got = f"{len(found.text)} characters"
        raise _refused(path, f"the text is too long (got {got}); keep it under {LONGEST_ARTICLE} characters")
    return found


def _refused(path: Path, what: str) -> ExtractError:
    return ExtractError(f"{named(path)}: {what}")


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise _refused(path, "not a file; name the document")
        size = path.stat().st_size
        if size > BIGGEST:
            raise _refused(path, f"the document is too big (got {size} bytes); keep it under {BIGGEST} bytes")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a valid path"
        raise _refused(path, f"the document cannot be read: {reason}; check the path") from None
    if not data.strip():
        raise _refused(path, "the document is empty; check that it is the right file")
    return data


def _kind(path: Path) -> str:
    """Return what a file is by the end of its name."""
    ending = path.suffix.lower()
    if ending in _OTHERS:
        raise _refused(path, f"unsupported file type (got {_OTHERS[ending]})")
    if ending not in _KINDS:
        raise _refused(path, f"unsupported file type (got {short_repr(path.suffix)}); use {_SUFFIXES}")
    return _KINDS[ending]


def _content(data: bytes) -> str | None:
    """Return what a file is by its first bytes; ``None`` if they do not tell."""
    start = data[:4096]
    if b"mimetypeapplication/vnd.oasis.opendocument" in start[:120]:
        return "an OpenDocument text"
    for kind, signatures in _SIGNATURES.items():
        if start.lstrip().startswith(signatures):
            return kind
    return "web page" if _HTML.match(start) else None
