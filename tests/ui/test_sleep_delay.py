"""A machine about to sleep waits for the lock: what it waits on dies with the process that held the key (S37)."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import ClassInfo, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusUnixFileDescriptor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscg_desktop.errors import UserError
from iscg_desktop.ui.program import Program, _watch_session
from iscg_desktop.ui.sleep_delay import SleepDelay
from tests.ui.test_session_watch import MANAGER, Desktop, desktop
from tests.vie import open_services

pytestmark = pytest.mark.exigence("S37")
__all__ = ["desktop"]


@ClassInfo({"D-Bus Interface": "org.freedesktop.login1.Manager"})  # type: ignore[arg-type]
class FakeManager(QObject):
    """The part of logind that waits."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.watched = -1

    @Slot(str, str, str, str, result=QDBusUnixFileDescriptor)
    def Inhibit(self, what: str, _who: str, _why: str, mode: str) -> QDBusUnixFileDescriptor:
        self.asked.append(f"{what} {mode}")
        self.watched, given = os.pipe()
        answer = QDBusUnixFileDescriptor(given)
        os.close(given)
        return answer

    def is_waiting(self) -> bool:
        """Whether somebody still holds the other end."""
        return not select.select([self.watched], [], [], 0)[0]


@pytest.fixture
def manager(desktop: Desktop) -> Iterator[FakeManager]:
    made = FakeManager()
    assert desktop.bus.registerObject(MANAGER, made, QDBusConnection.RegisterOption.ExportAllSlots)
    yield made
    os.close(made.watched)


def test_the_machine_waits_while_a_coffre_is_open_and_not_after(
    desktop: Desktop, manager: FakeManager, qtbot: QtBot
) -> None:
    delay = SleepDelay(desktop.listener)
    delay.hold()
    delay.hold()
    qtbot.waitUntil(lambda: delay.is_held, timeout=20_000)
    assert manager.asked == ["sleep delay"]
    assert manager.is_waiting()
    assert delay._held is not None
    assert not os.get_inheritable(
        delay._held.fileDescriptor()
    )  # it ends with the process that a lock replaces
    delay.release()
    qtbot.waitUntil(lambda: not manager.is_waiting(), timeout=20_000)


def test_a_system_that_does_not_wait_is_no_harm(desktop: Desktop, qtbot: QtBot) -> None:
    for bus in (desktop.listener, QDBusConnection("nulle part")):
        delay = SleepDelay(bus)
        delay.hold()
        qtbot.waitUntil(lambda delay=delay: not delay._wanted, timeout=20_000)
        assert not delay.is_held


def test_the_program_asks_for_it_when_a_coffre_opens(
    desktop: Desktop, manager: FakeManager, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    program = Program(qapp, tmp_path / "coffre")
    session = _watch_session(qapp, program)
    session._delay = SleepDelay(desktop.listener)
    _, opened = open_services(tmp_path)
    program._on_unlocked(opened)
    qtbot.waitUntil(lambda: session._delay.is_held, timeout=20_000)
    assert manager.is_waiting()
    program._on_damaged(UserError("coffre_abime"))
    qtbot.waitUntil(lambda: not manager.is_waiting(), timeout=20_000)
    program._gate.close()
    program._tasks.close()
