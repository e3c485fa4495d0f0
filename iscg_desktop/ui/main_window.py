"""The window: a bar of pages on the left, the page on the right; it only navigates."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from iscg_desktop.ui.application import NAME
from iscg_desktop.ui.coming import Coming
from iscg_desktop.ui.theme import Theme
from iscg_desktop.ui.tokens import BAR, BAR_COLLAPSED, BREAK
from iscg_desktop.ui.widgets.help_link import HelpLink
from iscg_desktop.ui.widgets.icon_label import IconLabel
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.nav_button import NavButton
from iscg_desktop.ui.widgets.search_field import SearchField

_SAID_FOR = 8_000  # ms
_STATUS_ICONS = {"good": "circle-check", "warn": "triangle-alert", "alert": "circle-alert"}


@runtime_checkable
class Page(Protocol):
    """What the window knows of a page.

    Attributes:
        title: Its name; never the name of a person.
    """

    title: str

    def activated(self) -> None:
        """Called each time the page is shown: read again what it shows."""


class MainWindow(QMainWindow):
    """Shows one page at a time.

    Keys: ``Alt+1`` to ``Alt+9`` for the pages, ``Ctrl+K`` to search everything, ``Ctrl+F`` to search what the page
    lists, ``F9`` for the discreet mode, ``F12`` for the veil, ``Ctrl+L`` to lock. The title of the window never says
    what is open.

    A page is made when it is first shown or asked for, or ahead of that by ``make_ahead``.

    Attributes:
        coming: How a page that takes long to make or to fill comes into sight.

    Signals:
        page_made: Key of a page that was just made, and the page.
        page_coming: A page that is about to be shown.
        page_shown: Key of the page.
        search_requested: Ctrl+K or Ctrl+F where the page has no such field of its own.
        discreet_changed: Whether names must be blanked.
        veil_requested: The button of the veil, or F12.
        lock_requested: The lock button, or Ctrl+L.
    """

    page_made = Signal(str, object)
    page_coming = Signal(object)
    page_shown = Signal(str)
    search_requested = Signal()
    discreet_changed = Signal(bool)
    veil_requested = Signal()
    lock_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(NAME)
        self.resize(1280, 800)
        self.setMinimumSize(480, 320)
        self._pages: dict[str, QWidget] = {}
        self._begun: dict[str, QWidget] = {}  # made, and not yet among the pages
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._buttons: dict[str, NavButton] = {}
        self._under: dict[str, str] = {}
        self.coming = Coming(self)
        self._stack = QStackedWidget()
        self._status = _Status()
        self._banner = InlineMessage("warn", dismissible=False)
        self._bar = QFrame()
        self._bar.setObjectName("bar")
        self._top, self._bottom = QVBoxLayout(), QVBoxLayout()
        self._discreet = NavButton(self.tr("Mode discret"), "eye", shortcut="F9")
        self._veil = NavButton(self.tr("Voile"), "eye-off", shortcut="F12", checkable=False)
        self._lock = NavButton(self.tr("Verrouiller"), "lock", shortcut="Ctrl+L", checkable=False)
        self._build()
        self._connect()

    def add_page(
        self,
        key: str,
        label: str,
        icon: str,
        make: Callable[[], QWidget],
        *,
        bottom: bool = False,
        shortcut: str = "",
    ) -> None:
        """Add a page to the bar.

        Args:
            key: Its name in the code.
            label: Its name in the bar.
            icon: Lucide name.
            make: Makes the page; ``Page.activated`` is called on it when it has one.
            bottom: At the foot of the bar, for what is seldom opened.
            shortcut: Key said in its tooltip where its place gives none; pressing it is the business of another.
        """
        place = len(self._buttons) + 1
        keys = f"Alt+{place}" if place <= 9 else ""
        button = NavButton(label, icon, shortcut=keys or shortcut)
        button.setAutoExclusive(False)
        button.clicked.connect(lambda: self.go_to(key))
        if keys:
            QShortcut(QKeySequence(keys), self, lambda: self.go_to(key))
        self._makers[key], self._buttons[key] = make, button
        (self._bottom if bottom else self._top).addWidget(button)
        button.set_collapsed(self._collapsed)

    def add_inner_page(self, key: str, make: Callable[[], QWidget], *, under: str) -> None:
        """Add a page that is reached from another one and has no place of its own in the bar.

        Args:
            key: Its name in the code.
            make: Makes the page.
            under: Key of the page that stays marked in the bar while this one is shown.
        """
        self._makers[key] = make
        self._under[key] = under

    def go_to(self, key: str) -> None:
        """Show a page of the bar; if it was not made yet, in turns of the window."""
        shown = partial(self.show_page, key)
        if key in self._pages:
            shown()
        else:
            self.coming.begin(key, partial(self.begin_page, key), partial(self.page, key), shown)

    def show_page(self, key: str) -> None:
        """Show a page and let it read again what it shows; raises ``KeyError`` for an unknown key."""
        page = self.page(key)
        self.page_coming.emit(page)
        if (theme := Theme.worn()) is not None:
            theme.finish(page)
        self._stack.setCurrentWidget(page)
        # The page itself, so that no ring is drawn and Tab goes to its first field; it may choose otherwise.
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        for name, button in self._buttons.items():
            button.setChecked(name == self.place_of(key))
        if isinstance(page, Page):
            page.activated()
        self.page_shown.emit(key)

    def current_page(self) -> str | None:
        """Key of the page shown."""
        shown = self._stack.currentWidget()
        return next((key for key, widget in self._pages.items() if widget is shown), None)

    def shown_page(self) -> QWidget | None:
        """The page shown."""
        key = self.current_page()
        return self._pages[key] if key is not None else None

    def page(self, key: str) -> QWidget:
        """The page of a key, made now if it was not; raises ``KeyError`` for an unknown key."""
        if key not in self._pages:
            self.begin_page(key)
            page = self._pages[key] = self._begun.pop(key)
            self._stack.addWidget(page)
            self.page_made.emit(key, page)
        return self._pages[key]

    def begin_page(self, key: str) -> None:
        """Do the first half of making a page, unless it was done: ``page``, in another turn, takes less then."""
        if key not in self._pages and key not in self._begun:
            self._begun[key] = self._makers[key]()

    def is_made(self, key: str) -> bool:
        """Whether a page was made."""
        return key in self._pages

    def lay_out(self, key: str) -> None:
        """Lay a page out and dress it before it is shown: to show and to draw it then takes half as long."""
        page = self.page(key)
        page.resize(self._stack.size())
        page.grab(QRect(0, 0, 1, 1))  # for a picture of one point Qt does it to all that is in the page

    def place_of(self, key: str) -> str:
        """Page of the bar that is marked while a page is shown: itself, for one of the bar."""
        return self._under.get(key, key)

    def made_pages(self) -> tuple[QWidget, ...]:
        """The pages that were made, in that order."""
        return tuple(self._pages.values())

    def stop(self) -> None:
        """Have nothing begin by itself any more, in the pages half made too."""
        for part in (self, *self._begun.values()):
            for timer in part.findChildren(QTimer):
                timer.stop()
                timer.blockSignals(True)  # a word coloured late starts its timer again

    def make_ahead(self) -> bool:
        """Make half a page more before it is asked for; False when all are there."""
        missing = next((key for key in self._makers if key not in self._pages), None)
        if missing is None:
            return False
        if missing in self._begun:
            self.page(missing)
        else:
            self.begin_page(missing)
        return True

    @property
    def discreet(self) -> bool:
        """Whether names must be blanked."""
        return self._discreet.isChecked()

    def set_discreet(self, discreet: bool) -> None:
        """Enter or leave the discreet mode."""
        if discreet != self.discreet:
            self._discreet.setChecked(discreet)

    def set_banner(self, text: str) -> None:
        """Say something above every page, for as long as the window is there."""
        self._banner.show_message("warn", text)

    def say(self, text: str, role: str = "good") -> None:
        """Say something at the foot of the window for a few seconds; "" takes it back."""
        self._status.say(text, role)

    @property
    def aide(self) -> str:
        """Where the guide says more of what the foot of the window says, or ""."""
        return self._status.aide if self._status.isVisible() else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bar()

    @property
    def _collapsed(self) -> bool:
        return self.width() < BREAK

    def _build(self) -> None:
        column = QVBoxLayout(self._bar)
        column.setContentsMargins(10, 16, 10, 12)
        column.setSpacing(2)
        for part in (self._top, self._bottom):
            part.setSpacing(2)
        column.addLayout(self._top)
        column.addStretch()
        column.addLayout(self._bottom)
        column.addWidget(self._discreet)
        column.addWidget(self._veil)
        column.addWidget(self._lock)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._banner)
        self._stack.addWidget(QWidget())  # else the first page made would be in sight before it is shown
        right.addWidget(self._stack, 1)
        right.addWidget(self._status)
        centre = QWidget()
        centre.setObjectName("pages")
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._bar)
        row.addLayout(right, 1)
        self.setCentralWidget(centre)
        self._fit_bar()

    def _connect(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)
        self._discreet.toggled.connect(self._on_discreet_toggled)
        self._veil.clicked.connect(self.veil_requested)
        self._lock.clicked.connect(self.lock_requested)
        QShortcut(QKeySequence("F9"), self, self._discreet.toggle)
        QShortcut(QKeySequence("F12"), self, self.veil_requested.emit)
        QShortcut(QKeySequence("Ctrl+L"), self, self.lock_requested.emit)
        QShortcut(QKeySequence("Ctrl+K"), self, lambda: self._search(everywhere=True))
        QShortcut(QKeySequence("Ctrl+F"), self, lambda: self._search(everywhere=False))

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Keep the keyboard on the page: what had it is gone, and Qt goes to whatever takes it next, bar included."""
        gone = old is not None and self._stack.isAncestorOf(old) and not (old.isVisible() and old.isEnabled())
        shown = self._stack.currentWidget()
        if gone and new is not None and self._bar.isAncestorOf(new) and shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit_bar(self) -> None:
        """Icons alone in a narrow window."""
        self._bar.setFixedWidth(BAR_COLLAPSED if self._collapsed else self._full_width())
        for button in (*self._buttons.values(), self._discreet, self._veil, self._lock):
            button.set_collapsed(self._collapsed)

    def _full_width(self) -> int:
        """196, or what the longest name needs when the text is large."""
        names = [button.sizeHint().width() for button in self._buttons.values() if not self._collapsed]
        return max([BAR, *(name + 44 for name in names)])

    @Slot(bool)
    def _on_discreet_toggled(self, discreet: bool) -> None:
        self._discreet.set_icon("eye-off" if discreet else "eye")
        self.discreet_changed.emit(discreet)

    def _search(self, *, everywhere: bool) -> None:
        """Go to the search field of the page; to that of everything where the page has none."""
        shown = self._stack.currentWidget()
        for field in shown.findChildren(SearchField) if shown else ():
            if field.isVisible() and (field.everywhere or not everywhere):
                field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                field.selectAll()
                return
        self.search_requested.emit()


class _Status(QWidget):
    """One line at the foot of the page, gone after a while; takes no room while it says nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("footer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = IconLabel("circle-check", "good", 16)
        self._words = Quiet()
        self._more = HelpLink()
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 6, 28, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._more)
        self._timer = QTimer(self, singleShot=True, interval=_SAID_FOR)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, role: str) -> None:
        self._icon.set(_STATUS_ICONS[role], role)
        self._words.setText(text)
        self._more.follow(text)
        self.setVisible(bool(text))
        self._timer.start()
        if text and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @property
    def aide(self) -> str:
        return self._more.aide
