"""Transactions inside one that is open: each is undone alone, and lasts when the whole does."""

from __future__ import annotations

from collections.abc import Iterable

from iscg_desktop.errors import BugError
from iscg_desktop.storage.apart import Apart
from iscg_desktop.storage.connection import Params, Result
from iscg_desktop.storage.vault import Vault


class Batch:
    """Stands for a vault whose transaction is open: what a use case commits is on the disk only with the whole.

    For what can be made again if it is cut short: each real commit waits for the disk.

    Args:
        vault: Its transaction is open, and stays so.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._open = False

    def execute(self, sql: str, params: Params = ()) -> Result:
        """Run one statement."""
        return self._vault.execute(sql, params)

    def execute_many(self, sql: str, rows: Iterable[Params]) -> int:
        """Run one statement for each row."""
        return self._vault.execute_many(sql, rows)

    def begin_immediate(self) -> None:
        """Begin what can be undone alone."""
        if self._open:
            raise BugError("a transaction is already open")
        self.execute("SAVEPOINT use_case")
        self._open = True

    def seal_so_far(self, at_most: int) -> bool:
        """Nothing: what is undone alone would stay in the seal."""
        return False

    def commit(self) -> None:
        """Keep it, for the whole."""
        self.execute("RELEASE use_case")
        self._open = False

    def commit_apart(self) -> Apart:
        """Keep it, for the whole; nothing waits for the disk."""
        self.commit()
        return Apart(lambda: None)

    def rollback(self) -> None:
        """Undo it alone."""
        if self._open:
            self.execute("ROLLBACK TO use_case")
            self.commit()
