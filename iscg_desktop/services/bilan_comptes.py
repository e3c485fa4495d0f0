"""The exact counts that a bilan is made of, in turns of the window."""

from __future__ import annotations

from dataclasses import dataclass

from iscg_desktop.domain.bilan import Compteur, Enrichment, Ligne, Tableau, TableauCompte
from iscg_desktop.domain.period import Palier, Periode, period_of
from iscg_desktop.reference.menu import menu
from iscg_desktop.reference.turns import InTurns, at_once
from iscg_desktop.services.bilan_volets import PALIERS, Grille
from iscg_desktop.services.lieux_comptes import lieux_comptes, residence
from iscg_desktop.services.session import Session

Futur = tuple[Palier, tuple[TableauCompte, ...], tuple[TableauCompte, ...]]

_SLICE = 4  # tables counted in a turn
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Comptes:
    """What a period counts at one moment.

    Attributes:
        futurs: See ``PreparedBilan``.
        as_of: What the coffre said of its changes then: while it says the same, so do the counts.
    """

    futurs: tuple[Futur, ...]
    as_of: int


class Comptage:
    """Counts periods from the rows of the coffre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def grille(self, periode: Periode) -> Grille:
        """The tables of the year of a period."""
        lieux, lists = lieux_comptes(self._session, periode.debut.year), self._session.counted_nomenclatures
        return Grille(
            {palier: menu().tableaux(palier, lists, lieux) for palier in PALIERS},
            {palier: menu().tableaux(palier, lists, lieux, internes=True) for palier in PALIERS},
            menu().imbrications(lists, lieux),
        )

    def lignes(self, periode: Periode) -> InTurns[tuple[Ligne, ...]]:
        """The rows of a period."""
        found: list[Ligne] = []
        for quarter in periode.quarters():
            rows = self._session.read.statistics.lignes((quarter.code,))
            yield
            enrich = Enrichment(self._session.counted_nomenclatures, residence(self._session))
            found += map(enrich, rows)
            yield
        return tuple(found)

    def comptes(self, periode: Periode) -> InTurns[Comptes]:
        """Counts of a period as they are together at one moment: what is written in between has it counted again."""
        if periode.palier != "trimestre":
            return Comptes((), self._session.vault.changes)
        for _ in range(_TRIES):
            self._session.finish_turns()
            as_of = self._session.vault.changes
            futurs = yield from self._futurs(periode)
            if self._session.vault.changes == as_of:
                return Comptes(futurs, as_of)
        self._session.finish_turns()
        return Comptes(at_once(self._futurs(periode)), self._session.vault.changes)

    def _futurs(self, periode: Periode) -> InTurns[tuple[Futur, ...]]:
        """Counts of a quarter for the tables of each tier, and since the first day of the tier's period."""
        grille = self.grille(periode)
        yield
        rows: dict[Periode, tuple[Ligne, ...]] = {}
        for quarter in period_of(periode.debut, PALIERS[-1]).quarters():
            if quarter <= periode:
                rows[quarter] = yield from self.lignes(quarter)
        found: list[Futur] = []
        for palier in PALIERS:
            tableaux = (*grille.imprimes[palier], *grille.internes[palier])
            since = [quarter for quarter in period_of(periode.debut, palier).quarters() if quarter <= periode]
            comptes = yield from _count(tableaux, rows[periode])
            cumules = comptes
            if len(since) > 1:
                every = tuple(ligne for quarter in since for ligne in rows[quarter])
                cumules = yield from _count(tableaux, every)
            found.append((palier, comptes, cumules))
        return tuple(found)


def _count(tableaux: tuple[Tableau, ...], lignes: tuple[Ligne, ...]) -> InTurns[tuple[TableauCompte, ...]]:
    compteur = Compteur(lignes)
    found: list[TableauCompte] = []
    for start in range(0, len(tableaux), _SLICE):
        found += map(compteur.count, tableaux[start : start + _SLICE])
        yield
    return tuple(found)
