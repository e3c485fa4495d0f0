"""Lets a thread of long work step back: the processor goes to the window first."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

_T = TypeVar("_T")

_LEAST = 10
"""What is added to the niceness of the thread: it then gets a tenth of a processor that another wants."""


def behind(work: Callable[..., _T], *args: Any) -> _T:
    """Do what takes long in a thread that gives way, and wait for it; for a worker, whose own thread is used again."""
    with ThreadPoolExecutor(1, initializer=step_back) as executor:
        return executor.submit(work, *args).result()


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
