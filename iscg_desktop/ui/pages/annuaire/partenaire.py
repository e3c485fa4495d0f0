"""One structure of the annuaire: how to reach it, what it takes, whom it serves, how often it is worked with."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.partenaire import Partenaire
from iscg_desktop.errors import UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.pages.annuaire.partenaire_cartes import (
    ContactsCard,
    CorrespondantsCard,
    FermetureCard,
    OrientationsCard,
    StructureCard,
    TerritoireCard,
)
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage


class PartenairePage(ScrollPage):
    """Shows one structure at a time.

    Signals:
        back_requested: Back to the annuaire.
        structure_opened: Id of the structure to amend.
        contact_requested: Id of the structure she was in contact with, and None: no dossier yet.
        contact_opened: Id of a contact to amend.
        suite_requested: Id of an orientation whose suite is to be noted.
    """

    back_requested = Signal()
    structure_opened = Signal(int)
    contact_requested = Signal(object, object)
    contact_opened = Signal(int)
    suite_requested = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        self._header = PageHeader("")
        super().__init__(self._header)
        self.title = self.tr("Structure")
        self._services, self._hub = services, hub
        self._partenaire_id: int | None = None
        self._discreet = self._fresh = False
        self._header.set_back(self.tr("Annuaire")).clicked.connect(self.back_requested)
        amend = self._header.add_secondary(self.tr("&Modifier"), icon="pencil", shortcut="Ctrl+E")
        amend.clicked.connect(self._on_amend_clicked)
        contact = self._header.set_primary(self.tr("Noter un &contact"), icon="phone")
        contact.clicked.connect(self._on_contact_clicked)
        self.message = InlineMessage()
        self.add(self.message)
        self._left, self._right = _Stack(), _Stack()
        self.add(Columns(self._left, self._right, ratios=(3, 2)))
        hub.changed.connect(self._on_changed)

    @property
    def shown(self) -> int | None:
        """Id of the structure shown."""
        return self._partenaire_id

    def show_partenaire(self, partenaire_id: int) -> None:
        """Open a structure."""
        self._partenaire_id = partenaire_id
        self.message.clear()
        with self.out_of_sight():
            self._fill()
        self._fresh = True
        if self.isVisible():  # it may not be shown again; if it is, then in this turn
            QTimer.singleShot(0, self, self._age)

    @Slot()
    def _age(self) -> None:
        self._fresh = False

    def activated(self) -> None:
        """Read the structure again, unless it was opened to be shown now."""
        if not self._fresh:
            self._reread()
        self._fresh = False

    def _reread(self) -> None:
        if self._partenaire_id is not None:
            self._fill()

    def set_discreet(self, discreet: bool) -> None:
        """Show counts in place of contacts and orientations, and no one's name; or all again."""
        self._discreet = discreet
        self._reread()

    def _fill(self) -> None:
        assert self._partenaire_id is not None
        services = self._services
        structure = services.annuaire.get(self._partenaire_id)
        self._header.set_title(structure.nom)
        self._header.set_subtitle(services.listes.libelle("type_partenaire", structure.type))
        contacts = ContactsCard(services, structure.id, discreet=self._discreet)
        contacts.contact_opened.connect(self.contact_opened)
        orientations = OrientationsCard(services, structure.id, discreet=self._discreet)
        orientations.suite_requested.connect(self.suite_requested)
        self._fermeture = self._closing(structure)
        self._left.show_widgets(StructureCard(structure), contacts, orientations)
        self._right.show_widgets(
            CorrespondantsCard(structure, discreet=self._discreet),
            TerritoireCard(services.territoires.zones(structure.communes), len(structure.communes)),
            self._fermeture,
        )

    def _closing(self, structure: Partenaire) -> FermetureCard:
        used = self._services.annuaire.is_used(structure.id)
        card = FermetureCard(structure, self._services.clock.today, may_delete=not used)
        card.closed.connect(self._on_closed)
        card.reopened.connect(self._on_reopened)
        card.deleted.connect(self._on_deleted)
        return card

    @Slot()
    def _on_amend_clicked(self) -> None:
        if self._partenaire_id is not None:
            self.structure_opened.emit(self._partenaire_id)

    @Slot()
    def _on_contact_clicked(self) -> None:
        self.contact_requested.emit(self._partenaire_id, None)

    @Slot(object)
    def _on_closed(self, day: date) -> None:
        assert self._partenaire_id is not None
        self._hub.announce(self._services.annuaire.close(self._partenaire_id, day))
        self._fermeture.take_focus()

    @Slot()
    def _on_reopened(self) -> None:
        assert self._partenaire_id is not None
        self._hub.announce(self._services.annuaire.reopen(self._partenaire_id))
        self._fermeture.take_focus()

    @Slot()
    def _on_deleted(self) -> None:
        assert self._partenaire_id is not None
        try:
            changes = self._services.annuaire.delete(self._partenaire_id)
        except UserError as error:
            show_error(self.message, error)
            return
        self._partenaire_id = None
        self._hub.announce(changes)
        self.back_requested.emit()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & {"partenaires", "contacts", "orientations"}:
            self._reread()


class _Stack(QWidget):
    """Cards one under the other, replaced all at once."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)

    def show_widgets(self, *widgets: QWidget) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for widget in widgets:
            self._column.addWidget(widget)
        self._column.addStretch(1)
