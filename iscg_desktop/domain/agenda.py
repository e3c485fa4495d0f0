"""What a day holds: rendez-vous, and what is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RendezVous:
    """A rendez-vous; ``initiales`` and ``nom`` are those of the person, empty if none."""

    id: int
    heure: dt.time
    duree: int
    objet: str
    dossier_id: int | None
    dossier: str
    prenom: str
    nom: str


@dataclass(frozen=True, slots=True)
class Relance:
    """Something to do by a date."""

    id: int
    pour_le: dt.date
    objet: str
    dossier_id: int | None
    dossier: str
