"""The chapters of the user guide, as ``resources/aide`` gives them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from iscg_desktop.domain.guide import Chapitre, Groupe, lire_chapitre, lire_sommaire
from iscg_desktop.paths import resources

_SOMMAIRE = "sommaire.md"


def folder() -> Path:
    """Where the chapters lie, and their pictures in ``images``."""
    return resources() / "aide"


@cache
def sommaire() -> tuple[Groupe, ...]:
    """The table of contents."""
    return lire_sommaire((folder() / _SOMMAIRE).read_text("utf-8"))


@cache
def chapitres() -> dict[str, Chapitre]:
    """Every chapter by its key, in the order of the table of contents."""
    keys = [key for group in sommaire() for key in group.cles]
    return {key: lire_chapitre(key, (folder() / f"{key}.md").read_text("utf-8")) for key in keys}
