"""The figures she sees inside the coffre: any days, exact, compared, and the records behind each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass, field

from iscg_desktop.domain.bilan import Cle, Compteur, Effectif, Enrichment, Ligne, Tableau, TableauCompte
from iscg_desktop.domain.chiffres import Cellule, Indicateur, Mediane, mediane, mentions
from iscg_desktop.domain.collaboration import Collaboration, Seuils
from iscg_desktop.domain.etendue import Etendue
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.period import Palier, Periode, parse_period, period_of
from iscg_desktop.reference.menu import Theme, ecran, menu, themes
from iscg_desktop.reference.turns import at_once
from iscg_desktop.services.lieux_comptes import lieux_comptes, residence
from iscg_desktop.services.session import Session
from iscg_desktop.storage.statistics import Cohort
from iscg_desktop.storage.statistics_sources import Choice

TOTAUX = (
    "accueils", "dossiers", "entretiens", "saisines", "orientations", "suites", "fiches", "remises", "retours",
    "contacts", "premieres", "engagements",
)  # fmt: skip
"""What is counted, each in its own unit."""
_POINTS = 8
"""Periods of a trend."""
_SLICE = 4
"""Tables counted before the window turns."""


@dataclass(frozen=True, slots=True)
class Chiffres:
    """The exact figures of some days.

    Attributes:
        comptes: Every table, by code.
        totaux: Units of each univers.
        indicateurs: The shares, those for the screen only at the end.
        personnes: Distinct persons accueillies; never to be summed over periods.
        medianes: The middle of delays and durations.
        collaborations: How often each family of partners was worked with; in a year only.
        figes: Quarters arrêtés among these days: what they count no longer moves.
    """

    etendue: Etendue
    comptes: Mapping[str, TableauCompte]
    totaux: Mapping[str, int]
    indicateurs: tuple[Indicateur, ...]
    personnes: int
    medianes: tuple[Mediane, ...]
    collaborations: tuple[Collaboration, ...]
    figes: tuple[str, ...]

    @property
    def vide(self) -> bool:
        """Whether nothing at all counts in these days."""
        return not any(self.totaux.values())


@dataclass(frozen=True, slots=True)
class Comparaison:
    """The figures of other days, to be read beside those of a period.

    Attributes:
        totaux: Units of each univers.
        indicateurs: Share by code of indicator; those that were not counted are not there.
        comptes: The tables that a bilan prints, by code.
    """

    etendue: Etendue
    totaux: Mapping[str, int]
    indicateurs: Mapping[str, Indicateur] = field(default_factory=dict)
    comptes: Mapping[str, TableauCompte] = field(default_factory=dict)

    @property
    def vide(self) -> bool:
        """Whether nothing was counted then."""
        return not any(self.totaux.values())


@dataclass(frozen=True, slots=True)
class Point:
    """A period in a trend."""

    periode: Periode
    accueils: int
    dossiers: int


class ChiffresService:
    """Use cases around what is counted on screen; nothing of it is ever exported."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def periodes(self, palier: Palier) -> tuple[Periode, ...]:
        """Every period of a kind from the first that counts something to the present one, newest first."""
        today = self._session.clock.today()
        codes = (
            self._session.read.statistics.first_quarter(),
            self._session.premier_trimestre(self._session.read),
        )
        known = [parse_period(code) for code in codes if code is not None]
        found = [period_of(min((*(q.debut for q in known), today)), palier)]
        while found[-1].fin < today:
            found.append(found[-1].next())
        return tuple(reversed(found))

    @staticmethod
    def themes() -> tuple[Theme, ...]:
        """The tables of the screen, by theme."""
        return themes()

    def chiffres(self, etendue: Etendue) -> Chiffres:
        """The exact figures of some days, counted at once."""
        return at_once(self.compter(etendue))

    def compter(self, etendue: Etendue) -> Generator[None, None, Chiffres]:
        """Count some days in slices, so that the window goes on turning; gives the figures when it is done."""
        choice = choice_of(etendue)
        lignes, medianes = yield from self._rows(choice)
        comptes = yield from self._count(etendue, lignes)
        indicateurs = self._indicateurs(comptes)
        yield
        statistics = self._session.read.statistics
        cohort = statistics.cohort(choice)
        yield
        return Chiffres(
            etendue=etendue,
            comptes=comptes,
            totaux=_totaux(comptes),
            indicateurs=indicateurs + self._mentions(lignes) + _cohorte(cohort),
            personnes=statistics.personnes(choice),
            medianes=medianes,
            collaborations=self._collaborations(etendue, comptes),
            figes=self._figes(etendue),
        )

    def _rows(self, choice: Choice) -> Generator[None, None, tuple[list[Ligne], tuple[Mediane, ...]]]:
        enrich = Enrichment(self._session.counted_nomenclatures, residence(self._session))
        found: list[Ligne] = []
        medianes: list[Mediane] = []
        for part, durees in self._session.read.statistics.grouped_by_source(choice):
            found += map(enrich, part)
            medianes += (
                mediane(code, "minutes" if code == "duree" else "jours", values)
                for code, values in durees.items()
            )
            yield
        return found, tuple(medianes)

    def _count(
        self, etendue: Etendue, lignes: list[Ligne]
    ) -> Generator[None, None, Mapping[str, TableauCompte]]:
        """Every table: those of the bilan with what is frozen of them, those of the screen as they are today."""
        figes = self._figes(etendue)
        vivants, frozen = lignes, self._session.read.bilans.frozen(figes)
        if figes:
            vivants, _ = yield from self._rows(choice_of(etendue, sauf=figes))
        today = Compteur(lignes, foyers=False)
        moving = Compteur(vivants, foyers=False) if figes else today
        tableaux = self.tableaux(etendue)
        found: dict[str, TableauCompte] = {}
        yield
        for start in range(0, len(tableaux), _SLICE):
            for tableau in tableaux[start : start + _SLICE]:
                if tableau.paliers and figes:
                    found[tableau.code] = _with_frozen(moving.count(tableau), frozen)
                else:
                    found[tableau.code] = today.count(tableau)
            yield
        return found

    def comparer(self, etendue: Etendue) -> Generator[None, None, Comparaison]:
        """Count the totals, shares and tables of other days, in slices."""
        figes = self._figes(etendue)
        lignes, _ = yield from self._rows(choice_of(etendue, sauf=figes))
        frozen = self._session.read.bilans.frozen(figes)
        compteur = Compteur(lignes, foyers=False)
        comptes: dict[str, TableauCompte] = {}
        yield
        tableaux = [tableau for tableau in self.tableaux(etendue) if tableau.paliers]
        for start in range(0, len(tableaux), _SLICE):
            for tableau in tableaux[start : start + _SLICE]:
                compte = compteur.count(tableau)
                comptes[tableau.code] = _with_frozen(compte, frozen) if figes else compte
            yield
        shares = {share.code: share for share in self._indicateurs(comptes)}
        return Comparaison(etendue, _totaux(comptes), shares, comptes)

    def tendance(self, periode: Periode) -> tuple[Point, ...]:
        """Persons accueillies and dossiers of the last periods of a kind, this one at the end."""
        live = self._session.read.statistics.by_quarter()
        closed = {row.periode.code for row in self._session.read.bilans.arretes() if not row.repris}
        numbers = {univers: dict(found) for univers, found in live.items()}
        for code in (code for code in closed if "-T" in code):
            frozen = self._session.read.bilans.totals(code)
            numbers["accueils"][code] = frozen.get("sexe", 0)
            numbers["dossiers"][code] = frozen.get("principale", 0)
        first = min((code for found in numbers.values() for code in found), default=None)
        points = []
        for _ in range(_POINTS):
            quarters = [quarter.code for quarter in periode.quarters()]
            points.append(
                Point(
                    periode, *(sum(numbers[u].get(q, 0) for q in quarters) for u in ("accueils", "dossiers"))
                )
            )
            if first is None or periode.debut <= parse_period(first).debut:
                break
            before = Etendue.of(periode).precedente.periode
            assert before is not None
            periode = before
        return tuple(reversed(points))

    def tableaux(self, etendue: Etendue) -> tuple[Tableau, ...]:
        """Every table of the screen, over some days."""
        lieux = lieux_comptes(self._session, etendue.fin.year, ecran=True)
        return ecran().tous(self._session.counted_nomenclatures, lieux)

    def _figes(self, etendue: Etendue) -> tuple[str, ...]:
        """Quarters arrêtés of a period of the calendar; free dates are counted again each time.

        Those read back from a file have no exact count left: what the coffre holds is counted.
        """
        closed = {row.periode.code for row in self._session.read.bilans.arretes() if not row.repris}
        return tuple(code for code in choice_of(etendue).trimestres if code in closed)

    def _indicateurs(self, comptes: Mapping[str, TableauCompte]) -> tuple[Indicateur, ...]:
        cells: dict[Cellule, int] = {}
        unites: dict[str, str] = {}
        for compte in comptes.values():
            unites[compte.tableau.univers] = compte.tableau.unite
            for cle, effectif in compte.effectifs.items():
                cells.setdefault((compte.tableau.univers, cle), effectif.unites)
        return tuple(
            Indicateur(
                code=item.code,
                libelle=item.libelle,
                unite=unites[item.haut[0][0]],
                numerateur=item.numerateur,
                denominateur=item.denominateur,
                haut=sum(cells[cell] for cell in item.haut),
                bas=sum(cells[cell] for cell in item.bas),
                inconnus=sum(cells[cell] for cell in item.inconnus) if item.inconnus else None,
                rapport_de_flux=item.rapport_de_flux,
                cellules=item.haut,
            )
            for item in menu().indicateurs(cells)
        )

    def _mentions(self, lignes: list[Ligne]) -> tuple[Indicateur, ...]:
        """The share of intrafamilial among all the problématiques mentioned."""
        liste = self._session.counted_nomenclatures["problematique"]
        found = mentions(lignes, {v.code: liste.famille_of(v.code) for v in liste.valeurs})
        return (
            Indicateur(
                code="mentions_intrafamilial",
                libelle="Conflits et violences intrafamiliaux, en mentions",
                unite="mention",
                numerateur="mentions d’une problématique de conflits et violences intrafamiliaux",
                denominateur="mentions de problématiques, principales ou non",
                haut=found.get("intrafamilial", 0),
                bas=sum(found.values()),
                inconnus=found.get(NON_RENSEIGNE, 0),
                ecran=True,
            ),
        )

    def _collaborations(
        self, etendue: Etendue, comptes: Mapping[str, TableauCompte]
    ) -> tuple[Collaboration, ...]:
        """One level per family of partners, from the contacts that the bilan of the year counts."""
        if etendue.periode is None or etendue.periode.palier != "annee":
            return ()
        reglages = self._session.reglages
        seuils = Seuils(reglages.collaboration_frequente, reglages.collaboration_occasionnelle)
        numbers = {cle[0][1]: e.unites for cle, e in comptes["contacts_famille"].effectifs.items() if cle}
        return tuple(Collaboration(code, number, seuils.niveau(number)) for code, number in numbers.items())


