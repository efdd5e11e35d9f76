"""Selects the items of an atlas that a view shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mapapp.core.edtf import When, Window, certainly, possibly
from mapapp.core.model import Atlas, Event, Fact, Layer, Place, Status
from mapapp.core.view import Certainty, View


@dataclass(frozen=True)
class Selection:
    """The content of a view, in the atlas's order, each with its certainty of falling in the window.

    A place also has its status on the last day of the view, or ``None``.
    """

    events: tuple[tuple[Event, Certainty], ...]
    places: tuple[tuple[Place, Certainty, Status | None], ...]
    facts: tuple[tuple[Fact, Certainty], ...]


def select(atlas: Atlas, view: View) -> Selection:
    """Return the events, places and background facts that a view shows of an atlas."""
    return Selection(
        events=tuple(
            (event, sure)
            for event in atlas.events
            if _asked(event, view)
            and _known(atlas.article[event.article].date, view)
            and (sure := _falls(event.when, view.window, certain=view.certain))
        ),
        places=tuple(
            (place, sure, status_of(place, view))
            for layer in atlas.layers
            if layer.id not in view.hidden
            for place in layer.places
            if _known(place.valid.earliest, view)
            and (sure := _falls(place.valid, _frame(atlas, layer.id, view), certain=view.certain))
        ),
        facts=tuple(
            (fact, sure)
            for fact in atlas.facts
            if view.background
            and _known(fact.when.earliest, view)
            and (sure := _falls(fact.when, view.window, certain=view.certain))
        ),
    )


def snapshot_day(view: View) -> date:
    """Return the day for which snapshots are shown.

    That is the last day of the window, or the last one known if that is earlier, but not before the window.
    """
    last = view.window.last
    return last if view.as_of is None else max(view.window.first, min(last, view.as_of))


def snapshot(layer: Layer, day: date, view: View) -> tuple[Place, ...]:
    """Return the places of a snapshot layer that a view shows when its snapshot day is ``day``."""
    return tuple(
        place
        for place in layer.places
        if _known(place.valid.earliest, view) and _falls(place.valid, Window(day, day), certain=view.certain)
    )


def status_of(place: Place, view: View) -> Status | None:
    """Return the status of a place on the window's last day, or on the last day known if that is earlier.

    If several apply, the one that started last. ``None`` if none is recorded for that day.
    """
    day = min(view.window.last, view.as_of or view.window.last)
    held = [status for status in place.statuses if _holds(status.when, day)]
    return max(held, key=lambda status: status.when.earliest or date.min, default=None)


def _holds(when: When, day: date) -> bool:
    """Return whether a status may apply on a day; one with only a start continues until the next."""
    ended = when.throughout and when.latest is not None and when.latest < day
    return (when.earliest is None or when.earliest <= day) and not ended


def _asked(event: Event, view: View) -> bool:
    return (
        (view.article is None or event.article == view.article)
        and (view.said_by is None or event.said_by in view.said_by)
        and (view.kinds is None or event.kind in view.kinds)
    )


def _known(since: date | None, view: View) -> bool:
    """Return whether something that began on ``since`` is known on the view's day."""
    return view.as_of is None or since is None or since <= view.as_of


def _frame(atlas: Atlas, layer: str, view: View) -> Window:
    """Return the window in which a place has to be valid: for a snapshot, the one day of it."""
    if not atlas.profile.layers[layer].snapshot:
        return view.window
    day = snapshot_day(view)
    return Window(day, day)


def _falls(when: When, window: Window, *, certain: bool) -> Certainty | None:
    if certainly(when, window):
        return "certain"
    return "possible" if not certain and possibly(when, window) else None
