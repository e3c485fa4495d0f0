"""Takes every window off the screen, and out of what assistive programs read."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

_MOMENT = 2  # ms: a program that waits, however little, first sends the screen all it has for it


def hide_all() -> None:
    """Hide every window, and wait until the screen has been told: the disk may take its time afterwards."""
    for window in _windows():
        window.hide()
    QToolTip.hideText()
    told = QEventLoop()
    QTimer.singleShot(_MOMENT, told.quit)
    told.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def empty_screen() -> None:
    """Hide every window at once; then leave nothing of them that could be read aloud.

    A window comes back when it is shown again.
    """
    hide_all()
    for window in _windows():
        window.destroy()  # the window of the system alone: a hidden one is still told of


def _windows() -> list[QWidget]:
    return [each for each in QApplication.topLevelWidgets() if each.windowHandle() is not None]
