"""What the printed papers of a bilan are made of: protected figures, and the words around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from iscg_desktop.disclosure.protected import ProtectedBilan, ProtectedTable
from iscg_desktop.disclosure.shares import Indicateur, Reference
from iscg_desktop.domain.mise_en_page import MiseEnPage

MASQUE = "•"
PAS_COMPTE = "–"
"""Sign of what an earlier bilan did not count."""

_MOINS = "\u2212"


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanContent:
    """A bilan to be printed. Its figures can only come from the protection.

    Attributes:
        periode: « 3e trimestre 2026 ».
        code: ``2026-T3``.
        debut: First day.
        fin: Last day.
        emission: Day of issue.
        intervenant: Identifier, never a name.
        references: Earlier bilans that this one is compared with.
        collaborations: Family of partners and how often it was worked with, in words; in a year only.
        recit: « Intérêt qualitatif », several lines; empty for none.
        notes: How to read it, one paragraph each.
        identite: Label and value of what the file is.
    """

    periode: str
    code: str
    debut: date
    fin: date
    emission: date
    employeur: str
    intervenant: str
    bilan: ProtectedBilan
    mise_en_page: MiseEnPage
    indicateurs: tuple[Indicateur, ...] = ()
    references: tuple[Reference, ...] = ()
    collaborations: tuple[tuple[str, str], ...] = ()
    recit: str = ""
    notes: tuple[str, ...] = ()
    identite: tuple[tuple[str, str], ...] = ()

    def totaux(self) -> Iterator[tuple[str, ProtectedTable]]:
        """What is counted, in words, and a table that tells its total: one of each kind of unit."""
        seen: set[str] = set()
        for table in self.bilan.tables:
            if table.univers not in seen:
                seen.add(table.univers)
                words = table.denominateur
                for end in (" de la période", " dans la période"):
                    words = words.removesuffix(end)
                yield words[:1].upper() + words[1:], table


def effectif(valeur: int | None) -> str:
    """A figure as it is printed."""
    return MASQUE if valeur is None else f"{valeur:,}".replace(",", "\u202f")


def pourcentage(pour_mille: int | None) -> str:
    """« 71,4 % »."""
    return MASQUE if pour_mille is None else f"{_tenths(pour_mille)}\u00a0%"


def gain(valeur: int | None) -> str:
    """« +12 », « −3 »."""
    return MASQUE if valeur is None else f"{_sign(valeur)}{effectif(abs(valeur))}"


def points(pour_mille: int | None) -> str:
    """« +1,4 » points."""
    return MASQUE if pour_mille is None else f"{_sign(pour_mille)}{_tenths(abs(pour_mille))}"


def _tenths(pour_mille: int) -> str:
    return f"{pour_mille // 10},{pour_mille % 10}"


def _sign(valeur: int) -> str:
    return "+" if valeur > 0 else _MOINS if valeur < 0 else ""
