"""The messages by which Windows says that she left, as the system lays them out (S37); not yet run there."""

from __future__ import annotations

import ctypes
import struct

import pytest

from iscg_desktop.platform import screen_capture
from iscg_desktop.platform.session_messages import asks_to_lock, listen, message_at
from tests.platform.libraries import Library

pytestmark = pytest.mark.exigence("S37")

LID = bytes.fromhex("4d0f3eba17b89440a2d1d56379e6a0f3")


def native(message: int, wparam: int, lparam: int = 0) -> ctypes.Array[ctypes.c_char]:
    """The bytes of a MSG of 64-bit Windows: handle, number, padding, two words, time, place."""
    packed = struct.pack("<QIxxxxQQIii", 0x1234, message, wparam, lparam, 77, 10, 20)
    return (ctypes.c_char * 48).from_buffer_copy(packed + bytes(4))


LOCKING = {
    "session locked": native(0x02B1, 0x7),
    "console given to another user": native(0x02B1, 0x2),
    "remote screen gone": native(0x02B1, 0x4),
    "session ends": native(0x02B1, 0x6),
    "sleep": native(0x0218, 0x4),
}
OTHERS = {
    "session unlocked": native(0x02B1, 0x8),
    "console comes back": native(0x02B1, 0x1),
    "awake again": native(0x0218, 0x7),
    "battery changed": native(0x0218, 0xA),
    "key": native(0x0100, 0x4),
    "power setting, nothing said": native(0x0218, 0x8013, 0),
}


@pytest.mark.parametrize("name", LOCKING)
def test_a_message_that_she_left_locks(name: str) -> None:
    assert asks_to_lock(message_at(ctypes.addressof(LOCKING[name])))


@pytest.mark.parametrize("name", OTHERS)
def test_any_other_message_does_not(name: str) -> None:
    assert not asks_to_lock(message_at(ctypes.addressof(OTHERS[name])))


@pytest.mark.parametrize(
    ("setting", "data", "locks"), [(LID, 0, True), (LID, 1, False), (bytes(16), 0, False)]
)
def test_a_lid_that_closes_locks(setting: bytes, data: int, locks: bool) -> None:
    told = (ctypes.c_char * 24).from_buffer_copy(setting + struct.pack("<II", 4, data))
    message = native(0x0218, 0x8013, ctypes.addressof(told))
    assert asks_to_lock(message_at(ctypes.addressof(message))) is locks


def test_windows_is_asked_to_tell() -> None:
    wtsapi32, user32 = Library(1), Library(0)  # no lid on this machine
    assert listen(0x1234, wtsapi32, user32)
    assert wtsapi32.asked == [("WTSRegisterSessionNotification", (0x1234, 0))]
    [(name, (handle, _lid, how))] = user32.asked
    assert (name, handle, how) == ("RegisterPowerSettingNotification", 0x1234, 0)


@pytest.mark.parametrize(("answer", "asked"), [(1, [0x11]), (0, [0x11, 0x01])])
def test_a_window_is_kept_out_of_screenshots(answer: int, asked: list[int]) -> None:
    user32 = Library(answer)
    assert screen_capture.exclude(0x1234, user32) is bool(answer)
    assert user32.asked == [("SetWindowDisplayAffinity", (0x1234, how)) for how in asked]
