"""The bilan of a quarter: counted exactly inside the coffre, protected, arrêté, then handed over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.disclosure.relations import Relation, sum_at_most
from iscg_desktop.disclosure.shares import Indicateur
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import Category, CellRef, Count, CountedTable, Dimension
from iscg_desktop.domain.bilan import Ligne, Residence, TableauCompte, count_all, enriched
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.period import Palier, Periode, parse_period, quarter_of
from iscg_desktop.errors import UserError
from iscg_desktop.exports import bilan_json
from iscg_desktop.exports.bilan_file import BilanFile, Emetteur
from iscg_desktop.exports.bilan_file import Periode as PeriodeImprimee
from iscg_desktop.files import write_atomic
from iscg_desktop.reference import nomenclatures as shipped_lists
from iscg_desktop.reference.menu import Cellule, menu
from iscg_desktop.reference.menu_dimensions import Lieux
from iscg_desktop.services.bilan_fichiers import make_files
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session

EtatTrimestre = Literal["en_cours", "a_arreter", "arrete"]
COMMUNES = 40
"""Communes of a département that are counted one by one; the others together."""
_PALIERS: tuple[Palier, ...] = ("trimestre", "semestre", "annee")


@dataclass(frozen=True, slots=True)
class Trimestre:
    """A quarter in the list of the bilan page."""

    periode: Periode
    etat: EtatTrimestre
    arrete_le: date | None = None


@dataclass(frozen=True, slots=True)
class PreparedBilan:
    """A quarter counted, ready to be protected; values only, safe in a worker thread.

    Attributes:
        comptes: Exact counts of the quarter's tables.
        futurs: Exact counts of the quarter for the tables of its half-year and its year.
        system: The linked cells that ``protect`` works on.
    """

    periode: Periode
    comptes: tuple[TableauCompte, ...]
    futurs: tuple[tuple[Palier, tuple[TableauCompte, ...]], ...]
    system: TableSystem


@dataclass(frozen=True, slots=True)
class FichierBilan:
    """One file of a bilan, as it was first made."""

    format: str
    nom: str
    octets: bytes


class BilansService:
    """Use cases around the bilan."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def trimestres(self) -> tuple[Trimestre, ...]:
        """Every quarter from the first that counts something to the present one; newest first.

        A quarter without a row is among them: were its file missing between two others, everyone would know
        that nobody came.
        """
        today = self._session.clock.today()
        closed = {bilan.periode.code: bilan.arrete_le for bilan in self._session.read.bilans.arretes()}
        codes = {*self._session.read.statistics.quarters_with_rows(), *closed, quarter_of(today).code}
        first = self._session.premier_trimestre(self._session.read)
        known = sorted(
            quarter
            for quarter in map(parse_period, codes)
            if quarter.palier == "trimestre"
            and (first is None or quarter >= parse_period(first) or quarter.code in closed)
        )
        found, periode = [], known[0]
        while periode <= known[-1]:
            if periode.code in closed:
                found.append(Trimestre(periode, "arrete", closed[periode.code]))
            elif first is None or periode >= parse_period(first):
                found.append(Trimestre(periode, "a_arreter" if periode.fin < today else "en_cours"))
            periode = periode.next()
        return tuple(reversed(found))

    def comptes(
        self, periode: Periode, palier: Palier = "trimestre", *, internes: bool = False
    ) -> tuple[TableauCompte, ...]:
        """Exact counts of a quarter, for the tables of a tier; they never leave the coffre as they are.

        Args:
            periode: The quarter.
            palier: The tier.
            internes: Count the tables that are frozen but never printed, in place of those that are.
        """
        lignes = self._lignes(periode)
        tableaux = menu().tableaux(
            palier, self._session.counted_nomenclatures, self._lieux(periode), internes=internes
        )
        return count_all(tableaux, lignes)

    def prepare(self, periode: Periode) -> PreparedBilan:
        """Count a finished quarter for its protection.

        Raises:
            UserError: ``bilan_periode_en_cours``, ``bilan_deja_arrete``, ``bilan_trimestre_precedent``,
                ``bilan_vide``, ``bilan_sans_identite``.
        """
        self._check_may_close(periode)
        comptes = self.comptes(periode)
        futurs = tuple(
            (palier, self.comptes(periode, palier) + self.comptes(periode, palier, internes=True))
            for palier in _PALIERS
            if palier != "trimestre"
        )
        return PreparedBilan(periode, comptes, futurs, _system(comptes))

    @staticmethod
    def protect(
        prepared: PreparedBilan,
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ProtectedBilan:
        """Protect a counted quarter; seconds of work on values only, for a worker thread.

        Raises:
            UserError: ``bilan_non_protegeable``.
            ProtectionCancelled: When ``cancelled`` answered True.
        """
        from iscg_desktop.disclosure.protection import protect  # brings the solver: 20 MB of memory

        return protect(prepared.system, menu().seuil, progress=progress, cancelled=cancelled)

    def arreter(self, prepared: PreparedBilan, protected: ProtectedBilan) -> Changes:
        """Close a quarter for good: exact counts, printed figures and finished bytes, in one transaction.

        Nothing is written outside the coffre. From now on what belongs to this quarter counts in the next.

        Raises:
            UserError: ``bilan_change`` when entries came in since it was counted.
        """
        periode = prepared.periode
        self._check_may_close(periode)
        if self.comptes(periode) != prepared.comptes:
            raise UserError("bilan_change", periode=periode.libelle)
        today = self._session.clock.today()
        files = make_files(self._session, self._file(periode, protected, today))
        with self._session.transaction() as tx:
            tx.bilans.add(periode, today, menu().numero, protected.seuil)
            tx.bilans.freeze(periode.code, "trimestre", prepared.comptes)
            for palier, comptes in prepared.futurs:
                tx.bilans.freeze(periode.code, palier, comptes)
            tx.bilans.add_export(periode.code, files)
            tx.journal.append("arrete", "bilan", periode.code, self._session.clock.now())
            tx.commit()
        return changes("bilans")

    def files(self, periode: Periode) -> tuple[FichierBilan, ...]:
        """Files of a period arrêtée, the same bytes each time.

        Raises:
            UserError: ``bilan_pas_arrete``.
        """
        exports = self._session.read.bilans.exports(periode.code)
        if not exports:
            raise UserError("bilan_pas_arrete", periode=periode.libelle)
        return tuple(FichierBilan(name, nom, octets) for name, (nom, octets) in exports.items())

    def protected(self, periode: Periode) -> ProtectedBilan:
        """The figures of a period arrêtée as they were handed over."""
        (octets,) = (item.octets for item in self.files(periode) if item.format == "json")
        return bilan_json.read(octets).bilan

    def export(self, periode: Periode, folder: Path) -> tuple[Path, ...]:
        """Write the files of a period arrêtée into a folder; returns their paths.

        Raises:
            UserError: ``bilan_pas_arrete``; the disk's refusals.
        """
        written = []
        for item in self.files(periode):
            write_atomic(folder / item.nom, item.octets)
            written.append(folder / item.nom)
        with self._session.transaction() as tx:
            tx.journal.append("export", "bilan", periode.code, self._session.clock.now())
            tx.commit()
        return tuple(written)

    def missing(self, comptes: Iterable[TableauCompte]) -> tuple[tuple[TableauCompte, int], ...]:
        """Tables with units counted as non renseigné, and how many; most first."""
        found = []
        for compte in comptes:
            unknown = sum(
                effectif.unites
                for cle, effectif in compte.effectifs.items()
                if len(cle) == 1 and cle[0][1] == NON_RENSEIGNE
            )
            if unknown:
                found.append((compte, unknown))
        return tuple(sorted(found, key=lambda pair: -pair[1]))

    def _check_may_close(self, periode: Periode) -> None:
        trimestres = {trimestre.periode: trimestre.etat for trimestre in self.trimestres()}
        if periode.fin >= self._session.clock.today():
            raise UserError("bilan_periode_en_cours", periode=periode.libelle, fin=f"{periode.fin:%d/%m/%Y}")
        if periode not in trimestres:
            raise UserError("bilan_vide", periode=periode.libelle)
        if trimestres[periode] == "arrete":
            raise UserError("bilan_deja_arrete", periode=periode.libelle)
        before = [p for p, etat in trimestres.items() if p < periode and etat != "arrete"]
        if before:
            raise UserError("bilan_trimestre_precedent", periode=min(before).libelle)
        if self._session.intervenant is None:
            raise UserError("bilan_sans_identite")

    def _lignes(self, periode: Periode) -> tuple[Ligne, ...]:
        quarters = [quarter.code for quarter in periode.quarters()]
        nomenclatures = self._session.counted_nomenclatures
        residence = cache(self._residence)
        return tuple(
            enriched(ligne, nomenclatures, residence)
            for ligne in self._session.read.statistics.lignes(quarters)
        )

    def _residence(self, commune: str) -> Residence | None:
        found = self._session.territories.commune(commune)
        return Residence(found.actuelle, found.epci, found.departement) if found else None

    def _lieux(self, periode: Periode) -> Lieux:
        """Places counted one by one, whoever came from them: a list of those where somebody lives would tell it.

        Every EPCI of her département of 1 January, and its most populous communes.
        """
        territories = self._session.territories
        departement = self._session.departement(periode.debut.year)
        communes = territories.in_departement(departement) if departement else []
        main = [one for one in communes if one.type == "actuelle" and one.population][:COMMUNES]
        return Lieux(
            annee=periode.debut.year,
            unites=self._session.unites(),
            epcis=tuple((e.code, e.nom) for e in territories.epcis_of(departement)) if departement else (),
            communes=tuple((one.code, one.nom) for one in sorted(main, key=lambda one: one.nom)),
            epci_de={one.code: one.epci for one in main if one.epci},
        )

    def _predecesseurs(self) -> tuple[str, ...]:
        """SHA-256 of the file handed over before: each names the last, so one file fixes the whole series."""
        before = self._session.read.bilans.arretes()[-1:]
        return tuple(
            hashlib.sha256(item.octets).hexdigest()
            for bilan in before
            for item in self.files(bilan.periode)
            if item.format == "json"
        )

    def _file(self, periode: Periode, protected: ProtectedBilan, today: date) -> BilanFile:
        intervenant = self._session.intervenant
        assert intervenant is not None
        return BilanFile(
            periode=PeriodeImprimee(periode.code, periode.palier, periode.debut, periode.fin),
            emetteur=Emetteur(intervenant.code, intervenant.employeur),
            coffre=self._session.vault.key.derive("bilan: identity of the coffre")[:8].hex(),
            menu=menu().numero,
            nomenclatures=shipped_lists.VERSION,
            date_emission=today,
            predecesseurs=self._predecesseurs(),
            bilan=protected,
            indicateurs=_indicateurs(protected),
        )


def _system(comptes: Iterable[TableauCompte]) -> TableSystem:
    """The linked cells of the tables, with what the domain implies between them."""
    tables = [_table(compte) for compte in comptes]
    counts = {table.cell(cle): count for table in tables for cle, count in table.counts.items()}
    relations: list[Relation] = []
    for declared in menu().relations:
        petit, grand = _cells(declared.petit), _cells(declared.grand)
        known = counts.keys() >= {*petit, *grand}
        if known and (declared.certaine or _is_borne_out(petit, grand, counts)):
            relations.append(sum_at_most(declared.code, petit, grand))
    return TableSystem(tables, relations)


def _cells(cellules: Iterable[Cellule]) -> tuple[CellRef, ...]:
    return tuple(CellRef(univers, cle) for univers, cle in cellules)


def _is_borne_out(
    petit: Iterable[CellRef], grand: Iterable[CellRef], counts: Mapping[CellRef, Count]
) -> bool:
    """Whether a relation with exceptions holds this time, in units and in foyers.

    Then a reader who believes it is right, and is to be resisted. Where it does not hold, she would be wrong. In
    foyers too: else a large cell that has to be deniable down to zero would lie above one that has not.
    """
    small, large = [counts[cell] for cell in petit], [counts[cell] for cell in grand]
    return sum(c.effectif for c in small) <= sum(c.effectif for c in large) and sum(
        c.foyers for c in small
    ) <= sum(c.foyers for c in large)


def _table(compte: TableauCompte) -> CountedTable:
    tableau = compte.tableau
    return CountedTable(
        code=tableau.code,
        titre=tableau.titre,
        univers=tableau.univers,
        unite=tableau.unite,
        numerateur=tableau.numerateur,
        denominateur=tableau.denominateur,
        dimensions=tuple(
            Dimension(
                dimension.code,
                dimension.libelle,
                tuple(Category(categorie.code, categorie.libelle) for categorie in dimension.categories),
                dimension.reponses_multiples,
            )
            for dimension in tableau.dimensions
        ),
        counts={cle: Count(effectif.unites, effectif.foyers) for cle, effectif in compte.effectifs.items()},
    )


def _indicateurs(protected: ProtectedBilan) -> tuple[Indicateur, ...]:
    return tuple(
        Indicateur(
            code=item.code,
            libelle=item.libelle,
            numerateur=item.numerateur,
            denominateur=item.denominateur,
            haut=_cells(item.haut),
            bas=_cells(item.bas),
            rapport_de_flux=item.rapport_de_flux,
        )
        for item in menu().indicateurs({(cell.univers, cell.cle) for cell in protected.figures()})
    )
