"""How long dossiers are kept: what is past its time, prolonged with a reason; the durations of each regime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from iscg_desktop.domain.conservation import (
    DUREE_RECOMMANDEE,
    DossierConserve,
    Durees,
    check_prolongation,
    fin_conservation,
    oldest_kept,
)
from iscg_desktop.domain.dates import months_before
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session
from iscg_desktop.storage.conservation import DossierDate

_DUREES = "conservation.durees"
_READ = 30  # dossiers

DateEchue: TypeAlias = tuple[DossierDate, date]
"""A dossier and the last day it is kept."""


@dataclass(frozen=True, slots=True)
class SaisineConservee:
    """A saisine that opened no dossier and is past its time.

    Attributes:
        fin: Last day it is kept.
    """

    id: int
    recue_le: date
    demandeur: str
    fin: date


class ConservationService:
    """Use cases around the time that is left."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def durees(self) -> Durees:
        """Those in force."""
        return durees(self._session)

    def set_durees(self, asked: Durees) -> Changes:
        """Put others in force.

        Raises:
            InvalidInput: ``conservation_hors_bornes`` (zero among them), ``conservation_sans_motif``.
        """
        problems = asked.check()
        if problems:
            raise InvalidInput(problems)
        with self._session.transaction() as tx:
            tx.settings.put(_DUREES, {"mois": dict(asked.mois), "motif": asked.motif.strip()})
            tx.journal.append("modification", "reglages", "conservation", self._session.clock.now())
            tx.commit()
        return changes("reglages")

    def echus(self) -> tuple[DossierConserve, ...]:
        """Dossiers past their time, the longest first; all of them read at once."""
        return tuple(self.lus(self.dates()))

    def dates(self) -> tuple[DateEchue, ...]:
        """What is past its time, the longest first: thousands may be, their names are not read."""
        return tuple(sorted(self._past(), key=lambda one: (one[1], one[0].numero)))

    def lus(self, found: Sequence[DateEchue]) -> Iterator[DossierConserve]:
        """These dossiers with their names, read a few at a time as they are asked for."""
        for start in range(0, len(found), _READ):
            yield from self._lines(found[start : start + _READ])

    def count(self) -> int:
        """How many dossiers and saisines are past their time: what the day's page says."""
        today, kept = self._session.clock.today(), self.durees
        begins = {regime: oldest_kept(today, kept.of(regime)) for regime in kept.mois}
        others = oldest_kept(today, DUREE_RECOMMANDEE)
        dossiers = self._session.read.conservation.count_before(begins, others, today)
        return dossiers + len(self.saisines_echues())

    def fin(self, dossier_id: int) -> date:
        """Last day one dossier is kept."""
        return _fin(self._session.read.conservation.dossier(dossier_id), self.durees)

    def saisines_echues(self) -> tuple[SaisineConservee, ...]:
        """Saisines sans suite past the time of an adult's dossier, the oldest first."""
        today, mois = self._session.clock.today(), self.durees.of("adulte_difficulte")
        return tuple(
            SaisineConservee(each.id, each.recue_le, each.demandeur, fin)
            for each in self._session.read.conservation.saisines_before(months_before(today, mois))
            if (fin := fin_conservation(each.dernier, mois)) < today
        )

    def prolonger(self, dossier_id: int, jusqu_au: date | None, motif: str) -> Changes:
        """Keep a dossier longer, for a reason.

        Raises:
            InvalidInput: ``prolongation_sans_date``, ``prolongation_passee``, ``prolongation_longue``,
                ``prolongation_sans_motif``.
            UserError: ``horloge_reculee``.
        """
        problems = check_prolongation(jusqu_au, motif, self._session.clock.today())
        if problems:
            raise InvalidInput(problems)
        with self._session.transaction() as tx:
            refuse_clock_set_back(self._session)
            tx.conservation.prolong(dossier_id, jusqu_au, motif.strip())
            tx.journal.append(
                "prolongation", "dossier", tx.dossiers.numero(dossier_id), self._session.clock.now()
            )
            tx.commit()
        return changes("dossiers", dossier_id=dossier_id)

    def _past(self) -> list[DateEchue]:
        today, kept = self._session.clock.today(), self.durees  # read once: there are thousands
        before = months_before(today, kept.shortest)
        found = ((each, _fin(each, kept)) for each in self._session.read.conservation.dossiers_before(before))
        return [(each, fin) for each, fin in found if fin < today]

    def _lines(self, found: Sequence[DateEchue]) -> list[DossierConserve]:
        lines = {line.id: line for line in self._session.read.dossiers.lines(each.id for each, _ in found)}
        return [
            DossierConserve(
                each.id,
                each.numero,
                each.regime,
                lines[each.id].noms,
                lines[each.id].initiales,
                each.dernier_contact,
                fin,
                prolonge=each.prolonge is not None,
                en_attente=each.en_attente,
            )
            for each, fin in found
        ]


def _fin(each: DossierDate, kept: Durees) -> date:
    return fin_conservation(each.dernier_contact, kept.of(each.regime), each.prolonge)


def durees(session: Session) -> Durees:
    """How long each regime keeps a dossier, in a coffre."""
    return Durees.kept(session.read.settings.get(_DUREES))


def refuse_clock_set_back(session: Session) -> None:
    """Nothing that hangs on the day is done by a clock that is behind what was already written.

    Raises:
        UserError: ``horloge_reculee``, with the day of the last line of the journal.
    """
    last = session.read.journal.last_moment()
    if last is not None and session.clock.now() < last:
        raise UserError("horloge_reculee", jour=f"{last.astimezone():%d/%m/%Y}")
