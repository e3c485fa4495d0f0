"""Where each univers of the bilan is read: one query each, of coded facts only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

Facts = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Source:
    """One univers.

    Attributes:
        univers: What its rows are.
        sql: Query with a place for which rows are counted; gives at least ``id`` and ``dossier_id``.
        alias: Table of the query that carries ``trimestre_bilan``.
        jour: Day of the event, as an expression.
        faits: Columns that are facts as they stand.
        delais: Columns that are days gone by, by the fact whose band they give.
        duree: Column in minutes whose band is a fact, if there is one.
        unite: Whether its rows have an unité.
        listes: Columns that hold « list code » pairs, and the lists to be found there.
    """

    univers: str
    sql: str
    alias: str
    jour: str
    faits: tuple[str, ...] = ()
    delais: Mapping[str, str] = field(default_factory=dict)
    duree: str = ""
    unite: bool = False
    listes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def measured(self) -> dict[str, str]:
        """Columns of days or minutes, by the fact whose band they give."""
        return {**self.delais, **({"duree": self.duree} if self.duree else {})}

    def query(self, choice: Choice) -> tuple[str, tuple[str, ...]]:
        """The query for some rows, and its values."""
        clause, values = choice.clause(self.alias, self.jour)
        return self.sql.format(counted=clause), values

    def grouped_query(self, choice: Choice) -> tuple[str, tuple[str, ...]]:
        """The query that gives each lot of rows alike once, with their ``nombre``.

        Rows with lists of answers are seldom alike: they come one by one.
        """
        sql, values = self.query(choice)
        if self.listes:
            return f"SELECT *, 1 AS nombre FROM ({sql})", values
        columns = [*self.faits, *self.delais.values()]
        columns += [self.duree] * bool(self.duree) + ["unite_id"] * self.unite
        alike = f" GROUP BY {', '.join(columns)}" if columns else ""
        return f"SELECT {', '.join((*columns, 'count(*) AS nombre'))} FROM ({sql}){alike}", values


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rows are counted: those of some quarters, as bilans do; or those of any days, for the screen.

    Attributes:
        trimestres: Codes of the quarters.
        jours: First and last day, in place of the quarters.
        part: One lot of these rows only.
        sauf: Codes of quarters to leave out.
    """

    trimestres: tuple[str, ...] = ()
    jours: tuple[date, date] | None = None
    part: int | None = None
    sauf: tuple[str, ...] = ()

    def clause(self, alias: str, jour: str) -> tuple[str, tuple[str, ...]]:
        """Condition on the rows of a table, and its values."""
        quarter = f"{alias}.trimestre_bilan"
        if self.jours is None:
            kept = tuple(code for code in self.trimestres if code not in self.sauf)
            return f"{quarter} IN ({', '.join('?' * len(kept))})", kept
        debut, fin = self.jours
        counted = f"{quarter} IS NOT NULL AND {jour} BETWEEN ? AND ?"
        if self.sauf:
            counted += f" AND {quarter} NOT IN ({', '.join('?' * len(self.sauf))})"
        if self.part is not None:
            # Neighbours together: what one page of the database holds is read for one part.
            counted += f" AND {alias}.id / {_NEIGHBOURS} % {_PARTS} = {self.part}"
        return counted, (debut.isoformat(), fin.isoformat(), *self.sauf)

    def parts(self) -> tuple[Choice, ...]:
        """The same rows in a few lots, when there are so many that reading them at once would hold the window."""
        if self.jours is None or self.jours[1] - self.jours[0] < _LONG:
            return (self,)
        return tuple(replace(self, part=part) for part in range(_PARTS))


_LONG = timedelta(days=3 * 366)
_PARTS = 6
_NEIGHBOURS = 64

_PROFIL = (
    "sexe", "tranche_age", "statut", "activite", "csp", "logement", "connu_services_sociaux", "suivi_en_cours",
    "situation_conjugale", "type_menage",
)  # fmt: skip

