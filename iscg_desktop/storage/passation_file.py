"""The file that carries dossiers to a successor: sealed under a passphrase of hers, opened by nothing else.

One line of JSON (format, version, cost of the key, salt, nonce), then the rows as compressed JSON under AES-256-GCM;
the line is bound to them, so that neither can be changed. What is compressed is a line of what is no row, then one for
each row: a worker writes and reads them one by one, so that the window goes on turning beside it.
"""

from __future__ import annotations

import io
import json
import os
import zlib
from collections.abc import Iterator
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from iscg_desktop.errors import UserError
from iscg_desktop.storage.kdf import KdfParameters, derive_from_passphrase

FORMAT: Final = "iscg-passation"
VERSION: Final = 1
_LONGEST_LINE: Final = 1_000
_LARGEST: Final = 2_000_000_000  # bytes, opened: some thousands of dossiers with their pièces


def seal(document: dict[str, Any], passphrase: str, kdf: KdfParameters) -> bytes:
    """The file. Slow on purpose.

    Raises:
        UserError: ``memoire_insuffisante``.
    """
    salt, nonce = os.urandom(16), os.urandom(12)
    line = json.dumps(
        {
            "format": FORMAT,
            "version": VERSION,
            "memoire_kib": kdf.memory_kib,
            "passes": kdf.time_cost,
            "voies": kdf.lanes,
            "sel": salt.hex(),
            "nonce": nonce.hex(),
        },
        sort_keys=True,
    ).encode()
    packed = zlib.compressobj()
    data = b"".join([*map(packed.compress, _lines(document)), packed.flush()])
    key = derive_from_passphrase(passphrase, salt, kdf)
    return line + b"\n" + AESGCM(key).encrypt(nonce, data, line)


def unseal(data: bytes, passphrase: str) -> dict[str, Any]:
    """What ``seal`` was given. Slow on purpose; costs out of bounds are refused before anything is allocated.

    Raises:
        UserError: ``passation_illisible``, ``passation_plus_recente``, ``passation_phrase``, ``memoire_insuffisante``.
    """
    line, found, sealed = data[: _LONGEST_LINE + 1].partition(b"\n")
    sealed = data[len(line) + 1 :]
    if not found:
        raise UserError("passation_illisible")
    try:
        head = json.loads(line)
        if head["format"] != FORMAT:
            raise ValueError("another format")
        if type(head["version"]) is int and head["version"] > VERSION:
            raise UserError("passation_plus_recente")
        kdf = KdfParameters(head["memoire_kib"], head["passes"], head["voies"])
        salt, nonce = bytes.fromhex(head["sel"]), bytes.fromhex(head["nonce"])
        if head["version"] != VERSION or (len(salt), len(nonce)) != (16, 12):
            raise ValueError("not a head")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UserError("passation_illisible") from None
    key = derive_from_passphrase(passphrase, salt, kdf)
    try:
        opened = zlib.decompressobj()
        text = opened.decompress(AESGCM(key).decrypt(nonce, sealed, line), _LARGEST)
    except InvalidTag:
        raise UserError("passation_phrase") from None
    lines = io.BytesIO(text)
    document: dict[str, Any] = json.loads(lines.readline())
    document["tables"] = {
        table: [lines.readline().decode().removesuffix("\n") for _ in range(count)]
        for table, count in document["tables"].items()
    }
    return document


def _lines(document: dict[str, Any]) -> Iterator[bytes]:
    """What is no row, with how many rows each table has; then the rows, table by table."""
    counts = {table: len(rows) for table, rows in document["tables"].items()}
    yield json.dumps(document | {"tables": counts}).encode() + b"\n"
    for rows in document["tables"].values():
        for row in rows:
            yield row.encode() + b"\n"
