"""A coffre made by an earlier trial version is refused in words, not half read."""

from __future__ import annotations

from pathlib import Path

import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.services.coffre import open_session
from iscg_desktop.storage.sql_errors import ConstraintError
from tests.vie import TODAY, draft, open_services


def test_a_coffre_of_another_first_schema_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    services, session = open_services(tmp_path)
    key = session.vault.key
    session.vault.execute("UPDATE parametres SET valeur = '\"autre\"' WHERE cle = 'schema'")
    journal = session.vault.execute("SELECT count(*) FROM journal").scalar()
    services.coffre.lock()
    with pytest.raises(UserError, match="coffre_version_essai"):
        open_session(tmp_path / "coffre", key)
    with pytest.raises(UserError, match="coffre_version_essai"):  # not « déjà ouvert »: it was closed again
        open_session(tmp_path / "coffre", key)
    assert journal > 0


def test_a_coffre_that_does_not_say_is_one_of_them(tmp_path: Path) -> None:
    services, session = open_services(tmp_path)
    key = session.vault.key
    session.vault.execute("DELETE FROM parametres WHERE cle = 'schema'")
    services.coffre.lock()
    with pytest.raises(UserError, match="coffre_version_essai"):
        open_session(tmp_path / "coffre", key)


def test_a_batch_reaches_the_disk_whole_or_not_at_all(tmp_path: Path) -> None:
    services, session = open_services(tmp_path)

    def cut_short() -> None:
        with session.batch():
            services.journee.add_relance(TODAY, "Perdue")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cut_short()
    assert services.journee.relances() == ()
    with session.batch():
        services.journee.add_relance(TODAY, "Gardée")
        with pytest.raises(ConstraintError):
            services.journee.add_relance(TODAY, "")
    assert [relance.objet for relance in services.journee.relances()] == ["Gardée"]
    services.journee.add_relance(TODAY, "Seule")  # and use cases commit alone again
    assert not session.vault.in_transaction


def test_what_a_use_case_asks_of_the_coffre_is_compiled_once(tmp_path: Path) -> None:
    """Else each entretien that is saved spends most of its time on it: SQLite asks leave when it compiles."""
    services, session = open_services(tmp_path)
    services.entretiens.record(draft())
    asked: list[object] = []
    session.vault._connection._driver.set_authorizer(lambda *what: asked.append(what) or 0)
    services.entretiens.record(draft())
    first = len(asked)
    asked.clear()
    services.entretiens.record(draft())
    assert len(asked) < first / 20
    session.vault.close()
