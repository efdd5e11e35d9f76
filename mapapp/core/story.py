"""The story: the statements of the articles one after another, or steps that the author of the data wrote.

Each step is a view, so an address can name it. What the author writes is kept apart from what the articles
say: only a step from ``data/story.yaml`` has `Step.own`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapapp.core.edtf import Window
from mapapp.core.model import OwnStep
from mapapp.core.story_frame import opening_days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mapapp.core.edtf import When
    from mapapp.core.model import Atlas


@dataclass(frozen=True)
class Step:
    """One step of a story, with the view it asks for.

    Attributes
    ----------
    number
        From 1.
    window
        First and last day, both included.
    shown
        Id of the statement, place or background fact that it selects; ``None`` for none.
    hidden
        Layers it hides.
    camera
        Latitude, longitude and zoom of the map's centre; ``None`` to fit the map to what is selected.
    own
        What the author of the data wrote; ``None`` for a step that is only a statement of an article.
    """

    number: int
    window: Window
    shown: str | None = None
    hidden: frozenset[str] = frozenset()
    camera: tuple[float, float, float] | None = None
    own: OwnStep | None = None


def steps(atlas: Atlas) -> tuple[Step, ...]:
    """Return the steps of an atlas: those its author wrote, else the statements in the articles' order.

    Statements that are drafts are left out.
    """
    if atlas.story:
        return tuple(_own_step(atlas, number, own) for number, own in enumerate(atlas.story, 1))
    events = (event for event in atlas.events if not event.draft)
    return tuple(Step(number, days_of(atlas, event.id), event.id) for number, event in enumerate(events, 1))


def days_of(atlas: Atlas, item: str | None) -> Window:
    """Return the days that a step about an item shows.

    For a statement or a background fact, those it is about; where they have no beginning or end, up to the
    day of the article, or of the last one. For a place or nothing, the days the map opens on.
    """
    if item in atlas.event:
        event = atlas.event[item]
        return _days(event.when, atlas.article[event.article].date)
    if item in atlas.fact:
        return _days(atlas.fact[item].when, atlas.day)
    return opening_days(atlas)


def _days(when: When, day: date) -> Window:
    first, last = when.earliest, when.latest
    if first is None:
        end = last or day
        return Window(min(end, day), end)
    return Window(first, last or max(first, day))


def _own_step(atlas: Atlas, number: int, own: OwnStep) -> Step:
    days = days_of(atlas, own.show)
    first, last = own.first or days.first, own.last or days.last
    if first > last:  # only one of them is given: the data does not load otherwise
        first = last = own.first or last
    return Step(number, Window(first, last), own.show, frozenset(own.hidden), own.camera, own)


def shown_by(atlas: Atlas) -> Iterator[tuple[int, str]]:
    """Yield what the author's steps show: the number of the step, counted from 0, and the id of an item."""
    for number, own in enumerate(atlas.story):
        if own.show is not None:
            yield number, own.show
