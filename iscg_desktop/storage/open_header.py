"""The header of an open coffre: mended where a copy is not as it should be, replaced, remembered in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from iscg_desktop.errors import UserError
from iscg_desktop.storage.connection import Statements
from iscg_desktop.storage.header import Header
from iscg_desktop.storage.header_copies import COPIES, Copies, HeaderState, write_copies
from iscg_desktop.storage.keys import VaultKey

_SEQUENCE: Final = "sequence_entete"


class OpenHeader:
    """Both copies on the disk, and the sequence that the database remembers.

    Attributes:
        current: The header in force.
        state: Whether a copy had to be mended, and could be.
        old: It is older than the one the database remembers: someone put back an old one.
    """

    def __init__(self, folder: Path, key: VaultKey, header: Header, statements: Statements) -> None:
        self.current = header
        self.state = HeaderState.INTACT
        self.old = False
        self._folder = folder
        self._key = key
        self._statements = statements

    def mend(self, copies: Copies) -> None:
        """Write again those of `copies`, as they were read at the opening, that are not this header."""
        names = copies.differing_from(self.current, self._key)
        if names:
            self.state = self._write(names)

    def compare(self) -> None:
        """Find out whether it is older than the database remembers."""
        self.old = self.current.sequence < self._remembered_sequence()

    def remember(self) -> None:
        """Note its sequence in the database, where that is not done yet."""
        if self.current.sequence > self._remembered_sequence():
            self._remember_sequence()

    def next_sequence(self) -> int:
        """Sequence of a header that wins over every one there was."""
        return max(self.current.sequence, self._remembered_sequence()) + 1

    def change(self, changed: Header) -> None:
        """Have `changed` be in force, under the next sequence.

        Raises:
            UserError: The disk refused the first copy: the header before is still in force.
        """
        header = replace(changed, sequence=self.next_sequence())
        # From the first copy on the new header is the one: the higher sequence wins.
        write_copies(self._folder, header, self._key, COPIES[:1])
        self.current = header
        self.old = False
        written = self._write(COPIES[1:])
        self.state = HeaderState.INTACT if written is HeaderState.HEALED else written
        self._remember_sequence()

    def _write(self, names: Sequence[str]) -> HeaderState:
        try:
            write_copies(self._folder, self.current, self._key, names)
        except UserError:
            return HeaderState.ONE_COPY  # the other one opens the coffre: she can work, and is told
        return HeaderState.HEALED

    def _remembered_sequence(self) -> int:
        row = self._statements.execute("SELECT valeur FROM parametres WHERE cle = ?", (_SEQUENCE,)).first()
        return int(row["valeur"]) if row else 0

    def _remember_sequence(self) -> None:
        self._statements.execute(
            "INSERT INTO parametres (cle, valeur) VALUES (?, ?)"
            " ON CONFLICT (cle) DO UPDATE SET valeur = excluded.valeur",
            (_SEQUENCE, str(self.current.sequence)),
        )
