"""A coffre of every schema that was released opens with the program of today.

Each lies in ``tests/released/`` as the backup that its version made, ``NNNN.coffre`` after its schema, and opens with
`PASSPHRASE`. Until version 1.0 there is only the schema of today, whose coffre is made on the spot: the same steps are
tried, and the first release has only to add its file.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from iscg_desktop.services import restauration
from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.storage.migrator import shipped_migrations
from tests.coffres import PASSPHRASE
from tests.vie import draft, open_services

RELEASED = sorted((Path(__file__).resolve().parents[1] / "released").glob("*.coffre"))
TODAY = len(shipped_migrations())


def test_every_schema_before_that_of_today_has_its_file() -> None:
    assert [int(path.stem) for path in RELEASED] == list(range(1, TODAY))


@pytest.mark.exigence("S14")
@pytest.mark.parametrize("schema", range(1, TODAY + 1))
def test_its_coffre_opens_migrates_and_goes_on(schema: int, tmp_path: Path) -> None:
    path = RELEASED[schema - 1] if schema < TODAY else _made_today(tmp_path)
    apercu = restauration.ouvrir(path, PASSPHRASE)
    assert apercu.dossiers > 0
    done = restauration.restaurer(apercu, tmp_path / "ouvert")
    session = open_session(tmp_path / "ouvert", done.key)
    try:
        assert session.vault.check() == ()
        assert session.vault.execute("PRAGMA user_version").scalar() == TODAY
        Services(session).entretiens.record(draft(date=datetime.now(UTC).date()))
        assert session.vault.execute("SELECT count(*) FROM dossiers").scalar() == apercu.dossiers + 1
    finally:
        session.vault.close()


def _made_today(folder: Path) -> Path:
    services, session = open_services(folder)
    services.entretiens.record(draft())
    fait = services.sauvegardes.travail().run()
    session.vault.close()
    return next(fait.places[0].glob("*.coffre"))
