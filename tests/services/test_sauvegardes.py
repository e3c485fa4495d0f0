"""Backups of an open coffre: due in their time, thinned after they are verified, and none outlives an erasure."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.services.sauvegardes import Fait
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.backup import list_backups, verify_backup
from tests.vie import TestClock, draft

pytestmark = pytest.mark.exigence("S13")
Vie = tuple[Services, Session]


def _make(services: Services, cle: Path | None = None) -> Fait:
    fait = services.sauvegardes.travail(cle).run()
    services.sauvegardes.record(fait)
    return fait


def _moments(folder: Path, session: Session) -> list[str]:
    return [f"{each.made_at:%m-%d}" for each in list_backups(folder, session.vault.key.vault_id)]


def _erase(session: Session) -> None:
    """What is left of an erasure: one line more in its list."""
    with session.transaction() as tx:
        session.vault.execute(
            "INSERT INTO effacements VALUES (randomblob(32), 'dossier', ?)", (str(session.clock.today()),)
        )
        tx.commit()


def test_the_first_backup_is_due_then_one_an_hour_if_something_changed(vie: Vie, clock: TestClock) -> None:
    services, _ = vie
    assert services.sauvegardes.due()
    assert services.sauvegardes.etat().ancienne
    assert not services.sauvegardes.a_rappeler()  # nothing to lose yet
    services.entretiens.record(draft())
    assert services.sauvegardes.a_rappeler()
    fait = _make(services)
    assert not services.sauvegardes.a_rappeler()
    assert services.sauvegardes.derniere() == fait.moment
    clock.day += timedelta(days=1)
    assert not services.sauvegardes.due()  # nothing was written since
    services.entretiens.record(draft())
    assert services.sauvegardes.due()
    clock.day += timedelta(days=7)
    assert services.sauvegardes.a_rappeler()


def test_a_backup_holds_the_dossiers_and_is_journalled(vie: Vie) -> None:
    services, session = vie
    services.entretiens.record(draft())
    fait = _make(services)
    assert fait.places == (services.sauvegardes.own_folder,)
    (backup,) = services.sauvegardes.liste()()
    content = verify_backup(backup.path, session.vault.key)
    assert (content.dossiers, content.entretiens) == (1, 1)
    line = session.read.journal.entries(limit=1)[0]
    assert (line.action, line.objet, line.reference) == ("sauvegarde", "coffre", None)


def test_older_ones_are_thinned_by_the_rule_after_the_new_one(
    vie: Vie, clock: TestClock, tmp_path: Path
) -> None:
    services, session = vie
    place = tmp_path / "cle"
    place.mkdir()
    services.sauvegardes.choisir(place)
    for _ in range(20):
        clock.day += timedelta(days=1)
        _make(services)
    for folder in (services.sauvegardes.own_folder, place):
        moments = _moments(folder, session)
        # The days of a week, then weeks: not twenty, and none of the last days missing.
        assert len(moments) < 14
        assert len(moments) > 8
    clock.day += timedelta(days=400)
    _make(services)
    assert len(_moments(place, session)) == 1


def test_nothing_is_thinned_when_the_new_one_fails(vie: Vie, clock: TestClock) -> None:
    services, session = vie
    _make(services)
    clock.day += timedelta(days=400)
    own = services.sauvegardes.own_folder
    aside = own.with_name("ailleurs")
    own.rename(aside)
    own.touch()
    with pytest.raises(UserError):
        services.sauvegardes.travail().run()
    assert len(_moments(aside, session)) == 1


def test_a_stick_that_is_away_is_told_and_its_copies_are_remembered(
    vie: Vie, clock: TestClock, tmp_path: Path
) -> None:
    services, session = vie
    stick = tmp_path / "cle"
    stick.mkdir()
    _make(services, stick)
    ((copie,),) = (services.sauvegardes.etat().ailleurs,)
    assert copie.dossier == stick
    shutil.move(stick, tmp_path / "emportee")
    clock.day += timedelta(days=1)
    fait = _make(services, stick)
    assert [(folder, error.code) for folder, error in fait.absent] == [(stick, "dossier_introuvable")]
    assert services.sauvegardes.etat().ailleurs == (copie,)
    assert services.sauvegardes.copies_a_effacer() == ()
    _erase(session)
    assert services.sauvegardes.copies_a_effacer() == (copie,)
    _make(services)
    assert services.sauvegardes.copies_a_effacer() == (copie,)  # the copy at hand is clean, that one is not
    # It comes back: what was on it goes, what is written on it is clean.
    shutil.move(tmp_path / "emportee", stick)
    clock.day += timedelta(days=1)
    _make(services, stick)
    assert _moments(stick, session) == ["11-25"]
    assert services.sauvegardes.copies_a_effacer() == ()


def test_she_may_say_that_a_copy_is_destroyed(vie: Vie, tmp_path: Path) -> None:
    services, _ = vie
    stick = tmp_path / "cle"
    stick.mkdir()
    _make(services, stick)
    services.sauvegardes.oublier(services.sauvegardes.etat().ailleurs[0])
    assert services.sauvegardes.etat().ailleurs == ()


def test_an_erasure_makes_a_backup_due_and_removes_those_before_it(vie: Vie, clock: TestClock) -> None:
    services, session = vie
    for _ in range(3):
        clock.day += timedelta(days=1)
        _make(services)
    kept = session.vault.folder / "remplaces" / "2026-11-01-080000"
    kept.mkdir(parents=True)
    assert not services.sauvegardes.due()
    _erase(session)
    assert services.sauvegardes.due()
    clock.day += timedelta(days=1)
    _make(services)
    assert _moments(services.sauvegardes.own_folder, session) == ["11-27"]
    assert not kept.exists()
    assert not services.sauvegardes.due()


def test_a_place_that_could_not_keep_a_backup_is_refused(vie: Vie, tmp_path: Path) -> None:
    services, session = vie
    for place, code in (
        (tmp_path / "absent", "dossier_introuvable"),
        (session.vault.folder, "sauvegarde_dans_le_coffre"),
        (session.vault.folder / "sauvegardes", "sauvegarde_dans_le_coffre"),
    ):
        with pytest.raises(UserError) as refused:
            services.sauvegardes.choisir(place)
        assert refused.value.code == code
    assert services.sauvegardes.dossier() is None
    place = tmp_path / "la"
    place.mkdir()
    services.sauvegardes.choisir(place)
    assert services.sauvegardes.etat().la
    services.sauvegardes.choisir(None)
    assert services.sauvegardes.etat().dossier is None
