"""Makes a heavy form before it is asked for, a part at a time while nothing else happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Slot

from iscg_desktop.ui.one_a_turn import OneATurn

REST = 400
"""Milliseconds without a keystroke before the next form is begun."""


class MadeInSteps(Protocol):
    """A widget that is usable once its steps are exhausted."""

    steps: Iterator[None]

    def deleteLater(self) -> None:
        """Go away."""


F = TypeVar("F", bound=MadeInSteps)


class FormAhead(QObject, Generic[F]):
    """Keeps one form ready, so that a page opens without a wait.

    Args:
        begin: Gives a form of which no step is made yet.
    """

    def __init__(self, begin: Callable[[], F], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._begin = begin
        self._form: F | None = None
        self._ready = False
        self._awaited: Callable[[], None] | None = None
        self._step = OneATurn(self, self._on_step_timeout)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.make)

    @property
    def ready(self) -> bool:
        """Whether `take` has nothing left to make."""
        return self._ready

    @Slot()
    def make(self) -> None:
        """Begin a form, unless one is there."""
        if self._form is None:
            self._form, self._ready = self._begin(), False
            self._step.start()

    def when_ready(self, act: Callable[[], None]) -> None:
        """Do something once a form is there to be taken: now, or after the turns that making it takes.

        Args:
            act: Takes the place of what was to be done then, if anything.
        """
        if self._ready:
            act()
            return
        self._awaited = act
        self._rest.stop()
        self.make()
        self._step.start()

    def make_at_rest(self) -> None:
        """Begin a form once nothing was typed for a while; to be called again at each keystroke."""
        if self._form is None:
            self._rest.start()

    def take(self) -> F:
        """The form, finished now if it is not."""
        self.stop()
        form = self._form or self._begin()
        self._form, self._ready = None, False
        for _ in form.steps:
            pass
        return form

    def renew(self) -> None:
        """Make another one in place of the one that is ready: what it offers has changed."""
        if self._form is not None:
            self._form.deleteLater()
            self._form, self._ready = None, False
            self.make()

    def stop(self) -> None:
        """Make nothing by itself, unless somebody waits for it: the coffre may be about to close."""
        if self._awaited is None:
            self._step.stop()
            self._rest.stop()

    def _on_step_timeout(self) -> None:
        if self._form is None and self._awaited is None:
            self._step.stop()
        elif self._form is None:  # taken by another way than the one that waits
            self.make()
        elif next(self._form.steps, self) is self:
            self._step.stop()
            self._ready = True
            awaited, self._awaited = self._awaited, None
            if awaited is not None:
                awaited()
