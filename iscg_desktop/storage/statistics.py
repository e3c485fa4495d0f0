"""Countable rows without identity, for any quarters or days: what the bilan is counted from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from iscg_desktop.domain.bilan import Ligne, answered
from iscg_desktop.domain.bilan_bandes import bande_delai, bande_duree
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.statistics_sources import SOURCES, UNIVERS, Choice, Facts, Source


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a countable row was written, for her eyes inside the coffre; what does not apply is None.

    Attributes:
        id: Its own id in the table of its univers.
    """

    id: int
    dossier_id: int | None
    personne_id: int | None = None
    entretien_id: int | None = None
    partenaire_id: int | None = None


Durees = Mapping[str, Counter[int]]
"""How often each number of days or minutes comes, by fact."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """Accueils of a period, and what became of them since, whenever it happened.

    Attributes:
        accueils: How many.
        orientes: Of these, oriented to the service social de secteur.
        non_suivis: Of these, not followed at their accueil.
        engages: Of the non-suivis, those with an accompagnement engagé.
    """

    accueils: int
    orientes: int
    non_suivis: int
    engages: int


_SAME = "q.dossier_id = a.dossier_id AND coalesce(w.fusionnee_dans, w.id) = coalesce(p.fusionnee_dans, p.id)"
_COHORT = f"""
SELECT count(*), coalesce(sum(oriente), 0), coalesce(sum(non_suivi), 0), coalesce(sum(non_suivi AND engage), 0)
FROM (SELECT EXISTS (SELECT 1 FROM orientations AS q JOIN personnes AS w ON w.id = q.personne_id
                     WHERE {_SAME} AND q.premiere_secteur = 1) AS oriente,
             EXISTS (SELECT 1 FROM orientations AS q JOIN personnes AS w ON w.id = q.personne_id
                     JOIN suites AS s ON s.orientation_id = q.id
                     WHERE {_SAME} AND s.premier_engagement = 1) AS engage,
             coalesce(n.famille, c.famille) = 'non' AS non_suivi
      FROM accueils AS a JOIN personnes AS p ON p.id = a.personne_id JOIN profils AS f ON f.id = a.profil_id
      JOIN nomenclatures AS n ON n.liste = 'suivi_en_cours' AND n.code = f.suivi_en_cours
      LEFT JOIN nomenclatures AS c ON c.liste = 'suivi_en_cours' AND c.code = n.compte_sous
      WHERE {{counted}})
