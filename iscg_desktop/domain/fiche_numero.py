"""The number of a fiche, its check character, and the code printed as QR on its coupon."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import string
from dataclasses import dataclass

from iscg_desktop.errors import BugError, UserError

JETON_OCTETS = 8

# ISO/IEC 7064, MOD 37-2: pure system, radix 2, 36 characters and « * » as the 37th check character.
# Unlike MOD 37,36 of the same standard, it finds every swap of two neighbours (8 and 9 may escape the other).
_SYMBOLS = string.digits + string.ascii_uppercase + "*"
_MODULUS, _RADIX = 37, 2

# « * » is refused in file names by Windows.
_FILE_NAME = str.maketrans("*", "+")
_LAST = 9999

# The code begins with a letter: a number whose first character was left out is never another number.
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,5}")
# Three separators or none, no lone space beside a dash: a slip must not lengthen or shorten the code.
_DASH = r"[-\u2010-\u2015\u2212]"
_SEPARATOR = f"(?:{_DASH}| {_DASH} | )"
_PARTS = (r"([A-Z][A-Z0-9]{1,5})", r"(2[01][0-9]{2})", r"([0-9]{4})", r"([A-Z0-9*+])")
_NUMERO = (re.compile(_SEPARATOR.join(_PARTS)), re.compile("".join(_PARTS)))
_QR = "ISCG1"


@dataclass(frozen=True, slots=True, order=True)
class Numero:
    """Number of one fiche, ``<code of the intervenant>-AAAA-NNNN-<check character>``.

    The check character finds every wrong character and every swap of two neighbours.

    Attributes:
        code: Code of the intervenant: a letter, then one to five letters or figures.
        annee: Year of issue, 2000 to 2199.
        ordre: Rank in that year, from 1 to 9999.

    Raises:
        UserError: ``fiche_code_intervenant`` or ``fiche_numeros_epuises``.
    """

    code: str
    annee: int
    ordre: int

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise UserError("fiche_code_intervenant")
        if self.ordre > _LAST:
            raise UserError("fiche_numeros_epuises", annee=self.annee)
        if self.ordre < 1 or not 2000 <= self.annee <= 2199:
            raise BugError("rank or year of a fiche out of range")

    @property
    def cle(self) -> str:
        """Check character: a figure, a capital letter or « * »."""
        total = 0
        for character in f"{self.code}{self.annee:04}{self.ordre:04}":
            total = (total + _SYMBOLS.index(character)) * _RADIX % _MODULUS
        return _SYMBOLS[(1 - total) % _MODULUS]

    @property
    def nom_fichier(self) -> str:
        """The number as it may stand in a file name on every system."""
        return str(self).translate(_FILE_NAME)

    def __str__(self) -> str:
        return f"{self.code}-{self.annee:04}-{self.ordre:04}-{self.cle}"

    @classmethod
    def parse(cls, text: str) -> Numero:
        """Read a number as it is copied from a sheet: any case, dashes of any kind or none.

        Raises:
            UserError: ``fiche_numero_illisible``, or ``fiche_numero_cle`` when a character is wrong.
        """
        # str.upper turns « ß » and others into ASCII letters: a slip must not become a number.
        plain = " ".join(text.split())
        upper = plain.upper()
        match = _NUMERO[0].fullmatch(upper) or _NUMERO[1].fullmatch(upper)
        if match is None or len(upper) != len(plain) or match[3] == "0000":
            raise UserError("fiche_numero_illisible")
        numero = cls(match[1], int(match[2]), int(match[3]))
        if numero.cle != match[4].replace("+", "*"):
            raise UserError("fiche_numero_cle")
        return numero


def groupe_mal_ecrit(text: str) -> int | None:
    """Rank, from 1, of the first group of a typed number that cannot be one; None when no group stands out."""
    groups = [group for group in re.split(rf"{_DASH}|\s", text.strip().upper()) if group]
    if len(groups) != len(_PARTS):
        return None
    for rank, (group, shape) in enumerate(zip(groups, _PARTS, strict=True), 1):
        if not re.fullmatch(shape, group) or group == "0000":
            return rank
    return None


def groupe_different(text: str, known: Numero) -> int | None:
    """Rank of the one group in which a typed number differs from a known one; None when none or several do."""
    upper = " ".join(text.upper().split())
    match = _NUMERO[0].fullmatch(upper) or _NUMERO[1].fullmatch(upper)
    if match is None:
        return None
    written = (match[1], match[2], match[3], match[4].replace("+", "*"))
    right = (known.code, f"{known.annee:04}", f"{known.ordre:04}", known.cle)
    wrong = [rank for rank, (one, other) in enumerate(zip(written, right, strict=True), 1) if one != other]
    return wrong[0] if len(wrong) == 1 else None


def normaliser_code(text: str) -> str:
    """The code of an intervenant in capitals, checked.

    Raises:
        UserError: ``fiche_code_intervenant``.
    """
    code = text.strip().upper()
    if not _CODE.fullmatch(code):
        raise UserError("fiche_code_intervenant")
    return code


def texte_qr(numero: Numero, jeton: bytes) -> str:
    """What the QR code of the coupon says: the number and the random token, nothing else."""
    if len(jeton) != JETON_OCTETS:
        raise BugError("the token of a fiche has 8 bytes")
    return f"{_QR}:{numero}:{_base32(jeton)}"


def lire_qr(texte: str) -> tuple[Numero, bytes]:
    """Number and token of a scanned code.

    Raises:
        UserError: ``fiche_qr_illisible``.
    """
    parts = texte.strip().upper().split(":")
    try:
        prefix, written, token = parts
        numero = Numero.parse(written)
        jeton = base64.b32decode(token + "=" * (-len(token) % 8))
    except (ValueError, binascii.Error, UserError):
        raise UserError("fiche_qr_illisible") from None
    # One spelling only: the last character of the token carries a bit that must be zero.
    if prefix != _QR or len(jeton) != JETON_OCTETS or _base32(jeton) != token:
        raise UserError("fiche_qr_illisible")
    return numero, jeton


def verifier_qr(texte: str, numero: Numero, jeton: bytes) -> None:
    """Refuse a coupon that is not the one of this fiche.

    Raises:
        UserError: ``fiche_qr_illisible``, or ``fiche_qr_autre`` when number or token differ.
    """
    read_numero, read_jeton = lire_qr(texte)
    if read_numero != numero or not hmac.compare_digest(read_jeton, jeton):
        raise UserError("fiche_qr_autre")


def _base32(jeton: bytes) -> str:
    return base64.b32encode(jeton).decode("ascii").rstrip("=")
