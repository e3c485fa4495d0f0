"""Long work over the coffre, done in short steps on the window's own thread: how far it is, and a way to stop.

The coffre's connection belongs to that thread. Nothing else of the window answers meanwhile: what is half done
must not be seen, and nothing else may write.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.services.turns import AT_THE_DISK
from iscg_desktop.ui.garbage import Pause
from iscg_desktop.ui.main_window import MainWindow
from iscg_desktop.ui.one_a_turn import OneATurn
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.labels import Heading, Quiet

_SLICE = 0.02  # seconds of steps between two looks at keys and mouse
_AT_ONCE = 0.04  # seconds of steps for which no dialog opens


class StepsDialog(QDialog):
    """Takes the steps of a generator until it ends, fails, or she stops it; Ctrl+L stops it and locks.

    Args:
        parent: The page that asks.
        words: What is being done.
        steps: Each step gives steps done and steps in all; closed in the middle, it must leave nothing.
        needed: She cannot stop it: what it goes with is done already. Whatever would stop it takes all that is left.

    Signals, at most one of them:
        ended: What the generator returned.
        refused: The ``UserError`` it raised.
        stopped: She stopped it.
    """

    ended = Signal(object)
    refused = Signal(object)
    stopped = Signal()

    def __init__(
        self,
        parent: QWidget,
        words: str,
        steps: Generator[tuple[int, int], None, Any],
        *,
        needed: bool = False,
    ) -> None:
        super().__init__(parent)
        self._needed = needed
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(words)
        self._steps = steps
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words)
        self.count = Quiet(" ")
        self.cancel = Button(self.tr("Annuler (Échap)"))
        self.cancel.clicked.connect(self.reject)
        self.cancel.setHidden(needed)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(GAP - 4)
        column.addWidget(Heading(words))
        column.addWidget(self.bar)
        column.addWidget(self.count)
        column.addWidget(self.cancel, alignment=Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(420)
        self._pause: Pause | None = None  # once it began
        self._timer = OneATurn(self, self._on_timeout)
        QShortcut(QKeySequence("Ctrl+L"), self, self._on_lock_key)
        QShortcut(QKeySequence("F9"), self, self._on_discreet_key)

    def begin(self) -> None:
        """Show, and take the first steps as soon as the window has a moment."""
        self._pause = Pause()
        self.open()
        self._timer.start()

    @property
    def running(self) -> bool:
        """Whether steps are left."""
        return self._timer.isActive()

    def reject(self) -> None:
        """Stop: nothing of what was done stays."""
        if self._needed:
            self._take(float("inf"))
        elif self._end():
            self._steps.close()
            self.stopped.emit()

    def _end(self) -> bool:
        """Take no more steps; False when it had ended already."""
        if not self.running:
            return False
        self._timer.stop()
        if self._pause is not None:
            self._pause.end()
        super().reject()
        self.parentWidget().activateWindow()  # not every desktop gives the keys back by itself
        self.deleteLater()
        return True

    def _on_timeout(self) -> None:
        self._take(time.monotonic() + _SLICE)

    def _take(self, until: float) -> None:
        """Take steps until a moment, or to their end."""
        if not self.running:
            return
        try:
            while True:
                step = next(self._steps)
                if time.monotonic() >= until:
                    break
        except StopIteration as last:
            self._end()
            self.ended.emit(last.value)
        except UserError as error:
            self._end()
            self.refused.emit(error)
        except BaseException:
            self._end()
            raise
        else:
            self._show(*step)
            if step is AT_THE_DISK:
                self._needed = True
                self.cancel.setEnabled(False)
                self.count.setText(self.tr("Écriture sur le disque…"))

    def _show(self, reached: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(reached)
        self.count.setText(self.tr("{fait} sur {total}").format(fait=reached, total=total))

    @Slot()
    def _on_lock_key(self) -> None:
        self.reject()
        window = self.parentWidget()
        if isinstance(window, MainWindow):
            # Once the dialog is gone: the window goes with the coffre.
            QTimer.singleShot(0, window.lock_requested.emit)

    @Slot()
    def _on_discreet_key(self) -> None:
        window = self.parentWidget()
        if isinstance(window, MainWindow):
            window.set_discreet(not window.discreet)


def in_steps(
    page: QWidget,
    words: str,
    steps: Generator[tuple[int, int], None, Any],
    on_done: Callable[[Any], None],
    on_error: Callable[[UserError], None],
    on_stopped: Callable[[], None] = lambda: None,
    *,
    needed: bool = False,
) -> StepsDialog | None:
    """Take the steps of a work: at once when they are few, else in a dialog, which is returned.

    Args:
        page: The page that asks.
        words: What is being done.
        steps: As a ``StepsDialog`` takes them.
        on_done: Receives what it returned.
        on_error: Receives what it refused.
        on_stopped: She stopped it.
        needed: She cannot stop it.
    """
    until = time.monotonic() + _AT_ONCE
    try:
        while time.monotonic() < until:
            next(steps)
    except StopIteration as end:
        on_done(end.value)
        return None
    except UserError as error:
        on_error(error)
        return None
    dialog = StepsDialog(page.window(), words, steps, needed=needed)
    dialog.ended.connect(on_done)
    dialog.refused.connect(on_error)
    dialog.stopped.connect(on_stopped)
    dialog.begin()
    return dialog
