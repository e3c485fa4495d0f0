"""Orientations outside the entretien and their suites: counted once, frozen with their quarter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.domain.orientation import OrientationDraft, SuiteDraft
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.entretiens import Recorded
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.services.test_contacts import close_quarter
from tests.vie import TODAY, draft, open_services, victime

JUNE, JULY, OCTOBER = date(2026, 6, 2), date(2026, 7, 1), date(2026, 10, 5)
SECTEUR = OrientationDraft(0, "service_social_secteur", 1, "oui", "Évaluation")
ENGAGED = SuiteDraft("accompagnement_engage", TODAY)


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[tuple[Services, Session, Recorded]]:
    """A dossier opened in June, without an orientation yet."""
    services, session = open_services(tmp_path)
    whole = draft(date=JUNE, orientations=())
    assert whole.saisine is not None
    recorded = services.entretiens.record(replace(whole, saisine=replace(whole.saisine, date=JUNE)))
    yield services, session, recorded
    session.vault.close()


Coffre = tuple[Services, Session, Recorded]


def _orient(coffre: Coffre, day: date = JULY, what: OrientationDraft = SECTEUR) -> int:
    services, _, recorded = coffre
    return services.orientations.add(recorded.dossier_id, recorded.personne_ids[0], what, day)[0]


def _firsts(session: Session) -> list[int]:
    return [
        row["id"] for row in session.vault.execute("SELECT id FROM orientations WHERE premiere_secteur = 1")
    ]


def _engaged(session: Session) -> list[int]:
    return [row["id"] for row in session.vault.execute("SELECT id FROM suites WHERE premier_engagement = 1")]


def test_an_orientation_is_added_from_the_dossier(coffre: Coffre) -> None:
    services, session, recorded = coffre
    made = services.orientations.get(_orient(coffre))
    assert (made.date, made.trimestre, made.entretien_id, made.accord) == (JULY, "2026-T3", None, "oui")
    row = session.vault.execute("SELECT * FROM orientations").one()
    assert (row["premiere_secteur"], row["connu_services_sociaux"], row["suivi_en_cours"]) == (
        1,
        "inconnu",
        "non",
    )
    assert services.dossiers.reread(recorded.dossier_id).dernier_contact == JULY


def test_all_that_is_wrong_with_it_is_said_at_once(coffre: Coffre) -> None:
    services, _, recorded = coffre
    with pytest.raises(InvalidInput) as refusal:
        services.orientations.add(
            recorded.dossier_id, 999, OrientationDraft(0, None), TODAY + timedelta(days=1)
        )
    assert {(problem.field, problem.code) for problem in refusal.value.problems} == {
        ("type", "orientation_sans_type"),
        ("personne", "orientation_sans_personne"),
        ("date", "date_future"),
    }
    assert services.dossiers.orientations(recorded.dossier_id) == ()


def test_a_closed_structure_takes_only_who_came_before(coffre: Coffre) -> None:
    services, _, recorded = coffre
    services.annuaire.close(1, OCTOBER)
    with pytest.raises(InvalidInput) as refusal:
        _orient(coffre, OCTOBER)
    (problem,) = refusal.value.problems
    assert (problem.code, problem.values) == ("partenaire_ferme", {"date": "05/10/2026"})
    orientation_id = _orient(coffre, OCTOBER - timedelta(days=1))
    with pytest.raises(InvalidInput):
        services.entretiens.record(draft(dossier_id=recorded.dossier_id, saisine=None))
    # Closed afterwards with a date of before: what was is not asked about again, a new date is.
    services.annuaire.close(1, JULY)
    before = services.orientations.get(orientation_id)
    services.orientations.change(
        orientation_id, before.personne_id, before.date, replace(before.draft(), accord="non")
    )
    assert services.orientations.get(orientation_id).accord == "non"
    with pytest.raises(InvalidInput):
        services.orientations.change(orientation_id, before.personne_id, TODAY, before.draft())


def test_an_orientation_changes_while_its_quarter_is_open(coffre: Coffre) -> None:
    services, session, recorded = coffre
    orientation_id = _orient(coffre)
    other = OrientationDraft(0, "ccas", None, "non_recueilli", "Aide financière")
    services.orientations.change(orientation_id, recorded.personne_ids[0], OCTOBER, other)
    kept = services.orientations.get(orientation_id)
    assert (kept.draft(), kept.date, kept.trimestre) == (
        replace(other, id=orientation_id),
        OCTOBER,
        "2026-T4",
    )
    assert _firsts(session) == []


def test_once_counted_only_the_accord_changes(coffre: Coffre) -> None:
    services, session, recorded = coffre
    orientation_id = _orient(coffre)
    close_quarter(session, "2026-T3")
    before = services.orientations.get(orientation_id)
    person = recorded.personne_ids[0]
    assert not services.orientations.may_change(before)
    with pytest.raises(UserError) as refusal:
        services.orientations.change(orientation_id, person, JULY, replace(before.draft(), type="ccas"))
    assert refusal.value.code == "orientation_trimestre_arrete"
    services.orientations.change(orientation_id, person, JULY, replace(before.draft(), accord="non"))
    assert services.orientations.get(orientation_id) == replace(before, accord="non")
    assert _firsts(session) == [orientation_id]


def test_an_orientation_a_fiche_carries_keeps_its_person_and_structure(coffre: Coffre) -> None:
    services, _, recorded = coffre
    orientation_id = _orient(coffre, TODAY)
    services.fiches.issue(orientation_id, services.fiches.prepare(orientation_id))
    kept = services.orientations.get(orientation_id)
    with pytest.raises(UserError) as refusal:
        services.orientations.change(
            orientation_id, kept.personne_id, TODAY, replace(kept.draft(), partenaire_id=None)
        )
    assert (refusal.value.code, refusal.value.values) == (
        "orientation_avec_fiche",
        {"numero": kept.fiche_numero},
    )
    services.orientations.change(
        orientation_id, kept.personne_id, TODAY, replace(kept.draft(), motif="Autre")
    )
    assert services.orientations.get(orientation_id).motif == "Autre"
    assert recorded.personne_ids[0] == kept.personne_id


def test_the_first_to_the_secteur_passes_on_when_it_is_amended_away(coffre: Coffre) -> None:
    services, session, recorded = coffre
    first, second = _orient(coffre, JULY), _orient(coffre, OCTOBER)
    assert _firsts(session) == [first]
    services.orientations.change(first, recorded.personne_ids[0], JULY, replace(SECTEUR, type="ccas"))
    assert _firsts(session) == [second]
    earlier = _orient(coffre, JUNE)
    assert _firsts(session) == [earlier]


def test_a_first_already_counted_stays_the_first(coffre: Coffre) -> None:
    services, session, _ = coffre
    first = _orient(coffre, JULY)
    close_quarter(session, "2026-T3")
    _orient(coffre, JUNE)  # typed late: counts in the open quarter, and is not first again
    assert _firsts(session) == [first]
    assert services.orientations.get(first).trimestre == "2026-T3"


def test_several_suites_the_last_is_the_current_one(coffre: Coffre) -> None:
    services, _, _ = coffre
    orientation_id = _orient(coffre)
    services.orientations.add_suite(orientation_id, SuiteDraft("en_attente", date(2026, 8, 1)))
    services.orientations.add_suite(
        orientation_id,
        SuiteDraft("rdv_fixe", OCTOBER, rendez_vous_le=date(2026, 12, 1), referent="Mme Abgrall"),
    )
    services.orientations.add_suite(
        orientation_id, SuiteDraft("refus_partenaire", date(2026, 9, 1), motif="Liste d’attente")
    )
    kept = services.orientations.get(orientation_id)
    assert (kept.suite, kept.suite_le) == ("rdv_fixe", OCTOBER)
    suites = services.orientations.suites(orientation_id)
    assert [suite.suite for suite in suites] == ["rdv_fixe", "refus_partenaire", "en_attente"]
    assert (suites[0].rendez_vous_le, suites[0].referent) == (date(2026, 12, 1), "Mme Abgrall")
    assert suites[1].motif == "Liste d’attente"
    services.orientations.delete_suite(suites[0].id)
    assert services.orientations.get(orientation_id).suite == "refus_partenaire"


def test_the_first_engagement_of_an_accueil_counts_once(coffre: Coffre) -> None:
    services, session, _ = coffre
    one, two = _orient(coffre, JULY), _orient(coffre, JULY, OrientationDraft(0, "ccas"))
    services.orientations.add_suite(one, ENGAGED)
    services.orientations.add_suite(two, replace(ENGAGED, date=OCTOBER))
    first, earlier = services.orientations.suites(one)[0], services.orientations.suites(two)[0]
    assert _engaged(session) == [earlier.id]
    services.orientations.change_suite(earlier.id, SuiteDraft("sans_suite", OCTOBER))
    assert _engaged(session) == [first.id]
    services.orientations.delete_suite(first.id)
    assert _engaged(session) == []


def test_a_suite_of_an_arrete_quarter_does_not_move(coffre: Coffre) -> None:
    services, session, _ = coffre
    orientation_id = _orient(coffre)
    services.orientations.add_suite(orientation_id, replace(ENGAGED, date=date(2026, 8, 1)))
    (suite,) = services.orientations.suites(orientation_id)
    close_quarter(session, "2026-T3")
    assert not services.orientations.may_change_suite(suite)
    for change in (
        lambda: services.orientations.change_suite(suite.id, ENGAGED),
        lambda: services.orientations.delete_suite(suite.id),
    ):
        with pytest.raises(UserError) as refusal:
            change()
        assert refusal.value.code == "suite_trimestre_arrete"
    services.orientations.add_suite(orientation_id, replace(ENGAGED, date=date(2026, 8, 2)))
    late, kept = services.orientations.suites(orientation_id)
    assert (late.trimestre, kept) == ("2026-T4", suite)
    assert _engaged(session) == [suite.id]


def test_who_is_no_accueil_counts_no_first(tmp_path: Path) -> None:
    services, session = open_services(tmp_path)
    with session.vault:
        recorded = services.entretiens.record(draft(issue="injoignable", orientations=()))
        orientation_id, _ = services.orientations.add(
            recorded.dossier_id, recorded.personne_ids[0], SECTEUR, TODAY
        )
        services.orientations.add_suite(orientation_id, ENGAGED)
        assert (_firsts(session), _engaged(session)) == ([], [])


def test_an_engagement_counts_with_the_facts_of_an_accueil_that_came_later(tmp_path: Path) -> None:
    services, session = open_services(tmp_path)
    with session.vault:
        recorded = services.entretiens.record(draft(issue="injoignable", orientations=()))
        person = recorded.personne_ids[0]
        orientation_id, _ = services.orientations.add(
            recorded.dossier_id, person, OrientationDraft(0, "ccas"), TODAY
        )
        met = replace(victime(), personne_id=person)
        services.entretiens.record(
            draft(dossier_id=recorded.dossier_id, personnes=(met,), saisine=None, orientations=())
        )
        services.orientations.add_suite(orientation_id, ENGAGED)
        row = session.vault.execute("SELECT * FROM orientations").one()
        assert (row["connu_services_sociaux"], row["suivi_en_cours"]) == ("inconnu", "non")
        assert len(_engaged(session)) == 1


def test_orientations_nobody_answered_are_shown_oldest_first(coffre: Coffre) -> None:
    services, _, _ = coffre
    waiting, answered = _orient(coffre, JULY), _orient(coffre, JUNE)
    _orient(coffre, TODAY - timedelta(days=29))
    limit = _orient(coffre, TODAY - timedelta(days=30))
    _orient(coffre, JUNE, OrientationDraft(0, "aucune"))
    services.orientations.add_suite(answered, SuiteDraft("refus_personne", OCTOBER))
    services.orientations.add_suite(waiting, SuiteDraft("en_attente", OCTOBER))
    found = services.orientations.without_suite()
    assert [each.orientation.id for each in found] == [waiting, limit]
    assert (found[0].dossier, found[0].nom, found[0].initiales) == ("2026-0001", "LŒIL Anaïs", "A. L.")
    services.reglages.set(replace(services.reglages.get(), orientation_sans_suite_jours=29))
    assert len(services.orientations.without_suite()) == 3


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("secteur", "ccas", "engage", "refus", "retirer", "arreter")), st.integers(0, 170)
    ),
    min_size=3,
    max_size=8,
)


@given(STEPS)
@settings(max_examples=15)
def test_whatever_happens_nothing_counts_twice_and_nothing_arrete_moves(steps: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        services, session = open_services(Path(folder))
        with session.vault:
            whole = draft(date=JUNE, orientations=(), saisine=None)
            recorded = services.entretiens.record(whole)
            frozen: dict[str, list[tuple[object, ...]]] = {}
            for what, days in steps:
                _step(services, session, recorded, what, JUNE + timedelta(days=days))
                assert len(_firsts(session)) <= 1
                assert len(_engaged(session)) <= 1
                for code in session.read.bilans.quarters():
                    assert frozen.setdefault(code, _counted(session, code)) == _counted(session, code)
            types = {orientation.type for orientation in services.dossiers.orientations(recorded.dossier_id)}
            assert len(_firsts(session)) == ("service_social_secteur" in types)


def _step(services: Services, session: Session, recorded: Recorded, what: str, day: date) -> None:
    orientations = services.dossiers.orientations(recorded.dossier_id)
    person = recorded.personne_ids[0]
    if what == "arreter":
        code = min({"2026-T2", "2026-T3"} - session.read.bilans.quarters(), default=None)
        if code is not None:
            close_quarter(session, code)
    elif what == "secteur":
        services.orientations.add(recorded.dossier_id, person, SECTEUR, day)
    elif what == "ccas" and orientations and services.orientations.may_change(orientations[0]):
        services.orientations.change(orientations[0].id, person, day, OrientationDraft(0, "ccas"))
    elif what in ("engage", "refus") and orientations:
        suite = "accompagnement_engage" if what == "engage" else "refus_personne"
        learnt = max(day, orientations[-1].date)
        services.orientations.add_suite(orientations[-1].id, SuiteDraft(suite, learnt))
    elif what == "retirer" and orientations:
        for kept in services.orientations.suites(orientations[-1].id)[:1]:
            if services.orientations.may_change_suite(kept):
                services.orientations.delete_suite(kept.id)


def _counted(session: Session, code: str) -> list[tuple[object, ...]]:
    """What a bilan of the quarter counts of the orientations and of the suites."""
    rows = session.vault.execute(
        "SELECT 'o', id, type, premiere_secteur FROM orientations WHERE trimestre_bilan = ?1"
        " UNION ALL SELECT 's', id, suite, premier_engagement FROM suites WHERE trimestre_bilan = ?1 ORDER BY 1, 2",
        (code,),
    )
    return [tuple(row[place] for place in range(4)) for row in rows]
