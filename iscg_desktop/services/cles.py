"""The keys of the open coffre after its first day: the yearly drill, a new sheet, new keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from iscg_desktop.errors import UserError
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.passphrase import require_strong
from iscg_desktop.services.session import Session
from iscg_desktop.storage.header_copies import read_copies
from iscg_desktop.storage.kdf import KdfParameters, calibrate, measure_seconds
from iscg_desktop.storage.keys import wrap_passphrase, wrap_recovery
from iscg_desktop.storage.recovery_code import RecoveryCode
from iscg_desktop.storage.rotation import Rotation
from iscg_desktop.storage.unlock import unlock_with_passphrase, unlock_with_recovery

EXERCICE: Final = timedelta(days=365)
"""Once a year she reads her sheet, and the program proves that it still opens the coffre."""

DRILL: Final = "exercice_secours"
"""Setting that holds the day of the last one; its first day counts, since the code was typed back then."""

_TARGET: Final = 1.0  # seconds


class NouvelleFiche:
    """A recovery code about to replace the one in force; to give up, forget this object."""

    def __init__(self) -> None:
        self._code = RecoveryCode.generate()

    @property
    def groupes(self) -> tuple[str, ...]:
        """The code, to be written down."""
        return self._code.groups

    def confirmer(self, typed: str) -> RecoveryCode:
        """The code, once it was typed back.

        Raises:
            UserError: ``code_secours_groupe``, ``code_secours_longueur``, ``code_secours_different``.
        """
        if not RecoveryCode.parse(typed).is_same(self._code):
            raise UserError("code_secours_different")
        return self._code


class ClesService:
    """Use cases of the keys."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def dernier_exercice(self) -> date | None:
        """Day on which the sheet last proved that it opens the coffre."""
        value = self._session.read.settings.get(DRILL)
        return date.fromisoformat(value) if isinstance(value, str) else None

    def exercice_du(self) -> bool:
        """Whether a year has gone by since."""
        last = self.dernier_exercice()
        return last is None or self._session.clock.today() - last >= EXERCICE

    def exercer(self, typed: str) -> Changes:
        """Prove that the sheet she reads opens this coffre, and note the day.

        Raises:
            UserError: ``code_secours_groupe``, ``code_secours_longueur``, ``code_secours_incorrect``.
        """
        vault = self._session.vault
        if unlock_with_recovery(vault.folder, typed).dbk != vault.key.dbk:
            raise UserError("code_secours_incorrect")
        self._note("exercice")
        return changes("reglages")

    def adopter(self, fiche: NouvelleFiche, typed: str) -> Changes:
        """Have a new sheet open the coffre in place of the old one, once it was typed back.

        Backups made before still open with the old one: a sheet that was lost or seen calls for new keys.

        Raises:
            UserError: As `NouvelleFiche.confirmer`, or the disk refused: the old sheet stays good.
        """
        vault = self._session.vault
        self._session.finish_turns()
        vault.set_recovery(wrap_recovery(vault.key, fiche.confirmer(typed)))
        self._note("modification")
        return changes("reglages")

    def rotation(
        self, actuelle: str, nouvelle: str, *, kdf: KdfParameters | None = None
    ) -> Callable[[], Rotation]:
        """Makes new keys, for whoever types the passphrase in force; nothing is written yet. Slow: for a worker.

        Raises:
            UserError: ``phrase_de_passe_incorrecte``, ``phrase_de_passe_faible``.
        """
        vault = self._session.vault

        def make() -> Rotation:
            unlock_with_passphrase(vault.folder, actuelle)
            require_strong(nouvelle)
            return Rotation(vault, nouvelle, kdf or calibrate())

        return make

    def begin(self, rotation: Rotation, typed: str) -> Callable[[], None]:
        """Refuse every writing from now on; what is returned then writes the coffre under its new keys, in a worker.

        Raises:
            UserError: What is wrong with the new code typed back; nothing is refused then.
        """
        rotation.confirm(typed)
        self._session.freeze("coffre_en_rotation")
        return rotation.prepare

    def give_up(self) -> None:
        """The worker could not: the coffre goes on under its keys."""
        self._session.thaw()

    def commit(self, rotation: Rotation, typed: str) -> None:
        """Put the new keys in force; the coffre is closed then, and opens with the new passphrase.

        Raises:
            UserError: The disk refused; the coffre goes on under its keys.
        """
        try:
            rotation.commit(typed)
        except BaseException:
            self._session.thaw()
            raise

    def _note(self, action: str) -> None:
        with self._session.transaction() as tx:
            tx.settings.put(DRILL, self._session.clock.today().isoformat())
            tx.journal.append(action, "fiche_secours", None, self._session.clock.now())
            tx.commit()


@dataclass(frozen=True, slots=True)
class Serrure:
    """What a passphrase costs to try, here and now.

    Attributes:
        secondes: One try, on this machine.
        faible: Whether this machine affords a try twice as costly: a thief's does too.
    """

    secondes: float
    faible: bool


def mesurer(folder: Path, *, measure: Callable[[KdfParameters], float] = measure_seconds) -> Serrure:
    """Measure the lock of the coffre in `folder`. About one second, and its memory: for a worker.

    Raises:
        UserError: The header cannot be read.
    """
    seconds = measure(read_copies(folder).best.passphrase.kdf)
    return Serrure(seconds, seconds < _TARGET / 2)


def renforcer(folder: Path, actuelle: str, *, kdf: KdfParameters | None = None) -> object:
    """A slot of the same passphrase at the cost this machine affords, for ``CoffreService.set_passphrase``.

    Slow: for a worker.

    Raises:
        UserError: ``phrase_de_passe_incorrecte``.
    """
    return wrap_passphrase(unlock_with_passphrase(folder, actuelle), actuelle, kdf or calibrate(_TARGET))
