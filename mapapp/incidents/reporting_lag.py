"""Reporting lag: how much of what happened in a week is known some weeks later, and what is still to come.

Incidents become known late, and those of the last weeks least of all, so counts of recent weeks are too low.
The share known is estimated from when each incident became known: a reporting triangle in weeks, and the
hazard in reversed time for right-truncated delays (Lawless, 1994, *Canadian Journal of Statistics* 22(1),
15-31). Its uncertainty comes from weighting weeks as a whole at random, since reports arrive in batches. What
is still to come is a negative binomial: the Poisson rate of a week with Jeffreys' prior, given what is known
of the week, and wider by as much as past weeks differed from one another.

Delays of conflict data depend on the kind of incident, its fatalities, its place and its country (Razakason,
Racek, Thurner and Kauermann, 2026, arXiv:2603.25964). The estimate is one for all incidents of a publisher.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from mapapp.incidents.rates import TAILS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

LONGEST = 26  # weeks after which reporting counts as complete
_TRAINED = 52  # weeks before those that are estimated from, since delays change over the years
_FEWEST_WEEKS = 8  # observed to the end of the longest delay
_SHORTEST = 4  # weeks of delay; with less history nothing is estimated
_FEWEST = 100  # incidents
_DRAWS = 400
_BY_DAY = 3  # weeks in which each day has its own share; less than `_SHORTEST`
_PULL = 20  # incidents: how strongly the hazards of a day are drawn to those of its week
_LEAST_SHARE = 0.1  # of a week that must be known before anything is said about the rest
_FULL = 0.95  # share of a week from which on reports of it no longer count as coming in

Basis = Literal["exports", "changes"]


class Delays(NamedTuple):
    """Numbers of incidents by week and by when they became known.

    Weeks are counted back from the last day observed: week 0 ends on it.

    Attributes
    ----------
    week
        The week in which the incidents happened.
    day
        The day of that week, from 0 for its last to 6 for its first.
    delay
        How many weeks later they became known, from 0 to ``week``.
    before
        Whether they became known at some time up to then, as those in the first export.
    number
        How many incidents.
    """

    week: NDArray[np.int64]
    day: NDArray[np.int64]
    delay: NDArray[np.int64]
    before: NDArray[np.bool_]
    number: NDArray[np.int64]


@dataclass(frozen=True)
class ReportingLag:
    """The share of incidents known, by the number of weeks since the end of their week.

    Attributes
    ----------
    seen
        The last day observed, in days since 1970-01-01: what was reported later is unknown.
    share
        The share known at the end of the week of the incident, one week later, and so on, of all that become
        known within ``len(share) - 1`` weeks. The last one is 1.
    error
        The standard deviation of each share.
    day_share, day_error
        The same for each day of the last three weeks, from ``seen`` backwards: there, days differ most.
    spread
        By how much weeks differ from one another in what was still to come, beyond chance: a relative
        variance. One less than the shares.
    number
        Number of incidents it is estimated from.
    basis
        ``exports``: successive exports show when incidents were first in one. ``changes``: the publisher's
        time of the last change, which may be later than the first report.
    """

    seen: int
    share: tuple[float, ...]
    error: tuple[float, ...]
    day_share: tuple[float, ...]
    day_error: tuple[float, ...]
    spread: tuple[float, ...]
    number: int
    basis: Basis

    @property
    def complete_until(self) -> int:
        """The last day of which reporting counts as complete, in days since 1970-01-01."""
        return self.seen - 7 * (len(self.share) - 1)


class Week(NamedTuple):
    """What is known of a week, or of a part of one.

    Attributes
    ----------
    known
        Number of incidents.
    share
        The share of incidents that is known, greater than 0.
    error
        Its standard deviation.
    spread
        As in `ReportingLag`.
    """

    known: int
    share: float
    error: float
    spread: float


def estimate(delays: Delays, seen: int, basis: Basis) -> ReportingLag | None:
    """Estimate the reporting lag.

    Parameters
    ----------
    delays
        When incidents became known.
    seen
        The last day observed, in days since 1970-01-01.
    basis
        How that is known.

    Returns
    -------
    ReportingLag or None
        ``None`` if there are too few incidents, or too few weeks of them.
    """
    observed = int(delays.week.max(initial=-1)) + 1
    longest = min(LONGEST, observed - _FEWEST_WEEKS)
    if longest < _SHORTEST:
        return None
    used = (delays.week < longest + _TRAINED) & (delays.delay <= longest) & (delays.delay >= 0)
    number = int(delays.number[used & ~delays.before].sum())
    if number < _FEWEST:
        return None
    shape = (min(observed, longest + _TRAINED), longest + 1)
    whole = _triangle(delays, used, shape)
    days = [_triangle(delays, used & (delays.day == day), shape) for day in range(7)]
    plain = np.ones((1, shape[0]))
    weights = np.random.default_rng(0).exponential(size=(_DRAWS, shape[0]))  # the same data, the same answer
    share, drawn = _shares(whole, plain)[0], _shares(whole, weights)
    (day_share,), drawn_days = _day_shares(days, share[None], plain), _day_shares(days, drawn, weights)
    first = np.isin(np.arange(shape[0]), delays.week[used & delays.before])
    return ReportingLag(
        seen,
        tuple(map(float, share)),
        tuple(map(float, drawn.std(axis=0))),
        tuple(map(float, day_share)),
        tuple(map(float, drawn_days.std(axis=0))),
        tuple(map(float, _spread(whole.reported, share, ~first))),
        number,
        basis,
    )


class _Triangle(NamedTuple):
    """Numbers of incidents by week and delay: those newly known, those known by then, and those at risk.

    At risk at a delay are, backwards in time, those that became known up to it; of those in the first export,
    the ones known at an earlier delay.
    """

    new: NDArray[np.float64]
    reported: NDArray[np.float64]
    at_risk: NDArray[np.float64]


def _triangle(delays: Delays, used: NDArray[np.bool_], shape: tuple[int, int]) -> _Triangle:
    new, known = np.zeros(shape), np.zeros(shape)
    for numbers, some in ((new, used & ~delays.before), (known, used & delays.before)):
        np.add.at(numbers, (delays.week[some], delays.delay[some]), delays.number[some])
    reported = new.cumsum(axis=1)
    at_risk = reported.copy()
    at_risk[:, 1:] += known.cumsum(axis=1)[:, :-1]
    week, delay = np.indices(shape)
    observable = week >= delay
    return _Triangle(new * observable, reported, at_risk * observable)


def _hazards(triangle: _Triangle, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the hazards in reversed time by delay, for each set of weights of the weeks."""
    new, at_risk = weights @ triangle.new, weights @ triangle.at_risk
    hazards: NDArray[np.float64] = np.divide(new, at_risk, out=np.zeros_like(new), where=at_risk > 0)
    return hazards


