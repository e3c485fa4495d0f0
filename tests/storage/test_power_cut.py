"""Nothing acknowledged is lost by a power cut, whatever the disk forgot, mixed up or tore."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.storage.check import Check, check_open, open_database
from iscg_desktop.storage.header_copies import read_copies
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
    """

    coffre: Coffre
    before: dict[str, bytes]
    operations: list[Operation]
    slots: list[str]
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
    slots.append(slot_of(coffre.folder))
    made = Record(coffre, before, list(read_trace(trace, coffre.folder)), slots)
    for fact in (json.loads(each.path) for each in made.operations if each.kind == "ack"):
        if "commits" in fact:
            made.totals[fact["commits"]] = fact["total"]
    return made


@dataclass
class Promise:
    """What was acknowledged before a cut."""

    commits: int = 0
    schema: int = 1
    slot: str = ""


def cuts(
    record: Record, modes: tuple[str, ...], rng: random.Random, share: float
) -> Iterator[tuple[Promise, dict[str, bytes]]]:
    """Every different disk that a cut leaves, at any moment or at a share of them, and what was promised then."""
    disk, promise, seen = Disk(record.before), Promise(), set()
    for operation in record.operations:
        if operation.kind == "ack":
            vars(promise).update({k: v for k, v in json.loads(operation.path).items() if k != "total"})
        disk.apply(operation)
        for mode in modes if rng.random() < share else ():
            image = disk.cut(mode, rng)
            facts = (
                sorted((name, hashlib.sha256(data).digest()) for name, data in image.items()),
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
        header = read_copies(folder).sealed_by(record.coffre.key)
        connection = open_database(folder, header, record.coffre.key)
        try:
            found: Check = check_open(connection, folder / header.database)
            schema = schema_version(connection)
        finally:
            connection.close()
    except UserError as error:
        return f"opening: {error.code}"
    if found.problems or found.seal is None:
        return f"damaged: {found.problems[0]}"
    if found.seal.commits < promise.commits or schema < promise.schema:
        return "lost"
    if f"{found.seal.sealed:x}" != record.totals.get(found.seal.commits, f"{found.seal.sealed:x}"):
        return "other content"
    slot: Any = slot_of(folder)
    if slot not in record.slots or (promise.slot and slot != promise.slot):
        return "passphrase"
    return ""


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
    forgetful = Record(record.coffre, record.before, careless, record.slots, record.totals)
    found = Counter[str]()
    for promise, image in cuts(forgetful, ("dropped",), random.Random(3), 0.05):
        lay(image, tmp_path / "coffre")
        found[broken_promise(forgetful, promise, tmp_path / "coffre")] += 1
    assert found["lost"] > 0
