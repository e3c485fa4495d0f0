"""What printing a cell is worth to those who read a bilan, which is what masking it costs."""

from __future__ import annotations

import math

# By number of dimensions: totals are read first, crosses last. A total is what all shares of its tables are of: worth
# more than whole tables, or the cheapest masks would begin with it.
_WORTH = (500.0, 8.0, 2.0)


def worth(dimensions: int, effectif: int) -> float:
    """What printing a cell is worth to its readers."""
    return _WORTH[min(dimensions, len(_WORTH) - 1)] * (1.0 + math.sqrt(effectif))
