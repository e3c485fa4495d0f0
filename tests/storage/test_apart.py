"""A commit in a thread: nobody waits for the disk, and what is asked of it lasts or is refused as ever."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from iscg_desktop.errors import BugError, UserError
from iscg_desktop.storage.batch import Batch
from iscg_desktop.storage.connection import Connection
from iscg_desktop.storage.transaction import Transaction
from iscg_desktop.storage.vault import Vault
from tests.coffres import Coffre, make_coffre


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Coffre:
    return make_coffre(tmp_path_factory.mktemp("modele") / "coffre")


@pytest.fixture
def whole(model: Coffre, tmp_path: Path) -> Coffre:
    return model.copy_to(tmp_path / "coffre")


@pytest.fixture
def vault(whole: Coffre) -> Iterator[Vault]:
    with Vault.open(whole.folder, whole.key) as opened:
        yield opened


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A disk that takes nothing before it is told to."""
    ready, commit = threading.Event(), Connection.commit

    def late(connection: Connection) -> None:
        ready.wait()
        commit(connection)

    monkeypatch.setattr(Connection, "commit", late)
    yield ready
    ready.set()


def _kept(coffre: Coffre) -> object:
    with Vault.open(coffre.folder, coffre.key) as again:
        assert again.check() == ()
        return Transaction(again).settings.get("temoin")


def test_a_step_comes_back_while_the_disk_is_at_work(
    whole: Coffre, vault: Vault, disk: threading.Event
) -> None:
    commits = vault.commits
    with Transaction(vault) as tx:
        tx.settings.put("temoin", "gardé")
        assert not any(tx.commit_apart() for _ in range(3))
        disk.set()
        while not tx.commit_apart():
            pass
        with pytest.raises(BugError):
            tx.commit_apart()
    assert vault.commits == commits + 1
    with Transaction(vault) as tx:  # and the next one is sealed on top of it
        tx.settings.put("autre", "gardé")
        tx.commit()
    vault.close()
    assert _kept(whole) == "gardé"


def test_left_in_the_middle_it_is_waited_for_and_lasts(
    whole: Coffre, vault: Vault, disk: threading.Event
) -> None:
    with Transaction(vault) as tx:
        tx.settings.put("temoin", "gardé")
        assert not tx.commit_apart()
        threading.Timer(0.05, disk.set).start()
    assert not vault.in_transaction
    vault.close()
    assert _kept(whole) == "gardé"


def test_what_the_disk_refuses_is_said_to_the_one_who_waits_and_undone(
    whole: Coffre, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_connection: Connection) -> None:
        raise UserError("disque_en_erreur")

    with monkeypatch.context() as broken, Transaction(vault) as tx:
        broken.setattr(Connection, "commit", refuse)
        tx.settings.put("temoin", "perdu")
        with pytest.raises(UserError, match="disque_en_erreur"):
            all(not tx.commit_apart() for _ in itertools.count())
    assert not vault.in_transaction
    with Transaction(vault) as tx:
        tx.settings.put("autre", "gardé")
        tx.commit()
    vault.close()
    assert _kept(whole) is None


def test_within_a_batch_nothing_waits_for_the_disk(whole: Coffre, vault: Vault) -> None:
    vault.begin_immediate()
    with Transaction(Batch(vault)) as tx:
        tx.settings.put("temoin", "perdu")
        while not tx.commit_apart():
            pass
    vault.rollback()
    vault.close()
    assert _kept(whole) is None
