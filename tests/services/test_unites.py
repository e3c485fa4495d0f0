"""Unités and département through the year: what an arrêté quarter counted stays, before and after any change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from iscg_desktop.domain.departements import DepartementPasse, departement_of, left_in
from iscg_desktop.domain.period import Periode, parse_period
from iscg_desktop.domain.unite import Unite
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.services.unites import Comptage
from tests.vie import MAELLE, TODAY, TestClock, draft, open_services, victime

T3, T4, NEXT = parse_period("2026-T3"), parse_period("2026-T4"), parse_period("2027-T1")
AUGUST = date(2026, 8, 3)
NEW = Unite(0, "Brigade des Landes", "gendarmerie", "brigade")


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def coffre(tmp_path: Path, clock: TestClock) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path, clock)
    yield services, session
    session.vault.close()


def _record(services: Services, day: date, unite_id: int) -> None:
    person = victime(informee_le=day)
    services.entretiens.record(draft(date=day, personnes=(person,), unite_id=unite_id, saisine=None))


def _close(services: Services, session: Session, periode: Periode) -> None:
    """Arrêter a quarter without its protection, which is proved elsewhere."""
    with session.transaction() as tx:
        tx.bilans.add(periode, TODAY, 1, 5)
        tx.bilans.freeze(periode.code, "trimestre", services.bilans.comptes(periode))
        tx.commit()


def _unites(services: Services, periode: Periode) -> dict[str, int]:
    compte = next(c for c in services.bilans.comptes(periode) if c.tableau.code == "unite")
    return {
        cle[0][1]: effectif.unites
        for cle, effectif in compte.effectifs.items()
        if len(cle) == 1 and cle[0][0] == "unite"
    }


def _counts(services: Services, periode: Periode) -> dict[str, object]:
    return {compte.tableau.code: compte.effectifs for compte in services.bilans.comptes(periode)}


def _epcis(services: Services, periode: Periode) -> set[str]:
    compte = next(c for c in services.bilans.comptes(periode) if c.tableau.code == "epci")
    return {categorie.code for categorie in compte.tableau.dimensions[0].categories}


def test_an_arrete_quarter_counts_the_same_before_and_after_every_change(
    coffre: tuple[Services, Session], clock: TestClock
) -> None:
    services, session = coffre
    for _ in range(3):
        _record(services, AUGUST, 1)
    _record(services, AUGUST, 2)
    _close(services, session, T3)
    before = _counts(services, T3)
    frozen = session.vault.execute("SELECT * FROM bilan_cellules ORDER BY tableau, cle")
    kept = [tuple(row) for row in frozen]

    lone = services.unites.create(replace(NEW, nom="Commissariat neuf")).unite
    new = services.unites.create(replace(NEW, parent_id=1, ouverte_le=date(2026, 10, 1))).unite
    for unite in (new, lone):
        _record(services, TODAY, unite.id)
    services.unites.close(2, TODAY, 1)
    services.unites.move(new.id, lone.id)
    _record(services, TODAY, 2)

    assert _counts(services, T3) == before
    now = session.vault.execute("SELECT * FROM bilan_cellules ORDER BY tableau, cle")
    assert [tuple(row) for row in now] == kept
    assert _unites(services, T4) == {"u1": 1, "u2": 1, "non_renseigne": 1}
    clock.day = date(2027, 2, 1)
    _record(services, clock.day, 2)
    assert _unites(services, NEXT) == {"u1": 1, f"u{new.id}": 0, f"u{lone.id}": 0, "non_renseigne": 0}


def test_where_a_new_unite_counts_is_said(coffre: tuple[Services, Session], clock: TestClock) -> None:
    services, session = coffre
    new = services.unites.create(replace(NEW, parent_id=1, ouverte_le=date(2026, 5, 1))).unite
    assert services.unites.comptage(new) == Comptage("Brigade de Saint-Aubin", 2026)
    _close(services, session, T3)
    lone = services.unites.create(replace(NEW, nom="Commissariat neuf")).unite
    assert services.unites.comptage(lone) == Comptage("", 2026)
    gone = services.unites.close(2, TODAY, 1).unite
    assert services.unites.comptage(gone) is None
    clock.day = date(2027, 1, 1)
    assert services.unites.comptage(new) is None
    assert services.unites.comptage(gone) == Comptage("Brigade de Saint-Aubin", None)


def test_a_closed_unite_is_offered_no_more_and_stays_readable(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    _record(services, AUGUST, 2)
    services.unites.close(2, date(2026, 11, 1), 1)
    assert [unite.id for unite in services.journee.unites()] == [1]
    assert services.listes.unite(2) == "Brigade de Vallière"


def test_a_used_unite_is_never_removed(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    new = services.unites.create(NEW).unite
    _record(services, TODAY, new.id)
    with pytest.raises(UserError) as refused:
        services.unites.remove(new.id)
    assert refused.value.code == "unite_utilisee"
    spare = services.unites.create(replace(NEW, nom="Ajoutée par erreur")).unite
    services.unites.remove(spare.id)
    assert spare.id not in services.unites.all()
    assert [entry.action for entry in session.read.journal.entries(limit=1)] == ["suppression"]


def test_a_closing_is_taken_back_with_what_lay_below(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    services.unites.move(2, 1)
    closed = services.unites.close(1, TODAY)
    assert closed.moved == (2,)
    assert services.unites.all()[2].parent_id is None
    services.unites.reopen(1, closed.moved)
    unites = services.unites.all()
    assert (unites[1].fermee_le, unites[2].parent_id) == (None, 1)


def test_a_refusal_changes_nothing(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    before = services.unites.all()
    for call in (
        lambda: services.unites.close(1, None),
        lambda: services.unites.create(replace(NEW, nom="Brigade de Saint-Aubin")),
        lambda: services.unites.move(1, 1),
    ):
        with pytest.raises(InvalidInput):
            call()
    assert services.unites.all() == before


def test_the_bilan_of_the_year_keeps_the_departement_of_1_january(
    coffre: tuple[Services, Session], clock: TestClock
) -> None:
    services, session = coffre
    _record(services, AUGUST, 1)
    _close(services, session, T3)
    before, frozen = _epcis(services, T3), services.bilans.comptes(T3)
    services.coffre.set_up(replace(MAELLE, departement="22"))
    services.coffre.set_up(replace(MAELLE, departement="56"))
    assert session.departement(2026) == "35"
    assert _epcis(services, T4) == before
    assert services.bilans.comptes(T3) == frozen
    assert session.departement(2027) == "56"
    assert _epcis(services, NEXT) != before
    clock.day = date(2027, 3, 1)
    services.coffre.set_up(replace(MAELLE, departement="29"))
    assert [session.departement(year) for year in (2026, 2027, 2028)] == ["35", "56", "29"]
    assert json.dumps(session.read.settings.get("departements")) == '[[2026, "35"], [2027, "56"]]'


def test_a_slip_of_the_first_days_is_mended_at_once(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    services.coffre.set_up(replace(MAELLE, departement="22"))
    assert session.departement(2026) == "22"


def test_rows_of_last_year_make_the_departement_last_until_1_january(
    coffre: tuple[Services, Session],
) -> None:
    services, session = coffre
    _record(services, date(2025, 12, 1), 1)
    services.coffre.set_up(replace(MAELLE, departement="22"))
    assert (session.departement(2026), session.departement(2027)) == ("35", "22")


def test_taking_back_a_change_of_departement_leaves_no_trace_in_the_count() -> None:
    passes = left_in(2026, "22", left_in(2026, "35", ()))
    assert passes == (DepartementPasse(2026, "35"),)
    assert [departement_of(year, "35", passes) for year in (2025, 2026, 2027)] == ["35", "35", "35"]
