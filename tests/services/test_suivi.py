"""The follow-up of fiches: lists by state, several noted at once, reminders, errors taken back while that is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iscg_desktop.domain.coupon import Coupon
from iscg_desktop.domain.fiche_suivi import Etat
from iscg_desktop.domain.reglages import Reglages
from iscg_desktop.errors import UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.services.fiches import corrected, issued, partner
from tests.vie import TODAY, TestClock

Vie = tuple[Services, Session]


def _ids(services: Services, etat: Etat, text: str = "") -> list[int]:
    return [fiche.id for fiche in services.suivi.find(etat, text)]


def _refused(services: Services, fiche_ids: Sequence[int], etape: str, day: date) -> str:
    before = [services.fiches.trace(fiche_id) for fiche_id in fiche_ids]
    with pytest.raises(UserError) as refusal:
        services.suivi.note(fiche_ids, etape, day)
    assert [services.fiches.trace(fiche_id) for fiche_id in fiche_ids] == before, "all or none"
    return refusal.value.code


def test_each_state_lists_its_fiches_and_counts_them(vie: Vie, clock: TestClock) -> None:
    services, _ = vie
    fresh, printed, handed, answered = (issued(services) for _ in range(4))
    services.suivi.note([printed, handed, answered], "imprimee", TODAY)
    services.suivi.note([handed, answered], "remise", TODAY)
    services.retours.record(answered, Coupon(suite="rdv_fixe", date=TODAY))
    listed = {etat: _ids(services, etat) for etat in Etat}
    assert listed == {
        Etat.A_IMPRIMER: [fresh],
        Etat.A_REMETTRE: [printed],
        Etat.REMISES: [handed],
        Etat.A_RELANCER: [],
        Etat.RETOURS: [answered],
        Etat.TOUTES: [answered, handed, printed, fresh],
    }
    assert [services.suivi.count(etat) for etat in Etat] == [len(ids) for ids in listed.values()]
    clock.day = TODAY + timedelta(days=15)
    assert _ids(services, Etat.A_RELANCER) == [handed, printed, fresh]


def test_a_number_or_a_recipient_is_found_and_signs_are_only_signs(vie: Vie) -> None:
    services, _ = vie
    first = issued(services)
    second = issued(services, partner(services, "Aide 100 % victimes"))
    assert _ids(services, Etat.TOUTES, "  2026-0002 ") == [second]
    assert _ids(services, Etat.TOUTES, "cdas de") == [first]
    assert _ids(services, Etat.TOUTES, "100 %") == [second]
    assert _ids(services, Etat.TOUTES, "_") == []
    assert _ids(services, Etat.RETOURS, "2026") == []


def test_several_are_noted_at_once_and_what_came_further_is_left_alone(vie: Vie) -> None:
    services, session = vie
    fiches = [issued(services) for _ in range(3)]
    services.suivi.note(fiches[:1], "remise", TODAY)
    noted = services.suivi.note(fiches, "remise", TODAY, "courrier")
    assert (len(noted.steps), noted.already) == (2, 1)
    assert services.fiches.trace(fiches[2])[-1].canal == "courrier"
    lines = [entry for entry in session.read.journal.entries() if entry.action == "remise"]
    assert len(lines) == 3
    services.suivi.take_back(noted.steps)
    assert [services.fiches.get(fiche).etape for fiche in fiches] == ["remise", "a_imprimer", "a_imprimer"]
    assert [e.action for e in session.read.journal.entries(limit=2)] == ["annulation_remise"] * 2


def test_what_cannot_be_is_refused_for_all(vie: Vie, clock: TestClock) -> None:
    services, _ = vie
    old = issued(services)
    clock.day = TODAY + timedelta(days=3)
    new = issued(services)
    assert _refused(services, [old, new], "remise", TODAY) == "etape_avant_fiche"
    assert _refused(services, [old, new], "remise", TODAY + timedelta(days=4)) == "etape_future"
    assert _refused(services, [old], "relance", clock.day) == "relance_sans_remise"
    corrected(services, old)
    assert _refused(services, [new, old], "remise", clock.day) == "fiche_remplacee"
    with pytest.raises(UserError, match="fiche_remplacee"):
        services.fiches.follow(old, "remise")


def test_the_issue_itself_is_not_taken_back(vie: Vie) -> None:
    services, _ = vie
    (step,) = services.fiches.trace(issued(services))
    with pytest.raises(UserError, match="etape_initiale"):
        services.suivi.take_back([step.id])


def test_a_step_that_a_bilan_holds_is_not_taken_back(vie: Vie, clock: TestClock) -> None:
    services, _ = vie
    fiche_id = issued(services)
    services.suivi.note([fiche_id], "remise", TODAY)
    services.retours.record(fiche_id, Coupon(suite="rdv_fixe", date=TODAY))
    clock.day = date(2027, 1, 4)
    for trimestre in reversed(services.bilans.trimestres()):
        if trimestre.etat == "a_arreter":
            prepared = services.bilans.prepare(trimestre.periode)
            services.bilans.arreter(prepared, services.bilans.protect(prepared))
    trace = services.fiches.trace(fiche_id)
    for step in trace[1:]:
        with pytest.raises(UserError, match="etape_arretee"):
            services.suivi.take_back([step.id])
    with pytest.raises(UserError, match="etape_arretee"):
        services.retours.record(fiche_id, Coupon(suite="sans_suite", date=clock.day), amend=True)
    assert services.fiches.trace(fiche_id) == trace


def test_a_reminder_follows_the_fiche_until_its_answer(vie: Vie, clock: TestClock) -> None:
    services, session = vie

    def due() -> date | None:
        return services.fiches.get(fiche_id).relance_le

    services.reglages.set(
        Reglages(fiche_remise_jours=6, fiche_relance_jours=15, fiche_nouvelle_relance_jours=10)
    )
    fiche_id = issued(services)
    assert due() == TODAY + timedelta(days=6)
    clock.day = TODAY + timedelta(days=2)
    services.suivi.note([fiche_id], "imprimee", clock.day)
    noted = services.suivi.note([fiche_id], "remise", clock.day)
    assert due() == TODAY + timedelta(days=17)
    services.suivi.take_back(noted.steps)
    assert due() == TODAY + timedelta(days=6)
    services.suivi.note([fiche_id], "remise", clock.day)
    clock.day = TODAY + timedelta(days=20)
    services.suivi.note([fiche_id], "relance", clock.day)
    assert due() == TODAY + timedelta(days=30)
    services.retours.record(fiche_id, Coupon(suite="rdv_fixe", date=clock.day))
    assert due() is None
    (retour,) = (step for step in services.fiches.trace(fiche_id) if step.etape == "retour")
    services.suivi.take_back([retour.id])
    assert due() == TODAY + timedelta(days=30)
    newer = corrected(services, fiche_id)
    assert (due(), services.fiches.get(newer).relance_le) == (None, TODAY + timedelta(days=26))
    count = session.vault.execute("SELECT count(*) FROM relances WHERE faite_le IS NULL").scalar()
    assert count == 1
    assert services.journee.relances() == (), "fiches are listed apart"


def test_a_delay_that_changes_moves_the_reminders_of_the_fiches_in_that_state(vie: Vie) -> None:
    services, _ = vie
    waits, handed = issued(services), issued(services)
    services.suivi.note([handed], "remise", TODAY)

    def due() -> list[int]:
        days = [services.fiches.get(each).relance_le for each in (waits, handed)]
        return [(day - TODAY).days for day in days if day]

    before = services.reglages.get()
    assert due() == [before.fiche_remise_jours, before.fiche_relance_jours]
    services.reglages.set(replace(before, fiche_remise_jours=3, fiche_relance_jours=20))
    assert due() == [3, 20]
    services.reglages.set(before)
    assert due() == [before.fiche_remise_jours, before.fiche_relance_jours]


STEPS = ("imprimee", "enregistree", "remise", "accusee", "relance", "retour")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STEPS), max_size=6))
def test_taking_steps_back_gives_the_fiche_as_it_was(vie: Vie, steps: list[str]) -> None:
    services, session = vie
    fiche_id = issued(services)
    before = [(services.fiches.get(fiche_id), services.fiches.trace(fiche_id))]
    taken: list[int] = []
    for etape in steps:
        try:
            if etape == "retour":
                services.retours.record(fiche_id, Coupon(suite="accompagnement_engage", date=TODAY))
            elif not services.suivi.note([fiche_id], etape, TODAY).steps:
                continue
        except UserError:
            continue
        taken.append(services.fiches.trace(fiche_id)[-1].id)
        before.append((services.fiches.get(fiche_id), services.fiches.trace(fiche_id)))
        last = session.vault.execute("SELECT etape FROM fiches WHERE id = ?", (fiche_id,)).scalar()
        assert last == services.fiches.get(fiche_id).etape
    for step_id in reversed(taken):
        assert before.pop() == (services.fiches.get(fiche_id), services.fiches.trace(fiche_id))
        services.suivi.take_back([step_id])
    assert before == [(services.fiches.get(fiche_id), services.fiches.trace(fiche_id))]
    orientation_id = services.fiches.get(fiche_id).orientation_id
    assert orientation_id is not None
    assert services.orientations.get(orientation_id).suite is None
