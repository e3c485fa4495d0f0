"""An issued fiche, the states it goes through, and its trace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Etat(StrEnum):
    """What a fiche waits for, as she looks for it."""

    A_IMPRIMER = "a_imprimer"
    A_REMETTRE = "a_remettre"
    REMISES = "remises"
    A_RELANCER = "a_relancer"
    RETOURS = "retours"
    TOUTES = "toutes"


ETAPES: dict[Etat, tuple[str, ...]] = {
    Etat.A_IMPRIMER: ("a_imprimer",),
    Etat.A_REMETTRE: ("imprimee", "enregistree"),
    Etat.REMISES: ("remise", "accusee", "relance"),
    Etat.RETOURS: ("retour",),
}
"""Last steps of the fiches in each state."""

RANGS = {
    "a_imprimer": 0,
    "imprimee": 1,
    "enregistree": 1,
    "remise": 2,
    "accusee": 3,
    "relance": 4,
    "retour": 5,
}
"""How far each step brings a fiche: printing again one that was handed over takes nothing back."""


@dataclass(frozen=True, slots=True)
class FicheEtablie:
    """One issued fiche, without its bytes.

    Attributes:
        personne: Name of the person it is about, as her dossier now has it.
        etape: How far it came: ``a_imprimer``, ``imprimee``, ``enregistree``, ``remise``, ``retour``…
        etape_le: Day of that step.
        remplacee_par: Number of the version that corrects it; empty if none.
        remise_le: Day it was handed over first.
        relance_le: Day on which she is reminded of it.
    """

    id: int
    numero: str
    version: int
    dossier_id: int
    dossier: str
    personne_id: int
    personne: str
    initiales: str
    partenaire_id: int | None
    partenaire: str
    orientation_id: int | None
    etablie_le: date
    etape: str
    etape_le: date
    remplacee_par: str
    remise_le: date | None = None
    relance_le: date | None = None

    @property
    def attend_un_retour(self) -> bool:
        """Whether it was handed over and nobody answered."""
        return self.etape in ETAPES[Etat.REMISES] and not self.remplacee_par


@dataclass(frozen=True, slots=True)
class EtapeFiche:
    """One step of the trace.

    Attributes:
        suite: What the retour says, as a code of ``suite``; empty for other steps.
        canal: How it was handed over, as a code of ``canal_fiche``; empty when that was not said.
        trimestre: Quarter it counts in.
    """

    etape: str
    date: date
    suite: str = ""
    canal: str = ""
    id: int = 0
    trimestre: str = ""
