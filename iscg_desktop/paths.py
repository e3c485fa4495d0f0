"""The only file that knows where resources and data lie, frozen, installed or in a checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """Folder shipped inside the package (wheel, frozen build), else beside it (checkout)."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def package() -> Path:
    """Folder of the modules of the program."""
    return _PACKAGE


def resources() -> Path:
    """Folder of fonts, icons, nomenclatures, territories, menu and help pages."""
    return _shipped("resources")


def translations() -> Path:
    """Folder of the compiled translations (``*.qm``)."""
    return _shipped("translations")


def default_coffre() -> Path:
    """Where a coffre is created unless the user chooses another place."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "iscg-desktop" / "coffre"


def preferences() -> Path:
    """Where the look of the program is kept; it names nobody."""
    return default_coffre().parent / "preferences.json"
