"""Dossiers just recorded in are found under their new words, after a flat battery and on a full disk too."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, product

import pytest

from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.vault import Vault
from tests.vie import TestClock, draft

Vie = tuple[Services, Session]


def words_of(session: Session) -> str:
    """All the notes in the index."""
    return " ".join(row["textes"] for row in session.vault.execute("SELECT textes FROM recherche"))


def record(services: Services, notes: str, dossier_id: int | None = None) -> int:
    saisine = None if dossier_id else draft().saisine
    whole = replace(draft(orientations=(), saisine=saisine), dossier_id=dossier_id, notes_de_travail=notes)
    return services.entretiens.record(whole).dossier_id


def found(services: Services, text: str) -> list[int]:
    return [line.id for line in services.dossiers.find(text)]


def test_the_words_just_recorded_are_found(vie: Vie) -> None:
    services, session = vie
    one = record(services, "zinnia")
    other = record(services, "camélia")
    assert "zinnia" not in words_of(session), "the save does not wait for the index"
    assert found(services, "zinnia") == [one]
    record(services, "glaïeul", one)
    assert found(services, "glaieul camelia") == []
    assert found(services, "glaieul zinnia") == [one]
    assert found(services, "camelia") == [other]


def test_in_the_turn_after_nothing_waits_any_more(vie: Vie, monkeypatch: pytest.MonkeyPatch) -> None:
    services, session = vie
    record(services, "zinnia")
    services.dossiers.index_now()
    assert "zinnia" in words_of(session)
    assert session.read.settings.get("recherche_en_attente") == []
    monkeypatch.setattr(Vault, "commit", None)
    services.dossiers.index_now()
    assert len(found(services, "zinnia")) == 1, "a search that finds nothing waiting writes nothing"


def test_words_are_in_the_index_once(vie: Vie) -> None:
    services, session = vie
    dossier = record(services, "Rappeler Zinnia, zinnia ; ZINNIA")
    record(services, "rappeler encore", dossier)
    services.dossiers.index_now()
    words = words_of(session).split()
    assert len(words) == len(set(words))
    assert {"rappeler", "zinnia", "encore"} <= set(words)


def test_what_a_flat_battery_left_waiting_is_found_at_the_next_opening(vie: Vie, clock: TestClock) -> None:
    services, session = vie
    dossier = record(services, "zinnia")
    folder, key = session.vault.folder, session.vault.key
    session.vault.close()
    session = open_session(folder, key, clock=clock.clock)
    with session.vault:
        assert "zinnia" not in words_of(session)
        assert found(Services(session), "zinnia") == [dossier]


def test_a_dossier_erased_meanwhile_comes_back_in_no_search(vie: Vie) -> None:
    services, session = vie
    record(services, "camélia")
    gone = record(services, "zinnia")
    services.effacement.effacer_dossier(gone)
    assert found(services, "zinnia") == []
    assert len(found(services, "camelia")) == 1
    assert "zinnia" not in words_of(session)


def test_a_disk_that_is_full_keeps_nobody_from_searching(vie: Vie) -> None:
    services, session = vie
    dossier = record(services, "zinnia")
    assert found(services, "zinnia") == [dossier]
    many = islice(product("bcdfglmnprst", "aeiou", "bcdfglmnprst", "aeiou"), 3000)
    record(services, " ".join("".join(each) for each in many) + " camélia", dossier)
    full_disk(session, full=True)
    assert found(services, "zinnia") == [dossier]
    assert found(services, "camelia") == []
    full_disk(session, full=False)
    assert found(services, "camelia") == [dossier]


def full_disk(session: Session, *, full: bool) -> None:
    driver = session.vault._connection._driver
    driver.set_authorizer(None)
    pages = driver.execute("PRAGMA page_count").fetchone()[0] if full else 1_000_000
    driver.execute(f"PRAGMA max_page_count = {pages}")
