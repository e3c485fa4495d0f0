"""Unlocking: from a passphrase or a recovery code to the key of a coffre.

Slow on purpose, so it runs off the window's thread; values in, values out. Nothing is written and
the database is not touched: after a wrong passphrase the folder is as it was.
"""

from __future__ import annotations

from pathlib import Path

from iscg_desktop.storage.header_copies import read_copies
from iscg_desktop.storage.keys import VaultKey, unwrap_passphrase, unwrap_recovery
from iscg_desktop.storage.recovery_code import RecoveryCode


def unlock_with_passphrase(folder: Path, passphrase: str) -> VaultKey:
    """Key of the coffre in `folder`, about one second.

    Raises:
        UserError: ``phrase_de_passe_incorrecte``, ``pas_un_coffre``, ``entetes_abimes``,
            ``coffre_plus_recent``, ``dossier_illisible``, ``memoire_insuffisante``.
    """
    header = read_copies(folder).best
    return unwrap_passphrase(header.vault_id, header.passphrase, passphrase)


def unlock_with_recovery(folder: Path, typed: str) -> VaultKey:
    """Key of the coffre in `folder`, from the recovery code as it was typed; immediate.

    A new passphrase should follow: `keys.wrap_passphrase`, then `Vault.set_passphrase`.

    Raises:
        UserError: ``code_secours_groupe``, ``code_secours_longueur``, ``code_secours_incorrect``,
            ``pas_un_coffre``, ``entetes_abimes``, ``coffre_plus_recent``, ``dossier_illisible``.
    """
    header = read_copies(folder).best
    return unwrap_recovery(header.vault_id, header.recovery, RecoveryCode.parse(typed))
