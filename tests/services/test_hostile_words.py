"""Words nobody expects, in every text: kept as they were typed as far as they can be, never a crash."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from iscg_desktop.domain.saisine import SaisineDraft
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.vie import TODAY, draft, victime

HOSTILE = {
    "markup": "<b>gras</b><img src=a>",
    "places": "%n %1 {0} {nom} %s",
    "nul": "avant\0après",
    "right to left": "\u202eenvers\u200f",
    "long": "x" * 1000,
    "half a character": "avant\ud800après",
    "emoji": "👩\u200d👧🏽",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_kept(vie: tuple[Services, Session], name: str) -> None:
    services, _ = vie
    words = HOSTILE[name]
    expected = words.replace("\ud800", "\ufffd")
    services.brouillons.keep("essai:1", "essai", {"texte": words})
    kept = services.brouillons.get("essai:1")
    assert kept is not None
    assert kept.contenu == {"texte": expected}
    saisine, _ = services.saisines.record(SaisineDraft(TODAY, motif=words, demandeur=words))
    found = services.saisines.get(saisine)
    assert found is not None
    assert found.saisine.motif == expected
    identite = replace(victime().identite, nom_usage=words, prenom=words, adresse=words, vit_avec=words)
    recorded = services.entretiens.record(
        draft(saisine=None, notes_de_travail=words, personnes=(replace(victime(), identite=identite),))
    )
    assert services.entretiens.get(recorded.entretien_id).notes_de_travail == expected
    services.journee.add_rendez_vous(TODAY, time(9), words, dossier_id=recorded.dossier_id)
    services.journee.add_relance(TODAY, words, recorded.dossier_id)
    services.dossiers.close(recorded.dossier_id, words)
    services.dossiers.find(words)
    services.personnes.search(words)
    services.saisines.find(("a_traiter",), words)
    assert services.agenda.day_sheet(TODAY, names=True).startswith(b"%PDF")
