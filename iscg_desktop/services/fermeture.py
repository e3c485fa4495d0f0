"""Closing a coffre for good once its dossiers are in the hands of a successor: what goes is said, then destroyed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from iscg_desktop.documents.fermeture import Fermeture, render_fermeture
from iscg_desktop.errors import UserError
from iscg_desktop.files import write_atomic
from iscg_desktop.reference.turns import at_once
from iscg_desktop.services.bilans import BilansService
from iscg_desktop.services.conservation import refuse_clock_set_back
from iscg_desktop.services.passation import Relecture, digesting, relecture
from iscg_desktop.services.session import Session
from iscg_desktop.services.turns import Etapes
from iscg_desktop.storage.closing import doom
from iscg_desktop.storage.copies import Copie

MOTS: Final = "fermer pour de bon"
"""What she types to confirm."""
_PLACE: Final = "sauvegardes.dossier"


@dataclass(frozen=True, slots=True)
class ApercuFermeture:
    """What closing would do.

    Attributes:
        relecture: What was handed over, and when it was read again.
        detruits: How many closed dossiers go with the coffre without having been handed over.
        ouverts: Labels of the quarters whose figures are not arrêtés, the oldest first: they go too.
        ailleurs: Copies out of reach, which stay.
    """

    relecture: Relecture
    detruits: int
    ouverts: tuple[str, ...]
    ailleurs: tuple[Copie, ...]


class FermetureService:
    """Use cases around the end of a coffre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def apercu(self) -> ApercuFermeture:
        """``seeing`` at once."""
        return at_once(self.seeing())

    def seeing(self) -> Etapes[ApercuFermeture]:
        """What closing would do, now; in short steps: all that was handed over is read again.

        Raises:
            UserError: ``fermeture_non_relue``, ``passation_depassee``, ``fermeture_dossiers_restants``.
        """
        session, read = self._session, self._session.read
        seen = relecture(session)
        if seen is None:
            raise UserError("fermeture_non_relue")
        yield 0, 1
        ids = {uid: dossier_id for dossier_id, uid in read.passation.uids()}
        handed = [ids[uid] for uid in seen.uids if uid in ids]
        if len(handed) != len(seen.uids):
            raise UserError("passation_depassee")
        here = yield from read.passation.taking(handed)
        if (yield from digesting(here)) != seen.empreinte:
            raise UserError("passation_depassee")
        staying = set(read.passation.open_dossiers()) - set(handed)
        if staying:
            raise UserError("fermeture_dossiers_restants", nombre=len(staying))
        ouverts = tuple(
            each.periode.libelle
            for each in reversed(BilansService(session).trimestres())
            if each.etat in ("en_cours", "a_arreter")
        )
        return ApercuFermeture(seen, len(ids) - len(handed), ouverts, self._out_of_reach())

    def fermer(self, mots: str, place: Path) -> None:
        """``closing`` at once."""
        at_once(self.closing(mots, place))

    def closing(self, mots: str, place: Path) -> Etapes[None]:
        """Close this coffre for good: nothing opens it any more once this ends; then the window locks.

        In short steps; given up before the last, it leaves the coffre as it was.

        Args:
            mots: What she typed to confirm.
            place: Where she wants the record of it, as a PDF.

        Raises:
            UserError: ``fermeture_mots``, ``traitement_sans_identite``, ``horloge_reculee``, as ``apercu``, or why
                the disk refuses; the coffre is as it was.
        """
        session, owner = self._session, self._session.intervenant
        if " ".join(mots.lower().split()) != MOTS:
            raise UserError("fermeture_mots", mots=MOTS)
        if owner is None:
            raise UserError("traitement_sans_identite")
        seen = yield from self.seeing()
        now = session.clock.now()
        with session.transaction() as tx:
            refuse_clock_set_back(session)
            tx.journal.append("fermeture", "coffre", str(len(seen.relecture.uids)), now)
            tx.commit()
        yield 1, 3
        record = Fermeture(
            session.clock.today(),
            owner.employeur,
            owner.nom_complet,
            session.vault.key.vault_id[:8],
            seen.relecture.numeros,
            seen.relecture.moment.astimezone(),
            seen.relecture.empreinte,
            seen.detruits,
            seen.ouverts,
            [(copie.nom, copie.faite_le.astimezone().date()) for copie in seen.ailleurs],
            session.read.journal.seal().hex(),
        )
        pdf = render_fermeture(record)
        yield 2, 3
        write_atomic(place.with_suffix(".pdf"), pdf)
        doom(session.vault.folder, session.vault.key.vault_id, self._places())

    def _places(self) -> set[Path]:
        """Folders that may hold backups of this coffre."""
        chosen = self._session.read.settings.get(_PLACE)
        known = {copie.dossier for copie in self._session.read.copies.all()}
        return known | ({Path(chosen)} if isinstance(chosen, str) else set())

    def _out_of_reach(self) -> tuple[Copie, ...]:
        return tuple(copie for copie in self._session.read.copies.all() if not copie.dossier.is_dir())
