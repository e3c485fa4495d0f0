"""The connection encrypts, obeys each setting it stands on, and quotes no value in its errors."""

from __future__ import annotations

import sqlite3
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iscg_desktop
from iscg_desktop.errors import BugError, UserError
from iscg_desktop.storage import connection as module
from iscg_desktop.storage.connection import Connection, require_sqlcipher
from iscg_desktop.storage.sql_errors import ConstraintError
from tests.processes import run_python

DBK = bytes(range(32))

# As the specification lists them, not as the program does.
SETTINGS = {
    "journal_mode": "truncate",
    "synchronous": "3",
    "locking_mode": "exclusive",
    "foreign_keys": "1",
    "temp_store": "2",
    "secure_delete": "1",
    "cipher_log_level": "NONE",
    "trusted_schema": "0",
    "recursive_triggers": "1",
    "cell_size_check": "1",
    "fullfsync": "1",
    "cipher_page_size": "4096",
    "cipher_use_hmac": "1",
    "cipher_hmac_algorithm": "HMAC_SHA512",
    "cipher_plaintext_header_size": "0",
}


def _new_file(folder: Path, name: str = "essai.db") -> Path:
    path = folder / name
    path.touch(0o600)
    return path


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    opened = Connection(_new_file(tmp_path), DBK)
    opened.execute(
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, texte TEXT NOT NULL CHECK (texte <> '')) STRICT"
    )
    opened.execute("CREATE TABLE suites (note_id INTEGER NOT NULL REFERENCES notes (id)) STRICT")
    yield opened
    opened.close()


def _refused(call: Callable[[], object]) -> str:
    with pytest.raises(UserError) as refused:
        call()
    return refused.value.code


@pytest.mark.exigence("S3")
@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_is_as_specified(connection: Connection, name: str) -> None:
    assert str(connection.execute(f"PRAGMA {name}").scalar()) == SETTINGS[name]


# What a driver could come with instead; journal_mode and locking_mode are wrong by default.
WRONG = {
    "journal_mode": None,
    "synchronous": "OFF",
    "locking_mode": "NORMAL",
    "foreign_keys": "OFF",
    "temp_store": "FILE",
    "secure_delete": "OFF",
    "cipher_log_level": "ERROR",
    "trusted_schema": "ON",
    "recursive_triggers": "OFF",
    "cell_size_check": "OFF",
    "fullfsync": "OFF",
}


class WrongDriver:
    """A driver with a wrong setting, which it changes when asked, or not."""

    def __init__(self, real: Any, name: str, *, deaf: bool) -> None:
        self._real = real
        self._ignored = f"PRAGMA {name} =" if deaf else None
        self._wrong = f"PRAGMA {name} = {WRONG[name]}" if WRONG[name] else "SELECT 1"
        # SQLCipher itself sets some when it receives the key; its log is silenced before.
        self._spoilt_after = "PRAGMA cipher_version" if name.startswith("cipher") else "PRAGMA key"

    def execute(self, sql: str, *params: Any) -> Any:
        if self._ignored and sql.startswith(self._ignored):
            return self._real.execute("SELECT 1 WHERE 0")
        done = self._real.execute(sql, *params)
        if sql.startswith(self._spoilt_after):
            self._real.execute(self._wrong)
        return done

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


@pytest.mark.exigence("S3")
@pytest.mark.parametrize("name", WRONG)
def test_a_setting_does_not_depend_on_what_the_driver_comes_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    real = module.dbapi2.connect
    monkeypatch.setattr(
        module.dbapi2, "connect", lambda *a, **k: WrongDriver(real(*a, **k), name, deaf=False)
    )
    connection = Connection(_new_file(tmp_path), DBK)
    assert str(connection.execute(f"PRAGMA {name}").scalar()) == SETTINGS[name]
    connection.close()


