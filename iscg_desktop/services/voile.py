"""The veil: what lifts it, her short code or, until she chose one, the passphrase."""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from iscg_desktop.domain.code_court import check_code
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session
from iscg_desktop.storage.kdf import KdfParameters, derive_from_passphrase
from iscg_desktop.storage.unlock import unlock_with_passphrase

_CODE: Final = "code_court"
_SALT: Final = 16


@dataclass(frozen=True, slots=True)
class Serrure:
    """What the veil compares what is typed with; the code itself is nowhere.

    Attributes:
        folder: The coffre, for the passphrase.
        sel, empreinte: Of the short code; both empty without one.
    """

    folder: Path
    sel: bytes = b""
    empreinte: bytes = b""

    @property
    def par_code(self) -> bool:
        """Whether the short code lifts the veil; else the passphrase does."""
        return bool(self.empreinte)

    def accepts(self, typed: str) -> bool:
        """Whether this lifts the veil. Slow on purpose: for a worker.

        Raises:
            UserError: The coffre cannot be read.
        """
        if self.par_code:
            return hmac.compare_digest(_digest(typed, self.sel), self.empreinte)
        try:
            unlock_with_passphrase(self.folder, typed)
        except UserError as error:
            if error.code == "phrase_de_passe_incorrecte":
                return False
            raise
        return True


@dataclass(frozen=True, slots=True)
class CodeChoisi:
    """A short code made ready to be kept."""

    sel: bytes
    empreinte: bytes


def prepare_code(code: str) -> CodeChoisi:
    """Make a code she chose ready to be kept. Slow on purpose: for a worker.

    Raises:
        InvalidInput: With every problem.
    """
    problems = check_code(code)
    if problems:
        raise InvalidInput(problems)
    salt = os.urandom(_SALT)
    return CodeChoisi(salt, _digest(code, salt))


def _digest(code: str, salt: bytes) -> bytes:
    return derive_from_passphrase(code, salt, KdfParameters.floor())


class VoileService:
    """Use cases of the veil."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def serrure(self) -> Serrure:
        """What lifts the veil now."""
        folder, kept = self._session.vault.folder, self._session.read.settings.get(_CODE)
        if not isinstance(kept, dict):
            return Serrure(folder)
        return Serrure(folder, bytes.fromhex(kept["sel"]), bytes.fromhex(kept["empreinte"]))

    def choose(self, code: CodeChoisi | None) -> Changes:
        """Put a code in force in place of the one before; None for the passphrase."""
        kept = {"sel": code.sel.hex(), "empreinte": code.empreinte.hex()} if code is not None else None
        with self._session.transaction() as tx:
            tx.settings.put(_CODE, kept)
            tx.journal.append("modification", "reglages", "code_court", self._session.clock.now())
            tx.commit()
        return changes("reglages")
