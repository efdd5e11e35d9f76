"""What counts of recent days may come to when all is reported."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mapapp.incidents.reporting_lag import is_filling, still_to_come, weeks_of

if TYPE_CHECKING:
    from mapapp.incidents.query import Asked, Queries
    from mapapp.incidents.reporting_lag import Week

_EPOCH = date(1970, 1, 1)


class Incomplete(NamedTuple):
    """A window of which reports are still coming in.

    Attributes
    ----------
    more
        The 90 % interval of the number of incidents still to be reported; ``None`` if it is too early to say.
    """

    more: tuple[int, int] | None


def incomplete(queries: Queries, asked: Asked) -> Incomplete | None:
    """Say what is still to be reported of a window.

    Parameters
    ----------
    queries
        The opened store.
    asked
        The window, and what is counted in it.

    Returns
    -------
    Incomplete or None
        ``None`` if reporting is complete, or if nothing says how late reports come.
    """
    first, last = ((day - _EPOCH).days for day in (asked.first, asked.last))
    still = [one for one in queries.lags if one.lag.seen >= first and one.lag.complete_until < last]
    if not still:
        return None
    start = max(first, min(one.lag.complete_until for one in still) + 1)
    weeks: list[Week] = []
    for one in still:
        counted = queries.by_day(asked._replace(first=_EPOCH + timedelta(days=start)), one.datasets)
        days = dict.fromkeys(range(start, last + 1), 0)
        for day, number in counted:
            days[max((day - _EPOCH).days, start)] += number
        found = weeks_of(one.lag, days.items())
        if found is None:
            return Incomplete(None)
        weeks += found
    return Incomplete(still_to_come(weeks)) if is_filling(weeks) else None
