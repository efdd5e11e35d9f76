"""The order in which the characters of one line are drawn: the Unicode Bidirectional Algorithm (UAX #9).

Of its explicit formatting it has isolates, which are what our texts use; of its paired brackets, those of
ASCII.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ISOLATES = "\u2066\u2067\u2068\u2069"
_OPEN = ("LRI", "RLI", "FSI")
_STRONG = ("L", "R", "AL")
_NUMBERS = ("EN", "AN")
_NEUTRAL = ("B", "S", "WS", "ON", *_OPEN, "PDI")
_BRACKETS = {")": "(", "]": "[", "}": "{"}


class Run(NamedTuple):
    """Characters of one direction, in the order in which they are read."""

    text: str
    rtl: bool


def visual_runs(text: str, *, rtl: bool) -> list[Run]:
    """Return the runs of a line from left to right as they are drawn, without isolates.

    ``rtl`` is the direction of the line.
    """
    levels = [0] * len(text)
    kinds = [unicodedata.bidirectional(char) or "ON" for char in text]
    _resolve(text, kinds, levels, list(range(len(text))), int(rtl))
    runs = [
        (level, Run("".join(text[at] for at in found if text[at] not in ISOLATES), level % 2 == 1))
        for level, found in (
            (level, list(found)) for level, found in groupby(range(len(text)), levels.__getitem__)
        )
    ]
    for least in range(max(levels, default=0), 0, -1):  # rule L2
        runs = [
            run
            for high, found in groupby(runs, lambda run: run[0] >= least)  # noqa: B023 - used at once
            for run in (reversed(list(found)) if high else list(found))
        ]
    return [run for _, run in runs if run.text]


def _resolve(text: str, kinds: list[str], levels: list[int], at: list[int], level: int) -> None:
    """Set the levels of the characters at some places, which lie in isolates that have a ``level``."""
    own: list[int] = []  # without what lies in isolates among them
    rest = iter(at)
    for place in rest:
        own.append(place)
        if kinds[place] in _OPEN:
            inner, end = _isolate(kinds, rest)
            up = _is_rtl(kinds, place, inner)
            _resolve(text, kinds, levels, inner, level + (2 if up == level % 2 else 1))
            own += end
    weak = _separators(_letters([kinds[place] for place in own], _side(level)), _side(level))
    _brackets([text[place] for place in own], weak, _side(level))
    _neutral(weak, _side(level))
    for place, kind in zip(own, weak, strict=True):
        if level % 2:
            levels[place] = level + (kind != "R")
        else:
            levels[place] = level + {"L": 0, "R": 1}.get(kind, 2)


def _side(level: int) -> str:
    return "R" if level % 2 else "L"


def _isolate(kinds: list[str], rest: Iterator[int]) -> tuple[list[int], list[int]]:
    """Take what lies in an isolate from ``rest``, and the sign that ends it, if there is one."""
    inner: list[int] = []
    deep = 1
    for place in rest:
        deep += (kinds[place] in _OPEN) - (kinds[place] == "PDI")
        if not deep:
            return inner, [place]
        inner.append(place)
    return inner, []


def _is_rtl(kinds: list[str], place: int, inner: list[int]) -> bool:
    """Return the direction of an isolate; that of its first strong letter if it has none of its own."""
    if kinds[place] != "FSI":
        return kinds[place] == "RLI"
    deep = 0
    for kind in (kinds[one] for one in inner):
        if not deep and kind in _STRONG:
            return kind != "L"
        deep += (kind in _OPEN) - (kind == "PDI" and deep > 0)
    return False


def _letters(kinds: list[str], side: str) -> list[str]:
    """Resolve marks, and digits after letters of class AL: rules W1 to W3."""
    found: list[str] = []
    for kind in kinds:
        if kind in ("NSM", "BN"):
            last = found[-1] if found else side
            kind = "ON" if last in (*_OPEN, "PDI") else last  # noqa: PLW2901
        found.append(kind)
    strong = side
    for at, kind in enumerate(found):
        strong = kind if kind in _STRONG else strong
        if kind == "EN" and strong == "AL":
            found[at] = "AN"
    return ["R" if kind == "AL" else kind for kind in found]


def _separators(found: list[str], side: str) -> list[str]:
    """Resolve what stands between digits and beside them, and digits after Latin letters: rules W4 to W7."""
    for at in range(1, len(found) - 1):
        before, kind, after = found[at - 1 : at + 2]
        if before == after and ((kind == "ES" and before == "EN") or (kind == "CS" and before in _NUMBERS)):
            found[at] = before
    at = 0
    for kind, group in groupby(list(found)):
        count = len(list(group))
        if kind == "ET":
            beside = "EN" in (
                found[at - 1] if at else "",
                found[at + count] if at + count < len(found) else "",
            )
            found[at : at + count] = ["EN" if beside else "ON"] * count
        at += count
    strong = side
    for at, kind in enumerate(found):
        strong = kind if kind in _STRONG else strong
        if kind in ("ES", "CS"):
            found[at] = "ON"
        elif kind == "EN" and strong == "L":
            found[at] = "L"
    return found


def _brackets(text: list[str], kinds: list[str], side: str) -> None:
    """Give both brackets of a pair one direction: rule N0."""
    pairs: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if kinds[at] != "ON":
            continue
        if char in _BRACKETS.values():
            opened.append((char, at))
        elif char in _BRACKETS:
            match = next((n for n in range(len(opened) - 1, -1, -1) if opened[n][0] == _BRACKETS[char]), None)
            if match is not None:
                pairs.append((opened[match][1], at))
                del opened[match:]
    for first, last in sorted(pairs):
        inside = {_strong(kind) for kind in kinds[first + 1 : last]} - {""}
        if not inside:
            continue
        before = next(filter(None, (_strong(kind) for kind in reversed(kinds[:first]))), side)
        kinds[first] = kinds[last] = side if side in inside else before


def _strong(kind: str) -> str:
    """Return the direction of a resolved character; digits count as from right to left."""
    return kind if kind in ("L", "R") else "R" if kind in _NUMBERS else ""


def _neutral(kinds: list[str], side: str) -> None:
    """Resolve what has no direction by what stands around it: rules N1 and N2."""
    at = 0
    for neutral, group in groupby(list(kinds), lambda kind: kind in _NEUTRAL):
        count = len(list(group))
        if neutral:
            before = _strong(kinds[at - 1]) if at else side
            after = _strong(kinds[at + count]) if at + count < len(kinds) else side
            kinds[at : at + count] = [before if before == after else side] * count
        at += count
