"""Everything wrong with an entretien is said at once, and what is missing for the bilan is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.entretien import EntretienDraft, PersonneDraft
from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.personne import Identite
from tests.vie import TODAY, draft, victime


def _problems(entretien: EntretienDraft) -> dict[str, str]:
    return {problem.field: problem.code for problem in entretien.check(TODAY)}


def test_a_whole_entretien_has_no_problem() -> None:
    assert _problems(draft()) == {}


def test_a_person_may_have_no_name() -> None:
    nameless = PersonneDraft(identite=Identite(description="femme, environ 30 ans"))
    assert _problems(draft(personnes=(nameless,), orientations=())) == {}
    assert nameless.identite.nom_complet == "femme, environ 30 ans"


def test_all_problems_at_once() -> None:
    saisine = draft().saisine
    assert saisine is not None
    wrong = draft(
        date=None,
        problematique_principale=None,
        personnes=(victime(naissance=Naissance(date=TODAY + timedelta(days=1))),),
        orientations=(OrientationDraft(3, None),),
        saisine=replace(saisine, date=None),
    )
    assert _problems(wrong) == {
        "date": "date_manquante",
        "problematique_principale": "problematique_manquante",
        "personnes.0.naissance": "naissance_apres_entretien",
        "orientations.0.type": "orientation_sans_type",
        "orientations.0.personne": "orientation_sans_personne",
        "saisine.date": "date_manquante",
    }


@pytest.mark.parametrize(
    ("born", "allowed"),
    [
        (Naissance(date=TODAY), True),
        (Naissance(date=TODAY + timedelta(days=1)), False),
        (Naissance(annee=2026), True),
        (Naissance(annee=2027), False),
        (Naissance(age_estime=30), True),
    ],
)
def test_a_birth_after_the_entretien_is_refused(born: Naissance, allowed: bool) -> None:
    problems = _problems(draft(personnes=(victime(naissance=born),)))
    assert (problems == {}) is allowed


@pytest.mark.parametrize(
    "born",
    [
        Naissance(date=date(1899, 12, 31)),
        Naissance(annee=1799),
        Naissance(age_estime=121),
        Naissance(age_estime=-1),
    ],
)
def test_a_birth_of_another_century_is_refused(born: Naissance) -> None:
    problems = _problems(draft(personnes=(victime(naissance=born),)))
    assert problems == {"personnes.0.naissance": "naissance_trop_ancienne"}


def test_an_entretien_to_come_is_refused() -> None:
    assert _problems(draft(date=TODAY + timedelta(days=1)))["date"] == "date_future"


def test_a_saisine_after_the_entretien_is_refused() -> None:
    early = draft(date=TODAY - timedelta(days=3))
    assert _problems(early)["saisine.date"] == "saisine_apres_entretien"


def test_somebody_must_have_been_met() -> None:
    absent = replace(victime(), presente=False)
    assert _problems(draft(personnes=(absent,)))["personnes"] == "personne_presente_manquante"
    assert _problems(draft(personnes=(absent,), issue="injoignable")) == {}
    assert _problems(draft(personnes=(), orientations=()))["personnes"] == "personne_manquante"


def test_the_same_person_twice_is_refused() -> None:
    twice = (replace(victime(), personne_id=7), replace(victime(), personne_id=7))
    assert _problems(draft(personnes=twice))["personnes"] == "personne_en_double"


def test_missing_facts_are_those_of_the_persons_met() -> None:
    assert draft().missing == ()
    unknown = PersonneDraft(identite=Identite(prenom="Zoé"))
    missing = draft(personnes=(unknown,), mode="non_renseigne", demandes=(), orientations=()).missing
    assert {
        "sexe",
        "age",
        "statut",
        "activite",
        "ressources",
        "logement",
        "commune",
        "mode",
        "demandes",
    } <= set(missing)
    only_named = replace(unknown, presente=False)
    assert draft(personnes=(victime(), only_named)).missing == ()


def test_initials_tell_no_more_than_letters() -> None:
    assert victime().identite.initiales == "A. L."
    assert Identite(description="femme, environ 30 ans").initiales == "–"
    assert victime().identite.nom_complet == "LŒIL née LE PÉRON Anaïs"


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        ((), True),
        (("aucune",), True),
        (("non_renseigne",), True),
        (("femme_enceinte", "personne_isolee"), True),
        (("aucune", "femme_enceinte"), False),
        (("non_renseigne", "femme_enceinte"), False),
    ],
)
def test_none_and_nobody_asked_stand_alone(given: tuple[str, ...], allowed: bool) -> None:
    line = victime()
    problems = _problems(draft(personnes=(replace(line, profil=replace(line.profil, vulnerabilite=given)),)))
    assert problems == ({} if allowed else {"personnes.0.vulnerabilite": "reponse_contradictoire"})


@pytest.mark.parametrize(("given", "missing"), [((), True), (("non_renseigne",), True), (("aucune",), False)])
def test_none_is_an_answer_and_nobody_asked_is_not(given: tuple[str, ...], missing: bool) -> None:
    line = victime()
    told = draft(personnes=(replace(line, profil=replace(line.profil, vulnerabilite=given)),))
    assert told.missing == (("vulnerabilite",) if missing else ())
