"""A process that really uses the program while its system calls are recorded; it tells what each commit acknowledged.

Run as ``python -m tests.storage.recorded FOLDER KEY``: a day of acts, a change of passphrase, a migration.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from itertools import islice
from pathlib import Path
from typing import Any

from iscg_desktop.storage.header_copies import read_copies
from iscg_desktop.storage.keys import VaultKey
from iscg_desktop.storage.migrator import Migration, shipped_migrations
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
    services.coffre.lock()
    with Vault.open(coffre.folder, coffre.key, migrations=MIGRATIONS) as vault:
        acknowledge(schema=len(MIGRATIONS), **_commits(vault))


if __name__ == "__main__":
    vault_id, dbk = sys.argv[2].split(":")
    main(Coffre(Path(sys.argv[1]), VaultKey(vault_id, bytes.fromhex(dbk), "passphrase"), ""))
