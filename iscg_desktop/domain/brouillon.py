"""A form as it was left, half-typed words included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Brouillon:
    """A form as it was left.

    Attributes:
        cle: Name of the draft; one form keeps one draft under one name.
        formulaire: Kind of form.
        contenu: State of the form, as it gave it.
        champ: Field that had the focus.
        modifie_le: UTC moment of the last keystroke kept.
    """

    cle: str
    formulaire: str
    dossier_id: int | None
    contenu: Mapping[str, Any]
    champ: str | None
    modifie_le: datetime
