"""The life of fictitious dossiers: entretiens, a fiche, its retour, the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, time, timedelta
from random import Random

from iscg_desktop.domain.entretien import EntretienDraft, PersonneDraft
from iscg_desktop.domain.fiche_sections import Reponse
from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.saisine import SaisineDraft
from iscg_desktop.services.demo.clock import MovingClock
from iscg_desktop.services.demo.dossiers import MOTIFS_CLOTURE, mis_en_cause
from iscg_desktop.services.demo.names import BESOINS, MOTIFS, RECITS, RESSOURCES
from iscg_desktop.services.demo.people import DossierFictif, dossiers_fictifs, weighted
from iscg_desktop.services.demo.tournees import WEEKS_OF_TOURNEES, coupon_fictif
from iscg_desktop.services.entretien_writing import Recorded
from iscg_desktop.services.services import Services

Progress = Callable[[str, int, int], None]
"""Told what is being done, how far, of how much."""

_ORIGINES = {
    "gendarmerie": 62,
    "presentation_spontanee": 10,
    "service_social_departemental": 10,
    "ccas": 6,
    "association": 6,
    "justice_parquet": 4,
    "proche_ou_tiers": 2,
}
_SUPPORTS = {"intervention": 40, "plainte_audition": 25, "main_courante": 15, "tour_du_matin": 20}
_URGENCES = {"immediate": 15, "sous_48h": 45, "differee": 40}
_MODES = {
    "presentiel_rdv": 45,
    "telephone": 35,
    "presentiel_spontane": 10,
    "visite_a_domicile": 5,
    "conjoint": 5,
}
_AT_ONCE = 25
"""Dossiers that reach the disk together: a demonstration cut short is made again."""
_DEMANDES = ("ecoute", "information_droits", "hebergement", "aide_plainte", "aide_financiere")


class Vie:
    """Lives the dossiers one after the other, through the use cases of the window.

    Args:
        services: Of the coffre of the demonstration.
        moving: The day it is.
        random: Draws everything.
        progress: Told how far it is.
        unites: Id of each unité and its weight.
        partners: Id and kind of each partner, and its weight.
        batch: Has use cases reach the disk together.
    """

    def __init__(
        self,
        services: Services,
        moving: MovingClock,
        random: Random,
        progress: Progress,
        unites: dict[int, int],
        partners: dict[tuple[int, str], int],
        batch: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._services, self._moving, self._random, self._progress = services, moving, random, progress
        self._unites, self._partners, self._batch = unites, partners, batch

    def record(self, number: int, first: date, last: date, communes: Sequence[str]) -> int:
        """Record all dossiers in order of date; returns the number of entretiens."""
        entretiens = 0
        dossiers = dossiers_fictifs(self._random, number, first, last, communes)
        for start in range(0, number, _AT_ONCE):
            self._progress("Dossiers", start, number)
            with self._batch():
                entretiens += sum(self._live(each, last) for each in dossiers[start : start + _AT_ONCE])
        self._progress("Dossiers", number, number)
        return entretiens

    def _live(self, dossier: DossierFictif, last: date) -> int:
        """One dossier: its first entretien, its fiche and its retour, the entretiens that follow."""
        random = self._random
        self._moving.day = dossier.day
        recorded = self._services.entretiens.record(self._first(dossier))
        for orientation_id in recorded.orientation_ids:
            self._hand_over(orientation_id, dossier.day, last)
        held = 1
        day = dossier.day
        for _ in range(weighted(random, {0: 30, 1: 30, 2: 20, 3: 12, 5: 8})):
            day += timedelta(days=random.randint(2, 25))
            if day > last:
                break
            self._moving.day = day
            self._services.entretiens.record(self._next(dossier, recorded, day))
            held += 1
        self._leave(recorded.dossier_id, day, last)
        return held

    def _leave(self, dossier_id: int, day: date, last: date) -> None:
        """Two dossiers in three are closed two months after their last contact, a few days give or take."""
        closed = day + timedelta(days=60 + dossier_id % 11)
        if dossier_id % 3 and closed <= last:
            self._moving.day = closed
            self._services.dossiers.close(dossier_id, MOTIFS_CLOTURE[dossier_id % len(MOTIFS_CLOTURE)])

    def _first(self, dossier: DossierFictif) -> EntretienDraft:
        random = self._random
        unite_id = weighted(random, self._unites)
        saisine = self._saisine(dossier.day, unite_id)
        oriented = random.random() < 0.8
        orientations = (self._orientation(),) if oriented else ()
        mode = weighted(random, _MODES)
        return EntretienDraft(
            dossier_id=None,
            date=dossier.day,
            heure=time(random.randint(8, 18), random.choice((0, 15, 30, 45))),
            duree=random.choice((20, 30, 45, 60, 75)),
            mode=mode,
            lieu="unite" if mode.startswith("presentiel") else "autre",
            unite_id=unite_id,
            problematique_principale=dossier.principale,
            problematiques=("difficultes_financieres",) if random.random() < 0.3 else (),
            demandes=tuple(random.sample(_DEMANDES, random.randint(1, 2))),
            reponses=("accueil", "ecoute_active", "evaluation", *(("orientation",) if oriented else ())),
            personnes=dossier.personnes + ((other,) if (other := mis_en_cause(dossier)) else ()),
            orientations=orientations,
            elements_transmissibles=self._recit(dossier),
            notes_de_travail="Rappeler avant la fin de la semaine." if random.random() < 0.3 else "",
            saisine=saisine,
            regime="protection_enfance" if dossier.principale == "mineur_en_danger" else "adulte_difficulte",
        )

    def _saisine(self, day: date, unite_id: int) -> SaisineDraft:
        random = self._random
        came = max(day - timedelta(days=weighted(random, {0: 40, 1: 25, 3: 20, 8: 15})), date(1990, 1, 1))
        return SaisineDraft(
            came,
            origine=weighted(random, _ORIGINES),
            support=weighted(random, _SUPPORTS),
            unite_id=unite_id,
            accord_contact="oui",
            urgence=weighted(random, _URGENCES),
            motif="Situation signalée par l’unité",
        )

    def _next(self, dossier: DossierFictif, recorded: Recorded, day: date) -> EntretienDraft:
        person = replace(dossier.personnes[0], personne_id=recorded.personne_ids[0])
        lines: tuple[PersonneDraft, ...] = (person,)
        reached = self._random.random() < 0.85
        return EntretienDraft(
            dossier_id=recorded.dossier_id,
            date=day,
            duree=self._random.choice((10, 15, 20, 30)),
            mode="telephone",
            issue="realise" if reached else "injoignable",
            problematique_principale=dossier.principale,
            demandes=("ecoute",) if reached else (),
            reponses=("soutien_moral", "aide_aux_demarches") if reached else (),
            personnes=lines,
            elements_transmissibles="Point sur les démarches engagées." if reached else "",
        )

    def _orientation(self) -> OrientationDraft:
        partenaire_id, kind = weighted(self._random, self._partners)
        accord = weighted(self._random, {"oui": 85, "non": 5, "non_recueilli": 10})
        return OrientationDraft(0, kind, partenaire_id, accord, self._random.choice(MOTIFS))

    def _recit(self, dossier: DossierFictif) -> str:
        famille = self._services.listes["problematique"].famille_of(dossier.principale)
        texts = RECITS.get(famille, RECITS["autre"])
        first = dossier.personnes[0].identite
        title = "Madame" if first.sexe == "femme" else "Monsieur"
        return self._random.choice(texts).format(qui=f"{title} {first.nom}")

    def _hand_over(self, orientation_id: int, day: date, last: date) -> None:
        """Issue the fiche where the accord allows it, hand it over, and note its retour."""
        services, random = self._services, self._random
        if services.orientations.get(orientation_id).accord != "oui":
            return
        content = services.fiches.prepare(orientation_id)
        told = replace(
            content.information, comment="oralement, lors de l’entretien", portee="la situation décrite ici"
        )
        if content.mineur:
            told = replace(told, parents_informes=Reponse.OUI)
        needs = replace(
            content.evaluation, besoins=random.choice(BESOINS), ressources=random.choice(RESSOURCES)
        )
        issued = services.fiches.issue(orientation_id, replace(content, information=told, evaluation=needs))
        if day > last - timedelta(weeks=WEEKS_OF_TOURNEES):
            return  # handed over on a tournée
        handed = day + timedelta(days=random.randint(0, 6))
        if handed > last:
            return
        self._moving.day = handed
        services.fiches.follow(issued.fiche_id, "imprimee")
        services.fiches.follow(issued.fiche_id, "remise")
        answered = handed + timedelta(days=random.randint(5, 40))
        if answered <= last and random.random() < 0.7:
            self._moving.day = answered
            services.retours.record(issued.fiche_id, coupon_fictif(random, answered))
