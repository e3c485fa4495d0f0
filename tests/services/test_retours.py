"""Coupons that come back: the fiche they answer, what is wrong with what was typed, one answer a fiche."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.coupon import Coupon
from iscg_desktop.domain.fiche_numero import Numero, groupe_different, groupe_mal_ecrit, texte_qr
from iscg_desktop.domain.fiche_sections import Reponse
from iscg_desktop.domain.fiche_suivi import Etat
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.documents.coupons import answers, filled
from tests.services.fiches import corrected, issued
from tests.vie import TODAY, TestClock

Vie = tuple[Services, Session]
ANSWER = Coupon(
    connu=Reponse.NON,
    prise_en_charge=Reponse.OUI,
    rendez_vous_le=TODAY + timedelta(days=9),
    referent="Mme Abgrall",
    suite="rdv_fixe",
    date=TODAY,
)


def _words(services: Services, typed: str) -> str:
    with pytest.raises(UserError) as refusal:
        services.retours.find(typed)
    return sentence(refusal.value)


def _numero(services: Services, fiche_id: int) -> str:
    return services.fiches.get(fiche_id).numero


def _form(services: Services, fiche_id: int, folder: Path, coupon: Coupon) -> Path:
    """The form of a fiche, saved, filled by the partner."""
    path = folder / services.retours.coupon_name(fiche_id)
    services.retours.save_coupon(fiche_id, path)
    path.write_bytes(filled(answers(coupon), path.read_bytes()))
    return path


def test_a_number_is_found_however_it_is_copied(vie: Vie) -> None:
    services, _ = vie
    fiche_id = issued(services)
    numero = _numero(services, fiche_id)
    for typed in (numero, numero.lower(), numero.replace("-", " "), f"  {numero.replace('-', '')} "):
        assert services.retours.find(typed).fiche.id == fiche_id


def test_the_wrong_group_is_named(vie: Vie) -> None:
    services, _ = vie
    numero = _numero(services, issued(services))
    code, year, rank, check = numero.split("-")
    wrong = "A" if check != "A" else "B"
    assert "premier groupe" in _words(services, f"MKF-{year}-{rank}-{check}")
    assert "deuxième groupe" in _words(services, f"{code}-2025-{rank}-{check}")
    assert "troisième groupe" in _words(services, f"{code}-{year}-0009-{check}")
    assert "quatrième groupe" in _words(services, f"{code}-{year}-{rank}-{wrong}")
    assert "troisième groupe" in _words(services, f"{code}-{year}-001-{check}")
    assert "deuxième groupe" in _words(services, f"{code}-1926-{rank}-{check}")
    assert "Recopiez-le" in _words(services, "n’importe quoi")
    assert "Relisez-le" in _words(services, f"ABC-2031-0404-{wrong}")


@given(st.text(max_size=40))
def test_whatever_is_typed_there_is_one_sentence(typed: str) -> None:
    assert groupe_mal_ecrit(typed) in (None, 1, 2, 3, 4)
    assert groupe_different(typed, Numero("MKE", 2026, 1)) in (None, 1, 2, 3, 4)


def test_a_fiche_of_elsewhere_is_said_to_be(vie: Vie) -> None:
    services, _ = vie
    issued(services)
    assert "autre intervenant (code ARD)" in _words(services, str(Numero("ARD", 2026, 1)))
    assert "Aucune fiche" in _words(services, str(Numero("MKE", 2026, 700)))


def test_a_scanned_code_opens_its_fiche_and_no_other(vie: Vie) -> None:
    services, session = vie
    fiche_id = issued(services)
    numero = Numero.parse(_numero(services, fiche_id))
    jeton = session.read.fiches.jeton(fiche_id)
    assert services.retours.find(f" {texte_qr(numero, jeton).lower()}\n").fiche.id == fiche_id
    forged = bytes([jeton[0] ^ 1]) + jeton[1:]
    assert "n’est pas celui de cette fiche" in _words(services, texte_qr(numero, forged))
    assert "abîmé" in _words(services, "https://exemple.invalid")


def test_the_answer_is_kept_with_the_fiche_and_the_orientation(vie: Vie) -> None:
    services, session = vie
    fiche_id = issued(services)
    changed = services.retours.record(fiche_id, ANSWER)
    assert {"fiches", "orientations", "dossiers"} <= changed.kinds
    assert services.retours.noted(fiche_id) == ANSWER
    row = session.vault.execute("SELECT suite, rendez_vous_le, referent FROM suites").one()
    expected = ("rdv_fixe", (TODAY + timedelta(days=9)).isoformat(), "Mme Abgrall")
    assert (row["suite"], row["rendez_vous_le"], row["referent"]) == expected
    with pytest.raises(UserError, match="fiche_deja_revenue"):
        services.retours.record(fiche_id, ANSWER)
    assert services.retours.find(_numero(services, fiche_id)).deja


def test_an_answer_is_amended_and_counts_once(vie: Vie) -> None:
    services, session = vie
    fiche_id = issued(services)
    services.retours.record(fiche_id, Coupon(suite="accompagnement_engage", date=TODAY))
    services.retours.record(fiche_id, Coupon(suite="en_attente", date=TODAY), amend=True)
    services.retours.record(fiche_id, Coupon(suite="accompagnement_engage", date=TODAY), amend=True)
    assert [step.etape for step in services.fiches.trace(fiche_id)] == ["a_imprimer", "retour"]
    rows = session.vault.execute("SELECT suite, premier_engagement FROM suites")
    assert [(row["suite"], row["premier_engagement"]) for row in rows] == [("accompagnement_engage", 1)]


@pytest.mark.parametrize(
    ("coupon", "field"),
    [
        (Coupon(date=TODAY), "suite"),
        (Coupon(suite="rdv_fixe"), "date"),
        (Coupon(suite="rdv_fixe", date=TODAY - timedelta(days=1)), "date"),
        (Coupon(suite="rdv_fixe", date=TODAY + timedelta(days=1)), "date"),
        (Coupon(suite="rdv_fixe", date=TODAY, rendez_vous_le=TODAY - timedelta(days=1)), "rendez_vous_le"),
        (Coupon(suite="refus_personne", date=TODAY, prise_en_charge=Reponse.OUI), "suite"),
        (Coupon(suite="sans_suite", date=TODAY, motif="x" * 301), "motif"),
    ],
)
def test_what_cannot_be_is_refused_under_its_field(vie: Vie, coupon: Coupon, field: str) -> None:
    services, session = vie
    fiche_id = issued(services)
    with pytest.raises(InvalidInput) as refusal:
        services.retours.record(fiche_id, coupon)
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert session.vault.execute("SELECT count(*) FROM suites").scalar() == 0


def test_a_form_filled_by_the_partner_is_read_back(vie: Vie, tmp_path: Path) -> None:
    services, _ = vie
    fiche_id = issued(services)
    path = _form(services, fiche_id, tmp_path, ANSWER)
    assert "Lœil" not in path.name
    retour = services.retours.found(services.retours.reader(path)())
    assert (retour.fiche.id, retour.coupon, retour.deja, retour.ancienne) == (fiche_id, ANSWER, False, "")
    services.retours.record(retour.fiche.id, retour.coupon)
    assert services.retours.noted(fiche_id) == ANSWER


def test_a_form_without_its_date_came_back_today(vie: Vie, tmp_path: Path) -> None:
    services, _ = vie
    path = _form(services, issued(services), tmp_path, Coupon(suite="sans_suite"))
    assert services.retours.found(services.retours.reader(path)()).coupon.date == TODAY


def test_a_form_of_another_coffre_is_refused(vie: Vie, tmp_path: Path) -> None:
    services, session = vie
    path = _form(services, issued(services), tmp_path, ANSWER)
    lecture = services.retours.reader(path)()
    session.vault.execute("DELETE FROM fiches")
    with pytest.raises(UserError, match="fiche_inconnue"):
        services.retours.found(lecture)
    issued(services)
    session.vault.execute("DELETE FROM compteurs WHERE nom = 'fiche'")
    session.vault.execute("DELETE FROM fiches")
    same_number = issued(services)
    assert _numero(services, same_number) == str(lecture.numero)
    with pytest.raises(UserError, match="fiche_qr_autre"):
        services.retours.found(lecture)


def test_a_file_that_is_gone_is_refused_in_words(vie: Vie, tmp_path: Path) -> None:
    services, _ = vie
    with pytest.raises(UserError, match="coupon_illisible"):
        services.retours.reader(tmp_path / "absent.pdf")()


def test_the_coupon_of_an_old_version_answers_the_new_one(vie: Vie, clock: TestClock) -> None:
    services, _ = vie
    old = issued(services)
    services.suivi.note([old], "remise", TODAY)
    clock.day = TODAY + timedelta(days=4)
    new = corrected(services, old)
    retour = services.retours.find(_numero(services, old))
    assert (retour.fiche.id, retour.ancienne) == (new, _numero(services, old))
    services.retours.record(old, Coupon(suite="rdv_fixe", date=TODAY + timedelta(days=1)))
    assert [fiche.id for fiche in services.suivi.find(Etat.RETOURS)] == [new]
    assert services.retours.find(_numero(services, old)).deja
