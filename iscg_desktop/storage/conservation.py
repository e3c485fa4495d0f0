"""What may be past its time: dossiers by last contact, saisines that opened no dossier."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iscg_desktop.storage.connection import Statements, Value
from iscg_desktop.storage.rows import from_date, to_date, update


@dataclass(frozen=True, slots=True)
class DossierDate:
    """What tells until when a dossier is kept.

    Attributes:
        en_attente: Fiches handed over and without retour.
    """

    id: int
    numero: str
    regime: str
    dernier_contact: date
    prolonge: date | None
    en_attente: int


@dataclass(frozen=True, slots=True)
class SaisineDate:
    """A saisine without dossier, and the last day something was done about it."""

    id: int
    recue_le: date
    demandeur: str
    dernier: date


@dataclass(frozen=True, slots=True)
class Elimine:
    """A dossier to be eliminated: how many entretiens and pièces jointes it holds, and no name."""

    numero: str
    ouvert_le: date
    dernier_contact: date
    regime: str
    entretiens: int
    pieces: int


class Conservation:
    """Repository of the durations."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def dossiers_before(self, day: date) -> tuple[DossierDate, ...]:
        """Dossiers whose last contact was before a day, the oldest first."""
        return self._dossiers("dernier_contact < ?", day.isoformat())

    def elimination(self, dossier_ids: Sequence[int]) -> Iterator[Elimine | None]:
        """What a bordereau says of some dossiers, in their order; None for one that is not there."""
        rows = self._sql.execute(
            "SELECT id, numero, ouvert_le, dernier_contact, regime, (SELECT count(*) FROM entretiens AS e WHERE"
            " e.dossier_id = d.id) AS entretiens, (SELECT count(*) FROM pieces_jointes AS p WHERE p.dossier_id = d.id)"
            " AS pieces FROM dossiers AS d WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(dossier_ids)),),
        )
        known = {
            row["id"]: Elimine(
                row["numero"],
                date.fromisoformat(row["ouvert_le"]),
                date.fromisoformat(row["dernier_contact"]),
                row["regime"],
                row["entretiens"],
                row["pieces"],
            )
            for row in rows
        }
        return (known.get(each) for each in dossier_ids)

    def count_before(self, begins: Mapping[str, date], others: date, today: date) -> int:
        """How many dossiers had their last contact before a day, and are not kept longer than yesterday.

        Args:
            begins: That day, by regime.
            others: That day for every other regime.
            today: Civil date.
        """
        cases = "".join(" WHEN ? THEN ?" for _ in begins)
        day = f"CASE regime{cases} ELSE ? END" if begins else "?"
        values = [value for regime, each in begins.items() for value in (regime, each.isoformat())]
        return int(
            self._sql.execute(
                f"SELECT count(*) FROM dossiers WHERE dernier_contact < {day}"
                " AND (conserve_jusqu_au IS NULL OR conserve_jusqu_au < ?)",
                (*values, others.isoformat(), today.isoformat()),
            ).scalar()
        )

    def dossier(self, dossier_id: int) -> DossierDate:
        """What tells until when one dossier is kept."""
        (found,) = self._dossiers("id = ?", dossier_id)
        return found

    def _dossiers(self, where: str, value: Value) -> tuple[DossierDate, ...]:
        rows = self._sql.execute(
            "SELECT id, numero, regime, dernier_contact, conserve_jusqu_au, (SELECT count(*) FROM fiches"
            " WHERE dossier_id = dossiers.id AND etape IN ('remise', 'accusee', 'relance')) AS en_attente"
            f" FROM dossiers WHERE {where} ORDER BY dernier_contact, id",
            (value,),
        )
        return tuple(
            DossierDate(
                row["id"],
                row["numero"],
                row["regime"],
                date.fromisoformat(row["dernier_contact"]),
                to_date(row["conserve_jusqu_au"]),
                row["en_attente"],
            )
            for row in rows
        )

    def saisines_before(self, day: date) -> tuple[SaisineDate, ...]:
        """Saisines sans suite about which nothing was done since a day, the oldest first."""
        rows = self._sql.execute(
            "SELECT s.id, s.date, s.demandeur, max(s.date, coalesce(max(t.date), s.date)) AS dernier"
            " FROM saisines AS s LEFT JOIN tentatives_contact AS t ON t.saisine_id = s.id"
            " WHERE s.dossier_id IS NULL AND s.etat = 'sans_suite' GROUP BY s.id HAVING dernier < ?"
            " ORDER BY dernier, s.id",
            (day.isoformat(),),
        )
        return tuple(
            SaisineDate(
                row["id"],
                date.fromisoformat(row["date"]),
                row["demandeur"],
                date.fromisoformat(row["dernier"]),
            )
            for row in rows
        )

    def first_day(self) -> date | None:
        """Day on which the oldest dossier was opened."""
        return to_date(self._sql.execute("SELECT min(ouvert_le) FROM dossiers").scalar())

    def prolong(self, dossier_id: int, until: date | None, motif: str) -> None:
        """Keep a dossier until a day, for a reason; None takes it back."""
        update(
            self._sql,
            "dossiers",
            dossier_id,
            {"conserve_jusqu_au": from_date(until), "motif_conservation": motif},
        )
