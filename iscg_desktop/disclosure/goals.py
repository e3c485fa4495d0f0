"""What must be possible for a cell that is not printed."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Aim(enum.Enum):
    """What must be possible."""

    ZERO = "the cell can be 0"
    HIGH = "the cell can be k or more"
    WIDE = "the cell can take values k apart"


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing that must be possible for one cell."""

    cell: int
    aim: Aim


def in_order(goal: Goal) -> tuple[int, str]:
    """Key by which goals are sorted, always alike."""
    return goal.cell, goal.aim.name
