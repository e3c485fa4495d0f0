"""Creating a coffre: nothing exists on the disk before its recovery code was typed back and opens it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from iscg_desktop.errors import BugError, UserError
from iscg_desktop.files import (
    TEMPORARY_SUFFIX,
    name_folder,
    private_folder,
    storage_error,
    write_atomic,
)
from iscg_desktop.storage.connection import Connection
from iscg_desktop.storage.header import Header
from iscg_desktop.storage.header_copies import is_coffre, write_copies
from iscg_desktop.storage.instance import LOCK_FILE
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.keys import VaultKey, wrap_passphrase, wrap_recovery
from iscg_desktop.storage.migrator import Migration, migrate, shipped_migrations
from iscg_desktop.storage.recovery_code import RecoveryCode
from iscg_desktop.storage.seal import renew
from iscg_desktop.storage.unlock import unlock_with_recovery

BACKUPS: Final = "sauvegardes"
_PLAINTEXT: Final = b"SQLite format 3\0"


class VaultCreation:
    """A coffre about to be created; to give up, forget this object.

    Args:
        folder: Where it will lie: missing, or empty.
        passphrase: What will open it.
        kdf: Cost of the passphrase, from `kdf.calibrate`.

    Making one is slow on purpose, as `complete` is: both may run in a worker.

    Raises:
        UserError: ``coffre_existe_deja``, ``dossier_non_vide``, ``memoire_insuffisante``.
    """

    def __init__(self, folder: Path, passphrase: str, kdf: KdfParameters) -> None:
        _require_free(folder)
        self._folder = folder
        self._key = VaultKey.generate()
        self._code = RecoveryCode.generate()
        self._header = Header(
            sequence=1,
            vault_id=self._key.vault_id,
            database=f"data-{os.urandom(16).hex()}.db",
            passphrase=wrap_passphrase(self._key, passphrase, kdf),
            recovery=wrap_recovery(self._key, self._code),
        )

    @property
    def recovery_code(self) -> RecoveryCode:
        """The code to write down."""
        return self._code

    def confirm(self, typed: str) -> None:
        """Compare what was typed back with the code.

        Raises:
            UserError: ``code_secours_groupe``, ``code_secours_longueur``, ``code_secours_different``.
        """
        if not RecoveryCode.parse(typed).is_same(self._code):
            raise UserError("code_secours_different")

    def complete(
        self,
        typed: str,
        *,
        migrations: Sequence[Migration] | None = None,
        furnish: Callable[[Path, VaultKey], None] | None = None,
    ) -> VaultKey:
        """Create the coffre, now that its recovery code was typed back; then `Vault.open` opens it.

        It is built beside its place and takes its name when it is whole and the code typed opens it:
        a crash leaves no coffre, or this one.

        Args:
            typed: The recovery code.
            migrations: By default those the program is shipped with.
            furnish: Puts into it what it must not be without; opens and closes the coffre where it is built.

        Raises:
            UserError: As `confirm`; ``coffre_existe_deja``, ``dossier_non_vide``, or why the disk refuses.
                Nothing is left behind.
        """
        self.confirm(typed)
        _require_free(self._folder)
        building = self._folder.with_name(f".{self._folder.name}-{os.urandom(4).hex()}{TEMPORARY_SUFFIX}")
        try:
            self._build(building, shipped_migrations() if migrations is None else migrations)
            if unlock_with_recovery(building, typed).dbk != self._key.dbk:
                raise BugError("the recovery code does not open the new coffre")
            if furnish is not None:
                furnish(building, self._key)
            name_folder(building, self._folder)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        return self._key

    def _build(self, building: Path, migrations: Sequence[Migration]) -> None:
        private_folder(building)
        private_folder(building / BACKUPS)
        write_atomic(building / LOCK_FILE, b"")
        self._build_database(building / self._header.database, migrations)
        # The header comes last: without it a folder is no coffre.
        write_copies(building, self._header, self._key)

    def _build_database(self, path: Path, migrations: Sequence[Migration]) -> None:
        write_atomic(path, b"")  # SQLite gives its journal the permissions of this file
        for _ in ("create", "open again, encrypted"):
            connection = Connection(path, self._key.dbk)
            try:
                migrate(connection, migrations, after=renew)
            finally:
                connection.close()
            _require_encrypted(path)


def _require_encrypted(path: Path) -> None:
    """Last proof that no plain text was written; SQLite does not hold the file now."""
    with path.open("rb") as file:
        start = file.read(len(_PLAINTEXT))
    if len(start) != len(_PLAINTEXT) or start == _PLAINTEXT:
        raise BugError("the new database is not encrypted")


def _require_free(folder: Path) -> None:
    if is_coffre(folder):
        raise UserError("coffre_existe_deja")
    try:
        occupied = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        failure = storage_error(error)
    else:
        if not occupied:
            return
        failure = UserError("dossier_non_vide")
    raise failure
