"""A backup is whole, verified and openable, or it has no name; what is done to it afterwards is seen."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.errors import UserError
from iscg_desktop.storage import backup_file
from iscg_desktop.storage.backup import (
    Backup,
    backup_before_migration,
    list_backups,
    remove_backup,
    verify_backup,
    write_backup,
)
from iscg_desktop.storage.backup_file import BLOCK, key_id, read_block, seal
from iscg_desktop.storage.connection import Connection
from iscg_desktop.storage.keys import VaultKey, canonical_json
from iscg_desktop.storage.migrator import Migration, schema_version
from iscg_desktop.storage.vault import ClosingError, Vault
from tests.coffres import SMALL_SCHEMA, Coffre, make_coffre, snapshot
from tests.faults import Died, dying_program, failing_disk, watched_disk

NOW = datetime(2026, 11, 27, 8, 15, 30, tzinfo=UTC)


def _open(coffre: Coffre) -> Vault:
    return Vault.open(coffre.folder, coffre.key, migrations=SMALL_SCHEMA)


def _write(vault: Vault, texts: list[str]) -> None:
    vault.begin_immediate()
    vault.execute_many("INSERT INTO notes (texte) VALUES (?)", [(text,) for text in texts])
    vault.commit()


def _backup(vault: Vault, folder: Path, now: datetime = NOW) -> Backup:
    return write_backup(vault, vault.header, vault.key, folder, now)


def _notes(path: Path, key: VaultKey) -> list[str]:
    connection = Connection.reading(path, key.dbk)
    try:
        return [row["texte"] for row in connection.execute("SELECT texte FROM notes ORDER BY id")]
    finally:
        connection.close()


def _refusal(call: Callable[[], object]) -> str:
    with pytest.raises(UserError) as refused:
        call()
    return refused.value.code


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Coffre, Backup]:
    """A coffre and one backup of it, only to be read."""
    folder = tmp_path_factory.mktemp("sauvegarde")
    coffre = make_coffre(folder / "coffre", migrations=SMALL_SCHEMA)
    with _open(coffre) as vault:
        _write(vault, [f"{number} " + "x" * 900 for number in range(40)])
        return coffre, _backup(vault, folder)


@pytest.mark.exigence("S13")
def test_a_backup_holds_what_was_committed_and_is_private(small_vault: Vault, tmp_path: Path) -> None:
    _write(small_vault, ["un", "deux"])
    backup = _backup(small_vault, tmp_path)
    assert backup.path.name == "sauvegarde-2026-11-27-081530.coffre"
    assert (backup.made_at, backup.key_id) == (NOW, key_id(small_vault.key))
    assert backup.size == backup.path.stat().st_size
    assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
    assert verify_backup(backup.path, small_vault.key).made_at == NOW
    assert _notes(backup.path, small_vault.key) == ["un", "deux"]
    assert b"SQLite format 3" not in backup.path.read_bytes()
    # It carries the slots: the passphrase alone opens it.
    assert read_block(backup.path)[0].coffre.header == small_vault.header


@pytest.mark.exigence("S13")
@settings(max_examples=10, deadline=None)
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=20))
def test_a_backup_gives_back_every_row(
    model_coffre: Coffre, tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("rangs")
    with _open(model_coffre.copy_to(folder / "coffre")) as vault:
        _write(vault, texts)
        assert _notes(_backup(vault, folder).path, vault.key) == texts


@pytest.mark.exigence("S13")
def test_the_window_writes_on_while_a_backup_is_made(small_vault: Vault, tmp_path: Path) -> None:
    _write(small_vault, ["x" * 3000] * 2000)
    made: list[Backup] = []
    worker = threading.Thread(target=lambda: made.append(_backup(small_vault, tmp_path)))
    worker.start()
    written = 0
    while worker.is_alive():
        _write(small_vault, ["pendant"])
        written += 1
    worker.join()
    assert written > 1
    # All that was there when the copy ended: no transaction by halves, nothing of before missing.
    notes = _notes(made[0].path, small_vault.key)
    assert notes[:2000] == ["x" * 3000] * 2000
    assert set(notes[2000:]) <= {"pendant"}
    verify_backup(made[0].path, small_vault.key)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere threads weigh the same")
def test_her_gestures_go_before_a_backup(small_vault: Vault, tmp_path: Path) -> None:
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before, during = niceness(), set[int]()
    write_backup(
        small_vault, small_vault.header, small_vault.key, tmp_path, NOW, lambda: during.add(niceness())
    )
    assert during == {min(before + 10, 19)}
    assert niceness() == before


@pytest.mark.exigence("S13")
def test_closing_gives_a_copy_up_and_leaves_nothing(coffre: Coffre, tmp_path: Path) -> None:
    vault = _open(coffre)
    _write(vault, ["x" * 3000] * 800)
    begun, go_on, ended = threading.Event(), threading.Event(), []

    def between() -> None:
        begun.set()
        go_on.wait(10)

    def work() -> None:
        try:
            write_backup(vault, vault.header, vault.key, tmp_path / "la", NOW, between)
        except ClosingError as error:
            ended.append(error)

    (tmp_path / "la").mkdir()

    class Slow:
        """The vault, copied as slowly as the test wants."""

        def copy_into(self, path: Path, dbk: bytes, _between: Callable[[], None]) -> None:
            vault.copy_into(path, dbk, between)

    worker = threading.Thread(target=work)
    worker.start()
    assert begun.wait(10)
    closing = threading.Thread(target=vault.close)
    closing.start()
    while not vault._closing:
        pass
    go_on.set()
    for thread in (worker, closing):
        thread.join(10)
        assert not thread.is_alive()
    assert len(ended) == 1
    assert list((tmp_path / "la").iterdir()) == []


@pytest.mark.exigence("S13")
def test_a_backup_that_does_not_verify_has_no_name(small_vault: Vault, tmp_path: Path) -> None:
    class Damaging:
        """Copies, then spoils a byte of what was copied."""

        def copy_into(self, path: Path, dbk: bytes, between: Callable[[], None]) -> None:
            small_vault.copy_into(path, dbk, between)
            with path.open("r+b") as file:
                file.seek(5000)
                byte = file.read(1)
                file.seek(5000)
                file.write(bytes([byte[0] ^ 1]))

    code = _refusal(lambda: write_backup(Damaging(), small_vault.header, small_vault.key, tmp_path, NOW))
    assert code == "sauvegarde_non_verifiee"
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


@pytest.mark.exigence("S13", "S15")
def test_a_program_that_dies_leaves_a_whole_backup_or_none(small_vault: Vault, tmp_path: Path) -> None:
    _write(small_vault, ["un"])
    counting = tmp_path / "compte"
    counting.mkdir()
    with watched_disk() as disk:
        _backup(small_vault, counting)
    for at in range(1, len(disk.calls) + 1):
        folder = tmp_path / str(at)
        folder.mkdir()
        with dying_program(at), pytest.raises(Died):
            _backup(small_vault, folder)
        for backup in list_backups(folder, small_vault.key.vault_id):
            verify_backup(backup.path, small_vault.key)
        # The next one tidies up after it.
        _backup(small_vault, folder)
        assert {path.suffix for path in folder.iterdir()} == {".coffre"}


@pytest.mark.exigence("S13")
def test_a_disk_that_fails_is_told_and_leaves_nothing(small_vault: Vault, tmp_path: Path) -> None:
    with watched_disk() as disk:
        _backup(small_vault, tmp_path)
    for at in range(1, len(disk.calls) + 1):
        folder = tmp_path / str(at)
        folder.mkdir()
        with failing_disk(at, 28):
            try:
                _backup(small_vault, folder)
            except UserError as error:
                assert error.code in {"disque_plein", "sauvegarde_non_verifiee"}  # noqa: PT017
        for backup in list_backups(folder, small_vault.key.vault_id):
            verify_backup(backup.path, small_vault.key)


def test_two_backups_of_one_second_have_two_names(small_vault: Vault, tmp_path: Path) -> None:
    first, second = _backup(small_vault, tmp_path), _backup(small_vault, tmp_path)
    assert first.path != second.path
    assert {each.path for each in list_backups(tmp_path, small_vault.key.vault_id)} == {
        first.path,
        second.path,
    }
    assert remove_backup(first)
    assert [each.path for each in list_backups(tmp_path, small_vault.key.vault_id)] == [second.path]


def test_backups_are_listed_newest_first_and_others_left_out(
    small_vault: Vault, made: tuple[Coffre, Backup], tmp_path: Path
) -> None:
    old = _backup(small_vault, tmp_path, NOW - timedelta(days=3))
    new = _backup(small_vault, tmp_path)
    shutil.copy(made[1].path, tmp_path / "autre.coffre")
    (tmp_path / "photo.coffre").write_bytes(b"\xff\xd8" + bytes(9000))
    assert [each.path for each in list_backups(tmp_path, small_vault.key.vault_id)] == [new.path, old.path]
    assert (
        _refusal(lambda: list_backups(tmp_path / "absent", small_vault.key.vault_id)) == "dossier_introuvable"
    )


# --- what was done to a backup ------------------------------------------------------------------------


def _spoil(backup: Backup, folder: Path, change: Callable[[bytearray], object]) -> Path:
    data = bytearray(backup.path.read_bytes())
    change(data)
    path = folder / "abimee.coffre"
    path.write_bytes(data)
    return path


@pytest.mark.exigence("S13", "S46")
@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 10**9), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_is_found(
    made: tuple[Coffre, Backup], tmp_path_factory: pytest.TempPathFactory, place: int, bit: int
) -> None:
    coffre, backup = made

    def flip(data: bytearray) -> None:
        data[place % len(data)] ^= 1 << bit

    path = _spoil(backup, tmp_path_factory.getbasetemp(), flip)
    before = snapshot(path)
    assert _refusal(lambda: verify_backup(path, coffre.key)) in {"sauvegarde_illisible", "sauvegarde_abimee"}
    assert snapshot(path) == before


@pytest.mark.exigence("S46")
def test_damage_in_the_block_is_told_before_any_passphrase_is_asked(
    made: tuple[Coffre, Backup], tmp_path: Path
) -> None:
    path, whole = tmp_path / "bloc.coffre", made[1].path.read_bytes()[-BLOCK:]
    for place in range(0, BLOCK, 5):
        block = bytearray(whole)
        block[place] ^= 1
        path.write_bytes(block)
        assert _refusal(lambda: read_block(path)) == "sauvegarde_illisible"


@pytest.mark.exigence("S46")
@settings(max_examples=40, deadline=None)
@given(length=st.integers(0, 10**9))
def test_a_truncated_backup_is_refused(
    made: tuple[Coffre, Backup], tmp_path_factory: pytest.TempPathFactory, length: int
) -> None:
    coffre, backup = made

    def cut(data: bytearray) -> None:
        del data[length % len(data) :]

    path = _spoil(backup, tmp_path_factory.getbasetemp(), cut)
    assert _refusal(lambda: verify_backup(path, coffre.key)) == "sauvegarde_illisible"


@pytest.mark.exigence("S46")
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=3 * BLOCK))
def test_any_other_file_is_refused_in_a_word(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "autre.coffre"
    path.write_bytes(data)
    assert _refusal(lambda: read_block(path)) == "sauvegarde_illisible"


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.exigence("S46")
@settings(max_examples=100, deadline=None)
@given(
    fields=st.dictionaries(
        st.sampled_from(["format", "version", "coffre", "key", "made_at", "size", "sha256", "autre"]), _json
    )
    | _json
)
def test_a_block_of_any_fields_is_refused_in_a_word(
    tmp_path_factory: pytest.TempPathFactory, fields: object
) -> None:
    if isinstance(fields, dict):
        fields = {"format": "iscg-sauvegarde", "version": 1, **fields}
    payload = canonical_json(fields)
    sealed = payload + b"\n" + b"0" * 64 + b"\n"
    block = (sealed + hashlib.sha256(sealed).hexdigest().encode() + b"\n").ljust(BLOCK)
    path = tmp_path_factory.getbasetemp() / "champs.coffre"
    path.write_bytes(bytes(4096) + block)
    assert _refusal(lambda: read_block(path)) in {"sauvegarde_illisible", "sauvegarde_plus_recente"}


@pytest.mark.exigence("S13")
def test_a_block_put_on_another_database_is_found(small_vault: Vault, tmp_path: Path) -> None:
    first = _backup(small_vault, tmp_path)
    _write(small_vault, ["x"])
    second = _backup(small_vault, tmp_path)
    a, b = first.path.read_bytes(), second.path.read_bytes()
    assert len(a) == len(b)
    first.path.write_bytes(a[:-BLOCK] + b[-BLOCK:])
    assert _refusal(lambda: verify_backup(first.path, small_vault.key)) == "sauvegarde_abimee"
    first.path.write_bytes(a + b"\0" * 4096)
    assert _refusal(lambda: verify_backup(first.path, small_vault.key)) == "sauvegarde_illisible"


@pytest.mark.exigence("S13")
def test_a_backup_put_together_without_the_key_is_refused(
    made: tuple[Coffre, Backup], tmp_path: Path
) -> None:
    """The block says which digest is right: whoever has not the key cannot say it in its place."""
    coffre, backup = made
    block, _ = read_block(backup.path)
    data = bytearray(backup.path.read_bytes())
    data[7000] ^= 1
    path = tmp_path / "forgee.coffre"
    path.write_bytes(data)
    forged = replace(block, sha256=backup_file.digest(path, block.size))
    stranger = VaultKey(coffre.key.vault_id, os.urandom(32), "passphrase")
    path.write_bytes(data[:-BLOCK] + seal(forged, stranger))
    assert _refusal(lambda: verify_backup(path, coffre.key)) == "sauvegarde_autre_coffre"
    assert _refusal(lambda: verify_backup(backup.path, stranger)) == "sauvegarde_autre_coffre"


def test_a_newer_backup_asks_for_a_newer_program(
    made: tuple[Coffre, Backup], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coffre, backup = made
    block, _ = read_block(backup.path)
    with monkeypatch.context() as patch:
        patch.setattr(backup_file, "VERSION", 2)
        newer = seal(block, coffre.key)
    path = tmp_path / "future.coffre"
    path.write_bytes(backup.path.read_bytes()[:-BLOCK] + newer)
    assert _refusal(lambda: verify_backup(path, coffre.key)) == "sauvegarde_plus_recente"
    assert _refusal(lambda: read_block(tmp_path / "absente.coffre")) == "sauvegarde_absente"


@pytest.mark.exigence("S14")
def test_a_migration_killed_at_any_step_leaves_the_old_schema_or_the_new_one_and_its_backup(
    model_coffre: Coffre, tmp_path: Path, ampleur: Callable[[int, int], int], chiffre: Callable[[str], None]
) -> None:
    more = (
        *SMALL_SCHEMA,
        Migration(
            2, "suite", "CREATE TABLE deux (id INTEGER PRIMARY KEY) STRICT; INSERT INTO deux VALUES (7);"
        ),
    )
    versions, at, died = [], 1, True
    while died:
        coffre = model_coffre.copy_to(tmp_path / str(at))
        with dying_program(at):
            died = _dies_migrating(coffre, more)
        backups = list_backups(coffre.folder / "sauvegardes", coffre.key.vault_id)
        connection = Connection(coffre.database, coffre.key.dbk)
        versions.append(schema_version(connection))
        connection.close()
        if versions[-1] == 2:
            # The new one is there: what precedes it was verified before anything changed.
            assert verify_backup(backups[0].path, coffre.key).schema == 1
        with Vault.open(coffre.folder, coffre.key, migrations=more) as vault:
            assert vault.execute("SELECT id FROM deux").scalar() == 7
            assert vault.check() == ()
        shutil.rmtree(coffre.folder)
        at += ampleur(2, 1)
    assert versions == sorted(versions)
    assert set(versions) == {1, 2}
    chiffre(f"{len(versions)} pas, l’ancien schéma ou le nouveau à chacun")


def _dies_migrating(coffre: Coffre, migrations: tuple[Migration, ...]) -> bool:
    save = backup_before_migration(coffre.folder, coffre.key, NOW)
    vault = None
    try:
        vault = Vault.open(coffre.folder, coffre.key, migrations=migrations, before_migration=save)
        vault.close()
    except Died:
        if vault is not None:  # the end of a process lets go of everything
            vault._connection.close()
            vault._lock.release()
        return True
    return False


@pytest.mark.exigence("S14")
def test_a_backup_that_fails_stops_the_migration(coffre: Coffre) -> None:
    shutil.rmtree(coffre.folder / "sauvegardes")
    (coffre.folder / "sauvegardes").touch()
    more = (*SMALL_SCHEMA, Migration(2, "suite", "CREATE TABLE deux (id INTEGER PRIMARY KEY) STRICT;"))
    save = backup_before_migration(coffre.folder, coffre.key, NOW)
    with pytest.raises(UserError):
        Vault.open(coffre.folder, coffre.key, migrations=more, before_migration=save)
    with _open(coffre) as vault:
        assert vault.execute("PRAGMA user_version").scalar() == 1


def test_the_moment_of_a_backup_is_kept_to_the_second(small_vault: Vault, tmp_path: Path) -> None:
    late = NOW.replace(microsecond=999_999).astimezone()
    assert _backup(small_vault, tmp_path, late).made_at == NOW
