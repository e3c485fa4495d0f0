"""The pages of a coffre as they are once decrypted, free ones and slack included: where erased words would hide.

The layout of a page is that of SQLCipher 4: AES-256-CBC, then its 16 bytes of IV and 64 of HMAC; the first 16 bytes of
the first page are the salt. With a raw key the key is that of the pages.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

_PAGE, _RESERVE, _SALT = 4096, 80, 16


def decrypted(database: Path, key: bytes) -> bytes:
    """Every page of a closed database, one after the other."""
    data = database.read_bytes()
    return b"".join(_page(data[at : at + _PAGE], key, first=at == 0) for at in range(0, len(data), _PAGE))


def _page(page: bytes, key: bytes, *, first: bool) -> bytes:
    iv = page[-_RESERVE : -_RESERVE + 16]
    decryptor = Cipher(AES256(key), CBC(iv)).decryptor()
    return decryptor.update(page[_SALT if first else 0 : -_RESERVE]) + decryptor.finalize()


def writings(word: str) -> tuple[bytes, ...]:
    """The ways in which a word may stand in a page."""
    lower = word.lower()
    return tuple(
        form
        for each in (word, lower, word.upper())
        for form in (
            each.encode(),
            each.encode("utf-16-le"),
            each.encode().hex().encode(),
            zlib.compress(each.encode())[2:-4],
        )
    )
