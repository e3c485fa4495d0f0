"""A rotation leaves the coffre under new keys, or as it was; never two, never none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from iscg_desktop.errors import BugError, UserError
from iscg_desktop.storage import rotation as rotation_module
from iscg_desktop.storage.backup_file import key_id
from iscg_desktop.storage.check import check_coffre
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.rotation import Rotation, retired_keys
from iscg_desktop.storage.transaction import Repositories, Transaction
from iscg_desktop.storage.unlock import unlock_with_passphrase, unlock_with_recovery
from iscg_desktop.storage.vault import Vault
from tests.coffres import PASSPHRASE, Coffre, make_coffre
from tests.faults import Died, dying_program

NEW_PASSPHRASE = "Une phrase toute neuve pour des clés neuves"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Coffre:
    return make_coffre(tmp_path_factory.mktemp("rotation") / "coffre")


@pytest.fixture
def full(model: Coffre, tmp_path: Path) -> Coffre:
    return model.copy_to(tmp_path / "coffre")


def _keep(vault: Vault, value: str) -> None:
    with Transaction(vault) as tx:
        tx.settings.put("temoin", value)
        tx.commit()


def _rotate(coffre: Coffre) -> Rotation:
    vault = Vault.open(coffre.folder, coffre.key)
    try:
        _keep(vault, "garde")
        rotation = Rotation(vault, NEW_PASSPHRASE, KdfParameters.floor())
        rotation.prepare()
        rotation.commit(rotation.recovery_code.text)
    finally:
        vault.close()
    return rotation


def _opens(call: object, *arguments: object) -> bool:
    try:
        call(*arguments)  # type: ignore[operator]
    except UserError:
        return False
    return True


@pytest.mark.exigence("S26")
def test_a_rotation_keeps_everything_and_retires_passphrase_sheet_and_key(full: Coffre) -> None:
    rotation = _rotate(full)
    key = unlock_with_passphrase(full.folder, NEW_PASSPHRASE)
    assert key.dbk == rotation.key.dbk != full.key.dbk
    assert unlock_with_recovery(full.folder, rotation.recovery_code.text).dbk == key.dbk
    assert not _opens(unlock_with_passphrase, full.folder, PASSPHRASE)
    assert not _opens(unlock_with_recovery, full.folder, full.code)
    assert not _opens(check_coffre, full.folder, full.key)
    with Vault.open(full.folder, key) as vault:
        assert vault.check() == ()
        assert not vault.old_header
        assert Repositories(vault).settings.get("temoin") == "garde"
        assert retired_keys(vault) == (key_id(full.key),)
    assert len(list(full.folder.glob("data-*.db"))) == 1


@pytest.mark.exigence("S26")
def test_the_new_sheet_is_typed_back_first(full: Coffre) -> None:
    with Vault.open(full.folder, full.key) as vault:
        rotation = Rotation(vault, NEW_PASSPHRASE, KdfParameters.floor())
        rotation.prepare()
        with pytest.raises(UserError, match="code_secours_different"):
            rotation.commit(full.code)
        _keep(vault, "la suite")  # the old keys are still the ones
    assert _opens(unlock_with_passphrase, full.folder, PASSPHRASE)
    with Vault.open(full.folder, full.key):
        assert len(list(full.folder.glob("data-*.db"))) == 1  # the one prepared is gone


@pytest.mark.exigence("S26")
def test_what_was_written_meanwhile_is_never_lost(full: Coffre) -> None:
    with Vault.open(full.folder, full.key) as vault:
        rotation = Rotation(vault, NEW_PASSPHRASE, KdfParameters.floor())
        rotation.prepare()
        _keep(vault, "ecrit pendant")
        with pytest.raises(BugError, match="nothing is written meanwhile"):
            rotation.commit(rotation.recovery_code.text)
    with Vault.open(full.folder, full.key) as vault:
        assert Repositories(vault).settings.get("temoin") == "ecrit pendant"


@pytest.mark.exigence("S26")
def test_a_coffre_that_the_disk_spoils_under_its_new_keys_is_not_put_in_force(
    full: Coffre, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush = rotation_module.flush_file

    def flush_and_spoil(path: Path) -> None:
        flush(path)
        with path.open("r+b") as file:
            file.seek(-2000, os.SEEK_END)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 1]))

    monkeypatch.setattr(rotation_module, "flush_file", flush_and_spoil)
    with Vault.open(full.folder, full.key) as vault:
        with pytest.raises(UserError, match="rotation_non_verifiee"):
            Rotation(vault, NEW_PASSPHRASE, KdfParameters.floor()).prepare()
        _keep(vault, "la suite")
    assert _opens(unlock_with_passphrase, full.folder, PASSPHRASE)
    assert len(list(full.folder.glob("data-*.db"))) == 1


@pytest.mark.exigence("S26")
def test_a_rotation_killed_at_any_step_leaves_exactly_one_coffre_that_opens(
    model: Coffre, tmp_path: Path, ampleur: Callable[[int, int], int], chiffre: Callable[[str], None]
) -> None:
    opened, at, died = [], 1, True
    while died:
        coffre = model.copy_to(tmp_path / str(at))
        vault = Vault.open(coffre.folder, coffre.key)
        rotation = Rotation(vault, NEW_PASSPHRASE, KdfParameters.floor())
        with dying_program(at):
            died = _dies(rotation)
        vault.close()
        old = _opens(unlock_with_recovery, coffre.folder, coffre.code)
        new = _opens(unlock_with_recovery, coffre.folder, rotation.recovery_code.text)
        assert old != new, at
        with Vault.open(coffre.folder, coffre.key if old else rotation.key) as vault:
            assert vault.check() == ()
        assert [path.name for path in coffre.folder.glob("data-*.db")] == [vault.header.database]
        assert list(coffre.folder.glob("*.oter")) == []
        opened.append(old)
        shutil.rmtree(coffre.folder)
        at += ampleur(3, 1)
    assert opened == sorted(opened, reverse=True)  # the old one, then from some step on the new one
    assert set(opened) == {True, False}
    chiffre(f"{len(opened)} pas, un seul coffre à chacun")


def _dies(rotation: Rotation) -> bool:
    try:
        rotation.prepare()
        rotation.commit(rotation.recovery_code.text)
    except Died:
        return True
    return False
