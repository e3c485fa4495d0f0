"""The window before a coffre is open: one page at a time, the guide over it when she asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from iscg_desktop.ui.application import NAME
from iscg_desktop.ui.helping import HelpKeys
from iscg_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from iscg_desktop.ui.pages.aide import AidePage

_CHAPTERS = {
    "AssistantPage": "premiers-pas",
    "DemoPage": "demonstration",
    "ConsolidationPage": "bilan",
}
"""Chapter of each page of the gate; that of the passphrase for the others."""


class Gate(QMainWindow):
    """Shows one page; what was typed in it waits under the guide.

    Args:
        tasks: For the guide.

    Signals:
        demo_requested: The guide was asked for a demonstration.
    """

    demo_requested = Signal()

    def __init__(self, tasks: TaskRunner) -> None:
        super().__init__()
        self.setWindowTitle(NAME)
        self.resize(1280, 800)
        self._tasks = tasks
        self.help: AidePage | None = None
        self._before: QWidget | None = None
        HelpKeys(self, self._here).asked.connect(self.open_help)
        QShortcut(QKeySequence("Ctrl+F"), self, self._on_find)

    def show_page(self, page: QWidget) -> None:
        """Show a page; the one before is deleted with all that was typed in it."""
        self.close_help()
        self.setCentralWidget(page)

    @Slot(str)
    def open_help(self, renvoi: str) -> None:
        """Read a passage of the guide over the page."""
        if self.help is None:
            from iscg_desktop.ui.pages.aide import (
                AidePage,
            )  # seldom needed: the passphrase is asked for sooner

            self.help = AidePage(self._tasks, demonstration=True, parent=self)
            self.help.demo_requested.connect(self.demo_requested)
            self.help.left.connect(self.close_help)
        if self.help.isHidden():
            self._before = QApplication.focusWidget()
            self.centralWidget().setEnabled(False)  # no key goes to what is not seen
            self.help.setGeometry(self.rect())
            self.help.show()
            self.help.raise_()
        self.help.offer_back(True)
        self.help.read_help(renvoi)

    @Slot()
    def close_help(self) -> None:
        """Go back to the page, where she was."""
        if self.help is None or self.help.isHidden():
            return
        self.help.hide()
        self.centralWidget().setEnabled(True)
        if self._before is not None and self.centralWidget().isAncestorOf(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.help is not None:
            self.help.setGeometry(self.rect())

    def _here(self) -> tuple[QWidget | None, str]:
        page = self.centralWidget()
        if self.help is not None and not self.help.isHidden():
            return None, self.help.reader.cle
        return page, _CHAPTERS.get(type(page).__name__, "phrase")

    @Slot()
    def _on_find(self) -> None:
        if self.help is not None and not self.help.isHidden():
            self.help.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.help.search.selectAll()
