"""Lets a thread of long work step back: the processor goes to the window first."""

from __future__ import annotations

import os
import sys
import threading

_LEAST = 10
"""What is added to the niceness of the thread: it then gets a tenth of a processor that another wants."""


def step_back() -> bool:
    """Have the thread that calls this give way to the others, until it ends.

    Returns:
        Whether the system lets one thread give way: Linux does; elsewhere all threads of a process weigh the same
        to this program.
    """
    if not sys.platform.startswith("linux"):
        return False
    thread = threading.get_native_id()  # on Linux a thread has a niceness of its own
    os.setpriority(os.PRIO_PROCESS, thread, min(os.getpriority(os.PRIO_PROCESS, thread) + _LEAST, 19))
    return True
