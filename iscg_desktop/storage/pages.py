"""Pages of a damaged database read and written by hand, where SQLite would not even open the file.

The format is that of SQLCipher 4: of each page of 4 096 bytes, the last 80 hold its initialisation vector and the
HMAC-SHA512 of what precedes, with the number of the page; the first 16 bytes of the file are the salt of the key of
that HMAC, and stay as they are (https://www.zetetic.net/sqlcipher/design/).
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

SIZE: Final = 4096
SALT: Final = 16
_VECTOR, _MAC = 16, 64
USED: Final = SIZE - _VECTOR - _MAC
"""Bytes of a page that are the database's own."""

_MASK: Final = 0x3A
_ROUNDS: Final = 2
_PLAIN_START: Final = b"SQLite format 3\0"


class PageCipher:
    """Opens and closes pages.

    Args:
        dbk: Key of the database.
        salt: The first bytes of the file.
    """

    def __init__(self, dbk: bytes, salt: bytes) -> None:
        self._dbk, self.salt = dbk, salt
        masked = bytes(each ^ _MASK for each in salt)
        self._mac_key = hashlib.pbkdf2_hmac("sha512", dbk, masked, _ROUNDS, len(dbk))

    def is_authentic(self, number: int, data: bytes) -> bool:
        """Whether a page is as it was written, and in its place.

        Args:
            number: Of the page, from 1.
            data: `SIZE` bytes as they lie in the file.
        """
        return hmac.compare_digest(data[-_MAC:], self._mac(number, data))

    def read(self, number: int, data: bytes) -> bytes:
        """What a page says, authentic or not: `USED` bytes."""
        start = SALT if number == 1 else 0
        vector = data[USED : USED + _VECTOR]
        opener = Cipher(algorithms.AES(self._dbk), modes.CBC(vector)).decryptor()
        plain = opener.update(data[start:USED]) + opener.finalize()
        return _PLAIN_START + plain if number == 1 else plain

    def write(self, number: int, plain: bytes) -> bytes:
        """A page that says `plain`, as it lies in the file."""
        start = SALT if number == 1 else 0
        vector = os.urandom(_VECTOR)
        closer = Cipher(algorithms.AES(self._dbk), modes.CBC(vector)).encryptor()
        data = self.salt[:start] + closer.update(plain[start:]) + closer.finalize() + vector + bytes(_MAC)
        return data[:-_MAC] + self._mac(number, data)

    def _mac(self, number: int, data: bytes) -> bytes:
        start = SALT if number == 1 else 0
        told = data[start:-_MAC] + number.to_bytes(4, "little")
        return hmac.new(self._mac_key, told, hashlib.sha512).digest()
