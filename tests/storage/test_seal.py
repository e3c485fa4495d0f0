"""A page put back as it was before, whole and authentic, is found; so is a whole database put back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.errors import UserError
from iscg_desktop.storage.seal import read_state
from iscg_desktop.storage.sql_errors import ConstraintError
from iscg_desktop.storage.vault import Vault
from iscg_desktop.storage.witness import WITNESS
from tests.coffres import SMALL_SCHEMA, Coffre, make_coffre
from tests.exigences import Ampleur, Chiffre
from tests.usage import ACTS, day, opened
from tests.vie import open_services

PAGE = 4096
DOCUMENTS = (
    replace(
        SMALL_SCHEMA[0],
        sql=SMALL_SCHEMA[0].sql
        + "CREATE TABLE pieces (id INTEGER PRIMARY KEY, nom TEXT, octets BLOB, taille INTEGER) STRICT;",
    ),
)
_TREE = {2: 12, 5: 12, 10: 8, 13: 8}  # length of the header of a page of a tree, by its kind


def _pages(coffre: Coffre) -> list[bytes]:
    data = coffre.database.read_bytes()
    return [data[start : start + PAGE] for start in range(0, len(data), PAGE)]


def _plain(page: bytes, coffre: Coffre) -> bytes:
    """What a page says: the same words written again, or other remains where there are none, are no older version."""
    body, nonce = page[: PAGE - 80], page[PAGE - 80 : PAGE - 64]
    decryptor = Cipher(algorithms.AES(coffre.key.dbk), modes.CBC(nonce)).decryptor()
    plain = decryptor.update(body) + decryptor.finalize()
    if plain[0] not in _TREE:
        return plain
    pointers = _TREE[plain[0]] + 2 * int.from_bytes(plain[3:5], "big")
    cells = int.from_bytes(plain[5:7], "big")
    return plain[:pointers] + plain[cells:]


def _fits(vault: Vault) -> bool:
    """Whether the sum kept transaction after transaction is the one that all rows give."""
    state = read_state(vault._connection)
    assert vault._seal is not None
    return state.is_fresh and state.sealed == vault._seal.total and state.commits == vault.commits


def _refusal(coffre: Coffre) -> str:
    try:
        Vault.open(coffre.folder, coffre.key).close()
    except UserError as error:
        return error.code
    return ""


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Coffre, list[list[bytes]]]:
    """A coffre, and the pages of its database after each act of a day."""
    folder = tmp_path_factory.mktemp("vie")
    _, session = open_services(folder)
    coffre = Coffre(session.vault.folder, session.vault.key, "")
    session.vault.close()
    versions = []
    for act in range(1, ACTS + 1):
        services = opened(coffre)
        list(islice(day(services, folder / "piece.pdf", first=act), act))
        services.coffre.lock()
        versions.append(_pages(coffre))
    return coffre, versions


@pytest.mark.exigence("S11")
def test_every_page_put_back_as_it_was_is_found(
    lived: tuple[Coffre, list[list[bytes]]], ampleur: Ampleur, chiffre: Chiffre
) -> None:
    coffre, versions = lived
    now, tried, missed = versions[-1], 0, []
    try:
        for age in ampleur(range(-2, -1), range(-len(versions), -1)):
            for number, old in enumerate(versions[age]):
                if _plain(old, coffre) != _plain(now[number], coffre):
                    pages = [*now[:number], old, *now[number + 1 :]]
                    coffre.database.write_bytes(b"".join(pages))
                    tried += 1
                    if _refusal(coffre) != "coffre_abime":
                        missed.append((age, number + 1))
                    assert coffre.database.read_bytes() == b"".join(pages)
    finally:
        coffre.database.write_bytes(b"".join(now))
    chiffre(f"{tried} pages anciennes remises à leur place, {tried - len(missed)} trouvées")
    assert tried > 30
    assert missed == []
    assert _refusal(coffre) == ""


@pytest.mark.exigence("S11")
def test_a_database_put_back_whole_is_announced_once(tmp_path: Path) -> None:
    services, session = open_services(tmp_path)
    coffre = Coffre(session.vault.folder, session.vault.key, "")
    services.coffre.lock()
    old = coffre.database.read_bytes()
    services = opened(coffre)
    assert services.coffre.notices() == ()
    services.brouillons.keep("entretien:1", "entretien", {"notes": "depuis"})
    services.coffre.lock()
    coffre.database.write_bytes(old)
    services = opened(coffre)
    assert services.coffre.notices() == ("base_ancienne",)
    services.coffre.lock()
    services = opened(coffre)
    assert services.coffre.notices() == ()
    services.coffre.lock()


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"autre chose")])
def test_a_witness_that_says_nothing_is_no_harm(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    services, session = open_services(tmp_path)
    coffre = Coffre(session.vault.folder, session.vault.key, "")
    services.coffre.lock()
    harm(coffre.folder / WITNESS)
    services = opened(coffre)
    assert services.coffre.notices() == ()
    services.coffre.lock()


@pytest.mark.exigence("S11")
def test_the_seal_follows_every_act(tmp_path: Path) -> None:
    services, session = open_services(tmp_path)
    for _ in islice(day(services, tmp_path / "piece.pdf"), 2 * ACTS):
        assert _fits(session.vault)
    session.vault.close()


_WRITES = (
    "INSERT INTO notes (id, texte) VALUES (:a, :t)",
    "INSERT OR REPLACE INTO notes (id, texte) VALUES (:a, :t)",
    "UPDATE notes SET texte = texte || :t WHERE id = :a",
    "UPDATE notes SET id = id + 1000 * (:a + 1) WHERE id < 4",
    "UPDATE OR IGNORE notes SET id = :a WHERE id > 1000",
    "DELETE FROM notes WHERE id = :a",
    "DELETE FROM notes",
    "INSERT INTO suites SELECT id FROM notes",
    "DELETE FROM suites",
    "INSERT OR REPLACE INTO parametres VALUES ('p' || :a, :t)",
)


@given(
    st.lists(
        st.tuples(
            st.lists(
                st.tuples(st.sampled_from(_WRITES), st.integers(-40, 40), st.text(min_size=1, max_size=5)),
                max_size=5,
            ),
            st.booleans(),
        ),
        max_size=5,
    )
)
def test_the_seal_follows_every_statement(
    model_coffre: Coffre,
    tmp_path_factory: pytest.TempPathFactory,
    transactions: list[tuple[list[tuple[str, int, str]], bool]],
) -> None:
    coffre = model_coffre.copy_to(tmp_path_factory.mktemp("sceau") / "coffre")
    with Vault.open(coffre.folder, coffre.key, migrations=SMALL_SCHEMA) as vault:
        for statements, kept in transactions:
            vault.begin_immediate()
            for sql, number, text in statements:
                with contextlib.suppress(ConstraintError):
                    vault.execute(sql, {"a": number, "t": text})
            vault.commit() if kept else vault.rollback()
            assert _fits(vault)
    Vault.open(coffre.folder, coffre.key, migrations=SMALL_SCHEMA).close()


def test_every_table_of_the_coffre_is_sealed_by_what_never_moves(tmp_path: Path) -> None:
    """A table without a primary key would be renumbered by a copy, and found changed."""
    services, session = open_services(tmp_path)
    rows = session.vault.execute(
        "SELECT name FROM pragma_table_list AS t WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"
        " AND NOT EXISTS (SELECT 1 FROM pragma_table_xinfo(t.name) WHERE pk)"
    )
    assert [row["name"] for row in rows] == []
    services.coffre.lock()


def test_what_is_digested_before_the_end_of_a_transaction_is_sealed_all_the_same(tmp_path: Path) -> None:
    """Rows touched again, and a transaction undone, too; a whole document is read as any other row."""
    coffre = make_coffre(tmp_path / "coffre", migrations=DOCUMENTS)
    with Vault.open(coffre.folder, coffre.key, migrations=DOCUMENTS) as vault:
        for kept in (True, False, True):
            vault.begin_immediate()
            for octets in (b"\x00\xff'~,;\xe9", None, b""):
                vault.execute("INSERT INTO pieces (nom, octets) VALUES ('é,~', ?)", (octets,))
                vault.seal_so_far(1)
            vault.execute("UPDATE pieces SET octets = CAST(octets || x'00' AS BLOB) WHERE id = 1")
            vault.seal_so_far(100)
            vault.execute("DELETE FROM pieces WHERE id = (SELECT max(id) FROM pieces)")
            vault.commit() if kept else vault.rollback()
            assert _fits(vault)
    Vault.open(coffre.folder, coffre.key, migrations=DOCUMENTS).close()
