"""Finds passages in the article, and explains where a passage that is not found differs from it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from mapapp.core.letters import difference
from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from mapapp.data.schema import PassageEntry

_MOST_MATCHES = 100  # enough to say that a passage is not unique
_CONTEXT = 20  # characters quoted on either side of a difference


def find_passage(text: str, passage: PassageEntry) -> list[int]:
    """Return the character offsets (at most 100) at which a passage occurs between its prefix and suffix."""
    found: list[int] = []
    exact, prefix, suffix = passage.exact, passage.prefix, passage.suffix
    start = text.find(exact)
    while start >= 0 and len(found) < _MOST_MATCHES:
        before = start - len(prefix)
        if before >= 0 and text.startswith(prefix, before) and text.startswith(suffix, start + len(exact)):
            found.append(start)
        start = text.find(exact, start + 1)
    return found


def explain_missing(text: str, passage: PassageEntry) -> Issue:
    """Return why a passage was not found, with the first character at which it differs from the article."""
    what, fix = "the passage is not in the article", "copy it exactly"
    exact = passage.exact
    whole = f"{passage.prefix}{exact}{passage.suffix}"
    if unlike := difference(exact, text) or (difference(whole, text) if exact in text else None):
        place, wrong = unlike
        part = "" if exact not in text else "with prefix and suffix, "
        got = short_repr(_around(whole if exact in text else exact, place))
        return Issue(f"{what}: {part}{wrong}", got, fix)
    if exact in text:
        return Issue(what, "the words, but not between that prefix and suffix", fix)
    agreed = bisect_left(range(len(exact)), x=True, key=lambda end: exact[: end + 1] not in text)
    got = f"{short_repr(_around(exact, agreed))}, which differs at character {agreed + 1}"
    return Issue(what, got, fix)


def _around(text: str, place: int) -> str:
    return text[max(0, place - _CONTEXT) : place + _CONTEXT]
