"""An open coffre keeps what it acknowledged, mends its header, and refuses what is damaged."""

from __future__ import annotations

import shutil
import stat
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.errors import BugError, UserError
from iscg_desktop.storage import vault as module
from iscg_desktop.storage.check import Check, check_coffre
from iscg_desktop.storage.connection import Connection
from iscg_desktop.storage.header_copies import HeaderState, read_copies, write_copies
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.keys import PassphraseSlot, VaultKey, wrap_passphrase
from iscg_desktop.storage.migrator import Migration
from iscg_desktop.storage.unlock import unlock_with_passphrase, unlock_with_recovery
from iscg_desktop.storage.vault import Vault
from tests.coffres import PASSPHRASE, SMALL_SCHEMA, Coffre, snapshot
from tests.faults import Died, dying_program, watched_disk
from tests.processes import run_python

NEW_PASSPHRASE = "Une autre phrase, changée depuis"
PAGE = 4096
_REMEMBERED = "SELECT valeur FROM parametres WHERE cle = 'sequence_entete'"


def _open(coffre: Coffre) -> Vault:
    return Vault.open(coffre.folder, coffre.key, migrations=SMALL_SCHEMA)


def _refusal(coffre: Coffre) -> str:
    with pytest.raises(UserError) as refused:
        _open(coffre).close()
    return refused.value.code


def _fill(coffre: Coffre, rows: int = 60) -> None:
    with _open(coffre) as vault:
        vault.begin_immediate()
        vault.execute_many(
            "INSERT INTO notes (texte) VALUES (?)", [(f"{number} " + "x" * 900,) for number in range(rows)]
        )
        vault.commit()


# --- what was acknowledged stays ----------------------------------------------------------------------


