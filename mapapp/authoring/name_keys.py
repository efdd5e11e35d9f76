"""Folds names of places so that spellings of one name that differ in case, marks or hyphens are equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# letters that have no decomposition in Unicode but are written otherwise as often
_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "e",
        "\u0131": "i",  # dotless i
        "\u0649": "\u064a", "\u06cc": "\u064a",  # alef maksura and Farsi yeh: yeh
        "\u0629": "\u0647", "\u06c1": "\u0647", "\u06d5": "\u0647",  # teh marbuta and other hehs: heh
        "\u06a9": "\u0643",  # keheh: kaf
        "\u0671": "\u0627",  # alef wasla: alef
    }
)  # fmt: skip
_DROPPED = re.compile("['`\u00b4\u2018\u2019\u201b\u02b9-\u02bf\u02c8\u02cb\u2032\u0640]")
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff]"
)
_HIDDEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# keys of the forms of one article in names written in other letters
ARTICLE = re.compile("[ae](?:[dlnrstz]|sh)|[аэ](?:ль|[днрстшз])")
_APART = re.compile(r"[\W_]+")


@lru_cache(maxsize=1 << 14)  # the words of an article
def name_key(name: str) -> str:
    """Return what a name is looked up by: lower case, no marks or apostrophes, words apart by one space.

    The dotted and dotless i become i, the forms of alef, yeh and heh one letter each; hyphens are spaces.
    """
    if name.isascii():
        plain = name.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", name.casefold())
        plain = _MARKS.sub("", _HIDDEN.sub("", decomposed)).translate(_LETTERS)
    return _APART.sub(" ", _DROPPED.sub("", plain)).strip()
