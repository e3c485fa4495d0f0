"""Réglages: what she decides once, a section at a time, each saved by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from iscg_desktop.services.services import Services
from iscg_desktop.ui.backups import BackupKeeper
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.pages.reglages_apparence import ApparenceSection
from iscg_desktop.ui.pages.reglages_convention import ConventionSection
from iscg_desktop.ui.pages.reglages_delais import DelaisSection
from iscg_desktop.ui.pages.reglages_documents import DocumentsSection
from iscg_desktop.ui.pages.reglages_identite import IdentiteSection
from iscg_desktop.ui.pages.reglages_import import ImportationSection
from iscg_desktop.ui.pages.reglages_listes import ListesSection
from iscg_desktop.ui.pages.reglages_mots import MotsSection
from iscg_desktop.ui.pages.reglages_phrase import PhraseSection
from iscg_desktop.ui.pages.reglages_sauvegardes import SauvegardesSection
from iscg_desktop.ui.pages.reglages_securite import SecuriteSection
from iscg_desktop.ui.pages.reglages_unites import UnitesSection
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.tokens import BAR, BAR_COLLAPSED
from iscg_desktop.ui.widgets.labels import Title
from iscg_desktop.ui.widgets.nav_button import NavButton

_BREAK = 760  # pixels under which the sections are icons


class ReglagesPage(QWidget):
    """The sections on the left, one of them on the right; each is made when first shown.

    Keys: Ctrl+↑ and Ctrl+↓ go from section to section.

    Args:
        services: Over the open coffre.
        hub: Where changes are announced.
        tasks: For what is slow.
        backups: Makes the backups; one of its own unless given.
    """

    def __init__(
        self, services: Services, hub: ChangesHub, tasks: TaskRunner, backups: BackupKeeper | None = None
    ) -> None:
        super().__init__()
        keeper = backups or BackupKeeper(services.sauvegardes, hub, tasks, self)
        self._discreet = False
        self._makers: dict[str, Callable[[], Section]] = {}
        self._sections: dict[str, Section] = {}
        self._buttons: dict[str, NavButton] = {}
        self._stack = QStackedWidget()
        self._title = Title(self.tr("Réglages"))
        self._list = QFrame()
        self._list.setObjectName("bar")
        self._column = QVBoxLayout(self._list)
        self._build()
        add = self._add
        add("identite", self.tr("Vous"), "user", lambda: IdentiteSection(services, hub))
        add("convention", self.tr("Convention"), "calendar", lambda: ConventionSection(services, hub))
        add("unites", self.tr("Unités"), "building-2", lambda: UnitesSection(services, hub))
        add("listes", self.tr("Listes de choix"), "pencil", lambda: ListesSection(services, hub))
        add("documents", self.tr("Documents"), "file-text", lambda: DocumentsSection(services, hub, tasks))
        add("delais", self.tr("Délais et seuils"), "clock", lambda: DelaisSection(services, hub))
        add("mots", self.tr("Mes mots"), "pencil", lambda: MotsSection(services, hub))
        add("import", self.tr("Import"), "upload", lambda: ImportationSection(services, hub, tasks))
        add(
            "sauvegardes",
            self.tr("Sauvegardes"),
            "archive",
            lambda: SauvegardesSection(services, hub, keeper),
        )
        add("phrase", self.tr("Phrase et fiche"), "key-round", lambda: PhraseSection(services, hub, tasks))
        add("securite", self.tr("Sécurité"), "shield-check", lambda: SecuriteSection(services, hub, tasks))
        add("apparence", self.tr("Apparence"), "sun", lambda: ApparenceSection(services, hub))
        self._column.addStretch()
        for keys, step in (("Ctrl+Down", 1), ("Ctrl+Up", -1)):
            QShortcut(QKeySequence(keys), self, lambda step=step: self._go(step))

    @property
    def title(self) -> str:
        """Name of the page."""
        return self.tr("Réglages")

    def activated(self) -> None:
        """Read again what is in force."""
        self.show_section(self.current())

    def current(self) -> str:
        """Key of the section shown; the first until another is chosen."""
        shown = self._stack.currentWidget()
        return next((key for key, each in self._sections.items() if each is shown), next(iter(self._makers)))

    def section(self, key: str) -> Section:
        """The section of a key, made now if it was not."""
        if key not in self._sections:
            made = self._sections[key] = self._makers[key]()
            self._stack.addWidget(made)
            made.set_discreet(self._discreet)
        return self._sections[key]

    def show_section(self, key: str) -> None:
        """Show a section and let it read again what it shows."""
        section = self.section(key)
        self._stack.setCurrentWidget(section)
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        section.reload()
        if self._discreet:
            section.set_discreet(True)  # the fields it just made too

    def resume(self, cle: str) -> None:
        """Go on with the draft « reglages:section »."""
        self.show_section(cle.partition(":")[2])

    def set_discreet(self, discreet: bool) -> None:
        """Blank what names someone."""
        self._discreet = discreet
        for section in self._sections.values():
            section.set_discreet(discreet)

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

    def _go(self, step: int) -> None:
        keys = list(self._makers)
        self.show_section(keys[(keys.index(self.current()) + step) % len(keys)])
        self._buttons[self.current()].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_button_clicked(self) -> None:
        self.show_section(self.sender().property("section"))
