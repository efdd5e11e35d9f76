"""Drafts: statements, places and background facts that are not ready to be published.

The screen shows them apart. Figures, pages and exports are made from an atlas without them, unless asked.
Nothing that is published may refer to a draft.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapapp.core.story import shown_by
from mapapp.errors import DataError, Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapapp.core.model import Atlas, Event, Fact, Place


def has_drafts(atlas: Atlas) -> bool:
    """Return whether any statement, place or background fact is a draft."""
    return bool(_drafts(atlas))


def without_drafts(atlas: Atlas) -> Atlas:
    """Return the atlas without its drafts; statements keep their numbers.

    Raises
    ------
    DataError
        If something that is not a draft refers to one.
    """
    if not has_drafts(atlas):
        return atlas
    if issues := [issue.at(item) for item, issue in draft_issues(atlas)]:
        raise DataError(issues)
    return replace(
        atlas,
        events=tuple(event for event in atlas.events if not event.draft),
        facts=tuple(fact for fact in atlas.facts if not fact.draft),
        layers=tuple(
            replace(layer, places=tuple(place for place in layer.places if not place.draft))
            for layer in atlas.layers
        ),
    )


def draft_issues(atlas: Atlas) -> Iterator[tuple[str, Issue]]:
    """Check that only drafts refer to drafts; return what is wrong with each item, by id."""
    drafts = _drafts(atlas)
    for item, path, other in _references(atlas):
        if other in drafts:
            fix = "make this a draft too, or remove draft: true there"
            yield item, Issue(f"{short_repr(other)} is a draft", "", fix, where=path)


def _drafts(atlas: Atlas) -> set[str]:
    """Return the ids of all drafts."""
    items: tuple[Event | Place | Fact, ...] = (*atlas.events, *atlas.place.values(), *atlas.facts)
    return {item.id for item in items if item.draft}


def _references(atlas: Atlas) -> Iterator[tuple[str, str, str]]:
    """Yield what items that are not drafts refer to: the id of the item, the path in it, and the other id."""
    if isinstance(atlas.profile.home, str):
        yield "home", "", atlas.profile.home
    yield from ((f"[{number}]", "show", shown) for number, shown in shown_by(atlas))
    for event in atlas.events:
        if not event.draft:
            yield from ((event.id, f"places[{number}]", link.id) for number, link in enumerate(event.places))
    for place in atlas.place.values():
        if not place.draft:
            yield from ((place.id, f"within[{number}]", area) for number, area in enumerate(place.within))
    for fact in atlas.facts:
        if not fact.draft:
            for name in ("places", "explains", "differs"):
                yield from (
                    (fact.id, f"{name}[{number}]", other) for number, other in enumerate(getattr(fact, name))
                )
