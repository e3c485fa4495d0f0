"""The convention of the post, and what it makes due today."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from iscg_desktop.domain.convention import Convention, Rappel, rappels
from iscg_desktop.domain.period import parse_period
from iscg_desktop.errors import InvalidInput
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session

_CONVENTION = "convention"
_DATES = ("debut", "fin", "derniere_rencontre")


class ConventionService:
    """Use cases of the convention."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self) -> Convention:
        """What it says; nothing much until she typed it."""
        return _read(self._session.read.settings.get(_CONVENTION))

    def set(self, convention: Convention) -> Changes:
        """Keep what it says, its comités in order.

        Raises:
            InvalidInput: With every problem; nothing changes.
        """
        problems = convention.check(self._session.clock.today())
        if problems:
            raise InvalidInput(problems)
        comites = tuple(sorted(set(convention.comites)))
        with self._session.transaction() as tx:
            tx.settings.put(_CONVENTION, _written(dataclasses.replace(convention, comites=comites)))
            tx.journal.append("modification", "reglages", "convention", self._session.clock.now())
            tx.commit()
        return changes("reglages")

    def note_rencontre(self) -> Changes:
        """Say that she met the référent today."""
        met = dataclasses.replace(self.get(), derniere_rencontre=self._session.clock.today())
        return self.set(met)

    def rappels(self) -> tuple[Rappel, ...]:
        """What it makes due, the most pressing first."""
        read = self._session.read
        known = (read.statistics.first_quarter(), self._session.premier_trimestre(read))
        first = max((code for code in known if code is not None), default=None, key=parse_period)
        return rappels(
            self.get(),
            self._session.clock.today(),
            arretes={bilan.periode.code for bilan in self._session.read.bilans.arretes()},
            premier=None if first is None else parse_period(first).debut,
        )


def _written(convention: Convention) -> dict[str, object]:
    values: dict[str, Any] = dataclasses.asdict(convention)
    for name in _DATES:
        values[name] = values[name].isoformat() if values[name] else None
    values["comites"] = [day.isoformat() for day in convention.comites]
    return values


def _read(values: object) -> Convention:
    if not isinstance(values, dict):
        return Convention()
    known = {field.name for field in dataclasses.fields(Convention)}
    kept: dict[str, Any] = {name: value for name, value in values.items() if name in known}
    for name in _DATES:
        kept[name] = date.fromisoformat(kept[name]) if kept.get(name) else None
    kept["comites"] = tuple(date.fromisoformat(day) for day in kept.get("comites", ()))
    return Convention(**kept)
