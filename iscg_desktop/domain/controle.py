"""The data-protection checklist: what is asked, how the program answers, on which screen, proved by which test."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PointControle:
    """One line of the checklist.

    Attributes:
        point: Article or recommendation, short.
        demande: What is asked, in plain French.
        reponse: How the program answers it.
        ecran: Key of the page, or « page:section », where it is seen.
        ou: Words of that screen, as the window says them.
        essai: Test that proves it, as pytest names it.
    """

    point: str
    demande: str
    reponse: str
    ecran: str
    ou: str
    essai: str


@dataclass(frozen=True, slots=True)
class GroupeControle:
    """Points of one text."""

    titre: str
    points: tuple[PointControle, ...]
