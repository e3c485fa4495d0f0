"""Mutations of what keeps keys to who holds them: encryption, passphrase, recovery code, headers, rotation."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

_CONNECTION = "iscg_desktop/storage/connection.py"
_KEYS = "iscg_desktop/storage/keys.py"
_CODE = "iscg_desktop/storage/recovery_code.py"
_COPIES = "iscg_desktop/storage/header_copies.py"
_KDF = "iscg_desktop/storage/kdf.py"
_SERVICE = "iscg_desktop/services/cles.py"
_OF_CONNECTION = ("tests/storage/test_connection.py",)
_OF_UNLOCK = ("tests/storage/test_unlock.py",)
_OF_CODE = ("tests/storage/test_recovery_code.py",)
_OF_HEADER = ("tests/storage/test_header.py",)
_OF_KDF = ("tests/storage/test_kdf.py",)
_OF_SERVICE = ("tests/services/test_cles.py",)

MUTATIONS = (
    Mutation(
        "S18", "a copy in plain text may be attached", _CONNECTION,
        "if action in {dbapi2.SQLITE_ATTACH, dbapi2.SQLITE_DETACH}:", "if False:", _OF_CONNECTION,
    ),
    Mutation(
        "S18", "a key of any length is handed to the cipher", _CONNECTION,
        "    if not _KEY_LITERAL.fullmatch(literal):\n", "    if False:\n", _OF_CONNECTION,
    ),
    Mutation(
        "S18", "pages may be written without their authentication", _CONNECTION,
        '    ("cipher_use_hmac", None, "1"),\n', "", _OF_CONNECTION,
    ),
    Mutation(
        "S18", "the format of the file is left to the library", _CONNECTION,
        '    ("cipher_compatibility", "4", None),\n', "", _OF_CONNECTION,
    ),
    Mutation(
        "S19", "the driver is quoted, values and all", "iscg_desktop/storage/sql_errors.py",
        'told = str(error) if of_driver or _is_quotable(str(error), sql) else "(message withheld)"',
        "told = str(error)", _OF_CONNECTION,
    ),
    Mutation(
        "S20", "a wrong passphrase is told by the cipher", _KEYS,
        '    except InvalidTag:\n        failure = UserError("phrase_de_passe_incorrecte")\n',
        '    except ZeroDivisionError:\n        failure = UserError("phrase_de_passe_incorrecte")\n', _OF_UNLOCK,
    ),
    Mutation(
        "S20", "an unlock writes beside the coffre", "iscg_desktop/storage/unlock.py",
        "    return unwrap_passphrase(header.vault_id,",
        '    (folder / "essais").touch()\n    return unwrap_passphrase(header.vault_id,', _OF_UNLOCK,
    ),
    Mutation(
        "S23", "both copies of the header are written at once", _COPIES,
        "        write_atomic(folder / name, data)\n", "        (folder / name).write_bytes(data)\n",
        ("tests/storage/test_header.py", "tests/test_files.py", "tests/storage/test_vault.py"),
    ),
    Mutation(
        "S23", "the oldest copy of the header wins", _COPIES,
        "is_file(), -header.sequence", "is_file(), header.sequence",
        (*_OF_HEADER, "tests/storage/test_vault.py"),
    ),
    Mutation(
        "S23", "a header of another coffre keeps this one shut", _COPIES,
        "    return not (folder / header.database).is_file(), -header", "    return False, -header",
        ("tests/storage/test_unlock.py",),
    ),
    Mutation(
        "S23", "an old header put back is not announced", "iscg_desktop/storage/open_header.py",
        "self.old = self.current.sequence < self._remembered_sequence()", "self.old = False",
        ("tests/storage/test_vault.py",),
    ),
    Mutation(
        "S24", "the check of a group is not compared", _CODE,
        "        and group == _with_check(number, group[:_DATA_LENGTH])\n", "", _OF_CODE,
    ),
    Mutation(
        "S24", "the number of a group is not in its check", _CODE, "    check = number\n", "    check = 0\n", _OF_CODE,
    ),
    Mutation(
        "S24", "every character of a group weighs the same", _CODE,
        "        weight = _times_generator(weight)\n", "", _OF_CODE,
    ),
    Mutation(
        "S25", "any sheet passes the drill", _SERVICE,
        "        if unlock_with_recovery(vault.folder, typed).dbk != vault.key.dbk:\n", "        if not vault:\n",
        _OF_SERVICE,
    ),
    Mutation(
        "S26", "the coffre under its new keys is not read again", "iscg_desktop/storage/rotation.py",
        "                _verify(making, self._key)\n", "", ("tests/storage/test_rotation.py",),
    ),
    Mutation(
        "S28", "a key is derived at less than the floor", _KDF,
        "_MEMORY: Final = (64 * _MIB,", "_MEMORY: Final = (1 * _MIB,", _OF_KDF,
    ),
)  # fmt: skip
