"""When the colours change, dresses what is in sight in the next turn and the rest a little later, a few widgets a turn.

Qt dresses every widget there is in one go: with all pages made, half a second in which no key is answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from iscg_desktop.ui import icons
from iscg_desktop.ui.one_a_turn import OneATurn

_AT_ONCE = 80  # widgets a turn: some 10 ms


@runtime_checkable
class HasPages(Protocol):
    """A window of which only one page is in sight."""

    def made_pages(self) -> Iterable[QWidget]:
        """Its pages; whoever shows one has it dressed by ``finish`` first."""


class LateDressing(QObject):
    """Leaves every widget as it is while the application is dressed: then those in sight, then the others, by turns.

    Args:
        app: The application.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._waiting: dict[QWidget, None] = {}
        self._held: list[QWidget] = []
        self._timer = OneATurn(self, self._on_timeout)

    @contextmanager
    def sparing(self) -> Iterator[None]:
        """Dress the application in this block, and its widgets in the turns that follow: those in sight in the next.

        Qt would undress each of those in sight and dress it again, and tell all those under it each time: 80 ms for the
        day's page of 160 widgets, where one by one they take 20.
        """
        self._held = [window for window in self._app.topLevelWidgets() if isinstance(window, HasPages)]
        self._waiting = dict.fromkeys(
            widget for window in self._held for widget in (window, *window.findChildren(QWidget))
        )
        for widget in self._waiting:
            # To Qt, one never dressed and one with a style of its own: it leaves both alone.
            widget.setAttribute(Qt.WidgetAttribute.WA_WState_Polished, False)
            widget.setAttribute(Qt.WidgetAttribute.WA_SetStyle)
        for window in self._held:
            window.setUpdatesEnabled(False)  # nothing is seen half dressed
        yield
        icons.tint_again(widget for widget in self._app.allWidgets() if widget not in self._waiting)
        if self._waiting:
            self._timer.start()

    def finish(self, page: QWidget) -> None:
        """Dress a page now, and what it stands in: it comes into sight."""
        if self._held:
            self._show_again()
        if self._waiting:
            self._dress(each for each in (page, *page.findChildren(QWidget)) if each in self._waiting)

    def _on_timeout(self) -> None:
        if self._held:
            self._show_again()
        else:
            self._dress(list(islice(self._waiting, _AT_ONCE)))
        if not self._waiting:
            self._timer.stop()

    def _show_again(self) -> None:
        held, self._held = [window for window in self._held if shiboken6.isValid(window)], []
        for window in held:
            self._dress(
                widget
                for widget in (window, *window.findChildren(QWidget))
                if widget in self._waiting and widget.isVisible() and not widget.visibleRegion().isEmpty()
            )
            window.setUpdatesEnabled(True)

    def _dress(self, widgets: Iterable[QWidget]) -> None:
        for widget in widgets:
            del self._waiting[widget]
            if not shiboken6.isValid(widget):
                continue
            widget.setAttribute(Qt.WidgetAttribute.WA_SetStyle, False)
            self._app.style().polish(widget)
            widget.setAttribute(Qt.WidgetAttribute.WA_WState_Polished)
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
            icons.tint_again((widget,))
            widget.update()
