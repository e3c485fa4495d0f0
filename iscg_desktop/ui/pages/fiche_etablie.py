"""What can be done with an issued fiche: print, save, hand over, note its retour, correct."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.fiche_suivi import FicheEtablie
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.passphrase import generate_passphrase
from iscg_desktop.services.services import Services
from iscg_desktop.ui import words
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.folder_dialog import choose_folder
from iscg_desktop.ui.forms.choices import coded
from iscg_desktop.ui.messages import settle_all, show_error, show_problems
from iscg_desktop.ui.printing import print_pdf
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet, Text
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class IssuedPanel(QWidget):
    """The actions on one issued fiche, each noted in its trace.

    Signals:
        correction_requested: Id of the fiche to correct by a new version.
    """

    correction_requested = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__()
        self._services, self._hub = services, hub
        self._fiche: FicheEtablie | None = None
        self.message = InlineMessage()
        self._state = Card(self.tr("Suivi"))
        self.print_button = Button(self.tr("Imprimer…"), kind="primary", icon="printer", shortcut="Ctrl+P")
        self.handed = Button(self.tr("Noter la remise"), icon="check")
        self.correct = Button(self.tr("Corriger par une nouvelle version"), kind="quiet", icon="pencil")
        actions = Card(self.tr("Remettre"))
        for button in (self.print_button, self.handed, self.correct):
            actions.add(button)
        self._saving = _SavingCard()
        self._retour = _RetourCard(services)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in (self.message, self._state, actions, self._saving, self._retour):
            column.addWidget(widget)
        self.print_button.clicked.connect(self._on_print_clicked)
        self.handed.clicked.connect(self._on_handed_clicked)
        self.correct.clicked.connect(self._on_correct_clicked)
        self._saving.save.clicked.connect(self._on_save_clicked)
        self._retour.keep.clicked.connect(self._on_retour_clicked)

    def show_fiche(self, fiche: FicheEtablie) -> None:
        """Show the state of a fiche."""
        self._fiche = fiche
        self.message.show_message("info", "")
        self._state.clear()
        chip = Chip(words.etape_role(fiche.etape), words.etape(fiche.etape))
        issued = self.tr("Établie le {date}, version {version}")
        issued = issued.replace("{date}", format_date_courte(fiche.etablie_le)).replace(
            "{version}", str(fiche.version)
        )
        self._state.add(Line(issued, fiche.partenaire, chip=chip))
        self._state.add(Quiet(self.tr("Une fiche établie ne change plus : la réimprimer redonne la même.")))
        answered = fiche.etape == "retour"
        self._retour.setVisible(not answered)
        self._saving.start()
        self.handed.setVisible(fiche.etape in ("a_imprimer", "imprimee", "enregistree"))

    def save_to(self, path: Path, passphrase: str | None) -> None:
        """Write the PDF where she chose, and say so."""
        assert self._fiche is not None
        try:
            changes = self._services.fiches.save(self._fiche.id, path, passphrase)
        except UserError as error:
            show_error(self.message, error)
            return
        self._done(changes)
        self.message.show_message("good", self.tr("PDF écrit : {chemin}").replace("{chemin}", str(path)))

    def _done(self, changes: Changes) -> None:
        assert self._fiche is not None
        self.show_fiche(self._services.fiches.get(self._fiche.id))
        self._hub.announce(changes)

    @Slot()
    def _on_print_clicked(self) -> None:
        if self._fiche is not None and print_pdf(self, self._services.fiches.pdf(self._fiche.id)):
            self._done(self._services.fiches.follow(self._fiche.id, "imprimee"))

    @Slot()
    def _on_handed_clicked(self) -> None:
        if self._fiche is not None:
            self._done(self._services.fiches.follow(self._fiche.id, "remise"))

    @Slot()
    def _on_correct_clicked(self) -> None:
        if self._fiche is not None:
            self.correction_requested.emit(self._fiche.id)

    @Slot()
    def _on_save_clicked(self) -> None:
        if self._fiche is None:
            return
        folder = choose_folder(self, self.tr("Où enregistrer la fiche"), Path.home())
        if folder is not None:
            self.save_to(folder / self._services.fiches.file_name(self._fiche.id), self._saving.passphrase())

    @Slot()
    def _on_retour_clicked(self) -> None:
        if self._fiche is None or not settle_all(self._retour.fields.values()):
            return
        suite, day = self._retour.suite.value(), self._retour.day.value()
        if suite is None or day is None:
            return
        try:
            changes = self._services.fiches.record_retour(self._fiche.id, suite, day)
        except InvalidInput as error:
            show_problems(self._retour.fields, error.problems, self.message)
        except UserError as error:
            show_error(self.message, error)
        else:
            self._done(changes)


class _SavingCard(Card):
    """A PDF for e-mail: protected by a passphrase told through another channel, unless she says otherwise."""

    def __init__(self) -> None:
        super().__init__(self.tr("Enregistrer en PDF"))
        self._phrase = LineEdit()
        self._plain = CheckBox(self.tr("Sans phrase"))
        self._warning = InlineMessage("warn", "", dismissible=False)
        self.save = Button(self.tr("Enregistrer…"), icon="save")
        self._field = Field(self.tr("Phrase à donner par un autre canal"), self._phrase)
        for widget in (self._field, self._plain, self._warning, self.save):
            self.add(widget)
        self._plain.edited.connect(self._on_plain_edited)

    def start(self) -> None:
        """Propose a new phrase."""
        self._phrase.set_value(generate_passphrase())
        self._plain.set_value(False)
        self._on_plain_edited()

    def passphrase(self) -> str | None:
        """The passphrase, None for a plain PDF."""
        return None if self._plain.value() else self._phrase.value()

    @Slot()
    def _on_plain_edited(self) -> None:
        plain = self._plain.value()
        self._field.setVisible(not plain)
        text = self.tr("Sans phrase, quiconque trouve ce fichier peut le lire.") if plain else ""
        self._warning.show_message("warn", text)


class _RetourCard(Card):
    """What the coupon retour says."""

    def __init__(self, services: Services) -> None:
        super().__init__(self.tr("Retour du partenaire"))
        self.suite = TypeAhead(coded(services.listes["suite"]))
        self.day = DateEdit(services.clock.today)
        self.fields = {
            "suite": Field(self.tr("Suite donnée"), self.suite),
            "date": Field(self.tr("Reçu le"), self.day),
        }
        self.keep = Button(self.tr("Noter le retour"), icon="corner-down-left")
        self.add(Text(self.tr("D’après le coupon, ou par téléphone.")))
        for field in self.fields.values():
            self.add(field)
        self.add(self.keep)
