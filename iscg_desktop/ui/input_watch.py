"""Lets an object see what comes from keyboard, mouse and touch where it enters the program: at its windows."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QWindow


class InputWatch(QObject):
    """Installs an event filter on every window that gets the keyboard.

    A filter on the application would be asked about each event of each widget, a thousand of them for a page that
    opens: measured, a fifth of the time it takes.

    Args:
        app: The application.
        watcher: Its ``eventFilter`` is asked about the events of the windows, before any widget.
    """

    def __init__(self, app: QGuiApplication, watcher: QObject) -> None:
        super().__init__(watcher)
        self._app, self._watcher = app, watcher
        self.look_again()
        app.focusWindowChanged.connect(self._attach)

    def look_again(self) -> None:
        """Watch every window there is now, one that never had the keyboard too."""
        for window in self._app.allWindows():
            self._attach(window)

    def _attach(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self._watcher)  # a second time changes nothing
