"""The check of a large coffre goes on beside the window; what was left for its end follows in a turn of its own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from iscg_desktop.services import coffre
from iscg_desktop.services.services import Services
from iscg_desktop.storage import vault
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.verification import Verification
from tests.attente import wait_for
from tests.vie import TODAY, TestClock, draft, open_services


def test_the_journal_is_thinned_after_it_passed_in_a_turn_of_its_own(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, session = open_services(tmp_path)
    services.entretiens.record(draft())
    session.vault.close()
    monkeypatch.setattr(vault, "_CHECKED_AT_ONCE", 0)
    clock = TestClock(TODAY + timedelta(days=800)).clock
    later = coffre.open_session(session.vault.folder, session.vault.key, clock=clock, at_once=True)
    tasks, parent = TaskRunner(), QObject()
    with later.vault:
        verification = Verification(Services(later).coffre, tasks, parent)
        with qtbot.waitSignal(verification.passed):
            verification.start()
        kept = [(line.action, line.objet) for line in later.read.journal.entries()]
        assert kept[0] == ("ouverture", "coffre")
        assert len(kept) > 1  # in the turn of the check she waits for nothing more
        wait_for(lambda: len(later.read.journal.entries()) == 1)
        assert later.read.journal.verify() is None
    tasks.close()