def choice_of(etendue: Etendue, sauf: Collection[str] = ()) -> Choice:
    """Rows of some days: those of the quarters of a bilan, or by the day of each event.

    Args:
        etendue: The days.
        sauf: Codes of quarters to leave out.
    """
    if etendue.periode is None:
        return Choice(jours=(etendue.debut, etendue.fin), sauf=tuple(sorted(sauf)))
    quarters = tuple(quarter.code for quarter in etendue.periode.quarters())
    return Choice(tuple(code for code in quarters if code not in sauf))


def _with_frozen(compte: TableauCompte, frozen: Mapping[tuple[str, str, Cle], int]) -> TableauCompte:
    """What still moves, and what no longer does, together."""
    tableau = compte.tableau
    palier = tableau.paliers[0]
    return TableauCompte(
        tableau,
        {
            cle: Effectif(effectif.unites + frozen.get((palier, tableau.code, cle), 0))
            for cle, effectif in compte.effectifs.items()
        },
    )


def _totaux(comptes: Mapping[str, TableauCompte]) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for compte in comptes.values():
        found[compte.tableau.univers] = max(found[compte.tableau.univers], compte.total)
    return {code: found[code] for code in TOTAUX}


def _cohorte(cohort: Cohort) -> tuple[Indicateur, ...]:
    """What became, to this day, of those accueillis in the period."""
    return (
        Indicateur(
            code="cohorte_orientes",
            libelle="Orientés vers le service social de secteur, à ce jour",
            unite="accueil",
            numerateur="accueils de la période orientés depuis vers le service social de secteur",
            denominateur="personnes accueillies de la période",
            haut=cohort.orientes,
            bas=cohort.accueils,
            ecran=True,
        ),
        Indicateur(
            code="cohorte_engages",
            libelle="Accompagnement engagé, à ce jour",
            unite="accueil",
            numerateur="accueils non suivis de la période, avec depuis un accompagnement engagé",
            denominateur="personnes accueillies de la période, non suivies",
            haut=cohort.engages,
            bas=cohort.non_suivis,
            ecran=True,
        ),
    )
