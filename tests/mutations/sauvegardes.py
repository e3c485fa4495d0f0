"""Mutations of what makes backups true and keys safe: verifying, thinning after, carrying forward, one commit point."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

_BACKUP = "iscg_desktop/storage/backup.py"
_FILE = "iscg_desktop/storage/backup_file.py"
_RESTORE = "iscg_desktop/storage/restore.py"
_ROTATION = "iscg_desktop/storage/rotation.py"
_SERVICE = "iscg_desktop/services/sauvegardes.py"
_OF_BACKUP = "tests/storage/test_backup.py"
_OF_RESTORE = "tests/storage/test_restore.py"
_OF_ROTATION = "tests/storage/test_rotation.py"
_OF_SERVICE = "tests/services/test_sauvegardes.py"

MUTATIONS = (
    Mutation(
        "S13", "a backup is named without having been reopened", _BACKUP,
        "            _, sha256 = _read_all(making, size, key, now)\n", "            sha256 = digest(making, size)\n",
        (f"{_OF_BACKUP}::test_a_backup_that_does_not_verify_has_no_name",),
    ),
    Mutation(
        "S13", "the digest of a backup is not compared", _BACKUP,
        "    if sha256 != block.sha256:\n", "    if not sha256:\n",
        (f"{_OF_BACKUP}::test_a_block_put_on_another_database_is_found",),
    ),
    Mutation(
        "S13", "whoever wrote a backup is believed", _BACKUP,
        "    if not block.is_sealed_by(key, data):\n", "    if False:\n",
        (f"{_OF_BACKUP}::test_a_backup_put_together_without_the_key_is_refused",),
    ),
    Mutation(
        "S46", "a block is read without its checksum", _FILE,
        '.hexdigest().encode() != checksum or rest.strip(b" ")', '.hexdigest() == "" or rest.strip(b" ")',
        (f"{_OF_BACKUP}::test_damage_in_the_block_is_told_before_any_passphrase_is_asked",),
    ),
    Mutation(
        "S13", "what is erased stays in the backups of before", _SERVICE,
        "and backup.key_id not in self.retired and not forgotten", "and backup.key_id not in self.retired",
        (f"{_OF_SERVICE}::test_an_erasure_makes_a_backup_due_and_removes_those_before_it",),
    ),
    Mutation(
        "S13", "backups are kept for ever", _SERVICE,
        "return backup.made_at in kept and", "return True and",
        (f"{_OF_SERVICE}::test_older_ones_are_thinned_by_the_rule_after_the_new_one",),
    ),
    Mutation(
        "S13", "what a lock left to be backed up waits", "iscg_desktop/ui/backups.py",
        "self._timer.start(_SOON)", "self._timer.start()",
        ("tests/ui/test_backups.py::test_what_a_lock_had_no_time_for_is_made_when_the_coffre_opens_again",),
    ),
    Mutation(
        "S13", "older ones are removed before the new one is verified", _SERVICE,
        "        made = write_backup(self.vault,",
        "        for old in list_backups(own, self.vault.key.vault_id):\n            remove_backup(old)\n"
        "        made = write_backup(self.vault,", (_OF_SERVICE,),
    ),
    Mutation(
        "S13", "an old backup is not recalled", _SERVICE,
        "return est_ancienne(self.derniere(), self._session.clock.now()) and self._has_something()", "return False",
        (_OF_SERVICE,),
    ),
    Mutation(
        "S14", "a migration ends in the midst", "iscg_desktop/storage/migrator.py",
        "            _apply(connection, migration)\n",
        "            _apply(connection, migration)\n            connection.commit()\n"
        "            connection.begin_immediate()\n",
        ("tests/storage/test_migrator.py", "tests/storage/test_vault.py", _OF_BACKUP),
    ),
    Mutation(
        "S14", "a migration goes on without its backup", "iscg_desktop/storage/migrator.py",
        "        before(connection)\n", "        pass\n",
        (f"{_OF_BACKUP}::test_a_backup_that_fails_stops_the_migration",),
    ),
    Mutation(
        "S13", "a restore forgets bilans, erasures and numbers", _RESTORE,
        "            carry_forward(connection, registry)\n", "            pass\n",
        (f"{_OF_RESTORE}::test_a_restore_undoes_no_bilan_no_erasure_and_no_number",),
    ),
    Mutation(
        "S13", "numbers are given twice after a loss", _RESTORE,
        "jump_counters(connection, range(block.made_at.year, now.year + 1))", "pass",
        (f"{_OF_RESTORE}::test_numbers_jump_when_the_coffre_replaced_cannot_be_read",),
    ),
    Mutation(
        "S13", "a restore does not keep the header of what it replaces", _RESTORE,
        "                write_atomic(place / name, (folder / name).read_bytes())\n", "                pass\n",
        (f"{_OF_RESTORE}::test_a_restore_brings_back_the_backup_and_keeps_the_coffre_it_replaces",),
    ),
    Mutation(
        "S26", "a rotation switches before the new sheet is typed back", _ROTATION,
        "        self.confirm(typed)\n", "",
        (f"{_OF_ROTATION}::test_the_new_sheet_is_typed_back_first",),
    ),
    Mutation(
        "S26", "what is written during a rotation is lost", _ROTATION,
        "if self._vault.in_transaction or self._prepared_at != self._vault.written_at():",
        "if self._vault.in_transaction:",
        (f"{_OF_ROTATION}::test_what_was_written_meanwhile_is_never_lost",),
    ),
    Mutation(
        "S26", "the old database is not removed after a rotation", _ROTATION,
        "        mark_doomed(vault.folder, old.database)  # means nothing while the header names it\n", "",
        (f"{_OF_ROTATION}::test_a_rotation_keeps_everything_and_retires_passphrase_sheet_and_key",),
    ),
    Mutation(
        "S18", "a driver that does not encrypt is taken", "iscg_desktop/storage/connection.py",
        "    if not version or not version[0]:\n", "    if False:\n",
        ("tests/storage/test_connection.py::test_the_driver_must_encrypt",),
    ),
    Mutation(
        "S19", "a key shows when it is printed", "iscg_desktop/storage/keys.py",
        "    dbk: bytes = field(repr=False)\n", "    dbk: bytes = field()\n",
        ("tests/storage/test_keys.py::test_a_key_does_not_show_when_it_is_printed_by_accident",),
    ),
    Mutation(
        "S21", "accents are taken as they are typed", "iscg_desktop/storage/kdf.py",
        'unicodedata.normalize("NFKC", passphrase)', "str(passphrase)",
        ("tests/storage/test_unlock.py::test_the_passphrase_opens_however_its_accents_are_typed",),
    ),
    Mutation(
        "S22", "a header may ask for any memory", "iscg_desktop/storage/kdf.py",
        "            if not low <= value <= high:\n", "            if not low <= value:\n",
        ("tests/storage/test_kdf.py::test_parameters_out_of_bounds_cannot_exist",),
    ),
    Mutation(
        "S23", "a damaged copy of the header is not mended", "iscg_desktop/storage/open_header.py",
        "        if names:\n            self.state = self._write(names)\n", "        del names\n",
        ("tests/storage/test_vault.py::test_a_lost_or_damaged_header_copy_is_mended_and_told_once",),
    ),
    Mutation(
        "S25", "the code typed back is not compared", "iscg_desktop/storage/creation.py",
        "        self.confirm(typed)\n", "",
        ("tests/storage/test_creation.py::test_a_slip_or_another_code_creates_nothing",),
    ),
    Mutation(
        "S25", "a new sheet is adopted without being typed back", "iscg_desktop/services/cles.py",
        "        if not RecoveryCode.parse(typed).is_same(self._code):\n", "        if False:\n",
        ("tests/services/test_cles.py::test_a_new_sheet_is_typed_back_then_the_old_one_opens_nothing",),
    ),
    Mutation(
        "S27", "Argon2i in place of Argon2id", "iscg_desktop/storage/kdf.py",
        "type=Type.ID,", "type=Type.I,",
        ("tests/storage/test_kdf.py::test_a_passphrase_is_normalised_then_derived_with_every_parameter",),
    ),
    Mutation(
        "S28", "the cost is not measured on the machine", "iscg_desktop/storage/kdf.py",
        "    affordable = target_seconds / max(measure(floor), 1e-6)\n", "    affordable = 1.0\n",
        ("tests/storage/test_kdf.py::test_calibration_comes_near_its_target_or_stays_at_a_bound",),
    ),
)  # fmt: skip
