"""Passphrases: drawn from a list of words, or chosen and then weighed as a thief would."""

from __future__ import annotations

import hashlib
import math
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from iscg_desktop.errors import UserError
from iscg_desktop.reference import passphrase_words

SHORTEST_PASSPHRASE: Final = 15
"""Characters of a chosen passphrase, at least: a thief guesses offline."""

NEEDED_BITS: Final = 80
"""What withstands a thief who guesses at leisure (CNIL, délibération 2022-100, case 1)."""

_WEIGHED_LENGTH: Final = 72  # zxcvbn takes no more, and no more is needed


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a passphrase is to guess.

    Attributes:
        bits: Base-2 logarithm of the guesses needed, rounded down; an estimate that knows no French grammar.
        enough: Whether it may protect a coffre.
    """

    bits: int
    enough: bool


def generate_passphrase() -> str:
    """Seven French words drawn out of 7 776 by the system's random source: 90 bits."""
    return passphrase_words.generate()


def strength(passphrase: str) -> Strength:
    """Estimate of what guessing a passphrase costs; accents and case are taken to bring nothing."""
    plain = _plain(passphrase)[:_WEIGHED_LENGTH]
    if not plain:
        return Strength(0, enough=False)
    from zxcvbn import zxcvbn  # its word lists would slow down every start

    bits = math.log2(float(zxcvbn(plain, user_inputs=list(_words_by_rank()))["guesses"]))
    drawn = plain.split()
    if set(drawn) <= set(passphrase_words.words()):
        # Whoever knows the list guesses no more than this, however long the words are.
        bits = min(bits, passphrase_words.entropy_bits(len(drawn)))
    long_enough = len(unicodedata.normalize("NFKC", passphrase)) >= SHORTEST_PASSPHRASE
    return Strength(math.floor(bits), enough=long_enough and bits >= NEEDED_BITS)


def require_strong(passphrase: str) -> None:
    """Refuse what may not protect a coffre.

    Raises:
        UserError: ``phrase_de_passe_faible``.
    """
    if not strength(passphrase).enough:
        raise UserError("phrase_de_passe_faible", minimum=SHORTEST_PASSPHRASE)


@cache
def _words_by_rank() -> tuple[str, ...]:
    """The words in an order that favours none: the estimate takes a word's place for its rarity."""
    return tuple(sorted(passphrase_words.words(), key=lambda word: hashlib.sha256(word.encode()).digest()))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
