"""Dresses a page that was made ahead while nothing happens, so that its first showing takes half as long."""

from __future__ import annotations

from itertools import islice

import shiboken6
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.ui.main_window import MainWindow
from iscg_desktop.ui.one_a_turn import OneATurn

_LONG = ("dossier",)
_AT_ONCE = 60  # widgets a turn: some 10 ms


class Polishing(QObject):
    """Gives the widgets of the pages of the bar, and of a dossier, their style, a few a turn.

    The other inner pages, less often seen, wait.

    Args:
        window: Whose pages they are.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: dict[QWidget, None] = {}
        self._turn = OneATurn(self, self._on_turn)
        window.page_made.connect(self._on_page_made)

    @Slot(str, object)
    def _on_page_made(self, key: str, page: QWidget) -> None:
        if self._window.place_of(key) == key or key in _LONG:
            self._waiting.update(dict.fromkeys((page, *page.findChildren(QWidget))))
            self._turn.start()

    def _on_turn(self) -> None:
        for widget in list(islice(self._waiting, _AT_ONCE)):
            del self._waiting[widget]
            if shiboken6.isValid(widget):
                widget.ensurePolished()
        if not self._waiting:
            self._turn.stop()
