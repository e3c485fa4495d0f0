"""What a use case changed, so that the pages that show it know to read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "dossiers", "personnes", "entretiens", "saisines", "orientations", "fiches", "partenaires", "contacts", "bilans",
    "brouillons", "pieces_jointes", "agenda", "reglages",
    "documents", "droits",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changes:
    """Kinds of things that changed, and the dossier concerned if there is one."""

    kinds: frozenset[Kind]
    dossier_id: int | None = None


def changes(*kinds: Kind, dossier_id: int | None = None) -> Changes:
    """Shorthand: ``changes("entretiens", "dossiers")``."""
    return Changes(frozenset(kinds), dossier_id)
