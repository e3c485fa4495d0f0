"""Argon2id agrees with its standard and a second implementation, within bounds set beforehand."""

from __future__ import annotations

import unicodedata

import pytest
from argon2.low_level import ARGON2_VERSION, Type, core, error_to_str, ffi, hash_secret_raw
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.storage.kdf import KdfParameters, calibrate, derive_from_passphrase

# RFC 9106, section 5.3.
RFC_PASSWORD, RFC_SALT = b"\x01" * 32, b"\x02" * 16
RFC_SECRET, RFC_DATA = b"\x03" * 8, b"\x04" * 12
RFC_TAG = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


@pytest.mark.exigence("S27")
def test_our_implementation_gives_the_tag_of_the_rfc() -> None:
    out = ffi.new("uint8_t[]", 32)
    buffers = [ffi.new("uint8_t[]", data) for data in (RFC_PASSWORD, RFC_SALT, RFC_SECRET, RFC_DATA)]
    password, salt, secret, data = buffers
    context = ffi.new(
        "argon2_context *",
        {
            "out": out, "outlen": 32, "version": ARGON2_VERSION,
            "pwd": password, "pwdlen": 32, "salt": salt, "saltlen": 16,
            "secret": secret, "secretlen": 8, "ad": data, "adlen": 12,
            "t_cost": 3, "m_cost": 32, "lanes": 4, "threads": 4,
            "allocate_cbk": ffi.NULL, "free_cbk": ffi.NULL, "flags": 0,
        },
    )  # fmt: skip
    result = core(context, Type.ID.value)
    assert result == 0, error_to_str(result)
    assert bytes(ffi.buffer(out)).hex() == RFC_TAG


@pytest.mark.exigence("S27")
def test_the_second_implementation_gives_it_too() -> None:
    second = Argon2id(
        salt=RFC_SALT, length=32, iterations=3, lanes=4, memory_cost=32, ad=RFC_DATA, secret=RFC_SECRET
    )
    assert second.derive(RFC_PASSWORD).hex() == RFC_TAG


@pytest.mark.exigence("S27")
@given(
    password=st.binary(max_size=100),
    salt=st.binary(min_size=16, max_size=16),
    passes=st.integers(1, 3),
    lanes=st.integers(1, 4),
    memory=st.integers(32, 128),
)
def test_both_implementations_agree(
    password: bytes, salt: bytes, passes: int, lanes: int, memory: int
) -> None:
    first = hash_secret_raw(password, salt, passes, memory, lanes, 32, Type.ID)
    second = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory)
    assert first == second.derive(password)


@pytest.mark.exigence("S21")
def test_a_passphrase_is_normalised_then_derived_with_every_parameter() -> None:
    expected = Argon2id(salt=b"s" * 16, length=32, iterations=4, lanes=5, memory_cost=65540)
    typed = unicodedata.normalize("NFD", "été à l’école, n° 1")
    key = derive_from_passphrase(typed, b"s" * 16, KdfParameters(65540, 4, 5))
    assert key == expected.derive(unicodedata.normalize("NFKC", typed).encode())


@pytest.mark.exigence("S19")
def test_a_passphrase_with_an_unpaired_surrogate_is_derived_not_quoted() -> None:
    assert len(derive_from_passphrase("abc\ud800", bytes(16), KdfParameters.floor())) == 32


@pytest.mark.exigence("S22")
@pytest.mark.parametrize(
    "values",
    [
        (64 * 1024 - 1, 3, 4), (64 * 1024, 2, 4), (64 * 1024, 3, 3), (0, 0, 0), (-1, 3, 4),
        (1024 * 1024 + 1, 3, 4), (64 * 1024, 65, 4), (64 * 1024, 3, 17), (1024 * 1024, 9, 4),
        (4 * 1024**3, 3, 4), (64 * 1024, 2**31, 4), (64 * 1024, 3, 2**24 - 1),
    ],
)  # fmt: skip
def test_parameters_out_of_bounds_cannot_exist(values: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="out of bounds"):
        KdfParameters(*values)


@pytest.mark.exigence("S28")
def test_the_floor_is_the_second_option_of_the_rfc() -> None:
    assert KdfParameters.floor() == KdfParameters() == KdfParameters(64 * 1024, 3, 4)


@pytest.mark.exigence("S28")
@given(pass_seconds_per_gib=st.floats(0.001, 200))
def test_calibration_comes_near_its_target_or_stays_at_a_bound(pass_seconds_per_gib: float) -> None:
    def seconds(parameters: KdfParameters) -> float:
        return parameters.memory_kib * parameters.time_cost / 1024**2 * pass_seconds_per_gib

    chosen = calibrate(1.0, measure=seconds)
    at_floor = chosen == KdfParameters.floor()
    at_ceiling = chosen.memory_kib == 256 * 1024 and chosen.time_cost * chosen.memory_kib == 8 * 1024**2
    assert seconds(chosen) <= 1.0 or at_floor
    assert seconds(chosen) > 0.5 or at_ceiling
