"""The list of dossiers: the ids that a filter lets through, in order, and the lines of those in sight."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from iscg_desktop.domain.dossier import DossierLine
from iscg_desktop.domain.liste_dossiers import Colonne, Contact, Etat, Filtre, Signe, Tri
from iscg_desktop.domain.personne import Identite
from iscg_desktop.storage.connection import Row, Statements, Value
from iscg_desktop.storage.dossiers import dossier_line, folded

_RELANCE = """
EXISTS (SELECT 1 FROM relances AS r WHERE r.dossier_id = d.id AND r.faite_le IS NULL
    AND r.fiche_id IS NULL AND r.pour_le <= :today)
"""
# As the day's page counts them: the last version of a fiche, issued some days ago, that nobody answered.
_SANS_RETOUR = """
EXISTS (SELECT 1 FROM fiches AS f WHERE f.dossier_id = d.id AND f.etablie_le <= :issued
        AND NOT EXISTS (SELECT 1 FROM fiches AS n WHERE n.remplace_id = f.id)
        AND NOT EXISTS (SELECT 1 FROM fiche_suivis AS s WHERE s.fiche_id = f.id AND s.etape = 'retour'))
"""
_YEARS = "(:year - substr({0}, 1, 4) - (:day < substr({0}, 6)))"
# The age of `domain.period.age_on`, today.
_MINEUR = f"""
EXISTS (SELECT 1 FROM dossier_personnes AS dp JOIN personnes AS p ON p.id = dp.personne_id
        WHERE dp.dossier_id = d.id AND CASE
            WHEN p.date_naissance IS NOT NULL THEN {_YEARS.format("p.date_naissance")}
            WHEN p.annee_naissance IS NOT NULL THEN :year - p.annee_naissance
            ELSE p.age_estime + max(0, {_YEARS.format("p.age_estime_le")}) END < 18)
"""
_COMMUNE = """
EXISTS (SELECT 1 FROM dossier_personnes AS dp JOIN personnes AS p ON p.id = dp.personne_id
        WHERE dp.dossier_id = d.id AND p.commune IN {0})
"""
_SIGNES = {
    Signe.A_REVOIR: "d.a_revoir = 1",
    Signe.RELANCE_DUE: _RELANCE,
    Signe.SANS_RETOUR: _SANS_RETOUR,
    Signe.MINEUR: _MINEUR,
}
_ETATS = {Etat.OUVERT: "d.clos_le IS NULL", Etat.CLOS: "d.clos_le IS NOT NULL"}

# A number is sorted as two numbers: 2026-10000 comes after 2026-9999.
_NUMERO = "substr(d.numero, 1, 5) {0}, length(d.numero) {0}, d.numero {0}"
_LAST = "d.dernier_contact DESC, d.id DESC"
_COUNTS = (
    " LEFT JOIN (SELECT dossier_id, count(*) AS nombre FROM entretiens WHERE mis_a_la_corbeille_le IS NULL"
    " GROUP BY dossier_id) AS e ON e.dossier_id = d.id"
)
_RANKS = " LEFT JOIN rangs ON rangs.code = {0}"

_LINES = f"""
SELECT d.id, d.numero, d.dernier_contact, d.clos_le, d.a_revoir, d.problematique_principale,
       coalesce(u.nom, '') AS unite, {_RELANCE} AS relance, {_SANS_RETOUR} AS sans_retour,
       (SELECT count(*) FROM entretiens AS e
        WHERE e.dossier_id = d.id AND e.mis_a_la_corbeille_le IS NULL) AS entretiens
