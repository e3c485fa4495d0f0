"""What the program remembers outside any coffre: how it looks, and nothing about anyone."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

from iscg_desktop import paths
from iscg_desktop.files import private_folder, write_atomic

Aspect = Literal["systeme", "clair", "sombre"]
Taille = Literal["normale", "grande", "tres_grande"]


@dataclass(frozen=True, slots=True)
class Preferences:
    """The look: light or dark, and the size of the letters."""

    aspect: Aspect = "systeme"
    taille: Taille = "normale"


def load(path: Path | None = None) -> Preferences:
    """Those kept; the defaults for a file that is missing, unreadable or senseless: the look stops nobody."""
    try:
        values = json.loads((path or paths.preferences()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    found = values if isinstance(values, dict) else {}
    return Preferences(
        next((known for known in get_args(Aspect) if known == found.get("aspect")), "systeme"),
        next((known for known in get_args(Taille) if known == found.get("taille")), "normale"),
    )


def save(preferences: Preferences, path: Path | None = None) -> None:
    """Keep them.

    Raises:
        UserError: The disk's refusals.
    """
    place = path or paths.preferences()
    private_folder(place.parent)
    write_atomic(place, json.dumps(asdict(preferences)).encode())
