"""Names as parts of ids and file names."""

from __future__ import annotations

import re
import unicodedata


def slug(name: str, longest: int) -> str:
    """Return the words of a name in lower-case Latin letters and digits, with hyphens between them.

    Whole words up to ``longest`` characters; empty if it has no Latin letters or digits.
    """
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = ""
    for word in re.findall("[a-z0-9]+", letters.replace("'", "")):
        longer = f"{made}-{word}" if made else word
        if len(longer) > longest:
            break
        made = longer
    return made