ACCUEILS = Source(
    "accueils",
    f"""
SELECT a.id, a.dossier_id, a.personne_id, a.entretien_id, a.unite_id, a.origine, a.problematique_principale,
       a.trimestre_bilan, {", ".join(f"p.{name}" for name in _PROFIL)}, coalesce(p.commune, '') AS commune,
       (SELECT group_concat(liste || ' ' || code) FROM profil_valeurs WHERE profil_id = p.id) AS profil,
       (SELECT group_concat(liste || ' ' || code) FROM accueil_valeurs WHERE accueil_id = a.id) AS reponses
FROM accueils AS a JOIN profils AS p ON p.id = a.profil_id WHERE {{counted}}
""",
    alias="a",
    jour="a.date",
    faits=("origine", "problematique_principale", "commune", *_PROFIL),
    unite=True,
    listes={
        "profil": ("vulnerabilite", "ressources"),
        "reponses": ("problematique", "demande", "reponse"),
    },
)
# What a dossier waited for counts from its first saisine: to the first time somebody tried to reach the person, a
# first entretien being one, and to that first entretien.
_DOSSIERS = Source(
    "dossiers",
    """
SELECT id, id AS dossier_id, unite_id, problematique_principale, trimestre_bilan,
       CAST(min(coalesce(tentative, entretien), coalesce(entretien, tentative)) - saisine AS INTEGER) AS jours_contact,
       CAST(entretien - saisine AS INTEGER) AS jours_entretien
FROM (WITH attendus AS MATERIALIZED (  -- each of the three days is read once
      SELECT d.id, d.unite_id, d.problematique_principale, d.trimestre_bilan, julianday(s.date) AS saisine,
             (SELECT min(julianday(t.date)) FROM tentatives_contact AS t WHERE t.saisine_id = s.id) AS tentative,
             (SELECT min(julianday(e.date)) FROM entretiens AS e WHERE e.dossier_id = d.id AND e.issue = 'realise'
              AND e.mis_a_la_corbeille_le IS NULL) AS entretien
      FROM dossiers AS d
      LEFT JOIN saisines AS s
      ON s.id = (SELECT id FROM saisines WHERE dossier_id = d.id ORDER BY date, id LIMIT 1)
      WHERE {counted}) SELECT * FROM attendus)
""",
    alias="d",
    jour="(SELECT date FROM accueils WHERE dossier_id = d.id ORDER BY id LIMIT 1)",
    faits=("problematique_principale",),
    unite=True,
    delais={"delai_contact": "jours_contact", "delai_entretien": "jours_entretien"},
)
_ENTRETIENS = Source(
    "entretiens",
    """
SELECT e.id, e.dossier_id, e.id AS entretien_id, e.unite_id, e.mode, e.lieu, e.duree, e.trimestre_bilan
FROM entretiens AS e WHERE e.issue = 'realise' AND {counted}
""",
    alias="e",
    jour="e.date",
    faits=("mode", "lieu"),
    unite=True,
    duree="duree",
)
_ORIENTATIONS = Source(
    "orientations",
    """
SELECT o.id, o.dossier_id, o.personne_id, o.entretien_id, o.type, o.trimestre_bilan
FROM orientations AS o WHERE {counted}
""",
    alias="o",
    jour="o.date",
    faits=("type",),
)
_SUITES = Source(
    "suites",
    """
SELECT s.id, o.dossier_id, o.personne_id, s.suite, o.type, s.trimestre_bilan,
       CAST(julianday(s.date) - julianday(o.date) AS INTEGER) AS jours
FROM suites AS s JOIN orientations AS o ON o.id = s.orientation_id WHERE {counted}
""",
    alias="s",
    jour="s.date",
    faits=("suite", "type"),
    delais={"delai_suite": "jours"},
)
_PREMIERES = Source(
    "premieres",
    """
SELECT o.id, o.dossier_id, o.personne_id, o.trimestre_bilan,
       coalesce(o.connu_services_sociaux, 'non_renseigne') AS connu_services_sociaux
FROM orientations AS o WHERE o.premiere_secteur = 1 AND {counted}
""",
    alias="o",
    jour="o.date",
    faits=("connu_services_sociaux",),
)
_ENGAGEMENTS = Source(
    "engagements",
    """
SELECT s.id, o.dossier_id, o.personne_id, s.trimestre_bilan,
       coalesce(o.suivi_en_cours, 'non_renseigne') AS suivi_en_cours
FROM suites AS s JOIN orientations AS o ON o.id = s.orientation_id
WHERE s.premier_engagement = 1 AND {counted}
""",
    alias="s",
    jour="s.date",
    faits=("suivi_en_cours",),
)
_SAISINES = Source(
    "saisines",
    """
SELECT s.id, s.dossier_id, s.unite_id, s.origine, s.support, s.urgence, s.accord_contact, s.etat, s.trimestre_bilan
FROM saisines AS s WHERE {counted}
""",
    alias="s",
    jour="s.date",
    faits=("origine", "support", "urgence", "accord_contact", "etat"),
    unite=True,
)
_FICHES = Source(
    "fiches",
    "SELECT f.id, f.dossier_id, f.personne_id, f.trimestre_bilan FROM fiches AS f WHERE f.version = 1 AND {counted}",
    alias="f",
    jour="f.etablie_le",
)
# A fiche is handed over once, whatever was corrected or handed over again.
_REMISES = Source(
    "remises",
    """
SELECT s.id, f.dossier_id, f.personne_id, s.trimestre_bilan,
       CAST(julianday(s.date) - (SELECT min(julianday(e.date)) FROM entretiens AS e WHERE e.dossier_id = f.dossier_id
            AND e.issue = 'realise' AND e.mis_a_la_corbeille_le IS NULL) AS INTEGER) AS jours
FROM fiche_suivis AS s JOIN fiches AS f ON f.id = s.fiche_id
WHERE s.etape = 'remise' AND {counted} AND NOT EXISTS (
    SELECT 1 FROM fiche_suivis AS a
    WHERE a.fiche_id IN (f.id, f.remplace_id) AND +a.etape = 'remise' AND (a.date, a.id) < (s.date, s.id))
""",
    alias="s",
    jour="s.date",
    delais={"delai_remise": "jours"},
)
_RETOURS = Source(
    "retours",
    """
SELECT s.id, f.dossier_id, f.personne_id, s.trimestre_bilan,
       CAST(julianday(s.date) - (SELECT min(julianday(r.date)) FROM fiche_suivis AS r
            WHERE r.fiche_id = f.id AND +r.etape = 'remise') AS INTEGER) AS jours
FROM fiche_suivis AS s JOIN fiches AS f ON f.id = s.fiche_id WHERE s.etape = 'retour' AND {counted}
""",
    alias="s",
    jour="s.date",
    delais={"delai_retour": "jours"},
)
_CONTACTS = Source(
    "contacts",
    """
SELECT c.id, c.dossier_id, c.partenaire_id, c.sens, c.canal, c.objet, p.type, c.trimestre_bilan
FROM contacts_partenaires AS c JOIN partenaires AS p ON p.id = c.partenaire_id WHERE {counted}
""",
    alias="c",
    jour="c.date",
    faits=("sens", "canal", "objet", "type"),
)

SOURCES = (
    ACCUEILS, _DOSSIERS, _ENTRETIENS, _ORIENTATIONS, _SUITES, _PREMIERES, _ENGAGEMENTS, _SAISINES, _FICHES,
    _REMISES, _RETOURS, _CONTACTS,
)  # fmt: skip
UNIVERS = tuple(source.univers for source in SOURCES)
