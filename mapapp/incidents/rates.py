"""Rates of incidents before and after something, with exact 90 % intervals.

The interval of a rate is Garwood's (1936, *Biometrika* 28(3/4), 437-442). That of a ratio of two rates is
conditional on their sum (Przyborowski and Wilenski, 1940, *Biometrika* 31(3/4), 313-323), with the limits of
Clopper and Pearson. Both take incidents to be independent of one another, which they are not quite: the true
uncertainty is greater. They compare counts, and do not show why these differ.
"""

from __future__ import annotations

import math

TAILS = (0.05, 0.95)  # between which an interval lies


def rate_interval(number: int, days: int) -> tuple[float, float]:
    """Return the interval of a rate per day.

    Parameters
    ----------
    number
        Incidents counted.
    days
        Days in which they were counted, at least 1.
    """
    from scipy.stats import chi2  # noqa: PLC0415 - slow to import

    low = float(chi2.ppf(TAILS[0], 2 * number)) / 2 if number else 0.0
    return low / days, float(chi2.ppf(TAILS[1], 2 * number + 2)) / 2 / days


def ratio_interval(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float]:
    """Return the interval of the ratio of two rates: after divided by before.

    Parameters
    ----------
    before, after
        Number of incidents, and of the days in which they were counted, at least 1.

    Returns
    -------
    tuple of float
        The higher end is infinite if nothing was counted before; without any incidents it is 0 to infinity.
    """
    from scipy.stats import beta  # noqa: PLC0415 - slow to import

    (first, first_days), (second, second_days) = before, after
    scale = first_days / second_days
    low = float(beta.ppf(TAILS[0], second, first + 1)) if second else 0.0
    high = float(beta.ppf(TAILS[1], second + 1, first)) if first else 1.0
    return low / (1 - low) * scale, (high / (1 - high) * scale if high < 1 else math.inf)
