"""Contacts with partners: noted, amended and removed while their quarter is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from iscg_desktop.domain.contact_partenaire import ContactDraft
from iscg_desktop.domain.period import parse_period
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.vie import TODAY, draft, open_services


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path)
    yield services, session
    session.vault.close()


def close_quarter(session: Session, code: str) -> None:
    """Arrêter a quarter, its figures aside."""
    with session.transaction() as tx:
        tx.bilans.add(parse_period(code), TODAY, menu=1, seuil=5)
        tx.commit()


def test_a_contact_is_noted_and_found_again(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    dossier_id = services.entretiens.record(draft()).dossier_id
    about = ContactDraft(1, TODAY, "recu", "courriel", "situation", dossier_id, " Bilan à mi-parcours ")
    contact_id, changed = services.contacts.record(about)
    kept = services.contacts.get(contact_id)
    assert kept.draft() == replace(about, note="Bilan à mi-parcours")
    assert (kept.partenaire, kept.dossier, kept.trimestre) == ("CDAS de Vallière", "2026-0001", "2026-T4")
    assert services.contacts.of_partenaire(1) == services.contacts.of_dossier(dossier_id) == (kept,)
    assert (changed.kinds, changed.dossier_id) == ({"contacts"}, dossier_id)
    entry = session.read.journal.entries(limit=1)[0]
    assert (entry.action, entry.objet, entry.reference) == ("creation", "contact", str(contact_id))


def test_all_that_lacks_is_said_at_once(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    with pytest.raises(InvalidInput) as refusal:
        services.contacts.record(ContactDraft(None, TODAY + timedelta(days=1), canal=None, objet=None))
    assert {problem.code for problem in refusal.value.problems} == {
        "contact_sans_partenaire", "date_future", "contact_sans_canal", "contact_sans_objet",
    }  # fmt: skip
    assert services.contacts.of_partenaire(1) == ()


def test_a_contact_moves_with_its_date_while_its_quarter_is_open(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    contact_id, _ = services.contacts.record(ContactDraft(1, TODAY))
    services.contacts.change(contact_id, ContactDraft(1, date(2026, 8, 3), "recu", "rencontre", "reunion"))
    kept = services.contacts.get(contact_id)
    assert (kept.trimestre, kept.sens, kept.objet) == ("2026-T3", "recu", "reunion")
    services.contacts.delete(contact_id)
    assert services.contacts.of_partenaire(1) == ()


def test_what_a_bilan_counted_does_not_move(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    old, _ = services.contacts.record(ContactDraft(1, date(2026, 8, 3)))
    recent, _ = services.contacts.record(ContactDraft(1, TODAY))
    close_quarter(session, "2026-T3")
    assert [services.contacts.may_change(services.contacts.get(each)) for each in (old, recent)] == [
        False,
        True,
    ]
    with pytest.raises(UserError) as refusal:
        services.contacts.change(old, ContactDraft(1, TODAY))
    assert (refusal.value.code, refusal.value.values) == (
        "contact_trimestre_arrete",
        {"trimestre": "3e trimestre 2026"},
    )
    with pytest.raises(UserError):
        services.contacts.delete(old)
    assert services.contacts.get(old).date == date(2026, 8, 3)
    late, _ = services.contacts.record(ContactDraft(1, date(2026, 8, 4)))
    assert services.contacts.get(late).trimestre == "2026-T4"
    services.contacts.change(recent, ContactDraft(1, date(2026, 7, 1)))
    assert services.contacts.get(recent).trimestre == "2026-T4"
