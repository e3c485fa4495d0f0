"""The two copies of the header in the folder of a coffre: reading, writing, mending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from iscg_desktop.errors import UserError
from iscg_desktop.files import write_atomic
from iscg_desktop.storage.header import (
    MAX_LENGTH,
    DamagedHeader,
    Header,
    NewerHeader,
    SealedHeader,
    read,
    seal,
)
from iscg_desktop.storage.keys import VaultKey

COPIES: Final = ("header.a", "header.b")
CLOSING: Final = "fermeture"
"""Mark of a coffre that was closed for good: nothing opens it any more."""


class HeaderState(Enum):
    """What was found when the coffre was opened, for the window to say."""

    INTACT = "intact"
    HEALED = "healed"
    ONE_COPY = "one_copy"


@dataclass(frozen=True, slots=True)
class Copies:
    """The undamaged copies of a header by file name, best first: the newest of those whose database lies there."""

    readable: tuple[tuple[str, SealedHeader], ...]

    @property
    def best(self) -> Header:
        """The header to try a passphrase or a code on."""
        return self.readable[0][1].header

    def sealed_by(self, key: VaultKey) -> Header:
        """The newest header that a holder of `key` wrote.

        Raises:
            UserError: ``entetes_abimes``.
        """
        for _, copy in self.readable:
            if copy.is_sealed_by(key):
                return copy.header
        raise UserError("entetes_abimes")

    def differing_from(self, header: Header, key: VaultKey) -> tuple[str, ...]:
        """File names of the copies that are missing, damaged, older or not ours."""
        whole = seal(header, key)
        return tuple(name for name in COPIES if (name, SealedHeader(header, whole)) not in self.readable)


def is_coffre(folder: Path) -> bool:
    """Whether `folder` is meant to be a coffre: one header copy is enough."""
    return any((folder / name).is_file() for name in COPIES)


def is_doomed(folder: Path) -> bool:
    """Whether a coffre was closed for good, and perhaps not all destroyed yet."""
    return (folder / CLOSING).is_file()


def read_copies(folder: Path) -> Copies:
    """Read both copies, best first. Writes nothing.

    A copy that came from another coffre names a database that is not in this folder: the other one opens.

    Raises:
        UserError: ``pas_un_coffre``, ``entetes_abimes`` (none is readable), ``coffre_plus_recent``,
            ``dossier_illisible``, ``coffre_ferme``.
    """
    if is_doomed(folder):
        raise UserError("coffre_ferme")
    if not is_coffre(folder):
        raise UserError("pas_un_coffre")
    readable = []
    for name in COPIES:
        try:
            readable.append((name, read(_bytes_of(folder / name))))
        except DamagedHeader:
            continue
        except NewerHeader:
            raise UserError("coffre_plus_recent") from None
    if not readable:
        raise UserError("entetes_abimes")
    return Copies(tuple(sorted(readable, key=lambda found: _rank(folder, found[1].header))))


def _rank(folder: Path, header: Header) -> tuple[bool, int]:
    return not (folder / header.database).is_file(), -header.sequence


def _bytes_of(path: Path) -> bytes:
    """Content of a copy; one that is missing or that the disk cannot give counts as damaged."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_LENGTH + 1)
    except PermissionError:
        raise UserError("dossier_illisible") from None
    except OSError:
        return b""


def write_copies(folder: Path, header: Header, key: VaultKey, names: Sequence[str] = COPIES) -> None:
    """Write the copies one after the other, each on the disk before the next one is touched.

    Raises:
        UserError: The disk refused; at least one copy is whole, old or new.
    """
    data = seal(header, key)
    for name in names:
        write_atomic(folder / name, data)
