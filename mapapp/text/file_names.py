"""Names of files: what a view shows, and when."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from mapapp.text.locales import local
from mapapp.text.titles import area_shown, names_on, places_shown_first, title_instead

if TYPE_CHECKING:
    from mapapp.core.model import Atlas, Place
    from mapapp.core.view import View

_LONGEST = 60  # characters of the name of a place
# signs that stand for an apostrophe or, in transcribed names, for a letter inside a word
_APOSTROPHES = re.compile("['`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u2018\u2019\u201b\u2032]")
_UNDECOMPOSED = str.maketrans({"\u0131": "i", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae"})


def file_name(atlas: Atlas, view: View) -> str:
    """Return a name, without an ending, for files that show ``view``.

    It consists of a place and the window, such as ``north-1999-09-01-to-1999-09-30``, in lower-case ASCII
    letters, digits and hyphens, at most 85 characters. Different views may have the same name.

    The place is the selected place; else the area that the title of the view names; else, if something is
    selected, the first place that the map shows for it. Its name is that of the last day, in the interface's
    language. A map that has none of them, and no area of its own, gives its title.
    """
    place = _place(atlas, view)
    names = (local(names_on(place, view.window.last)), place.id) if place else (title_instead(atlas),)
    what = next(filter(None, map(_slug, names)), "map")
    first, last = view.window.first.isoformat(), view.window.last.isoformat()
    return f"{what}-{first}" if first == last else f"{what}-{first}-to-{last}"


def _place(atlas: Atlas, view: View) -> Place | None:
    if view.selected in atlas.place:
        return atlas.place[view.selected]
    area = area_shown(atlas, view)
    if area is not None or view.camera is not None:
        return area
    return next((atlas.place[item] for item in places_shown_first(atlas, view)), None)


def _slug(name: str) -> str:
    """Return a name in lower-case ASCII letters and digits, with hyphens between words; may be empty."""
    plain = _APOSTROPHES.sub("", name).lower().translate(_UNDECOMPOSED)
    slug = re.sub("[^a-z0-9]+", "-", _without_marks(plain).lower()).strip("-")
    if len(slug) <= _LONGEST:
        return slug
    cut, rest = slug[:_LONGEST], slug[_LONGEST:]
    whole = cut if rest.startswith("-") else cut.rpartition("-")[0]
    return whole or cut


def _without_marks(text: str) -> str:
    """Return text without accents and other combining marks."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
