"""Gives the memory that the program has freed back to the system: the C library keeps it for later."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> bool:
    """Give back every whole page that is free in the middle of what was allocated; some milliseconds.

    Returns:
        Whether this C library knows how: that of Linux (glibc) does, elsewhere pages go back by themselves.
    """
    if not sys.platform.startswith("linux"):
        return False
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is None:
        return False
    trim(ctypes.c_size_t(0))
    return True