"""


class Statistics:
    """Reads rows for counting; no name, no date of birth, no text ever leaves it."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def lignes(self, quarters: Iterable[str]) -> tuple[Ligne, ...]:
        """Every countable row of the quarters, in all univers."""
        return self.of(Choice(tuple(quarters)))

    def of(self, choice: Choice, univers: Iterable[str] = UNIVERS) -> tuple[Ligne, ...]:
        """Every countable row chosen, in some univers."""
        sources = [source for source in SOURCES if source.univers in univers]
        return tuple(ligne for _, ligne in self._pairs(choice, sources))

    def grouped(self, choice: Choice) -> tuple[Ligne, ...]:
        """Every countable row chosen, those alike in one, without their foyers: for the screen, never for a file."""
        return tuple(ligne for lignes, _ in self.grouped_by_source(choice) for ligne in lignes)

    def grouped_by_source(self, choice: Choice) -> Iterator[tuple[tuple[Ligne, ...], Durees]]:
        """The same in parts, with the delays in days and durations in minutes behind the bands."""
        for source in SOURCES:
            for part in choice.parts() if source.listes else (choice,):
                rows = self._sql.execute(*source.grouped_query(part)).rows
                facts = _reader(rows, source)
                lignes = tuple(Ligne(source.univers, 0, facts(row), row["nombre"]) for row in rows)
                yield lignes, {name: _times(rows, column) for name, column in source.measured.items()}

    def traced(self, choice: Choice, univers: str) -> tuple[tuple[Trace, Ligne], ...]:
        """The countable rows of one univers, and where each was written: never for a file."""
        sources = [source for source in SOURCES if source.univers == univers]
        return tuple((_trace(row), ligne) for row, ligne in self._pairs(choice, sources))

    def by_quarter(self) -> dict[str, dict[str, int]]:
        """How many accueils and dossiers count in each quarter, by univers; for a trend on screen."""
        return {
            univers: {
                row["trimestre"]: row["nombre"]
                for row in self._sql.execute(
                    f"SELECT trimestre_bilan AS trimestre, count(*) AS nombre FROM {univers}"
                    " WHERE trimestre_bilan IS NOT NULL GROUP BY trimestre_bilan"
                )
            }
            for univers in ("accueils", "dossiers")
        }

    def personnes(self, choice: Choice) -> int:
        """Distinct persons accueillies, merged lines being one; on screen only, and never summed."""
        clause, values = choice.clause("a", "a.date")
        found: int = self._sql.execute(
            "SELECT count(DISTINCT coalesce(p.fusionnee_dans, p.id)) FROM accueils AS a"
            f" JOIN personnes AS p ON p.id = a.personne_id WHERE {clause}",
            values,
        ).scalar()
        return found

    def cohort(self, choice: Choice) -> Cohort:
        """What became, to this day, of the accueils chosen; on screen only."""
        clause, values = choice.clause("a", "a.date")
        row = self._sql.execute(_COHORT.format(counted=clause), values).one()
        return Cohort(row[0], row[1], row[2], row[3])

    def quarters_with_rows(self) -> tuple[str, ...]:
        """Codes of the quarters in which something counts, in order."""
        rows = self._sql.execute(
            "SELECT t FROM (SELECT trimestre_bilan AS t FROM accueils UNION SELECT trimestre_bilan FROM entretiens"
            " UNION SELECT trimestre_bilan FROM saisines UNION SELECT trimestre_bilan FROM orientations"
            " UNION SELECT trimestre_bilan FROM suites UNION SELECT trimestre_bilan FROM fiches"
            " UNION SELECT trimestre_bilan FROM fiche_suivis WHERE etape IN ('remise', 'retour')"
            " UNION SELECT trimestre_bilan FROM contacts_partenaires) WHERE t IS NOT NULL ORDER BY t"
        )
        return tuple(row["t"] for row in rows)

    def first_quarter(self) -> str | None:
        """Code of the first quarter in which something counts: each index is asked for its first entry only."""
        tables = (
            "accueils",
            "entretiens",
            "saisines",
            "orientations",
            "suites",
            "fiches",
            "contacts_partenaires",
        )
        firsts = " UNION ALL ".join(f"SELECT min(trimestre_bilan) AS t FROM {table}" for table in tables)
        found: str | None = self._sql.execute(f"SELECT min(t) FROM ({firsts})").scalar()
        return found

    def foyers(self) -> dict[int, int]:
        """Foyer of each dossier: dossiers that share a person, directly or not, are one foyer."""
        parent: dict[int, int] = {}

        def root(dossier: int) -> int:
            parent.setdefault(dossier, dossier)
            while parent[dossier] != dossier:
                parent[dossier] = parent[parent[dossier]]
                dossier = parent[dossier]
            return dossier

        first_of: dict[int, int] = {}
        for row in self._sql.execute("SELECT dossier_id, personne_id FROM dossier_personnes"):
            other = first_of.setdefault(row["personne_id"], row["dossier_id"])
            parent[root(row["dossier_id"])] = root(other)
        return {dossier: root(dossier) for dossier in list(parent)}

    def _pairs(self, choice: Choice, sources: Iterable[Source]) -> Iterator[tuple[Row, Ligne]]:
        foyers = self.foyers()
        for source in sources:
            rows = self._sql.execute(*source.query(choice)).rows
            facts = _reader(rows, source)
            for row in rows:
                yield row, Ligne(source.univers, _foyer(row, foyers), facts(row))


def _trace(row: Row) -> Trace:
    names = set(row.keys())
    known = {name: row[name] for name in ("personne_id", "entretien_id", "partenaire_id") if name in names}
    return Trace(row["id"], row["dossier_id"], **known)


def _foyer(row: Row, foyers: Mapping[int, int]) -> int:
    """Foyer of the dossier; what has no dossier is a foyer of its own."""
    dossier: int | None = row["dossier_id"]
    return -row["id"] if dossier is None else foyers.get(dossier, dossier)


def _times(rows: Iterable[Row], column: str) -> Counter[int]:
    """How often each known value of a column comes."""
    found: Counter[int] = Counter()
    for row in rows:
        if row[column] is not None:
            found[row[column]] += row["nombre"]
    return found


def _reader(rows: Sequence[Row], source: Source) -> Callable[[Row], Facts]:
    """Reads the facts of rows of one query; by position, for a name is looked for among all the columns."""
    place = {name: rank for rank, name in enumerate(rows[0].keys())} if rows else {}
    plain = [place[name] for name in source.faits] if rows else []
    values = itemgetter(*plain) if len(plain) > 1 else lambda row: [row[rank] for rank in plain]
    delais = [(name, place[column]) for name, column in source.delais.items()] if rows else []
    listes = [(place[column], names) for column, names in source.listes.items()] if rows else []

    def facts(row: Row) -> Facts:
        found: dict[str, str | tuple[str, ...]] = dict(zip(source.faits, values(row), strict=True))
        if source.unite:
            unite = row[place["unite_id"]]
            found["unite"] = "" if unite is None else str(unite)
        for name, rank in delais:
            found[name] = bande_delai(row[rank])
        if source.duree:
            found["duree"] = bande_duree(row[place[source.duree]])
        for rank, names in listes:
            found.update(_coded(row[rank] or "", names))
        return found

    return facts


@lru_cache(maxsize=4096)
def _coded(text: str, listes: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Codes of each list, out of « list code » pairs; the same few answers come again and again."""
    found: dict[str, list[str]] = {liste: [] for liste in listes}
    for pair in text.split(",") if text else ():
        liste, _, code = pair.partition(" ")
        found[liste].append(code)
    return {liste: answered(codes) for liste, codes in found.items()}
