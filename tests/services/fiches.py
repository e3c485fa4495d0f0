"""Issued fiches for tests of what becomes of them."""

from __future__ import annotations

from dataclasses import replace

from iscg_desktop.domain.fiche_liaison import FicheContent
from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.partenaire import PartenaireDraft
from iscg_desktop.services.services import Services
from tests.vie import draft


def issued(services: Services, partenaire_id: int = 1, **changes: object) -> int:
    """Id of a fiche just issued for a partner."""
    orientation = OrientationDraft(0, "service_social_secteur", partenaire_id, "oui", "Évaluation")
    orientation_id = services.entretiens.record(draft(orientations=(orientation,))).orientation_ids[0]
    content = services.fiches.prepare(orientation_id)
    return services.fiches.issue(orientation_id, replace(content, **changes)).fiche_id  # type: ignore[arg-type]


def corrected(services: Services, fiche_id: int) -> int:
    """Id of a new version of a fiche."""
    content: FicheContent = services.fiches.correction(fiche_id)
    orientation_id = services.fiches.get(fiche_id).orientation_id
    assert orientation_id is not None
    return services.fiches.issue(orientation_id, content, remplace_id=fiche_id).fiche_id


def partner(services: Services, nom: str) -> int:
    """Id of another structure of the annuaire."""
    draft_ = PartenaireDraft(nom, "crip", adresse="1 quai Neuf", code_postal="35000", ville="Roc")
    return services.orientations.add_partenaire(draft_)[0]
