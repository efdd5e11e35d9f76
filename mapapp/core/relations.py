"""What belongs together: places of an event, events of a place, background of either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.errors import UnknownIdError

if TYPE_CHECKING:
    from mapapp.core.model import Atlas, Event, Fact, Place, PlaceLink, Role


def places_of(atlas: Atlas, event: Event) -> tuple[tuple[Place, PlaceLink], ...]:
    """Return the places ``event`` touches, each with how it does, in the event's order."""
    return tuple((atlas.place[link.id], link) for link in event.places)


def events_of(atlas: Atlas, place_id: str) -> tuple[tuple[Event, str | None, Role], ...]:
    """Return the events of a place: its own first, then those of places in it.

    Each event comes once, with the id of the inner place it is reached through (``None`` where it names the
    place itself) and the role of that place in it.

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
    """Return the ids of all places that name ``place_id`` in their ``within``.

    One step only: a zone that lies in two governorates in part does not put its towns into both, so each
    place lists every area it lies in.
    """
    return frozenset(place.id for place in atlas.place.values() if place_id in place.within)


def facts_of(atlas: Atlas, item_id: str) -> tuple[Fact, ...]:
    """Return the background facts that speak of a place, or explain or stand against an event."""
    return tuple(fact for fact in atlas.facts if item_id in (*fact.places, *fact.explains, *fact.differs))
