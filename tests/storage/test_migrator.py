"""A migration happens whole or not at all, and only forwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.errors import BugError, UserError
from iscg_desktop.storage.connection import Connection
from iscg_desktop.storage.migrator import (
    Migration,
    migrate,
    schema_version,
    shipped_migrations,
    statements,
)
from tests.processes import start_python

DBK = bytes(range(32))
FIRST = Migration(1, "debut", "CREATE TABLE un (id INTEGER PRIMARY KEY) STRICT; INSERT INTO un VALUES (7);")
SECOND = Migration(
    2, "suite", "CREATE TABLE deux (un_id INTEGER REFERENCES un (id)) STRICT; INSERT INTO deux VALUES (7);"
)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    path = tmp_path / "essai.db"
    path.touch(0o600)
    opened = Connection(path, DBK)
    yield opened
    opened.close()


def _tables(connection: Connection) -> list[str]:
    return [row["name"] for row in connection.execute("SELECT name FROM sqlite_schema ORDER BY name")]


def test_missing_migrations_are_applied_in_order_and_once(connection: Connection) -> None:
    assert migrate(connection, [FIRST]) == 1
    assert (schema_version(connection), _tables(connection)) == (1, ["un"])
    assert migrate(connection, [FIRST, SECOND]) == 1
    assert (schema_version(connection), _tables(connection)) == (2, ["deux", "un"])
    assert migrate(connection, [FIRST, SECOND]) == 0
    assert connection.execute("SELECT count(*) FROM deux").scalar() == 1
    assert not connection.in_transaction


@pytest.mark.parametrize(
    "wrong",
    [
        "CREATE TABLE trois (id INTEGER); SELEC 1;",
        "CREATE TABLE trois (id INTEGER); INSERT INTO deux VALUES (99);",
        "CREATE TABLE trois (id INTEGER); COMMIT; CREATE TABLE quatre (id INTEGER);",
        "CREATE TABLE trois (id INTEGER); ROLLBACK;",
        "CREATE TABLE trois (id INTEGER); CREATE TRIGGER t AFTER INSERT ON un BEGIN SELECT 1;",
        "CREATE TABLE trois (id INTEGER); ATTACH ':memory:' AS ailleurs;",
        "PRAGMA defer_foreign_keys = ON; CREATE TABLE trois (id INTEGER); INSERT INTO deux VALUES (99);",
    ],
)
def test_a_wrong_migration_is_undone_with_those_before_it(connection: Connection, wrong: str) -> None:
    migrate(connection, [FIRST])
    with pytest.raises(BugError):
        migrate(connection, [FIRST, SECOND, Migration(3, "fausse", wrong)])
    assert not connection.in_transaction
    if "COMMIT" not in wrong:
        assert (schema_version(connection), _tables(connection)) == (1, ["un"])
    assert "quatre" not in _tables(connection)


def test_a_program_killed_between_two_statements_leaves_the_old_schema(tmp_path: Path) -> None:
    path = tmp_path / "essai.db"
    path.touch(0o600)
    connection = Connection(path, DBK)
    migrate(connection, [FIRST])
    connection.close()
    code = (
        "import os, pathlib, signal, sys\n"
        "from iscg_desktop.storage.connection import Connection\n"
        "from iscg_desktop.storage.migrator import Migration, migrate\n"
        "real, last, count = Connection.execute, Connection.commit, 0\n"
        "def step():\n"
        "    global count\n"
        "    count += 1\n"
        "    if count == int(sys.argv[2]):\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "def execute(self, sql, params=()):\n"
        "    if sql.startswith(('CREATE', 'INSERT', 'PRAGMA user_version =')):\n"
        "        step()\n"
        "    return real(self, sql, params)\n"
        "def commit(self):\n"
        "    step()\n"
        "    return last(self)\n"
        "Connection.execute, Connection.commit = execute, commit\n"
        "connection = Connection(pathlib.Path(sys.argv[1]), bytes(range(32)))\n"
        f"migrate(connection, [{FIRST!r}, {SECOND!r}])\n"
        "print('fini')\n"
    )
    for step in range(1, 5):
        program = start_python(code, path, step)
        assert program.communicate()[0] == ""
        connection = Connection(path, DBK)
        assert (schema_version(connection), _tables(connection)) == (1, ["un"])
        connection.close()
    assert start_python(code, path, 5).communicate()[0] == "fini\n"
    connection = Connection(path, DBK)
    assert (schema_version(connection), _tables(connection)) == (2, ["deux", "un"])
    connection.close()


@pytest.mark.parametrize("version", [3, 99, -1])
def test_a_database_of_another_program_is_refused(connection: Connection, version: int) -> None:
    migrate(connection, [FIRST])
    connection.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(UserError) as refused:
        migrate(connection, [FIRST, SECOND])
    assert refused.value.code == "coffre_plus_recent"
    assert (schema_version(connection), _tables(connection)) == (version, ["un"])


def test_the_caller_can_save_before_and_stop_everything(connection: Connection) -> None:
    seen = []

    def save(open_connection: Connection) -> None:
        assert not open_connection.in_transaction
        seen.append(schema_version(open_connection))
        raise UserError("disque_plein")

    migrate(connection, [FIRST], before=save)  # nothing to save yet
    assert seen == []
    with pytest.raises(UserError):
        migrate(connection, [FIRST, SECOND], before=save)
    assert seen == [1]
    assert (schema_version(connection), _tables(connection)) == (1, ["un"])
    migrate(connection, [FIRST], before=save)  # nothing to do
    assert seen == [1]


def test_migrations_are_numbered_one_by_one(connection: Connection) -> None:
    for wrong in ([SECOND], [FIRST, FIRST], [SECOND, FIRST]):
        with pytest.raises(BugError, match="numbered"):
            migrate(connection, wrong)


# --- statements ---------------------------------------------------------------------------------------

TRIGGER = (
    "CREATE TRIGGER t AFTER INSERT ON un BEGIN\n"
    "  INSERT INTO deux VALUES (';'); -- pas la fin;\n"
    "  UPDATE un SET id = 1;\n"
    "END;"
)
pieces = st.sampled_from(
    [
        "SELECT 1;",
        "SELECT 'a;b', \"c;d\", [e;f];",
        "-- un commentaire; avec un point-virgule\nSELECT 2;",
        "/* un autre; commentaire */ SELECT 3;",
        TRIGGER,
    ]
)


@given(parts=st.lists(pieces, max_size=8), gap=st.sampled_from(["", "\n", " \n\n"]))
def test_a_script_is_split_into_its_statements(parts: list[str], gap: str) -> None:
    assert list(statements(gap.join(parts))) == parts


@pytest.mark.parametrize("end", ["", "\n", "-- fin\n", "/* fin; */", "  -- a; b\n\n"])
def test_what_follows_the_last_statement_may_be_a_comment(end: str) -> None:
    assert [one for one in statements("SELECT 1;" + end) if "SELECT" in one] == ["SELECT 1;"]


@pytest.mark.parametrize("end", ["SELECT 2", TRIGGER.removesuffix("END;"), "SELECT 'a;"])
def test_an_unfinished_statement_is_refused(end: str) -> None:
    with pytest.raises(BugError, match="unfinished"):
        list(statements("SELECT 1;" + end))


# --- files --------------------------------------------------------------------------------------------


def test_shipped_migrations_are_in_order_and_make_a_sound_schema(connection: Connection) -> None:
    shipped = shipped_migrations()
    assert [migration.number for migration in shipped] == list(range(1, len(shipped) + 1))
    assert shipped[0].name == "initial"
    assert migrate(connection, shipped) == len(shipped)
    assert {"parametres", "journal", "journal_ancres"} <= set(_tables(connection))


def test_files_are_read_by_their_number(tmp_path: Path) -> None:
    (tmp_path / "0002_suite.sql").write_text("SELECT 'é';", encoding="utf-8")
    (tmp_path / "0001_debut.sql").write_text("SELECT 1;", encoding="utf-8")
    assert shipped_migrations(tmp_path) == (
        Migration(1, "debut", "SELECT 1;"),
        Migration(2, "suite", "SELECT 'é';"),
    )


@pytest.mark.parametrize("name", ["0003_trou.sql", "suite.sql", "2_suite.sql", "0001_encore.sql"])
def test_a_file_out_of_order_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "0001_debut.sql").touch()
    (tmp_path / name).touch()
    with pytest.raises(BugError):
        shipped_migrations(tmp_path)