@pytest.mark.exigence("S3")
@pytest.mark.parametrize("name", WRONG)
def test_a_driver_that_does_not_obey_a_setting_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    real = module.dbapi2.connect
    monkeypatch.setattr(module.dbapi2, "connect", lambda *a, **k: WrongDriver(real(*a, **k), name, deaf=True))
    with pytest.raises(BugError, match=name):
        Connection(_new_file(tmp_path), DBK)


class OtherCipher:
    """A driver whose cipher says that a promise of the format is not held."""

    def __init__(self, real: Any, name: str) -> None:
        self._real, self._asked = real, f"PRAGMA {name}"

    def execute(self, sql: str, *params: Any) -> Any:
        return self._real.execute("SELECT 'autre'" if sql == self._asked else sql, *params)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


@pytest.mark.exigence("S18")
@pytest.mark.parametrize("name", sorted(SETTINGS.keys() - WRONG.keys()))
def test_a_cipher_that_promises_less_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    real = module.dbapi2.connect
    monkeypatch.setattr(module.dbapi2, "connect", lambda *a, **k: OtherCipher(real(*a, **k), name))
    with pytest.raises(BugError, match=name):
        Connection(_new_file(tmp_path), DBK)


@pytest.mark.exigence("S18")
def test_the_file_format_does_not_depend_on_the_defaults_of_sqlcipher(tmp_path: Path) -> None:
    # The defaults belong to the whole process, so they are changed in another one.
    code = (
        "import pathlib, sys\n"
        "from sqlcipher3 import dbapi2\n"
        "from iscg_desktop.storage.connection import Connection\n"
        "dbapi2.connect(':memory:').execute(sys.argv[2])\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "path.touch()\n"
        "connection = Connection(path, bytes(range(32)))\n"
        "connection.execute('CREATE TABLE notes (texte TEXT)')\n"
        "connection.close()\n"
    )
    for number, default in enumerate(
        (
            "cipher_default_use_hmac = OFF",
            "cipher_default_page_size = 8192",
            "cipher_default_compatibility = 3",
        )
    ):
        run_python(code, tmp_path / f"{number}.db", f"PRAGMA {default}")
        connection = Connection(tmp_path / f"{number}.db", DBK)
        assert connection.execute("SELECT count(*) FROM notes").scalar() == 0
        connection.close()


@pytest.mark.exigence("S18")
def test_the_driver_must_encrypt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_sqlcipher()
    plain = sqlite3.connect(":memory:")
    assert _refused(lambda: require_sqlcipher(plain)) == "chiffrement_absent"
    plain.close()

    path = _new_file(tmp_path)
    monkeypatch.setattr(module.dbapi2, "connect", sqlite3.connect)
    assert _refused(lambda: Connection(path, DBK)) == "chiffrement_absent"
    assert _refused(require_sqlcipher) == "chiffrement_absent"
    assert path.read_bytes() == b""


@pytest.mark.exigence("S18")
def test_what_is_written_is_encrypted(tmp_path: Path) -> None:
    path = _new_file(tmp_path)
    connection = Connection(path, DBK)
    connection.execute("CREATE TABLE notes (texte TEXT)")
    connection.execute("INSERT INTO notes VALUES ('Zéphyrine Durand')")
    connection.close()
    data = path.read_bytes()
    assert len(data) >= 8192
    for shown in ("Zéphyrine Durand".encode(), b"SQLite format 3", b"CREATE TABLE", DBK, DBK.hex().encode()):
        assert shown not in data
    again = Connection(path, DBK)
    assert again.execute("SELECT texte FROM notes").scalar() == "Zéphyrine Durand"
    again.close()


def test_another_key_opens_nothing_and_changes_nothing(tmp_path: Path) -> None:
    path = _new_file(tmp_path)
    connection = Connection(path, DBK)
    connection.execute("CREATE TABLE notes (texte TEXT)")
    connection.close()
    before = path.read_bytes()
    assert _refused(lambda: Connection(path, bytes(32))) == "coffre_abime"
    assert path.read_bytes() == before


