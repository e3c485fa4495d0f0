"""Has a Linux desktop wait before it sleeps, while a coffre is open: the lock comes first (S37)."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusError, QDBusMessage, QDBusUnixFileDescriptor

_LOGIND: Final = "org.freedesktop.login1"
_PATH: Final = "/org/freedesktop/login1"
_MANAGER: Final = "org.freedesktop.login1.Manager"
_ANSWER: Final = 5_000  # ms
_HELD: Final[Any] = SLOT("_on_held(QDBusMessage)")
_REFUSED: Final[Any] = SLOT("_on_refused(QDBusError)")


class SleepDelay(QObject):
    """Holds what logind calls a delay: it waits, some seconds at most, until it is closed.

    No child inherits it: it is closed with the process that a lock ends, and the machine sleeps then, not before.

    Args:
        bus: The bus of the machine; one that is not there is not asked.
    """

    def __init__(self, bus: QDBusConnection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._wanted = False
        self._held: QDBusUnixFileDescriptor | None = None

    @property
    def is_held(self) -> bool:
        """Whether the machine waits before it sleeps."""
        return self._held is not None

    @Slot()
    def hold(self) -> None:
        """Have the machine wait from now on."""
        if self._wanted or not self._bus.isConnected():
            return
        self._wanted = True
        call = QDBusMessage.createMethodCall(_LOGIND, _PATH, _MANAGER, "Inhibit")
        call.setArguments(["sleep", "ISCG Desktop", self.tr("Le coffre se verrouille."), "delay"])
        self._bus.callWithCallback(call, self, _HELD, _REFUSED, _ANSWER)

    @Slot()
    def release(self) -> None:
        """Let it sleep at once: no coffre is open."""
        self._wanted, self._held = False, None

    @Slot(QDBusMessage)
    def _on_held(self, answer: QDBusMessage) -> None:
        given = answer.arguments()[:1]
        if self._wanted and given and isinstance(given[0], QDBusUnixFileDescriptor):
            self._held = given[0]

    @Slot(QDBusError)
    def _on_refused(self, _error: QDBusError) -> None:
        """A system that does not wait: the lock comes at its signal, as soon as it can."""
        self._wanted = False
