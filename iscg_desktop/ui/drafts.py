"""Keeps what is being typed: in the coffre within two seconds of the last keystroke."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.services.brouillons import BrouillonsService

PAUSE = 700
"""Milliseconds without a keystroke before the draft is written: the disk is not asked at each of them."""

MOST = 4_000
"""Milliseconds of typing without a pause before it is written all the same."""

AGAIN = 5_000
"""Milliseconds before a disk that refused is asked again."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A form at one moment.

    Attributes:
        contenu: State of the form.
        champ: Field that had the focus.
        dossier_id: Dossier it belongs to, None for a new one.
    """

    contenu: Mapping[str, Any]
    champ: str | None
    dossier_id: int | None


def keep_drafts(window: QWidget) -> bool:
    """Write at once all that is half-typed in a window; False when the disk refuses some of it."""
    kept = [keeper.keep() for keeper in window.findChildren(DraftKeeper)]  # each of them
    return all(kept)


class DraftKeeper(QObject):
    """Writes the draft of one form a moment after each change; nothing before the first.

    What the disk refuses is tried again, every few seconds and at each change, for as long as it takes:
    the words are on the screen all the while.

    Args:
        brouillons: Where drafts are kept.
        formulaire: Kind of form.
        cle: Name of this draft.
        read: Gives the form as it stands; None once nothing is left in it to be kept.
        now: Tells the moment.

    Attributes:
        kept_at: Moment the draft was last written, None while it never was.

    Signals:
        kept: It is on the disk.
        failed: Carries the ``UserError`` that says why it is not.
    """

    kept = Signal()
    failed = Signal(object)

    def __init__(
        self,
        brouillons: BrouillonsService,
        formulaire: str,
        cle: str,
        read: Callable[[], Snapshot | None],
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._brouillons, self._formulaire, self.cle = brouillons, formulaire, cle
        self._read, self._now = read, now
        self.kept_at: datetime | None = None
        self._waiting = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._most = QTimer(self, singleShot=True, interval=MOST)
        self._again = QTimer(self, singleShot=True, interval=AGAIN)
        for timer in (self._pause, self._most, self._again):
            timer.timeout.connect(self.keep)

    @property
    def waiting(self) -> bool:
        """Whether something typed is not on the disk yet."""
        return self._waiting

    @Slot()
    def touch(self) -> None:
        """Something was typed."""
        self._waiting = True
        self._pause.start()
        if not self._most.isActive():
            self._most.start()

    @property
    def holds(self) -> bool:
        """Whether something was typed that is not recorded, on the disk already or not."""
        return self._waiting or self.kept_at is not None

    def resume(self, kept_at: datetime) -> None:
        """Go on with a draft that is already on the disk."""
        self.kept_at = kept_at

    @Slot()
    def keep(self) -> bool:
        """Write it now; True when it lies on the disk, or when there is nothing to keep."""
        self.stop()
        if self.kept_at is None and not self._waiting:
            return True
        snapshot = self._read()
        try:
            if snapshot is None:
                self.drop()
                return True
            self._write(self._brouillons.keep, snapshot)
        except UserError as error:
            self._waiting = True
            self._again.start()
            self.failed.emit(error)
            return False
        self._waiting = False
        self.kept_at = self._now()
        self.kept.emit()
        return True

    def set_aside(self) -> None:
        """Leave in memory what the disk refuses: the form is wanted for another thing."""
        snapshot = self._read()
        if snapshot is not None:
            self._write(self._brouillons.set_aside, snapshot)

    def _write(self, where: Callable[..., None], snapshot: Snapshot) -> None:
        where(
            self.cle,
            self._formulaire,
            snapshot.contenu,
            dossier_id=snapshot.dossier_id,
            champ=snapshot.champ,
        )

    def drop(self) -> None:
        """Forget the draft, on the disk too.

        Raises:
            UserError: The disk refuses; the draft stays.
        """
        self.stop()
        if self.kept_at is not None:
            self._brouillons.drop(self.cle)
        self._waiting = False
        self.kept_at = None

    def stop(self) -> None:
        """Write nothing more by itself until the next change."""
        for timer in (self._pause, self._most, self._again):
            timer.stop()
