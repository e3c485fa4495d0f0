"""A coffre and a clock for the use cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.vie import TestClock, open_services


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def vie(tmp_path: Path, clock: TestClock) -> Iterator[tuple[Services, Session]]:
    """Services over a coffre, and its session."""
    services, session = open_services(tmp_path, clock)
    yield services, session
    session.vault.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    """A coffre with nobody in it yet."""
    services, session = open_services(tmp_path)
    yield services, session
    session.vault.close()


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[Services, Session]]:
    """One for all the examples of a file."""
    with TemporaryDirectory() as folder:
        services, session = open_services(Path(folder))
        yield services, session
        session.vault.close()
