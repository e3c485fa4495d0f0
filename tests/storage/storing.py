"""Processes that store and are killed, or meet a disk that refuses; what they acknowledged is then looked for.

Run as ``python -m tests.storage.storing kills|limits FOLDER KEY NUMBER SEED``: it forks, which a test process with a
window must not do. Answers with one line of JSON.
"""

from __future__ import annotations

import json
import os
import random
import resource
import select
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from iscg_desktop.errors import UserError
from iscg_desktop.storage.check import check_coffre
from iscg_desktop.storage.keys import VaultKey
from iscg_desktop.storage.vault import Vault
from tests.coffres import Coffre
from tests.usage import day, opened

_LIVES = 20  # kills of one coffre before a fresh one: it grows
_LONGEST = 0.4  # seconds that a process may store
_MOST = 65536
_PAGE, _RECORD = 4096, 4 + 4096 + 4
_GROWTH = 50  # pages that a day adds, and that its longest transaction keeps in the journal
_IN_OPENING = 8  # one kill in so many may come before the first commit


def _acknowledging(pipe: int) -> None:
    """Have each commit say, once it returned, what it acknowledges."""
    commit = Vault.commit

    def told(vault: Vault) -> None:
        commit(vault)
        assert vault._seal is not None
        entretiens = vault.execute("SELECT count(*) FROM entretiens").scalar()
        journal = vault.execute("SELECT max(id) FROM journal").scalar()
        os.write(pipe, f"{vault.commits} {vault._seal.total:x} {entretiens} {journal}\n".encode())

    Vault.commit = told  # type: ignore[method-assign]


def _child(coffre: Coffre, first: int, before: Callable[[], None]) -> tuple[int, int]:
    """A process that stores without end; its number, and where it tells what it acknowledged."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    code = 1
    try:
        _acknowledging(writer)
        before()
        services = opened(coffre)
        for _ in day(services, coffre.folder.with_name("piece.pdf"), first=first):
            pass
    except UserError as error:
        os.write(writer, f"refus {error.code}\n".encode())
        code = 0
    finally:
        os._exit(code)


def _listen(pipe: int, seconds: float) -> bytes:
    """What a process tells for so long."""
    end, told = time.monotonic() + seconds, b""
    while (left := end - time.monotonic()) > 0 and select.select([pipe], [], [], left)[0]:
        told += os.read(pipe, _MOST)
    return told


def _rest(pipe: int) -> bytes:
    """What a process that has ended still told."""
    with os.fdopen(pipe, "rb") as file:
        return file.read()


def judge(coffre: Coffre, told: list[str], result: Counter[str]) -> None:
    """Compare what lies on the disk with what was acknowledged."""
    acknowledged = [line.split() for line in told if not line.startswith("refus")]
    found = check_coffre(coffre.folder, coffre.key)
    result["abîmés"] += bool(found.problems)
    result["acquittés"] += len(acknowledged)
    if not acknowledged or found.seal is None:
        return
    commits, total, entretiens, journal = acknowledged[-1]
    lost = max(0, int(commits) - found.seal.commits)
    if lost == 0 and found.seal.commits == int(commits) and f"{found.seal.sealed:x}" != total:
        lost = 1
    with Vault.open(coffre.folder, coffre.key) as vault:
        if found.seal.commits == int(commits):
            lost += vault.execute("SELECT count(*) FROM entretiens").scalar() != int(entretiens)
        lost += vault.execute("SELECT max(id) FROM journal").scalar() < int(journal)
    result["perdus"] += lost


def kills(model: Coffre, number: int, rng: random.Random) -> Counter[str]:
    """Kill so many processes, each at a random moment of what it stores."""
    result: Counter[str] = Counter(morts=0, perdus=0)
    coffre = model
    for kill in range(number):
        if kill % _LIVES == 0:
            coffre = _fresh(model, kill)
        pid, pipe = _child(coffre, kill * 100 + 1, lambda: None)
        told = b"" if kill % _IN_OPENING == 0 else os.read(pipe, _MOST)  # it stores
        told += _listen(pipe, rng.uniform(0, _LONGEST))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        result["morts"] += os.WIFSIGNALED(status)
        judge(coffre, (told + _rest(pipe)).decode().splitlines(), result)
    return result


def _edges(size: int, rng: random.Random) -> list[int]:
    """Where a refusal makes a difference: at the end of a write, in its midst; the rest of a write is as its midst.

    Of the journal: its head of 512 bytes, then of each page the number, the page and its sum. Of the database: each
    page that is there, then those that make it longer.
    """
    journal = [1, 511, 512]
    for start in range(512, 512 + _GROWTH * _RECORD, _RECORD):
        journal += [start + 4, start + rng.randrange(5, _PAGE), start + 4 + _PAGE, start + _RECORD]
    pages = [
        at
        for start in range(0, size + _GROWTH * _PAGE, _PAGE)
        for at in (start, start + rng.randrange(1, _PAGE))
    ]
    return sorted({*journal, *pages} - {0})


def limits(model: Coffre, number: int, rng: random.Random) -> Counter[str]:
    """Refuse every byte after a limit, for so many limits or, if they are fewer, for all that `_edges` tells apart."""
    result: Counter[str] = Counter(refus=0, perdus=0)
    places = _edges(model.database.stat().st_size, rng)
    for count, limit in enumerate(sorted(rng.sample(places, min(number, len(places))))):
        coffre = _fresh(model, count)

        def refuse(limit: int = limit) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        pid, pipe = _child(coffre, 1, refuse)
        _, status = os.waitpid(pid, 0)
        told = _rest(pipe).decode().splitlines()
        result["refus"] += any(line.startswith("refus") for line in told)
        result["plantages"] += status != 0
        judge(coffre, told, result)
        shutil.rmtree(coffre.folder)
    return result


def _fresh(model: Coffre, number: int) -> Coffre:
    return model.copy_to(model.folder.with_name(f"coffre-{number}"))


if __name__ == "__main__":
    what, folder, key, amount, seed = sys.argv[1:]
    vault_id, dbk = key.split(":")
    coffre = Coffre(Path(folder), VaultKey(vault_id, bytes.fromhex(dbk), "passphrase"), "")
    warm = opened(_fresh(coffre, -1))  # what it imports is imported once, before the forks
    next(day(warm, coffre.folder.with_name("piece.pdf")))
    warm.coffre.lock()
    act = {"kills": kills, "limits": limits}[what]
    print(json.dumps(act(coffre, int(amount), random.Random(int(seed)))))