@pytest.mark.parametrize("length", [0, 16, 31, 33, 48, 64])
def test_a_key_of_another_length_is_refused(tmp_path: Path, length: int) -> None:
    # SQLCipher would silently take its hexadecimal digits for a passphrase.
    path = _new_file(tmp_path)
    with pytest.raises(BugError, match="32 bytes"):
        Connection(path, bytes(length))
    assert path.read_bytes() == b""


def test_a_missing_database_is_not_created(tmp_path: Path) -> None:
    assert _refused(lambda: Connection(tmp_path / "absent.db", DBK)) == "dossier_non_inscriptible"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["é à.db", "a#b?c%20d&mode=memory.db", "a'b;c.db", "a b.db"])
def test_the_name_of_a_folder_is_only_a_name(tmp_path: Path, name: str) -> None:
    path = _new_file(tmp_path, name)
    connection = Connection(path, DBK)
    connection.execute("CREATE TABLE notes (texte TEXT)")
    connection.close()
    assert path.stat().st_size >= 8192


def test_the_key_is_given_at_one_place_only() -> None:
    places = []
    for path in Path(iscg_desktop.__file__).parent.rglob("*.py"):
        source = path.read_text(encoding="utf-8").lower()
        for word in ("pragma key", "pragma rekey", "set_key(", "reset_key(", "sqlite3_key", "pragma hexkey"):
            places += [(path.name, word)] * source.count(word)
    # Once in the statement, twice in sentences about it.
    assert {name for name, _ in places} <= {"connection.py", "vault.py"}
    code = Path(module.__file__).read_text(encoding="utf-8")
    assert code.count("f'PRAGMA key") == 1


def test_sqlcipher_writes_nothing_on_the_terminal(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys\n"
        "from iscg_desktop.errors import UserError\n"
        "from iscg_desktop.storage.connection import Connection\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "path.touch()\n"
        "connection = Connection(path, bytes(32))\n"
        "connection.execute('CREATE TABLE notes (texte TEXT)')\n"
        "connection.close()\n"
        "try:\n"
        "    Connection(path, b'k' * 32)\n"
        "except UserError as error:\n"
        "    print(error.code)\n"
    )
    done = run_python(code, tmp_path / "essai.db")
    assert (done.stdout.strip(), done.stderr) == ("coffre_abime", "")


@pytest.mark.exigence("S18")
@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH DATABASE ':memory:' AS copie KEY ''",
        "DETACH DATABASE main",
        "PRAGMA key = 'x'",
        "PRAGMA rekey = 'x'",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA synchronous = OFF",
        "PRAGMA journal_mode = WAL",
        "PRAGMA secure_delete = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA cipher_log = stderr",
        "PRAGMA cipher_migrate",
        "PRAGMA main.Cipher_Migrate",
        "VACUUM INTO '/tmp/copie.db'",
    ],
)
def test_what_would_undo_a_protection_is_forbidden(connection: Connection, sql: str) -> None:
    with pytest.raises(BugError, match="SQLITE_AUTH"):
        connection.execute(sql)
    for name, expected in SETTINGS.items():
        assert str(connection.execute(f"PRAGMA {name}").scalar()) == expected


def test_no_code_is_loaded_even_by_a_driver_that_would(connection: Connection) -> None:
    connection._driver.enable_load_extension(True)
    with pytest.raises(BugError, match="not authorized to use function: load_extension"):
        connection.execute("SELECT load_extension('x')")


@pytest.mark.exigence("S18")
def test_the_export_of_a_plain_copy_is_forbidden(connection: Connection, tmp_path: Path) -> None:
    target = tmp_path / "copie.db"
    with pytest.raises(BugError, match="SQLITE_AUTH"):
        connection.execute(f"ATTACH DATABASE '{target}' AS copie KEY ''")
    assert not target.exists()


# --- results ----------------------------------------------------------------------------------------


