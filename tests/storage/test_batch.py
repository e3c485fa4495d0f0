"""Use cases that reach the disk together: each undone alone, all or none in the end."""

from __future__ import annotations

import pytest

from iscg_desktop.errors import BugError
from iscg_desktop.storage.batch import Batch
from iscg_desktop.storage.vault import Vault
from tests.coffres import SMALL_SCHEMA, Coffre


def _texts(vault: Vault) -> list[str]:
    return [row["texte"] for row in vault.execute("SELECT texte FROM notes ORDER BY id")]


def _write(batch: Batch, text: str) -> None:
    batch.begin_immediate()
    batch.execute_many("INSERT INTO notes (texte) VALUES (?)", [(text,)])


def test_each_is_undone_alone_and_the_whole_lasts_in_the_end(coffre: Coffre) -> None:
    with Vault.open(coffre.folder, coffre.key, migrations=SMALL_SCHEMA) as vault:
        vault.begin_immediate()
        batch = Batch(vault)
        _write(batch, "kept")
        batch.commit()
        _write(batch, "undone")
        batch.rollback()
        batch.rollback()  # nothing is open: nothing happens
        _write(batch, "kept too")
        batch.commit()
        assert vault.in_transaction
        vault.commit()
    with Vault.open(coffre.folder, coffre.key, migrations=SMALL_SCHEMA) as vault:
        assert _texts(vault) == ["kept", "kept too"]


def test_none_lasts_when_the_whole_is_undone(small_vault: Vault) -> None:
    small_vault.begin_immediate()
    batch = Batch(small_vault)
    _write(batch, "lost")
    batch.commit()
    small_vault.rollback()
    assert _texts(small_vault) == []


def test_one_within_another_is_a_bug(small_vault: Vault) -> None:
    small_vault.begin_immediate()
    batch = Batch(small_vault)
    _write(batch, "first")
    with pytest.raises(BugError):
        batch.begin_immediate()
