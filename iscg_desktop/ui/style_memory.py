"""Forgets what Qt worked out to draw each widget, once a page was made or shown: a third of the program's memory."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from iscg_desktop.platform.freed import give_back
from iscg_desktop.ui.main_window import MainWindow

REST = 250
"""Milliseconds after a page was made or shown."""


class StyleMemory(QObject):
    """Has the style forget the rules of every widget, in sight or not, while nothing happens.

    Under a style sheet Qt keeps for each part of each widget a table with room for 48 states, eight kilobytes of it
    (6.11), until the widget goes. What is in sight is worked out again when it is drawn next, in some milliseconds;
    the rest when it is shown.

    Args:
        window: Whose pages are made and shown.

    Signals:
        forgotten: It is done.
    """

    forgotten = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._timer = QTimer(self, singleShot=True, interval=REST)
        self._timer.timeout.connect(self.forget)
        window.page_made.connect(self._on_page)
        window.page_shown.connect(self._on_page)

    @Slot()
    def _on_page(self) -> None:
        if not self._timer.isActive():  # not put off by each of the pages that are made at rest
            self._timer.start()

    @Slot()
    def forget(self) -> None:
        """Forget it now, and give the memory back. The colours and letters that widgets were given stay."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.style().unpolish(app)
        give_back()
        self.forgotten.emit()
