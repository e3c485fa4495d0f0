"""When the colours change, dresses what is out of sight a little later, a few widgets a turn.

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
    """Leaves what is out of sight as it is while the application is dressed, and dresses it afterwards.

    Args:
        app: The application.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._waiting: dict[QWidget, None] = {}
        self._timer = OneATurn(self, self._on_timeout)

    @contextmanager
    def sparing(self) -> Iterator[None]:
        """Dress the application in this block; what is out of sight is dressed in the turns that follow."""
        self._waiting = dict.fromkeys(
            widget
            for window in self._app.topLevelWidgets()
            if isinstance(window, HasPages)
            for widget in window.findChildren(QWidget)
            if not widget.isVisible() or widget.visibleRegion().isEmpty()
        )
        for widget in self._waiting:
            # To Qt, one never dressed and one with a style of its own: it leaves both alone.
            widget.setAttribute(Qt.WidgetAttribute.WA_WState_Polished, False)
            widget.setAttribute(Qt.WidgetAttribute.WA_SetStyle)
        yield
        icons.tint_again(widget for widget in self._app.allWidgets() if widget not in self._waiting)
        if self._waiting:
            self._timer.start()

    def finish(self, page: QWidget) -> None:
        """Dress a page now: it comes into sight."""
        if self._waiting:
            for widget in (page, *page.findChildren(QWidget)):
                if widget in self._waiting:
                    del self._waiting[widget]
                    self._dress(widget)

    def _on_timeout(self) -> None:
        for widget in list(islice(self._waiting, _AT_ONCE)):
            del self._waiting[widget]
            if shiboken6.isValid(widget):
                self._dress(widget)
        if not self._waiting:
            self._timer.stop()

    def _dress(self, widget: QWidget) -> None:
        widget.setAttribute(Qt.WidgetAttribute.WA_SetStyle, False)
        self._app.style().polish(widget)
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_Polished)
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
        icons.tint_again((widget,))
        widget.update()
