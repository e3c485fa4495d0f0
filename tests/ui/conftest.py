"""A dressed application for every test of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.ui.garbage import GarbageCollector
from iscg_desktop.ui.mnemonics import Mnemonics
from iscg_desktop.ui.program import Program
from iscg_desktop.ui.theme import Theme


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The theme of the session; light unless a test chooses otherwise."""
    Mnemonics(qapp)
    return Theme(qapp, "clair")


@pytest.fixture(scope="session")
def garbage(qapp: QApplication) -> GarbageCollector:
    """As in the program: no worker collects a widget."""
    return GarbageCollector(qapp)


@pytest.fixture(autouse=True)
def dressed(theme: Theme, garbage: GarbageCollector) -> Iterator[None]:
    """Every test begins and ends in the light, and leaves what it made to be collected."""
    yield
    theme.choose("clair")
    garbage.collect()


@pytest.fixture
def gate(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    """The program at its gate, where nothing lies yet."""
    program = Program(qapp, tmp_path / "habituel" / "coffre")
    program.show_gate()
    yield program
    program.lock()
    if program._gate is not None:
        program._gate.close()
    program._on_about_to_quit()
    qapp.aboutToQuit.disconnect(program._on_about_to_quit)
    program.deleteLater()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform grumbles each time a window with a least size is shown; nothing else may."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True))


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[..., QWidget]:
    """Show widgets in a window of their own, under each other; the first has the focus."""
    windows = []  # pytest-qt holds weak references only

    def show(*widgets: QWidget, width: int = 640, height: int = 480) -> QWidget:
        window = QWidget()
        qtbot.addWidget(window)
        windows.append(window)
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch()
        window.resize(width, height)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        widgets[0].setFocus()
        return window

    return show
