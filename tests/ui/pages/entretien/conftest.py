"""Fixtures of the page of the entretien."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pages.entretien.desk import Desk
from tests.vie import TestClock, open_services


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, clock: TestClock) -> Iterator[Desk]:
    """The page over a coffre with an owner, two unités and one partner; she is at the first unité."""
    services, session = open_services(tmp_path, clock)
    services.journee.choose_permanence(1)
    made = Desk(services, session, qtbot)
    yield made
    made.close()
    made.session.vault.close()
