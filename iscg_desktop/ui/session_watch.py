"""Asks for the lock when she leaves the session: locked, switched to another user, put to sleep, its lid closed (S37).

On Linux logind, UPower and the screen savers say so on D-Bus; on Windows messages come to the window.
"""

from __future__ import annotations

import os
import sys
from typing import Any, Final

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusError, QDBusMessage
from PySide6.QtWidgets import QApplication, QWidget

from iscg_desktop.platform import screen_capture, session_messages
from iscg_desktop.ui.sleep_delay import SleepDelay

_LOGIND: Final = "org.freedesktop.login1"
_SESSION: Final = "org.freedesktop.login1.Session"
_MANAGER: Final = "org.freedesktop.login1.Manager"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_UPOWER: Final = "org.freedesktop.UPower"
_LID: Final = "/org/freedesktop/UPower"
_ANSWER: Final = 5_000  # ms
_ERROR: Final[Any] = SLOT("_on_error(QDBusError)")
_SAVERS: Final = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)


class DesktopWatch(QObject):
    """Listens to the two buses of a Linux desktop; one that is not there says nothing.

    Args:
        system: The bus of the machine.
        session: The bus of her session.
        path: Object of her session at logind; "" when it is not known, and then any session that is left locks.

    Signals:
        left: She is not before the screen any more.
    """

    left = Signal()

    def __init__(
        self, system: QDBusConnection, session: QDBusConnection, path: str = "", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._system = system
        self._listen(system, _LOGIND, "/org/freedesktop/login1", _MANAGER, "PrepareForSleep", "_on_flag")
        self._listen(system, _LOGIND, path, _SESSION, "Lock", "_on_lock")
        self._listen(system, _LOGIND, path, _PROPERTIES, "PropertiesChanged", "_on_session_changed")
        self._listen(system, _UPOWER, _LID, _PROPERTIES, "PropertiesChanged", "_on_lid_changed")
        for saver in _SAVERS:
            self._listen(session, "", "", saver, "ActiveChanged", "_on_flag")

    def _listen(
        self, bus: QDBusConnection, service: str, path: str, interface: str, name: str, slot: str
    ) -> None:
        if bus.isConnected():
            bus.connect(service, path, interface, name, self, _slot(slot))

    @Slot(QDBusMessage)
    def _on_flag(self, message: QDBusMessage) -> None:
        """``true``: about to sleep, or the screen saver begins."""
        if message.arguments()[:1] == [True]:
            self.left.emit()

    @Slot(QDBusMessage)
    def _on_lock(self, _message: QDBusMessage) -> None:
        self.left.emit()

    @Slot(QDBusMessage)
    def _on_session_changed(self, message: QDBusMessage) -> None:
        """Something of the session changed: is another one in front, or is it locked?"""
        self._ask(message, _LOGIND, _SESSION, "Active", "_on_active")
        self._ask(message, _LOGIND, _SESSION, "LockedHint", "_on_locked")

    @Slot(QDBusMessage)
    def _on_lid_changed(self, message: QDBusMessage) -> None:
        """Something of the battery or of the lid changed: is it closed?"""
        self._ask(message, _UPOWER, _UPOWER, "LidIsClosed", "_on_locked")

    def _ask(self, about: QDBusMessage, service: str, interface: str, name: str, slot: str) -> None:
        """Ask for a value: those that came with the signal cannot be read from Python."""
        call = QDBusMessage.createMethodCall(service, about.path(), _PROPERTIES, "Get")
        call.setArguments([interface, name])
        self._system.callWithCallback(call, self, _slot(slot), _ERROR, _ANSWER)

    @Slot(QDBusMessage)
    def _on_active(self, answer: QDBusMessage) -> None:
        if [value.variant() for value in answer.arguments()] == [False]:
            self.left.emit()

    @Slot(QDBusMessage)
    def _on_locked(self, answer: QDBusMessage) -> None:
        if [value.variant() for value in answer.arguments()] == [True]:
            self.left.emit()

    @Slot(QDBusError)
    def _on_error(self, _error: QDBusError) -> None:
        """A desktop that does not know the answer says nothing: the other signs are left."""


def _slot(name: str) -> Any:
    return SLOT(
        f"{name}(QDBusMessage)"
    )  # text, whatever the annotations of PySide6 6.11 say: bytes are refused


class WindowsWatch(QAbstractNativeEventFilter):
    """Reads the messages of Windows as they come to the windows of the program.

    Args:
        left: Called when one says that she is not before the screen any more.
    """

    def __init__(self, left: Any) -> None:
        super().__init__()
        self._left = left

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        if QByteArray(kind) == b"windows_generic_MSG" and session_messages.asks_to_lock(
            session_messages.message_at(int(message))
        ):
            self._left()
        return False, 0


class SessionWatch(QObject):
    """Watches the session on whatever system this is.

    Args:
        app: The application.

    Signals:
        left: She is not before the screen any more.
    """

    left = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._native: WindowsWatch | None = None
        self._delay: SleepDelay | None = None
        if sys.platform == "win32":
            self._native = WindowsWatch(self.left.emit)
            app.installNativeEventFilter(self._native)
        elif sys.platform.startswith("linux"):
            desktop = DesktopWatch(
                QDBusConnection.systemBus(), QDBusConnection.sessionBus(), session_path(), self
            )
            desktop.left.connect(self.left)
            self._delay = SleepDelay(QDBusConnection.systemBus(), self)

    @Slot()
    def on_opened(self) -> None:
        """A coffre is open: the machine is not to sleep before it is locked."""
        if self._delay is not None:
            self._delay.hold()

    @Slot()
    def on_closed(self) -> None:
        """None is open any more."""
        if self._delay is not None:
            self._delay.release()

    def protect(self, window: QWidget) -> None:
        """On Windows: have the messages of the session come to a window, and keep it out of screenshots."""
        if sys.platform == "win32":
            import ctypes

            user32, handle = ctypes.WinDLL("user32"), int(window.winId())
            session_messages.listen(handle, ctypes.WinDLL("wtsapi32"), user32)
            screen_capture.exclude(handle, user32)


def session_path(environment: dict[str, str] | None = None) -> str:
    """Object of her session at logind, "" when the session does not say its name."""
    name = (environment if environment is not None else dict(os.environ)).get("XDG_SESSION_ID", "")
    return f"/org/freedesktop/login1/session/{_escaped(name)}" if name else ""


def _escaped(name: str) -> str:
    """A name as the paths of D-Bus write it: letters, and digits but for the first; the rest by its code."""
    return "".join(
        sign if sign.isascii() and (sign.isalpha() or (sign.isdigit() and place > 0)) else f"_{ord(sign):02x}"
        for place, sign in enumerate(name)
    )
