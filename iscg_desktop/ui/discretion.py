"""The discreet mode over the pages: the one in sight at once, each of the others in a turn of its own."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.ui.main_window import MainWindow
from iscg_desktop.ui.one_a_turn import OneATurn
from iscg_desktop.ui.widgets.search_field import SearchField


class Discretion(QObject):
    """Tells the pages made so far, and those to come, whether names and her words are hidden.

    A page reads again what it shows when it is told. Thirty of them at once would hold the window for a quarter of a
    second; one that is not told yet is told before it comes into sight.

    Args:
        window: Whose pages they are.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: list[QWidget] = []
        self._turn = OneATurn(self, self._on_turn)
        window.discreet_changed.connect(self._on_discreet_changed)
        window.page_made.connect(self._on_page_made)
        window.page_coming.connect(self._on_page_coming)

    @Slot(bool)
    def _on_discreet_changed(self) -> None:
        shown = self._window.shown_page()
        self._waiting = [page for page in self._window.made_pages() if page is not shown]
        if shown is not None:
            self._tell(shown)
        self._turn.start()

    @Slot(str, object)
    def _on_page_made(self, _key: str, page: QWidget) -> None:
        if self._window.discreet:
            self._tell(page)

    @Slot(object)
    def _on_page_coming(self, page: QWidget) -> None:
        if page in self._waiting:
            self._waiting.remove(page)
            self._tell(page)

    def _on_turn(self) -> None:
        if self._waiting:
            self._tell(self._waiting.pop())
        else:
            self._turn.stop()

    def _tell(self, page: QWidget) -> None:
        """Have a page and its fields of search say nobody's name, or all again."""
        if hasattr(page, "set_discreet"):
            page.set_discreet(self._window.discreet)
        for field in page.findChildren(SearchField):
            field.set_discreet(self._window.discreet)
