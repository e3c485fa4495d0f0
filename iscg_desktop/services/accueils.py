"""Who counts as accueillie: kept in step with the entretiens of a dossier, as long as the quarter is open."""

from __future__ import annotations

from collections.abc import Iterable

from iscg_desktop.domain.entretien import Entretien
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.services.session import Session
from iscg_desktop.storage.transaction import Transaction


def settle_accueils(
    session: Session, tx: Transaction, entretien: Entretien, personne_ids: Iterable[int]
) -> None:
    """Make the accueils of some persons, and the count of the dossier, follow what an entretien now says.

    An accueil made by another entretien does not move, nor one that counts in a quarter already arrêté. One
    that this entretien no longer supports takes its facts from the first that does, or goes.
    """
    dossier_id = entretien.dossier_id
    for personne_id in dict.fromkeys(personne_ids):
        accueil = tx.accueils.get(dossier_id, personne_id)
        if accueil is not None and (
            accueil.entretien_id != entretien.id or not session.is_open(tx, accueil.trimestre)
        ):
            continue
        source = entretien if entretien.supports(personne_id) else _other(tx, entretien, personne_id)
        if accueil is not None:
            tx.accueils.delete(accueil.id)
        if source is not None:
            tx.accueils.add(
                entretien=source,
                personne_id=personne_id,
                trimestre=session.quarter_for(tx, source.date).code,
                origine=tx.dossiers.origine(dossier_id) or NON_RENSEIGNE,
                before=accueil,
            )
        tx.orientations.count_firsts(dossier_id, personne_id)
    tx.dossiers.settle(dossier_id, lambda trimestre: session.is_open(tx, trimestre))


def _other(tx: Transaction, entretien: Entretien, personne_id: int) -> Entretien | None:
    """The first other entretien of the dossier that supports the accueil of a person."""
    for each in tx.entretiens.of_person(entretien.dossier_id, personne_id):
        other = tx.entretiens.get(each)
        if other.id != entretien.id and other.supports(personne_id):
            return other
    return None
