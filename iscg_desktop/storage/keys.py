"""The key of the coffre and its two slots: wrapped by the passphrase, and by the recovery code."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from iscg_desktop.errors import UserError
from iscg_desktop.storage.kdf import KdfParameters, derive_from_passphrase
from iscg_desktop.storage.recovery_code import RecoveryCode

FORMAT: Final = "iscg-coffre"
VERSION: Final = 1
KEY_LENGTH: Final = 32
SALT_LENGTH: Final = 16
NONCE_LENGTH: Final = 12
WRAPPED_LENGTH: Final = KEY_LENGTH + 16

SlotName = Literal["passphrase", "recovery"]


@dataclass(frozen=True, slots=True)
class VaultKey:
    """What opens a coffre: the random key of its database. Its representation hides the key.

    Attributes:
        vault_id: Identity of the coffre, 32 hexadecimal digits; not a secret.
        dbk: The database key, 32 bytes.
        opened_with: The slot that gave it.
    """

    vault_id: str
    dbk: bytes = field(repr=False)
    opened_with: SlotName

    @classmethod
    def generate(cls) -> VaultKey:
        """Key and identity of a new coffre."""
        return cls(os.urandom(16).hex(), os.urandom(KEY_LENGTH), "passphrase")

    def derive(self, purpose: str) -> bytes:
        """A 32-byte key for one purpose; two purposes give unrelated keys (HKDF-SHA256)."""
        return _hkdf(self.dbk, salt=bytes.fromhex(self.vault_id), info=f"{FORMAT} {purpose}")


@dataclass(frozen=True, slots=True)
class PassphraseSlot:
    """The database key, wrapped by a passphrase."""

    kdf: KdfParameters
    salt: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class RecoverySlot:
    """The database key, wrapped by the recovery code."""

    salt: bytes
    nonce: bytes
    wrapped: bytes


def wrap_passphrase(key: VaultKey, passphrase: str, kdf: KdfParameters) -> PassphraseSlot:
    """Slot that `passphrase` opens, with a new salt. Slow on purpose.

    Raises:
        UserError: ``memoire_insuffisante``.
    """
    salt, nonce = os.urandom(SALT_LENGTH), os.urandom(NONCE_LENGTH)
    wrapping = derive_from_passphrase(passphrase, salt, kdf)
    bound = _passphrase_context(key.vault_id, kdf, salt)
    return PassphraseSlot(kdf, salt, nonce, AESGCM(wrapping).encrypt(nonce, key.dbk, bound))


def unwrap_passphrase(vault_id: str, slot: PassphraseSlot, passphrase: str) -> VaultKey:
    """Open the passphrase slot. Slow on purpose.

    Raises:
        UserError: ``phrase_de_passe_incorrecte``, ``memoire_insuffisante``.
    """
    wrapping = derive_from_passphrase(passphrase, slot.salt, slot.kdf)
    bound = _passphrase_context(vault_id, slot.kdf, slot.salt)
    try:
        dbk = AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, bound)
    except InvalidTag:
        failure = UserError("phrase_de_passe_incorrecte")
    else:
        return VaultKey(vault_id, dbk, "passphrase")
    raise failure


def wrap_recovery(key: VaultKey, code: RecoveryCode) -> RecoverySlot:
    """Slot that `code` opens, with a new salt."""
    salt, nonce = os.urandom(SALT_LENGTH), os.urandom(NONCE_LENGTH)
    wrapping = _recovery_wrapping(code, salt)
    return RecoverySlot(
        salt, nonce, AESGCM(wrapping).encrypt(nonce, key.dbk, _recovery_context(key.vault_id, salt))
    )


def unwrap_recovery(vault_id: str, slot: RecoverySlot, code: RecoveryCode) -> VaultKey:
    """Open the recovery slot.

    Raises:
        UserError: ``code_secours_incorrect``.
    """
    wrapping = _recovery_wrapping(code, slot.salt)
    try:
        dbk = AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, _recovery_context(vault_id, slot.salt))
    except InvalidTag:
        failure = UserError("code_secours_incorrect")
    else:
        return VaultKey(vault_id, dbk, "recovery")
    raise failure


def canonical_json(value: object) -> bytes:
    """The one way of writing `value`: sorted keys, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def _passphrase_context(vault_id: str, kdf: KdfParameters, salt: bytes) -> bytes:
    return _context(
        "passphrase",
        vault_id,
        name="argon2id",
        memory_kib=kdf.memory_kib,
        time_cost=kdf.time_cost,
        lanes=kdf.lanes,
        salt=salt.hex(),
    )


def _recovery_context(vault_id: str, salt: bytes) -> bytes:
    return _context("recovery", vault_id, name="hkdf-sha256", salt=salt.hex())


def _context(slot: SlotName, vault_id: str, **kdf: object) -> bytes:
    """What a slot is bound to (associated data): moved to another coffre or weakened, it does not open."""
    return canonical_json({"format": FORMAT, "version": VERSION, "vault": vault_id, "slot": slot, "kdf": kdf})


def _recovery_wrapping(code: RecoveryCode, salt: bytes) -> bytes:
    return _hkdf(code.secret, salt=salt, info=f"{FORMAT} recovery slot")


def _hkdf(secret: bytes, *, salt: bytes, info: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=salt, info=info.encode()).derive(secret)
