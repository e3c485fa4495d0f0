"""A process that really uses the program while its system calls are recorded; it tells what each commit acknowledged.

Run as ``python -m tests.storage.recorded FOLDER KEY``: a day of acts, a change of passphrase, a backup, a rotation of
the keys, a migration.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from iscg_desktop.storage.backup import write_backup
from iscg_desktop.storage.creation import BACKUPS
from iscg_desktop.storage.header_copies import read_copies
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.keys import VaultKey
from iscg_desktop.storage.migrator import Migration, shipped_migrations
from iscg_desktop.storage.rotation import Rotation
from iscg_desktop.storage.vault import Vault
from tests.coffres import Coffre
from tests.usage import ACTS, day, new_slot, opened

MIGRATIONS = (
    *shipped_migrations(),
    Migration(
        len(shipped_migrations()) + 1,
        "essai",
        "CREATE TABLE essai (id INTEGER PRIMARY KEY, texte TEXT NOT NULL) STRICT;"
        " INSERT INTO essai (texte) SELECT notes_de_travail FROM entretiens;"
        " CREATE INDEX essai_texte ON essai (texte);",
    ),
)


def slot_of(folder: Path) -> str:
    """Which passphrase opens a coffre, told without it."""
    return hashlib.sha256(read_copies(folder).best.passphrase.wrapped).hexdigest()[:16]


def acknowledge(**facts: Any) -> None:
    """Say that something lasts."""
    os.write(1, f"ACK {json.dumps(facts)}\n".encode())


def _commits(vault: Vault) -> dict[str, Any]:
    assert vault._seal is not None
    return {"commits": vault.commits, "total": f"{vault._seal.total:x}"}


def main(coffre: Coffre) -> None:
    """Use the program."""
    commit = Vault.commit

    def told(vault: Vault) -> None:
        commit(vault)
        acknowledge(**_commits(vault))

    Vault.commit = told  # type: ignore[method-assign]
    services = opened(coffre)
    for _ in islice(day(services, coffre.folder.with_name("piece.pdf")), ACTS):
        pass
    services.coffre.set_passphrase(new_slot(coffre.key))
    acknowledge(slot=slot_of(coffre.folder))
    services.brouillons.keep("entretien:9", "entretien", {"notes": "après le changement"})
    services.sauvegardes.record(services.sauvegardes.travail().run())
    acknowledge(backups=1)
    services.coffre.lock()
    key = rotate(coffre)
    with Vault.open(coffre.folder, key, migrations=MIGRATIONS) as vault:
        acknowledge(schema=len(MIGRATIONS), **_commits(vault))
        write_backup(vault, vault.header, key, coffre.folder / BACKUPS, datetime(2026, 11, 27, 9, tzinfo=UTC))
        acknowledge(backups=2)


def rotate(coffre: Coffre) -> VaultKey:
    """Put the coffre under new keys, which are told before they are its own."""
    vault = Vault.open(coffre.folder, coffre.key)
    rotation = Rotation(vault, "Des clés neuves après une fiche perdue", KdfParameters.floor())
    slot = hashlib.sha256(rotation._passphrase.wrapped).hexdigest()[:16]
    acknowledge(coming=[rotation.key.dbk.hex(), slot])
    rotation.prepare()
    rotation.commit(rotation.recovery_code.text)
    acknowledge(slot=slot, key=rotation.key.dbk.hex())
    return rotation.key


if __name__ == "__main__":
    vault_id, dbk = sys.argv[2].split(":")
    main(Coffre(Path(sys.argv[1]), VaultKey(vault_id, bytes.fromhex(dbk), "passphrase"), ""))
