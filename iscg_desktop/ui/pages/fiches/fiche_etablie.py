"""What can be done with an issued fiche: print, save, hand over, note its retour."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.fiche_suivi import EtapeFiche, FicheEtablie
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.services import Services
from iscg_desktop.ui import words
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.coupon_form import CouponForm
from iscg_desktop.ui.issued_actions import IssuedActions
from iscg_desktop.ui.messages import show_error, show_problems
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet, Text
from iscg_desktop.ui.widgets.line import Line

_HANDED = ("remise", "accusee", "relance", "retour")


class IssuedPanel(IssuedActions):
    """The actions on one issued fiche, each noted in its trace.

    Attributes:
        fiche: The one shown.
    """

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(services.fiches, hub, self.tr("Où enregistrer la fiche"))
        self._services = services
        self.fiche: FicheEtablie | None = None
        self.trace = _TraceCard(services)
        self.coupon = _CouponCard()
        self.retour = _RetourCard(services)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in (self.message, self.trace, self.retour, self.saving, self.coupon):
            column.addWidget(widget)
        self.trace.handed.clicked.connect(self.hand_over)
        self.coupon.save.clicked.connect(self._on_coupon_clicked)
        self.trace.take_back.clicked.connect(self._on_take_back_clicked)
        self.retour.keep.clicked.connect(self._on_retour_clicked)

    def show_fiche(self, fiche: FicheEtablie) -> None:
        """Show the state of a fiche."""
        if self.fiche is None or self.fiche.id != fiche.id:
            self.saving.start()
            self.coupon.message.clear()
            self.retour.start(self._services.clock.today())
        self.fiche = fiche
        self.message.clear()
        trace = self._services.fiches.trace(fiche.id)
        self.trace.show_trace(fiche, trace)
        awaited = not fiche.remplacee_par and all(step.etape != "retour" for step in trace)
        self.retour.setVisible(awaited)
        self.coupon.setVisible(awaited)

    def shown_id(self) -> int | None:
        return self.fiche.id if self.fiche is not None else None

    def show_again(self) -> None:
        if self.fiche is not None:
            self.show_fiche(self._services.fiches.get(self.fiche.id))

    @Slot()
    def _on_take_back_clicked(self) -> None:
        """The last step was noted by error."""
        if self.fiche is None:
            return
        last = self._services.fiches.trace(self.fiche.id)[-1]
        try:
            self.done(self._services.suivi.take_back([last.id]))
        except UserError as error:
            show_error(self.message, error)
        else:
            said = self.tr("Étape reprise\u00a0: {etape}.").replace("{etape}", words.etape(last.etape))
            self.message.show_message("info", said)

    @Slot()
    def _on_coupon_clicked(self) -> None:
        folder = self.ask_where(self.tr("Où enregistrer le coupon"))
        if folder is not None:
            self.save_coupon_to(folder)

    def save_coupon_to(self, folder: Path) -> None:
        """Write the form of the coupon into a folder, and say so."""
        if self.fiche is None:
            return
        path = folder / self._services.retours.coupon_name(self.fiche.id)
        try:
            self._services.retours.save_coupon(self.fiche.id, path)
        except UserError as error:
            show_error(self.coupon.message, error)
        else:
            said = self.tr("Coupon écrit\u00a0: {chemin}").replace("{chemin}", str(path))
            self.coupon.message.show_message("good", said)

    @Slot()
    def _on_retour_clicked(self) -> None:
        coupon = self.retour.form.read()
        if self.fiche is None or coupon is None:
            return
        try:
            changes = self._services.retours.record(self.fiche.id, coupon)
        except InvalidInput as error:
            show_problems(self.retour.fields, error.problems, self.message)
        except UserError as error:
            show_error(self.message, error)
        else:
            self.done(changes)
            self.message.show_message("good", self.tr("Retour noté."))


class _TraceCard(Card):
    """What happened to the fiche so far."""

    def __init__(self, services: Services) -> None:
        super().__init__(self.tr("Suivi"))
        self._services = services
        self.handed = Button(self.tr("Noter la &remise"), icon="check")
        self.take_back = Button(self.tr("&Annuler la dernière étape"), kind="quiet", icon="undo-2")

    def show_trace(self, fiche: FicheEtablie, trace: tuple[EtapeFiche, ...]) -> None:
        """Show every step, the last first; printing twice a day is one line."""
        for button in (self.handed, self.take_back):
            button.setParent(None)
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
        if len(trace) > 1:
            self.add(self.take_back)
            self.take_back.show()
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
        how = self._services.listes.libelle("canal_fiche", step.canal) if step.canal else ""
        return Line(words.etape(step.etape).capitalize(), " · ".join(filter(None, (day, how))), icon="check")


class _CouponCard(Card):
    """The coupon to be filled on a screen: it names nobody, so that it may travel by e-mail."""

    def __init__(self) -> None:
        super().__init__(self.tr("Coupon à remplir à l’écran"))
        self.save = Button(self.tr("Enre&gistrer le coupon…"), icon="mail")
        self.message = InlineMessage()
        self.add(Text(self.tr("Joignez-le au courriel\u00a0: il ne porte que le numéro de la fiche.")))
        self.add(self.save)
        self.add(self.message)


class _RetourCard(Card):
    """What the coupon retour says."""

    def __init__(self, services: Services) -> None:
        super().__init__(self.tr("Retour du partenaire"))
        self.form = CouponForm(services)
        self.suite, self.day, self.fields = self.form.suite, self.form.day, self.form.fields
        self.keep = Button(self.tr("N&oter le retour"), icon="corner-down-left")
        self.add(Text(self.tr("D’après le coupon, ou par téléphone.")))
        self.add(self.form)
        self.add(self.keep)

    def start(self, today: date) -> None:
        """Empty, dated today."""
        self.form.start(today)
