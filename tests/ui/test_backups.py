"""The backups that come by themselves: at the lock when that is quick, else when the coffre opens again."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from iscg_desktop.services.services import Services
from iscg_desktop.storage.backup import list_backups, verify_backup
from iscg_desktop.ui import backups
from iscg_desktop.ui.backups import BackupKeeper
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.tasks import TaskRunner
from tests.coffres import Coffre
from tests.usage import opened
from tests.vie import draft, open_services

pytestmark = pytest.mark.exigence("S13")


@pytest.fixture
def tasks(qtbot: QtBot) -> TaskRunner:
    return TaskRunner()


def _lock(services: Services, tasks: TaskRunner) -> None:
    BackupKeeper(services.sauvegardes, ChangesHub(), tasks).close(coming_back=True)
    services.coffre.lock()


def test_a_lock_makes_the_last_one_of_a_small_coffre(tmp_path: Path, tasks: TaskRunner) -> None:
    services, session = open_services(tmp_path)
    services.entretiens.record(draft())
    _lock(services, tasks)
    (made,) = list_backups(services.sauvegardes.own_folder, session.vault.key.vault_id)
    assert verify_backup(made.path, session.vault.key).entretiens == 1


def test_what_a_lock_had_no_time_for_is_made_when_the_coffre_opens_again(
    tmp_path: Path, qtbot: QtBot, tasks: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_LAST_SIZE", 0)  # a large coffre
    monkeypatch.setattr(backups, "_SOON", 10)
    monkeypatch.setattr(backups, "_PAUSE", 0.0)
    services, session = open_services(tmp_path)
    services.entretiens.record(draft())
    _lock(services, tasks)
    assert not services.sauvegardes.own_folder.exists() or not list(services.sauvegardes.own_folder.iterdir())
    services = opened(Coffre(session.vault.folder, session.vault.key, ""))
    keeper = BackupKeeper(services.sauvegardes, ChangesHub(), tasks)
    with qtbot.waitSignal(keeper.made, timeout=10_000):
        keeper.begin()
    (made,) = list_backups(services.sauvegardes.own_folder, session.vault.key.vault_id)
    assert verify_backup(made.path, session.vault.key).entretiens == 1
    keeper.close(coming_back=False)
    services.coffre.lock()
    tasks.close()
