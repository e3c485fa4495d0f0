"""Help from anywhere: F1 opens the chapter of what went wrong here, else that of the page; F2 the emergency numbers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

URGENCES = "urgences"
"""Chapter of the emergency numbers."""


class HelpKeys(QObject):
    """The keys of the help in one window.

    A widget that says what went wrong has an attribute ``aide``: a reference « chapter#heading », or "".

    Args:
        window: Where F1 and F2 answer.
        here: Tells the page that is shown and the reference of its chapter.

    Signals:
        asked: A reference of the guide.
    """

    asked = Signal(str)

    def __init__(self, window: QWidget, here: Callable[[], tuple[QWidget | None, str]]) -> None:
        super().__init__(window)
        self._window, self._here = window, here
        QShortcut(QKeySequence("F1"), window, self._on_help)
        QShortcut(QKeySequence("F2"), window, self._on_numbers)

    @Slot()
    def _on_help(self) -> None:
        page, chapter = self._here()
        self.asked.emit(_wrong(page) or _aide(self._window) or chapter)

    @Slot()
    def _on_numbers(self) -> None:
        self.asked.emit(URGENCES)


def ask_help(widget: QWidget, renvoi: str) -> None:
    """Open the guide of the window of a widget; does nothing where the window has none."""
    holder: QWidget | None = widget.window()
    while holder is not None:
        keys = holder.findChild(HelpKeys)
        if keys is not None:
            keys.asked.emit(renvoi)
            return
        parent = holder.parentWidget()
        holder = parent.window() if parent is not None else None


def _wrong(page: QWidget | None) -> str:
    """Reference of what went wrong where she is, else of the first thing that did on the page; "" when nothing did."""
    widget = QApplication.focusWidget()
    while widget is not None and widget is not page:
        if renvoi := _aide(widget):
            return renvoi
        widget = widget.parentWidget()
    said = page.findChildren(QWidget) if page is not None else []
    return next((renvoi for each in said if (renvoi := _aide(each)) and each.isVisible()), "")


def _aide(widget: QWidget) -> str:
    return str(getattr(widget, "aide", ""))
