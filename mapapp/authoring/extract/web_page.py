"""Reads the article of a saved web page with trafilatura, which tells it from menus and links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mapapp.authoring.extract.extracted import Extracted, ExtractError
from mapapp.authoring.extract.paragraphs import one_line, paragraphs
from mapapp.authoring.extract.plain_text import decode
from mapapp.core.edtf import read_day
from mapapp.errors import DateError

if TYPE_CHECKING:
    from datetime import date

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page names its encoding
_AUTHORS = re.compile(r"\s*;\s*")
_ELEMENT = re.compile(rb"<[A-Za-z]")
_MOST_ELEMENTS = 50_000  # which take a quarter of a minute
_DEEPEST = 500  # elements inside each other
_DEPTH = re.compile(rb"<(/?)(?:div|span|table|ul|ol|blockquote|section|article|font|b|i)\b", re.IGNORECASE)


def read_web_page(data: bytes) -> Extracted:
    """Return the article of a web page, with the title, author, date, publisher and address it states.

    Nothing is loaded from elsewhere, and no script is run.

    Raises
    ------
    ExtractError
        If there is no article in it.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415 - slow to load

    _refuse_excess(data)
    named = [match[1].decode("ascii") for match in _CHARSET.finditer(data[:_HEAD])]
    text, remark = decode(data, named)
    found: Any = bare_extraction(
        text, include_comments=False, include_tables=True, with_metadata=True, favor_precision=True
    )
    body = paragraphs((found.text or "").split("\n")) if found else ""
    if not body:
        fix = "save the page with its text, or the text alone as .txt"
        raise ExtractError(f"no article was found in the web page; {fix}")
    return Extracted(
        body,
        title=one_line(found.title),
        author=", ".join(filter(None, map(one_line, _AUTHORS.split(found.author or "")))),
        publisher=one_line(found.sitename),
        url=found.url or "" if re.fullmatch(r"https?://[^\s\"'<>\\]{3,1000}", found.url or "") else "",
        published=_day(found.date),
        remarks=(remark,) if remark else (),
    )


def _refuse_excess(data: bytes) -> None:
    """Refuse a page with so many elements, or nested so deeply, that reading it would take forever."""
    count = sum(1 for _ in _ELEMENT.finditer(data))
    if count > _MOST_ELEMENTS:
        got = f"{count} elements"
        raise ExtractError(f"the web page is too big (got {got}); save the text of the article alone as .txt")
    depth = 0
    for match in _DEPTH.finditer(data):
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > _DEEPEST:
            raise ExtractError("the web page is nested too deeply; save the text alone as .txt")


def _day(text: str | None) -> date | None:
    try:
        return read_day(text) if text else None
    except DateError:
        return None
