"""The demonstration: fictitious dossiers recorded, fiches issued, finished quarters arrêtés and exported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from iscg_desktop.domain.convention import Convention
from iscg_desktop.domain.fiche_numero import Numero
from iscg_desktop.domain.intervenant import Intervenant
from iscg_desktop.domain.partenaire import PartenaireDraft
from iscg_desktop.domain.unite import Unite
from iscg_desktop.errors import UserError
from iscg_desktop.files import private_folder, write_atomic
from iscg_desktop.reference import passphrase_words
from iscg_desktop.services import coffre
from iscg_desktop.services.demo.annuaire import animate
from iscg_desktop.services.demo.clock import MovingClock
from iscg_desktop.services.demo.jour import fill_today
from iscg_desktop.services.demo.names import PARTENAIRES, UNITES
from iscg_desktop.services.demo.tournees import read_coupons, tournees_fictives, write_coupons
from iscg_desktop.services.demo.vie import Progress, Vie
from iscg_desktop.services.services import Services
from iscg_desktop.storage.kdf import KdfParameters

DEPARTEMENT = "35"
PER_YEAR = 400
"""Dossiers of a usual year (ANISCG guide of 2012, line 121)."""

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


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Where everything is.

    Attributes:
        passphrase: Opens the coffre.
        fiches: PDF files written.
        lus: Coupons that partners filled and sent back, read already.
        coupons: Others, to be read.
        bilans: Bilan files written.
    """

    coffre: Path
    passphrase: str
    dossiers: int
    entretiens: int
    fiches: tuple[Path, ...]
    lus: tuple[Path, ...]
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
        services.coffre.mark_demonstration()
        play = _Play(services, progress)
        first = moving.day
        vie = Vie(services, moving, random, progress, play.unites, play.partners, session.batch)
        entretiens = vie.record(number, first, today, communes)
        with session.batch():
            tournees_fictives(services, moving, random, today)
        moving.day = today
        fill_today(services, play.unites)
        play.sign_convention(today)
        animate(services, Random(f"annuaire {seed} {today.isoformat()} {number}"), first, communes)
        return Demonstration(
            coffre=place,
            passphrase=passphrase,
            dossiers=number,
            entretiens=entretiens,
            fiches=play.write_fiches(folder / "fiches"),
            lus=read_coupons(services, folder / "coupons" / "lus"),
            coupons=write_coupons(services, folder / "coupons"),
            bilans=play.write_bilans(folder / "bilans"),
        )
    finally:
        session.vault.close()


class _Play:
    """The fictitious intervenant: her unités, her partners, and what she writes beside her coffre."""

    def __init__(self, services: Services, progress: Progress) -> None:
        self._services = services
        self._progress = progress
        services.coffre.set_up(OWNER, tuple(Unite(0, nom, force, kind) for nom, force, kind, _ in UNITES))
        self.unites = {
            unite.id: weight
            for nom, _, _, weight in UNITES
            for unite in services.listes.unites()
            if unite.nom == nom
        }
        self.partners: dict[tuple[int, str], int] = {}
        for nom, kind, adresse, ville, contact, fonction, weight in PARTENAIRES:
            draft = PartenaireDraft(
                nom, kind, adresse, "35999", ville, correspondant=contact, fonction=fonction
            )
            partenaire_id, _ = services.orientations.add_partenaire(draft)
            self.partners[partenaire_id, kind] = weight

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
