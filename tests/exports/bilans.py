"""Fictitious bilan files."""

from __future__ import annotations

from datetime import date

from iscg_desktop.disclosure.protection import protect
from iscg_desktop.disclosure.shares import Indicateur
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import CellRef
from iscg_desktop.exports.bilan_file import BilanFile, Emetteur, Periode
from tests.disclosure.registers import quarter

TOTAL = (CellRef("accueils"),)


def share(code: str, *cells: CellRef, flux: bool = False) -> Indicateur:
    """A share of the accueils."""
    return Indicateur(code, f"Part {code}", f"accueils {code}", "accueils de la période", cells, TOTAL, flux)


def accueil(dimension: str, *ranks: int) -> tuple[CellRef, ...]:
    """Cells of a one-way table of accueils."""
    return tuple(CellRef("accueils", ((dimension, f"{dimension}{rank}"),)) for rank in ranks)


def indicateurs(system: TableSystem) -> tuple[Indicateur, ...]:
    """A share for every one-way cell of accueils, so that shares tell all they can."""
    cells = [
        cell
        for cell, hidden in zip(system.cells, system.hidden, strict=True)
        if cell.univers == "accueils" and len(cell.cle) == 1 and not hidden
    ]
    shares = [share("_".join(pair for pair in cell.cle[0]), cell) for cell in cells]
    minors = accueil("tranche_age", 0, 1)
    if set(minors) <= set(cells):
        shares.append(share("mineurs", *minors))
    return (*shares, share("flux", *TOTAL, flux=True))


def bilan_of(system: TableSystem, k: int = 5) -> BilanFile:
    """The bilan file of a system, with fixed identity."""
    return BilanFile(
        periode=Periode("2026-T1", "trimestre", date(2026, 1, 1), date(2026, 3, 31)),
        emetteur=Emetteur("7f3a", "Association Exemple"),
        coffre="b1946ac9",
        menu=1,
        nomenclatures="1",
        date_emission=date(2026, 4, 3),
        predecesseurs=(),
        bilan=protect(system, k),
        indicateurs=indicateurs(system),
    )


def usual(accueils: int = 100, seed: int = 0) -> BilanFile:
    """A usual quarter."""
    return bilan_of(quarter(accueils, seed=seed))
