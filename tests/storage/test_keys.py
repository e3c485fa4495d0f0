"""The two slots open with what closed them, and with nothing else."""

from __future__ import annotations

import json
import traceback
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.errors import UserError
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.keys import (
    PassphraseSlot,
    RecoverySlot,
    VaultKey,
    unwrap_passphrase,
    unwrap_recovery,
    wrap_passphrase,
    wrap_recovery,
)
from iscg_desktop.storage.recovery_code import RecoveryCode

KEY = VaultKey("ab" * 16, bytes(range(32)), "passphrase")
CODE = RecoveryCode.generate()
PASSPHRASE = "l’été à la mer, \N{NUMERO SIGN} 7"


@pytest.fixture(scope="module")
def slot() -> PassphraseSlot:
    return wrap_passphrase(KEY, PASSPHRASE, KdfParameters.floor())


@pytest.fixture(scope="module")
def recovery() -> RecoverySlot:
    return wrap_recovery(KEY, CODE)


def _flipped(data: bytes, bit: int = 0) -> bytes:
    return bytes([data[0] ^ (1 << bit)]) + data[1:]


def _refuses_passphrase(vault_id: str, slot: PassphraseSlot, passphrase: str = PASSPHRASE) -> bool:
    with pytest.raises(UserError) as refused:
        unwrap_passphrase(vault_id, slot, passphrase)
    return refused.value.code == "phrase_de_passe_incorrecte"


def _refuses_code(vault_id: str, slot: RecoverySlot, code: RecoveryCode = CODE) -> bool:
    with pytest.raises(UserError) as refused:
        unwrap_recovery(vault_id, slot, code)
    return refused.value.code == "code_secours_incorrect"


def test_the_passphrase_gives_the_key(slot: PassphraseSlot) -> None:
    assert unwrap_passphrase(KEY.vault_id, slot, PASSPHRASE) == KEY


def test_the_recovery_code_gives_the_key(recovery: RecoverySlot) -> None:
    assert unwrap_recovery(KEY.vault_id, recovery, CODE) == replace(KEY, opened_with="recovery")


def test_the_format_of_the_passphrase_slot_is_the_one_specified(slot: PassphraseSlot) -> None:
    """Argon2id, AES-256-GCM, and vault id, slot, version and all KDF parameters as associated data."""
    argon = Argon2id(salt=slot.salt, length=32, iterations=3, lanes=4, memory_cost=65536)
    bound = {
        "format": "iscg-coffre",
        "version": 1,
        "vault": KEY.vault_id,
        "slot": "passphrase",
        "kdf": {
            "name": "argon2id", "memory_kib": 65536, "time_cost": 3, "lanes": 4, "salt": slot.salt.hex(),
        },
    }  # fmt: skip
    associated = json.dumps(bound, sort_keys=True, separators=(",", ":")).encode()
    wrapping = argon.derive("l’été à la mer, No 7".encode())
    assert AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, associated) == KEY.dbk
    assert (len(slot.salt), len(slot.nonce)) == (16, 12)


def test_the_format_of_the_recovery_slot_is_the_one_specified(recovery: RecoverySlot) -> None:
    derivation = HKDF(SHA256(), length=32, salt=recovery.salt, info=b"iscg-coffre recovery slot")
    bound = {
        "format": "iscg-coffre",
        "version": 1,
        "vault": KEY.vault_id,
        "slot": "recovery",
        "kdf": {"name": "hkdf-sha256", "salt": recovery.salt.hex()},
    }
    associated = json.dumps(bound, sort_keys=True, separators=(",", ":")).encode()
    wrapping = derivation.derive(CODE.secret)
    assert AESGCM(wrapping).decrypt(recovery.nonce, recovery.wrapped, associated) == KEY.dbk


def test_a_slot_moved_to_another_coffre_does_not_open(slot: PassphraseSlot, recovery: RecoverySlot) -> None:
    assert _refuses_passphrase("cd" * 16, slot)
    assert _refuses_code("cd" * 16, recovery)


def test_a_slot_changed_anywhere_does_not_open(slot: PassphraseSlot) -> None:
    assert _refuses_passphrase(KEY.vault_id, replace(slot, salt=_flipped(slot.salt)))
    assert _refuses_passphrase(KEY.vault_id, replace(slot, nonce=_flipped(slot.nonce)))
    assert _refuses_passphrase(KEY.vault_id, replace(slot, wrapped=_flipped(slot.wrapped)))
    assert _refuses_passphrase(KEY.vault_id, replace(slot, kdf=KdfParameters(65536, 3, 5)))
    assert _refuses_passphrase(KEY.vault_id, replace(slot, kdf=KdfParameters(65536, 4, 4)))


@given(field=st.sampled_from(["salt", "nonce", "wrapped"]), bit=st.integers(0, 7))
def test_a_recovery_slot_changed_anywhere_does_not_open(field: str, bit: int) -> None:
    recovery = wrap_recovery(KEY, CODE)
    assert _refuses_code(KEY.vault_id, replace(recovery, **{field: _flipped(getattr(recovery, field), bit)}))


def test_another_recovery_code_does_not_open(recovery: RecoverySlot) -> None:
    assert _refuses_code(KEY.vault_id, recovery, RecoveryCode.generate())


def test_wrapping_twice_gives_nothing_in_common(slot: PassphraseSlot, recovery: RecoverySlot) -> None:
    again = wrap_passphrase(KEY, PASSPHRASE, KdfParameters.floor())
    for left, right in ((slot, again), (recovery, wrap_recovery(KEY, CODE))):
        assert left.salt != right.salt
        assert left.nonce != right.nonce
        assert left.wrapped != right.wrapped


@pytest.mark.exigence("S19")
@settings(max_examples=8)
@given(passphrase=st.text(min_size=6, max_size=40).filter(lambda text: text != PASSPHRASE))
def test_no_error_quotes_a_passphrase_or_a_key(slot: PassphraseSlot, passphrase: str) -> None:
    with pytest.raises(UserError) as refused:
        unwrap_passphrase(KEY.vault_id, slot, passphrase)
    error = refused.value
    told = "".join(traceback.format_exception(error)) + repr((error, error.args, error.values))
    assert passphrase not in told
    assert KEY.dbk.hex() not in told
    assert error.__context__ is None
    assert error.__cause__ is None


@pytest.mark.exigence("S19")
def test_a_key_does_not_show_when_it_is_printed_by_accident() -> None:
    for shown in (repr(KEY), str(KEY), f"{KEY}", repr([KEY])):
        assert KEY.dbk.hex() not in shown
        assert repr(KEY.dbk)[2:-1] not in shown


def test_keys_for_two_purposes_or_two_coffres_are_unrelated() -> None:
    drawn = VaultKey.generate()
    keys = {
        KEY.dbk,
        KEY.derive("header"),
        KEY.derive("erasures"),
        replace(KEY, vault_id="cd" * 16).derive("header"),
        drawn.dbk,
        drawn.derive("header"),
    }
    assert len(keys) == 6
    assert {len(key) for key in keys} == {32}
    assert KEY.derive("header") == replace(KEY, opened_with="recovery").derive("header")
