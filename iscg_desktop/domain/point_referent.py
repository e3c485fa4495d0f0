"""A point to review with the référent, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iscg_desktop.errors import Problem

LONGEST_POINT = 500
"""Characters of a point: it is read aloud, not studied."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a dossier; ``vu_le`` None while it waits."""

    id: int
    dossier_id: int
    pose_le: date
    texte: str
    vu_le: date | None = None
    decision: str = ""


@dataclass(frozen=True, slots=True)
class PointAVoir:
    """A waiting point with what tells its dossier, as the list of the référent shows it.

    Attributes:
        problematique: Code of the principale, None before the first accueil.
    """

    point: Point
    numero: str
    noms: str
    initiales: str
    unite: str
    problematique: str | None
    dernier_contact: date


def check_point(texte: str) -> tuple[Problem, ...]:
    """What is wrong with the words of a point."""
    if not texte.strip():
        return (Problem("texte", "point_sans_texte"),)
    if len(texte.strip()) > LONGEST_POINT:
        return (Problem("texte", "point_trop_long", {"maximum": LONGEST_POINT}),)
    return ()
