"""The lock ends the process: the one that takes its place asks for the passphrase and never knew anything."""

from __future__ import annotations

import os
import secrets
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import memoire
from tests.coffres import PASSPHRASE, Coffre
from tests.fenetre import Ecran
from tests.vie import closed_coffre

pytestmark = [pytest.mark.fenetre, pytest.mark.timeout(120)]

CANARY = "Quentin Pourquery-Delamarre"
MARK = "ISCG_ESSAI"


@contextmanager
def program_with_words(ecran: Ecran, coffre: Path, mark: str) -> Iterator[subprocess.Popen[str]]:
    """The program, unlocked, an entretien half-typed in it; every process it starts bears the mark."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.verrou", str(coffre), CANARY],
        env=ecran.environment | {MARK: mark},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdin is not None
    assert program.stdout is not None
    try:
        assert program.stdout.readline() == "prêt\n"
        yield program
    finally:
        program.kill()
        for pid in memoire.processes_with(MARK, mark):
            os.kill(pid, signal.SIGKILL)
        program.stdin.close()
        program.stdout.close()
        program.wait()


def tell(program: subprocess.Popen[str], order: str) -> float:
    """Have a key pressed; the moment it was."""
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(order + "\n")
    program.stdin.flush()
    return float(program.stdout.readline())


def needles(coffre: Coffre) -> dict[str, bytes]:
    """Whatever would betray her: the words, the passphrase, the key, in every shape."""
    found = {f"words, {name}": shape for name, shape in memoire.shapes_of_text(CANARY).items()}
    found |= {f"phrase, {name}": shape for name, shape in memoire.shapes_of_text(PASSPHRASE).items()}
    return found | {f"key, {name}": shape for name, shape in memoire.shapes_of_key(coffre.key.dbk).items()}


@pytest.mark.exigence("S39")
def test_no_process_that_is_left_holds_words_phrase_or_key(
    ecran: Ecran, tmp_path: Path, chiffre: Callable[[str], None]
) -> None:
    memoire.require_readable()
    coffre = closed_coffre(tmp_path)
    sought, mark = needles(coffre), secrets.token_hex(8)
    with program_with_words(ecran, coffre.folder, mark) as program:
        before = set().union(*(memoire.found_in(pid, sought) for pid in memoire.processes_with(MARK, mark)))
        assert {each.partition(",")[0] for each in before} == {"words", "phrase", "key"}
        tell(program, "verrouiller")
        wait_for_the_gate(ecran, program)
        alive = memoire.processes_with(MARK, mark)
        assert alive == {
            program.pid
        }  # the next program stands in its place: who waits for it goes on waiting
        for pid in alive:
            assert memoire.found_in(pid, sought) == set()
    chiffre(f"{len(before)} traces avant le verrou, 0 après, {len(alive)} processus lu")


def wait_for_the_gate(ecran: Ecran, program: subprocess.Popen[str]) -> None:
    """Until the screen was emptied and shows something again."""
    for shown in (ecran.is_empty, lambda: not ecran.is_empty()):
        end = time.monotonic() + 30
        while not shown():
            assert time.monotonic() < end
            select.select([program.stdout], [], [], 0.005)  # nobody tells when a screen changes
