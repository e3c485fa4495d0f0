"""The header of a coffre as bytes: what a copy holds, how it is sealed, when it is refused.

Three lines, in every version of the format:

    canonical JSON: format, version, sequence, vault id, database file, the two key slots
    HMAC-SHA256 of that line, under a key derived from the database key
    SHA-256 of the two lines before

The checksum finds damage before any passphrase is asked; the HMAC, which needs the key, finds a
header made or changed by someone who does not have it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from iscg_desktop.errors import IscgError
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.keys import (
    FORMAT,
    NONCE_LENGTH,
    SALT_LENGTH,
    VERSION,
    WRAPPED_LENGTH,
    PassphraseSlot,
    RecoverySlot,
    VaultKey,
    canonical_json,
)

MAX_LENGTH: Final = 16 * 1024
_MAX_SEQUENCE: Final = 2**53
_DIGEST = re.compile(rb"[0-9a-f]{64}")
_VAULT_ID = re.compile(r"[0-9a-f]{32}")
# A name and nothing else: a header can never point outside its own folder.
_DATABASE = re.compile(r"data-[0-9a-f]{32}\.db")


class DamagedHeader(IscgError):
    """These bytes are no header, or no longer."""


class NewerHeader(IscgError):
    """A whole header, of a version this program does not know."""


@dataclass(frozen=True, slots=True)
class Header:
    """Content of a header.

    Attributes:
        sequence: Counts the changes; of two copies the higher wins.
        vault_id: Identity of the coffre, 32 hexadecimal digits.
        database: File name of the database, in the same folder.
        passphrase: The key wrapped by the passphrase.
        recovery: The key wrapped by the recovery code.
    """

    sequence: int
    vault_id: str
    database: str
    passphrase: PassphraseSlot
    recovery: RecoverySlot


@dataclass(frozen=True, slots=True)
class SealedHeader:
    """A header read from its bytes: undamaged, but not yet known to be ours."""

    header: Header
    data: bytes

    def is_sealed_by(self, key: VaultKey) -> bool:
        """Whether the holder of `key` wrote it."""
        return hmac.compare_digest(self.data, seal(self.header, key))


def seal(header: Header, key: VaultKey) -> bytes:
    """Bytes of a header copy; the same header and key always give the same bytes."""
    payload = _payload(header)
    mac = hmac.new(key.derive("header"), payload, hashlib.sha256).hexdigest()
    sealed = payload + b"\n" + mac.encode() + b"\n"
    return sealed + hashlib.sha256(sealed).hexdigest().encode() + b"\n"


def read(data: bytes) -> SealedHeader:
    """Read a header copy; nothing is derived or allocated from it before every bound is checked.

    Raises:
        DamagedHeader: Anything but the exact bytes that `seal` writes.
        NewerHeader: Undamaged, of a later version.
    """
    payload = _unwrap(data)
    try:
        fields = json.loads(payload)
        if _is_newer(fields):
            raise NewerHeader
        header = _header(fields)
    except (ValueError, KeyError, TypeError, RecursionError):
        header = None
    if header is None or _payload(header) != payload:
        raise DamagedHeader
    return SealedHeader(header, data)


def _unwrap(data: bytes) -> bytes:
    """The first line, once the checksum says that all is as written."""
    lines = data.split(b"\n")
    if len(lines) != 4 or lines[3] or not _DIGEST.fullmatch(lines[1]):
        raise DamagedHeader
    checksum = hashlib.sha256(lines[0] + b"\n" + lines[1] + b"\n").hexdigest()
    if lines[2] != checksum.encode():
        raise DamagedHeader
    return lines[0]


def _is_newer(fields: Any) -> bool:
    return fields["format"] == FORMAT and type(fields["version"]) is int and fields["version"] > VERSION


def _payload(header: Header) -> bytes:
    passphrase, recovery = header.passphrase, header.recovery
    return canonical_json(
        {
            "format": FORMAT,
            "version": VERSION,
            "sequence": header.sequence,
            "vault": header.vault_id,
            "database": header.database,
            "passphrase": {
                "memory_kib": passphrase.kdf.memory_kib,
                "time_cost": passphrase.kdf.time_cost,
                "lanes": passphrase.kdf.lanes,
                "salt": passphrase.salt.hex(),
                "nonce": passphrase.nonce.hex(),
                "wrapped": passphrase.wrapped.hex(),
            },
            "recovery": {
                "salt": recovery.salt.hex(),
                "nonce": recovery.nonce.hex(),
                "wrapped": recovery.wrapped.hex(),
            },
        }
    )


def _header(fields: Mapping[str, Any]) -> Header:
    """The header that `fields` describes; what it leaves out or adds shows when it is written again."""
    passphrase, recovery = fields["passphrase"], fields["recovery"]
    kdf = KdfParameters(
        _whole(passphrase["memory_kib"]), _whole(passphrase["time_cost"]), _whole(passphrase["lanes"])
    )
    sequence = _whole(fields["sequence"])
    if not 1 <= sequence <= _MAX_SEQUENCE:
        raise ValueError
    return Header(
        sequence,
        _matching(_VAULT_ID, fields["vault"]),
        _matching(_DATABASE, fields["database"]),
        PassphraseSlot(kdf, *_slot_bytes(passphrase)),
        RecoverySlot(*_slot_bytes(recovery)),
    )


def _slot_bytes(slot: Mapping[str, Any]) -> tuple[bytes, bytes, bytes]:
    return (
        _bytes(slot["salt"], SALT_LENGTH),
        _bytes(slot["nonce"], NONCE_LENGTH),
        _bytes(slot["wrapped"], WRAPPED_LENGTH),
    )


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _matching(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise ValueError
    return value


def _bytes(value: str, length: int) -> bytes:
    decoded = bytes.fromhex(value)
    if len(decoded) != length:
        raise ValueError
    return decoded
