"""Choosing the short code that lifts the veil, typed twice."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.code_court import LONGUEUR
from iscg_desktop.errors import InvalidInput
from iscg_desktop.messages import explained
from iscg_desktop.services.voile import prepare_code
from iscg_desktop.ui.forms.passphrase_edit import PassphraseField
from iscg_desktop.ui.messages import show_problems
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.labels import Quiet


class CodeCard(Card):
    """Nothing typed here is ever kept.

    Args:
        tasks: Where the code is made ready.
        later: Say that it may also be chosen later.

    Signals:
        ready: The ``CodeChoisi``, to be kept.
    """

    ready = Signal(object)

    def __init__(self, tasks: TaskRunner, *, later: bool = False) -> None:
        super().__init__(self.tr("Code court du voile"), icon="eye-off")
        self._tasks = tasks
        self._task: Task | None = None
        low, high = LONGUEUR
        words = self.tr(
            "De {bas} à {haut} caractères, pour revenir sans taper votre phrase. Trois erreurs verrouillent."
        )
        self.fields = {
            "code": PassphraseField(self.tr("&Nouveau code")),
            "encore": PassphraseField(self.tr("Le même, &encore une fois")),
        }
        self.choose = Button(self.tr("C&hoisir ce code"), icon="check")
        self.remove = Button(self.tr("Re&tirer le code"), kind="quiet", icon="x")
        grid = FormGrid()
        for field in self.fields.values():
            grid.add(field, 4)
            field.widget.entered.connect(self._on_choose_clicked)
        row = QWidget()
        buttons = FlowLayout(row)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.remove)
        self.add(Quiet(words.format(bas=low, haut=high)))
        if later:
            self.add(
                Quiet(self.tr("Rien ne presse : il se choisit aussi plus tard, dans Réglages, Sécurité."))
            )
        self.add(grid)
        self.add(row)
        self.choose.clicked.connect(self._on_choose_clicked)

    def show_state(self, known: bool) -> None:
        """Offer to take a code away where there is one."""
        self.remove.setVisible(known)

    def is_settled(self) -> bool:
        """Whether nothing is typed that was not chosen; else she is asked which she wants."""
        if not any(field.widget.value() for field in self.fields.values()):
            return True
        self.fields["code"].set_error(
            explained(self.tr("Choisissez ce code, ou effacez les deux champs."), "discretion#le-voile")
        )
        self.choose.setFocus()
        return False

    def wipe(self) -> None:
        """Forget what was typed, and a code that is being made."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.choose.setEnabled(True)
        for field in self.fields.values():
            field.widget.wipe()
            field.clear_error()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.wipe()

    @Slot()
    def _on_choose_clicked(self) -> None:
        code, again = (field.widget.value() for field in self.fields.values())
        for field in self.fields.values():
            field.clear_error()
        if self._task is not None:
            return
        if code != again:
            self.fields["encore"].set_error(
                explained(self.tr("Les deux codes diffèrent."), "discretion#le-voile")
            )
            self.fields["encore"].widget.setFocus()
            return
        self.choose.setEnabled(False)
        self._task = self._tasks.run(prepare_code, code, on_done=self._on_prepared, on_error=self._on_refused)

    @Slot(object)
    def _on_prepared(self, code: object) -> None:
        self._task = None
        self.choose.setEnabled(True)
        self.ready.emit(code)

    @Slot(object)
    def _on_refused(self, error: BaseException) -> None:
        self._task = None
        self.choose.setEnabled(True)
        if not isinstance(error, InvalidInput):
            raise error
        show_problems(self.fields, error.problems)
