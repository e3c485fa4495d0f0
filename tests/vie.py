"""A whole open coffre for tests of use cases and pages: services over a real vault, with a clock of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.entretien import EntretienDraft, PersonneDraft
from iscg_desktop.domain.intervenant import Intervenant
from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.partenaire import PartenaireDraft
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.domain.saisine import SaisineDraft
from iscg_desktop.domain.unite import Unite
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.coffres import Coffre, make_coffre

TODAY = date(2026, 11, 23)

MAELLE = Intervenant(
    nom="Kerdoncuff",
    prenom="Maëlle",
    code="MKE",
    diplome="assistant_service_social",
    qualite="Assistante de service social",
    employeur="Département fictif",
    nature_employeur="departement",
    departement="35",
    adresse="1 place du Marché\n35140 Saint-Aubin",
    telephone="02 99 00 00 00",
    courriel="maelle.kerdoncuff@exemple.fr",
)

UNITES = (
    Unite(0, "Brigade de Saint-Aubin", "gendarmerie", "brigade"),
    Unite(0, "Brigade de Vallière", "gendarmerie", "brigade"),
)


class TestClock:
    """A clock that stands still until it is moved."""

    __test__ = False

    def __init__(self, today: date = TODAY) -> None:
        self.day = today
        self.clock = Clock(
            today=lambda: self.day,
            now=lambda: datetime(self.day.year, self.day.month, self.day.day, 9, 41, tzinfo=UTC),
        )


@cache
def _model() -> Coffre:
    """An empty coffre, made once; its lists, owner and unités are already there."""
    coffre = make_coffre(Path(mkdtemp(prefix="iscg-vie-")) / "coffre")
    session = open_session(coffre.folder, coffre.key, clock=TestClock().clock)
    services = Services(session)
    services.coffre.set_up(MAELLE, UNITES)
    services.orientations.add_partenaire(
        PartenaireDraft(
            "CDAS de Vallière",
            "service_social_secteur",
            adresse="3 rue des Tilleuls",
            code_postal="35140",
            ville="Vallière",
            correspondant="Mme Jocelyne Abgrall",
            fonction="assistante sociale",
        )
    )
    session.vault.close()
    return coffre


def closed_coffre(folder: Path, model: Coffre | None = None) -> Coffre:
    """The coffre that ``open_services`` opens, closed, with all that opens it."""
    return (model or _model()).copy_to(folder / "coffre")


def open_services(
    folder: Path, clock: TestClock | None = None, *, model: Coffre | None = None
) -> tuple[Services, Session]:
    """Services over a fresh copy of a coffre in ``folder / "coffre"``; close ``session.vault`` in the end.

    Args:
        folder: Where the copy goes.
        clock: That of the session.
        model: The closed coffre that is copied, when what it holds is long to make; by default an empty one.
    """
    coffre = closed_coffre(folder, model)
    session = open_session(coffre.folder, coffre.key, clock=(clock or TestClock()).clock)
    return Services(session), session


def draft(**changes: object) -> EntretienDraft:
    """A whole entretien of a fictitious person, that opens a dossier and orients her."""
    whole = EntretienDraft(
        dossier_id=None,
        date=TODAY,
        duree=45,
        mode="presentiel_rdv",
        lieu="unite",
        unite_id=1,
        problematique_principale="violences_conjugales",
        problematiques=("difficultes_financieres",),
        demandes=("ecoute", "hebergement"),
        reponses=("accueil", "ecoute_active", "orientation"),
        personnes=(victime(),),
        orientations=(OrientationDraft(0, "service_social_secteur", 1, "oui", "Évaluation de la situation"),),
        elements_transmissibles="Madame souhaite être orientée vers le service social de secteur.",
        notes_de_travail="Rappeler jeudi.",
        saisine=SaisineDraft(
            TODAY, origine="gendarmerie", support="intervention", urgence="sous_48h", unite_id=1
        ),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def victime(**changes: object) -> PersonneDraft:
    """A fictitious woman, met."""
    return PersonneDraft(
        identite=replace(
            Identite(
                nom_naissance="Le Péron",
                nom_usage="Lœil",
                prenom="Anaïs",
                sexe="femme",
                naissance=Naissance(date=date(1988, 3, 12)),
                adresse="2 impasse du Four",
                commune="35253",
                telephone="06 00 00 00 01",
                contact_sur="06 00 00 00 02",
                informee_le=TODAY,
            ),
            **changes,  # type: ignore[arg-type]
        ),
        profil=Profil(
            statut="victime",
            situation_conjugale="marie",
            type_menage="couple_avec_enfant",
            activite="en_emploi",
            csp="employes",
            logement="locataire_prive",
            connu_services_sociaux="inconnu",
            suivi_en_cours="non",
            vulnerabilite=("aucune",),
            ressources=("salaire", "prime_d_activite"),
        ),
        accord="oui",
    )
