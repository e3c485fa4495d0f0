"""What Windows says of the session: locked, left for another user, put to sleep, its lid closed (S37)."""

from __future__ import annotations

import ctypes
import uuid
from typing import Any, Final

WM_POWERBROADCAST: Final = 0x0218
WM_WTSSESSION_CHANGE: Final = 0x02B1

# A session that nobody looks at any more: its console or its remote screen is gone, it ends, it is locked.
_LEFT: Final = frozenset({0x2, 0x4, 0x6, 0x7})
_PBT_APMSUSPEND: Final = 0x0004
_PBT_POWERSETTINGCHANGE: Final = 0x8013
_LID: Final = uuid.UUID("ba3e0f4d-b817-4094-a2d1-d56379e6a0f3").bytes_le
_NOTIFY_FOR_THIS_SESSION: Final = 0
_DEVICE_NOTIFY_WINDOW_HANDLE: Final = 0


class Message(ctypes.Structure):
    """A message of Windows (``MSG``), as the 64-bit system lays it out."""

    _fields_ = (
        ("hwnd", ctypes.c_uint64),
        ("message", ctypes.c_uint32),
        ("wparam", ctypes.c_uint64),
        ("lparam", ctypes.c_uint64),
        ("time", ctypes.c_uint32),
        ("x", ctypes.c_int32),
        ("y", ctypes.c_int32),
    )


class PowerSetting(ctypes.Structure):
    """What ``lparam`` points to when a power setting changed; the lid says 0 once closed."""

    _fields_ = (
        ("setting", ctypes.c_ubyte * 16),
        ("length", ctypes.c_uint32),
        ("data", ctypes.c_uint32),
    )


def asks_to_lock(message: Message) -> bool:
    """Whether a message says that she is not before the screen any more."""
    if message.message == WM_WTSSESSION_CHANGE:
        return message.wparam in _LEFT
    if message.message != WM_POWERBROADCAST:
        return False
    if message.wparam == _PBT_POWERSETTINGCHANGE and message.lparam:
        setting = PowerSetting.from_address(message.lparam)
        return bytes(setting.setting) == _LID and setting.data == 0
    return bool(message.wparam == _PBT_APMSUSPEND)


def message_at(address: int) -> Message:
    """The message that Qt points to."""
    return Message.from_address(address)


def listen(window: int, wtsapi32: Any, user32: Any) -> bool:
    """Ask Windows to tell a window of its session and of the lid; whether it will.

    Args:
        window: Its handle.
        wtsapi32: The library of that name.
        user32: The library of that name.
    """
    handle = ctypes.c_void_p(window)
    lid = (ctypes.c_ubyte * 16).from_buffer_copy(_LID)
    told = bool(wtsapi32.WTSRegisterSessionNotification(handle, _NOTIFY_FOR_THIS_SESSION))
    # A machine without a lid says no: nothing is missing there.
    user32.RegisterPowerSettingNotification(handle, ctypes.byref(lid), _DEVICE_NOTIFY_WINDOW_HANDLE)
    return told
