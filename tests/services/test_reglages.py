"""Delays and thresholds in the coffre: kept, refused whole, and obeyed by the day's page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from iscg_desktop.domain.reglages import Reglages
from iscg_desktop.errors import InvalidInput
from iscg_desktop.services.services import Services
from tests.vie import TODAY, TestClock, draft, open_services


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def services(tmp_path: Path, clock: TestClock) -> Iterator[Services]:
    services, session = open_services(tmp_path, clock)
    yield services
    session.vault.close()


def test_a_new_coffre_has_the_defaults_and_keeps_what_is_set(services: Services) -> None:
    assert services.reglages.get() == Reglages()
    announced = services.reglages.set(Reglages(corbeille_jours=60))
    assert announced.kinds == {"reglages", "fiches"}
    assert services.reglages.get() == Reglages(corbeille_jours=60)


def test_a_refusal_changes_nothing(services: Services) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.reglages.set(Reglages(corbeille_jours=0, fiche_relance_jours=0))
    assert [problem.field for problem in refused.value.problems] == ["fiche_relance_jours", "corbeille_jours"]
    assert services.reglages.get() == Reglages()


def test_the_day_shows_a_fiche_without_retour_when_her_settings_say(
    services: Services, clock: TestClock
) -> None:
    orientation = services.entretiens.record(draft()).orientation_ids[0]
    services.fiches.issue(orientation, services.fiches.prepare(orientation))
    clock.day = TODAY + timedelta(days=4)
    assert services.journee.fiches_sans_retour() == ()
    services.reglages.set(Reglages(fiche_sans_retour_jours=4))
    assert len(services.journee.fiches_sans_retour()) == 1
