"""The records behind a figure, and what nobody answered yet: for her eyes, inside the coffre."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass

from iscg_desktop.domain.bilan import Enrichment, Ligne, Tableau
from iscg_desktop.domain.chiffres import Cellule
from iscg_desktop.domain.etendue import Etendue
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.services.chiffres import Chiffres, ChiffresService, choice_of
from iscg_desktop.services.lieux_comptes import residence
from iscg_desktop.services.session import Session
from iscg_desktop.storage.statistics import Trace
from iscg_desktop.storage.statistics_sources import Choice

_SLICE = 500
"""Rows compared before the window turns."""


@dataclass(frozen=True, slots=True)
class DossierCompte:
    """A dossier behind a figure.

    Attributes:
        nombre: How many of the rows counted are in it.
        entretiens: The entretiens they take their facts from, where they do.
    """

    dossier_id: int
    nombre: int
    entretiens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Releve:
    """What is behind a figure.

    Attributes:
        nombre: The rows found today.
        dossiers: Where they are, newest dossier first.
        sans_dossier: Rows without a dossier: saisines still open, contacts about nobody.
    """

    nombre: int
    dossiers: tuple[DossierCompte, ...]
    sans_dossier: int


@dataclass(frozen=True, slots=True)
class Manque:
    """A question that was not answered for everybody.

    Attributes:
        tableau: The table that asks it.
        nombre: How many have no answer.
        total: Of how many.
        a_completer: Of those, how many still may be mended: their quarter is not arrêté.
    """

    tableau: Tableau
    nombre: int
    total: int
    a_completer: int

    @property
    def cellule(self) -> Cellule:
        """The cell that counts them."""
        return self.tableau.univers, ((self.tableau.dimensions[0].code, NON_RENSEIGNE),)


class RelevesService:
    """Use cases around the records behind the figures of the screen."""

    def __init__(self, session: Session, chiffres: ChiffresService) -> None:
        self._session = session
        self._chiffres = chiffres

    def trouver(
        self, etendue: Etendue, cellules: Iterable[Cellule], *, ouverts: bool = False
    ) -> Generator[None, None, Releve]:
        """The records that some cells of one univers count today, in slices, so that the window goes on turning.

        Args:
            etendue: The days counted.
            cellules: The cells.
            ouverts: Only what still may be mended.
        """
        wanted = tuple(cellules)
        choice = self._open(etendue) if ouverts else choice_of(etendue)
        dimensions = {
            (tableau.univers, dimension.code): dimension
            for tableau in self._chiffres.tableaux(etendue)
            for dimension in tableau.dimensions
        }
        yield
        rows: dict[int | None, list[Trace]] = {}
        for part in choice.parts():
            for number, (trace, ligne) in enumerate(self._traced(part, wanted[0][0])):
                if any(
                    all(code in dimensions[univers, name].answers(ligne) for name, code in cle)
                    for univers, cle in wanted
                ):
                    rows.setdefault(trace.dossier_id, []).append(trace)
                if number % _SLICE == _SLICE - 1:
                    yield
            yield
        alone = rows.pop(None, [])
        return Releve(
            nombre=sum(map(len, rows.values())) + len(alone),
            dossiers=tuple(
                _dossier(dossier_id, rows[dossier_id])
                for dossier_id in sorted((each for each in rows if each is not None), reverse=True)
            ),
            sans_dossier=len(alone),
        )

    def manques(self, chiffres: Chiffres) -> tuple[Manque, ...]:
        """What was not answered for everybody in some days, most first; each question once."""
        asked: dict[tuple[str, str], Tableau] = {}
        for tableau in (compte.tableau for compte in chiffres.comptes.values()):
            if len(tableau.dimensions) == 1:
                asked.setdefault((tableau.univers, tableau.dimensions[0].champ), tableau)
        found = []
        for tableau in asked.values():
            compte = chiffres.comptes[tableau.code]
            unknown = compte.effectifs.get(((tableau.dimensions[0].code, NON_RENSEIGNE),))
            if unknown is not None and unknown.unites:
                found.append(Manque(tableau, unknown.unites, compte.total, 0))
        return tuple(
            Manque(each.tableau, each.nombre, each.total, number)
            for each, number in zip(found, self._mendable(chiffres.etendue, found), strict=True)
        )

    def _mendable(self, etendue: Etendue, manques: Iterable[Manque]) -> list[int]:
        """How many rows without an answer are in quarters still open, for each question."""
        rows: dict[str, list[Ligne]] = {}
        found = []
        for manque in manques:
            univers, ((_, code),) = manque.cellule
            if univers not in rows:
                rows[univers] = [ligne for _, ligne in self._traced(self._open(etendue), univers)]
            answers = manque.tableau.dimensions[0].answers_of(rows[univers])
            found.append(sum(code in answers.meanings[given] for given in answers.numbers))
        return found

    def _traced(self, choice: Choice, univers: str) -> Iterable[tuple[Trace, Ligne]]:
        enrich = Enrichment(self._session.counted_nomenclatures, residence(self._session))
        for trace, ligne in self._session.read.statistics.traced(choice, univers):
            yield trace, enrich(ligne)

    def _open(self, etendue: Etendue) -> Choice:
        """The rows of some days that are in no quarter arrêté."""
        return choice_of(etendue, sauf=self._session.read.bilans.quarters())


def _dossier(dossier_id: int, traces: list[Trace]) -> DossierCompte:
    entretiens = dict.fromkeys(t.entretien_id for t in traces if t.entretien_id is not None)
    return DossierCompte(dossier_id, len(traces), tuple(entretiens))
