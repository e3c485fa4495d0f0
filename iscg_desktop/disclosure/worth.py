"""What printing a cell is worth to those who read a bilan, which is what masking it costs."""

from __future__ import annotations

import math

# By number of dimensions: totals are read first, crosses last.
_WORTH = (50.0, 8.0, 2.0)


def worth(dimensions: int, effectif: int) -> float:
    """What printing a cell is worth to its readers."""
    return _WORTH[min(dimensions, len(_WORTH) - 1)] * (1.0 + math.sqrt(effectif))
