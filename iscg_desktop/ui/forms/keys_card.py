"""New keys for the coffre: a lost sheet, a passphrase somebody saw, a stolen copy."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.messages import explained
from iscg_desktop.services import coffre
from iscg_desktop.services.coffre import KdfParameters
from iscg_desktop.services.services import Services
from iscg_desktop.ui.forms.passphrase_edit import PassphraseField
from iscg_desktop.ui.forms.passphrase_form import PassphraseForm
from iscg_desktop.ui.forms.sheet_step import SheetStep
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.widgets.busy_line import BusyLine
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.labels import Quiet

translate = QCoreApplication.translate


class ClesCard(Card):
    """Passphrase, then sheet, then the coffre is written again and locks itself.

    Args:
        tasks: Where keys are made and the coffre is copied.
        kdf: Cost of the passphrase; calibrated when left out.

    Signals:
        opened: She began: what stands beside is to be put away.
        closed: It is over, or given up.
        failed: Why not, a ``UserError``.
        rotated: The new keys are in force and the coffre is closed: the window is to lock.
    """

    opened = Signal()
    closed = Signal()
    failed = Signal(object)
    rotated = Signal()

    def __init__(self, services: Services, tasks: TaskRunner, *, kdf: KdfParameters | None = None) -> None:
        super().__init__(translate("Cles", "Changer toutes les clés"), icon="key-round")
        self._services, self._tasks, self._kdf = services, tasks, kdf
        self._rotation: Any = None
        self._typed = ""
        self._task: Task | None = None
        self.add(
            Quiet(
                self.tr(
                    "Si votre fiche de secours est perdue, ou si quelqu’un a pu voir votre phrase de passe. Le coffre"
                    " est réécrit sous de nouvelles clés ; l’ancienne phrase, l’ancienne fiche et les sauvegardes"
                    " d’avant n’ouvrent plus rien ici."
                )
            )
        )
        self.start = Button(self.tr("Chan&ger toutes les clés…"), icon="key-round")
        self.current = PassphraseField(self.tr("Phrase de passe &actuelle"))
        self.form = PassphraseForm(tasks)
        self.sheet = SheetStep()
        self.next = Button(self.tr("&Continuer"), kind="primary")
        self.drop = Button(self.tr("A&bandonner"), kind="quiet")
        self._busy = BusyLine()
        self._ends = QWidget()
        row = QHBoxLayout(self._ends)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.next)
        row.addWidget(self.drop)
        row.addStretch()
        for part in (self.start, self.current, self.form, self.sheet, self._ends, self._busy):
            self.add(part)
        self.start.clicked.connect(self._on_start_clicked)
        self.next.clicked.connect(self._on_next_clicked)
        self.form.entered.connect(self._on_next_clicked)
        self.sheet.entered.connect(self._on_next_clicked)
        self.sheet.print_requested.connect(self._on_print_requested)
        self.drop.clicked.connect(self.give_up)
        self._show(self.start)

    @property
    def busy(self) -> bool:
        """Whether the coffre is being written under its new keys."""
        return self._task is not None

    @Slot()
    def give_up(self) -> None:
        """Forget the new keys and all that was typed; nothing has changed."""
        if self._task is not None:
            self._task.cancel()
            self._set_task(None)
            self._services.cles.give_up()
        self._rotation, self._typed = None, ""
        self.current.widget.wipe()
        self.current.clear_error()
        self.form.wipe()
        self.sheet.wipe()
        self._show(self.start)
        self.closed.emit()

    def _show(self, *shown: QWidget) -> None:
        for part in (self.start, self.current, self.form, self.sheet, self._ends):
            part.setVisible(part in shown)

    def _set_task(self, task: Task | None, words: str = "") -> None:
        self._task = task
        for part in (self.current, self.form, self.sheet, self._ends):
            part.setDisabled(task is not None)
        if task is None:
            self._busy.stop()
        else:
            self._busy.start(words)

    @Slot()
    def _on_start_clicked(self) -> None:
        self.form.propose()
        self.next.setText(self.tr("&Continuer"))
        self._show(self.current, self.form, self._ends)
        self.current.widget.setFocus()
        self.opened.emit()

    @Slot()
    def _on_next_clicked(self) -> None:
        if self._task is not None:
            return
        if self._rotation is None:
            self._leave_phrase()
        elif not self.sheet.asking:
            self.sheet.ask_code()
            self.next.setText(self.tr("&Changer les clés"))
        else:
            self._leave_sheet()

    def _leave_phrase(self) -> None:
        current = self.current.widget.value()
        if not current:
            self.current.set_error(
                explained(
                    self.tr("Écrivez la phrase qui ouvre le coffre aujourd’hui."), "phrase#changer-de-phrase"
                )
            )
            self.current.widget.setFocus()
            return
        new = self.form.settle()
        if new is None:
            return
        work = self._services.cles.rotation(current, new, kdf=self._kdf)
        task = self._tasks.run(work, on_done=self._on_keys_made, on_error=self._on_failed)
        self._set_task(task, self.tr("Préparation des nouvelles clés…"))

    @Slot(object)
    def _on_keys_made(self, rotation: Any) -> None:
        self._set_task(None)
        self._rotation = rotation
        self.current.widget.wipe()
        self.form.wipe()
        self.sheet.set_groups(rotation.recovery_code.groups)
        self.next.setText(self.tr("Le code est re&copié"))
        self._show(self.sheet, self._ends)
        self.next.setFocus()

    def _leave_sheet(self) -> None:
        self._typed = self.sheet.typed()
        try:
            work = self._services.cles.begin(self._rotation, self._typed)
        except UserError as error:
            self.sheet.refuse(error)
            return
        task = self._tasks.run(work, on_done=self._on_written, on_error=self._on_failed)
        self._set_task(
            task, self.tr("Le coffre est réécrit sous ses nouvelles clés. Ne fermez pas le programme…")
        )

    @Slot(object)
    def _on_written(self, _nothing: object) -> None:
        self._set_task(None)
        rotation, typed = self._rotation, self._typed
        self._rotation, self._typed = None, ""
        try:
            self._services.cles.commit(rotation, typed)
        except UserError as error:
            self._on_failed(error)
            return
        self.rotated.emit()

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._set_task(None)
        if not isinstance(error, UserError):
            raise error
        if not self.form.refuses(error, self.current):
            self.give_up()
            self._services.cles.give_up()
            self.failed.emit(error)

    @Slot()
    def _on_print_requested(self) -> None:
        if self._rotation is not None:
            self._tasks.run(
                coffre.recovery_sheet, self._rotation.recovery_code.groups, self._services.coffre.folder,
                self._services.clock.today(), on_done=self._on_sheet_drawn,
            )  # fmt: skip

    @Slot(object)
    def _on_sheet_drawn(self, pdf: bytes) -> None:
        from iscg_desktop.ui.printing import print_pdf  # Qt's printing is slow to load and seldom needed

        print_pdf(self, pdf)
