"""A backup as a file: the pages of the database, then one block that holds the header of the coffre and seals all.

The block is the last 4 096 bytes, three lines and spaces:

    canonical JSON: format, version, the coffre's own header, when it was made, size and SHA-256 of the database
    HMAC-SHA256 of that line, under a key derived from the database key
    SHA-256 of the two lines before

The database comes first so that SQLite reads it where it lies, and the backup is verified without a copy of it.
The checksum finds damage before any passphrase is asked; the HMAC finds a block, or a database, put together by
someone who does not have the key.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from iscg_desktop.errors import UserError
from iscg_desktop.storage import header
from iscg_desktop.storage.header import DamagedHeader, NewerHeader, SealedHeader
from iscg_desktop.storage.keys import VaultKey, canonical_json

SUFFIX: Final = ".coffre"
FORMAT: Final = "iscg-sauvegarde"
VERSION: Final = 1
BLOCK: Final = 4096
_PAGE: Final = 4096
_STAMP: Final = "%Y-%m-%dT%H:%M:%SZ"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_KEY_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class BackupBlock:
    """What the last block of a backup says.

    Attributes:
        coffre: The header of the coffre, as it was then; its slots open this backup.
        key_id: Which database key encrypts it; not a secret.
        made_at: When it was made (UTC).
        size: Bytes of the database.
        sha256: Digest of these bytes, in hexadecimal.
    """

    coffre: SealedHeader
    key_id: str
    made_at: datetime
    size: int
    sha256: str

    def is_sealed_by(self, key: VaultKey, data: bytes) -> bool:
        """Whether the holder of `key` wrote the block `data`."""
        return self.coffre.is_sealed_by(key) and hmac.compare_digest(data, seal(self, key))


def key_id(key: VaultKey) -> str:
    """Name of a database key, that tells nothing about it."""
    return key.derive("nom de la cle")[:8].hex()


def seal(block: BackupBlock, key: VaultKey) -> bytes:
    """The bytes of a block."""
    payload = _payload(block)
    mac = hmac.new(key.derive("sauvegarde"), payload, hashlib.sha256).hexdigest()
    sealed = payload + b"\n" + mac.encode() + b"\n"
    text = sealed + hashlib.sha256(sealed).hexdigest().encode() + b"\n"
    return text.ljust(BLOCK, b" ")


def read_block(path: Path) -> tuple[BackupBlock, bytes]:
    """The block of the backup `path` and its bytes; the file is only read.

    Raises:
        UserError: ``sauvegarde_illisible``, ``sauvegarde_plus_recente``, ``sauvegarde_absente``,
            ``sauvegarde_refusee``.
    """
    size, data = _tail(path)
    try:
        block = _parse(data)
    except NewerHeader:
        failure = UserError("sauvegarde_plus_recente")
    except (DamagedHeader, ValueError, KeyError, TypeError, RecursionError):
        failure = UserError("sauvegarde_illisible")
    else:
        if size == block.size + BLOCK:
            return block, data
        failure = UserError("sauvegarde_abimee")
    raise failure


def digest(path: Path, size: int) -> str:
    """SHA-256 of the first `size` bytes of a file, in hexadecimal.

    Raises:
        OSError: The disk cannot give them.
    """
    found = hashlib.sha256()
    with path.open("rb") as file:
        while size and (piece := file.read(min(size, 1 << 20))):
            found.update(piece)
            size -= len(piece)
    return found.hexdigest()


def _tail(path: Path) -> tuple[int, bytes]:
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - BLOCK))
            return size, file.read(BLOCK)
    except FileNotFoundError:
        failure = UserError("sauvegarde_absente")
    except OSError:
        failure = UserError("sauvegarde_refusee")
    raise failure


def _parse(data: bytes) -> BackupBlock:
    payload, mac, checksum, rest = data.split(b"\n")
    if hashlib.sha256(payload + b"\n" + mac + b"\n").hexdigest().encode() != checksum or rest.strip(b" "):
        raise DamagedHeader
    fields = json.loads(payload)
    if fields["format"] == FORMAT and type(fields["version"]) is int and fields["version"] > VERSION:
        raise NewerHeader
    block = _block(fields)
    if _payload(block) != payload or len(data) != BLOCK:
        raise DamagedHeader
    return block


def _payload(block: BackupBlock) -> bytes:
    return canonical_json(
        {
            "format": FORMAT,
            "version": VERSION,
            "coffre": block.coffre.data.decode("ascii"),
            "key": block.key_id,
            "made_at": block.made_at.astimezone(UTC).strftime(_STAMP),
            "size": block.size,
            "sha256": block.sha256,
        }
    )


def _block(fields: Any) -> BackupBlock:
    """The block that `fields` describes; what it leaves out or adds shows when it is written again."""
    size = fields["size"]
    if type(size) is not int or size < _PAGE or size % _PAGE:
        raise ValueError
    for name, pattern in (("sha256", _DIGEST), ("key", _KEY_ID)):
        if not pattern.fullmatch(fields[name]):
            raise ValueError
    return BackupBlock(
        header.read(fields["coffre"].encode("ascii")),
        fields["key"],
        datetime.strptime(fields["made_at"], _STAMP).replace(tzinfo=UTC),
        size,
        fields["sha256"],
    )
