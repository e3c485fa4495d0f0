"""The index of the persons: kept in the coffre with them, and asked while one types."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from iscg_desktop.domain.personne import Identite, Nommee
from iscg_desktop.domain.recherche import Requete, terms_of
from iscg_desktop.storage.connection import Statements

# The outer join order is forced: a few dozen ranges are asked, each found at once in the index.
_SEARCH = """
SELECT personne_id, sum(points) AS total
FROM (
    SELECT t.personne_id, max(q.value ->> 3) AS points, q.value ->> 4 AS requis
    FROM json_each(?1) AS q
    CROSS JOIN personne_termes AS t ON t.terme BETWEEN q.value ->> 1 AND q.value ->> 2
    GROUP BY q.value ->> 0, t.personne_id
)
GROUP BY personne_id HAVING sum(requis) >= ?2
ORDER BY total DESC, personne_id DESC LIMIT ?3
"""

_NAMED = """
SELECT p.id, p.nom_usage, p.nom_naissance, p.prenom, p.surnom, p.description, p.sexe, p.date_naissance,
       p.annee_naissance, p.age_estime, p.age_estime_le
FROM json_each(?) AS asked JOIN personnes AS p ON p.id = asked.value
"""

MOST_PAIRS = 20_000
"""Pairs to look at in one go: more would be a number or a birth typed for everybody."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A person of the index, and how well she answers at first sight."""

    personne_id: int
    points: int


def index_person(sql: Statements, personne_id: int, identite: Identite) -> None:
    """Bring the index up to date with what is known of a person; most often little of it changed."""
    known = {
        row["terme"]
        for row in sql.execute("SELECT terme FROM personne_termes WHERE personne_id = ?", (personne_id,))
    }
    terms = terms_of(identite)
    for statement, moved in (
        ("DELETE FROM personne_termes WHERE terme = ? AND personne_id = ?", known - terms),
        ("INSERT INTO personne_termes (terme, personne_id) VALUES (?, ?)", terms - known),
    ):
        if moved:
            sql.execute_many(statement, [(terme, personne_id) for terme in sorted(moved)])


class RecherchePersonnes:
    """Repository of the index of the persons."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def find(self, requete: Requete, limit: int) -> tuple[Hit, ...]:
        """Persons who answer every required word, best first at first sight."""
        ranges = [
            (terme.jeton, terme.debut, terme.fin, terme.points, int(terme.jeton in requete.requis))
            for terme in requete.termes
        ]
        if not ranges:
            return ()
        rows = self._sql.execute(_SEARCH, (json.dumps(ranges), len(requete.requis), limit))
        return tuple(Hit(row["personne_id"], row["total"]) for row in rows)

    def named(self, personne_ids: Iterable[int]) -> dict[int, Nommee]:
        """What each person is called, by id."""
        rows = self._sql.execute(_NAMED, (json.dumps(list(personne_ids)),))
        return {row[0]: Nommee._make(cast(Iterable[Any], row)) for row in rows}

    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Persons who share a day of birth, a number or the sound of their whole name, two by two.

        Two who were said apart, or linked to each other, are two. No more than ``MOST_PAIRS``.
        """
        rows = self._sql.execute(
            "SELECT DISTINCT a.personne_id AS un, b.personne_id AS autre"
            " FROM (VALUES ('k', 'l'), ('j', 'k'), ('t', 'u')) AS kinds"
            " CROSS JOIN personne_termes AS a ON a.terme >= kinds.column1 AND a.terme < kinds.column2"
            " CROSS JOIN personne_termes AS b ON b.terme = a.terme AND b.personne_id > a.personne_id"
            " WHERE NOT EXISTS (SELECT 1 FROM personnes_distinctes AS d"
            " WHERE d.personne_id = a.personne_id AND d.autre_id = b.personne_id)"
            " AND NOT EXISTS (SELECT 1 FROM liens AS l WHERE (l.personne_id, l.autre_id) IN"
            " ((a.personne_id, b.personne_id), (b.personne_id, a.personne_id)))"
            " LIMIT ?",
            (MOST_PAIRS,),
        )
        return tuple((row["un"], row["autre"]) for row in rows)

    def whole_names(self) -> tuple[tuple[int, str], ...]:
        """Everybody by ear, family and first name in one word."""
        rows = self._sql.execute(
            "SELECT personne_id, substr(terme, 2) AS cle FROM personne_termes WHERE terme >= 'k' AND terme < 'l'"
        )
        return tuple((row["personne_id"], row["cle"]) for row in rows)
