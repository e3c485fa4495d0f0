"""A coffre exists once its recovery code was typed back and opens it; before, nothing does."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from iscg_desktop.errors import BugError, UserError
from iscg_desktop.storage import connection
from iscg_desktop.storage.creation import VaultCreation, _require_encrypted
from iscg_desktop.storage.header_copies import is_coffre
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.keys import VaultKey, wrap_recovery
from iscg_desktop.storage.migrator import Migration
from iscg_desktop.storage.recovery_code import RecoveryCode
from iscg_desktop.storage.unlock import unlock_with_passphrase, unlock_with_recovery
from iscg_desktop.storage.vault import Vault
from tests.coffres import PASSPHRASE, SMALL_SCHEMA, make_coffre
from tests.faults import Died, dying_program, failing_disk, watched_disk


@pytest.fixture(scope="module")
def _prepared() -> VaultCreation:
    return VaultCreation(Path("/absent/coffre"), PASSPHRASE, KdfParameters.floor())


@pytest.fixture
def creation(_prepared: VaultCreation, tmp_path: Path) -> VaultCreation:
    """A creation whose slow part is done, for a folder of this test."""
    _prepared._folder = tmp_path / "coffre"
    return _prepared


def _code(creation: VaultCreation) -> str:
    return creation.recovery_code.text


def test_the_new_coffre_opens_with_the_passphrase_and_with_the_code(tmp_path: Path) -> None:
    made = make_coffre(tmp_path / "a" / "coffre", migrations=SMALL_SCHEMA)
    assert unlock_with_passphrase(made.folder, PASSPHRASE) == made.key
    assert unlock_with_recovery(made.folder, made.code).dbk == made.key.dbk
    with Vault.open(made.folder, made.key, migrations=SMALL_SCHEMA) as vault:
        assert vault.execute("SELECT count(*) FROM notes").scalar() == 0
        assert not vault.old_header
    assert {path.name for path in made.folder.iterdir()} >= {"header.a", "header.b", "sauvegardes", "verrou"}


def test_the_shipped_schema_makes_a_coffre(tmp_path: Path) -> None:
    made = make_coffre(tmp_path / "coffre")
    with Vault.open(made.folder, made.key) as vault:
        assert vault.check() == ()
        assert vault.execute("PRAGMA user_version").scalar() >= 1


@pytest.mark.exigence("S25")
def test_nothing_is_written_before_the_code_is_typed_back(creation: VaultCreation, tmp_path: Path) -> None:
    creation.confirm(_code(creation))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.exigence("S25")
def test_a_slip_or_another_code_creates_nothing(creation: VaultCreation, tmp_path: Path) -> None:
    code = _code(creation)
    wrong_character = ("1" if code[0] == "0" else "0") + code[1:]
    for typed, expected in (
        (wrong_character, "code_secours_groupe"),
        (code[:-6], "code_secours_longueur"),
        ("", "code_secours_longueur"),
        (RecoveryCode.generate().text, "code_secours_different"),
    ):
        for attempt in (creation.confirm, creation.complete):
            with pytest.raises(UserError) as refused:
                attempt(typed)
            assert refused.value.code == expected
    assert list(tmp_path.iterdir()) == []


@pytest.mark.exigence("S25")
def test_a_code_that_would_not_open_the_coffre_is_found_before_it_exists(
    creation: VaultCreation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = wrap_recovery(creation._key, RecoveryCode.generate())
    monkeypatch.setattr(creation, "_header", replace(creation._header, recovery=slot))
    with pytest.raises(UserError):
        creation.complete(_code(creation), migrations=SMALL_SCHEMA)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_becomes_the_coffre(creation: VaultCreation, tmp_path: Path) -> None:
    (tmp_path / "coffre").mkdir()
    creation.complete(_code(creation), migrations=SMALL_SCHEMA)
    assert is_coffre(tmp_path / "coffre")


@pytest.mark.parametrize("name", ["photo.jpg", "header.a", "header.b"])
def test_a_folder_in_use_is_refused_and_left_alone(
    creation: VaultCreation, tmp_path: Path, name: str
) -> None:
    (tmp_path / "coffre").mkdir()
    (tmp_path / "coffre" / name).write_bytes(b"precieux")
    code = "coffre_existe_deja" if name.startswith("header") else "dossier_non_vide"
    with pytest.raises(UserError) as late:
        creation.complete(_code(creation), migrations=SMALL_SCHEMA)
    with pytest.raises(UserError) as early:
        VaultCreation(tmp_path / "coffre", PASSPHRASE, KdfParameters.floor())
    assert late.value.code == early.value.code == code
    assert (tmp_path / "coffre" / name).read_bytes() == b"precieux"
    assert [path.name for path in tmp_path.iterdir()] == ["coffre"]


def test_a_file_in_the_place_of_the_folder_is_refused(creation: VaultCreation, tmp_path: Path) -> None:
    (tmp_path / "coffre").write_bytes(b"precieux")
    with pytest.raises(UserError) as refused:
        creation.complete(_code(creation), migrations=SMALL_SCHEMA)
    assert refused.value.code == "dossier_non_vide"
    assert (tmp_path / "coffre").read_bytes() == b"precieux"


def _steps(creation: VaultCreation) -> list[str]:
    """The calls that a whole creation makes, in order; what it made is removed."""
    with watched_disk() as disk:
        creation.complete(_code(creation), migrations=SMALL_SCHEMA)
    shutil.rmtree(creation._folder)
    return [name for name, _ in disk.calls]


def test_a_disk_that_fails_at_any_step_leaves_nothing(creation: VaultCreation, tmp_path: Path) -> None:
    steps = _steps(creation)
    for step in range(1, steps.index("rename") + 2):
        with failing_disk(step, errno.ENOSPC), pytest.raises(UserError) as refused:
            creation.complete(_code(creation), migrations=SMALL_SCHEMA)
        assert refused.value.code == "disque_plein"
        assert list(tmp_path.iterdir()) == []


@pytest.mark.exigence("S25")
def test_a_program_killed_at_any_step_leaves_no_coffre_or_a_whole_one(
    creation: VaultCreation, tmp_path: Path
) -> None:
    folder = tmp_path / "coffre"
    steps = _steps(creation)
    for step in range(1, len(steps) + 1):
        with dying_program(step), pytest.raises(Died):
            creation.complete(_code(creation), migrations=SMALL_SCHEMA)
        assert is_coffre(folder) == folder.exists() == (step > steps.index("rename") + 1)
        if folder.exists():
            assert unlock_with_recovery(folder, _code(creation)).dbk == creation._key.dbk
            Vault.open(folder, creation._key, migrations=SMALL_SCHEMA).close()
            shutil.rmtree(folder)


def test_a_coffre_that_cannot_be_furnished_leaves_nothing(creation: VaultCreation, tmp_path: Path) -> None:
    seen: list[Path] = []

    def furnish(building: Path, key: VaultKey) -> None:
        seen.append(building)
        Vault.open(building, key, migrations=SMALL_SCHEMA).close()
        raise UserError("disque_plein")

    with pytest.raises(UserError) as refused:
        creation.complete(_code(creation), migrations=SMALL_SCHEMA, furnish=furnish)
    assert refused.value.code == "disque_plein"
    assert seen
    assert seen[0].name != "coffre"
    assert list(tmp_path.iterdir()) == []


def test_the_header_is_the_last_thing_written(creation: VaultCreation) -> None:
    with watched_disk() as disk:
        creation.complete(_code(creation), migrations=SMALL_SCHEMA)
    names = [str(target) for name, target in disk.calls if name in {"replace", "rename"}]
    assert len(names) == 5  # verrou, database, two headers, and the folder itself
    assert all(".coffre-" in name for name in names)
    assert disk.calls[-2][0] == "open"
    assert disk.calls[-1][0] == "fsync"


def test_a_wrong_migration_leaves_nothing(creation: VaultCreation, tmp_path: Path) -> None:
    with pytest.raises(BugError):
        creation.complete(_code(creation), migrations=[Migration(1, "fausse", "CREATE TABEL x;")])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.exigence("S18")
def test_a_driver_that_does_not_encrypt_leaves_nothing(
    creation: VaultCreation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection.dbapi2, "connect", sqlite3.connect)
    with pytest.raises(UserError) as refused:
        creation.complete(_code(creation), migrations=SMALL_SCHEMA)
    assert refused.value.code == "chiffrement_absent"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.exigence("S18")
def test_a_plain_database_is_recognised(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "clair.db")
    plain.execute("CREATE TABLE notes (texte TEXT)")
    plain.close()
    (tmp_path / "vide.db").touch()
    for name in ("clair.db", "vide.db"):
        with pytest.raises(BugError, match="not encrypted"):
            _require_encrypted(tmp_path / name)


@pytest.mark.exigence("S18")
def test_neither_secret_nor_schema_is_in_the_folder(creation: VaultCreation, tmp_path: Path) -> None:
    key = creation.complete(_code(creation), migrations=SMALL_SCHEMA)
    secrets = [
        key.dbk, key.dbk.hex().encode(), PASSPHRASE.encode(), creation.recovery_code.secret,
        creation.recovery_code.groups[0].encode(), b"SQLite format 3", b"CREATE TABLE", b"parametres",
    ]  # fmt: skip
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) >= 4
    for path in files:
        for secret in secrets:
            assert secret not in path.read_bytes()


@pytest.fixture(params=[0o000, 0o022, 0o177])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.mark.exigence("S35")
@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_everything_is_for_the_owner_alone_whatever_the_umask(
    creation: VaultCreation, tmp_path: Path, umask: int
) -> None:
    key = creation.complete(_code(creation), migrations=SMALL_SCHEMA)
    folder = tmp_path / "coffre"
    with Vault.open(folder, key, migrations=SMALL_SCHEMA) as vault:
        vault.begin_immediate()
        vault.execute("INSERT INTO notes (texte) VALUES ('x')")
        _assert_private(folder)  # with the journal of the open transaction
        vault.commit()
    _assert_private(folder)


def _assert_private(folder: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}
    expected = {name: 0o700 if name in {"coffre", "sauvegardes"} else 0o600 for name in modes}
    assert modes == expected
    assert any(name.endswith("-journal") for name in modes)


def test_two_coffres_have_nothing_in_common(tmp_path: Path) -> None:
    one, two = (make_coffre(tmp_path / name, migrations=SMALL_SCHEMA) for name in ("un", "deux"))
    assert one.key.dbk != two.key.dbk
    assert one.key.vault_id != two.key.vault_id
    assert one.code != two.code
    assert one.database.name != two.database.name


@pytest.mark.exigence("S19")
def test_a_creation_does_not_show_its_secrets(creation: VaultCreation) -> None:
    shown = repr(creation) + str(creation) + repr(creation.recovery_code)
    assert creation._key.dbk.hex() not in shown
    assert creation.recovery_code.groups[0] not in shown
