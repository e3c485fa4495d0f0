"""« Autre document… »: the documents that a dossier calls for, and those it has already."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.document import DocumentEtabli
from iscg_desktop.domain.dossier import Dossier, PersonneConcernee
from iscg_desktop.domain.mentions import TypeDocument
from iscg_desktop.domain.personne import Identite
from iscg_desktop.errors import UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui import words
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet, Text
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_MAJORITE = 18


class DocumentsPage(ScrollPage):
    """Chooses a document to prepare in one dossier, or opens an issued one.

    Signals:
        document_requested: Id of the dossier, code of the kind, id of the person or None.
        document_opened: Id of an issued document.
        left: Back to the dossier.
    """

    document_requested = Signal(int, str, object)
    document_opened = Signal(int)
    left = Signal()

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        header = PageHeader("")
        super().__init__(header)
        self.title = self.tr("Autre document")
        header.set_title(self.title)
        self._services, self._hub = services, hub
        self._dossier_id: int | None = None
        self._discreet = False
        header.set_back(self.tr("Dossier")).clicked.connect(self.left)
        self.message = InlineMessage()
        self.add(self.message)
        self._transmissions = Card(self.tr("Pour un enfant ou une personne en danger"))
        self._notes = Card(self.tr("Pour la personne elle-même"))
        self._issued = Card(self.tr("Documents établis"))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._transmissions)
        column.addWidget(self._notes)
        column.addStretch(1)
        self.add(Columns(left, self._issued, ratios=(3, 2)))
        hub.changed.connect(self._on_changed)

    def show_dossier(self, dossier_id: int) -> None:
        """Say what may be prepared in a dossier."""
        self._dossier_id = dossier_id
        self.message.clear()
        self._fill()

    def activated(self) -> None:
        """Read the dossier again."""
        self._fill()

    def set_discreet(self, discreet: bool) -> None:
        """Show initials in place of names, or the names again."""
        self._discreet = discreet
        self._fill()

    def _fill(self) -> None:
        if self._dossier_id is None:
            return
        assert self.header is not None
        dossier = self._services.dossiers.reread(self._dossier_id)
        regime = self._services.listes.libelle("regime", dossier.regime)
        place = self.tr("Dossier {numero}").replace("{numero}", dossier.numero)
        self.header.set_subtitle(f"{place} · {regime}")
        self._fill_transmissions(dossier)
        self._fill_notes(dossier)
        self._fill_issued(dossier)

    def _fill_transmissions(self, dossier: Dossier) -> None:
        card, offered = self._transmissions, self._services.documents.offered(dossier.id)
        card.clear()
        child = TypeDocument.INFORMATION_PREOCCUPANTE in offered
        if child:
            sub = self.tr("À la CRIP\u00a0: un enfant en danger, ou qui risque de l’être.")
            card.add(self._line(TypeDocument.INFORMATION_PREOCCUPANTE, sub, "send", None, dossier.id))
            sub = self.tr(
                "Au parquet\u00a0: la gravité de la situation de l’enfant ne permet pas d’attendre."
            )
            card.add(self._line(TypeDocument.SIGNALEMENT, sub, "triangle-alert", None, dossier.id))
            return
        for concerned in self._adults(dossier):
            identite = concerned.personne.identite
            sub = self.tr("Au parquet, pour {qui}, hors d’état de se protéger.")
            said = sub.replace("{qui}", self._name(identite))
            line = self._line(
                TypeDocument.SIGNALEMENT, said, "triangle-alert", concerned.personne.id, dossier.id
            )
            card.add(line)
        card.add(
            Text(self.tr("L’information préoccupante se prépare dans un dossier de protection de l’enfance."))
        )
        button = Button(self.tr("&Passer ce dossier en protection de l’enfance"), icon="shield")
        button.clicked.connect(self._on_protect_clicked)
        card.add(button)

    def _adults(self, dossier: Dossier) -> list[PersonneConcernee]:
        """Those a signalement may be about: a child calls for the regime of child protection."""
        today = self._services.clock.today()
        ages = [(each, each.personne.identite.age(today)[0]) for each in dossier.personnes]
        return [each for each, age in ages if age is None or age >= _MAJORITE]

    def _fill_notes(self, dossier: Dossier) -> None:
        self._notes.clear()
        self._notes.add(
            Quiet(self.tr("Ce qui est noté sur elle, pourquoi, combien de temps, et ses droits."))
        )
        if not dossier.personnes:
            self._notes.add(Quiet(self.tr("Aucune personne n’est encore notée dans ce dossier.")))
        for concerned in dossier.personnes:
            self._notes.add(self._note_line(dossier.id, concerned.personne.id, concerned.personne.identite))

    def _note_line(self, dossier_id: int, personne_id: int, identite: Identite) -> QWidget:
        given = identite.informee_le
        said = self.tr("Information donnée le {date}") if given else self.tr("Information pas encore donnée")
        sub = said.replace("{date}", format_date(given)) if given else said
        line = Line(self._name(identite), sub, icon="file-text", clickable=True)
        kind = TypeDocument.NOTE_INFORMATION.value
        line.activated.connect(partial(self.document_requested.emit, dossier_id, kind, personne_id))
        return line

    def _fill_issued(self, dossier: Dossier) -> None:
        self._issued.clear()
        found = self._services.documents.of_dossier(dossier.id)
        if not found:
            self._issued.add(Quiet(self.tr("Aucun encore. Choisissez ce que vous préparez.")))
        for document in found:
            self._issued.add(self._issued_line(document))

    def _issued_line(self, document: DocumentEtabli) -> Line:
        name = document.initiales if self._discreet else document.personne
        sub = " · ".join(part for part in (document.numero, format_date(document.etabli_le), name) if part)
        if document.remplace_par:
            chip = Chip("quiet", self.tr("remplacé"))
        else:
            role = {"remise": "good", "a_imprimer": "warn"}.get(document.etape, "accent")
            chip = Chip(role, words.etape_document(document.etape).lower())
        title = self._services.documents.titles[document.document]
        line = Line(title, sub, chip=chip, icon="file-text", clickable=True)
        line.activated.connect(partial(self.document_opened.emit, document.id))
        return line

    def _line(
        self, kind: TypeDocument, sub: str, icon: str, personne_id: int | None, dossier_id: int
    ) -> Line:
        line = Line(self._services.documents.titles[kind], sub, icon=icon, clickable=True)
        line.activated.connect(partial(self.document_requested.emit, dossier_id, kind.value, personne_id))
        return line

    def _name(self, identite: Identite) -> str:
        return identite.initiales if self._discreet else identite.nom_court

    @Slot()
    def _on_protect_clicked(self) -> None:
        if self._dossier_id is None:
            return
        try:
            done = self._services.documents.protect_child(self._dossier_id)
        except UserError as error:
            show_error(self.message, error)
            return
        self.message.show_message(
            "good", self.tr("Ce dossier suit maintenant le régime de la protection de l’enfance.")
        )
        self._fill()
        self._hub.announce(done)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.dossier_id in (None, self._dossier_id):
            self._fill()
