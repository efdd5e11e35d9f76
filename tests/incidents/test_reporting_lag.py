"""The reporting lag of synthetic incidents, whose delays and true numbers are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from mapapp.incidents.reporting_lag import Delays, ReportingLag, Week, estimate, still_to_come, weeks_of

SEEN = 20_000  # the last day observed
WEEKS = 70
RUNS = 200


@dataclass(frozen=True)
class Case:
    """How many incidents a week brings, and how they become known; a part of them is in the place counted."""

    name: str
    rate: float
    weeks_differ: float = 0.0  # standard deviation of the logarithm of a week's delays
    first_export: int | None = None  # weeks ago; what was known then has no time of its own
    window: int = 28  # days counted, up to the last day observed
    end: int = 0  # days before that on which they end
    rises: float = 0.0  # standard deviation of the daily change of the rate's logarithm


def drawn(case: Case, seed: int) -> tuple[Delays, list[tuple[int, int]], int]:
    """Return when incidents became known, those known by day in the window, and how many there are really."""
    rng = np.random.default_rng(seed)
    days = np.arange(SEEN - 7 * WEEKS + 1, SEEN + 1)
    level = np.exp(np.cumsum(rng.normal(0, case.rises, days.size))) if case.rises else 1.0
    day = np.repeat(days, rng.poisson(case.rate / 7 * level, days.size))
    here = rng.random(day.size) < 0.4
    slow = np.exp(rng.normal(0, case.weeks_differ, WEEKS))[(SEEN - day) // 7]
    known = day + np.floor(rng.gamma(0.8, 19.5 * slow)).astype(int)
    week = (SEEN - day) // 7
    delay = week - (SEEN - known) // 7
    before = np.zeros(day.size, bool)
    if case.first_export is not None:
        before = known <= SEEN - 7 * case.first_export
        delay = np.where(before, week - case.first_export, delay)
    reported = known <= SEEN
    last = SEEN - case.end
    counted = here & (day > last - case.window) & (day <= last)
    complete = counted & (delay <= 26)
    per_day = [(int(one), int((counted & reported & (day == one)).sum())) for one in days[-60:]]
    delays = Delays(
        week[reported],
        ((SEEN - day) % 7)[reported],
        delay[reported],
        before[reported],
        np.ones(int(reported.sum()), np.int64),
    )
    window = [(one, n) for one, n in per_day if last - case.window < one <= last]
    return delays, window, int(complete.sum())


CASES = [
    Case("each report by itself", 100),
    Case("few incidents", 30),
    Case("reports in batches, so that weeks differ", 300, weeks_differ=0.3),
    Case("a rate that rises and falls", 100, rises=0.05),
    Case("known only from exports", 100, first_export=30),
    Case("a window that ends between two exports", 150, end=10),
    Case("the first days of the last week", 150, window=4, end=3),
    Case("the last ten days", 150, window=10),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_nine_in_ten_intervals_hold_the_true_number(case: Case) -> None:
    held = 0
    for seed in range(RUNS):
        delays, window, truth = drawn(case, seed)
        lag = estimate(delays, SEEN, "exports")
        assert lag is not None
        weeks = weeks_of(lag, window)
        assert weeks is not None
        known = sum(n for _, n in window)
        low, high = still_to_come(weeks)
        held += known + low <= truth <= known + high
    assert 0.85 <= held / RUNS <= 0.95


def test_the_share_known_is_that_of_the_delays_drawn() -> None:
    delays, _, _ = drawn(Case("many", 2000), 1)
    lag = estimate(delays, SEEN, "exports")
    assert lag is not None
    rng = np.random.default_rng(2)
    delay = (rng.integers(0, 7, 400_000) + np.floor(rng.gamma(0.8, 19.5, 400_000))) // 7
    true = [(delay <= weeks).sum() / (delay <= 26).sum() for weeks in range(27)]
    assert lag.share == pytest.approx(true, abs=0.02)
    assert lag.share[-1] == 1
    late = np.floor(rng.gamma(0.8, 19.5, 400_000))
    assert lag.day_share == pytest.approx([(late <= age).mean() for age in range(21)], abs=0.04)


def test_weeks_in_the_first_export_say_nothing_of_when_they_became_known() -> None:
    week, before = np.array([40, 40]), np.array([True, True])
    delays = Delays(week, week % 7, np.array([3, 9]), before, np.array([500, 500]))
    assert estimate(delays, SEEN, "exports") is None


@pytest.mark.parametrize(("weeks", "number"), [(11, 1000), (40, 99)], ids=["weeks", "incidents"])
def test_with_too_little_history_nothing_is_estimated(weeks: int, number: int) -> None:
    week = np.arange(weeks)
    counts = np.full(weeks, number // weeks)
    counts[0] += number - counts.sum()
    none = np.zeros(weeks, bool)
    assert estimate(Delays(week, week % 7, np.zeros(weeks, np.int64), none, counts), SEEN, "changes") is None


LAG = ReportingLag(
    SEEN,
    (0.05, 0.5, 0.96, 1.0),
    (0.01, 0.02, 0.01, 0.0),
    (0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.65, 0.7),
    (0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.04),
    (0.0, 0.1, 0.0),
    1000,
    "exports",
)


def test_only_weeks_that_are_not_complete_are_returned() -> None:
    days = [(SEEN - 7, 2), (SEEN - 13, 1), (SEEN - 20, 5), (SEEN - 21, 9)]
    last, before = weeks_of(LAG, days) or []
    assert last == pytest.approx((3, (0.3 + 0.7) / 2, (0.02 + 0.04) / 2, 0.1))
    assert before == Week(5, 0.96, 0.01, 0.0)


def test_of_the_last_weeks_each_day_has_a_share_of_its_own() -> None:
    ((known, share, *_),) = weeks_of(LAG, [(SEEN - 6, 2)]) or []
    assert (known, share) == (2, 0.2)
    assert weeks_of(LAG, [(SEEN - 5, 2)]) is None


@pytest.mark.parametrize("day", [SEEN + 1, SEEN], ids=["after the last export", "of a week hardly known"])
def test_nothing_is_said_of_days_of_which_too_little_is_known(day: int) -> None:
    assert weeks_of(LAG, [(day, 3)]) is None


def test_nothing_is_to_come_of_complete_weeks() -> None:
    assert still_to_come([]) == (0, 0)
    assert still_to_come([Week(7, 1.0, 0.0, 0.0)]) == (0, 0)
