"""A restore keeps what it replaces, undoes no erasure, no bilan and no number, and a crash leaves one coffre."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from iscg_desktop.domain.period import parse_period
from iscg_desktop.errors import UserError
from iscg_desktop.storage.backup import write_backup
from iscg_desktop.storage.connection import Connection
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.keys import wrap_passphrase
from iscg_desktop.storage.registry import JUMP
from iscg_desktop.storage.restore import Restored, restore, unlock_backup, unlock_backup_with_sheet
from iscg_desktop.storage.strays import REPLACED, replaced_coffres
from iscg_desktop.storage.transaction import Repositories, Transaction
from iscg_desktop.storage.unlock import unlock_with_passphrase, unlock_with_recovery
from iscg_desktop.storage.vault import Vault
from tests.coffres import PASSPHRASE, Coffre, make_coffre, snapshot
from tests.faults import Died, dying_program

THEN = datetime(2026, 9, 1, 8, tzinfo=UTC)
NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
NEW_PASSPHRASE = "Une autre phrase, changée depuis la sauvegarde"


@dataclass(frozen=True)
class Life:
    """A coffre that went on after its backup was made."""

    coffre: Coffre
    backup: Path

    def copy_to(self, folder: Path) -> Life:
        shutil.copy(self.backup, folder / "sauvegarde.coffre")
        return Life(self.coffre.copy_to(folder / "coffre"), folder / "sauvegarde.coffre")

    def restore(self, **changes: object) -> Restored:
        given = {"replaced_key": self.coffre.key} | changes
        return restore(self.backup, self.coffre.key, self.coffre.folder, NOW, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Life:
    folder = tmp_path_factory.mktemp("vecu")
    coffre = make_coffre(folder / "coffre")
    with Vault.open(coffre.folder, coffre.key) as vault:
        _put(vault, "avant")
        for _ in range(4):
            _number(vault, "dossier", 2026)
        backup = write_backup(vault, vault.header, vault.key, folder, THEN)
        _put(vault, "apres")
        for _ in range(3):
            _number(vault, "dossier", 2026)
        with Transaction(vault) as tx:
            tx.bilans.add(parse_period("2026-T3"), date(2026, 10, 2), menu=1, seuil=5)
            tx.bilans.add_export("2026-T3", {"json": ("bilan.json", b"{}")})
            tx.settings.put("effacements.cle", "ab" * 32)
            vault.execute("INSERT INTO effacements VALUES (?, 'dossier', '2026-10-05')", (bytes(range(32)),))
            tx.commit()
    return Life(coffre, backup.path)


@pytest.fixture
def life(lived: Life, tmp_path: Path) -> Life:
    return lived.copy_to(tmp_path)


def _put(vault: Vault, value: str) -> None:
    with Transaction(vault) as tx:
        tx.settings.put("temoin", value)
        tx.commit()


def _number(vault: Vault, name: str, year: int) -> int:
    with Transaction(vault) as tx:
        number = tx.settings.next_number(name, year)
        tx.commit()
    return number


def _witness(coffre: Coffre, folder: Path | None = None) -> object:
    with Vault.open(folder or coffre.folder, coffre.key) as vault:
        assert vault.check() == ()
        return Repositories(vault).settings.get("temoin")


def _refusal(call: Callable[[], object]) -> str:
    with pytest.raises(UserError) as refused:
        call()
    return refused.value.code


@pytest.mark.exigence("S13")
def test_a_restore_brings_back_the_backup_and_keeps_the_coffre_it_replaces(life: Life) -> None:
    before = life.backup.read_bytes()
    done = life.restore()
    assert _witness(life.coffre) == "avant"
    assert done.kept is not None
    assert done.carried
    # What it replaced opens where it is kept, with what opened it.
    assert _witness(life.coffre, done.kept) == "apres"
    assert [place for place, _ in replaced_coffres(life.coffre.folder)] == [done.kept]
    assert life.backup.read_bytes() == before
    assert len(list(life.coffre.folder.glob("data-*"))) == len(["data", "journal"])


@pytest.mark.exigence("S13")
def test_a_restore_undoes_no_bilan_no_erasure_and_no_number(life: Life) -> None:
    life.restore()
    with Vault.open(life.coffre.folder, life.coffre.key) as vault:
        read = Repositories(vault)
        assert read.bilans.quarters() == {"2026-T3"}
        assert read.bilans.exports("2026-T3") == {"json": ("bilan.json", b"{}")}
        assert read.settings.get("effacements.cle") == "ab" * 32
        assert vault.execute("SELECT efface_le FROM effacements").scalar() == "2026-10-05"
        assert _number(vault, "dossier", 2026) == 8
        last = read.journal.entries(limit=1)[0]
        assert (last.action, last.objet, last.reference) == ("restauration", "coffre", "2026-09-01")
        assert read.journal.verify() is None


@pytest.mark.exigence("S13")
def test_restoring_twice_carries_the_registry_through_both(life: Life) -> None:
    life.restore()
    life.restore()
    with Vault.open(life.coffre.folder, life.coffre.key) as vault:
        assert Repositories(vault).bilans.quarters() == {"2026-T3"}
        assert _number(vault, "dossier", 2026) == 8
    assert len(replaced_coffres(life.coffre.folder)) == 2


@pytest.mark.exigence("S13")
@pytest.mark.parametrize("harm", ["base", "entetes", "cle", "base absente"])
def test_numbers_jump_when_the_coffre_replaced_cannot_be_read(life: Life, harm: str) -> None:
    asked: list[bool] = []
    key = life.coffre.key
    if harm == "base":
        life.coffre.database.write_bytes(b"abime" * 5000)
    elif harm == "base absente":
        life.coffre.database.unlink()
    elif harm == "entetes":
        for name in ("header.a", "header.b"):
            (life.coffre.folder / name).write_bytes(b"abime")
    replaced = None if harm == "cle" else key
    done = life.restore(replaced_key=replaced, finish=lambda _, carried: asked.append(carried))
    assert asked == [False]
    assert not done.carried
    assert unlock_with_passphrase(life.coffre.folder, PASSPHRASE).dbk == key.dbk
    with Vault.open(life.coffre.folder, key) as vault:
        assert _number(vault, "dossier", 2026) == 4 + JUMP + 1
        assert _number(vault, "fiche", 2026) == JUMP + 1
    assert done.kept is not None
    if harm != "base absente":
        assert [path.suffix for path in done.kept.glob("data-*.db")] == [".db"]


def test_a_restore_where_there_is_no_coffre_makes_one(life: Life, tmp_path: Path) -> None:
    folder = tmp_path / "ailleurs" / "coffre"
    done = restore(life.backup, life.coffre.key, folder, NOW, replaced_key=None)
    assert done.kept is None
    key = unlock_with_recovery(folder, life.coffre.code)
    with Vault.open(folder, key) as vault:
        assert Repositories(vault).settings.get("temoin") == "avant"
        assert _number(vault, "dossier", 2026) == 4 + JUMP + 1
    occupied = tmp_path / "occupe"
    occupied.mkdir()
    (occupied / "lettre.odt").touch()
    assert (
        _refusal(lambda: restore(life.backup, life.coffre.key, occupied, NOW, replaced_key=None))
        == "dossier_non_vide"
    )


def test_a_restore_does_not_bring_back_a_passphrase_that_was_changed(life: Life) -> None:
    slot = wrap_passphrase(life.coffre.key, NEW_PASSPHRASE, KdfParameters.floor())
    with Vault.open(life.coffre.folder, life.coffre.key) as vault:
        vault.set_passphrase(slot)
    life.restore()
    assert unlock_with_passphrase(life.coffre.folder, NEW_PASSPHRASE).dbk == life.coffre.key.dbk
    assert (
        _refusal(lambda: unlock_with_passphrase(life.coffre.folder, PASSPHRASE))
        == "phrase_de_passe_incorrecte"
    )
    with Vault.open(life.coffre.folder, life.coffre.key) as vault:
        assert not vault.old_header


def test_a_backup_opens_with_the_passphrase_and_the_sheet_of_its_day(life: Life) -> None:
    assert unlock_backup(life.backup, PASSPHRASE).dbk == life.coffre.key.dbk
    assert unlock_backup_with_sheet(life.backup, life.coffre.code).dbk == life.coffre.key.dbk
    assert _refusal(lambda: unlock_backup(life.backup, NEW_PASSPHRASE)) == "sauvegarde_phrase"


@pytest.mark.exigence("S13", "S46")
def test_a_damaged_backup_touches_nothing(life: Life) -> None:
    data = bytearray(life.backup.read_bytes())
    data[9000] ^= 4
    life.backup.write_bytes(data)
    before = snapshot(life.coffre.folder)
    assert _refusal(life.restore) == "sauvegarde_abimee"
    assert snapshot(life.coffre.folder) == before


def test_a_coffre_open_elsewhere_is_not_replaced(life: Life) -> None:
    with Vault.open(life.coffre.folder, life.coffre.key):
        assert _refusal(life.restore) == "coffre_deja_ouvert"
    assert _witness(life.coffre) == "apres"


def test_what_the_caller_refuses_undoes_the_restore(life: Life) -> None:
    def refuse(_connection: Connection, _carried: bool) -> None:
        raise UserError("coffre_version_essai")

    before = {path.name for path in life.coffre.folder.rglob("*")}
    assert _refusal(lambda: life.restore(finish=refuse)) == "coffre_version_essai"
    assert _witness(life.coffre) == "apres"
    assert {path.name for path in life.coffre.folder.rglob("*")} - {REPLACED} == before


@pytest.mark.exigence("S13")
def test_a_restore_killed_at_any_step_leaves_one_coffre_that_opens(
    lived: Life, tmp_path: Path, ampleur: Callable[[int, int], int], chiffre: Callable[[str], None]
) -> None:
    seen, at, died = [], 1, True
    while died:
        folder = tmp_path / str(at)
        folder.mkdir()
        life = lived.copy_to(folder)
        with dying_program(at):
            died = _dies(life)
        seen.append(_witness(life.coffre))
        # Opened once, it is tidy: one database, and the one it replaced with its header where it is kept.
        kept = [path for place, _ in replaced_coffres(life.coffre.folder) for path in place.glob("data-*.db")]
        assert len(list(life.coffre.folder.glob("data-*.db"))) == 1, at
        assert len(kept) == (seen[-1] == "avant")
        assert list(life.coffre.folder.glob("*.oter")) == []
        shutil.rmtree(folder)
        at += ampleur(3, 1)
    assert set(seen) == {"avant", "apres"}
    chiffre(f"{len(seen)} pas, un seul coffre à chacun")


def _dies(life: Life) -> bool:
    try:
        life.restore()
    except Died:
        return True
    return False
