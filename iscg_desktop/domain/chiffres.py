"""Exact figures as she sees them inside the coffre: shares, medians, and what they are compared with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iscg_desktop.domain.bilan import Cle, Ligne

Cellule = tuple[str, Cle]
"""A cell across the tables: univers and key."""


def pourcent(haut: int, bas: int) -> str:
    """A share to one decimal, « 22,5 % », « 72 % »; empty when there is nothing to divide by.

    Rounded half up in whole numbers: a figure near a half never depends on the machine.
    """
    if bas == 0:
        return ""
    tenths = (2000 * haut + bas) // (2 * bas)
    whole, tenth = divmod(tenths, 10)
    return f"{whole},{tenth} %" if tenth else f"{whole} %"


@dataclass(frozen=True, slots=True)
class Indicateur:
    """A share, with the words that say what it is.

    Attributes:
        unite: What is counted.
        numerateur: What the numerator counts, in words.
        denominateur: What the denominator counts, in words.
        haut: The numerator.
        bas: The denominator.
        inconnus: How many of the denominator nobody answered for; None where that cannot be.
        rapport_de_flux: Numerator and denominator do not count the same rows: it may exceed 100 %.
        ecran: For the screen only: no file ever holds it.
        cellules: Cells of the numerator, to see its records; empty where there are none to show.
    """

    code: str
    libelle: str
    unite: str
    numerateur: str
    denominateur: str
    haut: int
    bas: int
    inconnus: int | None = None
    rapport_de_flux: bool = False
    ecran: bool = False
    cellules: tuple[Cellule, ...] = ()

    @property
    def part(self) -> str:
        """« 22,5 % », empty without a denominator."""
        return pourcent(self.haut, self.bas)


@dataclass(frozen=True, slots=True)
class Mediane:
    """The middle of some delays or durations, for the screen only.

    Attributes:
        unite: ``jours`` or ``minutes``.
        valeur: None when there is none.
        nombre: How many are known.
    """

    code: str
    unite: str
    valeur: float | None
    nombre: int


def mediane(code: str, unite: str, values: Mapping[int, int]) -> Mediane:
    """The median of some values; a delay that would be negative is none.

    Args:
        code: What is measured.
        unite: In what.
        values: How often each value comes.
    """
    number = sum(values.values())
    ranks = ((number + 1) // 2, number // 2 + 1)
    middle, before = [], 0
    for value, times in sorted(values.items()):
        middle += [max(0, value) for rank in ranks if before < rank <= before + times]
        before += times
    return Mediane(code, unite, sum(middle) / 2 if middle else None, number)


def mentions(lignes: Iterable[Ligne], familles: Mapping[str, str]) -> dict[str, int]:
    """Mentions of problématiques by famille: an accueil has as many as problématiques noted.

    Args:
        lignes: Rows of any univers.
        familles: Famille of each code.
    """
    found: dict[str, int] = {}
    for ligne in lignes:
        if ligne.univers == "accueils":
            for code in ligne.valeurs["problematique"]:
                found[familles[code]] = found.get(familles[code], 0) + ligne.nombre
    return found
