"""From a key to an empty screen, and to the passphrase field, in a real window (`-m campagne -s`)."""

from __future__ import annotations

import secrets
import select
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.measures import within
from tests.fenetre import Ecran
from tests.ui.test_lock_process import program_with_words, tell
from tests.vie import closed_coffre

pytestmark = [pytest.mark.campagne, pytest.mark.fenetre, pytest.mark.timeout(600)]

_AT_ONCE, _FIELD = 0.1, 1.0  # seconds
_RUNS = 5


def _when(happened: Callable[[], bool]) -> float:
    """Moment at which the screen is so, to some milliseconds: the program must have a core for itself."""
    end = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < end
        select.select([], [], [], 0.002)
    return time.monotonic()


@pytest.mark.exigence("S39")
def test_the_lock_empties_the_screen_at_once_and_asks_for_the_passphrase_within_a_second(
    ecran: Ecran, tmp_path: Path, chiffre: Callable[[str], None]
) -> None:
    empties, fields = [], []
    for run in range(_RUNS):
        coffre = closed_coffre(tmp_path / str(run))
        with program_with_words(ecran, coffre.folder, secrets.token_hex(8)) as program:
            pressed = tell(program, "verrouiller")
            empties.append(_when(ecran.is_empty) - pressed)
            fields.append(_when(lambda: not ecran.is_empty()) - pressed)
    chiffre(f"écran vide en {min(empties) * 1000:.0f} ms, phrase demandée en {min(fields) * 1000:.0f} ms")
    within("Ctrl+L to an empty screen", min(empties), _AT_ONCE)
    within("Ctrl+L to the passphrase field", min(fields), _FIELD)


@pytest.mark.exigence("S40", "S37")
@pytest.mark.parametrize("key", ["voiler", "discret"])
def test_a_key_hides_at_once(ecran: Ecran, tmp_path: Path, chiffre: Callable[[str], None], key: str) -> None:
    """Until the veil stands in the place of the window, or its words are blanked."""
    taken = []
    for run in range(_RUNS):
        coffre = closed_coffre(tmp_path / str(run))
        with program_with_words(ecran, coffre.folder, secrets.token_hex(8)) as program:
            pressed = tell(program, key)
            assert program.stdout is not None
            taken.append(float(program.stdout.readline()) - pressed)
    chiffre(f"{'voile' if key == 'voiler' else 'mode discret'} en {min(taken) * 1000:.0f} ms")
    within(key, min(taken), _AT_ONCE)
