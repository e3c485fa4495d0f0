"""Tournées: printed together, handed over service by service, signed for on bordereaux without a name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.documents.lecture import pages, squashed
from tests.services.fiches import corrected, issued, partner
from tests.vie import TODAY, TestClock

Vie = tuple[Services, Session]


def _two_services(services: Services) -> tuple[list[int], list[int]]:
    other = partner(services, "Aide aux victimes de Roc")
    first, second, third = issued(services), issued(services, other), issued(services)
    return [first, second, third], [first, third, second]


def test_fiches_are_grouped_by_service_in_the_order_of_the_way(vie: Vie) -> None:
    services, _ = vie
    given, grouped = _two_services(services)
    assert services.tournees.order(given) == tuple(grouped)
    assert [arret.service for arret in services.tournees.waiting()] == [
        "CDAS de Vallière",
        "Aide aux victimes de Roc",
    ]
    tournee_id, _ = services.tournees.create(TODAY, given)
    tournee = services.tournees.get(tournee_id)
    assert tournee is not None
    assert [fiche.id for fiche in tournee.fiches] == grouped
    assert services.tournees.waiting() == ()
    services.tournees.move(tournee_id, 1, -1)
    services.tournees.move(tournee_id, 0, -1)
    tournee = services.tournees.get(tournee_id)
    assert tournee is not None
    assert [arret.service for arret in tournee.arrets] == ["Aide aux victimes de Roc", "CDAS de Vallière"]


def test_a_fiche_is_in_one_tournee_to_come(vie: Vie) -> None:
    services, _ = vie
    given, _ = _two_services(services)
    first, _ = services.tournees.create(TODAY, given)
    second, _ = services.tournees.create(TODAY + timedelta(days=1), given[:1])
    lines = {line.id: (line.fiches, line.services) for line in services.tournees.all()}
    assert lines == {first: (2, 2), second: (1, 1)}
    services.tournees.drop(second)
    assert services.tournees.get(second) is None
    assert len(services.tournees.waiting()) == 1


def test_made_it_hands_over_its_fiches_on_its_day(vie: Vie, clock: TestClock) -> None:
    services, _ = vie
    given, _ = _two_services(services)
    services.suivi.note(given[:1], "remise", TODAY)
    with pytest.raises(UserError, match="fiche_deja_remise"):
        services.tournees.create(TODAY, given)
    tournee_id, _ = services.tournees.create(TODAY + timedelta(days=2), given[1:])
    with pytest.raises(UserError, match="etape_future"):
        services.tournees.finish(tournee_id, TODAY + timedelta(days=2), "main_propre")
    clock.day = TODAY + timedelta(days=2)
    noted = services.tournees.finish(tournee_id, clock.day, "main_propre")
    assert len(noted.steps) == 2
    for fiche_id in given[1:]:
        step = services.fiches.trace(fiche_id)[-1]
        assert (step.etape, step.date, step.canal) == ("remise", clock.day, "main_propre")
    assert [line.faite for line in services.tournees.all()] == [True]
    for change in (
        lambda: services.tournees.finish(tournee_id, clock.day, "main_propre"),
        lambda: services.tournees.drop(tournee_id),
        lambda: services.tournees.put(tournee_id, given, clock.day),
    ):
        with pytest.raises(UserError, match="tournee_faite"):
            change()


def test_taken_back_its_fiches_wait_for_another_day(vie: Vie) -> None:
    services, _ = vie
    given, _ = _two_services(services)
    tournee_id, _ = services.tournees.create(TODAY, given)
    services.suivi.take_back(services.tournees.finish(tournee_id, TODAY, "main_propre").steps)
    assert [line.faite for line in services.tournees.all()] == [False]
    assert services.tournees.finish(tournee_id, TODAY, "courrier").already == 0


def test_a_tournee_is_neither_empty_nor_of_the_past_nor_of_what_was_corrected(vie: Vie) -> None:
    services, _ = vie
    fiche_id = issued(services)
    for day, ids, code in (
        (TODAY, [], "tournee_vide"),
        (TODAY - timedelta(days=1), [fiche_id], "tournee_passee"),
    ):
        with pytest.raises(UserError, match=code):
            services.tournees.create(day, ids)
    tournee_id, _ = services.tournees.create(TODAY, [fiche_id])
    corrected(services, fiche_id)
    with pytest.raises(UserError, match="fiche_remplacee"):
        services.tournees.finish(tournee_id, TODAY, "main_propre")
    assert [line.faite for line in services.tournees.all()] == [False]


def test_the_batch_is_the_very_fiches_each_on_its_own_sheet(vie: Vie) -> None:
    services, _ = vie
    given, grouped = _two_services(services)
    counts = [len(pages(services.fiches.pdf(fiche_id))) for fiche_id in grouped]
    together = pages(services.tournees.batch(grouped, recto_verso=False))
    assert len(together) == sum(counts)
    both_sides = pages(services.tournees.batch(grouped, recto_verso=True))
    starts = [sum(count + count % 2 for count in counts[:place]) for place in range(len(counts))]
    for start, fiche_id in zip(starts, grouped, strict=True):
        assert start % 2 == 0
        assert services.fiches.get(fiche_id).numero in both_sides[start]
    assert [services.fiches.get(fiche_id).etape for fiche_id in given] == ["a_imprimer"] * 3


def test_a_bordereau_says_numbers_and_initials_unless_names_are_asked(vie: Vie) -> None:
    services, _ = vie
    given, grouped = _two_services(services)
    tournee_id, _ = services.tournees.create(TODAY, given)
    discreet = pages(services.tournees.bordereaux(tournee_id, noms=False)())
    assert len(discreet) == 2
    text = squashed("".join(discreet))
    for fiche_id in grouped:
        assert services.fiches.get(fiche_id).numero in text
    assert "A.L." in text
    assert "LŒIL" not in text
    for page in discreet:
        assert "CONFIDENTIEL" in page
        assert "page 1/1" in page
    named = squashed("".join(pages(services.tournees.bordereaux(tournee_id, noms=True)())))
    assert named.count("LŒILAnaïs") == 3
    (one,) = pages(services.tournees.bordereaux(tournee_id, noms=False, place=1)())
    assert "Aide aux victimes de Roc" in one
    assert "CDAS" not in one


def test_the_bordereau_leaves_out_what_was_corrected(vie: Vie) -> None:
    services, _ = vie
    fiches = [issued(services), issued(services)]
    tournee_id, _ = services.tournees.create(TODAY, fiches)
    corrected(services, fiches[0])
    (page,) = pages(services.tournees.bordereaux(tournee_id, noms=False)())
    assert services.fiches.get(fiches[0]).numero not in page
    assert services.fiches.get(fiches[1]).numero in page
