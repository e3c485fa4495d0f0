"""The description of the processing, from the real settings: to be handed to the DPO."""

from __future__ import annotations

from pathlib import Path

from iscg_desktop.documents.aipd import render_traitement
from iscg_desktop.domain.fiche_sections import Employeur
from iscg_desktop.domain.traitement import Traitement
from iscg_desktop.errors import UserError
from iscg_desktop.files import write_atomic
from iscg_desktop.services.conservation import durees
from iscg_desktop.services.notes_langues import NotesLanguesService
from iscg_desktop.services.sauvegardes import SauvegardesService
from iscg_desktop.services.session import Session

_ROUND = 10


class TraitementService:
    """Use cases around the description of the processing."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def decrire(self, disque_chiffre: bool | None = None) -> Traitement:
        """What is true of this coffre today.

        Args:
            disque_chiffre: Whether the disk is encrypted, None when the system does not say or was not asked.

        Raises:
            UserError: ``traitement_sans_identite`` until she said who she is.
        """
        session, owner = self._session, self._session.intervenant
        if owner is None:
            raise UserError("traitement_sans_identite")
        kept = durees(session)
        notes = NotesLanguesService(session)
        count = session.read.dossiers.count()
        saved = SauvegardesService(session).derniere()
        first = session.read.conservation.first_day()
        return Traitement(
            etabli_le=session.clock.today(),
            responsable=owner.employeur,
            public=Employeur(owner.nature_employeur).public,
            intervenant=", ".join(part for part in (owner.nom_complet, owner.qualite) if part),
            dpo=session.dpo.strip(),
            durees={
                valeur.libelle: kept.of(valeur.code) for valeur in session.nomenclatures["regime"].valeurs
            },
            motif_durees=kept.motif,
            journal_mois=session.reglages.journal_mois,
            verrouillage_minutes=session.reglages.verrouillage_minutes,
            dossiers=-(-count // _ROUND) * _ROUND,
            anciennete=first.year if first else None,
            langues=tuple(each.langue for each in notes.notes() if not notes.to_read_again(each.code)),
            sauvegarde_le=saved.astimezone().date() if saved else None,
            disque_chiffre=disque_chiffre,
        )

    @staticmethod
    def dessiner(traitement: Traitement) -> bytes:
        """The PDF for the DPO; for a worker."""
        return render_traitement(traitement)

    def noter_remise(self) -> None:
        """Have the journal say that it was handed over."""
        self._session.note("export", "description_traitement", None)

    def enregistrer(self, place: Path, pdf: bytes) -> None:
        """Write the PDF where she chose.

        Raises:
            UserError: The disk's refusals.
        """
        write_atomic(place.with_suffix(".pdf"), pdf)
        self.noter_remise()
