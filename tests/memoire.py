"""Looks for bytes in the memory of living processes: the key of a coffre, a passphrase, a name.

Linux only, and only for who may read the memory of another: the program forbids it to the other programs of its user.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

_PROC = Path("/proc")
_PIECE = 16 * 1024 * 1024


def require_readable() -> None:
    """Leave the test out where the memory of another process cannot be read; the CI, which is root, may not."""
    if _PROC.is_dir() and os.geteuid() == 0:
        return
    reason = "reading the memory of another process takes root on Linux: the program forbids it to all others"
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def shapes_of_text(text: str) -> dict[str, bytes]:
    """The bytes of a text, however Python, Qt, a database or a document would hold it."""
    utf8 = text.encode()
    return {
        "utf-8": utf8,
        "utf-16": text.encode("utf-16-le"),
        "utf-32": text.encode("utf-32-le"),
        "latin-1": text.encode("latin-1", "replace"),
        "hex": utf8.hex().encode(),
        "base64": base64.b64encode(utf8)[: len(utf8) // 3 * 4],
    }


def shapes_of_key(key: bytes) -> dict[str, bytes]:
    """The bytes of a key, however a library would hold it."""
    return {
        "raw": key,
        "hex": key.hex().encode(),
        "HEX": key.hex().upper().encode(),
        "hex in utf-16": key.hex().encode("utf-16-le"),
        "base64": base64.b64encode(key)[: len(key) // 3 * 4],
        "half": key[: len(key) // 2],
    }


def found_in(pid: int, needles: Mapping[str, bytes]) -> set[str]:
    """Which needles lie in the memory of a process, wherever it may be read.

    Raises:
        OSError: The memory may not be read.
    """
    found: set[str] = set()
    longest = max(map(len, needles.values()))
    with (_PROC / str(pid) / "mem").open("rb", buffering=0) as memory:
        for start, end in _areas(pid):
            tail = b""
            for place in range(start, end, _PIECE):
                try:
                    memory.seek(place)
                    piece = memory.read(min(_PIECE, end - place))
                except (OSError, ValueError, OverflowError):
                    break  # pages of a device, or given back meanwhile
                text = tail + piece
                found |= {name for name, needle in needles.items() if name not in found and needle in text}
                tail = text[-longest:]
    return found


def processes_with(variable: str, value: str) -> set[int]:
    """Every living process whose environment has this variable at that value: a program and all it started."""
    mark = f"{variable}={value}".encode()
    alive = set()
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            try:
                inherited = (folder / "environ").read_bytes().split(b"\0")
            except OSError:
                continue  # ended meanwhile
            if mark in inherited:
                alive.add(int(folder.name))
    return alive


def _areas(pid: int) -> Iterator[tuple[int, int]]:
    """What the process may have written in: all but the files that it can only read."""
    for line in (_PROC / str(pid) / "maps").read_text().splitlines():
        span, rights, _offset, _device, inode, *_ = line.split()
        if rights.startswith("rw") or (rights.startswith("r") and inode == "0"):
            start, _, end = span.partition("-")
            yield int(start, 16), int(end, 16)
