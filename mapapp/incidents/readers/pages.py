"""Recognises the answer of a server that is one page of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# keys as servers spell them, in small letters and without signs
_PAGES = {"totalpages", "numpages", "pagecount", "pagetotal", "lastpage"}
_NEXT = {"nextpageurl", "nextpage", "nexturl", "nextlink", "odatanextlink", "next", "hasmore", "hasnextpage"}
_ROWS = {"totalcount", "totalrecords", "totalresults", "totalrows", "total", "numfound", "count"}
_NESTED = {"links", "meta", "metadata", "pageinfo", "pagination", "paging"}  # objects that hold such keys
_MOST_DIGITS = 18


def page_note(answer: Mapping[str, Any], rows: int) -> tuple[str, ...]:
    """Return a note if an answer is one page of several.

    Parameters
    ----------
    answer
        The keys and values beside the list of rows, such as ``TotalPages``.
    rows
        Number of rows in the list.
    """
    found = [*_members(answer)]
    pages = max((_number(value) for key, value in found if key in _PAGES), default=0)
    total = max((_number(value) for key, value in found if key in _ROWS), default=0)
    if pages > 1:
        page = f"one page of {pages:,}"
    elif total > rows:
        page = f"one page, with {rows:,} of {total:,} rows"
    elif any(value for key, value in found if key in _NEXT):
        page = "one page of several"
    else:
        return ()
    return (f"this is {page}; import the other pages too",)


def _members(answer: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the keys, tidied, with their values, also those of objects such as ``meta`` and ``links``."""
    for name, value in answer.items():
        if (key := _tidy(name)) in _NESTED and isinstance(value, dict):
            yield from ((_tidy(inner), content) for inner, content in value.items())
        else:
            yield key, value


def _tidy(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


def _number(value: object) -> int:
    if isinstance(value, str) and value.isdecimal() and len(value) <= _MOST_DIGITS:
        return int(value)
    return value if isinstance(value, int) else 0
