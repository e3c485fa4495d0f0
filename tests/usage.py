"""A day of hers through the use cases, act by act: what is killed, cut, filled up and replayed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from iscg_desktop.domain.fiche_sections import Urgence
from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.keys import PassphraseSlot, VaultKey, wrap_passphrase
from tests.coffres import Coffre
from tests.vie import TestClock, draft

NEW_PASSPHRASE = "Une autre phrase, changée un soir de garde"
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 100


def opened(coffre: Coffre) -> Services:
    """The use cases over a coffre as it lies there; `closed` ends them."""
    return Services(open_session(coffre.folder, coffre.key, clock=TestClock().clock))


def new_slot(key: VaultKey) -> PassphraseSlot:
    """The slot of a new passphrase."""
    return wrap_passphrase(key, NEW_PASSPHRASE, KdfParameters.floor())


def day(services: Services, piece: Path, first: int = 1) -> Iterator[str]:
    """Acts without end, each done when it is named: drafts, entretiens, fiches, pièces, corrections, corbeille.

    Args:
        services: The use cases of an open coffre.
        piece: Where a file to attach may be written.
        first: Number of the first visit, told in its notes.
    """
    if not piece.exists():
        piece.write_bytes(PDF)
    for number in count(first):
        name = f"entretien:{number}"
        text = f"Visite {number}. " * (number * 37 % 300 + 1)
        services.brouillons.keep(name, "entretien", {"notes": text})
        yield "brouillon"
        recorded = services.entretiens.record(draft(notes_de_travail=text), brouillon=name)
        yield "entretien"
        content = services.fiches.prepare(recorded.orientation_ids[0])
        services.fiches.issue(recorded.orientation_ids[0], replace(content, urgence=Urgence.DIFFEREE))
        yield "fiche"
        services.pieces_jointes.add(piece, recorded.dossier_id)
        yield "pièce"
        services.dossiers.open(recorded.dossier_id)
        yield "lecture"
        typed = services.entretiens.draft_of(recorded.entretien_id)
        services.entretiens.amend(recorded.entretien_id, replace(typed, notes_de_travail=text + "Corrigé."))
        yield "correction"
        second = services.entretiens.record(
            draft(dossier_id=recorded.dossier_id, saisine=None, orientations=(), notes_de_travail="Suite.")
        )
        yield "entretien"
        services.corbeille.put(second.entretien_id)
        yield "corbeille"
        services.corbeille.delete(second.entretien_id)
        yield "suppression"


ACTS = 9
"""How many acts come before they begin again."""
