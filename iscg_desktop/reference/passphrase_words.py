"""Passphrases of French words drawn at random: the words, the draw and its strength.

Seven words out of 7 776 are worth 90 bits; CNIL, délibération 2022-100, case 1, asks for 80.
"""

from __future__ import annotations

import math
import secrets
from functools import cache
from pathlib import Path

from iscg_desktop.errors import BugError
from iscg_desktop.paths import resources

WORD_COUNT = 7776
DEFAULT_LENGTH = 7


@cache
def words() -> tuple[str, ...]:
    """The shipped words, sorted.

    Raises:
        BugError: The file is damaged; see ``read_words``.
    """
    return read_words(resources() / "phrases" / "mots.txt")


def read_words(path: Path) -> tuple[str, ...]:
    """The words of a file, one a line, checked: the strength announced rests on their number.

    Raises:
        BugError: They are not 7 776 different words of a to z.
    """
    lines = path.read_text("utf-8").splitlines()
    if len(lines) != WORD_COUNT or len(set(lines)) != WORD_COUNT:
        raise BugError(f"{path.name}: {len(set(lines))} different words in {len(lines)} lines")
    if not all(word.isascii() and word.isalpha() and word.islower() for word in lines):
        raise BugError(f"{path.name}: a word holds more than a to z")
    return tuple(lines)


def generate(count: int = DEFAULT_LENGTH) -> str:
    """A new passphrase: words drawn by the system's random source, with repetition, joined by spaces.

    Args:
        count: How many words, at least 1.
    """
    if count < 1:
        raise ValueError(count)
    return " ".join(secrets.choice(words()) for _ in range(count))


def entropy_bits(count: int = DEFAULT_LENGTH) -> float:
    """Bits that a thief who knows this list has to guess for a phrase of ``count`` words."""
    return count * math.log2(WORD_COUNT)
