"""One line of a table of the bilan on screen, and how its figures are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iscg_desktop.disclosure.tables import Dimension as PrintedDimension
from iscg_desktop.domain.bilan import Cle, Dimension
from iscg_desktop.domain.chiffres import pourcent

MASK = "•"
Question = Dimension | PrintedDimension
_ACROSS = 6
"""Answers that stand side by side without scrolling."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line of a table on screen.

    Attributes:
        cle: The cell of its first figure.
        valeurs: Its figures, one a column; None where it is masked.
        total: What shares are of, None when it is masked.
    """

    libelle: str
    cle: Cle
    valeurs: tuple[int | None, ...]
    total: int | None

    @property
    def part(self) -> str:
        """Share of the total, from what is shown alone; masked as soon as one of the two is."""
        value = self.valeurs[0]
        if value is None or self.total is None:
            return MASK
        return pourcent(value, self.total) or "–"


def shown(value: int | None) -> str:
    """A figure in words, its thousands apart."""
    return MASK if value is None else f"{value:,}".replace(",", "\u202f")


def gained(now: int, before: int | None) -> str:
    """What a figure gained or lost, its sign said; « = » when it is the same, « – » when it was not counted."""
    if before is None:
        return "–"
    sign = "+" if now > before else "\u2212"
    return sign + shown(abs(now - before)) if now != before else "="


def axes(questions: Sequence[Question]) -> tuple[Question, Question]:
    """The question whose answers are the lines of a cross, and the one whose answers are its columns."""
    first, second = questions
    if len(second.categories) > _ACROSS >= len(first.categories):
        return second, first
    return first, second


def crossed(questions: Sequence[Question], *pairs: tuple[str, str]) -> Cle:
    """Key of a cell of a cross, in the order of its table."""
    order = [question.code for question in questions]
    return tuple(sorted(pairs, key=lambda pair: order.index(pair[0])))
