"""The fiche: prepared from what the coffre knows, issued once and for all, followed to its retour."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from iscg_desktop.domain.fiche_liaison import FicheContent
from iscg_desktop.domain.fiche_sections import Accord, Base, InformationAccord
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.sql_errors import ConstraintError
from tests.vie import TODAY, TestClock, draft, open_services, victime


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def coffre(tmp_path: Path, clock: TestClock) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path, clock)
    yield services, session
    session.vault.close()


def _orientation(services: Services, **changes: object) -> int:
    return services.entretiens.record(draft(**changes)).orientation_ids[0]


def _prepared(services: Services) -> tuple[int, FicheContent]:
    orientation_id = _orientation(services)
    return orientation_id, services.fiches.prepare(orientation_id)


def test_it_comes_filled_with_what_the_coffre_knows(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    _, content = _prepared(services)
    assert content.emetteur.nom == "Maëlle Kerdoncuff"
    assert content.destinataire.service == "CDAS de Vallière"
    assert content.destinataire.personne == "Mme Jocelyne Abgrall, assistante sociale"
    assert content.personne.nom_usage == "Lœil"
    assert content.problematique_principale.startswith("Violences conjugales")
    assert content.recit.startswith("Madame souhaite")
    assert services.fiches.problems(content) == ()


def test_the_ordinary_number_is_never_given_as_safe(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    orientation_id = _orientation(services, personnes=(victime(contact_sur=""),))
    assert services.fiches.prepare(orientation_id).contact_sur.numero == ""


def test_notes_de_travail_never_reach_the_fiche(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    orientation_id, content = _prepared(services)
    issued = services.fiches.issue(orientation_id, content)
    text = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(services.fiches.pdf(issued.fiche_id))).pages
    )
    assert "Madame souhaite" in text.replace("\n", " ")
    assert "Rappeler jeudi" not in text.replace("\n", " ")
    assert "Rappeler jeudi" not in session.read.fiches.valeurs(issued.fiche_id)


@pytest.mark.parametrize("accord", [Accord.NON, Accord.NON_RECUEILLI])
def test_without_accord_nor_other_base_it_cannot_be_issued(
    coffre: tuple[Services, Session], accord: Accord
) -> None:
    services, session = coffre
    orientation_id, content = _prepared(services)
    barred = replace(content, information=replace(content.information, accord=accord))
    with pytest.raises(InvalidInput):
        services.fiches.issue(orientation_id, barred)
    assert session.vault.execute("SELECT count(*) FROM fiches").scalar() == 0
    assert str(services.fiches.next_numero()).startswith("MKE-2026-0001-")
    urgent = replace(
        barred, base=replace(content.base, base=Base.URGENCE_DANGER, precision="Danger immédiat")
    )
    services.fiches.issue(orientation_id, urgent)


def test_issued_it_never_changes(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    orientation_id, content = _prepared(services)
    issued = services.fiches.issue(orientation_id, content)
    row = session.vault.execute("SELECT pdf, sha256, length(jeton) AS n, valeurs FROM fiches").one()
    assert hashlib.sha256(row["pdf"]).digest() == row["sha256"]
    assert row["n"] == 8
    assert FicheContent.from_json(row["valeurs"]) == services.fiches.content(issued.fiche_id)
    for column in (
        "pdf = x'00'",
        "valeurs = '{}'",
        "numero = 'X'",
        "sha256 = zeroblob(32)",
        "jeton = zeroblob(8)",
    ):
        with pytest.raises(ConstraintError):
            session.vault.execute(f"UPDATE fiches SET {column}")
    assert services.fiches.pdf(issued.fiche_id) == row["pdf"]


def test_a_correction_is_a_new_version_that_names_the_old(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    orientation_id, content = _prepared(services)
    first = services.fiches.issue(orientation_id, content)
    second = services.fiches.issue(
        orientation_id, replace(content, motif="Précision"), remplace_id=first.fiche_id
    )
    assert services.fiches.get(second.fiche_id).version == 2
    text = PdfReader(io.BytesIO(services.fiches.pdf(second.fiche_id))).pages[0].extract_text()
    assert first.numero in text


def test_numbers_follow_and_restart_each_year(coffre: tuple[Services, Session], clock: TestClock) -> None:
    services, _ = coffre
    orientation_id, content = _prepared(services)
    numbers = [services.fiches.issue(orientation_id, content).numero[:13] for _ in range(2)]
    clock.day = TODAY.replace(year=2027, month=1, day=4)
    numbers.append(services.fiches.issue(orientation_id, replace(content, etablie_le=clock.day)).numero[:13])
    assert numbers == ["MKE-2026-0001", "MKE-2026-0002", "MKE-2027-0001"]


def test_a_character_without_glyph_is_refused_before_printing(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    orientation_id, content = _prepared(services)
    with pytest.raises(UserError) as refusal:
        services.fiches.issue(orientation_id, replace(content, recit="Prénom : 美"))
    assert refusal.value.code == "fiche_glyphes"
    assert refusal.value.values == {"caracteres": "美"}


def test_the_trace_and_the_retour(coffre: tuple[Services, Session], clock: TestClock) -> None:
    services, session = coffre
    orientation_id, content = _prepared(services)
    fiche_id = services.fiches.issue(orientation_id, content).fiche_id
    assert services.fiches.get(fiche_id).etape == "a_imprimer"
    services.fiches.follow(fiche_id, "imprimee")
    services.fiches.follow(fiche_id, "remise")
    assert services.fiches.get(fiche_id).etape == "remise"
    assert services.journee.fiches_sans_retour() == ()
    clock.day = TODAY + timedelta(days=8)
    assert [fiche.id for fiche in services.journee.fiches_sans_retour()] == [fiche_id]
    with pytest.raises(InvalidInput):
        services.fiches.record_retour(fiche_id, "rdv_fixe", TODAY - timedelta(days=1))
    services.fiches.record_retour(fiche_id, "accompagnement_engage", clock.day)
    assert services.journee.fiches_sans_retour() == ()
    assert services.orientations.get(orientation_id).suite == "accompagnement_engage"
    assert session.vault.execute("SELECT sum(premier_engagement) FROM suites").scalar() == 1
    with pytest.raises(UserError) as refusal:
        services.fiches.record_retour(fiche_id, "sans_suite", clock.day)
    assert refusal.value.code == "fiche_deja_revenue"


def test_saved_for_email_it_needs_its_passphrase(coffre: tuple[Services, Session], tmp_path: Path) -> None:
    services, _ = coffre
    orientation_id, content = _prepared(services)
    fiche_id = services.fiches.issue(orientation_id, content).fiche_id
    path = tmp_path / services.fiches.file_name(fiche_id)
    services.fiches.save(fiche_id, path, "une phrase pour un autre canal")
    reader = PdfReader(path)
    assert reader.is_encrypted
    assert not reader.decrypt("autre chose")
    assert reader.decrypt("une phrase pour un autre canal")
    assert "Péron" not in path.name
    assert services.fiches.get(fiche_id).etape == "enregistree"


def test_a_folder_that_refuses_leaves_the_trace_as_it_was(
    coffre: tuple[Services, Session], tmp_path: Path
) -> None:
    services, _ = coffre
    orientation_id, content = _prepared(services)
    fiche_id = services.fiches.issue(orientation_id, content).fiche_id
    with pytest.raises(UserError):
        services.fiches.save(fiche_id, tmp_path / "absent" / "fiche.pdf", None)
    assert services.fiches.get(fiche_id).etape == "a_imprimer"


def test_the_information_of_the_person_is_required(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    orientation_id, content = _prepared(services)
    uninformed = replace(content, information=InformationAccord(accord=Accord.OUI))
    assert {problem.field for problem in services.fiches.problems(uninformed)} == {"information.informee_le"}
    assert orientation_id
