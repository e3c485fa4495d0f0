"""Loads the fonts shipped with the program."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

from iscg_desktop import paths

FAMILY = "Noto Sans"


@cache
def load() -> str:
    """Load every shipped font once.

    Returns:
        The family to use, or "" when none could be loaded: the system's font then serves.
    """
    families: set[str] = set()
    for file in sorted((paths.resources() / "fonts").glob("*.ttf")):
        identifier = QFontDatabase.addApplicationFont(str(file))
        if identifier >= 0:
            families.update(QFontDatabase.applicationFontFamilies(identifier))
    return FAMILY if FAMILY in families else ""
