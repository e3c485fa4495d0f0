"""What can be done with an issued fiche: print, save, hand over, note its retour."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.coupon import Coupon
from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.fiche_suivi import EtapeFiche, FicheEtablie
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui import words
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.folder_dialog import choose_folder
from iscg_desktop.ui.forms.choices import coded
from iscg_desktop.ui.forms.saving_card import SavingCard
from iscg_desktop.ui.messages import settle_all, show_error, show_problems
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet, Text
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

_HANDED = ("remise", "accusee", "relance", "retour")


class IssuedPanel(QWidget):
    """The actions on one issued fiche, each noted in its trace.

    Attributes:
        fiche: The one shown.
    """

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__()
        self._services, self._hub = services, hub
        self.fiche: FicheEtablie | None = None
        self.message = InlineMessage()
        self.trace = _TraceCard(services)
        self.saving = SavingCard()
        self.retour = _RetourCard(services)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in (self.message, self.trace, self.saving, self.retour):
            column.addWidget(widget)
        self.trace.handed.clicked.connect(self._on_handed_clicked)
        self.saving.save.clicked.connect(self._on_save_clicked)
        self.retour.keep.clicked.connect(self._on_retour_clicked)

    def show_fiche(self, fiche: FicheEtablie) -> None:
        """Show the state of a fiche."""
        if self.fiche is None or self.fiche.id != fiche.id:
            self.saving.start()
            self.retour.start(self._services.clock.today())
        self.fiche = fiche
        self.message.clear()
        trace = self._services.fiches.trace(fiche.id)
        self.trace.show_trace(fiche, trace)
        self.retour.setVisible(all(step.etape != "retour" for step in trace))

    def save_to(self, folder: Path) -> None:
        """Write the PDF into a folder, and say so."""
        if self.fiche is None:
            return
        path = folder / self._services.fiches.file_name(self.fiche.id)
        try:
            changes = self._services.fiches.save(self.fiche.id, path, self.saving.passphrase())
        except UserError as error:
            if error.code.startswith("pdf_phrase"):
                self.saving.refuse(sentence(error))
            else:
                show_error(self.message, error)
            return
        self._done(changes)
        self.message.show_message("good", self.tr("PDF écrit\u00a0: {chemin}").replace("{chemin}", str(path)))

    @Slot()
    def print(self) -> None:
        """Print the bytes that were issued, and note it."""
        from iscg_desktop.ui.printing import print_pdf  # Qt's printing is slow to load and seldom needed

        if self.fiche is None:
            return
        try:
            if print_pdf(self, self._services.fiches.pdf(self.fiche.id)):
                self._done(self._services.fiches.follow(self.fiche.id, "imprimee"))
        except UserError as error:
            show_error(self.message, error)

    def _done(self, changes: Changes) -> None:
        assert self.fiche is not None
        self.show_fiche(self._services.fiches.get(self.fiche.id))
        self._hub.announce(changes)

    @Slot()
    def _on_handed_clicked(self) -> None:
        if self.fiche is None:
            return
        try:
            self._done(self._services.fiches.follow(self.fiche.id, "remise"))
        except UserError as error:
            show_error(self.message, error)

    @Slot()
    def _on_save_clicked(self) -> None:
        folder = choose_folder(self, self.tr("Où enregistrer la fiche"), Path.home())
        if folder is not None:
            self.save_to(folder)

    @Slot()
    def _on_retour_clicked(self) -> None:
        answer = self.retour.answer()
        if self.fiche is None or answer is None:
            return
        try:
            changes = self._services.retours.record(self.fiche.id, Coupon(suite=answer[0], date=answer[1]))
        except InvalidInput as error:
            show_problems(self.retour.fields, error.problems, self.message)
        except UserError as error:
            show_error(self.message, error)
        else:
            self._done(changes)
            self.message.show_message("good", self.tr("Retour noté."))


class _TraceCard(Card):
    """What happened to the fiche so far."""

    def __init__(self, services: Services) -> None:
        super().__init__(self.tr("Suivi"))
        self._services = services
        self.handed = Button(self.tr("Noter la &remise"), icon="check")

    def show_trace(self, fiche: FicheEtablie, trace: tuple[EtapeFiche, ...]) -> None:
        """Show every step, the last first; printing twice a day is one line."""
        self.handed.setParent(None)
        self.clear()
        if fiche.remplacee_par:
            replaced = self.tr("Remplacée par la fiche {numero}\u00a0: ne la remettez plus.")
            self.add(
                InlineMessage("warn", replaced.replace("{numero}", fiche.remplacee_par), dismissible=False)
            )
        shown = {(step.etape, step.date, step.suite): step for step in reversed(trace)}
        for step in shown.values():
            self.add(self._line(fiche, step))
        if fiche.etape not in _HANDED and not fiche.remplacee_par:
            self.add(self.handed)
            self.handed.show()
        self.add(Quiet(self.tr("Une fiche établie ne change plus\u00a0: la réimprimer redonne la même.")))

    def _line(self, fiche: FicheEtablie, step: EtapeFiche) -> Line:
        day = format_date(step.date)
        chip = Chip(words.etape_role(step.etape), words.etape(step.etape))
        if step.etape == "a_imprimer":
            issued = self.tr("Établie, version {version}").replace("{version}", str(fiche.version))
            return Line(issued, day, chip=chip if fiche.etape == "a_imprimer" else None, icon="file-text")
        if step.suite:
            return Line(
                self._services.listes.libelle("suite", step.suite), day, chip=chip, icon="corner-down-left"
            )
        return Line(words.etape(step.etape).capitalize(), day, icon="check")


class _RetourCard(Card):
    """What the coupon retour says."""

    def __init__(self, services: Services) -> None:
        super().__init__(self.tr("Retour du partenaire"))
        self.suite = TypeAhead(coded(services.listes["suite"]))
        self.day = DateEdit(services.clock.today)
        self.fields = {
            "suite": Field(self.tr("S&uite donnée"), self.suite),
            "date": Field(self.tr("Reçu &le"), self.day),
        }
        self.keep = Button(self.tr("N&oter le retour"), icon="corner-down-left")
        self.add(Text(self.tr("D’après le coupon, ou par téléphone.")))
        for field in self.fields.values():
            self.add(field)
        self.add(self.keep)

    def start(self, today: date) -> None:
        """Empty, dated today."""
        self.suite.clear()
        self.day.set_value(today)
        for field in self.fields.values():
            field.clear_error()

    def answer(self) -> tuple[str, date] | None:
        """The suite and the day of the retour; None, and says so, when one of them is missing."""
        if not settle_all(self.fields.values()):
            return None
        said = {
            "suite": self.tr("Indiquez la suite donnée."),
            "date": self.tr("Indiquez le jour du retour."),
        }
        suite, day = self.suite.value(), self.day.value()
        for name, value in (("date", day), ("suite", suite)):
            if value is None:
                self.fields[name].set_error(said[name])
                self.fields[name].widget.setFocus()
        return (suite, day) if suite is not None and day is not None else None
