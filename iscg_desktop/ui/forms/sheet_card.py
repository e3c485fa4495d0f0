"""The recovery sheet after its first day: the yearly drill, and a new sheet in place of the old one."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date
from iscg_desktop.errors import UserError
from iscg_desktop.services import coffre
from iscg_desktop.services.cles import NouvelleFiche
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.recovery_code_edit import RecoveryCodeField
from iscg_desktop.ui.forms.sheet_step import SheetStep
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.labels import Text
from iscg_desktop.ui.widgets.line import Line

translate = QCoreApplication.translate


class FicheCard(Card):
    """One line and two buttons; what a button opens takes their place until it is done or given up.

    Args:
        tasks: Where the sheet is drawn when she prints it.

    Signals:
        opened: What stands beside is to be put away.
        closed: It is over, or given up.
        done: What was done, in words.
        failed: Why not, a ``UserError``.
    """

    opened = Signal()
    closed = Signal()
    done = Signal(str)
    failed = Signal(object)

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        super().__init__(translate("Fiche", "Fiche de secours"), icon="life-buoy")
        self._services, self._hub, self._tasks = services, hub, tasks
        self._fiche: NouvelleFiche | None = None
        self._state = QHBoxLayout()
        self.drill = Button(self.tr("Faire l’&exercice"), icon="circle-check")
        self.renew = Button(self.tr("&Nouvelle fiche"), kind="quiet", icon="pencil")
        self._buttons = _row(self.drill, self.renew)
        self.exercise = DrillPanel()
        self.sheet = SheetStep()
        self._next = Button(self.tr("Le code est re&copié"), kind="primary")
        self._drop = Button(self.tr("A&bandonner"), kind="quiet")
        self._ends = _row(self._next, self._drop)
        self.add(self._state)
        for part in (self._buttons, self.exercise, self.sheet, self._ends):
            self.add(part)
        self.drill.clicked.connect(self._on_drill_clicked)
        self.renew.clicked.connect(self._on_renew_clicked)
        self.exercise.submitted.connect(self._on_drill_submitted)
        self.exercise.dropped.connect(self.close_all)
        self.sheet.entered.connect(self._on_next_clicked)
        self.sheet.print_requested.connect(self._on_print_requested)
        self._next.clicked.connect(self._on_next_clicked)
        self._drop.clicked.connect(self.close_all)
        self.close_all()

    def reload(self) -> None:
        """Show when the sheet last proved that it opens the coffre."""
        cles = self._services.cles
        while (item := self._state.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        self._state.addWidget(_line(cles.dernier_exercice(), due=cles.exercice_du()))

    @Slot()
    def close_all(self) -> None:
        """Forget what was shown and typed; the sheet in force stays."""
        self._fiche = None
        self.exercise.wipe()
        self.sheet.wipe()
        self._show(self._buttons)
        self.closed.emit()

    def _show(self, *shown: QWidget) -> None:
        for part in (self._buttons, self.exercise, self.sheet, self._ends):
            part.setVisible(part in shown)

    @Slot()
    def _on_drill_clicked(self) -> None:
        self._show(self.exercise)
        self.opened.emit()
        self.exercise.focus_first()

    @Slot(str)
    def _on_drill_submitted(self, typed: str) -> None:
        try:
            changes = self._services.cles.exercer(typed)
        except UserError as error:
            self.exercise.refuse(error)
            return
        self.close_all()
        self._hub.announce(changes)
        self.reload()
        self.done.emit(
            self.tr("Votre fiche ouvre bien ce coffre. Rangez-la sous clé ; rendez-vous dans un an.")
        )

    @Slot()
    def _on_renew_clicked(self) -> None:
        self._fiche = NouvelleFiche()
        self.sheet.set_groups(self._fiche.groupes)
        self._next.setText(self.tr("Le code est re&copié"))
        self._show(self.sheet, self._ends)
        self.opened.emit()
        self._next.setFocus()

    @Slot()
    def _on_next_clicked(self) -> None:
        if self._fiche is None:
            return
        if not self.sheet.asking:
            self.sheet.ask_code()
            self._next.setText(self.tr("Adopter &cette fiche"))
            return
        try:
            changes = self._services.cles.adopter(self._fiche, self.sheet.typed())
        except UserError as error:
            if error.code.startswith("code_secours"):
                self.sheet.refuse(error)
            else:
                self.failed.emit(error)
            return
        self.close_all()
        self._hub.announce(changes)
        self.reload()
        self.done.emit(self.tr("La nouvelle fiche ouvre le coffre. Détruisez l’ancienne."))

    @Slot()
    def _on_print_requested(self) -> None:
        if self._fiche is not None:
            self._tasks.run(
                coffre.recovery_sheet, self._fiche.groupes, self._services.coffre.folder,
                self._services.clock.today(), on_done=self._on_sheet_drawn,
            )  # fmt: skip

    @Slot(object)
    def _on_sheet_drawn(self, pdf: bytes) -> None:
        from iscg_desktop.ui.printing import print_pdf  # Qt's printing is slow to load and seldom needed

        print_pdf(self, pdf)


class DrillPanel(QWidget):
    """Asks for the code as it stands on her sheet.

    Signals:
        submitted: The code typed.
        dropped: Not today.
    """

    submitted = Signal(str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = RecoveryCodeField(self.tr("Code de &secours, d’après votre fiche"))
        self.edit = self.field.widget
        self.refuse, self.wipe = self.field.refuse, self.field.wipe
        go = Button(self.tr("&Vérifier"), kind="primary", icon="check")
        later = Button(self.tr("Plus &tard"), kind="quiet")
        card = Card()
        card.add(
            Text(
                self.tr(
                    "Allez chercher votre fiche là où elle est rangée, et tapez son code. Rien ne change : vous saurez"
                    " seulement qu’elle est lisible, et qu’elle ouvre bien ce coffre."
                )
            )
        )
        card.add(self.field)
        card.add(_row(go, later))
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.edit.entered.connect(self._on_submit)
        go.clicked.connect(self._on_submit)
        later.clicked.connect(self.dropped)

    def focus_first(self) -> None:
        """Go where she types."""
        self.edit.setFocus()

    @Slot()
    def _on_submit(self) -> None:
        self.submitted.emit(self.edit.value())


def _line(last: date | None, *, due: bool) -> Line:
    sub = translate("Fiche", "Une fois par an, relisez-la au programme : il vérifie qu’elle ouvre le coffre.")
    chip = Chip("warn", translate("Fiche", "à relire")) if due else Chip("good", translate("Fiche", "à jour"))
    if last is None:
        return Line(translate("Fiche", "Jamais relue depuis la création du coffre"), sub, chip=chip)
    words = translate("Fiche", "Relue le {jour}").format(jour=format_date(last))
    return Line(words, sub, chip=chip)


def _row(*buttons: Button) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    return holder
