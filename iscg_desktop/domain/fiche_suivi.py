"""An issued fiche and its trace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FicheEtablie:
    """One issued fiche, without its bytes.

    Attributes:
        personne: Name of the person it is about, as her dossier now has it.
        etape: How far it came: ``a_imprimer``, ``imprimee``, ``enregistree``, ``remise``, ``retour``…
        etape_le: Day of that step.
        remplacee_par: Number of the version that corrects it; empty if none.
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


@dataclass(frozen=True, slots=True)
class EtapeFiche:
    """One step of the trace.

    Attributes:
        suite: What the retour says, as a code of ``suite``; empty for other steps.
    """

    etape: str
    date: date
    suite: str = ""
