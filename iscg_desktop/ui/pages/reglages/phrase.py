"""Another passphrase, once the one in force was typed: an open program is no proof of who sits at it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QHideEvent, QShowEvent

from iscg_desktop.errors import UserError
from iscg_desktop.messages import explained
from iscg_desktop.services import cles, coffre
from iscg_desktop.services.cles import Serrure
from iscg_desktop.services.coffre import KdfParameters
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.keys_card import ClesCard
from iscg_desktop.ui.forms.lost_sheet import LostSheet
from iscg_desktop.ui.forms.passphrase_edit import PassphraseField
from iscg_desktop.ui.forms.passphrase_form import PassphraseForm
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.forms.sheet_card import FicheCard
from iscg_desktop.ui.main_window import MainWindow
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.widgets.busy_line import BusyLine
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.labels import Quiet

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
            translate("Phrase", "Phrase de passe et fiche de secours"),
            translate("Phrase", "Ce qui ouvre votre coffre, et ce qui l’ouvre si vous oubliez."),
        )
        self._tasks, self._kdf = tasks, kdf
        self._task: Task | None = None
        self._measured = kdf is not None
        self.current = PassphraseField(self.tr("Phrase de passe &actuelle"))
        self.form = PassphraseForm(tasks)
        self._change = Button(self.tr("Changer la p&hrase de passe"), icon="key-round")
        self._busy = BusyLine()
        self._strong = Button(self.tr("&Renforcer sans changer de phrase"), icon="shield-check")
        self._strong.hide()
        self.sheet = FicheCard(services, hub, tasks)
        self.keys = ClesCard(services, tasks, kdf=kdf)
        card = self._card = Card(self.tr("Changer de phrase"), icon="lock")
        card.add(Quiet(self.tr("Votre fiche de secours reste bonne.")))
        card.add(self.current)
        card.add(self.form)
        card.add(self._change)
        card.add(self._strong)
        card.add(self._busy)
        self.add(self.sheet)
        self._lost = Card(self.tr("Si l’ordinateur est perdu ou volé"), icon="printer")
        self._lost.add(
            Quiet(self.tr("Ce qu’il faut faire, en une feuille à remplir d’avance et à garder ailleurs."))
        )
        self._lost.add(LostSheet(tasks))
        self.add(card)
        self.add(self.keys)
        self.add(self._lost)
        self.body.addStretch()
        self._change.clicked.connect(self._on_change_clicked)
        self.form.entered.connect(self._on_change_clicked)
        self._strong.clicked.connect(self._on_strong_clicked)
        self.sheet.done.connect(self._on_done)
        for part in (self.sheet, self.keys):
            part.opened.connect(partial(self._show_only, part))
            part.closed.connect(self._show_all)
        self.keys.rotated.connect(self._on_rotated)
        for part in (self.sheet, self.keys):
            part.failed.connect(partial(show_error, self.message))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and not self._measured:
            self._measured = True  # once a session: it takes as long as an opening
            self._tasks.run(
                cles.mesurer,
                self._services.coffre.folder,
                on_done=self._on_measured,
                on_error=self._on_unmeasured,
            )

    def reload(self) -> None:
        self.sheet.reload()
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

    def _show_only(self, part: Card) -> None:
        """One thing at a time: their letters are the same."""
        for each in (self.sheet, self._card, self.keys, self._lost):
            each.setVisible(each is part)

    @Slot()
    def _show_all(self) -> None:
        for each in (self.sheet, self._card, self.keys, self._lost):
            each.show()

    def _forget(self) -> None:
        self.sheet.close_all()
        if not self.keys.busy or not self.isVisible():
            self.keys.give_up()
        self.current.widget.wipe()
        self.form.wipe()

    @Slot()
    def _on_change_clicked(self) -> None:
        if not self._change.isEnabled():
            return
        if not self._ask_current():
            return
        new = self.form.settle()
        if new is None:
            return
        self.message.clear()
        self._set_busy(True)
        self._task = self._tasks.run(
            coffre.changed_passphrase_slot,
            self._services.coffre.folder,
            self.current.widget.value(),
            new,
            kdf=self._kdf,
            on_done=self._on_slot,
            on_error=self._on_failed,
        )

    def _ask_current(self) -> bool:
        """Whether she typed the phrase in force; else it is asked for."""
        if self.current.widget.value():
            return True
        self.current.set_error(
            explained(
                self.tr("Écrivez la phrase qui ouvre le coffre aujourd’hui."), "phrase#changer-de-phrase"
            )
        )
        self.current.widget.setFocus()
        return False

    @Slot(object)
    def _on_measured(self, lock: Serrure) -> None:
        """Propose a stronger lock where this machine is faster than the one it was made on."""
        self._strong.setVisible(lock.faible)

    @Slot(object)
    def _on_unmeasured(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error  # a machine short of memory proposes nothing

    @Slot()
    def _on_strong_clicked(self) -> None:
        if self._ask_current():
            self._set_busy(True)
            self._task = self._tasks.run(
                cles.renforcer, self._services.coffre.folder, self.current.widget.value(), kdf=self._kdf,
                on_done=self._on_stronger, on_error=self._on_failed,
            )  # fmt: skip

    @Slot(object)
    def _on_stronger(self, slot: object) -> None:
        if self._adopt(
            slot, self.tr("La même phrase ouvre le coffre ; la deviner coûte maintenant plus cher.")
        ):
            self._strong.hide()

    @Slot(str)
    def _on_done(self, words: str) -> None:
        self.message.show_message("good", words)

    @Slot()
    def _on_rotated(self) -> None:
        window = self.window()
        if isinstance(window, MainWindow):
            window.lock_requested.emit()

    @Slot(object)
    def _on_slot(self, slot: object) -> None:
        self._adopt(slot, self.tr("La nouvelle phrase ouvre le coffre. L’ancienne ne l’ouvre plus."))

    def _adopt(self, slot: object, said: str) -> bool:
        self._set_busy(False)
        try:
            self._services.coffre.set_passphrase(slot)
        except UserError as error:
            show_error(self.message, error)
            return False
        self.wipe()
        self.message.show_message("good", said)
        return True

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._set_busy(False)
        if not isinstance(error, UserError):
            raise error
        if not self.form.refuses(error, self.current):
            show_error(self.message, error)

    def _set_busy(self, busy: bool) -> None:
        for button in (self._change, self._strong):
            button.setEnabled(not busy)
        if not busy:
            self._task = None
        if busy:
            self._busy.start(self.tr("Mise en place de la nouvelle phrase…"))
        else:
            self._busy.stop()
