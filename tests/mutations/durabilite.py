"""Mutations of what keeps the coffre whole: settings, syncs, checks, seal, reserve, lock."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

_CONNECTION = "iscg_desktop/storage/connection.py"
_VAULT = "iscg_desktop/storage/vault.py"
_CHECK = "iscg_desktop/storage/check.py"
_SEAL = "iscg_desktop/storage/seal.py"
_FILES = "iscg_desktop/files.py"
_SETTINGS = ("tests/storage/test_connection.py",)
_STORED = ("tests/storage/test_vault.py",)
_SEALED = ("tests/storage/test_seal.py",)
_LARGE = ("tests/services/test_verification.py",)
_FULL = ("tests/ui/pages/entretien/test_drafts.py",)
_CUT = ("tests/storage/test_power_cut.py",)


def _setting(name: str, line: str) -> Mutation:
    return Mutation("S3", f"{name} is not asked for", _CONNECTION, line, "", _SETTINGS)


MUTATIONS = (
    _setting("TRUNCATE", '    ("journal_mode", "TRUNCATE", "truncate"),\n'),
    _setting("EXTRA", '    ("synchronous", "EXTRA", "3"),\n'),
    _setting("EXCLUSIVE", '    ("locking_mode", "EXCLUSIVE", "exclusive"),\n'),
    _setting("foreign_keys", '    ("foreign_keys", "ON", "1"),\n'),
    _setting("fullfsync", '    ("fullfsync", "ON", "1"),  # macOS: through the disk\'s own cache\n'),
    _setting("temp_store", '    ("temp_store", "MEMORY", "2"),  # no plaintext in temporary files\n'),
    _setting("secure_delete", '    ("secure_delete", "ON", "1"),  # what is erased does not stay in free pages\n'),
    _setting("recursive_triggers", '    ("recursive_triggers", "ON", "1"),  # REPLACE fires delete triggers\n'),
    _setting("trusted_schema", '    ("trusted_schema", "OFF", "0"),  # a schema made elsewhere runs nothing of ours\n'),
    Mutation(
        "S3", "cell_size_check is not asked for", _CONNECTION,
        '    ("cell_size_check", "ON", "1"),\n)\n# A file', ")\n# A file", _SETTINGS,
    ),
    Mutation(
        "S3", "the log of the cipher is left on", _CONNECTION,
        '("cipher_log_level", "NONE", "NONE")', '("cipher_log_level", "ERROR", "ERROR")', _SETTINGS,
    ),
    Mutation(
        "S3", "a setting that is not obeyed is let pass", _CONNECTION,
        "if obeyed is None or str(obeyed[0]) != expected:", "if obeyed is None:", _SETTINGS,
    ),
    Mutation(
        "S1", "a commit does not commit", _VAULT,
        "        self._with_reserve(self._connection.commit)\n", "        pass\n",
        ("tests/storage/test_storing.py::test_nothing_acknowledged_is_lost_by_a_kill", *_STORED),
    ),
    Mutation(
        "S2", "the disk is never asked to flush the database", _CONNECTION,
        '    ("synchronous", "EXTRA", "3"),\n', '    ("synchronous", "OFF", "0"),\n', _CUT,
    ),
    Mutation(
        "S4", "a full disk is not told as such", "iscg_desktop/storage/sql_errors.py",
        'dbapi2.SQLITE_FULL: "disque_plein"', 'dbapi2.SQLITE_FULL: "disque_en_erreur"', _FULL,
    ),
    Mutation(
        "S4", "a draft that the disk refuses counts as kept", "iscg_desktop/ui/drafts.py",
        "            self.failed.emit(error)\n            return False\n", "            return True\n", _FULL,
    ),
    Mutation(
        "S6", "what was half written is not undone", _CONNECTION,
        '    ("journal_mode", "TRUNCATE", "truncate"),\n', '    ("journal_mode", "OFF", "off"),\n',
        ("tests/storage/test_storing.py::test_nothing_acknowledged_is_lost_when_any_byte_is_refused",),
    ),
    Mutation(
        "S5", "no room is kept", _VAULT,
        "            reserve.keep_room(self.folder)\n", "", ("tests/storage/test_reserve.py",),
    ),
    Mutation(
        "S5", "the room is not given back", _VAULT,
        'if error.code != "disque_plein" or not reserve.give_back(self.folder):', "if error.code:",
        ("tests/storage/test_reserve.py",),
    ),
    Mutation(
        "S7", "a draft is written once in a minute", "iscg_desktop/ui/drafts.py",
        "PAUSE = 700", "PAUSE = 60_000", ("tests/ui/test_drafts.py",),
    ),
    Mutation(
        "S8", "it is said before it is done", _VAULT,
        "self._with_reserve(self._seal.update)", "return None", _STORED,
    ),
    Mutation(
        "S9", "pages are not authenticated at the opening", _CHECK,
        '_PRAGMAS = (("integrity_check", "ok"), ("cipher_integrity_check", None))', "_PRAGMAS = ()", _STORED,
    ),
    Mutation(
        "S9", "a coffre is written in before its check", _VAULT,
        "        if self._seal is None:\n            raise UserError(self._barred.code)\n", "", _LARGE,
    ),
    Mutation(
        "S9", "a damaged coffre is admitted", _VAULT,
        "if check.problems or check.seal is None:", "if check.seal is None:", _SEALED,
    ),
    Mutation(
        "S10", "a file cut short is opened", _CHECK,
        "return size_of(path) >= int(pages)", "return True or size_of(path) >= int(pages)", _STORED,
    ),
    Mutation(
        "S11", "the seal is not compared", _CHECK,
        "    if not state.is_fresh:\n", "    if False:\n", _SEALED,
    ),
    Mutation(
        "S11", "what is touched is not sealed again", _SEAL,
        "        if not self._touched and not self._pending:\n            return\n", "        return\n", _SEALED,
    ),
    Mutation(
        "S11", "deletions are not sealed", _SEAL,
        '("INSERT", ("new",)), ("DELETE", ("old",)),', '("INSERT", ("new",)),', _SEALED,
    ),
    Mutation(
        "S11", "a database put back whole is not announced", _VAULT,
        "self.rolled_back = commits_of(self._connection) < self._seen", "self.rolled_back = False", _SEALED,
    ),
    Mutation(
        "S12", "what hangs on a lost row is thrown away", "iscg_desktop/storage/salvage.py",
        "    if parent in _HOLDERS:\n", "    if False:\n", ("tests/storage/test_salvage.py",),
    ),
    Mutation(
        "S12", "a page that cannot be read ends the salvage", "iscg_desktop/storage/rescue.py",
        "            if error.code not in _UNREADABLE:\n                raise\n", "            raise\n",
        ("tests/storage/test_salvage.py",),
    ),
    Mutation(
        "S12", "a damaged schema is not made again", "iscg_desktop/storage/salvage.py",
        "if found is None and mend_schema(copy, fresh, key.dbk):", "if False:", ("tests/storage/test_salvage.py",),
    ),
    Mutation(
        "S12", "a page that led to rows is not made again", "iscg_desktop/storage/salvage.py",
        "    mend_tree(copy, roots, key.dbk)\n", "", ("tests/storage/test_salvage.py",),
    ),
    Mutation(
        "S12", "a schema that is another one is written over", "iscg_desktop/storage/schema_mending.py",
        "    if known.keys() & sound != left & sound or", "    if", ("tests/storage/test_salvage.py",),
    ),
    Mutation(
        "S15", "bytes are not flushed before the name", _FILES,
        "            rest = rest[os.write(handle, rest) :]\n        _flush(handle)\n",
        "            rest = rest[os.write(handle, rest) :]\n", ("tests/test_files.py",),
    ),
    Mutation(
        "S15", "what was written is not read back", _FILES,
        "if temporary.read_bytes() != data:", "if False:", ("tests/test_files.py",),
    ),
    Mutation(
        "S15", "the name is not flushed to the disk", _FILES,
        "        durable.flush_folder(folder)\n", "        pass\n", ("tests/test_files.py",),
    ),
    Mutation(
        "S16", "a second window is let in", "iscg_desktop/storage/instance.py",
        "            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)\n", "            fcntl.LOCK_NB\n",
        ("tests/storage/test_instance.py",),
    ),
    Mutation(
        "S16", "the first window does not answer", "iscg_desktop/ui/first_window.py",
        "            self.asked.emit()\n            asking.send_bytes(_HERE)\n", "            pass\n",
        ("tests/ui/test_first_window.py",),
    ),
    Mutation(
        "S17", "the size of the database is asked by opening it", _CHECK,
        "return path.stat().st_size", "return len(path.read_bytes())", _STORED,
    ),
)  # fmt: skip
