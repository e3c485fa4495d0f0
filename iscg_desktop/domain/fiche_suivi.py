"""An issued fiche and the last step of its trace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FicheEtablie:
    """One issued fiche, without its bytes.

    Attributes:
        etape: Last step of its trace: ``a_imprimer``, ``imprimee``, ``enregistree``, ``remise``, ``retour``…
        etape_le: Day of that step.
    """

    id: int
    numero: str
    version: int
    dossier_id: int
    dossier: str
    personne_id: int
    partenaire_id: int | None
    partenaire: str
    orientation_id: int | None
    etablie_le: date
    etape: str
    etape_le: date
