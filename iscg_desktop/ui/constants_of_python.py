"""Keeps Python 3.11 alive under PySide6 6.12, which gives away references it does not own.

Measured with PySide6 6.12.0: each call of a Qt method that returns nothing takes one reference to ``None``
away, each emitted signal one to ``True``. From Python 3.12 on these constants cannot die (PEP 683); under
3.11 the process aborts (« deallocating None ») after some thousands of calls. The PDF view exists for 6.12
only, so the version cannot be chosen otherwise. To be removed with the support of Python 3.11.
"""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 40


def keep_alive() -> None:
    """Give the constants more references than a program can lose in years; once is enough."""
    if sys.version_info >= (3, 12) or sys.getrefcount(None) > _PLENTY:
        return
    for constant in (None, True, False, NotImplemented, Ellipsis):
        # CPython keeps the count of references first in every object.
        ctypes.c_ssize_t.from_address(id(constant)).value += _PLENTY
