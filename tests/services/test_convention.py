"""The convention in the coffre: read back as typed, its reminders against what was counted and arrêté."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from iscg_desktop.domain.convention import Convention
from iscg_desktop.domain.period import parse_period
from iscg_desktop.errors import InvalidInput
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.vie import TODAY, draft, open_services, victime

WHOLE = Convention(
    debut=date(2026, 1, 1),
    fin=date(2028, 12, 31),
    periodicite="trimestre",
    delai_bilan=20,
    referent="Mme Nolwenn Tanguy",
    rencontre="quinzaine",
    derniere_rencontre=date(2026, 11, 20),
    comites=(date(2026, 12, 3), date(2027, 6, 3)),
    contact="Service de l’action sociale",
    contact_telephone="02 99 00 00 01",
    contact_courriel="action.sociale@exemple.fr",
)


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path)
    yield services, session
    session.vault.close()


def test_it_is_read_back_as_typed(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    assert services.convention.get() == Convention()
    services.convention.set(WHOLE)
    assert services.convention.get() == WHOLE
    with pytest.raises(InvalidInput):
        services.convention.set(Convention(debut=TODAY, fin=date(2020, 1, 1)))
    assert services.convention.get() == WHOLE


def test_its_reminders_follow_what_is_counted_and_arrete(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    services.convention.set(WHOLE)
    assert [rappel.type for rappel in services.convention.rappels()] == ["comite"]
    day = date(2026, 8, 3)
    person = victime(informee_le=day)
    services.entretiens.record(draft(date=day, personnes=(person,), saisine=None))
    bilan, comite = services.convention.rappels()
    assert (bilan.periode, bilan.jour) == (parse_period("2026-T3"), date(2026, 10, 20))
    assert comite.jour == date(2026, 12, 3)
    with session.transaction() as tx:
        tx.bilans.add(parse_period("2026-T3"), TODAY, 1, 5)
        tx.commit()
    assert [rappel.type for rappel in services.convention.rappels()] == ["comite"]


def test_a_meeting_is_noted_in_one_go(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    services.convention.set(Convention(rencontre="semaine"))
    assert [rappel.type for rappel in services.convention.rappels()] == ["rencontre"]
    services.convention.note_rencontre()
    assert services.convention.rappels() == ()
