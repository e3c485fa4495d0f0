"""The open coffre itself: its check, its owner, its passphrase, its lock."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.coffre import check
from iscg_desktop.storage.header_copies import HeaderState

if TYPE_CHECKING:  # read only once a coffre opens: the gate names this service before
    from iscg_desktop.domain.intervenant import Intervenant
    from iscg_desktop.domain.unite import Unite
    from iscg_desktop.services.session import Session
    from iscg_desktop.storage.check import Check

Notice = Literal[
    "entete_reparee", "entete_non_reparee", "entete_ancienne", "base_ancienne", "horloge_reculee"
]
"""What she must be told about the coffre after opening it."""

_DEMONSTRATION = "demonstration"


class CoffreService:
    """Use cases around the open coffre itself and the settings of its owner."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def folder(self) -> Path:
        """Where the coffre lies."""
        return self._session.vault.folder

    @property
    def is_demonstration(self) -> bool:
        """Whether everyone in it is invented."""
        return self._session.read.settings.get(_DEMONSTRATION) is True

    def mark_demonstration(self) -> None:
        """Say for good that everyone in it is invented."""
        with self._session.transaction() as tx:
            tx.settings.put(_DEMONSTRATION, True)
            tx.commit()

    @property
    def waits_for_check(self) -> bool:
        """Whether the coffre can only be read so far: not all of it was checked yet."""
        return self._session.waits_for_check

    def checking(self) -> Callable[[], Check]:
        """The check, for a worker; what it gives is for `admit`."""
        return partial(check, self.folder, self._session.vault.key)

    def admit(self, found: object) -> None:
        """Let the coffre be written in.

        Raises:
            UserError: ``coffre_abime``; nothing will be written.
        """
        self._session.admit(found)  # type: ignore[arg-type]

    def thin_journal(self) -> None:
        """Remove the lines of the journal older than she keeps them: what is left to do once it was let in.

        Raises:
            UserError: Why the disk refuses; the next opening does it.
        """
        self._session.thin_journal()

    def refuse(self, error: UserError) -> None:
        """Write nothing in this coffre, and say why."""
        self._session.vault.refuse(error)

    def when_reserve_is_used(self, told: Callable[[], None]) -> None:
        """Have it told once the disk is full and what was kept, a draft too, went into the room reserved for that."""
        self._session.vault.reserve_told = told

    @property
    def intervenant(self) -> Intervenant | None:
        """The owner; None until she said who she is."""
        return self._session.intervenant

    def notices(self) -> tuple[Notice, ...]:
        """What she must be told about the coffre after opening it."""
        vault = self._session.vault
        found: list[Notice] = []
        if vault.header_state is HeaderState.HEALED:
            found.append("entete_reparee")
        if vault.header_state is HeaderState.ONE_COPY:
            found.append("entete_non_reparee")
        if vault.old_header:
            found.append("entete_ancienne")
        if vault.rolled_back:
            found.append("base_ancienne")
        last = self._session.read.journal.last_moment()
        if last is not None and last > self._session.clock.now():
            found.append("horloge_reculee")
        return tuple(found)

    def departement_compte(self, departement: str) -> tuple[str, int] | None:
        """What the bilans of this year count by when she works in another département than on 1 January.

        Args:
            departement: Code of the one she names now.

        Returns:
            Name of the one that counts, and the year it counts until; None when they are the same.
        """
        year = self._session.clock.today().year
        counted = self._session.departement(year)
        now = self._session.intervenant
        if now is not None and counted == now.departement and not self._session.began_before_this_year:
            return None  # a slip of the first days is mended at once
        if counted in ("", departement):
            return None
        found = self._session.territories.departement(counted)
        return (f"{found.nom} ({counted})" if found else counted), year

    def set_up(self, intervenant: Intervenant, unites: tuple[Unite, ...] = ()) -> Changes:
        """Keep who she is and her first unités.

        Raises:
            InvalidInput: With every problem.
        """
        from iscg_desktop.services.cles import DRILL

        problems = intervenant.check()
        if problems:
            raise InvalidInput(problems)
        with self._session.transaction() as tx:
            self._session.keep_intervenant(tx, intervenant)
            if tx.settings.get(DRILL) is None:
                tx.settings.put(
                    DRILL, self._session.clock.today().isoformat()
                )  # the code was just typed back
            for unite in unites:
                tx.unites.add(unite)
            tx.journal.append("modification", "reglages", None, self._session.clock.now())
            tx.commit()
        return changes("reglages")

    def set_passphrase(self, slot: object) -> None:
        """Replace the passphrase; the recovery sheet stays good."""
        self._session.finish_turns()
        self._session.vault.set_passphrase(slot)  # type: ignore[arg-type]
        with self._session.transaction() as tx:
            tx.journal.append("modification", "phrase_de_passe", None, self._session.clock.now())
            tx.commit()

    def lock(self) -> None:
        """Close the coffre, what is under way in turns finished, what was read noted."""
        self._session.finish_turns()
        with suppress(UserError):  # a disk that refuses keeps nobody from locking
            self._session.write_notes()
        self._session.vault.close()
