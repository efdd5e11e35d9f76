"""The statuses of a place in chronological order, each with its first and last day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapapp.core.model import Place, Status
    from mapapp.core.view import View

Span = tuple["Status | None", "date | None", "date | None"]


def known_statuses(place: Place, view: View) -> tuple[Status, ...]:
    """Return the statuses of a place that had begun by the day that counts, in order of time."""
    known = [
        status
        for status in place.statuses
        if view.as_of is None or status.when.earliest is None or status.when.earliest <= view.as_of
    ]
    return tuple(sorted(known, key=lambda status: status.when.earliest or date.min))


def spans(place: Place, view: View) -> tuple[Span, ...]:
    """Return the statuses of a place, each with its first and last day, both included.

    A status lasts until its own end, the day before the next one begins, or the end of the place, whichever
    comes first. The time before the first status has ``None`` for its status; a day is ``None`` where the end
    is open.
    """
    statuses = known_statuses(place, view)
    starts = [status.when.earliest for status in statuses]
    first, last = place.valid.earliest, place.valid.latest
    cut: list[Span] = []
    if not statuses or (starts[0] is not None and (first is None or first < starts[0])):
        cut.append((None, first, _before(starts[0]) if statuses else last))
    for status, following in zip_longest(statuses, starts[1:]):
        own = status.when.latest if status.when.throughout else None
        ends = [day for day in (own, _before(following), last) if day]
        cut.append((status, status.when.earliest, min(ends, default=None)))
    return tuple(cut)


def _before(day: date | None) -> date | None:
    return None if day is None else day - timedelta(days=1)
