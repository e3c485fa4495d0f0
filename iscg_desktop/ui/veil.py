"""The veil: everything leaves the screen at once; the short code, or the passphrase, brings it back (S37)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow

from iscg_desktop.domain.code_court import ESSAIS
from iscg_desktop.services.voile import Serrure
from iscg_desktop.ui.application import NAME
from iscg_desktop.ui.forms.passphrase_edit import PassphraseField
from iscg_desktop.ui.main_window import MainWindow
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.vanishing import empty_screen
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.centred_page import CentredPage
from iscg_desktop.ui.widgets.icon_label import IconLabel
from iscg_desktop.ui.widgets.labels import Quiet, Title


class VeilPage(CentredPage):
    """All there is to see under the veil.

    Args:
        serrure: What lifts it.
        tasks: Where what is typed is compared.

    Signals:
        lifted: What was typed lifts it.
        lock_requested: She asked to lock, or three tries were wrong.
    """

    lifted = Signal()
    lock_requested = Signal()

    def __init__(self, serrure: Serrure, tasks: TaskRunner) -> None:
        super().__init__()
        self._serrure, self._tasks = serrure, tasks
        self._left = ESSAIS
        self._task: Task | None = None
        label = self.tr("&Code court") if serrure.par_code else self.tr("&Phrase de passe")
        self.field = PassphraseField(label)
        self.lift = Button(self.tr("&Lever le voile"), kind="primary", icon="eye")
        self.lock = Button(self.tr("&Verrouiller"), kind="quiet", icon="lock")
        self._build()
        self.field.widget.entered.connect(self._on_submit)
        self.lift.clicked.connect(self._on_submit)
        self.lock.clicked.connect(self.lock_requested)

    def activated(self) -> None:
        """Ready to be typed in."""
        self.field.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        card, title = Card(), Title(self.tr("Voile baissé"))
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        buttons = QHBoxLayout()
        buttons.addWidget(self.lift)
        buttons.addStretch()
        buttons.addWidget(self.lock)
        card.body.addWidget(IconLabel("eye-off", "accent", 32), alignment=Qt.AlignmentFlag.AlignHCenter)
        card.add(title)
        card.add(self.field)
        if not self._serrure.par_code:
            words = self.tr("Un code court, choisi dans Réglages, Sécurité, le lèverait plus vite.")
            card.add(Quiet(words))
        card.body.addLayout(buttons)
        self.add_centred(card, 400)

    @Slot()
    def _on_submit(self) -> None:
        typed = self.field.widget.value()
        if self._task is None and typed:
            self.field.clear_error()
            run = self._tasks.run
            self._task = run(
                self._serrure.accepts, typed, on_done=self._on_compared, on_error=self._on_failed
            )

    @Slot(object)
    def _on_compared(self, right: bool) -> None:
        self._task = None
        self.field.widget.wipe()
        if right:
            self.lifted.emit()
            return
        self._left -= 1
        if self._left == 0:
            self.lock_requested.emit()
        elif self._left == 1:
            self.field.set_error(
                self.tr("Ce n’est pas cela. Un dernier essai, puis le coffre se verrouille.")
            )
        else:
            self.field.set_error(self.tr("Ce n’est pas cela. Il reste deux essais."))
        self.activated()

    @Slot(object)
    def _on_failed(self, _error: BaseException) -> None:
        """What would lift it cannot be read any more: only the lock is left."""
        self._task = None
        self.lock_requested.emit()


class Veil(QObject):
    """Lowers and lifts the veil over one window.

    The key stays in memory meanwhile: who can read the memory of a running program is not kept out, the lock does that.

    Args:
        window: What it hides.
        tasks: For what is slow.

    Signals:
        lowered: The window of the veil is shown, a ``QWidget``.
        lifted: The window is shown again.
        lock_requested: Only the passphrase opens now.
    """

    lowered = Signal(object)
    lifted = Signal()
    lock_requested = Signal()

    def __init__(self, window: MainWindow, tasks: TaskRunner) -> None:
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._veil: _VeilWindow | None = None

    @property
    def is_lowered(self) -> bool:
        """Whether it hides everything now."""
        return self._veil is not None

    def lower(self, serrure: Serrure) -> None:
        """Take every window off the screen and out of what assistive programs read; show the veil alone."""
        if self._veil is not None:
            return
        geometry = self._window.saveGeometry()
        empty_screen()
        dialog = QApplication.activeModalWidget()
        while dialog is not None:  # each gives up: it would keep the keyboard from the veil
            dialog.close()
            following = QApplication.activeModalWidget()
            dialog = following if following is not dialog else None
        self._veil = _VeilWindow(VeilPage(serrure, self._tasks))
        self._veil.restoreGeometry(geometry)
        self._veil.page.lifted.connect(self._on_lifted)
        self._veil.page.lock_requested.connect(self.lock_requested)
        self._veil.show()
        self._veil.activateWindow()
        self._veil.page.activated()
        self.lowered.emit(self._veil)

    def remove(self) -> None:
        """Take the veil away without showing what it hid: the coffre closes."""
        veil, self._veil = self._veil, None
        if veil is not None:
            veil.hide()
            veil.deleteLater()

    @Slot()
    def _on_lifted(self) -> None:
        assert self._veil is not None
        geometry = self._veil.saveGeometry()
        self._window.restoreGeometry(geometry)
        self._window.show()
        self.remove()
        self._window.activateWindow()
        self.lifted.emit()


class _VeilWindow(QMainWindow):
    """In the place of the window; closing it locks."""

    def __init__(self, page: VeilPage) -> None:
        super().__init__()
        self.page = page
        self.setWindowTitle(NAME)
        self.setCentralWidget(page)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.page.lock_requested.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            self.page.activated()
        return super().event(event)
