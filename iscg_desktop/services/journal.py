"""The journal, read, filtered, verified, and exported for an audit without anything that leads to a person."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

from iscg_desktop.files import write_atomic
from iscg_desktop.reference.turns import at_once
from iscg_desktop.services.session import Session
from iscg_desktop.services.turns import Etapes
from iscg_desktop.storage.journal import JournalEntry, JournalProblem

LigneJournal = JournalEntry
"""A line, as pages show it."""

_PAGE: Final = 500  # lines read or written at a time: a few thousandths of a second
# What a reference of these names is no person's: a period, a count, the name of a setting.
_PLAIN = frozenset({"bilan", "reglages", "nomenclature", "coffre", "dossiers", "import"})


@dataclass(frozen=True, slots=True)
class FiltreJournal:
    """What is asked of the journal; None asks for everything.

    Attributes:
        du: First day, in local time.
        au: Last day.
    """

    action: str | None = None
    objet: str | None = None
    du: date | None = None
    au: date | None = None


@dataclass(frozen=True, slots=True)
class EtatJournal:
    """What the chain says.

    Attributes:
        lignes: How many lines there are.
        depuis: When the oldest was written; None without one.
        probleme: The first line that does not hold; None when all do.
    """

    lignes: int
    depuis: datetime | None
    probleme: JournalProblem | None


class JournalService:
    """Use cases around the journal."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lignes(self, filtre: FiltreJournal, limit: int = 200, offset: int = 0) -> tuple[JournalEntry, ...]:
        """Lines, the newest first."""
        return self._session.read.journal.find(
            filtre.action, filtre.objet, *self._bounds(filtre), limit=limit, offset=offset
        )

    def compte(self, filtre: FiltreJournal) -> int:
        """How many lines answer."""
        return self._session.read.journal.count(filtre.action, filtre.objet, *self._bounds(filtre))

    def actions(self) -> tuple[str, ...]:
        """Every action that the journal holds, in order."""
        return self._session.read.journal.actions()

    def objets(self) -> tuple[str, ...]:
        """Every kind of record that the journal holds, in order."""
        return self._session.read.journal.objets()

    def verifier(self) -> EtatJournal:
        """``verifying`` at once."""
        return at_once(self.verifying())

    def verifying(self) -> Etapes[EtatJournal]:
        """Verify the whole chain, in short steps; about 5 µs a line."""
        journal = self._session.read.journal
        count, steps = journal.count(None, None, None, None), journal.verifying()
        while True:
            try:
                done = next(steps)
            except StopIteration as end:
                return EtatJournal(count, journal.first_moment(), end.value)
            yield done, count

    def export(self, filtre: FiltreJournal) -> bytes:
        """``exporting`` at once."""
        return at_once(self.exporting(filtre))

    def exporting(self, filtre: FiltreJournal) -> Etapes[bytes]:
        """The lines as a CSV file, the oldest first: each reference that leads to someone is replaced by a rank.

        In short steps.

        The same rank stands for the same reference all along the file, so that an audit can follow what was done
        with one record without learning which. Cells hold codes and numbers only: no formula can stand in them.
        """
        lines: list[JournalEntry] = []
        while page := self.lignes(filtre, _PAGE, len(lines)):
            lines += page
            yield len(lines), 0
        lines.reverse()
        ranks: dict[tuple[str, str], int] = {}
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(("ligne", "date", "heure", "action", "objet", "reference"))
        for done, line in enumerate(lines, 1):
            if not done % _PAGE:
                yield done, len(lines)
            moment = line.moment.astimezone()
            shown = line.reference or ""
            if shown and line.objet not in _PLAIN:
                shown = f"n{ranks.setdefault((line.objet, shown), len(ranks) + 1)}"
            day, hour = f"{moment:%Y-%m-%d}", f"{moment:%H:%M:%S}"
            writer.writerow((line.id, day, hour, line.action, line.objet, shown))
        with self._session.transaction() as tx:
            tx.journal.append("export", "journal", None, self._session.clock.now())
            tx.commit()
        return b"\xef\xbb\xbf" + text.getvalue().encode()

    def enregistrer(self, filtre: FiltreJournal, place: Path) -> None:
        """``saving`` at once."""
        at_once(self.saving(filtre, place))

    def saving(self, filtre: FiltreJournal, place: Path) -> Etapes[None]:
        """Write what ``exporting`` gives where she chose.

        Raises:
            UserError: The disk's refusals.
        """
        write_atomic(place, (yield from self.exporting(filtre)))

    @staticmethod
    def _bounds(filtre: FiltreJournal) -> tuple[datetime | None, datetime | None]:
        since = datetime.combine(filtre.du, time.min).astimezone(UTC) if filtre.du else None
        until = datetime.combine(filtre.au, time.max).astimezone(UTC) if filtre.au else None
        return since, until
