"""One program per coffre: the second is refused at once, and a crash leaves no lock behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.storage.instance import InstanceLock, is_open_elsewhere
from iscg_desktop.storage.vault import Vault
from tests.coffres import SMALL_SCHEMA, Coffre, snapshot
from tests.processes import start_python

_STORING = """
import pathlib, sys
from iscg_desktop.storage.keys import VaultKey
from iscg_desktop.storage.vault import Vault
from tests.coffres import SMALL_SCHEMA
key = VaultKey(sys.argv[2], bytes.fromhex(sys.argv[3]), "passphrase")
vault = Vault.open(pathlib.Path(sys.argv[1]), key, migrations=SMALL_SCHEMA)
print("ouvert", flush=True)
while True:
    vault.begin_immediate()
    stored = vault.execute("INSERT INTO notes (texte) VALUES (?)", ("x" * 2000,)).last_id
    vault.commit()
    print(stored, flush=True)
"""


def _open(coffre: Coffre) -> Vault:
    return Vault.open(coffre.folder, coffre.key, migrations=SMALL_SCHEMA)


def _refusal(coffre: Coffre) -> str:
    with pytest.raises(UserError) as refused:
        _open(coffre).close()
    return refused.value.code


@pytest.mark.exigence("S16")
def test_a_second_opening_is_refused_in_the_same_program(coffre: Coffre) -> None:
    with _open(coffre):
        assert _refusal(coffre) == "coffre_deja_ouvert"
        assert is_open_elsewhere(coffre.folder)
        # Asking does not let the lock go.
        assert _refusal(coffre) == "coffre_deja_ouvert"
    assert not is_open_elsewhere(coffre.folder)
    _open(coffre).close()


@pytest.mark.exigence("S1", "S16")
def test_another_program_keeps_it_until_it_is_killed_and_nothing_it_stored_is_lost(coffre: Coffre) -> None:
    program = start_python(_STORING, coffre.folder, coffre.key.vault_id, coffre.key.dbk.hex())
    assert program.stdout is not None
    try:
        assert program.stdout.readline() == "ouvert\n"
        assert is_open_elsewhere(coffre.folder)
        assert _refusal(coffre) == "coffre_deja_ouvert"
        stored = [int(program.stdout.readline()) for _ in range(20)]
    finally:
        program.kill()
        stored += [int(line) for line in program.communicate()[0].splitlines() if line]
    with _open(coffre) as vault:
        assert vault.check() == ()
        kept = {row["id"] for row in vault.execute("SELECT id FROM notes")}
    assert kept >= set(stored)
    assert len(kept) <= len(stored) + 1


@pytest.mark.exigence("S16")
def test_without_the_lock_file_the_database_itself_refuses(coffre: Coffre) -> None:
    _open(coffre).close()
    with _open(coffre):  # writes nothing this time
        (coffre.folder / "verrou").unlink()
        assert _refusal(coffre) == "coffre_occupe"


def test_a_lock_is_released_once_and_can_be_taken_again(coffre: Coffre) -> None:
    lock = InstanceLock.acquire(coffre.folder)
    with pytest.raises(UserError):
        InstanceLock.acquire(coffre.folder)
    lock.release()
    second = InstanceLock.acquire(coffre.folder)
    lock.release()
    assert is_open_elsewhere(coffre.folder)
    second.release()


def test_asking_changes_nothing(coffre: Coffre, tmp_path: Path) -> None:
    before = snapshot(tmp_path)
    assert not is_open_elsewhere(coffre.folder)
    assert not is_open_elsewhere(tmp_path / "absent")
    assert snapshot(tmp_path) == before


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        InstanceLock.acquire(tmp_path / "absent")
    assert refused.value.code == "dossier_introuvable"
