"""What can be done with an issued document: print, save, hand over, say that the information was given."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.document import DocumentEtabli
from iscg_desktop.domain.mentions import TypeDocument
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.services import Services
from iscg_desktop.ui import words
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.issued_actions import IssuedActions
from iscg_desktop.ui.messages import settle_all, show_error, show_problems
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet, Text
from iscg_desktop.ui.widgets.line import Line


class DocumentPanel(IssuedActions):
    """The actions on one issued document, each noted in its trace.

    Attributes:
        document: The one shown.
    """

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(services.documents, hub, self.tr("Où enregistrer le document"))
        self._services = services
        self.document: DocumentEtabli | None = None
        self.informed = _InformedCard(services)
        self.trace = Card(self.tr("Suivi"))
        self.handed = Button(self.tr("Noter la &remise"), icon="check")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in (self.message, self.informed, self.trace, self.saving):
            column.addWidget(widget)
        self.handed.clicked.connect(self.hand_over)
        self.informed.given.clicked.connect(self._on_given_clicked)

    def show_document(self, document: DocumentEtabli) -> None:
        """Show the state of a document."""
        if self.document is None or self.document.id != document.id:
            self.saving.start()
        self.document = document
        self.message.clear()
        note = document.document is TypeDocument.NOTE_INFORMATION
        self.informed.setVisible(note and document.personne_id is not None)
        if note and document.personne_id is not None:
            self.informed.show_state(document.personne_id)
        self._show_trace(document)

    def shown_id(self) -> int | None:
        return self.document.id if self.document is not None else None

    def show_again(self) -> None:
        if self.document is not None:
            self.show_document(self._services.documents.get(self.document.id))

    def _show_trace(self, document: DocumentEtabli) -> None:
        """Every step, the last first; printing twice a day is one line."""
        self.handed.setParent(None)
        self.trace.clear()
        if document.remplace_par:
            replaced = self.tr("Remplacé par le document {numero}\u00a0: ne le remettez plus.")
            said = replaced.replace("{numero}", document.remplace_par)
            self.trace.add(InlineMessage("warn", said, dismissible=False))
        for step in dict.fromkeys(reversed(self._services.documents.trace(document.id))):
            self.trace.add(Line(words.etape_document(step.etape), format_date(step.date), icon="check"))
        issued = self.tr("Établi, version {version}").replace("{version}", str(document.version))
        self.trace.add(Line(issued, format_date(document.etabli_le), icon="file-text"))
        if document.etape != "remise" and not document.remplace_par:
            self.trace.add(self.handed)
            self.handed.show()
        self.trace.add(
            Quiet(self.tr("Un document établi ne change plus\u00a0: le réimprimer redonne le même."))
        )

    @Slot()
    def _on_given_clicked(self) -> None:
        document, day = self.document, self.informed.answer()
        if document is None or document.personne_id is None or day is None:
            return
        try:
            done = self._services.documents.inform(document.dossier_id, document.personne_id, day)
        except InvalidInput as error:
            show_problems({"date": self.informed.field}, error.problems, self.message)
        except UserError as error:
            show_error(self.message, error)
        else:
            self.done(done)


class _InformedCard(Card):
    """« Information donnée », asked once for each person."""

    def __init__(self, services: Services) -> None:
        super().__init__(self.tr("Information de la personne"))
        self._services = services
        self._said = Text()
        self.day = DateEdit(services.clock.today)
        self.field = Field(self.tr("Donnée &le"), self.day)
        self.given = Button(self.tr("Information &donnée"), icon="check")
        for widget in (self._said, self.field, self.given):
            self.add(widget)

    def show_state(self, personne_id: int) -> None:
        """Ask for the day, or say it."""
        given = self._services.documents.informed(personne_id)
        self.field.setVisible(given is None)
        self.given.setVisible(given is None)
        if given is None:
            self.day.set_value(self._services.clock.today())
            self.field.clear_error()
            self._said.setText(self.tr("Une fois la note remise et expliquée, notez-le ici."))
        else:
            said = self.tr("Information donnée le {date}.")
            self._said.setText(said.replace("{date}", format_date(given)))

    def answer(self) -> date | None:
        """The day; None when it is no date."""
        return self.day.value() if settle_all([self.field]) else None
