"""Intervals that Python and the browser compute alike; ``tests/web/intervals.test.js`` reads the same file.

``python tests/incidents/test_interval_vectors.py`` writes it anew.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from mapapp.incidents.rates import rate_interval, ratio_interval
from mapapp.incidents.reporting_lag import Week, still_to_come

FILE = Path(__file__).parents[1] / "web" / "interval_vectors.json"
RATES = [(0, 28), (1, 28), (7, 28), (41, 28), (1000, 28), (5000, 7)]
RATIOS = [
    ((0, 28), (0, 28)), ((3, 28), (0, 28)), ((0, 28), (4, 14)), ((41, 28), (63, 28)), ((900, 28), (1300, 28)),
]  # fmt: skip
WEEKS = [
    [(0, 0.3, 0.02, 0.0)],
    [(9, 0.3, 0.02, 0.1), (14, 0.6, 0.01, 0.0)],
    [(800, 0.25, 0.01, 0.02), (2000, 0.9, 0.005, 0.0)],
    [(5, 1.0, 0.0, 0.0)],
    [(3, 0.999, 0.0, 0.0)],
]


def vectors() -> dict[str, Any]:
    """Return inputs with their intervals; null stands for no upper limit."""
    return {
        "rates": [[list(one), list(rate_interval(*one))] for one in RATES],
        "ratios": [
            [
                [list(before), list(after)],
                [end if end < math.inf else None for end in ratio_interval(before, after)],
            ]
            for before, after in RATIOS
        ],
        "to_come": [
            [[list(week) for week in weeks], list(still_to_come([Week(*week) for week in weeks]))]
            for weeks in WEEKS
        ],
    }


def test_the_browser_is_tested_with_what_python_computes() -> None:
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    now = vectors()
    assert stored["to_come"] == now["to_come"]
    for name in ("rates", "ratios"):
        for (given, kept), (asked, found) in zip(stored[name], now[name], strict=True):
            assert given == json.loads(json.dumps(asked))
            assert [end is None for end in kept] == [end is None for end in found]
            assert [end or 0 for end in kept] == pytest.approx([end or 0 for end in found], rel=1e-12)


def test_beyond_either_end_of_an_exact_interval_lies_a_twentieth() -> None:
    def poisson(mean: float, most: int) -> float:
        return sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(most + 1))

    def binomial(share: float, most: int) -> float:
        return sum(math.comb(30, k) * share**k * (1 - share) ** (30 - k) for k in range(most + 1))

    low, high = rate_interval(10, 1)
    assert (1 - poisson(low, 9), poisson(high, 10)) == pytest.approx((0.05, 0.05))
    low, high = (ratio / (1 + ratio) for ratio in ratio_interval((20, 1), (10, 1)))
    assert (1 - binomial(low, 9), binomial(high, 10)) == pytest.approx((0.05, 0.05))


def test_a_rate_over_other_days_is_scaled() -> None:
    assert rate_interval(7, 28) == pytest.approx([end / 28 for end in rate_interval(7, 1)])
    whole, half = ratio_interval((9, 28), (9, 28)), ratio_interval((9, 28), (9, 14))
    assert half == pytest.approx([2 * end for end in whole])


if __name__ == "__main__":
    FILE.write_text(json.dumps(vectors(), indent=1) + "\n", encoding="utf-8")
