"""The annuaire of the demonstration: territories, correspondants, a year of contacts, suites that were told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from iscg_desktop.domain.contact_partenaire import ContactDraft, Sens
from iscg_desktop.domain.orientation import SuiteDraft
from iscg_desktop.domain.partenaire import Correspondant, PartenaireDraft, Secteur
from iscg_desktop.services.demo.people import weighted
from iscg_desktop.services.services import Services

_EVERY = 3
"""Days between two contacts, on average."""

# Name, type, street, town, what they take, days since it closed (0: open), weight among the contacts.
_MORE = (
    ("Maison des adolescents de la Côte", "cmp", "6 quai du Port", "La Côte", "11 à 21 ans, sans rendez-vous", 0, 2),
    ("Hôpital de Montfermé, service social", "hopital", "1 rue de l’Hôpital", "Montfermé", "", 0, 4),
    ("CCAS de Vallière", "ccas", "2 place de la Mairie", "Vallière", "Habitants de la commune", 0, 5),
    ("Les Ajoncs, accueil de jour", "hebergement", "9 rue du Lavoir", "Saint-Aubin", "Femmes, avec enfants", 0, 5),
    ("Centre d’addictologie du Bocage", "addictologie", "3 allée des Genêts", "Kergoat", "Dès 16 ans", 0, 1),
    ("Espace rencontre Le Trait d’union", "mediation_familiale", "7 rue de la Gare", "Vallière", "", 0, 2),
    ("CRIP (fictive)", "crip", "1 rue du Département", "Montfermé", "", 0, 3),
    ("Antenne sociale de Roc-Trévez", "service_social_secteur", "4 chemin de la Lande", "Roc-Trévez", "", 120, 0),
)  # fmt: skip

_PEOPLE = (
    Correspondant("Katell Penvern", "secrétaire", "02 00 00 00 11", "k.penvern@exemple.example"),
    Correspondant("Yann Riouallon", "chef de service", "02 00 00 00 12"),
    Correspondant("Inès Vallérand", "référente violences", "02 00 00 00 13", "i.vallerand@exemple.example"),
)

_NOTES = (
    "", "", "", "Rappellera lundi.", "Place possible sous quinze jours.", "Point sur les situations communes.",
    "A demandé la procédure pour une plainte.",
)  # fmt: skip

_SUITES = {
    "en_attente": 3,
    "accompagnement_engage": 4,
    "rdv_fixe": 3,
    "refus_partenaire": 2,
    "sans_retour": 2,
}


def animate(services: Services, random: Random, first: date, communes: Sequence[str]) -> None:
    """Give the annuaire its life between a day and today.

    Args:
        services: The use cases; the dossiers are there already.
        random: Of its own, so that the dossiers stay the same.
        first: First day.
        communes: Where the fictitious persons live.
    """
    weights = _structures(services, random, communes)
    _secteurs(services, communes)
    _contacts(services, random, first, weights)
    _suites(services, random)


def _structures(services: Services, random: Random, communes: Sequence[str]) -> dict[int, int]:
    """Complete the structures of the dossiers and add the others; weight of each among the contacts."""
    annuaire, today = services.annuaire, services.clock.today()
    weights = {}
    for structure in annuaire.all():
        served = random.sample(communes, min(len(communes), random.randint(6, 14)))
        draft = replace(
            structure.draft(),
            code_postal="35999",
            telephone=f"02 00 00 01 {structure.id:02}",
            courriel=f"accueil{structure.id}@exemple.example",
            horaires="Du lundi au vendredi, 9 h – 12 h et 14 h – 17 h",
            communes=tuple(sorted(served)),
            correspondants=(*structure.correspondants, *random.sample(_PEOPLE, 1)),
        )
        annuaire.change(structure.id, draft)
        weights[structure.id] = 20 if structure.type == "service_social_secteur" else 7
    for nom, kind, adresse, ville, takes, closed, weight in _MORE:
        served = random.sample(communes, min(len(communes), random.randint(3, 20)))
        draft = PartenaireDraft(
            nom, kind, adresse, "35999", ville, accueille=takes, communes=tuple(sorted(served)),
            ferme_le=today - timedelta(days=closed) if closed else None,
            correspondants=tuple(random.sample(_PEOPLE, random.randint(0, 2))),
        )  # fmt: skip
        partenaire_id, _ = annuaire.add(draft)
        weights[partenaire_id] = weight
    return {partenaire_id: weight for partenaire_id, weight in weights.items() if weight}


def _secteurs(services: Services, communes: Sequence[str]) -> None:
    half = len(communes) // 2
    for nom, part in (("Secteur du Bocage", communes[:half]), ("Secteur de la Côte", communes[half:])):
        services.annuaire.keep_secteur(Secteur(0, nom, tuple(part)))


def _contacts(services: Services, random: Random, first: date, weights: dict[int, int]) -> None:
    today = services.clock.today()
    dossiers = [line.id for line in services.dossiers.find("", limit=40)]
    for _ in range((today - first).days // _EVERY):
        objet = weighted(random, {"situation": 70, "reunion": 15, "conseil_technique": 15})
        sens: Sens = random.choice(("recu", "emis"))
        about = objet == "situation" and random.random() < 0.3
        canal = weighted(random, {"telephone": 60, "courriel": 25, "rencontre": 13, "visioconference": 2})
        services.contacts.record(
            ContactDraft(
                weighted(random, weights),
                today - timedelta(days=random.randint(0, (today - first).days)),
                sens,
                "rencontre" if objet == "reunion" else canal,
                objet,
                random.choice(dossiers) if about and dossiers else None,
                random.choice(_NOTES),
            )
        )


def _suites(services: Services, random: Random) -> None:
    """What became of two orientations in three that nobody had answered yet."""
    today = services.clock.today()
    for waiting in services.orientations.without_suite():
        if random.random() < 0.67:
            oriented = waiting.orientation.date
            learnt = min(oriented + timedelta(days=random.randint(8, 30)), today)
            suite = weighted(random, _SUITES)
            services.orientations.add_suite(
                waiting.orientation.id,
                SuiteDraft(
                    suite,
                    learnt,
                    motif="Liste d’attente" if suite == "refus_partenaire" else "",
                    rendez_vous_le=learnt + timedelta(days=9) if suite == "rdv_fixe" else None,
                ),
            )
