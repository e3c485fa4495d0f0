"""From a passphrase to a key: Argon2id, its bounds, and how hard this machine can afford it."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw

from iscg_desktop.errors import UserError

_MIB: Final = 1024
_MEMORY: Final = (64 * _MIB, 1024 * _MIB)
_TIME: Final = (3, 64)
_LANES: Final = (4, 16)
_WORK: Final = 8 * 1024 * _MIB  # memory times passes: some seconds on a slow laptop, never minutes
_CALIBRATED_MEMORY: Final = 256 * _MIB  # beyond, a laptop with 4 GB of memory would swap


@dataclass(frozen=True, slots=True)
class KdfParameters:
    """Cost of Argon2id. Values out of bounds cannot exist, so none is ever allocated for.

    The floor, which is the default, is the second recommended option of RFC 9106, section 4.

    Attributes:
        memory_kib: Memory in KiB, 64 MiB to 1 GiB.
        time_cost: Passes over that memory, 3 to 64; together at most 8 GiB.
        lanes: Threads, 4 to 16.

    Raises:
        ValueError: Out of bounds.
    """

    memory_kib: int = _MEMORY[0]
    time_cost: int = _TIME[0]
    lanes: int = _LANES[0]

    def __post_init__(self) -> None:
        for value, (low, high) in (
            (self.memory_kib, _MEMORY),
            (self.time_cost, _TIME),
            (self.lanes, _LANES),
        ):
            if not low <= value <= high:
                raise ValueError("KDF parameter out of bounds")
        if self.memory_kib * self.time_cost > _WORK:
            raise ValueError("KDF work out of bounds")

    @classmethod
    def floor(cls) -> KdfParameters:
        """The cheapest cost allowed: about 0.1 s."""
        return cls()


def derive_from_passphrase(passphrase: str, salt: bytes, parameters: KdfParameters) -> bytes:
    """32-byte key of `passphrase`, however its accents were typed (NFKC). Slow on purpose.

    Raises:
        UserError: ``memoire_insuffisante``.
    """
    typed = unicodedata.normalize("NFKC", passphrase)
    try:
        return hash_secret_raw(
            # An unpaired surrogate can be pasted; refusing it here would quote the passphrase.
            typed.encode("utf-8", "surrogatepass"),
            salt,
            time_cost=parameters.time_cost,
            memory_cost=parameters.memory_kib,
            parallelism=parameters.lanes,
            hash_len=32,
            type=Type.ID,
        )
    except (HashingError, MemoryError):
        failure = UserError("memoire_insuffisante")
    raise failure


def measure_seconds(parameters: KdfParameters) -> float:
    """Seconds that one derivation takes on this machine, now."""
    start = time.perf_counter()
    derive_from_passphrase("mesure", bytes(16), parameters)
    return time.perf_counter() - start


def calibrate(
    target_seconds: float = 1.0, *, measure: Callable[[KdfParameters], float] = measure_seconds
) -> KdfParameters:
    """Cost that takes about `target_seconds` on this machine, never below the floor.

    Memory is raised first, it is what a thief's graphics card lacks, then the number of passes.
    """
    floor = KdfParameters.floor()
    affordable = target_seconds / max(measure(floor), 1e-6)
    memory = floor.memory_kib
    while affordable >= 2 and memory * 2 <= _CALIBRATED_MEMORY:
        memory *= 2
        affordable /= 2
    passes = min(int(floor.time_cost * affordable), _TIME[1], _WORK // memory)
    return KdfParameters(memory, max(passes, floor.time_cost), floor.lanes)
