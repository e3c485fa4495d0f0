"""Shares and comparisons of printed figures: nothing here ever sees an exact count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.disclosure.tables import CellRef


@dataclass(frozen=True, slots=True)
class Indicateur:
    """A share of two printed figures.

    Attributes:
        numerateur: What the numerator counts, in words.
        denominateur: What the denominator counts, in words.
        haut: Cells added up to the numerator.
        bas: Cells added up to the denominator.
        rapport_de_flux: True when both are flows of one period: the share may exceed 100 %.
    """

    code: str
    libelle: str
    numerateur: str
    denominateur: str
    haut: tuple[CellRef, ...]
    bas: tuple[CellRef, ...]
    rapport_de_flux: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """An earlier bilan that one is compared with.

    Attributes:
        libelle: Its period in words.
    """

    libelle: str
    bilan: ProtectedBilan

    def counts(self, cells: Iterable[CellRef]) -> bool:
        """Whether it prints these cells, with their values or as masked."""
        return self.bilan.figures().keys() >= set(cells)

    def somme(self, cells: Iterable[CellRef]) -> int | None:
        """Sum of cells as it printed them; None when one is masked, or was not counted then."""
        cells = tuple(cells)
        return somme(self.bilan, cells) if self.counts(cells) else None


def somme(bilan: ProtectedBilan, cells: Iterable[CellRef]) -> int | None:
    """Sum of printed cells, None as soon as one is masked; KeyError for a cell that no table prints."""
    total = 0
    for cell in cells:
        valeur = bilan.valeur(cell)
        if valeur is None:
            return None
        total += valeur
    return total


def pour_mille(haut: int | None, bas: int | None) -> int | None:
    """A share per thousand, rounded half up; None when one of its figures is masked, or nothing is divided by.

    Computed from printed figures alone: a share of exact counts would give the masked ones away.
    """
    return None if haut is None or not bas else (2000 * haut + bas) // (2 * bas)


def part(bilan: ProtectedBilan, indicateur: Indicateur) -> int | None:
    """The share per thousand of an indicator."""
    return pour_mille(somme(bilan, indicateur.haut), somme(bilan, indicateur.bas))


def ecart(valeur: int | None, avant: int | None) -> int | None:
    """What a printed figure gained or lost; None when one of the two is masked."""
    return None if valeur is None or avant is None else valeur - avant