def test_rows_are_read_by_name_and_by_position(connection: Connection) -> None:
    done = connection.execute("INSERT INTO notes (texte) VALUES (?), (?)", ("a", "b"))
    assert (done.rowcount, done.last_id) == (2, 2)
    rows = connection.execute("SELECT id, texte FROM notes ORDER BY id")
    assert [(row["id"], row[1]) for row in rows] == [(1, "a"), (2, "b")]
    assert len(rows) == 2
    assert rows.rows[0].keys() == ["id", "texte"]
    first = rows.first()
    assert first is not None
    assert first["texte"] == "a"
    assert connection.execute("SELECT texte FROM notes WHERE id = :id", {"id": 2}).scalar() == "b"
    assert connection.execute("SELECT 1 WHERE 0").first() is None
    assert connection.execute_many("UPDATE notes SET texte = ? WHERE id = ?", [("c", 1), ("d", 2)]) == 2


@pytest.mark.parametrize("count", [0, 2, 3])
def test_one_row_means_one_row(connection: Connection, count: int) -> None:
    rows = connection.execute("SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 LIMIT ?", (count,))
    for read in (rows.one, rows.scalar):
        with pytest.raises(BugError, match=f"{count} found"):
            read()


# --- transactions -----------------------------------------------------------------------------------


def test_a_transaction_is_kept_or_undone_whole(connection: Connection) -> None:
    connection.begin_immediate()
    connection.execute("INSERT INTO notes (texte) VALUES ('gardée')")
    assert connection.in_transaction
    connection.commit()
    assert not connection.in_transaction
    connection.begin_immediate()
    connection.execute("INSERT INTO notes (texte) VALUES ('perdue')")
    connection.rollback()
    connection.rollback()
    assert [row["texte"] for row in connection.execute("SELECT texte FROM notes")] == ["gardée"]


def test_transactions_do_not_nest_and_do_not_commit_by_themselves(connection: Connection) -> None:
    with pytest.raises(BugError, match="no transaction"):
        connection.commit()
    connection.begin_immediate()
    with pytest.raises(BugError, match="already open"):
        connection.begin_immediate()
    connection.execute("INSERT INTO notes (texte) VALUES ('perdue')")
    connection.execute("CREATE TABLE autre (id INTEGER)")
    connection.execute("SELECT 1")
    connection.rollback()
    assert connection.execute("SELECT count(*) FROM notes").scalar() == 0
    assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'autre'").scalar() == 0


def test_what_was_not_committed_is_undone_by_closing(tmp_path: Path) -> None:
    path = _new_file(tmp_path)
    connection = Connection(path, DBK)
    connection.execute("CREATE TABLE notes (texte TEXT)")
    connection.begin_immediate()
    connection.execute("INSERT INTO notes VALUES ('perdue')")
    connection.close()
    connection.close()
    again = Connection(path, DBK)
    assert again.execute("SELECT count(*) FROM notes").scalar() == 0
    again.close()


def test_a_failed_commit_leaves_the_transaction_to_be_undone(connection: Connection) -> None:
    connection.begin_immediate()
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute("INSERT INTO suites VALUES (99)")
    with pytest.raises(ConstraintError):
        connection.commit()
    assert connection.in_transaction
    connection.rollback()
    assert connection.execute("SELECT count(*) FROM suites").scalar() == 0


# --- errors -----------------------------------------------------------------------------------------


def test_a_full_disk_is_told_and_what_was_there_stays(connection: Connection) -> None:
    connection.execute("INSERT INTO notes (texte) VALUES ('avant')")
    driver = connection._driver
    driver.set_authorizer(None)
    driver.execute(f"PRAGMA max_page_count = {driver.execute('PRAGMA page_count').fetchone()[0]}")
    connection.begin_immediate()
    refused = _refused(lambda: connection.execute("INSERT INTO notes (texte) VALUES (?)", ("x" * 10**6,)))
    assert refused == "disque_plein"
    connection.rollback()
    assert connection.execute("SELECT texte FROM notes").scalar() == "avant"


