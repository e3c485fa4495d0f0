"""The bilan of a quarter: counted exactly inside the coffre, protected, arrêté, then handed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.disclosure.shares import Indicateur
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.domain.bilan import Ligne, TableauCompte, count_all
from iscg_desktop.domain.collaboration import Seuils
from iscg_desktop.domain.period import Palier, Periode, parse_period, period_of, quarter_of
from iscg_desktop.errors import UserError
from iscg_desktop.exports import bilan_json
from iscg_desktop.exports.bilan_file import BilanFile, Emetteur
from iscg_desktop.exports.bilan_file import Periode as PeriodeImprimee
from iscg_desktop.exports.bilan_notes import notes
from iscg_desktop.files import write_atomic
from iscg_desktop.reference import nomenclatures as shipped_lists
from iscg_desktop.reference.menu import menu
from iscg_desktop.reference.turns import InTurns, at_once
from iscg_desktop.services.bilan_collaborations import TABLEAU as CONTACTS
from iscg_desktop.services.bilan_collaborations import collaborations
from iscg_desktop.services.bilan_comptes import Comptage, Futur
from iscg_desktop.services.bilan_fichiers import Fichiers, files_maker
from iscg_desktop.services.bilan_registre import Registre
from iscg_desktop.services.bilan_regroupement import Regroupement
from iscg_desktop.services.bilan_reprise import Remis, reprendre
from iscg_desktop.services.bilan_volets import PALIERS, Grille, cell_refs
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.lieux_comptes import lieux_comptes
from iscg_desktop.services.session import Session

EtatTrimestre = Literal["en_cours", "a_arreter", "arrete", "incomplet"]
"""``incomplet``: a half-year or year of which a quarter is still to be arrêté, or was read back from a file."""
_RENFORCE = "bilan_renforce"
SEUIL_RENFORCE = 11
"""Smallest number told under the profile « renforcé »."""


@dataclass(frozen=True, slots=True)
class Trimestre:
    """A quarter, half-year or year in the list of the bilan page."""

    periode: Periode
    etat: EtatTrimestre
    arrete_le: date | None = None


@dataclass(frozen=True, slots=True)
class PreparedBilan:
    """A period counted, ready to be protected; values only, safe in a worker thread.

    Attributes:
        comptes: Exact counts of the tables its file prints, before any regrouping.
        futurs: For a quarter, its exact counts for the tables of each tier, and the same since the first day of the
            half-year or year of that tier: all of them are frozen with it.
        registre: What was frozen and handed over before.
        grille: The tables of the year.
        counts: Exact counts of every table that is frozen with the period.
        lignes: Rows of the period, when categories are printed together.
        seuil: Smallest number that may be told.
        regroupements: Categories that its file prints together.
    """

    periode: Periode
    comptes: tuple[TableauCompte, ...]
    futurs: tuple[Futur, ...]
    seuil: int
    regroupements: tuple[Regroupement, ...]
    registre: Registre
    grille: Grille
    counts: Mapping[str, TableauCompte]
    lignes: tuple[Ligne, ...]

    @property
    def system(self) -> TableSystem:
        """The linked cells that ``protect`` works on, those of earlier files included; slow, for a worker."""
        volets = self.registre.volets(self.periode, self.grille, self.counts, self.regroupements, self.lignes)
        return TableSystem.of_volets(volets, self.periode.code)


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
        self._comptage = Comptage(session)

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

    def periodes(self) -> tuple[Trimestre, ...]:
        """Every quarter, half-year and year that may one day have its file; newest first, the longest last.

        A half-year or year is to be arrêtée once its quarters are; a first one begun before the coffre has none.
        """
        trimestres = {one.periode: one for one in self.trimestres()}
        registre = self._registre()
        found = list(trimestres.values())
        longer = {period_of(one.debut, palier) for one in trimestres for palier in PALIERS[1:]}
        for periode in sorted(longer, key=lambda one: one.fin):
            if not trimestres.keys() >= set(periode.quarters()):
                continue
            done = registre.row(periode)
            if done is not None:
                found.append(Trimestre(periode, "arrete", done.arrete_le))
            else:
                found.append(Trimestre(periode, "a_arreter" if registre.is_whole(periode) else "incomplet"))
        return tuple(
            sorted(found, key=lambda one: (one.periode.fin, -len(one.periode.quarters())), reverse=True)
        )

    def renforce(self) -> bool:
        """Whether the bilans of the next year begun tell no number under 11."""
        return bool(self._session.read.settings.get(_RENFORCE))

    def set_renforce(self, *, on: bool) -> Changes:
        """Choose the profile « renforcé » or leave it; a year already begun keeps the threshold of its first bilan."""
        with self._session.transaction() as tx:
            tx.settings.put(_RENFORCE, on)
            tx.journal.append("modification", "reglages", "bilan", self._session.clock.now())
            tx.commit()
        return changes("reglages", "bilans")

    def profil(self, periode: Periode) -> tuple[bool, bool]:
        """Whether the profile of a year is settled by a bilan of it, and whether it is « renforcé »."""
        begun = self._registre().seuil(periode.debut.year)
        return begun is not None, (begun or self.seuil(periode)) >= SEUIL_RENFORCE

    def seuil(self, periode: Periode) -> int:
        """Smallest number that the bilan of a period may tell: one threshold a year, that of its first bilan."""
        begun = self._registre().seuil(periode.debut.year)
        return begun or (SEUIL_RENFORCE if self.renforce() else menu().seuil)

    def comptes(
        self, periode: Periode, palier: Palier = "trimestre", *, internes: bool = False
    ) -> tuple[TableauCompte, ...]:
        """Exact counts of a quarter, for the tables of a tier; they never leave the coffre as they are.

        Args:
            periode: The quarter.
            palier: The tier.
            internes: Count the tables that are frozen but never printed, in place of those that are.
        """
        lignes = at_once(self._comptage.lignes(periode))
        lieux = lieux_comptes(self._session, periode.debut.year)
        tableaux = menu().tableaux(palier, self._session.counted_nomenclatures, lieux, internes=internes)
        return count_all(tableaux, lignes)

    def prepare(self, periode: Periode, regroupements: Iterable[Regroupement] = ()) -> PreparedBilan:
        """`preparing`, at once."""
        return at_once(self.preparing(periode, regroupements))

    def preparing(
        self, periode: Periode, regroupements: Iterable[Regroupement] = ()
    ) -> InTurns[PreparedBilan]:
        """Count a finished period for its protection: a quarter from its rows, a longer one from its frozen quarters.

        Args:
            periode: A quarter, half-year or year.
            regroupements: Categories to be printed together; chosen before arrêter, for this file alone.

        Raises:
            UserError: ``bilan_periode_en_cours``, ``bilan_deja_arrete``, ``bilan_trimestre_precedent``,
                ``bilan_vide``, ``bilan_sans_identite``, ``bilan_trimestre_repris``.
        """
        self._check_may_close(periode)
        yield
        regroupements = tuple(regroupements)
        futurs = (yield from self._comptage.comptes(periode)).futurs
        registre = self._registre(periode.debut.year)
        yield
        grille = self._comptage.grille(periode)
        yield
        counts = registre.counted(periode, grille, (compte for _, found, _ in futurs for compte in found))
        printed = {tableau.code for tableau in grille.imprimes[periode.palier]}
        yield
        lignes = (yield from self._comptage.lignes(periode)) if regroupements else ()
        return PreparedBilan(
            periode=periode,
            comptes=tuple(compte for code, compte in counts.items() if code in printed),
            futurs=futurs,
            seuil=self.seuil(periode),
            regroupements=regroupements,
            registre=registre,
            grille=grille,
            counts=counts,
            lignes=lignes,
        )

    @staticmethod
    def protect(
        prepared: PreparedBilan,
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ProtectedBilan:
        """Protect a counted period; seconds of work on values only, for a worker thread.

        Raises:
            UserError: ``bilan_non_protegeable``.
            ProtectionCancelled: When ``cancelled`` answered True.
        """
        from iscg_desktop.disclosure.protection import protect  # brings the solver: 20 MB of memory

        return protect(prepared.system, prepared.seuil, progress=progress, cancelled=cancelled)

    def fichiers(self, prepared: PreparedBilan, protected: ProtectedBilan) -> Callable[[], Fichiers]:
        """A function that makes the files of a bilan, on values only: about a second, for a worker."""
        return files_maker(self._session, self._file(prepared, protected, self._session.clock.today()))

    def arreter(
        self, prepared: PreparedBilan, protected: ProtectedBilan, files: Fichiers | None = None
    ) -> Changes:
        """`closing`, at once."""
        return at_once(self.closing(prepared, protected, files))

    def closing(
        self, prepared: PreparedBilan, protected: ProtectedBilan, files: Fichiers | None = None
    ) -> InTurns[Changes]:
        """Close a period for good: exact counts, printed figures and finished bytes, in one transaction.

        Nothing is written outside the coffre. From now on what belongs to this quarter counts in the next.

        Args:
            prepared: As it was counted.
            protected: As it was protected.
            files: What ``fichiers`` made of them; made now when left out.

        Raises:
            UserError: ``bilan_change`` when entries came in, or another file was made, since it was counted.
        """
        periode, checked = prepared.periode, self._session.vault.changes
        self._check_may_close(periode)
        yield
        files = files or self.fichiers(prepared, protected)()
        now = yield from self._comptage.comptes(periode)
        # One turn from here on: what is closed is what was just counted.
        if now.as_of != checked:
            self._check_may_close(periode)
        if now.futurs != prepared.futurs or self._registre().precedent() != prepared.registre.precedent():
            raise UserError("bilan_change", periode=periode.libelle)
        today = self._session.clock.today()
        with self._session.transaction() as tx:
            if self._session.vault.changes != now.as_of:
                raise UserError("bilan_change", periode=periode.libelle)
            retenus = [(cell.univers, cell.cle) for cell in protected.retenus]
            tx.bilans.add(periode, today, menu().numero, protected.seuil, retenus=retenus)
            for palier, comptes, cumules in prepared.futurs:
                tx.bilans.freeze(periode.code, palier, comptes, cumules)
            tx.bilans.add_export(periode.code, files)
            tx.journal.append("arrete", "bilan", periode.code, self._session.clock.now())
            tx.commit()
        return changes("bilans")

    def reprendre(self, remis: Iterable[Remis]) -> Changes:
        """Take back files handed over before a coffre was lost, as ``bilan_reprise.lire`` read them."""
        return reprendre(self._session, remis)

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

    @staticmethod
    def sens_du_masque(protected: ProtectedBilan) -> str:
        """What « • » means in a bilan, in the words of its files."""
        return " ".join(notes(protected.seuil)[:2])

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

    def _check_may_close(self, periode: Periode) -> None:
        trimestres = {trimestre.periode: trimestre.etat for trimestre in self.periodes()}
        if periode.fin >= self._session.clock.today():
            raise UserError("bilan_periode_en_cours", periode=periode.libelle, fin=f"{periode.fin:%d/%m/%Y}")
        if periode not in trimestres:
            raise UserError("bilan_vide", periode=periode.libelle)
        if trimestres[periode] == "arrete":
            raise UserError("bilan_deja_arrete", periode=periode.libelle)
        quarters = [
            p for p in trimestres if p.palier == "trimestre" and p.debut <= periode.fin and p != periode
        ]
        before = [p for p in quarters if trimestres[p] != "arrete"]
        if before:
            raise UserError("bilan_trimestre_precedent", periode=min(before).libelle)
        if trimestres[periode] == "incomplet":
            raise UserError("bilan_trimestre_repris", periode=periode.libelle)
        if self._session.intervenant is None:
            raise UserError("bilan_sans_identite")

    def _registre(self, annee: int | None = None) -> Registre:
        return Registre(self._session.read.bilans, annee)

    def _file(self, prepared: PreparedBilan, protected: ProtectedBilan, today: date) -> BilanFile:
        intervenant, reglages, periode = self._session.intervenant, self._session.reglages, prepared.periode
        assert intervenant is not None
        seuils = Seuils(reglages.collaboration_frequente, reglages.collaboration_occasionnelle)
        contacts = prepared.counts.get(CONTACTS) if periode.palier == "annee" else None
        return BilanFile(
            periode=PeriodeImprimee(periode.code, periode.palier, periode.debut, periode.fin),
            emetteur=Emetteur(intervenant.code, intervenant.employeur),
            coffre=self._session.vault.key.derive("bilan: identity of the coffre")[:8].hex(),
            menu=menu().numero,
            nomenclatures=shipped_lists.VERSION,
            date_emission=today,
            predecesseurs=tuple(filter(None, (self._registre().precedent(),))),
            bilan=protected,
            indicateurs=_indicateurs(protected),
            collaborations=collaborations(contacts, protected, seuils),
        )


def _indicateurs(protected: ProtectedBilan) -> tuple[Indicateur, ...]:
    return tuple(
        Indicateur(
            code=item.code,
            libelle=item.libelle,
            numerateur=item.numerateur,
            denominateur=item.denominateur,
            haut=cell_refs(item.haut),
            bas=cell_refs(item.bas),
            rapport_de_flux=item.rapport_de_flux,
        )
        for item in menu().indicateurs({(cell.univers, cell.cle) for cell in protected.figures()})
    )
