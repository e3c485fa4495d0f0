"""Nothing acknowledged is lost by a power cut, whatever the disk forgot, mixed up or tore."""

from __future__ import annotations

import contextlib
import hashlib
import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.files import TEMPORARY_SUFFIX
from iscg_desktop.storage.backup import BackupContent, verify_backup
from iscg_desktop.storage.backup_file import SUFFIX, key_id, read_block
from iscg_desktop.storage.check import Check, check_open, open_database
from iscg_desktop.storage.creation import BACKUPS
from iscg_desktop.storage.header_copies import read_copies
from iscg_desktop.storage.keys import VaultKey
from iscg_desktop.storage.migrator import schema_version
from tests.coffres import Coffre
from tests.exigences import ROOT, Ampleur, Chiffre
from tests.storage.disk import TRACED, Disk, Operation, read_trace
from tests.storage.recorded import slot_of
from tests.vie import open_services

MODES = ("dropped", "written", "names", "data", "mixed", "mixed", "torn", "torn")


@dataclass
class Record:
    """What a process did to a coffre.

    Attributes:
        before: The files it found.
        totals: Seal after each commit it told of.
        slots: The passphrases that opened the coffre, in order.
        keys: The keys that it was under, in order.
    """

    coffre: Coffre
    before: dict[str, bytes]
    operations: list[Operation]
    slots: list[str]
    keys: list[VaultKey]
    totals: dict[int, str] = field(default_factory=dict)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    if not sys.platform.startswith("linux") or shutil.which("strace") is None:
        pytest.skip("strace is needed to record the writes of a process: apt install strace")
    folder = tmp_path_factory.mktemp("coupure")
    services, session = open_services(folder)
    services.coffre.lock()
    coffre = Coffre(session.vault.folder, session.vault.key, "")
    before, slots = _files(coffre.folder), [slot_of(coffre.folder)]
    trace = folder / "trace"
    command = [
        "strace", "-f", "-xx", "-s", "1000000", "-e", f"trace={TRACED}", "-o", str(trace), sys.executable, "-m",
        "tests.storage.recorded", str(coffre.folder), f"{coffre.key.vault_id}:{coffre.key.dbk.hex()}",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if "PTRACE" in done.stderr or "not permitted" in done.stderr:
        pytest.skip("this machine does not let a process be traced")
    assert done.returncode == 0, done.stderr
    made = Record(coffre, before, list(read_trace(trace, coffre.folder)), slots, [coffre.key])
    for fact in (json.loads(each.path) for each in made.operations if each.kind == "ack"):
        if "commits" in fact:
            made.totals[fact["commits"]] = fact["total"]
        if "coming" in fact:
            made.keys.append(replace(coffre.key, dbk=bytes.fromhex(fact["coming"][0])))
        made.slots += [fact["slot"]] if "slot" in fact else []
    return made


@dataclass
class Promise:
    """What was acknowledged before a cut."""

    commits: int = 0
    schema: int = 1
    slot: str = ""
    key: str = ""
    backups: int = 0


def cuts(
    record: Record, modes: tuple[str, ...], rng: random.Random, share: float
) -> Iterator[tuple[Promise, dict[str, bytes]]]:
    """Every different disk that a cut leaves, at any moment or at a share of them, and what was promised then."""
    disk, promise, seen = Disk(record.before), Promise(), set()
    for operation in record.operations:
        if operation.kind == "ack":
            vars(promise).update(
                {k: v for k, v in json.loads(operation.path).items() if k not in ("total", "coming")}
            )
        disk.apply(operation)
        for mode in modes if rng.random() < share else ():
            image = disk.cut(mode, rng)
            facts = (
                sorted(
                    (name, b"" if name.endswith(TEMPORARY_SUFFIX) else hashlib.sha256(data).digest())
                    for name, data in image.items()
                ),
                vars(promise),
            )
            digest = hashlib.sha256(repr(facts).encode()).digest()
            if digest not in seen:
                seen.add(digest)
                yield Promise(**vars(promise)), image


def lay(image: dict[str, bytes], folder: Path) -> None:
    """Write a disk out."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in image.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def broken_promise(record: Record, promise: Promise, folder: Path) -> str:
    """What is wrong with a coffre after a cut; empty when all that was promised is there."""
    try:
        key = _key_of(record, promise, folder)
        header = read_copies(folder).sealed_by(key)
        connection = open_database(folder, header, key)
        try:
            found: Check = check_open(connection, folder / header.database)
            schema = schema_version(connection)
        finally:
            connection.close()
        backups = [_backup_verified(record, path) for path in (folder / BACKUPS).glob(f"*{SUFFIX}")]
    except UserError as error:
        return f"opening: {error.code}"
    if found.problems or found.seal is None:
        return f"damaged: {found.problems[0]}"
    if found.seal.commits < promise.commits or schema < promise.schema or len(backups) < promise.backups:
        return "lost"
    if f"{found.seal.sealed:x}" != record.totals.get(found.seal.commits, f"{found.seal.sealed:x}"):
        return "other content"
    slot: Any = slot_of(folder)
    if slot not in record.slots or (promise.slot and slot != promise.slot and key == record.keys[0]):
        return "passphrase"
    return ""


def _key_of(record: Record, promise: Promise, folder: Path) -> VaultKey:
    """The one key that opens a coffre, by the copy of its header that is tried; the new one once a rotation is told.

    Raises:
        UserError: None does, or one that should not.
    """
    found = []
    for key in record.keys:
        with contextlib.suppress(UserError):
            copies = read_copies(folder)
            found += [key] if copies.sealed_by(key) == copies.best else []
    if len(found) != 1 or promise.key not in ("", found[0].dbk.hex()):
        raise UserError("entetes_abimes")
    return found[0]


def _backup_verified(record: Record, path: Path) -> BackupContent:
    """A file that has the name of a backup is one, whole."""
    block, _ = read_block(path)
    (key,) = (each for each in record.keys if key_id(each) == block.key_id)
    return verify_backup(path, key)


@pytest.mark.exigence("S2")
def test_nothing_acknowledged_is_lost_by_a_power_cut(
    record: Record, tmp_path: Path, ampleur: Ampleur, chiffre: Chiffre
) -> None:
    rng, found = random.Random(7), Counter[str]()
    modes = ampleur(("dropped", "torn"), MODES)
    for promise, image in cuts(record, modes, rng, ampleur(0.03, 1.0)):
        lay(image, tmp_path / "coffre")
        found[broken_promise(record, promise, tmp_path / "coffre") or "entier"] += 1
    cut = sum(found.values())
    chiffre(
        f"{len(record.operations)} appels au système, {len(record.totals)} écritures acquittées ;"
        f" {cut} disques différents après coupure, {cut - found['entier']} où il manque quelque chose"
    )
    assert len(record.totals) > 10
    assert len(record.keys) == 2
    assert cut > 10
    assert set(found) == {"entier"}


@pytest.mark.exigence("S2")
def test_the_replay_ends_as_the_disk_did(record: Record) -> None:
    """The model of the disk is the disk: after the last call, with all written, it holds what the folder holds."""
    disk = Disk(record.before)
    for operation in record.operations:
        disk.apply(operation)
    assert disk.cut("written", random.Random(1)) == _files(record.coffre.folder)


@pytest.mark.exigence("S2")
def test_a_write_that_was_never_synced_is_missed_by_the_replay(record: Record, tmp_path: Path) -> None:
    """Without the syncs of the journal the same record loses what was acknowledged: the replay would see it."""
    careless = [each for each in record.operations if each.kind != "sync" or each.path.startswith("header")]
    forgetful = replace(record, operations=careless)
    found = Counter[str]()
    for promise, image in cuts(forgetful, ("dropped",), random.Random(3), 0.05):
        lay(image, tmp_path / "coffre")
        found[broken_promise(forgetful, promise, tmp_path / "coffre")] += 1
    assert found["lost"] > 0
