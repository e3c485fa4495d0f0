"""Keeps PySide from reading the source of every module: some twenty megabytes that would stay."""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401 - what is set below comes with it


def leave_unread() -> None:
    """Answer « no » in PySide's place, for the modules to come.

    At each import PySide (6.11) looks in the source for its own name, to let a module choose other names for Qt's
    functions; Python then keeps those lines for good. No module here chooses any. Should PySide change its ways, no
    harm is done: it reads again.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda _module: False
