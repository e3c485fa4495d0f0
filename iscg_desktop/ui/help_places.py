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
    "points": "dossiers",
    "personne": "personnes",
    "doublons": "personnes",
    "entretien": "entretien",
    "entretien_lu": "entretien",
    "corbeille": "entretien",
    "fiche": "fiche",
    "fiches": "tournees",
    "tournee": "tournees",
    "impression": "tournees",
    "retour": "tournees",
    "documents": "documents",
    "document": "documents",
    "annuaire": "annuaire",
    "partenaire": "annuaire",
    "structure": "annuaire",
    "contact": "annuaire",
    "orientation": "annuaire",
    "suite": "annuaire",
    "agenda": "agenda",
    "bilan": "bilan",
    "releve": "bilan",
    "recit": "bilan",
    "grille": "bilan",
    "conformite": "conformite",
    "reglages": "reglages",
}
"""Chapter of each page, as « chapter#heading »."""

SECTIONS = {
    "reglages:sauvegardes": "sauvegardes",
    "reglages:phrase": "phrase",
    "reglages:import": "import",
}
"""Chapter of a section where it is not that of its page."""


def chapter_of(key: str, page: QWidget | None) -> str:
    """Reference of the chapter that says what the page shown is for."""
    if isinstance(page, AidePage):
        return page.reader.cle or FIRST
    if isinstance(page, SectionsPage):
        section = SECTIONS.get(f"{key}:{page.current()}")
        if section is not None:
            return section
    return PLACES.get(key, FIRST)