def _shares(triangle: _Triangle, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, for each set of weights of the weeks, the share known by delay; the last one is 1."""
    left = np.cumprod(1 - _hazards(triangle, weights)[:, :0:-1], axis=1)[:, ::-1]
    return np.concatenate([left, np.ones_like(left[:, :1])], axis=1)


def _day_shares(
    days: list[_Triangle], share: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the shares known of each day of the last three weeks, from the last day backwards.

    Within these weeks they differ most. Where few incidents are known of a day, its hazards are nearly those
    of the week.
    """
    before = 1 - share[:, :_BY_DAY] / share[:, 1 : _BY_DAY + 1]  # hazards of the weeks
    found = np.empty((share.shape[0], 7 * _BY_DAY))
    for day, triangle in enumerate(days):
        new, at_risk = (weights @ part[:, 1 : _BY_DAY + 1] for part in (triangle.new, triangle.at_risk))
        hazards = (new + _PULL * before) / (at_risk + _PULL)
        found[:, day::7] = share[:, [_BY_DAY]] * np.cumprod(1 - hazards[:, ::-1], axis=1)[:, ::-1]
    return found


def _spread(
    known: NDArray[np.float64], share: NDArray[np.float64], whole: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return by how much weeks differ from one another, for each age but the last: a relative variance.

    Each past week is predicted from what was known of it at that age, and compared with what is known now.
    """
    last = known.shape[1] - 1
    found = np.zeros(last)
    for age in range(last):
        week = np.flatnonzero(whole & (np.arange(whole.size) > age))
        then = known[week, age] + 0.5
        now = np.minimum(week, last)
        chance = share[age] / share[now]
        mean, variance = then * (1 - chance) / chance, then * (1 - chance) / chance**2
        came = known[week, now] - known[week, age]
        if mean.sum():
            found[age] = max(0.0, float(((came - mean) ** 2 - variance).sum() / (mean**2).sum()))
    return found


def weeks_of(lag: ReportingLag, counts: Iterable[tuple[int, int]]) -> list[Week] | None:
    """Return what is known of each week of some days.

    Parameters
    ----------
    lag
        The reporting lag.
    counts
        Each day, in days since 1970-01-01, with the number of incidents known. Days without any count too.

    Returns
    -------
    list of Week or None
        Of the weeks that are not complete. ``None`` if it is too early to say anything: a day is after the
        last one observed, or too little of its week is known.
    """
    known: dict[int, dict[int, int]] = {}
    for day, number in counts:
        week = (lag.seen - day) // 7
        if week < 0:
            return None
        if week < len(lag.share) - 1:
            known.setdefault(week, {})[lag.seen - day] = number
    found = []
    for week in sorted(known):
        ages = [age for age in known[week] if age < len(lag.day_share)]
        share = sum(lag.day_share[age] for age in ages) / len(ages) if ages else lag.share[week]
        error = sum(lag.day_error[age] for age in ages) / len(ages) if ages else lag.error[week]
        found.append(Week(sum(known[week].values()), share, error, lag.spread[week]))
    return None if any(week.share < _LEAST_SHARE for week in found) else found


def still_to_come(weeks: Sequence[Week]) -> tuple[int, int]:
    """Return the interval of the number of incidents that are still to be reported; 90 %.

    Parameters
    ----------
    weeks
        What is known of each week that is not complete.
    """
    mean = variance = error = 0.0
    for known, share, off, spread in weeks:
        expected = (known + 0.5) * (1 - share) / share
        mean += expected
        variance += expected / share + spread * expected**2
        error += (known + 0.5) * off / share**2  # the same error in all weeks: they share the estimate
    if mean <= 0:
        return 0, 0
    from scipy.stats import nbinom  # noqa: PLC0415 - slow to import

    variance += error**2
    low, high = nbinom.ppf(TAILS, mean**2 / (variance - mean), mean / variance)
    return int(low), int(high)


def is_filling(weeks: Sequence[Week]) -> bool:
    """Return whether reports of any of these weeks are still coming in."""
    return any(week.share < _FULL for week in weeks)
