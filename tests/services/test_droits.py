"""What persons ask about their data: the month, and a copy of what concerns one alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iscg_desktop.domain.droits import Demande, Droit, Reponse
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.services.fiches import issued
from tests.vie import TODAY, TestClock, draft, open_services, victime

LUI = {
    "nom_naissance": "", "nom_usage": "Tressignaux", "prenom": "Yann", "sexe": "homme", "telephone": "06 00 00 00 99",
    "contact_sur": "06 00 00 00 98", "adresse": "9 rue Cachée",
}  # fmt: skip


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[tuple[Services, Session, TestClock]]:
    clock = TestClock()
    services, session = open_services(tmp_path, clock)
    yield services, session, clock
    session.vault.close()


def _words(pdf: bytes, tmp_path: Path) -> str:
    path = tmp_path / "copie.pdf"
    path.write_bytes(pdf)
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())


def _mis_en_cause(presente: bool) -> object:
    him = victime(**LUI)
    return replace(him, presente=presente, profil=replace(him.profil, statut="mis_en_cause"))


def test_the_copy_holds_what_concerns_her_and_no_text_unless_ticked(
    coffre: tuple[Services, Session, TestClock], tmp_path: Path
) -> None:
    services, _, _ = coffre
    fiche = services.fiches.get(issued(services))
    pdf, file = services.droits.remettre(fiche.personne_id)
    words = _words(pdf, tmp_path)
    for each in ("LŒIL née LE PÉRON Anaïs", "2 impasse du Four", fiche.numero, "CDAS de Vallière", "45 min"):
        assert each in words
    for text in ("Rappeler jeudi", "souhaite être orientée"):
        assert text not in words
        assert text not in file.decode()
    assert json.loads(file)["version"] == 1


def test_a_ticked_text_is_there_without_the_names_of_others(
    coffre: tuple[Services, Session, TestClock], tmp_path: Path
) -> None:
    services, _, _ = coffre
    recorded = services.entretiens.record(
        draft(
            personnes=(victime(), _mis_en_cause(presente=False)),
            orientations=(),
            notes_de_travail="Anaïs craint Yann TRESSIGNAUX, 06.00.00.00.98.",
        )
    )
    hers = recorded.personne_ids[0]
    texts = services.droits.textes(hers)
    assert [each.champ for each in texts] == ["elements_transmissibles", "notes_de_travail"]
    chosen = [(recorded.entretien_id, "notes_de_travail")]
    pdf, file = services.droits.remettre(hers, chosen)
    for words in (_words(pdf, tmp_path), file.decode()):
        assert "Anaïs craint […] […], […]." in words
        assert "orientée" not in words
        for other in ("Tressignaux", "TRESSIGNAUX", "Yann", "00 98", "9 rue Cachée"):
            assert other not in words


def test_the_mis_en_cause_learns_nothing_of_the_steps_of_the_victim(
    coffre: tuple[Services, Session, TestClock], tmp_path: Path
) -> None:
    services, _, _ = coffre
    recorded = services.entretiens.record(
        draft(personnes=(victime(), _mis_en_cause(presente=False)), orientations=draft().orientations)
    )
    his = recorded.personne_ids[1]
    assert services.droits.textes(his) == ()
    with pytest.raises(UserError, match="copie_jamais_recu"):
        services.droits.remettre(his)
    # Once he was met, he is told of that entretien, and of no other.
    line = replace(_mis_en_cause(presente=True), personne_id=his)
    services.entretiens.record(
        draft(dossier_id=recorded.dossier_id, saisine=None, personnes=(line,), orientations=(), duree=20)
    )
    words = _words(services.droits.remettre(his)[0], tmp_path)
    for hers in ("Péron", "PÉRON", "Anaïs", "impasse", "CDAS"):
        assert hers not in words, hers
    titles = [each.titre for each in services.droits.copie(his).rubriques]
    assert titles == ["Entretien du lundi 23 novembre 2026"]


def test_requests_have_a_month(coffre: tuple[Services, Session, TestClock]) -> None:
    services, session, clock = coffre
    who = services.entretiens.record(draft()).personne_ids[0]
    first, _ = services.droits.noter(who, Droit.ACCES, TODAY)
    (line,) = services.droits.demandes()
    assert (line.demande.terme, line.jours, line.nom) == (date(2026, 12, 23), 30, "LŒIL Anaïs")
    services.droits.prolonger(first)
    assert services.droits.demandes()[0].demande.terme == date(2027, 2, 23)
    clock.day = date(2027, 2, 24)
    assert services.droits.demandes()[0].jours == -1
    assert services.droits.waiting() == (1, -1)
    with pytest.raises(UserError, match="demande_hors_terme"):
        services.droits.prolonger(first)
    services.droits.repondre(first, clock.day, Reponse.SATISFAITE)
    assert services.droits.waiting() == (0, 0)
    with pytest.raises(UserError, match="demande_deja_repondue"):
        services.droits.repondre(first, clock.day, Reponse.SATISFAITE)
    assert session.read.journal.entries(limit=1)[0].objet == "demande_droit"


def test_an_opposition_is_shown_until_it_is_lifted(coffre: tuple[Services, Session, TestClock]) -> None:
    services, _, _ = coffre
    who = services.entretiens.record(draft()).personne_ids[0]
    opposed, _ = services.droits.noter(who, Droit.OPPOSITION, TODAY)
    assert services.droits.lasting(who) == (), "asked is not granted"
    services.droits.repondre(opposed, TODAY, Reponse.SATISFAITE)
    assert [each.demande.id for each in services.droits.lasting(who)] == [opposed]
    assert services.droits.lasting_in(1) == services.droits.lasting(who)
    services.droits.lever(opposed)
    assert services.droits.lasting(who) == services.droits.lasting_in(1) == ()


def test_an_opposition_follows_a_person_whose_two_lines_are_one(
    coffre: tuple[Services, Session, TestClock],
) -> None:
    services, _, _ = coffre
    kept = services.entretiens.record(draft())
    gone = services.entretiens.record(draft()).personne_ids[0]
    asked, _ = services.droits.noter(gone, Droit.LIMITATION, TODAY)
    services.droits.repondre(asked, TODAY, Reponse.SATISFAITE)
    assert services.droits.lasting_in(kept.dossier_id) == ()
    services.fusions.merge(kept.personne_ids[0], gone)
    (held,) = services.droits.lasting_in(kept.dossier_id)
    assert (held.personne_id, held.demande.id) == (kept.personne_ids[0], asked)


def test_a_request_outlives_the_person_without_a_word_of_her(
    coffre: tuple[Services, Session, TestClock],
) -> None:
    services, _, _ = coffre
    who = services.entretiens.record(draft()).personne_ids[0]
    services.droits.noter(who, Droit.EFFACEMENT, TODAY, "par sa sœur Rozenn")
    services.effacement.effacer_personne(who)
    (line,) = services.droits.demandes()
    assert (line.demande.personne_id, line.demande.note, line.nom) == (None, "", "")


def test_refusals(coffre: tuple[Services, Session, TestClock]) -> None:
    services, _, _ = coffre
    who = services.entretiens.record(draft()).personne_ids[0]
    with pytest.raises(InvalidInput) as refused:
        services.droits.noter(who, None, None, "x" * 501)
    assert [p.code for p in refused.value.problems] == [
        "demande_sans_droit", "demande_sans_date", "demande_note_longue",
    ]  # fmt: skip
    asked, _ = services.droits.noter(who, Droit.ACCES, TODAY)
    with pytest.raises(InvalidInput) as refused:
        services.droits.repondre(asked, TODAY - timedelta(days=1), Reponse.REFUSEE)
    assert [p.code for p in refused.value.problems] == ["reponse_avant_demande", "reponse_sans_motif"]
    services.effacement.effacer_personne(who)
    for ask in (lambda: services.droits.noter(who, Droit.ACCES, TODAY), lambda: services.droits.copie(who)):
        with pytest.raises(UserError, match="personne_effacee"):
            ask()


def test_a_namesake_is_shown(coffre: tuple[Services, Session, TestClock]) -> None:
    services, _, _ = coffre
    who = services.entretiens.record(draft()).personne_ids[0]
    assert services.droits.homonymes(who) == ()
    services.entretiens.record(draft(personnes=(victime(nom_usage="Loeil", naissance=None),)))
    assert [each.nom_usage for each in services.droits.homonymes(who)] == ["Loeil"]


@given(received=st.dates(date(2020, 1, 1), date(2040, 12, 31)), prolonged=st.booleans())
def test_the_term_is_one_month_or_three(received: date, prolonged: bool) -> None:
    terme = Demande(1, Droit.ACCES, received, 1, prolongee=prolonged).terme
    assert (89 if prolonged else 28) <= (terme - received).days <= (92 if prolonged else 31)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    statut=st.sampled_from(["victime", "mis_en_cause", "temoin", "famille_mis_en_cause"]),
    presente=st.booleans(),
    ticked=st.booleans(),
)
def test_whoever_asks_nothing_of_the_others_is_there(
    tmp_path_factory: pytest.TempPathFactory, statut: str, presente: bool, ticked: bool
) -> None:
    services, session = open_services(tmp_path_factory.mktemp("droits"))
    asker = victime(
        nom_naissance="", nom_usage="Quemener", prenom="Rozenn", adresse="1 quai Neuf", telephone=""
    )
    asker = replace(asker, presente=presente, profil=replace(asker.profil, statut=statut))
    other = victime(**LUI | {"vit_avec": "Zéphyrine"})
    recorded = services.entretiens.record(
        draft(
            personnes=(asker, other),
            orientations=(),
            elements_transmissibles="Tressignaux, 06 00 00 00 99, 9 rue Cachée",
            notes_de_travail="Yann a dit",
        )
    )
    hers = recorded.personne_ids[0]
    chosen = [(each.entretien_id, each.champ) for each in services.droits.textes(hers)] if ticked else []
    never_met = statut in ("mis_en_cause", "famille_mis_en_cause") and not presente
    if never_met:
        with pytest.raises(UserError, match="copie_jamais_recu"):
            services.droits.remettre(hers, chosen)
    file = "QUEMENER" if never_met else services.droits.remettre(hers, chosen)[1].decode()
    session.vault.close()
    assert "Quemener".upper() in file
    for his in ("tressignaux", "yann", "cachée", "00 99", "00 98", "zéphyrine"):
        assert his not in file.lower()
    assert presente or "Entretien" not in file
