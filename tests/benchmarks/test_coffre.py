"""What the coffre costs: a save beside the bare commit, an unlock beside the key derivation (`-m campagne -s`)."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from iscg_desktop.services import coffre
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.demo.demo import demo_passphrase
from iscg_desktop.services.services import Services
from iscg_desktop.storage.connection import Connection
from iscg_desktop.storage.unlock import unlock_with_passphrase
from iscg_desktop.storage.vault import Vault
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.theme import Theme
from tests.benchmarks.conftest import TODAY
from tests.benchmarks.measures import timed
from tests.exigences import Chiffre
from tests.vie import draft

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(1800)]

SAVES = 30


@pytest.fixture
def session(ten_years: Path):  # type: ignore[no-untyped-def]
    key = unlock_with_passphrase(ten_years, demo_passphrase(1))
    opened = coffre.open_session(ten_years, key, clock=Clock(today=lambda: TODAY))
    yield opened
    opened.vault.close()


def _recorded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, Any]]:
    """What a vault is asked, from now on."""
    asked: list[tuple[str, str, Any]] = []
    execute, many = Vault.execute, Vault.execute_many

    def one(vault: Vault, sql: str, params: Any = ()) -> Any:
        asked.append(("one", sql, params))
        return execute(vault, sql, params)

    def each(vault: Vault, sql: str, rows: Iterable[Any]) -> int:
        kept = list(rows)
        asked.append(("many", sql, kept))
        return many(vault, sql, kept)

    monkeypatch.setattr(Vault, "execute", one)
    monkeypatch.setattr(Vault, "execute_many", each)
    return asked


def _replayed(connection: Connection, asked: list[tuple[str, str, Any]]) -> None:
    connection.begin_immediate()
    for how, sql, params in asked:
        if how == "one":
            connection.execute(sql, params)
        else:
            connection.execute_many(sql, params)
    connection.commit()


@pytest.mark.exigence("S11")
def test_a_save_takes_at_most_twice_the_bare_commit(
    session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chiffre: Chiffre
) -> None:
    """The very statements of a use case, on the same database, without seal, reserve or use case around them."""
    services, vault = Services(session), session.vault
    new = replace(draft(date=TODAY, orientations=(), saisine=None), unite_id=services.journee.unites()[0].id)
    services.entretiens.record(new)
    bare_file = tmp_path / "nu.db"
    session.vault.close()
    shutil.copy(vault.folder / vault.header.database, bare_file)
    session = coffre.open_session(vault.folder, vault.key, clock=Clock(today=lambda: TODAY))
    services, asked = Services(session), _recorded(monkeypatch)
    bare = Connection(bare_file, vault.key.dbk)
    whole, naked = [], []
    for _ in range(SAVES):
        asked.clear()
        whole.append(timed(lambda: services.entretiens.record(new)))
        naked.append(timed(lambda: _replayed(bare, list(asked))))
    bare.close()
    session.vault.close()
    whole.sort(), naked.sort()
    middle = SAVES // 2
    ratio = whole[middle] / naked[middle]
    chiffre(
        f"un entretien enregistré en {whole[middle] * 1000:.0f} ms, la même écriture nue en"
        f" {naked[middle] * 1000:.0f} ms : {ratio:.2f} fois, pour 2 promises"
    )
    assert ratio <= 2


@pytest.mark.exigence("S9")
def test_the_first_page_comes_soon_after_the_key(
    ten_years: Path, theme: Theme, monkeypatch: pytest.MonkeyPatch, chiffre: Chiffre
) -> None:
    """Unlock on ten years: the derivation, then at most 150 ms to the day's page; the check goes on behind.

    In time of this thread: what else the machine does is left out.
    """
    clock = Clock(today=lambda: TODAY)
    key = unlock_with_passphrase(ten_years, demo_passphrase(1))
    warm = coffre.open_session(ten_years, key, clock=clock)
    warm.vault.close()
    tasks = TaskRunner()
    times, checks = [], []
    for _ in range(3):
        start = time.thread_time()
        session = coffre.open_session(ten_years, key, clock=clock, at_once=True)
        desk = Desk(Services(session), tasks)
        desk.show()
        QApplication.processEvents()
        times.append(time.thread_time() - start)
        begun = time.perf_counter()
        while desk.services.coffre.waits_for_check and time.perf_counter() - begun < 120:
            QApplication.processEvents()
        checks.append(time.perf_counter() - begun)
        desk.close()
        QApplication.processEvents()
    tasks.close()
    size = sum(path.stat().st_size for path in ten_years.glob("data-*.db")) / 1e6
    chiffre(
        f"première page {min(times) * 1000:.0f} ms après la dérivation de clé, pour 150 promises ;"
        f" {size:.0f} Mo vérifiés derrière en {min(checks):.1f} s"
    )
    assert min(times) <= 0.150
