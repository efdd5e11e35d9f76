"""Relations between entries: places of an event, events of a place, background facts of either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.errors import UnknownIdError

if TYPE_CHECKING:
    from mapapp.core.model import Atlas, Event, Fact, Place, PlaceLink, Role


def places_of(atlas: Atlas, event: Event) -> tuple[tuple[Place, PlaceLink], ...]:
    """Return the places of an event, each with its link, in the event's order."""
    return tuple((atlas.place[link.id], link) for link in event.places)


def events_of(atlas: Atlas, place_id: str) -> tuple[tuple[Event, str | None, Role], ...]:
    """Return the events of a place: first its own, then those of places within it.

    Each event is returned once, with the id of the inner place that links it (``None`` if it is linked to the
    place itself) and the role of that place.

    Raises
    ------
    UnknownIdError
        If there is no such place.
    """
    if place_id not in atlas.place:
        message = f"there is no place {place_id!r}"
        raise UnknownIdError(message)
    inner = inside(atlas, place_id)
    direct: list[tuple[Event, str | None, Role]] = []
    through: list[tuple[Event, str | None, Role]] = []
    for event in atlas.events:
        roles = {link.id: link.role for link in event.places}
        via = next((link.id for link in event.places if link.id in inner), None)
        if place_id in roles:
            direct.append((event, None, roles[place_id]))
        elif via is not None:
            through.append((event, via, roles[via]))
    return (*direct, *through)


def inside(atlas: Atlas, place_id: str) -> frozenset[str]:
    """Return the ids of all places whose ``within`` lists ``place_id``.

    Only directly: the towns of a zone that lies partly in two governorates are not in both, so every place
    lists all areas it lies in.
    """
    return frozenset(place.id for place in atlas.place.values() if place_id in place.within)


def facts_of(atlas: Atlas, item_id: str) -> tuple[Fact, ...]:
    """Return the background facts about a place, or those that explain or contradict an event."""
    return tuple(fact for fact in atlas.facts if item_id in (*fact.places, *fact.explains, *fact.differs))
