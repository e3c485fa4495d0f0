"""Links between persons, each kept once and read from both sides; and the pairs that are not one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iscg_desktop.domain.lien import reverse
from iscg_desktop.domain.personne import Personne
from iscg_desktop.storage.connection import Statements
from iscg_desktop.storage.personnes import Personnes


@dataclass(frozen=True, slots=True)
class Lien:
    """Somebody linked to a person: what she is to that person."""

    personne: Personne
    lien: str


class Liens:
    """Repository of the links."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def of(self, personne_id: int) -> tuple[Lien, ...]:
        """Everybody linked to a person, whichever way the link was noted."""
        rows = self._sql.execute(
            "SELECT autre_id AS id, lien, 0 AS inverse FROM liens WHERE personne_id = ?1"
            " UNION ALL SELECT personne_id, lien, 1 FROM liens WHERE autre_id = ?1 ORDER BY 1",
            (personne_id,),
        )
        people = Personnes(self._sql).some(row["id"] for row in rows)
        return tuple(
            Lien(people[row["id"]], reverse(row["lien"]) if row["inverse"] else row["lien"]) for row in rows
        )

    def put(self, personne_id: int, autre_id: int, lien: str) -> None:
        """Say what ``autre`` is to ``personne``; what was said of the two before is replaced."""
        self.drop(personne_id, autre_id)
        self._sql.execute(
            "INSERT INTO liens (personne_id, autre_id, lien) VALUES (?, ?, ?)", (personne_id, autre_id, lien)
        )

    def drop(self, personne_id: int, autre_id: int) -> None:
        """Say nothing more of the two."""
        self._sql.execute(
            "DELETE FROM liens WHERE (personne_id, autre_id) IN ((?1, ?2), (?2, ?1))", (personne_id, autre_id)
        )

    def say_apart(self, one: int, other: int, today: date) -> None:
        """Remember that two persons are not one."""
        first, second = sorted((one, other))
        self._sql.execute(
            "INSERT OR REPLACE INTO personnes_distinctes (personne_id, autre_id, dit_le) VALUES (?, ?, ?)",
            (first, second, today.isoformat()),
        )

    def say_nothing(self, one: int, other: int) -> None:
        """Forget that two persons were said not to be one."""
        first, second = sorted((one, other))
        self._sql.execute(
            "DELETE FROM personnes_distinctes WHERE personne_id = ? AND autre_id = ?", (first, second)
        )

    def never_one(self) -> frozenset[tuple[int, int]]:
        """Every pair that is no doublon, said apart or linked to each other; the smaller id first."""
        rows = self._sql.execute(
            "SELECT personne_id AS un, autre_id AS autre FROM personnes_distinctes"
            " UNION SELECT min(personne_id, autre_id), max(personne_id, autre_id) FROM liens"
        )
        return frozenset((row["un"], row["autre"]) for row in rows)

    def apart_from(self, personne_id: int) -> frozenset[int]:
        """Persons who were said not to be this one."""
        rows = self._sql.execute(
            "SELECT autre_id AS id FROM personnes_distinctes WHERE personne_id = ?1"
            " UNION SELECT personne_id FROM personnes_distinctes WHERE autre_id = ?1",
            (personne_id,),
        )
        return frozenset(row["id"] for row in rows)
