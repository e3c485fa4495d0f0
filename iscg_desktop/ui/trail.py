"""The trail of pages that led to the one shown, so that leaving it goes back the same way."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from iscg_desktop.ui.main_window import MainWindow


class Trail(QObject):
    """Goes to inner pages and back from them; a page of the bar begins a new trail.

    Args:
        window: Whose pages they are.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._path: list[str] = []
        window.page_shown.connect(self._on_page_shown)

    def go(self, key: str) -> None:
        """Show a page, remembering the one she was on."""
        current = self._window.current_page()
        if current is not None and current != key:
            self._path.append(current)
        self._window.show_page(key)

    def back(self, key: str) -> None:
        """Leave a page for the one it was reached from, else for its place in the bar; nothing when it is not shown."""
        if self._window.current_page() != key:
            return
        before = [page for page in self._path if page != key]
        self._path = before[:-1]
        self._window.show_page(before[-1] if before else self._window.place_of(key))

    def aside(self, key: str) -> None:
        """Show a page of the bar for a while: leaving it goes back, and the way that led there is kept."""
        current = self._window.current_page()
        path = self._path if current in (None, key) else [*self._path, current]
        self._window.show_page(key)  # which begins a new trail
        self._path = [page for page in path if page is not None]

    def come_from(self, key: str) -> None:
        """Have the page shown lead back to another one than it was reached from."""
        self._path[-1:] = [key]

    @Slot(str)
    def _on_page_shown(self, key: str) -> None:
        if self._window.place_of(key) == key:
            self._path.clear()