def test_a_disk_that_cannot_be_written_is_told(connection: Connection) -> None:
    connection._driver.set_authorizer(None)
    connection._driver.execute("PRAGMA query_only = ON")
    code = _refused(lambda: connection.execute("INSERT INTO notes (texte) VALUES ('x')"))
    assert code == "dossier_non_inscriptible"


def test_a_database_held_by_another_connection_is_told(connection: Connection, tmp_path: Path) -> None:
    connection.execute("INSERT INTO notes (texte) VALUES ('x')")  # takes the lock for good
    assert _refused(lambda: Connection(tmp_path / "essai.db", DBK)) == "coffre_occupe"


@pytest.mark.parametrize(
    ("sql", "params"),
    [
        ("INSERT INTO notes (texte) VALUES (?)", ("",)),
        ("INSERT INTO notes (texte) VALUES (?)", (None,)),
        ("INSERT INTO suites VALUES (?)", (99,)),
        ("INSERT INTO notes (id, texte) VALUES (1, 'a'), (1, 'b')", ()),
    ],
)
def test_a_constraint_that_says_no_can_be_told_apart(
    connection: Connection, sql: str, params: tuple[Any, ...]
) -> None:
    with pytest.raises(ConstraintError, match="constraint failed"):
        connection.execute(sql, params)


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT * FROM absente", "no such table: absente"),
        ("SELECT absente FROM notes", "no such column: absente"),
        ("SELEC 1", 'near "SELEC": syntax error'),
        ("SELECT ?", "Incorrect number of bindings"),
    ],
)
def test_a_mistake_in_a_statement_is_told_to_its_author(connection: Connection, sql: str, told: str) -> None:
    with pytest.raises(BugError, match=told):
        connection.execute(sql)


def test_a_connection_is_refused_to_other_threads(connection: Connection) -> None:
    failures: list[BugError] = []

    def elsewhere() -> None:
        try:
            connection.execute("SELECT 1")
        except BugError as error:
            failures.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert "thread" in str(failures[0])


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A connection with a search index, shared by many examples."""
    opened = Connection(_new_file(tmp_path_factory.mktemp("recherche")), DBK)
    opened.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, nombre INTEGER NOT NULL) STRICT")
    opened.execute("CREATE VIRTUAL TABLE mots USING fts5(texte)")
    yield opened
    opened.close()


@pytest.mark.exigence("S19")
@given(
    secret=st.text(min_size=5, max_size=30).filter(lambda text: text.strip() == text and text.isprintable())
)
def test_no_error_quotes_what_was_typed(searched: Connection, secret: str) -> None:
    secret = f"Zé{secret}"
    failures = []
    for sql, params in (
        ("INSERT INTO notes (nombre) VALUES (?)", (secret,)),
        ("INSERT INTO notes (id, nombre) VALUES (?, 1)", (secret,)),
        ("SELECT * FROM mots WHERE mots MATCH ?", (f'"{secret}',)),
        ("SELECT * FROM mots WHERE mots MATCH ?", (f"{secret}:a",)),
        ("SELECT * FROM mots WHERE mots MATCH ?", (f"texte: {secret} AND AND",)),
        ("SELECT json(?)", (f"[{secret}",)),
        ("SELECT json_extract('{}', ?)", (secret,)),
        ("SELECT load_extension(?)", (secret,)),
        ("SELECT ?", (f"{secret}\ud800",)),
        ("SELECT :a, :b", {"a": secret}),
        ("SELECT ?, ?", (secret,)),
    ):
        try:
            searched.execute(sql, params)
        except BugError as error:
            failures.append(error)
    assert len(failures) >= 7  # the others depend on what the text looks like
    for error in failures:
        # The source line of the traceback names the variable, never its value.
        told = "".join(traceback.format_exception(error)) + repr((error, error.args))
        assert secret not in told
        assert error.__context__ is None
        assert error.__cause__ is None
