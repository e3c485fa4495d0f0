"""The one place where what changed in the coffre is announced."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class ChangesHub(QObject):
    """Carries what a service changed to whatever shows it; knows nothing of either."""

    changed = Signal(object)

    def announce(self, changes: object) -> None:
        """Tell everyone who listens; called on the GUI thread with the answer of a service."""
        self.changed.emit(changes)
