"""A path as one reads it."""

from __future__ import annotations

from pathlib import Path


def short(folder: Path) -> str:
    """From the home folder when it lies in there: « ~/Documents/coffre »."""
    home = Path.home()
    return f"~/{folder.relative_to(home).as_posix()}" if folder.is_relative_to(home) else str(folder)
