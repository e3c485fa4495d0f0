"""The short code that lifts the veil: what may be one. Three tries, then the coffre locks."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from iscg_desktop.errors import Problem

LONGUEUR: Final = (4, 12)
"""Characters, both allowed."""

ESSAIS: Final = 3
"""Wrong codes before the coffre locks."""


def check_code(code: str) -> tuple[Problem, ...]:
    """All that is wrong with a code she chose."""
    low, high = LONGUEUR
    if not low <= len(code) <= high:
        return (Problem("code", "code_court_longueur", {"minimum": low, "maximum": high}),)
    steps = {ord(after) - ord(before) for before, after in pairwise(code)}
    if len(steps) == 1 and abs(steps.pop()) <= 1:  # 0000, 1234, 4321: tried first by whoever sits down
        return (Problem("code", "code_court_evident"),)
    return ()
