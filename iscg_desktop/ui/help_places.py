"""Which chapter of the guide each page of the program opens."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from iscg_desktop.ui.pages.aide import FIRST, AidePage
from iscg_desktop.ui.sections_page import SectionsPage

PLACES = {
    "aujourdhui": "aujourdhui",
    "saisines": "saisines",
    "dossiers": "dossiers",
    "dossier": "dossiers",
    "points": "dossiers#points-pour-le-référent",
    "personne": "personnes",
    "doublons": "personnes#réunir-deux-fiches-en-une",
    "entretien": "entretien",
    "entretien_lu": "entretien#corriger-après-coup",
    "corbeille": "entretien#corbeille",
    "fiche": "fiche",
    "fiches": "tournees",
    "tournee": "tournees#faire-une-tournée",
    "impression": "tournees#imprimer-ensemble",
    "retour": "tournees#lire-un-retour",
    "documents": "documents",
    "document": "documents",
    "annuaire": "annuaire",
    "partenaire": "annuaire",
    "structure": "annuaire",
    "contact": "annuaire#noter-un-contact",
    "orientation": "annuaire#orienter-quelquun",
    "suite": "annuaire#noter-une-suite",
    "agenda": "agenda",
    "bilan": "bilan",
    "releve": "bilan",
    "recit": "bilan#les-quatre-fichiers",
    "grille": "bilan#remplir-la-grille-dun-employeur",
    "consolidation": "bilan#vérifier-un-bilan-en-réunir-plusieurs",
    "conformite": "conformite",
    "reglages": "reglages",
}
"""Chapter of each page, as « chapter#heading »."""

SECTIONS = {
    "conformite:echeances": "conformite#temps-de-conservation",
    "conformite:personne": "conformite#une-personne-demande",
    "conformite:droits": "conformite#une-personne-demande",
    "conformite:notes": "conformite#notes-en-huit-langues",
    "conformite:journal": "conformite#journal",
    "conformite:traitement": "conformite#pour-le-dpo",
    "conformite:controle": "conformite#liste-de-contrôle",
    "conformite:passation": "conformite#passer-le-relais",
    "reglages:identite": "reglages#vous-et-votre-employeur",
    "reglages:convention": "reglages#convention",
    "reglages:unites": "reglages#unités",
    "reglages:listes": "reglages#listes-de-choix",
    "reglages:documents": "documents#votre-en-tête",
    "reglages:delais": "reglages#délais-mots-apparence",
    "reglages:mots": "reglages#délais-mots-apparence",
    "reglages:import": "import",
    "reglages:sauvegardes": "sauvegardes",
    "reglages:phrase": "phrase",
    "reglages:securite": "reglages#sécurité",
    "reglages:apparence": "reglages#délais-mots-apparence",
}
"""Chapter of each section of a page."""


def chapter_of(key: str, page: QWidget | None) -> str:
    """Reference of the chapter that says what the page shown is for."""
    if isinstance(page, AidePage):
        return page.reader.cle or FIRST
    if isinstance(page, SectionsPage):
        section = SECTIONS.get(f"{key}:{page.current()}")
        if section is not None:
            return section
    return PLACES.get(key, FIRST)
