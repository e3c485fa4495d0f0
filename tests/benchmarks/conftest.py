"""Ten years of fictitious dossiers, made once for all benchmarks, and the window over them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iscg_desktop.reference.turns import at_once
from iscg_desktop.services import coffre
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.demo.demo import demo_passphrase, make_demo
from iscg_desktop.services.services import Services
from iscg_desktop.services.territoires import reading_ahead
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.garbage import GarbageCollector, leave_alone, look_again
from iscg_desktop.ui.mnemonics import Mnemonics
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.theme import Theme

TODAY = date(2026, 11, 27)
_READY = "ISCG_DIX_ANS"
"""Names a coffre made by `python -m iscg_desktop demo … --dossiers 4000`, to be copied rather than made again."""


@pytest.fixture(scope="session")
def ten_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A coffre of 4 000 dossiers, some 9 000 entretiens."""
    folder = tmp_path_factory.mktemp("dix_ans")
    if _READY in os.environ:
        return Path(shutil.copytree(os.environ[_READY], folder / "coffre"))
    return make_demo(folder, number=4000, seed=1, today=TODAY, progress=lambda *_: None).coffre


@pytest.fixture
def services(ten_years: Path) -> Iterator[Services]:
    """Services over the ten years."""
    key = coffre.unlock(ten_years, demo_passphrase(1))
    session = coffre.open_session(ten_years, key, clock=Clock(today=lambda: TODAY))
    yield Services(session)
    session.vault.close()


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The application as the program makes it, its look and its collector: a good part of the time goes there."""
    Mnemonics(qapp)
    GarbageCollector(qapp)
    at_once(reading_ahead())  # as at the gate
    return Theme(qapp, "clair")


@pytest.fixture
def desk(services: Services, theme: Theme) -> Iterator[Desk]:
    """The window over the ten years, its day's page shown."""
    tasks = TaskRunner()
    made = Desk(services, tasks)
    made.all_made.connect(leave_alone)
    made.show()
    QTest.qWait(2000)  # what the program prepares once, off the window's thread or while nothing happens
    yield made
    made.close()
    tasks.close()
    look_again()
    QTest.qWait(1000)  # the window goes away now, not under the next benchmark
