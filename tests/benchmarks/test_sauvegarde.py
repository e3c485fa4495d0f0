"""A verified backup beside a plain copy of the same file, and the window while it is made (`-m campagne -s`)."""

from __future__ import annotations

import hashlib
import shutil
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iscg_desktop.files import forget_cached, giving_name
from iscg_desktop.services.demo.demo import demo_passphrase
from iscg_desktop.storage.backup import write_backup
from iscg_desktop.storage.pages import SIZE
from iscg_desktop.storage.unlock import unlock_with_passphrase
from iscg_desktop.storage.vault import Vault
from tests.benchmarks.measures import timed
from tests.exigences import Chiffre

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(1800), pytest.mark.exigence("S13")]
NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
LIMIT = 3.0
_RUNS = 4


@pytest.fixture(scope="module")
def aside(ten_years: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bytes of the database, copied before it is opened: from then on it is SQLite's alone."""
    (database,) = ten_years.glob("data-*.db")
    return Path(shutil.copy(database, tmp_path_factory.mktemp("octets")))


@pytest.fixture(scope="module")
def large(ten_years: Path, aside: Path) -> Iterator[Vault]:
    """Ten years, open."""
    assert aside.is_file()
    with Vault.open(ten_years, unlock_with_passphrase(ten_years, demo_passphrase(1))) as vault:
        yield vault


def _plain_copy(source: Path, target: Path) -> None:
    """Bytes copied and flushed, then named: what a backup does for its file, less the database."""
    with giving_name(target) as making, source.open("rb") as read, making.open("wb") as write:
        while piece := read.read(1 << 20):
            write.write(piece)


def _copied_by_the_database(vault: Vault, target: Path) -> None:
    """The plainest copy that a coffre allows (S13, S17), flushed and named, and nothing verified."""
    with giving_name(target) as making:
        vault.copy_into(making, vault.key.dbk)


def _sealed_twice(source: Path) -> None:
    """The digests alone of such a copy: each page is authenticated as it is read, sealed as it is written."""
    data = memoryview(source.read_bytes())
    for start in range(0, len(data), SIZE):
        page = data[start : start + SIZE]
        hashlib.sha512(page).digest()
        hashlib.sha512(page).digest()


def test_a_verified_backup_costs_at_most_three_copies_by_the_database(
    large: Vault, aside: Path, tmp_path: Path, chiffre: Chiffre
) -> None:
    """Held to the copy that the database makes of itself; beside it, what copying bytes costs, which seals nothing.

    Bytes are copied at the speed of the disk, pages at that of the cipher: where the disk is quick, the digests of
    a copy by the database take more than three copies of bytes by themselves, and the second ratio is only told.
    """
    bytes_, by_database, digests, backups = [], [], [], []
    for run in range(_RUNS):
        folder = tmp_path / f"sauvegarde{run}"
        folder.mkdir()
        forget_cached(aside)
        bytes_.append(timed(lambda folder=folder: _plain_copy(aside, folder / "octets")))
        by_database.append(timed(lambda folder=folder: _copied_by_the_database(large, folder / "copie.db")))
        digests.append(timed(lambda: _sealed_twice(aside)))
        backups.append(timed(lambda folder=folder: write_backup(large, large.header, large.key, folder, NOW)))
        shutil.rmtree(folder)
    plain, copied, sealed = min(bytes_), min(by_database), min(digests)
    verified = min(backups)
    chiffre(
        f"{aside.stat().st_size / 1e6:.0f} Mo : sauvegarde vérifiée {verified:.2f} s, soit {verified / copied:.1f} fois"
        f" la copie par la base ({copied:.2f} s) et {verified / plain:.1f} fois une copie d’octets ({plain:.2f} s) ;"
        f" plancher de la machine : copie par la base {copied / plain:.1f} fois, ses seules empreintes"
        f" {sealed / plain:.1f} fois une copie d’octets"
    )
    assert verified <= LIMIT * copied


def test_a_statement_of_the_window_never_waits_long_for_a_backup(
    large: Vault, tmp_path: Path, chiffre: Chiffre
) -> None:
    worker = threading.Thread(target=lambda: write_backup(large, large.header, large.key, tmp_path, NOW))
    worker.start()
    waits = []
    while worker.is_alive():
        start = time.perf_counter()
        large.execute("SELECT valeur FROM parametres LIMIT 1")
        waits.append(time.perf_counter() - start)
        worker.join(0.005)
    worker.join()
    chiffre(f"{len(waits)} lectures pendant une sauvegarde, la plus longue {max(waits) * 1000:.0f} ms")
    assert max(waits) <= 0.1
