"""A path as one reads it."""

from __future__ import annotations

from pathlib import Path

from iscg_desktop.platform.long_paths import shown


def short(folder: Path) -> str:
    """From the home folder when it lies in there: « ~/Documents/coffre »."""
    home, plain = Path.home(), Path(shown(str(folder)))
    return f"~/{plain.relative_to(home).as_posix()}" if plain.is_relative_to(home) else str(plain)
