"""Rotation: the coffre under a new key, a new passphrase and a new sheet; the old ones open nothing any more."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from iscg_desktop.errors import BugError, UserError
from iscg_desktop.files import flush_file, forget_cached, giving_name
from iscg_desktop.storage.backup_file import key_id
from iscg_desktop.storage.connection import Connection, Statements
from iscg_desktop.storage.header import Header
from iscg_desktop.storage.header_copies import COPIES, write_copies
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.keys import KEY_LENGTH, VaultKey, wrap_passphrase, wrap_recovery
from iscg_desktop.storage.recovery_code import RecoveryCode
from iscg_desktop.storage.seal import renew
from iscg_desktop.storage.strays import mark_doomed, settle_strays
from iscg_desktop.storage.vault import Vault

_RETIRED: Final = "cles_retirees"


class Rotation:
    """New keys about to replace those of an open coffre; to give up, forget this object.

    Args:
        vault: The open coffre. Nothing may be written in it from `prepare` to the end.
        passphrase: What will open it.
        kdf: Cost of the passphrase.

    Making one is slow on purpose, as `prepare` is: both may run in a worker.
    """

    def __init__(self, vault: Vault, passphrase: str, kdf: KdfParameters) -> None:
        self._vault = vault
        self._key = VaultKey(vault.key.vault_id, os.urandom(KEY_LENGTH), "passphrase")
        self._code = RecoveryCode.generate()
        self._passphrase = wrap_passphrase(self._key, passphrase, kdf)
        self._database = f"data-{os.urandom(16).hex()}.db"
        self._prepared_at: float | None = None

    @property
    def recovery_code(self) -> RecoveryCode:
        """The new code to write down."""
        return self._code

    @property
    def key(self) -> VaultKey:
        """What opens the coffre once `commit` returned."""
        return self._key

    def confirm(self, typed: str) -> None:
        """Compare what was typed back with the new code.

        Raises:
            UserError: ``code_secours_groupe``, ``code_secours_longueur``, ``code_secours_different``.
        """
        if not RecoveryCode.parse(typed).is_same(self._code):
            raise UserError("code_secours_different")

    def prepare(self, between: Callable[[], None] = lambda: None) -> None:
        """Write the whole coffre under the new key beside the old one, and verify it. For a worker.

        Raises:
            UserError: Why the disk refuses, or ``rotation_non_verifiee``; the coffre is as it was.
        """
        begun = self._vault.written_at()
        mark_doomed(self._vault.folder, self._database)  # until the header names it
        path = self._vault.folder / self._database
        try:
            with giving_name(path) as making:
                self._vault.copy_into(making, self._key.dbk, between)
                self._retire(making)
                flush_file(making)
                forget_cached(making)
                _verify(making, self._key)
        except BaseException:
            settle_strays(self._vault.folder, self._vault.header.database)
            raise
        self._prepared_at = begun

    def commit(self, typed: str) -> None:
        """Make the new keys those of the coffre and close it; it opens again with them. On the vault's thread.

        Raises:
            UserError: As `confirm`, or the disk refused: the old keys still open.
            BugError: Something was written since `prepare` began; it would be lost.
        """
        self.confirm(typed)
        if self._vault.in_transaction or self._prepared_at != self._vault.written_at():
            raise BugError("a rotation is prepared, then committed, and nothing is written meanwhile")
        vault, old = self._vault, self._vault.header
        header = Header(
            sequence=vault.next_sequence(),
            vault_id=old.vault_id,
            database=self._database,
            passphrase=self._passphrase,
            recovery=wrap_recovery(self._key, self._code),
        )
        mark_doomed(vault.folder, old.database)  # means nothing while the header names it
        vault.close()
        write_copies(vault.folder, header, self._key, COPIES[:1])  # from here on the new keys are the ones
        with contextlib.suppress(UserError):  # the next opening mends the second copy and tidies
            write_copies(vault.folder, header, self._key, COPIES[1:])
            settle_strays(vault.folder, self._database)

    def _retire(self, making: Path) -> None:
        """Note in the new database that backups under the old key are to be removed wherever they are met."""
        connection = Connection(making, self._key.dbk)
        try:
            connection.begin_immediate()
            kept = [*retired_keys(connection), key_id(self._vault.key)]
            connection.execute(
                "INSERT INTO parametres (cle, valeur) VALUES (?, ?)"
                " ON CONFLICT (cle) DO UPDATE SET valeur = excluded.valeur",
                (_RETIRED, json.dumps(kept)),
            )
            renew(connection)
            connection.commit()
        finally:
            connection.close()


def retired_keys(statements: Statements) -> tuple[str, ...]:
    """Names of the keys that rotations have replaced; see `backup_file.key_id`."""
    row = statements.execute("SELECT valeur FROM parametres WHERE cle = ?", (_RETIRED,)).first()
    return tuple(json.loads(row["valeur"])) if row else ()


def _verify(path: Path, key: VaultKey) -> None:
    problems = ["unread"]
    with contextlib.suppress(UserError):
        connection = Connection.reading(path, key.dbk)
        try:
            problems = [row[0] for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
        finally:
            connection.close()
    if problems:
        raise UserError("rotation_non_verifiee")
