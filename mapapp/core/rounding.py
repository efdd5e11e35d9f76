"""Round numbers, no more exact than an area is known."""

from __future__ import annotations

import math


def rounded(value: float, step: int = -1) -> float:
    """Round to two significant figures, and to tens with an exponent of ``step``."""
    own = math.floor(math.log10(abs(value))) - 1 if value else step
    return round(value, -max(own, step)) + 0.0  # no -0.0
