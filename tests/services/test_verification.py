"""A large coffre is read at once and written in only after its check; what was noted meanwhile is not lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.services import coffre as service
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage import vault as module
from tests.coffres import Coffre
from tests.vie import TestClock, draft, open_services


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Coffre:
    services, session = open_services(tmp_path)
    services.entretiens.record(draft())
    session.vault.close()
    monkeypatch.setattr(module, "_CHECKED_AT_ONCE", 0)
    return Coffre(session.vault.folder, session.vault.key, "")


@pytest.fixture
def session(large: Coffre) -> Iterator[Session]:
    opened = service.open_session(large.folder, large.key, clock=TestClock().clock, at_once=True)
    yield opened
    opened.vault.close()


def _readings(session: Session) -> list[str]:
    lines = session.vault.execute("SELECT action, objet FROM journal ORDER BY id DESC LIMIT 2")
    return [f"{line['action']} {line['objet']}" for line in lines]


@pytest.mark.exigence("S9")
def test_it_is_read_before_its_check_and_written_in_after(large: Coffre, session: Session) -> None:
    services = Services(session)
    (line,) = services.dossiers.find("")
    assert services.dossiers.open(line.id).numero == line.numero
    with pytest.raises(UserError) as refused:
        services.brouillons.keep("entretien:1", "entretien", {})
    assert refused.value.code == "coffre_en_verification"
    before = large.database.read_bytes()
    services.coffre.admit(services.coffre.checking()())
    assert not services.coffre.waits_for_check
    assert large.database.read_bytes() != before
    assert _readings(session) == ["lecture dossier", "ouverture coffre"]
    services.brouillons.keep("entretien:1", "entretien", {})


@pytest.mark.exigence("S9")
def test_a_damaged_one_is_never_written_in(large: Coffre, session: Session) -> None:
    services = Services(session)
    damaged = bytearray(large.database.read_bytes())
    damaged[-1000] ^= 1
    large.database.write_bytes(damaged)
    with pytest.raises(UserError) as refused:
        services.coffre.checking()()
    assert refused.value.code == "coffre_abime"
    services.coffre.refuse(refused.value)
    with pytest.raises(UserError) as refused:
        services.brouillons.keep("entretien:1", "entretien", {})
    assert refused.value.code == "coffre_abime"
    assert large.database.read_bytes() == damaged


def test_who_does_not_ask_for_haste_has_it_checked_first(large: Coffre) -> None:
    session = service.open_session(large.folder, large.key)
    assert not session.waits_for_check
    session.vault.close()
