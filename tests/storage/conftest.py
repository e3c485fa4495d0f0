"""Fixtures of the storage floor: a coffre of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscg_desktop.storage.vault import Vault
from tests.coffres import SMALL_SCHEMA, Coffre, make_coffre


@pytest.fixture(scope="session")
def model_coffre(tmp_path_factory: pytest.TempPathFactory) -> Coffre:
    """A closed coffre to copy, never to open."""
    return make_coffre(tmp_path_factory.mktemp("modele") / "coffre", migrations=SMALL_SCHEMA)


@pytest.fixture
def coffre(model_coffre: Coffre, tmp_path: Path) -> Coffre:
    """A closed coffre with the small schema."""
    return model_coffre.copy_to(tmp_path / "coffre")


@pytest.fixture
def small_vault(coffre: Coffre) -> Iterator[Vault]:
    """The same, open."""
    with Vault.open(coffre.folder, coffre.key, migrations=SMALL_SCHEMA) as vault:
        yield vault
