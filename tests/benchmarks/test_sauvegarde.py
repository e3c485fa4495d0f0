"""A verified backup beside a plain copy of the same file, and the window while it is made (`-m campagne -s`)."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iscg_desktop.files import forget_cached, giving_name
from iscg_desktop.storage.backup import write_backup
from iscg_desktop.storage.vault import Vault
from tests.benchmarks.measures import timed
from tests.coffres import Coffre, make_coffre

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(600), pytest.mark.exigence("S13")]
NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
_MEGABYTES = 160
LIMIT = 3.0


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """A coffre as large as ten years with pièces jointes make it."""
    coffre: Coffre = make_coffre(tmp_path_factory.mktemp("grand") / "coffre")
    with Vault.open(coffre.folder, coffre.key) as vault:
        vault.begin_immediate()
        for number in range(_MEGABYTES * 10):
            vault.execute(
                "INSERT INTO parametres (cle, valeur) VALUES (?, ?)",
                (f"essai{number}", os.urandom(51_000).hex()),
            )
        vault.commit()
        yield vault


def _plain_copy(source: Path, target: Path) -> None:
    """What copying a file costs when the copy must be known to be on the disk: read, written, flushed, read back.

    Nothing of it is left in memory from one run to the next, as for a backup.
    """
    with source.open("rb") as read, target.open("wb") as write:
        while piece := read.read(1 << 20):
            write.write(piece)
        write.flush()
        os.fsync(write.fileno())
    forget_cached(target)
    with target.open("rb") as back:
        while back.read(1 << 20):
            pass


def _unverified(vault: Vault, folder: Path) -> None:
    """The plainest copy that a coffre allows: by the database itself, flushed, and nothing more."""
    with giving_name(folder / "copie.db") as making:
        vault.copy_into(making, vault.key.dbk)


def test_a_verified_backup_costs_at_most_three_plain_copies(
    large: Vault, tmp_path: Path, chiffre: Callable[[str], None]
) -> None:
    """Held to the copy that the database makes of itself; beside it, what copying bytes costs, which encrypts nothing.

    The bytes are copied at the speed of the disk, the pages at that of the cipher: on a quick disk the second ratio
    is the larger, and is only told.
    """
    database = large.folder / large.header.database
    aside = tmp_path / "source"
    aside.write_bytes(
        bytes(database.stat().st_size)
    )  # of that size: the database itself is SQLite's alone to open
    copies, plain, backups = [], [], []
    for run in range(4):
        forget_cached(aside)
        copies.append(timed(lambda: _plain_copy(aside, tmp_path / "copie")))
        folder = tmp_path / f"sauvegarde{run}"
        folder.mkdir()
        plain.append(timed(lambda folder=folder: _unverified(large, folder)))
        backups.append(timed(lambda folder=folder: write_backup(large, large.header, large.key, folder, NOW)))
    ratio = min(backups) / min(plain)
    chiffre(
        f"{database.stat().st_size / 1e6:.0f} Mo : sauvegarde vérifiée {min(backups):.2f} s, soit {ratio:.1f} fois la"
        f" copie par la base ({min(plain):.2f} s) et {min(backups) / min(copies):.1f} fois une copie d’octets relue"
        f" ({min(copies):.2f} s)"
    )
    assert ratio <= LIMIT


def test_a_statement_of_the_window_never_waits_long_for_a_backup(
    large: Vault, tmp_path: Path, chiffre: Callable[[str], None]
) -> None:
    worker = threading.Thread(target=lambda: write_backup(large, large.header, large.key, tmp_path, NOW))
    worker.start()
    waits = []
    while worker.is_alive():
        start = time.perf_counter()
        large.execute("SELECT valeur FROM parametres WHERE cle = 'essai7'")
        waits.append(time.perf_counter() - start)
        worker.join(0.005)
    worker.join()
    chiffre(f"{len(waits)} lectures pendant une sauvegarde, la plus longue {max(waits) * 1000:.0f} ms")
    assert max(waits) <= 0.1
