"""What contradicts itself or cannot be is refused in words, and leaves the coffre exactly as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from iscg_desktop.domain.coupon import Coupon
from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.fiche_numero import Numero, texte_qr
from iscg_desktop.domain.fiche_sections import Canal
from iscg_desktop.domain.saisine import SaisineDraft
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.documents.coupons import answers, filled
from tests.services.fiches import issued
from tests.services.test_fusions import tables
from tests.vie import TODAY, draft, open_services, victime

Act = Callable[[Services], object]
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path)
    services.entretiens.record(draft())
    yield services, session
    session.vault.close()


def _entretien(**changes: object) -> Act:
    return lambda services: services.entretiens.record(draft(**changes))


def _fiche(canal: Canal, **changes: str) -> Act:
    def issue(services: Services) -> object:
        content = services.fiches.prepare(1)
        recipient = replace(content.destinataire, canal=canal, **changes)
        return services.fiches.issue(1, replace(content, destinataire=recipient))

    return issue


def _other_side(services: Services) -> object:
    """The woman of the dossier is said to be its mis en cause, and nobody asked again."""
    profil = replace(victime().profil, statut="mis_en_cause")
    line = replace(victime(), personne_id=1, profil=profil)
    return services.entretiens.record(draft(dossier_id=1, personnes=(line,), saisine=None, orientations=()))


CONTRADICTIONS: dict[str, tuple[Act, str]] = {
    "an entretien of tomorrow": (_entretien(date=TOMORROW), "date_future"),
    "a saisine after its entretien": (
        _entretien(date=YESTERDAY, saisine=SaisineDraft(TODAY, unite_id=1)),
        "saisine_apres_entretien",
    ),
    "a birth after the entretien": (
        _entretien(personnes=(victime(naissance=Naissance(date=TOMORROW)),)),
        "naissance_apres_entretien",
    ),
    "victime, then mis en cause": (_other_side, "statut_oppose"),
    "a letter to nobody’s address": (_fiche(Canal.COURRIER, adresse=" "), "fiche_courrier_sans_adresse"),
    "an e-mail to no address": (_fiche(Canal.COURRIEL_CHIFFRE, courriel=""), "fiche_courriel_sans_adresse"),
    "an e-mail to half an address": (
        _fiche(Canal.COURRIEL_CHIFFRE, courriel="accueil@"),
        "fiche_courriel_sans_adresse",
    ),
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_it_is_said_under_its_field_and_nothing_is_stored(
    opened: tuple[Services, Session], what: str
) -> None:
    services, session = opened
    act, code = CONTRADICTIONS[what]
    before = tables(session)
    with pytest.raises(InvalidInput) as refused:
        act(services)
    problems = refused.value.problems
    assert code in {problem.code for problem in problems}
    assert all(problem.field and sentence(problem) for problem in problems)
    assert tables(session) == before
    assert str(services.fiches.next_numero()).startswith("MKE-2026-0001-"), "no number is taken for nothing"


def test_a_closed_structure_is_refused_and_the_entretien_with_it(opened: tuple[Services, Session]) -> None:
    services, session = opened
    services.annuaire.close(1, YESTERDAY)
    before = tables(session)
    with pytest.raises(InvalidInput) as refused:
        services.entretiens.record(draft())
    (problem,) = refused.value.problems
    assert (problem.field, problem.code) == ("orientations.0.partenaire_id", "partenaire_ferme")
    assert f"{YESTERDAY:%d/%m/%Y}" in sentence(problem)
    assert tables(session) == before


def test_a_coupon_of_another_coffre_or_edited_is_refused_and_noted_nowhere(
    opened: tuple[Services, Session], tmp_path: Path
) -> None:
    services, session = opened
    fiche_id = issued(services)
    path = tmp_path / "coupon.pdf"
    services.retours.save_coupon(fiche_id, path)
    mine, answered = path.read_bytes(), answers(Coupon(suite="rdv_fixe", date=TODAY))
    numero = Numero.parse(services.fiches.get(fiche_id).numero)
    before = tables(session)

    def refusal(data: bytes) -> str:
        path.write_bytes(data)
        with pytest.raises(UserError) as refused:
            services.retours.found(services.retours.reader(path)())
        assert sentence(refused.value)
        return refused.value.code

    edited = {**answered, "numero": str(replace(numero, ordre=numero.ordre + 1))}
    assert refusal(filled(edited, mine)) == "coupon_numero_modifie"
    assert refusal(filled({**answered, "iscg": texte_qr(numero, bytes(8))}, mine)) == "fiche_qr_autre"
    elsewhere = Numero("ZZZ", 2026, 1)
    foreign = {**answered, "iscg": texte_qr(elsewhere, bytes(8)), "numero": str(elsewhere)}
    assert refusal(filled(foreign, mine)) == "fiche_autre_intervenant"
    gone = replace(numero, ordre=99)
    unknown = {**answered, "iscg": texte_qr(gone, bytes(8)), "numero": str(gone)}
    assert refusal(filled(unknown, mine)) == "fiche_inconnue"
    assert tables(session) == before


@pytest.mark.parametrize("day", [YESTERDAY - timedelta(days=400), TOMORROW + timedelta(days=400)])
def test_an_answer_of_an_impossible_day_is_refused(opened: tuple[Services, Session], day: date) -> None:
    services, session = opened
    fiche_id = issued(services)
    before = tables(session)
    with pytest.raises(InvalidInput) as refused:
        services.retours.record(fiche_id, Coupon(suite="rdv_fixe", date=day))
    assert [problem.field for problem in refused.value.problems] == ["date"]
    assert all(sentence(problem) for problem in refused.value.problems)
    assert tables(session) == before
