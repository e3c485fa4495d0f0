"""The demonstration: fictitious dossiers recorded, fiches issued, finished quarters arrêtés and exported."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from iscg_desktop.domain.agenda import PermanenceDraft, RendezVousDraft, monday_of
from iscg_desktop.domain.convention import Convention
from iscg_desktop.domain.entretien import EntretienDraft, PersonneDraft
from iscg_desktop.domain.fiche_numero import Numero
from iscg_desktop.domain.fiche_sections import Reponse
from iscg_desktop.domain.intervenant import Intervenant
from iscg_desktop.domain.mentions import TypeDocument
from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.partenaire import PartenaireDraft
from iscg_desktop.domain.saisine import SaisineDraft, TentativeDraft
from iscg_desktop.domain.unite import Unite
from iscg_desktop.errors import UserError
from iscg_desktop.files import private_folder, write_atomic
from iscg_desktop.reference import passphrase_words
from iscg_desktop.services import coffre
from iscg_desktop.services.demo.annuaire import animate
from iscg_desktop.services.demo.clock import MovingClock
from iscg_desktop.services.demo.dossiers import MOTIFS_CLOTURE, POINTS, mis_en_cause
from iscg_desktop.services.demo.names import BESOINS, MOTIFS, PARTENAIRES, RECITS, RESSOURCES, UNITES
from iscg_desktop.services.demo.people import DossierFictif, dossiers_fictifs, weighted
from iscg_desktop.services.demo.tournees import (
    WEEKS_OF_TOURNEES,
    coupon_fictif,
    tournees_fictives,
    write_coupons,
)
from iscg_desktop.services.entretien_writing import Recorded
from iscg_desktop.services.services import Services
from iscg_desktop.storage.kdf import KdfParameters

DEPARTEMENT = "35"
PER_YEAR = 400
"""Dossiers of a usual year (ANISCG guide of 2012, line 121)."""

NOTES_GIVEN = 3
"""Last dossiers whose person has had her note d’information."""

PDF_WRITTEN = 30
"""Last fiches written as PDF beside the coffre."""

OWNER = Intervenant(
    nom="Kerdoncuff",
    prenom="Maëlle",
    code="MKE",
    diplome="assistant_service_social",
    qualite="Assistante de service social",
    employeur="Département fictif des Landes-de-Roc",
    nature_employeur="departement",
    departement=DEPARTEMENT,
    adresse="Brigade de Saint-Aubin\n1 place du Marché\n35140 Saint-Aubin",
    telephone="02 00 00 00 00",
    courriel="maelle.kerdoncuff@departement-fictif.example",
)

Progress = Callable[[str, int, int], None]
"""Told what is being done, how far, of how much."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Where everything is.

    Attributes:
        passphrase: Opens the coffre.
        fiches: PDF files written.
        coupons: Coupons that partners filled and sent back, to be read.
        bilans: Bilan files written.
    """

    coffre: Path
    passphrase: str
    dossiers: int
    entretiens: int
    fiches: tuple[Path, ...]
    coupons: tuple[Path, ...]
    bilans: tuple[Path, ...]


def demo_passphrase(seed: int) -> str:
    """Passphrase of a demonstration: the same for the same seed, since its people are invented."""
    return " ".join(Random(seed).sample(passphrase_words.words(), 7))


def make_demo(folder: Path, *, number: int, seed: int, today: date, progress: Progress) -> Demonstration:
    """Make ``folder/coffre``, ``folder/fiches`` and ``folder/bilans``.

    The dossiers fill the last twelve months, or as many years as it takes at 400 a year. The same seed and
    date give the same dossiers and exact counts; keys, tokens and masks differ each time.

    Raises:
        UserError: ``demo_existe``, ``demo_nombre``; the disk's refusals.
    """
    if number < 1:
        raise UserError("demo_nombre")
    place = folder / "coffre"
    if place.exists():
        raise UserError("demo_existe", dossier=str(folder))
    private_folder(folder)
    random = Random(f"{seed} {today.isoformat()} {number}")
    passphrase = demo_passphrase(seed)
    creation = coffre.prepare_creation(place, passphrase, kdf=KdfParameters.floor())
    key = creation.complete(creation.recovery_code.text)
    moving = MovingClock(today - timedelta(days=max(365, round(365.25 * number / PER_YEAR))))
    session = coffre.open_session(place, key, clock=moving.clock)
    try:
        around = session.territories.search("saint", departement=DEPARTEMENT, limit=40)
        communes = [commune.code for commune in around if commune.departement == DEPARTEMENT]
        services = Services(session)
        play = _Play(services, moving, random, progress)
        first = moving.day
        entretiens = play.record(number, first, today, communes)
        tournees_fictives(services, moving, random, today)
        moving.day = today
        play.fill_today()
        play.sign_convention(today)
        animate(services, Random(f"annuaire {seed} {today.isoformat()} {number}"), first, communes)
        return Demonstration(
            coffre=place,
            passphrase=passphrase,
            dossiers=number,
            entretiens=entretiens,
            fiches=play.write_fiches(folder / "fiches"),
            coupons=write_coupons(services, folder / "coupons"),
            bilans=play.write_bilans(folder / "bilans"),
        )
    finally:
        session.vault.close()


class _Play:
    """The life of the fictitious intervenant, through the use cases of the window."""

    def __init__(self, services: Services, moving: MovingClock, random: Random, progress: Progress) -> None:
        self._services = services
        self._moving = moving
        self._random = random
        self._progress = progress
        services.coffre.set_up(OWNER, tuple(Unite(0, nom, force, kind) for nom, force, kind, _ in UNITES))
        self._unites = {
            unite.id: weight
            for nom, _, _, weight in UNITES
            for unite in services.listes.unites()
            if unite.nom == nom
        }
        self._partners: dict[tuple[int, str], int] = {}
        for nom, kind, adresse, ville, contact, fonction, weight in PARTENAIRES:
            draft = PartenaireDraft(
                nom, kind, adresse, "35999", ville, correspondant=contact, fonction=fonction
            )
            partenaire_id, _ = services.orientations.add_partenaire(draft)
            self._partners[partenaire_id, kind] = weight

    def sign_convention(self, today: date) -> None:
        """A convention of three years, whose référent she has not seen for a fortnight; a tree of unités."""
        services, year = self._services, today.year
        by_name = {unite.nom: unite.id for unite in services.listes.unites()}
        for nom in ("Brigade de Montfermé", "Brigade de Roc-Trévez"):
            services.unites.move(by_name[nom], by_name["Communauté de brigades du Bocage"])
        services.convention.set(
            Convention(
                debut=date(year - 1, 1, 1),
                fin=date(year + 1, 12, 31),
                referent="Nolwenn Tanguy",
                rencontre="quinzaine",
                derniere_rencontre=today - timedelta(days=14),
                comites=(today + timedelta(days=19),),
                contact="Service de l’action sociale",
            )
        )

    def record(self, number: int, first: date, last: date, communes: Sequence[str]) -> int:
        """Record all dossiers in order of date; returns the number of entretiens."""
        entretiens = 0
        for done, dossier in enumerate(dossiers_fictifs(self._random, number, first, last, communes)):
            self._progress("Dossiers", done, number)
            entretiens += self._live(dossier, last)
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
        came = max(
            dossier.day - timedelta(days=weighted(random, {0: 40, 1: 25, 3: 20, 8: 15})), date(1990, 1, 1)
        )
        origine = weighted(
            random,
            {
                "gendarmerie": 62,
                "presentation_spontanee": 10,
                "service_social_departemental": 10,
                "ccas": 6,
                "association": 6,
                "justice_parquet": 4,
                "proche_ou_tiers": 2,
            },
        )
        saisine = SaisineDraft(
            came,
            origine=origine,
            support=weighted(
                random, {"intervention": 40, "plainte_audition": 25, "main_courante": 15, "tour_du_matin": 20}
            ),
            unite_id=unite_id,
            accord_contact="oui",
            urgence=weighted(random, {"immediate": 15, "sous_48h": 45, "differee": 40}),
            motif="Situation signalée par l’unité",
        )
        oriented = random.random() < 0.8
        orientations = (self._orientation(),) if oriented else ()
        mode = weighted(
            random,
            {
                "presentiel_rdv": 45,
                "telephone": 35,
                "presentiel_spontane": 10,
                "visite_a_domicile": 5,
                "conjoint": 5,
            },
        )
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
            demandes=tuple(
                random.sample(
                    ("ecoute", "information_droits", "hebergement", "aide_plainte", "aide_financiere"),
                    random.randint(1, 2),
                )
            ),
            reponses=("accueil", "ecoute_active", "evaluation", *(("orientation",) if oriented else ())),
            personnes=dossier.personnes + ((other,) if (other := mis_en_cause(dossier)) else ()),
            orientations=orientations,
            elements_transmissibles=self._recit(dossier),
            notes_de_travail="Rappeler avant la fin de la semaine." if random.random() < 0.3 else "",
            saisine=saisine,
            regime="protection_enfance" if dossier.principale == "mineur_en_danger" else "adulte_difficulte",
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

    def fill_today(self) -> None:
        """What the day's page shows: waiting saisines, rendez-vous, a relance, a permanence."""
        services, today = self._services, self._moving.day
        unite_id = next(iter(self._unites))
        self._fill_saisines(unite_id, today)
        recent = services.dossiers.find("", limit=2)
        for line, hour in zip(recent, (time(9, 30), time(11, 0)), strict=False):
            dossier = services.dossiers.reread(line.id)
            person = dossier.personnes[0].personne
            services.journee.add_rendez_vous(
                today, hour, "Entretien", unite_id=unite_id, dossier_id=line.id, personne_id=person.id
            )
            for child in dossier.personnes[1:]:
                services.personnes.link(person.id, child.personne.id, "enfant")
        if recent:
            services.journee.add_relance(today, "Appeler le service social de secteur", recent[0].id)
        for jour, place in zip(range(5), itertools.cycle(self._unites), strict=False):
            first = monday_of(today) + timedelta(days=jour)
            services.agenda.add_permanence(PermanenceDraft(place, first, time(9), time(12)))
        for line, texte in zip(services.dossiers.find("", limit=7)[2::2], POINTS, strict=False):
            services.referent.add(line.id, texte)
        services.journee.choose_permanence(unite_id)
        self._inform(NOTES_GIVEN)

    def _inform(self, number: int) -> None:
        """Notes given to the persons of the last dossiers."""
        documents = self._services.documents
        for line in self._services.dossiers.find("", limit=number):
            dossier = self._services.dossiers.reread(line.id)
            person = dossier.personnes[0].personne
            note = documents.prepare(line.id, TypeDocument.NOTE_INFORMATION, person.id)
            issued = documents.issue(line.id, person.id, note)
            documents.follow(issued.document_id, "remise")
            documents.inform(line.id, person.id, self._moving.day)

    def _fill_saisines(self, unite_id: int, today: date) -> None:
        """A morning's triage: one to call at once, one called twice, one who refused, one to meet, one reoriented."""
        use = self._services.saisines

        def noted(urgence: str, motif: str, support: str, days: int = 0, **others: Any) -> int:
            draft = SaisineDraft(
                today - timedelta(days=days), origine="gendarmerie", support=support, unite_id=unite_id,
                urgence=urgence, motif=motif, demandeur="Unité",
            )  # fmt: skip
            return use.record(replace(draft, **({"accord_contact": "oui"} | others)))[0]

        noted("immediate", "Intervention de nuit, couple et deux enfants", "intervention", heure=time(6, 45))
        called = noted("sous_48h", "Main courante, personne âgée isolée", "main_courante", 3)
        for back, heure, resultat in ((2, time(10), "injoignable"), (1, time(17, 30), "rappel")):
            use.add_tentative(called, TentativeDraft(today - timedelta(days=back), heure, resultat))
        noted("differee", "Conflit de voisinage", "tour_du_matin", accord_contact="non")
        met = noted("sous_48h", "Séparation conflictuelle", "plainte_audition", 1, sans_message=True)
        use.fix_rendez_vous(
            met, RendezVousDraft(today + timedelta(days=1), time(14), lieu="unite", unite_id=unite_id)
        )
        use.close(noted("differee", "Demande de logement", "appel_courriel", 6), "reorientee")

    def write_fiches(self, folder: Path) -> tuple[Path, ...]:
        """Write the last fiches as PDF; returns their paths."""
        private_folder(folder)
        written = []
        fiches = self._services.fiches.recent(PDF_WRITTEN)
        for done, fiche in enumerate(fiches):
            self._progress("Fiches de liaison", done + 1, len(fiches))
            path = folder / f"fiche-{Numero.parse(fiche.numero).nom_fichier}.pdf"
            write_atomic(path, self._services.fiches.pdf(fiche.id))
            written.append(path)
        return tuple(written)

    def write_bilans(self, folder: Path) -> tuple[Path, ...]:
        """Arrêter each finished quarter in order and write its files; returns their paths."""
        private_folder(folder)
        bilans = self._services.bilans
        due = [t.periode for t in reversed(bilans.trimestres()) if t.etat == "a_arreter"]
        written: list[Path] = []
        for done, periode in enumerate(due):
            self._progress("Bilans", done, len(due))
            prepared = bilans.prepare(periode)
            bilans.arreter(prepared, bilans.protect(prepared))
            written += bilans.export(periode, folder)
        self._progress("Bilans", len(due), len(due))
        return tuple(written)
