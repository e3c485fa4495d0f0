"""Unlocking gives the key or one clear refusal, and changes nothing in the folder."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.storage.header import read
from iscg_desktop.storage.header_copies import HeaderState, write_copies
from iscg_desktop.storage.keys import VaultKey
from iscg_desktop.storage.recovery_code import RecoveryCode
from iscg_desktop.storage.unlock import unlock_with_passphrase, unlock_with_recovery
from iscg_desktop.storage.vault import Vault
from tests.coffres import PASSPHRASE, Coffre, snapshot


def _refusal(folder: Path, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(UserError) as refused:
        unlock_with_passphrase(folder, passphrase)
    return refused.value.code


@pytest.mark.exigence("S21")
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_passphrase_opens_however_its_accents_are_typed(coffre: Coffre, form: str) -> None:
    typed = unicodedata.normalize(form, PASSPHRASE)  # type: ignore[arg-type, unused-ignore]
    assert unlock_with_passphrase(coffre.folder, typed) == coffre.key
    assert unicodedata.normalize("NFC", PASSPHRASE) != unicodedata.normalize("NFD", PASSPHRASE)


def test_the_recovery_code_opens(coffre: Coffre) -> None:
    key = unlock_with_recovery(coffre.folder, coffre.code.lower().replace("-", " "))
    assert (key.dbk, key.vault_id, key.opened_with) == (coffre.key.dbk, coffre.key.vault_id, "recovery")


@pytest.mark.exigence("S20")
@pytest.mark.parametrize("typed", ["", PASSPHRASE.upper(), PASSPHRASE + " ", PASSPHRASE[:-1]])
def test_a_wrong_passphrase_is_one_message_and_changes_nothing(coffre: Coffre, typed: str) -> None:
    before = snapshot(coffre.folder)
    assert _refusal(coffre.folder, typed) == "phrase_de_passe_incorrecte"
    assert snapshot(coffre.folder) == before


@pytest.mark.exigence("S20")
def test_a_wrong_recovery_code_changes_nothing(coffre: Coffre) -> None:
    before = snapshot(coffre.folder)
    other = "00000-" + coffre.code[6:]
    for typed in (other, "", coffre.code[:-1], coffre.code.replace("-", "")[1:]):
        with pytest.raises(UserError) as refused:
            unlock_with_recovery(coffre.folder, typed)
        assert refused.value.code.startswith("code_secours_")
        assert coffre.code not in repr((refused.value, refused.value.values))
    assert snapshot(coffre.folder) == before


def test_the_recovery_code_of_another_coffre_is_told_as_such(coffre: Coffre) -> None:
    with pytest.raises(UserError) as refused:
        unlock_with_recovery(coffre.folder, RecoveryCode.generate().text)
    assert refused.value.code == "code_secours_incorrect"


def test_a_folder_that_is_no_coffre_is_told_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    before = snapshot(tmp_path)
    assert _refusal(tmp_path) == "pas_un_coffre"
    assert _refusal(tmp_path / "absent") == "pas_un_coffre"
    assert snapshot(tmp_path) == before


@pytest.mark.exigence("S23")
@pytest.mark.parametrize("name", ["header.a", "header.b"])
@pytest.mark.parametrize("content", [None, b"", b"abime"])
def test_either_header_copy_is_enough(coffre: Coffre, name: str, content: bytes | None) -> None:
    path = coffre.folder / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    before = snapshot(coffre.folder)
    assert unlock_with_recovery(coffre.folder, coffre.code).dbk == coffre.key.dbk
    assert snapshot(coffre.folder) == before


@pytest.mark.exigence("S23")
@pytest.mark.parametrize("name", ["header.a", "header.b"])
def test_one_copy_of_another_coffre_does_not_keep_this_one_shut(
    coffre: Coffre, tmp_path: Path, name: str
) -> None:
    header = read((coffre.folder / name).read_bytes()).header
    other = VaultKey("cd" * 16, bytes(32), "passphrase")
    foreign = replace(header, sequence=9, vault_id=other.vault_id, database=f"data-{'ef' * 16}.db")
    write_copies(coffre.folder, foreign, other, [name])
    assert unlock_with_passphrase(coffre.folder, PASSPHRASE) == coffre.key
    with Vault.open(coffre.folder, coffre.key) as vault:
        assert vault.header_state is HeaderState.HEALED
    assert len({(coffre.folder / each).read_bytes() for each in ("header.a", "header.b")}) == 1


def test_both_header_copies_damaged_are_refused(coffre: Coffre) -> None:
    for name in ("header.a", "header.b"):
        (coffre.folder / name).write_bytes(b"abime")
    assert _refusal(coffre.folder) == "entetes_abimes"


def test_a_header_moved_from_another_coffre_does_not_open_this_one(coffre: Coffre) -> None:
    header = read((coffre.folder / "header.a").read_bytes()).header
    moved = type(header)(header.sequence, "cd" * 16, header.database, header.passphrase, header.recovery)
    write_copies(coffre.folder, moved, coffre.key)
    assert _refusal(coffre.folder) == "phrase_de_passe_incorrecte"
