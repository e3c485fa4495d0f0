"""Opening a coffre: every page is checked before anything is written in it, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.services import coffre as service
from iscg_desktop.storage import check, vault
from iscg_desktop.storage.backup import verify_backup
from iscg_desktop.storage.creation import BACKUPS
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.migrator import Migration
from iscg_desktop.storage.vault import Vault
from tests.coffres import PASSPHRASE, SMALL_SCHEMA, Coffre, make_coffre, snapshot

NEW = "Une autre phrase de sept mots bien plus longue"

WAYS: dict[str, Callable[[Coffre], object]] = {
    "passphrase": lambda c: service.unlock_and_check(c.folder, PASSPHRASE),
    "recovery sheet": lambda c: service.new_passphrase_slot(
        c.folder, service.unlock_with_sheet(c.folder, c.code), NEW, kdf=KdfParameters.floor()
    ),
}


@pytest.fixture
def coffre(tmp_path: Path) -> Coffre:
    return make_coffre(tmp_path / "coffre", migrations=SMALL_SCHEMA)


@pytest.mark.parametrize("way", WAYS)
def test_one_bit_changed_in_the_last_page_is_found_whatever_opens_it(coffre: Coffre, way: str) -> None:
    data = bytearray(coffre.database.read_bytes())
    data[-1000] ^= 1
    coffre.database.write_bytes(data)
    before = snapshot(coffre.folder)
    with pytest.raises(UserError) as refused:
        WAYS[way](coffre)
    assert refused.value.code == "coffre_abime"
    assert snapshot(coffre.folder) == before


@pytest.mark.parametrize("way", WAYS)
def test_a_sound_coffre_is_left_as_it_was(coffre: Coffre, way: str) -> None:
    before = snapshot(coffre.folder)
    assert WAYS[way](coffre)
    assert snapshot(coffre.folder) == before


@pytest.mark.parametrize("way", ["first opening", *WAYS])
def test_an_older_coffre_is_migrated_by_the_worker_that_unlocks_it(
    coffre: Coffre, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its verified backup; what opens it in the window has nothing left to do."""
    newer = (*SMALL_SCHEMA, Migration(2, "suite", "CREATE TABLE lieux (id INTEGER PRIMARY KEY) STRICT;"))
    for module in (vault, check):
        monkeypatch.setattr(module, "shipped_migrations", lambda: newer)
    WAYS.get(way, lambda c: service.unlock(c.folder, PASSPHRASE))(coffre)
    (saved,) = (coffre.folder / BACKUPS).iterdir()
    assert verify_backup(saved, coffre.key).schema == 1
    refuse = pytest.fail
    with Vault.open(coffre.folder, coffre.key, before_migration=lambda _: refuse("too late")) as opened:
        assert opened.execute("SELECT count(*) FROM lieux").scalar() == 0


def test_one_open_elsewhere_is_not_called_damaged(coffre: Coffre) -> None:
    with Vault.open(coffre.folder, coffre.key, migrations=SMALL_SCHEMA) as vault:
        vault.begin_immediate()
        vault.execute("INSERT INTO notes (texte) VALUES ('plus personne ne peut lire')")
        vault.commit()
        key = service.unlock(coffre.folder, PASSPHRASE)
        with pytest.raises(UserError) as refused:
            Vault.open(coffre.folder, key, migrations=SMALL_SCHEMA)
    assert refused.value.code == "coffre_deja_ouvert"
