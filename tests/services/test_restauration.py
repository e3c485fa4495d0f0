"""Restoring as she does it: what the backup holds is told first, and nothing is lost for having restored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.services import restauration
from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.backup import write_backup
from iscg_desktop.storage.connection import Connection
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.rotation import Rotation
from tests.coffres import PASSPHRASE, make_coffre
from tests.vie import TestClock, draft, open_services

pytestmark = pytest.mark.exigence("S13")
NEW = "Une phrase toute neuve pour des clés neuves"


def _refusal(call: Callable[[], object]) -> str:
    with pytest.raises(UserError) as refused:
        call()
    return refused.value.code


def _numero(session: Session, dossier_id: int) -> str:
    return str(session.vault.execute("SELECT numero FROM dossiers WHERE id = ?", (dossier_id,)).scalar())


@pytest.fixture
def backup(tmp_path: Path, clock: TestClock) -> Path:
    """A backup of two dossiers; the coffre went on to a third, and is closed."""
    services, session = open_services(tmp_path, clock)
    for _ in range(2):
        services.entretiens.record(draft())
    path = tmp_path / "cle"
    path.mkdir()
    services.sauvegardes.record(services.sauvegardes.travail(path).run())
    services.entretiens.record(draft())
    session.vault.close()
    return next(path.glob("*.coffre"))


def test_the_preview_says_what_the_backup_holds_and_writes_nothing(backup: Path, tmp_path: Path) -> None:
    names = sorted(tmp_path.rglob("*"))
    apercu = restauration.ouvrir(backup, PASSPHRASE)
    assert (apercu.dossiers, apercu.entretiens) == (2, 2)
    assert f"{apercu.faite_le:%Y-%m-%d}" == "2026-11-23"
    assert "key" not in repr(apercu)
    assert sorted(tmp_path.rglob("*")) == names


def test_a_backup_of_a_later_version_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    _, session = open_services(tmp_path)
    vault = session.vault
    vault.close()
    connection = Connection(vault.folder / vault.header.database, vault.key.dbk)
    connection.execute("PRAGMA user_version = 999")
    made = write_backup(connection, vault.header, vault.key, tmp_path, session.clock.now())
    connection.close()
    assert _refusal(lambda: restauration.ouvrir(made.path, PASSPHRASE)) == "sauvegarde_plus_recente"


def test_the_restored_coffre_goes_on_with_the_numbers_of_the_one_it_replaces(
    backup: Path, tmp_path: Path, clock: TestClock
) -> None:
    done = restauration.restaurer(
        restauration.ouvrir(backup, PASSPHRASE), tmp_path / "coffre", clock=clock.clock
    )
    assert done.reprise
    assert done.garde is not None
    session = open_session(tmp_path / "coffre", done.key, clock=clock.clock)
    try:
        services = Services(session)
        assert _numero(session, services.entretiens.record(draft()).dossier_id) == "2026-0004"
    finally:
        session.vault.close()
    old = open_session(done.garde, done.key, clock=clock.clock)
    assert old.read.dossiers is not None
    assert old.vault.execute("SELECT count(*) FROM dossiers").scalar() == 3
    old.vault.close()


def test_without_the_old_coffre_past_quarters_are_counted_no_more(
    backup: Path, tmp_path: Path, clock: TestClock
) -> None:
    """They may have been handed over from it: counted twice, the difference would name someone."""
    for name in ("header.a", "header.b"):
        (tmp_path / "coffre" / name).write_bytes(b"abime")
    clock.day = date(2027, 2, 1)
    done = restauration.restaurer(
        restauration.ouvrir(backup, PASSPHRASE), tmp_path / "coffre", clock=clock.clock
    )
    assert not done.reprise
    session = open_session(tmp_path / "coffre", done.key, clock=clock.clock)
    try:
        services = Services(session)
        assert [each.periode.code for each in services.bilans.trimestres()] == ["2027-T1"]
        made = services.entretiens.record(draft(date=clock.day))
        assert _numero(session, made.dossier_id) == "2027-1001"
    finally:
        session.vault.close()


def test_after_new_keys_the_phrase_in_force_is_asked_for_too(
    backup: Path, tmp_path: Path, clock: TestClock
) -> None:
    folder = tmp_path / "coffre"
    apercu = restauration.ouvrir(backup, PASSPHRASE)
    session = open_session(folder, apercu.key, clock=clock.clock)
    rotation = Rotation(session.vault, NEW, KdfParameters.floor())
    rotation.prepare()
    rotation.commit(rotation.recovery_code.text)
    restore = restauration.restaurer
    assert _refusal(lambda: restore(apercu, folder, clock=clock.clock)) == "restauration_phrase_actuelle"
    assert _refusal(lambda: restore(apercu, folder, actuelle=PASSPHRASE, clock=clock.clock)) == (
        "phrase_de_passe_incorrecte"
    )
    assert restore(apercu, folder, actuelle=NEW, clock=clock.clock).reprise
    # It is now the coffre of the backup's keys.
    assert restauration.ouvrir(backup, PASSPHRASE).key.dbk == apercu.key.dbk
    open_session(folder, apercu.key, clock=clock.clock).vault.close()


def test_nobody_has_the_phrase_in_force_any_more(backup: Path, tmp_path: Path, clock: TestClock) -> None:
    folder = tmp_path / "coffre"
    apercu = restauration.ouvrir(backup, PASSPHRASE)
    session = open_session(folder, apercu.key, clock=clock.clock)
    rotation = Rotation(session.vault, NEW, KdfParameters.floor())
    rotation.prepare()
    rotation.commit(rotation.recovery_code.text)
    done = restauration.restaurer(apercu, folder, sans_reprise=True, clock=clock.clock)
    assert not done.reprise
    assert done.garde is not None
    assert (done.garde / "header.a").is_file()


def test_the_backup_of_another_coffre_does_not_take_the_place_of_this_one(
    backup: Path, tmp_path: Path, clock: TestClock
) -> None:
    other = make_coffre(tmp_path / "autre")
    apercu = restauration.ouvrir(backup, PASSPHRASE)
    assert (
        _refusal(lambda: restauration.restaurer(apercu, other.folder, clock=clock.clock))
        == "sauvegarde_autre_ici"
    )
    restauration.restaurer(apercu, tmp_path / "nouveau", clock=clock.clock)
    assert (tmp_path / "nouveau" / "header.b").is_file()


def test_a_coffre_in_use_is_not_replaced(backup: Path, tmp_path: Path, clock: TestClock) -> None:
    apercu = restauration.ouvrir(backup, PASSPHRASE)
    session = open_session(tmp_path / "coffre", apercu.key, clock=clock.clock)
    try:
        assert _refusal(lambda: restauration.restaurer(apercu, tmp_path / "coffre")) == "coffre_deja_ouvert"
    finally:
        session.vault.close()


def test_the_recovery_sheet_opens_a_backup_too(tmp_path: Path) -> None:
    coffre = make_coffre(tmp_path / "coffre")
    session = open_session(coffre.folder, coffre.key)
    services = Services(session)
    services.sauvegardes.travail().run()
    (made,) = services.sauvegardes.liste()()
    session.vault.close()
    assert restauration.ouvrir_avec_fiche(made.path, coffre.code).dossiers == 0
    assert _refusal(lambda: restauration.ouvrir_avec_fiche(made.path, "AAAA")) == "code_secours_longueur"


def test_whoever_was_erased_does_not_come_back(tmp_path: Path, clock: TestClock) -> None:
    services, session = open_services(tmp_path, clock)
    gone = services.entretiens.record(draft(elements_transmissibles="Canari de celle qui part.")).dossier_id
    services.entretiens.record(draft())
    stick = tmp_path / "cle"
    stick.mkdir()
    services.sauvegardes.record(services.sauvegardes.travail(stick).run())
    (backup,) = stick.glob("*.coffre")
    services.effacement.effacer_dossier(gone)
    session.vault.close()
    assert restauration.ouvrir(backup, PASSPHRASE).dossiers == 2
    done = restauration.restaurer(
        restauration.ouvrir(backup, PASSPHRASE), tmp_path / "coffre", clock=clock.clock
    )
    session = open_session(tmp_path / "coffre", done.key, clock=clock.clock)
    try:
        assert session.vault.execute("SELECT count(*) FROM dossiers").scalar() == 1
        words = session.vault.execute("SELECT elements_transmissibles FROM entretiens")
        assert not any("Canari" in row[0] for row in words)
        assert session.read.effacements.come_back() == ((), ())
        assert session.vault.check() == ()
    finally:
        session.vault.close()
