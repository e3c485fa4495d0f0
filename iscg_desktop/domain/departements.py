"""The département whose EPCI a bilan prints: that of 1 January, so that a year keeps its categories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DepartementPasse:
    """A département she has left: it counts until the end of that year."""

    jusqu_en: int
    code: str


def departement_of(year: int, courant: str, passes: Iterable[DepartementPasse]) -> str:
    """The one a year counts by."""
    left = sorted((each for each in passes if each.jusqu_en >= year), key=lambda each: each.jusqu_en)
    return left[0].code if left else courant


def left_in(year: int, code: str, passes: tuple[DepartementPasse, ...]) -> tuple[DepartementPasse, ...]:
    """Those she has left, now that she leaves another during a year: only the one of 1 January counts in it."""
    if any(each.jusqu_en >= year for each in passes):
        return passes
    return (*passes, DepartementPasse(year, code))
