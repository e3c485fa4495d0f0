"""On Windows: keeps a window out of screenshots, recordings and shared screens."""

from __future__ import annotations

import ctypes
import sys
from typing import Any, Final

_EXCLUDED: Final = 0x11  # WDA_EXCLUDEFROMCAPTURE: since Windows 10 version 2004
_BLACK: Final = 0x01  # WDA_MONITOR: before, a black rectangle


def can_exclude() -> bool:
    """Whether this system has such a thing; Linux and its desktops have none that a program may ask for."""
    return sys.platform == "win32"


def exclude(window: int, user32: Any) -> bool:
    """Keep a window out of what is captured; whether it is.

    Args:
        window: Its handle.
        user32: The library of that name.
    """
    handle = ctypes.c_void_p(window)
    return any(bool(user32.SetWindowDisplayAffinity(handle, how)) for how in (_EXCLUDED, _BLACK))
