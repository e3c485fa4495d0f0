"""The keeper of drafts over a real coffre: when it writes, what it says when the disk refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.ui import drafts
from iscg_desktop.ui.drafts import DraftKeeper, Snapshot
from tests.vie import open_services

MOMENT = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)


class Words:
    """A form of one field."""

    def __init__(self) -> None:
        self.typed = ""

    def snapshot(self) -> Snapshot:
        return Snapshot({"mots": self.typed}, "mots", None)


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path)
    yield services, session
    session.vault.close()


@pytest.fixture
def words() -> Words:
    return Words()


@pytest.fixture
def keeper(coffre: tuple[Services, Session], words: Words, qapp: object) -> Iterator[DraftKeeper]:
    made = DraftKeeper(coffre[0].brouillons, "essai", "essai:1", words.snapshot, lambda: MOMENT)
    yield made
    made.stop()


def _kept(coffre: tuple[Services, Session]) -> list[str]:
    return [each.contenu["mots"] for each in coffre[0].brouillons.all()]


@pytest.mark.exigence("S7")
def test_it_promises_two_seconds() -> None:
    assert drafts.PAUSE < 2_000


def test_nothing_is_written_before_the_first_change(coffre, keeper) -> None:
    assert keeper.keep()
    assert _kept(coffre) == []
    assert keeper.kept_at is None


@pytest.mark.exigence("S7")
def test_a_pause_writes_what_was_typed(coffre, keeper, words, qtbot: QtBot) -> None:
    words.typed = "Ma"
    with qtbot.waitSignal(keeper.kept, timeout=2_000):
        keeper.touch()
    assert _kept(coffre) == ["Ma"]
    assert keeper.kept_at == MOMENT
    assert not keeper.waiting


def test_typing_without_a_pause_is_written_all_the_same(coffre, keeper, words, qtbot, monkeypatch) -> None:
    """Each change puts the pause off, never the longest wait."""
    keeper._pause.setInterval(3_600_000)
    keeper._most.setInterval(1)
    words.typed = "Madame raconte"
    with qtbot.waitSignal(keeper.kept):
        keeper.touch()
    assert _kept(coffre) == ["Madame raconte"]


def test_a_refused_draft_is_said_and_tried_again_until_it_is_kept(
    coffre, keeper, words, qtbot: QtBot
) -> None:
    driver = coffre[1].vault._connection._driver
    driver.set_authorizer(None)
    driver.execute(f"PRAGMA max_page_count = {driver.execute('PRAGMA page_count').fetchone()[0]}")
    keeper._again.setInterval(1)
    words.typed = "x" * 500_000
    with qtbot.waitSignal(keeper.failed) as refused:
        keeper.touch()
    assert refused.args[0].code == "disque_plein"
    assert keeper.waiting
    with qtbot.waitSignal(keeper.failed):
        pass  # tried again by itself
    driver.execute("PRAGMA max_page_count = 1000000")
    with qtbot.waitSignal(keeper.kept):
        pass
    assert _kept(coffre) == [words.typed]


def test_a_draft_dropped_is_not_written_again(coffre, keeper, words) -> None:
    words.typed = "Ma"
    keeper.touch()
    assert keeper.keep()
    keeper.drop()
    assert _kept(coffre) == []
    assert keeper.keep()
    assert _kept(coffre) == []


def test_a_resumed_draft_is_kept_again_where_the_cursor_is(coffre, keeper, words) -> None:
    words.typed = "Ma"
    keeper.resume(MOMENT)
    assert keeper.keep()
    assert _kept(coffre) == ["Ma"]
