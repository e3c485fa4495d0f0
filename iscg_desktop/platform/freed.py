"""Gives the memory that the program has freed back to the system: the C library would keep it, one heap a thread."""

from __future__ import annotations

import ctypes
import sys

_ARENA_MAX = -8  # of malloc.h


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


def share_one_heap() -> bool:
    """Have every thread allocate from one heap: what a worker frees is then the window's to take.

    Returns:
        Whether this C library has several and obeyed.
    """
    if not sys.platform.startswith("linux"):
        return False
    tune = getattr(ctypes.CDLL(None), "mallopt", None)
    return tune is not None and tune(ctypes.c_int(_ARENA_MAX), ctypes.c_int(1)) == 1
