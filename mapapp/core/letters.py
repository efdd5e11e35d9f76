"""Invisible and look-alike characters, and where two texts differ only by such characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Unicode's Default_Ignorable_Code_Point without the bidirectional controls, and the letters that are blank
_IGNORED = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_BLANK = re.compile(f"[{_IGNORED}\u2800]")
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]+\U000e007f")  # a region's flag
_JOINERS, _MARKS = "\u200c\u200d", "\u200e\u200f\u061c"
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d\u180f]")
_JOINING = re.compile(  # scripts whose letters change next to a joiner
    "[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1800-\u18af"
    "\u1a20-\u1aaf\u1b00-\u1bff\ua840-\ua8ff\ua980-\ua9ff\uaa60-\uaa7f\U00010d00-\U00011fff]"
)
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_LOOK_ALIKE = str.maketrans(
    "абсԁеһіјкӏморԛѕтυѵѡхуАВЕЅІЈКМНОРСТУХҮԌԜοαερτνικΑΒΕΖΗΙΚΜΝΟΡΤΥΧیىکہºօ‚’‘‛ʼʹ′`´“”„‟«»″‐‑‒–—―−ـ",
    "abcdehijklmopqstuvwxyABESIJKMHOPCTYXYGWoaeptvikABEZHIKMNOPTYXييكه°o,''''''''\"\"\"\"\"\"\"-------\x00",
)


def letter(char: str) -> str:
    """Return the code point and name of a character, such as ``U+00A0 NO-BREAK SPACE``."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '(no name)')}"


def is_visible(text: str) -> bool:
    """Return whether a text has a visible character; blanks and combining marks alone are not visible."""
    return any(unicodedata.category(char)[0] not in "ZCM" and not _BLANK.match(char) for char in text)


def hidden(text: str) -> str | None:
    """Return the first invisible character without a function where it is, or ``None``.

    Joiners have a function in scripts that join and in emoji, direction marks in text with right-to-left
    letters, variation selectors after ideographs and symbols, tags in the flags of regions.
    """
    if text.isascii():
        return None
    right_to_left = any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text)
    rest = _FLAG.sub("\U0001f3f4", text)
    for place, char in enumerate(rest):
        before, after = rest[place - 1 : place], rest[place + 1 : place + 2]
        if unicodedata.category(char) == "Co":
            return char
        if not _BLANK.match(char):
            continue
        if char in _JOINERS and (_joins(before) or _joins(after)):
            continue
        if char in _MARKS and right_to_left:
            continue
        if (
            _SELECTORS.match(char)
            and before
            and (unicodedata.category(before) in ("So", "Lo", "Nd", "Po", "Sm"))
        ):
            continue
        return char
    return None


def _joins(char: str) -> bool:
    return bool(char) and (
        bool(_JOINING.match(char)) or unicodedata.category(char) in ("So", "Sk") or char == "\ufe0f"
    )


def tags(text: str) -> str | None:
    """Return the first tag character outside the flag of a region, or ``None``."""
    found = _TAGS.search(_FLAG.sub("", text))
    return found[0] if found else None


def difference(copy: str, text: str) -> tuple[int, str] | None:
    """Return where a copied passage differs from a text only by invisible or look-alike characters.

    Parameters
    ----------
    copy
        The copied passage.
    text
        The text it should be a part of.

    Returns
    -------
    tuple or None
        The number of the first differing character in ``copy``, counted from 1, and what is wrong there.
        ``None`` if ``copy`` is in ``text``, or looks different.
    """
    if copy in text or not copy.strip():
        return None
    visible, places = _appearance(text)
    wanted, own = _appearance(copy)
    start = visible.find(wanted)
    if start < 0 or not wanted:
        return None
    first = max(0, places[start] - own[0])
    best: tuple[int, str] | None = None
    # invisible characters before the first visible one may be on either side: take the longest match
    for begin in range(max(0, first - 3), places[start] + 1):
        at = next(
            (n for n, (one, other) in enumerate(zip(copy, text[begin:], strict=False)) if one != other), None
        )
        if at is not None and (best is None or at >= best[0] - 1):
            best = at + 1, _unlike(copy[at:], text[begin + at :], at + 1)
    return best


def _unlike(copy: str, text: str, number: int) -> str:
    """Describe the first characters of two texts that differ from there on, at character ``number``."""
    mine, theirs = copy[0], text[0]
    if copy[1:2] == theirs and not _appearance(mine)[0]:
        return f"character {number}, {letter(mine)}, is extra"
    if text[1:2] == mine and not _appearance(theirs)[0]:
        return f"{letter(theirs)} is missing before character {number}"
    return f"character {number} is {letter(mine)}, where the article has {letter(theirs)}"


@lru_cache(maxsize=8)  # many passages are compared with one article
def _appearance(text: str) -> tuple[str, list[int]]:
    """Return a text as it looks, and the offset in the text of each of its characters."""
    seen: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for part in _seen(char):
            if part == " " and seen[-1:] == [" "]:
                continue  # spaces in a row look like one
            seen.append(part)
            places.append(place)
    return "".join(seen), places


def _seen(char: str) -> Iterator[str]:
    if char.isspace():
        yield " "
        return
    for part in unicodedata.normalize("NFKD", char).translate(_LOOK_ALIKE):
        if unicodedata.category(part)[0] not in "MC" and not _BLANK.match(part):
            yield " " if part.isspace() else part