FROM dossiers AS d LEFT JOIN unites AS u ON u.id = d.unite_id
WHERE d.id IN (SELECT value FROM json_each(:ids))
"""

# Beside min(), SQLite gives the other columns of the row that has it: a subquery for each took twice as long.
_FIRST_OF_EACH = """
SELECT dp.dossier_id, p.nom_usage, p.nom_naissance, p.prenom, p.surnom, p.description, min(dp.ordre)
FROM dossier_personnes AS dp JOIN personnes AS p ON p.id = dp.personne_id GROUP BY dp.dossier_id
"""


class ListeDossiers:
    """Repository of the list."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def ids(
        self,
        filtre: Filtre,
        tri: Tri,
        today: date,
        *,
        issued: date,
        rangs: Mapping[str, int] | None = None,
        familles: Iterable[str] = (),
    ) -> tuple[int, ...]:
        """Every dossier that a filter lets through, in the order of a sort.

        Args:
            filtre: What they must be; its families are given as ``familles``.
            tri: Their order.
            today: Civil date: what is due, who is a minor.
            issued: Last day of issue of a fiche that should have come back by now.
            rangs: Rank of each problématique or unité, for the sorts by what they are called.
            familles: Codes of the problématiques of the families wanted.
        """
        params: dict[str, Value] = {
            "today": today.isoformat(),
            "issued": issued.isoformat(),
            "year": today.year,
            "day": today.isoformat()[5:],
        }
        wheres = _conditions(filtre, tuple(familles), today, params)
        with_ranks, joins, order = _order(tri, rangs or {}, params)
        sql = f"{with_ranks} SELECT d.id FROM dossiers AS d{joins}"
        if wheres:
            sql += " WHERE " + " AND ".join(wheres)
        if tri.colonne is Colonne.PERSONNES:
            return self._by_name(sql, tri, params)
        return tuple(row[0] for row in self._sql.execute(f"{sql} ORDER BY {order}", params))

    def lines(self, ids: Sequence[int], today: date, issued: date) -> tuple[DossierLine, ...]:
        """The lines of these dossiers, in this order; one that is no more is left out."""
        wanted = json.dumps(list(ids))
        rows = {
            row["id"]: row
            for row in self._sql.execute(
                _LINES, {"ids": wanted, "today": today.isoformat(), "issued": issued.isoformat()}
            )
        }
        people: dict[int, list[Identite]] = {}
        for row in self._sql.execute(
            "SELECT dp.dossier_id, p.nom_naissance, p.nom_usage, p.prenom, p.surnom, p.description"
            " FROM dossier_personnes AS dp JOIN personnes AS p ON p.id = dp.personne_id"
            " WHERE dp.dossier_id IN (SELECT value FROM json_each(?)) ORDER BY dp.dossier_id, dp.ordre, p.id",
            (wanted,),
        ):
            people.setdefault(row["dossier_id"], []).append(Identite(*(row[place] for place in range(1, 6))))
        return tuple(_line(rows[each], people.get(each, [])) for each in ids if each in rows)

    def communes(self) -> tuple[str, ...]:
        """INSEE codes of the communes where someone of a dossier lives."""
        rows = self._sql.execute("SELECT DISTINCT commune FROM personnes WHERE commune IS NOT NULL")
        return tuple(row[0] for row in rows)

    def _by_name(self, sql: str, tri: Tri, params: Mapping[str, Value]) -> tuple[int, ...]:
        """Sorted here: the database knows nothing of accents."""
        named = {
            row[0]: folded(f"{row[1] or row[2]} {row[3]}".strip() or row[4] or row[5])
            for row in self._sql.execute(_FIRST_OF_EACH)
        }
        ids = [row[0] for row in self._sql.execute(f"{sql} ORDER BY {_LAST}", params)]
        known = [each for each in ids if named.get(each)]
        known.sort(key=named.__getitem__, reverse=tri.descendant)
        return tuple(known + [each for each in ids if not named.get(each)])


def _conditions(
    filtre: Filtre, familles: tuple[str, ...], today: date, params: dict[str, Value]
) -> list[str]:
    wheres = []
    if filtre.etats:
        wheres.append(_any(_ETATS[each] for each in sorted(filtre.etats)))
    lists: tuple[tuple[str, str, Sequence[Value] | None], ...] = (
        ("unites", "d.unite_id IN {0}", sorted(filtre.unites) or None),
        ("regimes", "d.regime IN {0}", sorted(filtre.regimes) or None),
        ("familles", "d.problematique_principale IN {0}", sorted(familles) if filtre.familles else None),
        (
            "communes",
            _COMMUNE,
            sorted(filtre.communes) or None,
        ),
    )
    for name, condition, values in lists:
        if values is not None:
            wheres.append(condition.format(f"(SELECT value FROM json_each(:{name}))"))
            params[name] = json.dumps(list(values))
    if filtre.contacts:
        wheres.append(_any(_period(each, today) for each in sorted(filtre.contacts)))
    return wheres + [_SIGNES[each] for each in sorted(filtre.signes)]


def _period(contact: Contact, today: date) -> str:
    first, last = contact.bornes(today)  # dates computed here, never typed
    parts = [f"d.dernier_contact >= '{first.isoformat()}'"] if first else []
    parts += [f"d.dernier_contact <= '{last.isoformat()}'"] if last else []
    return " AND ".join(parts)


def _any(conditions: Iterable[str]) -> str:
    return "(" + " OR ".join(conditions) + ")"


def _order(tri: Tri, rangs: Mapping[str, int], params: dict[str, Value]) -> tuple[str, str, str]:
    """The ranks, the joins and the ORDER BY of a sort; what is not known comes last both ways."""
    way = "DESC" if tri.descendant else "ASC"
    if tri.colonne is Colonne.NUMERO:
        return "", "", f"{_NUMERO.format(way)}, {_LAST}"
    if tri.colonne is Colonne.ENTRETIENS:
        return "", _COUNTS, f"coalesce(e.nombre, 0) {way}, {_LAST}"
    if tri.colonne in (Colonne.PROBLEMATIQUE, Colonne.UNITE):
        column = "d.unite_id" if tri.colonne is Colonne.UNITE else "d.problematique_principale"
        params["rangs"] = json.dumps(dict(rangs))
        ranks = "WITH rangs AS MATERIALIZED (SELECT key AS code, value AS rang FROM json_each(:rangs))"
        as_text = f"CAST({column} AS TEXT)"
        return ranks, _RANKS.format(as_text), f"rangs.rang {way} NULLS LAST, {_LAST}"
    return "", "", f"d.dernier_contact {way}, d.id DESC"


def _line(row: Row, people: list[Identite]) -> DossierLine:
    return replace(
        dossier_line(row, people),
        a_revoir=bool(row["a_revoir"]),
        relance_due=bool(row["relance"]),
        sans_retour=bool(row["sans_retour"]),
    )
