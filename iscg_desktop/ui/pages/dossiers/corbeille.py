"""The corbeille: entretiens put aside, to be taken back or deleted for good."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date
from iscg_desktop.errors import UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.corbeille import DiscardedLine
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_SHOWN = 100  # lines; the corbeille empties itself


class CorbeillePage(ScrollPage):
    """Shows the entretiens of the corbeille, the last put first.

    Signals:
        back_requested: Back to the list of dossiers.
        entretien_opened: Id of an entretien to read.
    """

    back_requested = Signal()
    entretien_opened = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        header = PageHeader("")
        super().__init__(header)
        self.title = self.tr("Corbeille")
        header.set_title(self.title)
        self._services, self._hub = services, hub
        self._discreet = False
        self._asked: int | None = None
        self._back = header.set_back(self.tr("Dossiers"))
        self._back.clicked.connect(self.back_requested)
        self._empty = header.add_secondary(self.tr("&Vider la corbeille…"), icon="trash-2")
        self._empty.clicked.connect(self._on_empty_clicked)
        self.message = InlineMessage("warn")
        self.message.action_triggered.connect(self._on_message_action_triggered)
        self._card = Card()
        self._days = Field(
            self.tr("&Jours de garde"),
            LineEdit(),
            hint=self.tr("Passé ce délai, un entretien s’efface de lui-même au prochain enregistrement."),
        )
        self._days.widget.setValidator(QIntValidator(0, 9999, self))
        self._days.widget.setMaximumWidth(120)
        self._days.widget.committed.connect(self._on_days_committed)
        settings = Card()
        settings.add(self._days)
        for part in (self.message, self._card, settings):
            self.add(part)
        hub.changed.connect(self._on_hub_changed)

    def activated(self) -> None:
        """Read again what lies there."""
        self.message.clear()
        self._fill()

    def set_discreet(self, discreet: bool) -> None:
        """Show initials in place of names, or names again."""
        self._discreet = discreet
        self._fill()

    def _fill(self) -> None:
        self._card.clear()
        lines = self._services.corbeille.lines()
        self._empty.setEnabled(bool(lines))
        self._days.widget.set_value(str(self._services.corbeille.jours))
        if not lines:
            self._card.add(
                Quiet(
                    self.tr(
                        "La corbeille est vide. Un entretien s’y met depuis sa page, et se reprend d’ici tant"
                        " qu’il n’est pas effacé."
                    )
                )
            )
        for line in lines[:_SHOWN]:
            row = self._row(line)
            self._card.add(row)
            row.show()  # so that one of its buttons may have the keyboard at once

    def _row(self, line: DiscardedLine) -> QWidget:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        who = line.initiales if self._discreet else line.noms
        title = self.tr("Entretien du {0} · dossier {1}").format(
            format_date(line.entretien.date), line.numero
        )
        until = self.tr("s’efface le {0}").format(format_date(line.efface_le))
        shown = Line(
            title, " · ".join(part for part in (who, until) if part), icon="message-square", clickable=True
        )
        shown.activated.connect(partial(self.entretien_opened.emit, line.entretien.id))
        back = Button(self.tr("Reprendre"), icon="undo-2")
        back.clicked.connect(partial(self._restore, line.entretien.id))
        erase = Button(self.tr("Effacer…"), kind="quiet", icon="trash-2")
        erase.clicked.connect(partial(self._ask_to_delete, line.entretien.id))
        box.addWidget(shown, 1)
        for button in (back, erase):
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _restore(self, entretien_id: int) -> None:
        try:
            changes = self._services.corbeille.restore(entretien_id)
        except UserError as error:
            show_error(self.message, error)
            return
        self.message.show_message("good", self.tr("L’entretien est de retour dans son dossier."))
        self._taken_away(changes)

    def _taken_away(self, changes: Changes) -> None:
        """A line is gone, and the button that had the keyboard with it: it goes to the first of those left."""
        self._hub.announce(changes)
        self._fill()
        left = (each for each in self._card.findChildren(Button) if each.isVisibleTo(self._card))
        next(left, self._back).setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_to_delete(self, entretien_id: int) -> None:
        self._asked = entretien_id
        words = self.tr("Cet entretien, ses corrections et ses pièces jointes seront effacés pour de bon.")
        self.message.show_message("warn", words, self.tr("Effacer"))
        self.message.enter_action()

    @Slot()
    def _on_empty_clicked(self) -> None:
        self._asked = None
        words = self.tr(
            "Tous les entretiens de la corbeille seront effacés pour de bon, avec leurs pièces jointes."
        )
        self.message.show_message("warn", words, self.tr("Tout effacer"))
        self.message.enter_action()

    @Slot()
    def _on_message_action_triggered(self) -> None:
        try:
            if self._asked is None:
                changes = self._services.corbeille.empty()
            else:
                changes = self._services.corbeille.delete(self._asked)
        except UserError as error:
            show_error(self.message, error)
            return
        self.message.show_message("info", self.tr("Effacé du coffre."))
        self._taken_away(changes)

    @Slot(object)
    def _on_days_committed(self, text: str) -> None:
        try:
            changes = self._services.corbeille.keep_jours(int(text or 0))
        except UserError as error:
            show_error(self.message, error)
            self._days.widget.set_value(str(self._services.corbeille.jours))
            return
        self._hub.announce(changes)
        self._fill()

    @Slot(object)
    def _on_hub_changed(self, changed: Changes) -> None:
        if "entretiens" in changed.kinds and self.isVisible():
            self._fill()
