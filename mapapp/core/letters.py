"""Characters: which are invisible, which disguise what is around them, and where two texts differ."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Unicode's Default_Ignorable_Code_Point, without the controls of the writing direction, and the letters that
# are blank
_IGNORED = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_BLANK = re.compile(f"[{_IGNORED}\u2800]")
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]+\U000e007f")  # a region's flag
_JOINERS, _MARKS = "\u200c\u200d", "\u200e\u200f\u061c"
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d\u180f]")
_JOINING = re.compile(  # scripts whose letters change beside a joiner
    "[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1800-\u18af"
    "\u1a20-\u1aaf\u1b00-\u1bff\ua840-\ua8ff\ua980-\ua9ff\uaa60-\uaa7f\U00010d00-\U00011fff]"
)
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_LOOK_ALIKE = str.maketrans(
    "абсԁеһіјкӏморԛѕтυѵѡхуАВЕЅІЈКМНОРСТУХҮԌԜοαερτνικΑΒΕΖΗΙΚΜΝΟΡΤΥΧیىکہºօ‚’‘‛ʼʹ′`´“”„‟«»″‐‑‒–—―−ـ",
    "abcdehijklmopqstuvwxyABESIJKMHOPCTYXYGWoaeptvikABEZHIKMNOPTYXييكه°o,''''''''\"\"\"\"\"\"\"-------\x00",
)


def letter(char: str) -> str:
    """Return a character as a message names it, such as ``U+00A0 NO-BREAK SPACE``."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '(no name)')}"


def is_visible(text: str) -> bool:
    """Return whether any character of ``text`` can be seen by itself: blanks and bare accents cannot."""
    return any(unicodedata.category(char)[0] not in "ZCM" and not _BLANK.match(char) for char in text)


def hidden(text: str) -> str | None:
    """Return the first character that is not seen and has no work to do where it stands, or ``None``.

    Joiners work inside scripts that join and inside emoji, direction marks beside right-to-left letters,
    variation selectors after ideographs and symbols, tags inside a region's flag.
    """
    if text.isascii():
        return None
    turned = any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text)
    rest = _FLAG.sub("\U0001f3f4", text)
    for place, char in enumerate(rest):
        before, after = rest[place - 1 : place], rest[place + 1 : place + 2]
        if unicodedata.category(char) == "Co":
            return char
        if not _BLANK.match(char):
            continue
        if char in _JOINERS and (_joins(before) or _joins(after)):
            continue
        if char in _MARKS and turned:
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
    """Return the first tag character that is no part of a region's flag, or ``None``."""
    found = _TAGS.search(_FLAG.sub("", text))
    return found[0] if found else None


def difference(given: str, text: str) -> tuple[int, str] | None:
    """Say where ``given`` differs from ``text`` by an invisible or look-alike character only.

    Returns
    -------
    The number of the differing character, counted from 1, and both characters by name; ``None`` where
    ``given`` is in ``text``, or differs in more than its looks.
    """
    if given in text or not given.strip():
        return None
    looks, places = _looks(text)
    wanted, own = _looks(given)
    start = looks.find(wanted)
    if start < 0 or not wanted:
        return None
    first = max(0, places[start] - own[0])
    best: tuple[int, str] | None = None
    # invisible characters before the first visible one may stand on either side: the longest agreement is
    # meant
    for begin in range(max(0, first - 3), places[start] + 1):
        at = next(
            (n for n, (one, other) in enumerate(zip(given, text[begin:], strict=False)) if one != other), None
        )
        if at is not None and (best is None or at >= best[0] - 1):
            best = at + 1, _unlike(given[at:], text[begin + at :])
    return best


def _unlike(given: str, text: str) -> str:
    """Word two texts that differ from their first character on."""
    mine, theirs = given[0], text[0]
    if given[1:2] == theirs and not _looks(mine)[0]:
        return f"{letter(mine)}, which the article does not have there"
    if text[1:2] == mine and not _looks(theirs)[0]:
        return f"{letter(mine)}, before which the article has {letter(theirs)}"
    return f"{letter(mine)}, where the article has {letter(theirs)}"


@lru_cache(maxsize=8)  # many passages are held against one article
def _looks(text: str) -> tuple[str, list[int]]:
    """Return what a reader sees of ``text``, and where each character of that stands in it."""
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
