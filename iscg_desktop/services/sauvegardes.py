"""Backups of the open coffre: when one is due, where it goes, what is thinned, what still lies elsewhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from iscg_desktop.domain.sauvegarde import CONSERVATION, a_garder, est_ancienne, est_due
from iscg_desktop.errors import UserError
from iscg_desktop.files import private_folder
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session
from iscg_desktop.storage.backup import Backup, list_backups, remove_backup, verify_backup, write_backup
from iscg_desktop.storage.copies import Copie as Copie  # noqa: PLC0414 - the pages name it too
from iscg_desktop.storage.creation import BACKUPS
from iscg_desktop.storage.header_copies import is_doomed
from iscg_desktop.storage.keys import VaultKey
from iscg_desktop.storage.rotation import retired_keys
from iscg_desktop.storage.strays import replaced_coffres
from iscg_desktop.storage.vault import ClosingError, Vault

_PLACE: Final = "sauvegardes.dossier"
_LAST: Final = "sauvegardes.derniere"
_PURGED: Final = "sauvegardes.purge"


@dataclass(frozen=True, slots=True)
class EtatSauvegardes:
    """What she is told of her backups.

    Attributes:
        derniere: When the last verified one was made (UTC).
        ancienne: Whether she is to be reminded.
        dossier: The place she chose besides the coffre's own; None for none.
        la: Whether that place is there now.
        ailleurs: Copies outside the coffre, the newest first; those of a stick that is not plugged in included.
    """

    derniere: datetime | None
    ancienne: bool
    dossier: Path | None
    la: bool
    ailleurs: tuple[Copie, ...]


@dataclass(frozen=True, slots=True)
class Fait:
    """What a backup did; for `SauvegardesService.record`.

    Attributes:
        moment: When it was made.
        places: Folders that hold it now, the coffre's own first.
        absent: Folders that could not be written, and why.
        lying: What lies in each folder outside the coffre, after thinning.
        effacements: How many erasures the coffre knew when it was made.
        seule: Whether every older one was removed wherever it could be reached.
    """

    moment: datetime
    places: tuple[Path, ...]
    absent: tuple[tuple[Path, UserError], ...]
    lying: tuple[tuple[Path, tuple[tuple[str, datetime], ...]], ...]
    effacements: int
    seule: bool


@dataclass(frozen=True)
class Travail:
    """A backup to be made: values only, but for the coffre, which is copied a few pages at a time.

    Attributes:
        moment: The moment it is made.
        outside: Folders besides the coffre's own.
        retired: Names of keys that rotations replaced.
        before: Backups made before this moment hold somebody who was erased: they are removed; None for none.
        effacements: How many erasures the coffre knows.
    """

    vault: Vault = field(repr=False)
    moment: datetime
    outside: tuple[Path, ...]
    retired: frozenset[str]
    before: datetime | None
    effacements: int

    def run(self, between: Callable[[], None] = lambda: None) -> Fait:
        """Make it, verify it, then thin the older ones. For a worker; the window goes on.

        Raises:
            UserError: The coffre's own folder could not be written. Nothing older was removed.
            ClosingError: The coffre closes.
        """
        own = self.vault.folder / BACKUPS
        private_folder(own)
        made = write_backup(self.vault, self.vault.header, self.vault.key, own, self.moment, between)
        places, absent, lying = [own], [], []
        for folder in self.outside:
            try:
                write_backup(self.vault, self.vault.header, self.vault.key, folder, self.moment, between)
            except UserError as error:
                absent.append((folder, error))
            else:
                places.append(folder)
        for folder in places:
            left = self._thin(folder, made)
            if folder != own:
                lying.append((folder, tuple((each.path.name, each.made_at) for each in left)))
        self._thin_replaced(made)
        return Fait(
            made.made_at,
            tuple(places),
            tuple(absent),
            tuple(lying),
            self.effacements,
            self.before is not None,
        )

    def _thin(self, folder: Path, made: Backup) -> list[Backup]:
        there = list_backups(folder, self.vault.key.vault_id)
        kept = a_garder([each.made_at for each in there], made.made_at)
        return [each for each in there if self._stays(each, made, kept) or not remove_backup(each)]

    def _stays(self, backup: Backup, made: Backup, kept: frozenset[datetime]) -> bool:
        if backup.made_at == made.made_at:
            return True
        forgotten = self.before is not None and backup.made_at < self.before
        return backup.made_at in kept and backup.key_id not in self.retired and not forgotten

    def _thin_replaced(self, made: Backup) -> None:
        """What restores replaced is kept as long as a backup, and no longer than the persons in it."""
        for place, moment in replaced_coffres(self.vault.folder):
            if made.made_at - moment > CONSERVATION or (self.before is not None and moment < self.before):
                shutil.rmtree(place, ignore_errors=True)


class SauvegardesService:
    """Use cases of the backups of the open coffre."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._written = 0.0  # what the last backup of this session held already

    @property
    def own_folder(self) -> Path:
        """The coffre's own folder of backups."""
        return self._session.vault.folder / BACKUPS

    def etat(self) -> EtatSauvegardes:
        """What she is told; looks whether her place is there, and at nothing in it."""
        derniere, dossier = self.derniere(), self.dossier()
        return EtatSauvegardes(
            derniere,
            est_ancienne(derniere, self._session.clock.now()),
            dossier,
            dossier is not None and dossier.is_dir(),
            self._session.read.copies.all(),
        )

    def derniere(self) -> datetime | None:
        """When the last verified backup was made."""
        value = self._session.read.settings.get(_LAST)
        return datetime.fromisoformat(value) if isinstance(value, str) else None

    def a_rappeler(self) -> bool:
        """Whether the day's page reminds her: there is something to keep, and the last backup is old."""
        return est_ancienne(self.derniere(), self._session.clock.now()) and self._has_something()

    def dossier(self) -> Path | None:
        """The place she chose besides the coffre's own."""
        value = self._session.read.settings.get(_PLACE)
        return Path(value) if isinstance(value, str) else None

    def choisir(self, dossier: Path | None) -> Changes:
        """Have every backup also written there; None for nowhere else.

        Raises:
            UserError: ``dossier_introuvable``, ``dossier_non_inscriptible``, ``sauvegarde_dans_le_coffre``.
        """
        if dossier is not None:
            self.check_place(dossier)
        with self._session.transaction() as tx:
            tx.settings.put(_PLACE, None if dossier is None else str(dossier.absolute()))
            tx.journal.append("modification", "reglages", "sauvegardes", self._session.clock.now())
            tx.commit()
        return changes("reglages")

    def check_place(self, dossier: Path) -> None:
        """Refuse a place that could not keep a backup.

        Raises:
            UserError: See `choisir`.
        """
        if not dossier.is_dir():
            raise UserError("dossier_introuvable")
        if not os.access(dossier, os.W_OK):
            raise UserError("dossier_non_inscriptible")
        coffre = self._session.vault.folder.resolve()
        if dossier.resolve() == coffre or coffre in dossier.resolve().parents:
            raise UserError("sauvegarde_dans_le_coffre")

    @property
    def waits_for_check(self) -> bool:
        """Whether none can be due yet: never keep a copy of what may be damaged."""
        return self._session.waits_for_check

    def due(self) -> bool:
        """Whether the program makes one by itself now: something changed, and the last one is an hour old.

        After an erasure it does not wait: what was backed up before holds who was erased.
        """
        if self.waits_for_check or is_doomed(self._session.vault.folder):
            return False  # never keep a copy of what was closed for good
        if self._must_purge():
            return True
        now = self._session.clock.now()
        return est_due(self.derniere(), now) and self._session.vault.written_at() != self._written

    def taille(self) -> int:
        """Bytes of the database: a backup takes some ten milliseconds for each million of them."""
        return self._session.vault.size()

    def travail(self, cle: Path | None = None) -> Travail:
        """A backup to be made now, in a worker; then `record`.

        Args:
            cle: A stick to copy it to as well, this once.
        """
        chosen = self.dossier()
        outside = dict.fromkeys(folder for folder in (chosen, cle) if folder is not None)
        now = self._session.clock.now()
        return Travail(
            self._session.vault,
            now,
            tuple(outside),
            frozenset(retired_keys(self._session.vault)),
            now if self._must_purge() else self._purged_at(),
            self._effacements(),
        )

    def record(self, fait: Fait) -> Changes:
        """Note that a backup was made and verified, and where copies of it lie."""
        purged_before = self._purged()
        with self._session.transaction() as tx:
            tx.settings.put(_LAST, fait.moment.isoformat())
            if fait.effacements > purged_before:
                tx.settings.put(_PURGED, [fait.effacements, fait.moment.isoformat()])
            for folder, lying in fait.lying:
                tx.copies.replace(folder, lying)
            tx.journal.append("sauvegarde", "coffre", None, self._session.clock.now())
            tx.commit()
        self._written = self._session.vault.written_at()
        return changes("reglages")

    def oublier(self, copie: Copie) -> Changes:
        """She says that a copy is destroyed."""
        with self._session.transaction() as tx:
            tx.copies.forget(copie)
            tx.journal.append("suppression", "sauvegarde", None, self._session.clock.now())
            tx.commit()
        return changes("reglages")

    def copies_a_effacer(self) -> tuple[Copie, ...]:
        """Copies out of reach that still hold somebody who was erased since they were made."""
        before = self._session.clock.now() if self._must_purge() else self._purged_at()
        return tuple(
            copie
            for copie in self._session.read.copies.all()
            if before is not None and copie.faite_le < before
        )

    def liste(self) -> Callable[[], tuple[Backup, ...]]:
        """Lists the backups of every place that is there; for a worker, a stick may be slow."""
        folders = [folder for folder in (self.own_folder, self.dossier()) if folder is not None]
        vault_id = self._session.vault.key.vault_id

        def read() -> tuple[Backup, ...]:
            found = [each for folder in folders if folder.is_dir() for each in list_backups(folder, vault_id)]
            return tuple(sorted(found, key=lambda each: each.made_at, reverse=True))

        return read

    def verification(self, path: Path) -> Callable[[], object]:
        """Verifies a backup to its last byte; for a worker.

        Raises:
            UserError: What is wrong with it.
        """
        key: VaultKey = self._session.vault.key
        return lambda: verify_backup(path, key)

    def _has_something(self) -> bool:
        return self._session.read.statistics.first_quarter() is not None

    def _effacements(self) -> int:
        return self._session.read.copies.effacements()

    def _purged(self) -> int:
        value = self._session.read.settings.get(_PURGED)
        return int(value[0]) if isinstance(value, list) else 0

    def _purged_at(self) -> datetime | None:
        value = self._session.read.settings.get(_PURGED)
        return datetime.fromisoformat(value[1]) if isinstance(value, list) else None

    def _must_purge(self) -> bool:
        return self._effacements() > self._purged()


def ended_by_closing(error: BaseException) -> bool:
    """Whether a backup was given up because the coffre closed: nothing to say."""
    return isinstance(error, ClosingError)
