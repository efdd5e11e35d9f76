"""Reads the text layer of PDFs with PDFium, and puts its lines together to paragraphs.

Lines come in the order of the file, which is column by column in most. Lines that most pages repeat at their
top or bottom, and page numbers, are left out. A PDF does not say where paragraphs end: a line that ends with
a full
stop and is shorter than others ends one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any

from mapapp.authoring.extract.extracted import Extracted, ExtractError
from mapapp.authoring.extract.paragraphs import one_line, paragraphs
from mapapp.core.language import direction_of
from mapapp.errors import short_repr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ENCRYPTED = "the PDF is encrypted; save it without a password first"
_MOST_PAGES = 300
_EDGE = 2  # lines at the top and bottom of a page that may be repeated on others
_REPEATED = 0.6  # share of the pages that repeat a line
_LEAST_PAGES = 2  # for lines to count as repeated
_MOST_HEADS = 5  # that a remark lists
_SHORT = 0.85  # share of the usual length below which a line may end a paragraph
_NUMBER = re.compile(r"\W*(?:\w+\W+)?\d{1,4}(?:\s*(?:/|of|\w{1,4})\s*\d{1,4})?\W*")
_DIGITS = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?:…。؟\u06d4।][\"'\u2019\u201d\u00bb)\]]*$")
_HYPHENATED = re.compile(r"(\w+)[-\u2010\u00ad]$")
_LIGATURES = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]")


def read_pdf(data: bytes) -> Extracted:
    """Return the paragraphs of a PDF, and the title and author it states.

    Raises
    ------
    ExtractError
        If it is damaged or encrypted, has too many pages, or has no text layer, as scans do not.
    """
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - slow to load

    try:
        with closing(PdfDocument(data)) as document:
            pages = _pages(document)
            about = document.get_metadata_dict()
    except PdfiumError as error:
        is_locked = "password" in str(error).lower() or "security" in str(error).lower()
        fix = "the PDF is damaged; open it in a PDF reader and save or print it again"
        raise ExtractError(_ENCRYPTED if is_locked else fix) from None
    lines, heads = _without_furniture([page.split("\n") for page in pages])
    return Extracted(
        paragraphs(_joined(lines)),
        title=one_line(about.get("Title")),
        author=one_line(about.get("Author")),
        remarks=tuple(_remarks(pages, heads)),
    )


def _pages(document: Any) -> list[str]:  # noqa: ANN401 - pypdfium2 has no types
    count = len(document)
    if count > _MOST_PAGES:
        raise ExtractError(f"the PDF has too many pages (got {count}); keep it under {_MOST_PAGES}")
    pages = []
    for number in range(count):
        with closing(document[number]) as page, closing(page.get_textpage()) as layer:
            pages.append(_page_text(layer))
    if not any(map(str.isalpha, "".join(pages))):
        raise ExtractError(
            "the PDF has no text, so it may be a scan; let a program recognise it, or type it into a .txt"
        )
    return pages


def _page_text(layer: Any) -> str:  # noqa: ANN401
    """Return the lines of a page; a hyphen at the end of a line stands as a soft one."""
    text = layer.get_text_range().replace("\r", "")
    if direction_of(text) == "rtl":
        text = _with_ligatures_in_order(layer)
    lines = (
        _LIGATURES.sub(_letters, " ".join(line.split())) for line in text.replace("\2", "\u00ad").split("\n")
    )
    return "\n".join(lines)


def _with_ligatures_in_order(layer: Any) -> str:  # noqa: ANN401
    """Return text from right to left, in which PDFium gives the letters of one glyph backwards."""
    parts: list[str] = []
    box = None
    for index in range(layer.count_chars()):
        char = layer.get_text_range(index, 1).replace("\r", "")
        here = layer.get_charbox(index)
        if parts and here == box and char.isalpha() and direction_of(char) == "rtl":
            parts[-1] = char + parts[-1]
        else:
            parts.append(char)
        box = here
    return "".join(parts)


def _letters(ligature: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", ligature[0])


def _remarks(pages: Sequence[str], heads: Sequence[str]) -> Iterator[str]:
    empty = [number for number, page in enumerate(pages, start=1) if not any(map(str.isalpha, page))]
    if empty:
        yield f"Pages without text, such as pictures or scans: {', '.join(map(str, empty))}."
    if heads:
        yield f"Left out, because most pages repeat them: {', '.join(map(short_repr, heads[:_MOST_HEADS]))}."
    yield "Text of a PDF can be out of order or run together: compare it with the original."


def _without_furniture(pages: Sequence[Sequence[str]]) -> tuple[list[str], list[str]]:
    """Return the lines of all pages without running heads and page numbers, and those heads, each once."""
    edges: Counter[str] = Counter()
    for page in pages:
        full = [*filter(None, page)]
        edges.update({_DIGITS.sub("0", line) for line in (*full[:_EDGE], *full[-_EDGE:])})
    enough = max(_LEAST_PAGES, _REPEATED * len(pages))
    often = {line for line, count in edges.items() if count >= enough}
    kept: list[str] = []
    heads: dict[str, None] = {}
    for page in pages:
        places = [place for place, line in enumerate(page) if line]
        dropped: set[int] = set()
        for order in (places[:_EDGE], places[::-1][:_EDGE]):
            for place in order:
                if len(pages) > 1 and _NUMBER.fullmatch(page[place]):
                    pass  # the number of the page
                elif _DIGITS.sub("0", page[place]) in often:
                    heads[page[place]] = None
                else:
                    break  # what is farther in is the text's
                dropped.add(place)
        kept += [line for place, line in enumerate(page) if place not in dropped]
    return kept, [*heads]


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Yield paragraphs: lines put together up to an empty one, or a short one that ends a sentence."""
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[int(len(lengths) * 0.8)] if lengths else 0
    words = Counter(word.lower() for line in lines for word in re.findall(r"\w+(?:-\w+)+", line))
    block = ""
    for line in lines:
        if not line:
            if block:
                yield block
            block = ""
            continue
        block = _appended(block, line, words)
        if _ENDS.search(line) and len(line) < _SHORT * usual:
            yield block
            block = ""
    if block:
        yield block


def _appended(block: str, line: str, words: Iterable[str]) -> str:
    """Return a paragraph with one more line; a word divided at the end of the line before is put together."""
    match = _HYPHENATED.search(block)
    if match is None or not line[:1].islower():
        return f"{block} {line}" if block else line
    rest = re.match(r"\w+", line)
    whole = f"{match[1]}-{rest[0] if rest else ''}".lower()
    return block + line if whole in words else block[:-1] + line
