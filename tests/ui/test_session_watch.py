"""A desktop that says she left is heard: lock, sleep, lid, user switch, screen saver (S37)."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from PySide6.QtCore import ClassInfo, Property, QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

from iscg_desktop.ui.session_watch import DesktopWatch, WindowsWatch, session_path
from tests.platform.test_session_messages import LOCKING, OTHERS

pytestmark = pytest.mark.exigence("S37")

LOGIND, UPOWER = "org.freedesktop.login1", "org.freedesktop.UPower"
MANAGER, LID = "/org/freedesktop/login1", "/org/freedesktop/UPower"
SESSION = "/org/freedesktop/login1/session/_32"
PROPERTIES = "org.freedesktop.DBus.Properties"


@ClassInfo({"D-Bus Interface": "org.freedesktop.login1.Session"})  # type: ignore[arg-type]
class FakeSession(QObject):
    """A session as logind shows it."""

    active, locked = True, False
    Active = Property(bool, lambda self: self.active)
    LockedHint = Property(bool, lambda self: self.locked)


@ClassInfo({"D-Bus Interface": "org.freedesktop.UPower"})  # type: ignore[arg-type]
class FakePower(QObject):
    """A laptop as UPower shows it."""

    closed = False
    LidIsClosed = Property(bool, lambda self: self.closed)


@dataclass
class Desktop:
    """The services of a desktop on a bus of this test alone.

    Attributes:
        bus: Where the services speak.
        listener: Where the program listens.
    """

    bus: QDBusConnection
    listener: QDBusConnection
    session: FakeSession
    power: FakePower

    def say(self, path: str, interface: str, name: str, *arguments: object) -> None:
        signal = QDBusMessage.createSignal(path, interface, name)
        signal.setArguments(list(arguments))
        assert self.bus.send(signal)

    def change(self, path: str, interface: str) -> None:
        self.say(path, PROPERTIES, "PropertiesChanged", interface, {}, [])


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("dbus-daemon carries the signals of a desktop: apt install dbus")
    daemon = subprocess.Popen(
        [program, "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    bus = QDBusConnection.connectToBus(address, "bureau")
    made = Desktop(bus, QDBusConnection.connectToBus(address, "programme"), FakeSession(), FakePower())
    for name in (LOGIND, UPOWER):
        assert bus.registerService(name)
    for path, service in ((SESSION, made.session), (LID, made.power)):
        assert bus.registerObject(path, service, QDBusConnection.RegisterOption.ExportAllProperties)
    yield made
    for name in ("bureau", "programme"):
        QDBusConnection.disconnectFromBus(name)
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


@pytest.fixture
def watch(desktop: Desktop) -> DesktopWatch:
    return DesktopWatch(desktop.listener, desktop.listener, SESSION)


def sleep(desktop: Desktop, begins: bool = True) -> None:
    desktop.say(MANAGER, "org.freedesktop.login1.Manager", "PrepareForSleep", begins)


def lock(desktop: Desktop, session: str = SESSION) -> None:
    desktop.say(session, "org.freedesktop.login1.Session", "Lock")


def switch(desktop: Desktop, active: bool = False, locked: bool = False) -> None:
    desktop.session.active, desktop.session.locked = active, locked
    desktop.change(SESSION, "org.freedesktop.login1.Session")


def close_lid(desktop: Desktop, closed: bool = True) -> None:
    desktop.power.closed = closed
    desktop.change(LID, UPOWER)


def save_screen(desktop: Desktop, saver: str = "gnome", begins: bool = True) -> None:
    desktop.say("/ScreenSaver", f"org.{saver}.ScreenSaver", "ActiveChanged", begins)


LEAVING: dict[str, Callable[[Desktop], None]] = {
    "about to sleep": sleep,
    "session locked": lock,
    "another user": switch,
    "locked by the desktop": partial(switch, active=True, locked=True),
    "lid closed": close_lid,
    "screen saver": save_screen,
    "screen saver of KDE": partial(save_screen, saver="freedesktop"),
}
STAYING: dict[str, Callable[[Desktop], None]] = {
    "awake again": partial(sleep, begins=False),
    "session of somebody else": partial(lock, session="/org/freedesktop/login1/session/_37"),
    "back to this session": partial(switch, active=True),
    "battery": partial(close_lid, closed=False),
    "screen saver over": partial(save_screen, begins=False),
}


@pytest.mark.parametrize("name", LEAVING)
def test_a_desktop_that_says_she_left_is_heard(
    desktop: Desktop, watch: DesktopWatch, qtbot: QtBot, name: str
) -> None:
    with qtbot.waitSignal(watch.left, timeout=20_000):
        LEAVING[name](desktop)


def test_what_does_not_say_that_she_left_is_let_pass(
    desktop: Desktop, watch: DesktopWatch, qtbot: QtBot
) -> None:
    heard: list[bool] = []
    watch.left.connect(lambda: heard.append(True))
    for happens in STAYING.values():
        happens(desktop)
    with qtbot.waitSignal(watch.left, timeout=20_000):
        lock(desktop)  # the last: whatever was said before was heard
    assert heard == [True]


def test_a_desktop_without_a_bus_is_no_harm(qtbot: QtBot) -> None:
    nowhere = QDBusConnection("nulle part")
    assert not nowhere.isConnected()
    DesktopWatch(nowhere, nowhere)


@pytest.mark.parametrize(
    ("identifier", "path"),
    [
        ("2", "/org/freedesktop/login1/session/_32"),
        ("c1", "/org/freedesktop/login1/session/c1"),
        ("42", "/org/freedesktop/login1/session/_342"),
        ("à", "/org/freedesktop/login1/session/_e0"),
        ("", ""),
    ],
)
def test_the_session_is_named_as_logind_names_it(identifier: str, path: str) -> None:
    assert session_path({"XDG_SESSION_ID": identifier}) == path


@pytest.mark.skipif(sys.platform == "win32", reason="there Qt calls it")
def test_on_windows_the_messages_of_the_windows_are_read() -> None:
    left: list[str] = []
    for name, message in (LOCKING | OTHERS).items():
        watch = WindowsWatch(lambda name=name: left.append(name))
        address = ctypes.addressof(message)
        assert watch.nativeEventFilter(b"windows_generic_MSG", address) == (False, 0)
        assert watch.nativeEventFilter(b"xcb_generic_event_t", address) == (False, 0)
    assert left == list(LOCKING)
