"""The journal: read, filtered, verified, thinned, exported without anything that leads to a person."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.journal import FiltreJournal
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.vie import TODAY, TestClock, draft


def test_it_is_read_and_filtered(vie: tuple[Services, Session]) -> None:
    services, _ = vie
    recorded = services.entretiens.record(draft())
    services.dossiers.open(recorded.dossier_id)
    assert {"creation", "lecture", "ouverture"} <= set(services.journal.actions())
    assert {"dossier", "entretien", "coffre"} <= set(services.journal.objets())
    (line,) = services.journal.lignes(FiltreJournal("lecture", "dossier"))
    assert line.reference == services.dossiers.numero(recorded.dossier_id)
    assert services.journal.compte(FiltreJournal("lecture", "dossier")) == 1
    assert services.journal.lignes(FiltreJournal(au=date(2026, 11, 22))) == ()
    whole = services.journal.lignes(FiltreJournal(du=TODAY, au=TODAY))
    assert [each.id for each in whole] == list(range(len(whole), 0, -1))
    assert services.journal.lignes(FiltreJournal(), limit=2, offset=1) == whole[1:3]


def test_the_chain_is_verified(vie: tuple[Services, Session]) -> None:
    services, session = vie
    services.entretiens.record(draft())
    state = services.journal.verifier()
    assert (state.probleme, state.lignes) == (None, services.journal.compte(FiltreJournal()))
    session.vault.begin_immediate()
    session.vault.execute("UPDATE journal SET action = 'lecture' WHERE id = 2")
    session.vault.commit()
    problem = services.journal.verifier().probleme
    assert problem is not None
    assert problem.line == 2


def _readings(session: Session) -> list[str | None]:
    entries = sorted(session.read.journal.entries(), key=lambda each: each.id)
    return [each.reference for each in entries if (each.action, each.objet) == ("lecture", "dossier")]


@pytest.mark.exigence("S47")
def test_a_reading_drawn_first_is_written_before_whatever_is_written_next(
    vie: tuple[Services, Session],
) -> None:
    services, session = vie
    recorded = services.entretiens.record(draft())
    numero = services.dossiers.open(recorded.dossier_id, drawn_first=True).numero
    assert _readings(session) == []
    services.dossiers.close(recorded.dossier_id, "Relais pris")
    assert _readings(session) == [numero]
    read, closed = sorted(session.read.journal.entries(), key=lambda each: each.id)[-2:]
    assert (read.action, closed.action) == ("lecture", "cloture")
    services.dossiers.note_readings()
    assert _readings(session) == [numero]  # once


@pytest.mark.exigence("S47")
def test_a_reading_drawn_first_waits_while_nothing_may_be_written(vie: tuple[Services, Session]) -> None:
    services, session = vie
    recorded = services.entretiens.record(draft())
    session.freeze("coffre_en_rotation")
    numero = services.dossiers.open(recorded.dossier_id, drawn_first=True).numero
    assert not services.dossiers.note_readings()
    session.thaw()
    assert services.dossiers.note_readings()
    assert _readings(session) == [numero]


@pytest.mark.exigence("S47")
def test_a_reading_drawn_first_is_written_by_the_lock(
    vie: tuple[Services, Session], clock: TestClock
) -> None:
    services, session = vie
    recorded = services.entretiens.record(draft())
    numero = services.dossiers.open(recorded.dossier_id, drawn_first=True).numero
    folder, key = session.vault.folder, session.vault.key
    services.coffre.lock()
    later = open_session(folder, key, clock=clock.clock)
    assert _readings(later) == [numero]
    later.vault.close()


def test_an_export_leads_to_nobody_and_follows_each_record(vie: tuple[Services, Session]) -> None:
    services, session = vie
    recorded = services.entretiens.record(draft())
    numero = services.dossiers.numero(recorded.dossier_id)
    for _ in range(2):
        services.dossiers.open(recorded.dossier_id)
    data = services.journal.export(FiltreJournal()).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data), delimiter=";"))
    assert [int(row["ligne"]) for row in rows] == list(range(1, len(rows) + 1))
    read = {row["reference"] for row in rows if (row["action"], row["objet"]) == ("lecture", "dossier")}
    assert len(read) == 1
    uids = [row["uid"] for row in session.vault.execute("SELECT uid FROM personnes")]
    for word in (numero, "Péron", "Anaïs", *uids):
        assert word not in data
    assert services.journal.lignes(FiltreJournal(), limit=1)[0].objet == "journal"


def test_it_is_kept_for_the_time_she_set(vie: tuple[Services, Session], clock: TestClock) -> None:
    services, session = vie
    services.reglages.set(replace(services.reglages.get(), journal_mois=6))
    folder, key = session.vault.folder, session.vault.key
    session.vault.close()
    clock.day = date(2027, 5, 24)
    later = open_session(folder, key, clock=clock.clock)
    lines = later.read.journal.entries()
    assert [(line.action, line.objet) for line in lines] == [("ouverture", "coffre")]
    assert later.read.journal.verify() is None
    later.vault.close()