@settings(max_examples=15)
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=20))
def test_what_was_committed_is_read_again(
    model_coffre: Coffre, tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    coffre = model_coffre.copy_to(tmp_path_factory.mktemp("vault") / "coffre")
    with _open(coffre) as vault:
        vault.begin_immediate()
        vault.execute_many("INSERT INTO notes (texte) VALUES (?)", [(text,) for text in texts])
        vault.commit()
    with _open(coffre) as vault:
        assert [row["texte"] for row in vault.execute("SELECT texte FROM notes ORDER BY id")] == texts


def test_what_was_not_committed_is_gone(coffre: Coffre) -> None:
    vault = _open(coffre)
    vault.begin_immediate()
    vault.execute("INSERT INTO notes (texte) VALUES ('perdue')")
    vault.close()
    vault.close()
    with _open(coffre) as vault:
        assert not vault.in_transaction
        assert vault.execute("SELECT count(*) FROM notes").scalar() == 0


def test_rollback_undoes_and_commit_needs_a_transaction(small_vault: Vault) -> None:
    small_vault.begin_immediate()
    small_vault.execute("INSERT INTO notes (texte) VALUES ('perdue')")
    assert small_vault.in_transaction
    small_vault.rollback()
    assert small_vault.execute("SELECT count(*) FROM notes").scalar() == 0
    with pytest.raises(BugError):
        small_vault.commit()


def test_a_disk_limit_leaves_what_was_acknowledged(coffre: Coffre) -> None:
    code = (
        "import pathlib, resource, sys\n"
        "from iscg_desktop.errors import UserError\n"
        "from iscg_desktop.storage.keys import VaultKey\n"
        "from iscg_desktop.storage.vault import Vault\n"
        "from tests.coffres import SMALL_SCHEMA\n"
        "key = VaultKey(sys.argv[2], bytes.fromhex(sys.argv[3]), 'passphrase')\n"
        "vault = Vault.open(pathlib.Path(sys.argv[1]), key, migrations=SMALL_SCHEMA)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), int(sys.argv[4])))\n"
        "stored = 0\n"
        "while True:\n"
        "    try:\n"
        "        vault.begin_immediate()\n"
        "        vault.execute('INSERT INTO notes (texte) VALUES (?)', ('x' * 3000,))\n"
        "        vault.commit()\n"
        "    except UserError as error:\n"
        "        vault.rollback()\n"
        "        print(error.code, stored)\n"
        "        break\n"
        "    stored += 1\n"
    )
    limit = coffre.database.stat().st_size + 9 * PAGE + 123
    done = run_python(code, coffre.folder, coffre.key.vault_id, coffre.key.dbk.hex(), limit)
    told, stored = done.stdout.split()
    assert told in {"disque_en_erreur", "disque_plein"}
    assert int(stored) > 3
    with _open(coffre) as vault:
        assert vault.check() == ()
        assert vault.execute("SELECT count(*) FROM notes").scalar() == int(stored)


# --- header -------------------------------------------------------------------------------------------


def test_a_sound_coffre_opens_without_a_word_and_its_header_is_untouched(coffre: Coffre) -> None:
    before = snapshot(coffre.folder / "header.a") | snapshot(coffre.folder / "header.b")
    for _ in range(2):
        with _open(coffre) as vault:
            assert vault.header_state is HeaderState.INTACT
            assert not vault.old_header
            assert vault.fully_checked
            assert vault.key == coffre.key
    assert snapshot(coffre.folder / "header.a") | snapshot(coffre.folder / "header.b") == before


@pytest.mark.exigence("S23")
@pytest.mark.parametrize("name", ["header.a", "header.b"])
@pytest.mark.parametrize(
    "harm", [Path.unlink, lambda path: path.write_bytes(b"abime"), lambda path: path.write_bytes(b"")]
)
def test_a_lost_or_damaged_header_copy_is_mended_and_told_once(
    coffre: Coffre, name: str, harm: Callable[[Path], object]
) -> None:
    path = coffre.folder / name
    whole = path.read_bytes()
    harm(path)
    with _open(coffre) as vault:
        assert vault.header_state is HeaderState.HEALED
    assert path.read_bytes() == whole
    with _open(coffre) as vault:
        assert vault.header_state is HeaderState.INTACT


def test_a_copy_that_cannot_be_mended_is_told_and_the_coffre_opens(coffre: Coffre) -> None:
    (coffre.folder / "header.b").unlink()
    (coffre.folder / "header.b").mkdir()
    with _open(coffre) as vault:
        assert vault.header_state is HeaderState.ONE_COPY


def test_the_key_of_another_coffre_is_refused(coffre: Coffre) -> None:
    stranger = VaultKey(coffre.key.vault_id, bytes(32), "passphrase")
    assert _refusal(replace(coffre, key=stranger)) == "entetes_abimes"


def test_temporary_files_of_a_crash_are_removed(coffre: Coffre) -> None:
    left = coffre.folder / ".0123456789abcdef.partiel"
    left.write_bytes(b"x")
    _open(coffre).close()
    assert not left.exists()


# --- passphrase ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def new_slot(model_coffre: Coffre) -> PassphraseSlot:
    return wrap_passphrase(model_coffre.key, NEW_PASSPHRASE, KdfParameters.floor())


def _slots(coffre: Coffre) -> set[PassphraseSlot]:
    return {copy.header.passphrase for _, copy in read_copies(coffre.folder).readable}


def test_a_new_passphrase_replaces_the_old_one_in_both_copies(
    coffre: Coffre, new_slot: PassphraseSlot
) -> None:
    with Vault.open(
        coffre.folder, unlock_with_recovery(coffre.folder, coffre.code), migrations=SMALL_SCHEMA
    ) as vault:
        vault.set_passphrase(new_slot)
        assert vault.header_state is HeaderState.INTACT
    assert unlock_with_passphrase(coffre.folder, NEW_PASSPHRASE) == coffre.key
    with pytest.raises(UserError) as refused:
        unlock_with_passphrase(coffre.folder, PASSPHRASE)
    assert refused.value.code == "phrase_de_passe_incorrecte"
    assert unlock_with_recovery(coffre.folder, coffre.code).dbk == coffre.key.dbk
    assert _slots(coffre) == {new_slot}
    with _open(coffre) as vault:
        assert vault.header_state is HeaderState.INTACT
        assert not vault.old_header


def test_an_old_header_put_back_is_announced_until_a_new_passphrase(
    coffre: Coffre, tmp_path: Path, new_slot: PassphraseSlot
) -> None:
    _open(coffre).close()
    old = {name: (coffre.folder / name).read_bytes() for name in ("header.a", "header.b")}
    with _open(coffre) as vault:
        vault.set_passphrase(new_slot)
        vault.set_passphrase(new_slot)
        vault.set_passphrase(new_slot)
    for name, data in old.items():
        (coffre.folder / name).write_bytes(data)
    for _ in range(2):
        with _open(coffre) as vault:
            assert vault.old_header
    with _open(coffre) as vault:
        vault.set_passphrase(new_slot)
        assert not vault.old_header
    with _open(coffre) as vault:
        assert not vault.old_header
    for name, data in old.items():
        (coffre.folder / name).write_bytes(data)
    with _open(coffre) as vault:
        assert vault.old_header


def test_a_header_between_the_old_one_and_the_new_one_is_old_too(
    coffre: Coffre, new_slot: PassphraseSlot
) -> None:
    saved = []
    for _ in range(3):
        saved.append((coffre.folder / "header.a").read_bytes())
        with _open(coffre) as vault:
            vault.set_passphrase(new_slot)
    for put_back, then_changed in ((saved[0], True), (saved[2], False)):
        for name in ("header.a", "header.b"):
            (coffre.folder / name).write_bytes(put_back)
        with _open(coffre) as vault:
            assert vault.old_header
            if then_changed:
                vault.set_passphrase(new_slot)


def test_a_single_old_copy_put_back_changes_nothing(coffre: Coffre, new_slot: PassphraseSlot) -> None:
    old = (coffre.folder / "header.a").read_bytes()
    with _open(coffre) as vault:
        vault.set_passphrase(new_slot)
    (coffre.folder / "header.a").write_bytes(old)
    with _open(coffre) as vault:
        assert vault.header_state is HeaderState.HEALED
        assert not vault.old_header
    assert _slots(coffre) == {new_slot}


@pytest.mark.exigence("S23")
def test_a_program_killed_at_any_step_of_the_change_leaves_the_old_or_the_new_passphrase(
    model_coffre: Coffre, tmp_path: Path, new_slot: PassphraseSlot
) -> None:
    (old_slot,) = _slots(model_coffre)
    with _open(model_coffre.copy_to(tmp_path / "entier")) as vault, watched_disk() as disk:
        vault.set_passphrase(new_slot)
    seen = []
    for step in range(1, len(disk.calls) + 1):
        coffre = model_coffre.copy_to(tmp_path / f"coffre-{step}")
        with _open(coffre) as vault, dying_program(step), pytest.raises(Died):
            vault.set_passphrase(new_slot)
        seen.append(read_copies(coffre.folder).best.passphrase)
        with _open(coffre) as vault:
            assert not vault.old_header
            # What a later opening compares with is caught up on.
            assert vault.execute(_REMEMBERED).scalar() == str(read_copies(coffre.folder).best.sequence)
        assert _slots(coffre) == {seen[-1]}
        assert unlock_with_recovery(coffre.folder, coffre.code).dbk == coffre.key.dbk
    assert set(seen) == {old_slot, new_slot}
    assert seen == sorted(seen, key=lambda slot: slot == new_slot)


@pytest.mark.exigence("S23")
def test_the_first_copy_written_decides_and_the_second_can_wait(
    coffre: Coffre, new_slot: PassphraseSlot
) -> None:
    vault = _open(coffre)
    (coffre.folder / "header.b").unlink()
    (coffre.folder / "header.b").mkdir()
    vault.set_passphrase(new_slot)
    assert vault.header_state is HeaderState.ONE_COPY
    vault.close()
    assert read_copies(coffre.folder).best.passphrase == new_slot


def test_a_change_that_the_disk_refuses_leaves_the_old_passphrase(
    coffre: Coffre, new_slot: PassphraseSlot
) -> None:
    (old_slot,) = _slots(coffre)
    with _open(coffre) as vault:
        (coffre.folder / "header.a").unlink()
        (coffre.folder / "header.a").mkdir()
        with pytest.raises(UserError):
            vault.set_passphrase(new_slot)
    assert read_copies(coffre.folder).best.passphrase == old_slot


def test_the_passphrase_is_not_changed_inside_a_transaction(
    small_vault: Vault, new_slot: PassphraseSlot
) -> None:
    before = snapshot(small_vault.folder / "header.a")
    small_vault.begin_immediate()
    with pytest.raises(BugError, match="transaction"):
        small_vault.set_passphrase(new_slot)
    assert snapshot(small_vault.folder / "header.a") == before


# --- damage -------------------------------------------------------------------------------------------


def test_a_missing_database_is_told_and_none_is_created(coffre: Coffre) -> None:
    coffre.database.unlink()
    assert _refusal(coffre) == "coffre_incomplet"
    assert list(coffre.folder.glob("*.db")) == []


@pytest.mark.parametrize("left", [b"", b"\0", b"S", b"SQLite format 3\0"])
def test_an_emptied_database_is_told_and_not_made_anew(coffre: Coffre, left: bytes) -> None:
    # SQLite takes a file of no or one byte for a new database.
    coffre.database.write_bytes(left)
    assert _refusal(coffre) == "coffre_abime"
    with pytest.raises(UserError) as refused:
        check_coffre(coffre.folder, coffre.key)
    assert refused.value.code == "coffre_abime"
    assert coffre.database.read_bytes() == left


@pytest.mark.exigence("S10")
def test_a_database_cut_at_any_page_is_refused_and_left_as_it_is(coffre: Coffre) -> None:
    _fill(coffre)
    whole = coffre.database.read_bytes()
    assert len(whole) % PAGE == 0
    cuts = {page * PAGE + more for page in range(1, len(whole) // PAGE + 1) for more in (-1, 0, 1)}
    for cut in sorted(cut for cut in cuts if cut < len(whole)):
        coffre.database.write_bytes(whole[:cut])
        assert _refusal(coffre) == "coffre_abime", cut
        assert coffre.database.read_bytes() == whole[:cut]
    coffre.database.write_bytes(whole)
    with _open(coffre) as vault:
        assert vault.check() == ()


@pytest.mark.exigence("S9")
@given(place=st.integers(0), bit=st.integers(0, 7))
def test_a_bit_changed_anywhere_is_found(filled: Coffre, place: int, bit: int) -> None:
    whole = bytearray(filled.database.read_bytes())
    original = bytes(whole)
    whole[place % len(whole)] ^= 1 << bit
    filled.database.write_bytes(bytes(whole))
    try:
        assert _refusal(filled) == "coffre_abime"
        assert filled.database.read_bytes() == bytes(whole)
    finally:
        filled.database.write_bytes(original)


@pytest.fixture(scope="module")
def filled(model_coffre: Coffre, tmp_path_factory: pytest.TempPathFactory) -> Coffre:
    coffre = model_coffre.copy_to(tmp_path_factory.mktemp("rempli") / "coffre")
    _fill(coffre)
    return coffre


@pytest.mark.exigence("S9")
def test_a_large_coffre_opens_at_once_and_is_checked_by_a_worker(
    coffre: Coffre, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(coffre)
    monkeypatch.setattr(module, "_CHECKED_AT_ONCE", 0)
    found: list[Check] = []
    with _open(coffre) as vault:
        assert not vault.fully_checked
        assert vault.execute("SELECT count(*) FROM notes").scalar() == 60
        with pytest.raises(UserError) as refused:
            vault.begin_immediate()
        assert refused.value.code == "coffre_en_verification"
        worker = threading.Thread(target=lambda: found.append(check_coffre(coffre.folder, coffre.key)))
        worker.start()
        worker.join()
        assert found[0].problems == ()
        vault.admit(found[0])
        assert vault.fully_checked
        vault.begin_immediate()
        vault.execute("INSERT INTO notes (texte) VALUES ('après la vérification')")
        vault.commit()


@pytest.mark.exigence("S9")
def test_the_check_of_a_large_coffre_finds_what_opening_left_out(
    coffre: Coffre, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(coffre)
    monkeypatch.setattr(module, "_CHECKED_AT_ONCE", 0)
    data = bytearray(coffre.database.read_bytes())
    data[-PAGE // 2] ^= 1
    coffre.database.write_bytes(bytes(data))
    with _open(coffre) as vault:
        problems = vault.check()
        found = check_coffre(coffre.folder, coffre.key)
        with pytest.raises(UserError) as refused:
            vault.admit(found)
        assert not vault.fully_checked
    assert any(problem.startswith("cipher_integrity_check") for problem in problems)
    assert (found.problems, refused.value.code) == (problems, "coffre_abime")


@pytest.mark.exigence("S10")
def test_a_large_coffre_cut_short_is_refused_at_once(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(coffre)
    monkeypatch.setattr(module, "_CHECKED_AT_ONCE", 0)
    whole = coffre.database.read_bytes()
    for kept in (1, PAGE - 1, PAGE, PAGE + 1, len(whole) - PAGE, len(whole) - 1):
        coffre.database.write_bytes(whole[:kept])
        assert _refusal(coffre) == "coffre_abime"
        assert coffre.database.read_bytes() == whole[:kept]


@pytest.mark.exigence("S9")
def test_a_large_coffre_is_checked_before_it_is_migrated(
    coffre: Coffre, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(coffre)
    monkeypatch.setattr(module, "_CHECKED_AT_ONCE", 0)
    data = bytearray(coffre.database.read_bytes())
    data[-PAGE // 2] ^= 1
    coffre.database.write_bytes(bytes(data))
    more = (*SMALL_SCHEMA, Migration(2, "encore", "CREATE TABLE encore (id INTEGER);"))
    with pytest.raises(UserError) as refused:
        Vault.open(coffre.folder, coffre.key, migrations=more)
    assert refused.value.code == "coffre_abime"
    assert coffre.database.read_bytes() == bytes(data)


# --- versions -----------------------------------------------------------------------------------------


def test_a_newer_coffre_is_refused_and_unchanged(coffre: Coffre) -> None:
    more = (*SMALL_SCHEMA, Migration(2, "encore", "CREATE TABLE encore (id INTEGER);"))
    Vault.open(coffre.folder, coffre.key, migrations=more).close()
    before = coffre.database.read_bytes()
    assert _refusal(coffre) == "coffre_plus_recent"
    assert coffre.database.read_bytes() == before


def test_opening_migrates_after_the_caller_could_save(coffre: Coffre) -> None:
    versions = []

    def save(connection: Connection) -> None:
        versions.append(connection.execute("PRAGMA user_version").scalar())

    more = (*SMALL_SCHEMA, Migration(2, "encore", "CREATE TABLE encore (id INTEGER);"))
    Vault.open(coffre.folder, coffre.key, migrations=more, before_migration=save).close()
    Vault.open(coffre.folder, coffre.key, migrations=more, before_migration=save).close()
    assert versions == [1]


# --- the folder ---------------------------------------------------------------------------------------


def test_a_folder_that_is_no_coffre_receives_nothing(coffre: Coffre, tmp_path: Path) -> None:
    (tmp_path / "autre").mkdir()
    for folder in (tmp_path / "autre", tmp_path / "absent"):
        before = sorted(tmp_path.iterdir())
        assert _refusal(replace(coffre, folder=folder)) == "pas_un_coffre"
        assert sorted(tmp_path.iterdir()) == before
    assert list((tmp_path / "autre").iterdir()) == []


def test_a_refused_opening_holds_nothing_and_lets_the_next_one_in(coffre: Coffre) -> None:
    whole = coffre.database.read_bytes()
    for kept in (len(whole) - PAGE, 1):
        coffre.database.write_bytes(whole[:kept])
        with pytest.raises(UserError) as refused:
            _open(coffre)
        assert refused.value.code == "coffre_abime"
        # While the error and its frames still exist.
        if sys.platform == "linux":
            held = [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
            assert not [name for name in held if name.startswith(str(coffre.folder))]
    coffre.database.write_bytes(whole)
    _open(coffre).close()


@pytest.mark.exigence("S17")
def test_nothing_but_sqlite_opens_the_database(coffre: Coffre, tmp_path: Path) -> None:
    """Closing any other handle on it would drop the locks of SQLite (POSIX)."""
    code = (
        "import pathlib, sys, threading\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "from iscg_desktop.storage.keys import VaultKey, wrap_passphrase\n"
        "from iscg_desktop.storage.kdf import KdfParameters\n"
        "from iscg_desktop.storage.unlock import unlock_with_passphrase\n"
        "from iscg_desktop.storage.check import check_coffre\n"
        "from iscg_desktop.storage.vault import Vault\n"
        "from tests.coffres import PASSPHRASE, SMALL_SCHEMA\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "key = unlock_with_passphrase(folder, PASSPHRASE)\n"
        "vault = Vault.open(folder, key, migrations=SMALL_SCHEMA)\n"
        "worker = threading.Thread(target=check_coffre, args=(folder, key))\n"
        "worker.start(); worker.join()\n"
        "vault.begin_immediate()\n"
        "vault.execute(\"INSERT INTO notes (texte) VALUES ('x')\")\n"
        "vault.commit()\n"
        "vault.set_passphrase(wrap_passphrase(key, 'autre', KdfParameters.floor()))\n"
        "vault.check()\n"
        "vault.close()\n"
        "with open(folder / 'header.a') as file: pass\n"
        "print(sum('header.a' in path for path in opened))\n"
        "print(sum('data-' in path for path in opened))\n"
    )
    headers, databases = run_python(code, coffre.folder).stdout.split()
    assert int(headers) >= 3  # the hook sees what Python opens
    assert int(databases) == 0


def test_files_stay_private_after_a_change_of_passphrase(coffre: Coffre, new_slot: PassphraseSlot) -> None:
    with _open(coffre) as vault:
        vault.set_passphrase(new_slot)
    for path in coffre.folder.iterdir():
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected


def test_a_coffre_moved_elsewhere_opens(coffre: Coffre, tmp_path: Path) -> None:
    moved = tmp_path / "clé USB #1"
    shutil.move(coffre.folder, moved)
    _open(replace(coffre, folder=moved)).close()


def test_a_header_that_names_a_missing_database_is_told(coffre: Coffre) -> None:
    header = read_copies(coffre.folder).best
    elsewhere = replace(header, sequence=2, database=f"data-{'00' * 16}.db")
    write_copies(coffre.folder, elsewhere, coffre.key)
    assert _refusal(coffre) == "coffre_incomplet"
