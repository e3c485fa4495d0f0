"""The description of the processing and the bordereau d'élimination: true of this coffre, and naming nobody."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest

from iscg_desktop.domain.conservation import Durees
from iscg_desktop.errors import UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.vie import MAELLE, draft


def _words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_it_says_what_the_settings_say(vie: tuple[Services, Session]) -> None:
    services, _ = vie
    for _ in range(3):
        services.entretiens.record(draft())
    services.conservation.set_durees(
        Durees({"adulte_difficulte": 12, "protection_enfance": 36}, "Avis du délégué")
    )
    services.notes_langues.mark_read("en")
    services.reglages.set(replace(services.reglages.get(), journal_mois=9, verrouillage_minutes=7))
    services.sauvegardes.record(services.sauvegardes.travail().run())
    described = services.traitement.decrire(disque_chiffre=False)
    assert (described.dossiers, described.anciennete, described.public) == (10, 2026, True)
    assert described.langues == ("Français", "English")
    words = _words(services.traitement.dessiner(described))
    for each in (
        "Département fictif", "12 mois après", "36 mois après", "Avis du délégué", "journal : 9 mois",
        "Après 7 minutes", "23/11/2026", "non chiffré", "Environ 10 dossiers",
        "Mission d’intérêt public", "Français, English",
    ):  # fmt: skip
        assert each in words.replace("\u00a0", " "), each
    for name in ("Péron", "Anaïs", "Vallière"):
        assert name not in words


def test_a_private_employer_has_another_ground_and_no_bordereau(vie: tuple[Services, Session]) -> None:
    services, _ = vie
    assert services.effacement.bordereau_exige()
    services.coffre.set_up(replace(MAELLE, nature_employeur="association"))
    assert not services.effacement.bordereau_exige()
    words = _words(services.traitement.dessiner(services.traitement.decrire()))
    assert "Intérêt légitime" in words
    assert "état inconnu" in words
    assert "Aucun dossier encore" in words


def test_the_bordereau_describes_dossiers_without_a_name(vie: tuple[Services, Session]) -> None:
    services, session = vie
    numbers = []
    for _ in range(40):
        recorded = services.entretiens.record(draft())
        numbers.append(services.dossiers.numero(recorded.dossier_id))
    pdf = services.effacement.bordereau(list(range(1, 41)))
    words = _words(pdf)
    assert all(number in words for number in numbers)
    assert "40 dossiers" in words
    assert "Archives départementales" in words
    for name in ("Péron", "PÉRON", "Anaïs", "Lœil"):
        assert name not in words
    assert session.read.journal.entries(limit=1)[0].objet == "bordereau_elimination"
    with pytest.raises(UserError, match="elimination_sans_dossier"):
        services.effacement.bordereau([])
    with pytest.raises(UserError, match="dossier_efface"):
        services.effacement.bordereau([99])
