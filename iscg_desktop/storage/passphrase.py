"""Passphrases: drawn from a list of words, or chosen and then weighed as a thief would."""

from __future__ import annotations

import hashlib
import math
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from zxcvbn import zxcvbn

from iscg_desktop.errors import BugError, UserError
from iscg_desktop.paths import resources

WORDS_DRAWN: Final = 7
LIST_LENGTH: Final = 7776  # 6 to the power 5: with dice too, each word brings 12.9 bits
MINIMUM_LENGTH: Final = 15
STRONG_BITS: Final = 80.0
"""What withstands a thief who guesses at leisure (CNIL, délibération 2022-100, first case)."""
_REFUSED_BELOW_BITS: Final = 40.0
_WEIGHED_LENGTH: Final = 72  # the library takes no more, and no more is needed


@dataclass(frozen=True, slots=True)
class Strength:
    """How a chosen passphrase stands against guessing.

    Attributes:
        bits: Estimated logarithm, in base 2, of the number of guesses needed.
    """

    bits: float

    @property
    def is_strong(self) -> bool:
        """Whether a thief who guesses at leisure fails."""
        return self.bits >= STRONG_BITS


@cache
def words() -> tuple[str, ...]:
    """The words that passphrases are drawn from, shipped with the program.

    Raises:
        BugError: The list is not the one it should be, so that phrases would be weaker than said.
    """
    listed = (resources() / "phrases" / "mots.txt").read_text(encoding="ascii").split()
    if len(set(listed)) != LIST_LENGTH:
        raise BugError("the list of words is damaged")
    return tuple(listed)


def generate() -> str:
    """A passphrase of seven words drawn by the system's random source: 90 bits."""
    return " ".join(secrets.choice(words()) for _ in range(WORDS_DRAWN))


def strength(passphrase: str) -> Strength:
    """Estimate of what guessing `passphrase` costs; accents and case are taken to bring nothing."""
    plain = _without_accents(passphrase).casefold()[:_WEIGHED_LENGTH]
    if not plain:
        return Strength(0.0)
    bits = math.log2(float(zxcvbn(plain, user_inputs=list(_words_by_rank()))["guesses"]))
    drawn = plain.split()
    if set(drawn) <= set(words()):
        # Whoever knows the list guesses no more than this, however long the words are.
        bits = min(bits, len(drawn) * math.log2(LIST_LENGTH))
    return Strength(bits)


def require_acceptable(passphrase: str) -> Strength:
    """Strength of a passphrase chosen for a coffre, if it can be accepted.

    Raises:
        UserError: ``phrase_trop_courte`` (minimum: characters), ``phrase_trop_simple``.
    """
    if len(unicodedata.normalize("NFKC", passphrase)) < MINIMUM_LENGTH:
        raise UserError("phrase_trop_courte", minimum=MINIMUM_LENGTH)
    found = strength(passphrase)
    if found.bits < _REFUSED_BELOW_BITS:
        raise UserError("phrase_trop_simple")
    return found


@cache
def _words_by_rank() -> tuple[str, ...]:
    """The words in an order that favours none: the estimate takes a word's place for its rarity."""
    return tuple(sorted(words(), key=lambda word: hashlib.sha256(word.encode()).digest()))


def _without_accents(text: str) -> str:
    return "".join(
        character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character)
    )
