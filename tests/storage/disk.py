"""A disk rebuilt as a power cut leaves it, from the system calls of a process: writes and names reach it when synced.

What is not synced yet may be there or not, in any order, and a write may be torn: each sector by itself.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

SECTOR: Final = 512
TRACED: Final = (
    "openat,close,pwrite64,write,ftruncate,fallocate,fsync,fdatasync,unlink,unlinkat,"
    "rename,renameat,renameat2"
)
_CALL = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_UNFINISHED = " <unfinished ...>"
_RESUMED = re.compile(r"\d+ +<\.\.\. \w+ resumed>(.*)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Operation:
    """One system call that matters.

    Attributes:
        kind: create, write, truncate, sync, sync_folder, unlink, rename, ack.
        path: The file or the folder, from the folder recorded; for an ack, what was told.
        place: Where a write begins; the size of a truncation.
        data: What is written; the new name of a rename.
    """

    kind: str
    path: str
    place: int = 0
    data: bytes = b""


def read_trace(trace: Path, folder: Path) -> Iterator[Operation]:
    """The operations on `folder` in a record of strace, told in order."""
    return _Reader(folder).read(trace)


def _whole_calls(lines: Iterable[str]) -> Iterator[str]:
    """Each call on one line, told when it ended: strace cuts it in two when another thread comes in between."""
    begun: dict[str, str] = {}
    for line in lines:
        thread = line.partition(" ")[0]
        if _UNFINISHED in line:
            begun[thread] = line.partition(_UNFINISHED)[0]
        elif found := _RESUMED.match(line):
            yield begun.pop(thread, "") + found[1]
        else:
            yield line


class _Reader:
    """Follows which file each descriptor means."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._files: dict[int, str] = {}
        self._ends: dict[int, int] = {}  # where write() goes on
        self._folders = {""}
        self._sizes: dict[str, int] = {}  # where what is appended goes

    def read(self, trace: Path) -> Iterator[Operation]:
        with trace.open(encoding="ascii") as lines:
            for line in _whole_calls(lines):
                found = _CALL.match(line)
                if found and int(found[3]) >= 0:
                    texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(found[2])]
                    for operation in self._operation(found[1], found[2], int(found[3]), texts):
                        self._measure(operation)
                        yield operation

    def _measure(self, operation: Operation) -> None:
        name, place = operation.path, operation.place
        if operation.kind == "write":
            self._sizes[name] = max(self._sizes.get(name, 0), place + len(operation.data))
        elif operation.kind == "truncate":
            self._sizes[name] = place
        elif operation.kind == "rename":
            self._sizes[operation.data.decode()] = self._sizes.pop(name, 0)

    def _operation(self, call: str, arguments: str, result: int, texts: list[bytes]) -> Iterator[Operation]:
        if call == "openat":
            yield from self._opened(texts[0].decode(), arguments, result)
            return
        if call.startswith(("unlink", "rename")):
            names = [self._inside(text.decode()) for text in texts]
            if names[0] is not None:
                yield Operation(call[:6], names[0], data=(names[-1] or "").encode())
            return
        descriptor = int(arguments.split(",", maxsplit=1)[0])
        name = self._files.get(descriptor)
        if call == "write" and descriptor == 1 and texts[0].startswith(b"ACK "):
            yield Operation("ack", texts[0][4:].decode())
        elif call == "close":
            self._files.pop(descriptor, None)
        elif name is None:
            return
        elif call in ("fsync", "fdatasync"):
            yield Operation("sync_folder" if name in self._folders else "sync", name)
        elif call == "ftruncate":
            yield Operation("truncate", name, int(arguments.split(",")[1]))
        elif call == "fallocate":
            yield Operation("truncate", name, int(arguments.split(",")[3]))
        elif call == "pwrite64":
            yield Operation("write", name, int(arguments.rsplit(",", 1)[1]), texts[0][:result])
        elif call == "write":
            yield Operation("write", name, self._ends[descriptor], texts[0][:result])
            self._ends[descriptor] += result

    def _opened(self, path: str, arguments: str, descriptor: int) -> Iterator[Operation]:
        name = self._inside(path)
        if name is not None:
            appended = self._sizes.get(name, 0) if "O_APPEND" in arguments else 0
            self._files[descriptor], self._ends[descriptor] = name, appended
            if "O_DIRECTORY" in arguments:
                self._folders.add(name)
            if "O_CREAT" in arguments:
                yield Operation("create", name)
        else:
            self._files.pop(descriptor, None)

    def _inside(self, path: str) -> str | None:
        if path == self._folder:
            return ""
        prefix = f"{self._folder}/"
        return path.removeprefix(prefix) if path.startswith(prefix) else None


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Operation] = field(default_factory=list)


class Disk:
    """What the process sees, and what the platter holds.

    Args:
        files: What lay there before, on the platter.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        self._seen = {name: _File(bytearray(data)) for name, data in files.items()}
        self._durable = dict(self._seen)
        # Changes of names not synced yet, by folder.
        self._names: list[tuple[str, Callable[[dict[str, _File]], object]]] = []

    def apply(self, operation: Operation) -> None:
        """Go on by one operation."""
        kind, name = operation.kind, operation.path
        if kind == "create" and name not in self._seen:
            made = _File()
            self._rename(name, lambda names: names.__setitem__(name, made))
        elif kind == "unlink":
            self._rename(name, lambda names: names.pop(name, None))
        elif kind == "rename":
            file, new = self._seen[name], operation.data.decode()
            self._rename(name, lambda names: (names.pop(name, None), names.__setitem__(new, file)))
        elif kind in ("write", "truncate"):
            self._seen[name].pending.append(operation)
        elif kind == "sync":
            file = self._seen[name]
            for each in file.pending:
                _write(file.durable, each)
            file.pending = []
        elif kind == "sync_folder":
            for folder, change in self._names:
                if folder == name:
                    change(self._durable)
            self._names = [each for each in self._names if each[0] != name]

    def _rename(self, name: str, change: Callable[[dict[str, _File]], object]) -> None:
        change(self._seen)
        self._names.append((name.rpartition("/")[0], change))

    def cut(self, mode: str, rng: random.Random) -> dict[str, bytes]:
        """What is found after a cut now.

        Args:
            mode: dropped (nothing that was not synced), written (all of it), names (names alone), data (data alone),
                mixed (any of it, in any order), torn (the same, sector by sector).
            rng: What chance decides.
        """
        names = dict(self._durable)
        for _, change in self._names:
            if mode in ("written", "names") or (mode in ("mixed", "torn") and rng.random() < 0.5):
                change(names)
        return {name: bytes(_left(file, mode, rng)) for name, file in names.items()}


def _left(file: _File, mode: str, rng: random.Random) -> bytearray:
    left = bytearray(file.durable)
    for operation in file.pending:
        if mode in ("written", "data") or (mode == "mixed" and rng.random() < 0.5):
            _write(left, operation)
        elif mode == "torn":
            for piece in _sectors(operation):
                if rng.random() < 0.5:
                    _write(left, piece)
    return left


def _sectors(operation: Operation) -> Iterator[Operation]:
    if operation.kind == "truncate":
        yield operation
    for start in range(0, len(operation.data), SECTOR):
        piece = operation.data[start : start + SECTOR]
        yield Operation("write", operation.path, operation.place + start, piece)


def _write(left: bytearray, operation: Operation) -> None:
    if operation.kind == "truncate":
        del left[operation.place :]
        left.extend(bytes(operation.place - len(left)))
        return
    end = operation.place + len(operation.data)
    left.extend(bytes(max(0, end - len(left))))
    left[operation.place : end] = operation.data
