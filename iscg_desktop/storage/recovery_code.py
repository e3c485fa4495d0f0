"""The recovery code: 140 random bits to copy by hand, in groups that find their own slips.

Seven groups of five characters, each of four random characters and a check character, all from
Crockford's base32 alphabet (no I, L, O, U). The check is computed in the field of 32 elements:

    check = number of the group + a·c1 + a²·c2 + a³·c3 + a⁴·c4

with `a` a generator of the field. Any wrong character changes the sum, since no weight is zero;
swapping two characters changes it, since no two weights are equal (the check's own weight is 1);
and a group copied in the place of another fails, since its number is part of the sum.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from iscg_desktop.errors import UserError

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS: Final = 7
GROUP_LENGTH: Final = 5
_LENGTH: Final = GROUPS * GROUP_LENGTH
_DATA_LENGTH: Final = GROUP_LENGTH - 1
_FIELD_POLYNOMIAL: Final = 0b100101  # x⁵ + x² + 1, primitive: x generates the field
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS: Final = "_.\N{MINUS SIGN}\N{MIDDLE DOT}"


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """A whole recovery code, known to be free of slips. Printing it by accident shows nothing.

    Attributes:
        groups: The seven groups of five characters, as shown and written down.
    """

    groups: tuple[str, ...] = field(repr=False)

    @classmethod
    def generate(cls) -> RecoveryCode:
        """A new code from the system's random source."""
        return cls(
            tuple(
                _with_check(number, "".join(secrets.choice(ALPHABET) for _ in range(_DATA_LENGTH)))
                for number in range(1, GROUPS + 1)
            )
        )

    @classmethod
    def parse(cls, typed: str) -> RecoveryCode:
        """Read a code as typed: any case, with or without spaces and dashes, O as 0, I and L as 1.

        Raises:
            UserError: ``code_secours_groupe`` (groupes: numbers of the groups to look at again, from 1),
                ``code_secours_longueur`` (attendu, recu: characters).
        """
        groups, separated = _split(typed)
        sheet = enumerate(groups[:GROUPS], start=1)
        wrong = [number for number, group in sheet if not _is_whole(number, group)]
        length = sum(map(len, groups))
        if length != _LENGTH and not separated:
            # One character more or less spoils every group after it: the first is the one to look at.
            # An unfinished last group says only that the end is missing, unless it is the seventh.
            wrong = [number for number in wrong[:1] if number < len(groups) or number == GROUPS]
        if wrong:
            raise UserError("code_secours_groupe", groupes=", ".join(map(str, wrong)))
        if length != _LENGTH:
            raise UserError("code_secours_longueur", attendu=_LENGTH, recu=length)
        return cls(tuple(groups))

    @property
    def text(self) -> str:
        """The code on one line, groups joined by hyphens."""
        return "-".join(self.groups)

    @property
    def secret(self) -> bytes:
        """The 140 random bits, without the check characters, in 18 bytes."""
        number = 0
        for group in self.groups:
            for character in group[:_DATA_LENGTH]:
                number = number << 5 | ALPHABET.index(character)
        return number.to_bytes(18, "big")

    def is_same(self, other: RecoveryCode) -> bool:
        """Whether both are the same code, in a time that says nothing about where they differ."""
        return hmac.compare_digest(self.secret, other.secret)


def _split(typed: str) -> tuple[list[str], bool]:
    """Groups of what was typed, and whether it is the separators that tell them apart."""
    text = unicodedata.normalize("NFKC", typed).upper().translate(_READ_AS)
    pieces = "".join(" " if _is_separator(character) else character for character in text).split()
    joined = "".join(pieces)
    if len(joined) != _LENGTH:
        groups = _merge_short(pieces)
        if len(groups) == GROUPS:
            return groups, True
    return [joined[start : start + GROUP_LENGTH] for start in range(0, len(joined), GROUP_LENGTH)], False


def _is_separator(character: str) -> bool:
    return unicodedata.category(character) == "Pd" or character in _SEPARATORS


def _merge_short(pieces: list[str]) -> list[str]:
    """Groups in which a dash or a space was typed for a character."""
    groups: list[str] = []
    current = ""
    for piece in pieces:
        current += piece
        if len(current) >= _DATA_LENGTH:
            groups.append(current)
            current = ""
    return [*groups, current] if current else groups


def _is_whole(number: int, group: str) -> bool:
    return (
        len(group) == GROUP_LENGTH
        and all(character in ALPHABET for character in group)
        and group == _with_check(number, group[:_DATA_LENGTH])
    )


def _with_check(number: int, data: str) -> str:
    check = number
    weight = 1
    for character in data:
        weight = _times_generator(weight)
        check ^= _product(weight, ALPHABET.index(character))
    return data + ALPHABET[check]


def _product(left: int, right: int) -> int:
    """Product in the field of 32 elements, where addition is `^`."""
    result = 0
    while right:
        if right & 1:
            result ^= left
        left = _times_generator(left)
        right >>= 1
    return result


def _times_generator(value: int) -> int:
    value <<= 1
    return value ^ _FIELD_POLYNOMIAL if value & 0b100000 else value
