"""The title of a view, and the names a title needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from mapapp.core.story_frame import home, home_of
from mapapp.text.dates import day_words
from mapapp.text.direction import isolated
from mapapp.text.labels import articles_shown, map_title
from mapapp.text.locales import local
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from mapapp.core.edtf import Window
    from mapapp.core.model import Atlas, Place
    from mapapp.core.names import Names
    from mapapp.core.view import View

# Roles of a statement's places, in the order in which the map zooms to them when the statement is selected.
_GOES_TO = (("subject",), ("site",), ("part", "about"), ("seat",))


def window_words(window: Window) -> str:
    """Format a time window: one day, or a first and a last day."""
    first, last = day_words(window.first), day_words(window.last)
    return first if first == last else words("date-range", first=first, last=last)


def names_on(place: Place, day: date) -> Names:
    """Return a place's names on a day: those of a period that includes it, otherwise its default names."""
    for dated in place.names_when:
        first, last = dated.when.earliest, dated.when.latest
        if (first is None or first <= day) and (last is None or day <= last):
            return dated.names
    return place.names


def places_shown_first(atlas: Atlas, view: View) -> list[str]:
    """Return the ids of the places that the map zooms to for the selection.

    For a statement: its subjects, else its sites, and so on. Countries are left out if there are
    other places. Empty if nothing is selected.
    """
    chosen = view.selected
    if chosen in atlas.event:
        links = atlas.event[chosen].places
        wanted = next((roles for roles in _GOES_TO if any(link.role in roles for link in links)), ())
        ids = [link.id for link in links if link.role in wanted]
    elif chosen in atlas.fact:
        ids = list(atlas.fact[chosen].places)
    else:
        ids = [chosen] if chosen else []
    countries = atlas.profile.having("country")
    near = [item for item in ids if atlas.place[item].layer not in countries]
    return near or ids


def view_title(
    atlas: Atlas,
    view: View,
    name: Callable[[Place], str] | None = None,
    headline: str = "",
    titled: str | None = None,
) -> str:
    """Return the title of a view: what it is of, the window, and what it shows.

    That is the story's area unless the map is framed on other places; for a map without such an area, its
    own title.

    Parameters
    ----------
    name
        Returns the name of the area; ``None`` for its name on the window's last day, in the interface's
        language.
    headline
        What else the map shows; may be empty.
    titled
        The map's own title as it should be printed; ``None`` for that in the interface's language.
    """
    area, when = area_shown(atlas, view), window_words(view.window)
    if area is not None:
        subject = name(area) if name else local(names_on(area, view.window.last))
    else:
        subject = title_instead(atlas) if titled is None else titled
    key, count = "figure-headline" if headline else "figure-title", len(articles_shown(atlas, view))
    key = key if subject else f"{key}-anywhere"
    return words(key, place=isolated(subject), when=when, more=isolated(headline), n=count)


def title_instead(atlas: Atlas) -> str:
    """Return the title of a map without a story's area; empty if it has such an area, or no title."""
    titled = atlas.profile.title is not None or len(atlas.articles) == 1
    return map_title(atlas) if titled and home_of(atlas) is None else ""


def area_shown(atlas: Atlas, view: View) -> Place | None:
    """Return the story's area; ``None`` if there is none or the map is framed on other places."""
    area = home_of(atlas)
    if area is None or view.camera is not None or _is_elsewhere(atlas, view):
        return None
    return atlas.place[area]


def _is_elsewhere(atlas: Atlas, view: View) -> bool:
    """Return whether everything selected lies outside the story's frame."""
    (south, west), (north, east) = home(atlas)
    story = shapely.box(west, south, east, north)
    shapes = [atlas.place[item].geometry for item in places_shown_first(atlas, view)]
    return bool(shapes) and not any(story.intersects(shape) for shape in shapes)
