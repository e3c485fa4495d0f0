"""Another passphrase, once the one in force was typed: an open program is no proof of who sits at it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QHideEvent

from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services import coffre
from iscg_desktop.services.coffre import KdfParameters
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.passphrase_edit import PassphraseField
from iscg_desktop.ui.forms.passphrase_form import PassphraseForm
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.widgets.busy_line import BusyLine
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card

translate = QCoreApplication.translate


class PhraseSection(Section):
    """Nothing typed here is ever kept.

    Args:
        tasks: Where the keys are made.
        kdf: Cost of the new passphrase; calibrated when left out.
    """

    def __init__(
        self, services: Services, hub: ChangesHub, tasks: TaskRunner, *, kdf: KdfParameters | None = None
    ) -> None:
        super().__init__(
            services,
            hub,
            translate("Phrase", "Phrase de passe"),
            translate("Phrase", "Votre feuille de secours reste valable."),
        )
        self._tasks, self._kdf = tasks, kdf
        self._task: Task | None = None
        self.current = PassphraseField(self.tr("Phrase de passe &actuelle"))
        self.form = PassphraseForm(tasks)
        self._change = Button(self.tr("Changer la p&hrase de passe"), icon="key-round")
        self._busy = BusyLine()
        card = Card()
        card.add(self.current)
        card.add(self.form)
        card.add(self._change)
        card.add(self._busy)
        self.add(card)
        self.body.addStretch()
        self._change.clicked.connect(self._on_change_clicked)
        self.form.entered.connect(self._on_change_clicked)

    def reload(self) -> None:
        if self._change.isEnabled():
            self.wipe()

    def wipe(self) -> None:
        """Forget all that was typed or drawn."""
        self.current.widget.wipe()
        self.current.clear_error()
        self.form.propose()

    def set_discreet(self, discreet: bool) -> None:
        self.form.setVisible(not discreet)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # the section is left; a minimised window comes back as it was
            self._forget()

    def keep_now(self) -> bool:
        if self._task is not None:
            self._task.cancel()  # the coffre may close: the passphrase in force stays
            self._set_busy(False)
        self._forget()
        return True

    def _forget(self) -> None:
        self.current.widget.wipe()
        self.form.wipe()

    @Slot()
    def _on_change_clicked(self) -> None:
        if not self._change.isEnabled():
            return
        edit = self.current.widget
        if not edit.value():
            self.current.set_error(self.tr("Écrivez la phrase qui ouvre le coffre aujourd’hui."))
            edit.setFocus()
            return
        new = self.form.settle()
        if new is None:
            return
        self.message.clear()
        self._set_busy(True)
        self._task = self._tasks.run(
            coffre.changed_passphrase_slot,
            self._services.coffre.folder,
            edit.value(),
            new,
            kdf=self._kdf,
            on_done=self._on_slot,
            on_error=self._on_failed,
        )

    @Slot(object)
    def _on_slot(self, slot: object) -> None:
        self._set_busy(False)
        try:
            self._services.coffre.set_passphrase(slot)
        except UserError as error:
            show_error(self.message, error)
            return
        self.wipe()
        self.message.show_message(
            "good", self.tr("La nouvelle phrase ouvre le coffre. L’ancienne ne l’ouvre plus.")
        )

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._set_busy(False)
        if not isinstance(error, UserError):
            raise error
        if error.code == "phrase_de_passe_incorrecte":
            self.current.set_error(sentence(error))
            self.current.widget.setFocus()
        elif error.code == "phrase_de_passe_faible":
            self.form.refuse_weak(sentence(error))
        else:
            show_error(self.message, error)

    def _set_busy(self, busy: bool) -> None:
        self._change.setEnabled(not busy)
        if not busy:
            self._task = None
        if busy:
            self._busy.start(self.tr("Mise en place de la nouvelle phrase…"))
        else:
            self._busy.stop()
