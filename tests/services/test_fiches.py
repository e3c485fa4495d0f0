"""The fiche: prepared from what the coffre knows, issued once and for all, followed to its retour."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from iscg_desktop.domain.canonical import to_canonical
from iscg_desktop.domain.coupon import Coupon
from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.domain.fiche_liaison import FicheContent, Item
from iscg_desktop.domain.fiche_sections import Accord, Base, InformationAccord
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.fiche_preparation import Proches
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


def _answer(services: Services, fiche_id: int, suite: str, day: date) -> None:
    services.retours.record(fiche_id, Coupon(suite=suite, date=day))


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
    assert services.fiches.problems(content, 1) == ()


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
    row = session.vault.execute(
        "SELECT pdf, sha256, length(jeton) AS n, valeurs FROM fiches JOIN fiche_documents ON fiche_id = id"
    ).one()
    assert hashlib.sha256(row["pdf"]).digest() == row["sha256"]
    assert row["n"] == 8
    assert FicheContent.from_json(row["valeurs"]) == services.fiches.content(issued.fiche_id)
    for change in (
        "fiche_documents SET pdf = x'00'",
        "fiche_documents SET valeurs = '{}'",
        "fiche_documents SET sha256 = zeroblob(32)",
        "fiches SET numero = 'X'",
        "fiches SET jeton = zeroblob(8)",
    ):
        with pytest.raises(ConstraintError):
            session.vault.execute(f"UPDATE {change}")
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
    waiting = services.journee.fiches_sans_retour()
    assert waiting == (fiche_id,)
    assert [fiche.id for fiche in services.journee.fiches_lues(waiting)] == [fiche_id]
    with pytest.raises(InvalidInput):
        _answer(services, fiche_id, "rdv_fixe", TODAY - timedelta(days=1))
    _answer(services, fiche_id, "accompagnement_engage", clock.day)
    assert services.journee.fiches_sans_retour() == ()
    assert services.orientations.get(orientation_id).suite == "accompagnement_engage"
    assert session.vault.execute("SELECT sum(premier_engagement) FROM suites").scalar() == 1
    with pytest.raises(UserError) as refusal:
        _answer(services, fiche_id, "sans_suite", clock.day)
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
    assert {problem.field for problem in services.fiches.problems(uninformed, 1)} == {
        "information.informee_le"
    }
    assert orientation_id


ENFANT = Identite(nom_naissance="Lœil", prenom="Léo", naissance=Naissance(date=date(2018, 5, 2)))
VOISIN = Identite(nom_naissance="Tanguy", prenom="Yves", naissance=Naissance(annee=1960))
AUTEUR = Identite(
    nom_naissance="Lœil", prenom="Gwendal", naissance=Naissance(age_estime=40), adresse="9 rue Haute"
)


def _someone(identite: Identite, statut: str) -> PersonneDraft:
    return PersonneDraft(identite=identite, profil=Profil(statut=statut), presente=False)


def test_the_mis_en_cause_is_ready_but_not_ticked_and_without_his_address(
    coffre: tuple[Services, Session],
) -> None:
    services, session = coffre
    persons = (victime(), _someone(AUTEUR, "mis_en_cause"), _someone(ENFANT, "ni_l_un_ni_l_autre"))
    orientation_id = _orientation(services, personnes=persons)
    content = services.fiches.prepare(orientation_id)
    assert [(other.nom, other.prenom, other.age) for other in content.autres_parties] == [
        ("Lœil", "Gwendal", "environ 40 ans")
    ]
    assert Item.AUTRE_PARTIE not in content.items
    assert content.foyer.membres == ()
    fiche_id = services.fiches.issue(orientation_id, content).fiche_id
    for secret in ("Gwendal", "rue Haute"):
        assert secret not in session.read.fiches.valeurs(fiche_id)


def test_others_of_the_dossier_are_offered_never_the_side_of_the_mis_en_cause(
    coffre: tuple[Services, Session],
) -> None:
    services, _ = coffre
    persons = (
        victime(),
        _someone(AUTEUR, "mis_en_cause"),
        _someone(ENFANT, "ni_l_un_ni_l_autre"),
        _someone(VOISIN, "temoin"),
        _someone(replace(ENFANT, prenom="Mona"), "famille_mis_en_cause"),
    )
    proches = services.fiches.proches(_orientation(services, personnes=persons))
    assert [(each.designation, each.age) for each in proches.foyer] == [
        ("LŒIL Léo", "8 ans"),
        ("TANGUY Yves", "environ 66 ans"),
    ]
    assert [(each.nom, each.prenom) for each in proches.parents] == [("Tanguy", "Yves")]


@pytest.mark.parametrize("statut", ["mis_en_cause", "famille_mis_en_cause"])
def test_nothing_of_the_victim_comes_by_itself_to_the_fiche_of_the_other_side(
    coffre: tuple[Services, Session], statut: str
) -> None:
    services, _ = coffre
    persons = (_someone(AUTEUR, statut), victime(), _someone(ENFANT, "ni_l_un_ni_l_autre"))
    orientation_id = _orientation(services, personnes=(replace(persons[0], presente=True), *persons[1:]))
    content = services.fiches.prepare(orientation_id)
    assert content.personne.prenom == "Gwendal"
    assert content.autres_parties == ()
    assert services.fiches.proches(orientation_id) == Proches()
    for secret in ("Anaïs", "Péron", "impasse du Four", "06 00 00 00 02", "Léo"):
        assert secret not in to_canonical(content)


def test_a_correction_may_tick_what_was_not_transmitted(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    orientation_id, content = _prepared(services)
    assert Item.LOGEMENT not in content.items
    fiche_id = services.fiches.issue(orientation_id, replace(content, motif="Premier motif")).fiche_id
    again = services.fiches.correction(fiche_id)
    assert again.motif == "Premier motif"
    assert again.items == content.items
    assert again.situation.logement == content.situation.logement != ""


def test_a_fiche_is_corrected_once(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    orientation_id, content = _prepared(services)
    first = services.fiches.issue(orientation_id, content)
    second = services.fiches.issue(orientation_id, content, remplace_id=first.fiche_id)
    assert services.fiches.get(first.fiche_id).remplacee_par == second.numero
    assert services.fiches.get(second.fiche_id).remplacee_par == ""
    last = services.fiches.of_orientation(orientation_id)
    assert last is not None
    assert last.id == second.fiche_id
    with pytest.raises(UserError) as refusal:
        services.fiches.issue(orientation_id, content, remplace_id=first.fiche_id)
    assert refusal.value.code == "fiche_deja_remplacee"
    assert len(services.fiches.recent()) == 2


def test_its_draft_is_forgotten_with_the_issue_and_only_then(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    orientation_id, content = _prepared(services)
    services.brouillons.keep("fiche:1:0", "fiche", {"motif": {"v": "Aide"}})
    with pytest.raises(InvalidInput):
        services.fiches.issue(orientation_id, replace(content, motif=""), brouillon="fiche:1:0")
    assert services.brouillons.get("fiche:1:0") is not None
    services.fiches.issue(orientation_id, content, brouillon="fiche:1:0")
    assert services.brouillons.get("fiche:1:0") is None


def test_printing_again_does_not_take_a_fiche_back(
    coffre: tuple[Services, Session], clock: TestClock
) -> None:
    services, _ = coffre
    orientation_id, content = _prepared(services)
    fiche_id = services.fiches.issue(orientation_id, content).fiche_id
    services.fiches.follow(fiche_id, "remise")
    clock.day = TODAY + timedelta(days=1)
    services.fiches.follow(fiche_id, "imprimee")
    assert services.fiches.get(fiche_id).etape == "remise"
    _answer(services, fiche_id, "rdv_fixe", clock.day)
    services.fiches.follow(fiche_id, "imprimee")
    assert services.fiches.get(fiche_id).etape == "retour"
    (event,) = (e for e in services.dossiers.reread(1).evenements if e.kind == "fiche")
    assert event.issue == "retour"
    assert [(step.etape, step.suite) for step in services.fiches.trace(fiche_id)] == [
        ("a_imprimer", ""),
        ("remise", ""),
        ("imprimee", ""),
        ("retour", "rdv_fixe"),
        ("imprimee", ""),
    ]


def test_a_fiche_is_listed_under_the_name_of_its_person(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    orientation_id, content = _prepared(services)
    services.fiches.issue(orientation_id, content)
    (fiche,) = services.fiches.recent()
    assert (fiche.personne, fiche.initiales) == ("LŒIL Anaïs", "A. L.")


@pytest.mark.parametrize("passphrase", ["", "a", "   ", "azerty12345678"])
def test_a_passphrase_soon_guessed_protects_no_pdf(
    coffre: tuple[Services, Session], tmp_path: Path, passphrase: str
) -> None:
    services, _ = coffre
    orientation_id, content = _prepared(services)
    fiche_id = services.fiches.issue(orientation_id, content).fiche_id
    with pytest.raises(UserError, match="pdf_phrase_courte"):
        services.fiches.save(fiche_id, tmp_path / "fiche.pdf", passphrase)
    assert not (tmp_path / "fiche.pdf").exists()
    assert services.fiches.get(fiche_id).etape == "a_imprimer"
