"""Which licences allow the text of an article to be published with the map.

The others do not, and neither does what is not known: then only the passages that statements quote are
published.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapapp.core.model import Atlas

FULL_TEXT = "MAPAPP_FULL_TEXT"  # environment variable with which the app shows the whole text all the same

_VERSION = r"(?:[ -]?[1-4]\.0)?(?: international| deed)?"
_OPEN = re.compile(
    "|".join(
        (
            r"public domain(?: mark)?(?: 1\.0)?",
            r"cc[ -]?0(?:[ -]1\.0)?(?: universal)?",
            rf"cc[ -]by{_VERSION}",
            rf"cc[ -]by-sa{_VERSION}",
            r"ogl(?:[ -]uk)?(?:[ -][1-3]\.0)?",
            r"open government licen[cs]e(?: v?[1-3]\.0)?",
            r"(?:reproduced|published|used) with permission\b.*",
        )
    )
)


def allows_text(licence: str) -> bool:
    """Return whether a licence allows the text to be published.

    It must be one of: public domain, CC0, CC BY, CC BY-SA, the Open Government Licence, or "reproduced with
    permission" and whose. Licences that allow no commercial use or no derivatives are not among them.
    """
    return _OPEN.fullmatch(" ".join(licence.casefold().split()).rstrip(".")) is not None


def for_publication(atlas: Atlas) -> Atlas:
    """Return the atlas with the articles marked of whose text only what statements quote may be published."""
    return replace(
        atlas,
        articles=tuple(
            replace(article, quotes_only=not allows_text(atlas.source[article.source].licence))
            for article in atlas.articles
        ),
    )
