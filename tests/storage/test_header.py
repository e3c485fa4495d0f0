"""A header is read exactly as it was written and sealed, or refused; its two copies stand for each other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from iscg_desktop.errors import UserError
from iscg_desktop.storage import kdf
from iscg_desktop.storage.header import (
    MAX_LENGTH,
    DamagedHeader,
    Header,
    NewerHeader,
    read,
    seal,
)
from iscg_desktop.storage.header_copies import is_coffre, read_copies, write_copies
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.keys import PassphraseSlot, RecoverySlot, VaultKey
from iscg_desktop.storage.unlock import unlock_with_passphrase
from tests.coffres import snapshot
from tests.faults import Died, dying_program, watched_disk

KEY = VaultKey("ab" * 16, bytes(range(32)), "passphrase")
STRANGER = VaultKey("ab" * 16, bytes(32), "passphrase")

headers = st.builds(
    Header,
    sequence=st.integers(1, 2**53),
    vault_id=st.binary(min_size=16, max_size=16).map(bytes.hex),
    database=st.binary(min_size=16, max_size=16).map(lambda name: f"data-{name.hex()}.db"),
    passphrase=st.builds(
        PassphraseSlot,
        kdf=st.builds(
            KdfParameters,
            memory_kib=st.integers(65536, 131072),
            time_cost=st.integers(3, 64),
            lanes=st.integers(4, 16),
        ),
        salt=st.binary(min_size=16, max_size=16),
        nonce=st.binary(min_size=12, max_size=12),
        wrapped=st.binary(min_size=48, max_size=48),
    ),
    recovery=st.builds(
        RecoverySlot,
        salt=st.binary(min_size=16, max_size=16),
        nonce=st.binary(min_size=12, max_size=12),
        wrapped=st.binary(min_size=48, max_size=48),
    ),
)

HEADER = Header(
    sequence=3,
    vault_id="ab" * 16,
    database=f"data-{'01' * 16}.db",
    passphrase=PassphraseSlot(KdfParameters(), b"s" * 16, b"n" * 12, b"w" * 48),
    recovery=RecoverySlot(b"S" * 16, b"N" * 12, b"W" * 48),
)
NEXT = replace(HEADER, sequence=4, passphrase=replace(HEADER.passphrase, wrapped=b"x" * 48))


def _with_checksum(fields: Any, *, raw: bytes | None = None) -> bytes:
    """What someone without the key can make: any content under a right checksum."""
    payload = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode() if raw is None else raw
    sealed = payload + b"\n" + b"0" * 64 + b"\n"
    return sealed + hashlib.sha256(sealed).hexdigest().encode() + b"\n"


def _fields() -> dict[str, Any]:
    return dict(json.loads(seal(HEADER, KEY).split(b"\n")[0]))


@given(header=headers)
def test_a_header_is_read_as_it_was_written(header: Header) -> None:
    sealed = read(seal(header, KEY))
    assert sealed.header == header
    assert sealed.is_sealed_by(KEY)


@pytest.mark.exigence("S23")
@given(header=headers, at=st.integers(0), mask=st.integers(1, 255))
def test_a_byte_changed_anywhere_is_found(header: Header, at: int, mask: int) -> None:
    data = bytearray(seal(header, KEY))
    data[at % len(data)] ^= mask
    with pytest.raises(DamagedHeader):
        read(bytes(data))


@given(cut=st.integers(1, 700), tail=st.binary(min_size=1, max_size=20))
def test_a_header_cut_short_or_continued_is_found(cut: int, tail: bytes) -> None:
    whole = seal(HEADER, KEY)
    for data in (whole[: max(0, len(whole) - cut)], whole + tail, b"\0" * len(whole)):
        with pytest.raises(DamagedHeader):
            read(data)


@pytest.mark.exigence("S46")
@given(data=st.binary(max_size=300))
def test_any_other_bytes_are_refused(data: bytes) -> None:
    for tried in (data, _with_checksum(None, raw=data.replace(b"\n", b""))):
        with pytest.raises(DamagedHeader):
            read(tried)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
paths = st.sampled_from(
    [
        ("format",), ("version",), ("sequence",), ("vault",), ("database",), ("passphrase",), ("recovery",),
        ("passphrase", "memory_kib"), ("passphrase", "time_cost"), ("passphrase", "lanes"),
        ("passphrase", "salt"), ("passphrase", "nonce"), ("passphrase", "wrapped"),
        ("recovery", "salt"), ("recovery", "nonce"), ("recovery", "wrapped"), ("autre",),
    ]
)  # fmt: skip


def _is_allowed(path: tuple[str, ...], value: Any) -> bool:
    bounds = {"sequence": 2**53, "memory_kib": 2**20, "time_cost": 64, "lanes": 16}
    return type(value) is int and 0 < value <= bounds.get(path[-1], 0)


@pytest.mark.exigence("S46")
@given(path=paths, value=json_values)
def test_a_field_of_any_other_kind_is_refused_even_under_a_right_checksum(
    path: tuple[str, ...], value: Any
) -> None:
    assume(not _is_allowed(path, value))
    fields = _fields()
    place = fields
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    is_newer = path == ("version",) and type(value) is int and value > 1
    is_same = path == ("version",) and type(value) is int and value == 1
    assume(not is_same)
    with pytest.raises(NewerHeader if is_newer else DamagedHeader):
        read(_with_checksum(fields))


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 15000,
        b'{"format":"iscg-coffre","version":' + b"9" * 5000 + b"}",
        b'{"format":"iscg-coffre","format":"iscg-coffre","version":1}',
        seal(HEADER, KEY).split(b"\n")[0].replace(b",", b", ", 1),
        seal(HEADER, KEY).split(b"\n")[0].replace(b'"sequence":3', b'"sequence":3.0'),
        seal(HEADER, KEY).split(b"\n")[0].replace(b'"sequence":3', b'"sequence":3,"sequence":3'),
    ],
)
def test_a_header_written_otherwise_is_refused(raw: bytes) -> None:
    with pytest.raises(DamagedHeader):
        read(_with_checksum(None, raw=raw))


@pytest.mark.parametrize("sequence", [0, -1, 2**53 + 1, 2**64])
def test_a_sequence_out_of_bounds_is_refused(sequence: int) -> None:
    with pytest.raises(DamagedHeader):
        read(_with_checksum(_fields() | {"sequence": sequence}))


@pytest.mark.parametrize("name", ["../data-" + "01" * 16 + ".db", "/etc/passwd", "data-.db", "data-0.db"])
def test_a_header_points_to_no_other_folder(name: str) -> None:
    with pytest.raises(DamagedHeader):
        read(_with_checksum(_fields() | {"database": name}))


@pytest.mark.exigence("S22")
@pytest.mark.parametrize(
    "change",
    [
        {"memory_kib": 4 * 1024**3}, {"time_cost": 2**32}, {"lanes": 2**24}, {"memory_kib": 8},
        {"time_cost": 1}, {"memory_kib": -1}, {"memory_kib": 1024 * 1024, "time_cost": 64},
    ],
)  # fmt: skip
def test_a_header_asking_for_too_much_or_too_little_is_refused_before_anything_is_derived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, int]
) -> None:
    derived = []
    monkeypatch.setattr(kdf, "hash_secret_raw", lambda *a, **k: derived.append(k) or bytes(32))
    fields = _fields()
    fields["passphrase"] |= change
    for name in ("header.a", "header.b"):
        (tmp_path / name).write_bytes(_with_checksum(fields))
    with pytest.raises(UserError) as refused:
        unlock_with_passphrase(tmp_path, "une phrase de passe")
    assert refused.value.code == "entetes_abimes"
    assert derived == []


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "header.a").open("wb") as file:
        file.truncate(1 << 40)  # sparse: it takes no room
    (tmp_path / "header.b").write_bytes(seal(HEADER, KEY))
    assert read_copies(tmp_path).best == HEADER
    assert len(seal(HEADER, KEY)) < MAX_LENGTH


def test_a_header_made_without_the_key_is_not_taken_for_ours() -> None:
    forged = read(_with_checksum(_fields() | {"sequence": 9}))
    assert not forged.is_sealed_by(KEY)
    assert not read(seal(HEADER, STRANGER)).is_sealed_by(KEY)


# --- the two copies ---------------------------------------------------------------------------------


def _write(folder: Path, **copies: bytes | None) -> None:
    for name, data in copies.items():
        path = folder / f"header.{name}"
        if data is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(data)


def _spoilt(data: bytes) -> bytes:
    return data[:40] + bytes([data[40] ^ 1]) + data[41:]


def test_both_copies_are_the_same_bytes(tmp_path: Path) -> None:
    write_copies(tmp_path, HEADER, KEY)
    assert (tmp_path / "header.a").read_bytes() == (tmp_path / "header.b").read_bytes() == seal(HEADER, KEY)
    assert read_copies(tmp_path).differing_from(HEADER, KEY) == ()


@pytest.mark.exigence("S23")
@pytest.mark.parametrize("harm", [lambda data: None, _spoilt, lambda data: b"", lambda data: data[:100]])
@pytest.mark.parametrize(("harmed", "whole"), [("a", "b"), ("b", "a")])
def test_one_copy_lost_or_damaged_is_replaced_by_the_other(
    tmp_path: Path, harm: Callable[[bytes], bytes | None], harmed: str, whole: str
) -> None:
    data = seal(HEADER, KEY)
    _write(tmp_path, **{whole: data, harmed: harm(data)})
    copies = read_copies(tmp_path)
    assert copies.sealed_by(KEY) == copies.best == HEADER
    assert copies.differing_from(HEADER, KEY) == (f"header.{harmed}",)


@pytest.mark.parametrize(("newer", "older"), [("a", "b"), ("b", "a")])
def test_the_higher_sequence_wins(tmp_path: Path, newer: str, older: str) -> None:
    _write(tmp_path, **{newer: seal(NEXT, KEY), older: seal(HEADER, KEY)})
    copies = read_copies(tmp_path)
    assert copies.best == copies.sealed_by(KEY) == NEXT
    assert copies.differing_from(NEXT, KEY) == (f"header.{older}",)


def test_a_copy_made_without_the_key_does_not_win_with_a_higher_sequence(tmp_path: Path) -> None:
    _write(tmp_path, a=_with_checksum(_fields() | {"sequence": 99}), b=seal(HEADER, KEY))
    copies = read_copies(tmp_path)
    assert copies.sealed_by(KEY) == HEADER
    assert copies.differing_from(HEADER, KEY) == ("header.a",)


def test_both_copies_damaged_or_not_ours_are_refused_with_guidance(tmp_path: Path) -> None:
    data = seal(HEADER, KEY)
    _write(tmp_path, a=_spoilt(data), b=b"")
    with pytest.raises(UserError) as damaged:
        read_copies(tmp_path)
    assert damaged.value.code == "entetes_abimes"
    _write(tmp_path, a=data, b=data)
    with pytest.raises(UserError) as not_ours:
        read_copies(tmp_path).sealed_by(STRANGER)
    assert not_ours.value.code == "entetes_abimes"


def test_a_later_version_is_refused_as_such(tmp_path: Path) -> None:
    _write(tmp_path, a=_with_checksum({"format": "iscg-coffre", "version": 2, "neuf": []}), b=None)
    with pytest.raises(UserError) as refused:
        read_copies(tmp_path)
    assert refused.value.code == "coffre_plus_recent"


def test_a_folder_without_a_header_is_no_coffre(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        assert not is_coffre(folder)
        with pytest.raises(UserError) as refused:
            read_copies(folder)
        assert refused.value.code == "pas_un_coffre"
    _write(tmp_path, b=b"")
    assert is_coffre(tmp_path)


def test_reading_writes_nothing(tmp_path: Path) -> None:
    _write(tmp_path, a=seal(HEADER, KEY), b=b"")
    before = snapshot(tmp_path)
    read_copies(tmp_path)
    assert snapshot(tmp_path) == before


@pytest.mark.exigence("S23")
def test_a_program_killed_at_any_step_of_the_writing_leaves_the_old_or_the_new_header(tmp_path: Path) -> None:
    write_copies(tmp_path, HEADER, KEY)
    with watched_disk() as disk:
        write_copies(tmp_path, NEXT, KEY)
    found = []
    for step in range(1, len(disk.calls) + 1):
        write_copies(tmp_path, HEADER, KEY)
        with dying_program(step), pytest.raises(Died):
            write_copies(tmp_path, NEXT, KEY)
        copies = read_copies(tmp_path)
        found.append(copies.sealed_by(KEY))
        # At every moment at least one copy is whole, so that a damaged disk takes no more than one.
        assert len(copies.readable) == 2
    assert set(found) == {HEADER, NEXT}
    assert found == sorted(found, key=lambda header: header.sequence)


def test_the_second_copy_is_touched_once_the_first_is_on_the_disk(tmp_path: Path) -> None:
    with watched_disk() as disk:
        write_copies(tmp_path, HEADER, KEY)
    names = [name for name, _ in disk.calls if name in {"write", "fsync", "replace"}]
    assert names == ["write", "fsync", "replace", "fsync"] * 2
