"""A page of sections: their list on the left, one of them on the right, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.tokens import BAR, BAR_COLLAPSED
from iscg_desktop.ui.widgets.labels import Title
from iscg_desktop.ui.widgets.nav_button import NavButton

_BREAK = 760  # pixels under which the sections are icons


class SectionsPage(QWidget):
    """The sections on the left, one of them on the right.

    Keys: Ctrl+↑ and Ctrl+↓ go from section to section.

    Args:
        title: Name of the page.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self._discreet = False
        self._wanted = ""
        self._told: dict[Section, bool] = {}
        self._drawn = QTimer(self, singleShot=True, interval=0)
        self._drawn.timeout.connect(self._on_drawn)
        self._makers: dict[str, Callable[[], Section]] = {}
        self._sections: dict[str, Section] = {}
        self._buttons: dict[str, NavButton] = {}
        self._stack = QStackedWidget()
        self._title = Title(title)
        self._list = QFrame()
        self._list.setObjectName("bar")
        self._column = QVBoxLayout(self._list)
        self._build()
        for keys, step in (("Ctrl+Down", 1), ("Ctrl+Up", -1)):
            QShortcut(QKeySequence(keys), self, lambda step=step: self._go(step))

    def activated(self) -> None:
        """Read again what is in force, once the page itself is drawn."""
        self.section(self.current())
        self._drawn.start()

    @Slot()
    def _on_drawn(self) -> None:
        self.show_section(self.current())

    def current(self) -> str:
        """Key of the section shown, or about to be; the first until another is chosen."""
        if self._wanted:
            return self._wanted
        shown = self._stack.currentWidget()
        return next((key for key, each in self._sections.items() if each is shown), next(iter(self._makers)))

    def section(self, key: str) -> Section:
        """The section of a key, made now if it was not."""
        if key not in self._sections:
            made = self._sections[key] = self._makers[key]()
            self._stack.addWidget(made)
            self._told[made] = False
        self._tell(self._sections[key])
        return self._sections[key]

    def show_section(self, key: str) -> None:
        """Show a section and let it read again what it shows."""
        self._wanted = ""
        section = self.section(key)
        self._stack.setCurrentWidget(section)
        self._check(key)
        section.reload()
        if self._discreet:
            section.set_discreet(True)  # the fields it just made too

    def resume(self, cle: str) -> None:
        """Go on with the draft « page:section », or « page:section:form »."""
        _, key, *form = cle.split(":")
        self.show_section(key)
        if form:
            self.section(key).resume(cle)

    def set_discreet(self, discreet: bool) -> None:
        """Blank what names someone: in the section shown at once, in the others when they are asked for."""
        self._discreet = discreet
        shown = self._stack.currentWidget()
        if isinstance(shown, Section):
            self._tell(shown)

    def _tell(self, section: Section) -> None:
        if self._told[section] != self._discreet:
            self._told[section] = self._discreet
            section.set_discreet(self._discreet)

    def keep_now(self) -> bool:
        """Whether what is half-typed is on the disk."""
        kept = [
            section.keep_now() for section in self._sections.values()
        ]  # each of them, whatever the others say
        return all(kept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        collapsed = self.width() < _BREAK
        self._list.setFixedWidth(BAR_COLLAPSED if collapsed else BAR)
        self._title.setVisible(not collapsed)
        for button in self._buttons.values():
            button.set_collapsed(collapsed)

    def _build(self) -> None:
        self._column.setContentsMargins(10, 22, 10, 12)
        self._column.setSpacing(2)
        self._title.setContentsMargins(6, 0, 0, 12)
        self._column.addWidget(self._title)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(self._stack, 1)

    def _add(self, key: str, label: str, icon: str, make: Callable[[], Section]) -> None:
        button = NavButton(label, icon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setProperty("section", key)
        button.clicked.connect(self._on_button_clicked)
        self._makers[key], self._buttons[key] = make, button
        self._column.addWidget(button)

    def _check(self, key: str) -> None:
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def _choose(self, key: str) -> None:
        """Make the section of a key now and show it in the next turn of the window, which is held by neither."""
        self._wanted = key
        self._check(key)
        self.section(key)
        self._drawn.start()

    def _go(self, step: int) -> None:
        keys = list(self._makers)
        self._choose(keys[(keys.index(self.current()) + step) % len(keys)])
        self._buttons[self.current()].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_button_clicked(self) -> None:
        self._choose(self.sender().property("section"))
