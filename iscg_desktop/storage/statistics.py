"""Countable rows without identity, for one quarter or more: what the bilan is counted from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from iscg_desktop.domain.bilan import Ligne
from iscg_desktop.storage.connection import Row, Statements

_ACCUEILS = """
SELECT a.dossier_id, a.id, a.unite_id, a.origine, a.trimestre_bilan, p.sexe, p.tranche_age, p.statut, p.activite, p.csp,
       p.logement, p.connu_services_sociaux, p.suivi_en_cours, p.commune,
       (SELECT group_concat(liste || ' ' || code) FROM profil_valeurs WHERE profil_id = p.id) AS profil,
       (SELECT group_concat(liste || ' ' || code) FROM accueil_valeurs WHERE accueil_id = a.id) AS reponses
FROM accueils AS a JOIN profils AS p ON p.id = a.profil_id WHERE a.trimestre_bilan IN ({quarters})
"""
_DOSSIERS = """
SELECT id AS dossier_id, problematique_principale, unite_id, trimestre_bilan
FROM dossiers WHERE trimestre_bilan IN ({quarters})
"""
_ENTRETIENS = """
SELECT dossier_id, mode, unite_id, trimestre_bilan FROM entretiens
WHERE issue = 'realise' AND trimestre_bilan IN ({quarters})
"""
_ORIENTATIONS = (
    "SELECT dossier_id, type, trimestre_bilan FROM orientations WHERE trimestre_bilan IN ({quarters})"
)
_SUITES = """
SELECT o.dossier_id, s.suite, s.trimestre_bilan FROM suites AS s JOIN orientations AS o ON o.id = s.orientation_id
WHERE s.trimestre_bilan IN ({quarters})
"""
_SAISINES = "SELECT dossier_id, id, trimestre_bilan FROM saisines WHERE trimestre_bilan IN ({quarters})"
_FICHES = (
    "SELECT dossier_id, trimestre_bilan FROM fiches WHERE version = 1 AND trimestre_bilan IN ({quarters})"
)
_RETOURS = """
SELECT f.dossier_id, s.trimestre_bilan FROM fiche_suivis AS s JOIN fiches AS f ON f.id = s.fiche_id
WHERE s.etape = 'retour' AND s.trimestre_bilan IN ({quarters})
"""


class Statistics:
    """Reads rows for counting; no name, no date of birth, no text ever leaves it."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def lignes(self, quarters: Iterable[str]) -> tuple[Ligne, ...]:
        """Every countable row of the quarters, in all univers."""
        codes = tuple(quarters)
        foyers = self.foyers()
        return tuple(self._lignes(codes, foyers))

    def quarters_with_rows(self) -> tuple[str, ...]:
        """Codes of the quarters in which something counts, in order."""
        rows = self._sql.execute(
            "SELECT t FROM (SELECT trimestre_bilan AS t FROM accueils UNION SELECT trimestre_bilan FROM entretiens"
            " UNION SELECT trimestre_bilan FROM saisines UNION SELECT trimestre_bilan FROM orientations"
            " UNION SELECT trimestre_bilan FROM suites UNION SELECT trimestre_bilan FROM fiches"
            " UNION SELECT trimestre_bilan FROM fiche_suivis WHERE etape = 'retour') WHERE t IS NOT NULL ORDER BY t"
        )
        return tuple(row["t"] for row in rows)

    def first_quarter(self) -> str | None:
        """Code of the first quarter in which something counts: each index is asked for its first entry only."""
        tables = ("accueils", "entretiens", "saisines", "orientations", "suites", "fiches")
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

    def _lignes(self, quarters: tuple[str, ...], foyers: Mapping[int, int]) -> Iterator[Ligne]:
        for row in self._rows(_ACCUEILS, quarters):
            yield Ligne("accueils", _foyer(row, foyers), _accueil(row))
        for row in self._rows(_DOSSIERS, quarters):
            yield Ligne("dossiers", _foyer(row, foyers), _coded(row, "problematique_principale"))
        for row in self._rows(_ENTRETIENS, quarters):
            conjoint = "oui" if row["mode"] == "conjoint" else "non"
            yield Ligne("entretiens", _foyer(row, foyers), {**_coded(row, "mode"), "conjoint": conjoint})
        for row in self._rows(_ORIENTATIONS, quarters):
            yield Ligne("orientations", _foyer(row, foyers), _coded(row, "type"))
        for row in self._rows(_SUITES, quarters):
            yield Ligne("suites", _foyer(row, foyers), _coded(row, "suite"))
        for row in self._rows(_SAISINES, quarters):
            # A saisine without a dossier is a foyer of its own.
            foyer = _foyer(row, foyers) if row["dossier_id"] is not None else -row["id"]
            yield Ligne("saisines", foyer, _coded(row))
        for row in self._rows(_FICHES, quarters):
            yield Ligne("fiches", _foyer(row, foyers), _coded(row))
        for row in self._rows(_RETOURS, quarters):
            yield Ligne("retours", _foyer(row, foyers), _coded(row))

    def _rows(self, sql: str, quarters: tuple[str, ...]) -> Iterable[Row]:
        return self._sql.execute(sql.format(quarters=", ".join("?" * len(quarters))), quarters)


def _foyer(row: Row, foyers: Mapping[int, int]) -> int:
    dossier: int = row["dossier_id"]
    return foyers.get(dossier, dossier)


def _coded(row: Row, *names: str) -> dict[str, str | tuple[str, ...]]:
    return {"trimestre": row["trimestre_bilan"], **{name: row[name] for name in names}}


def _accueil(row: Row) -> dict[str, str | tuple[str, ...]]:
    facts: dict[str, str | tuple[str, ...]] = _coded(
        row, "origine", "sexe", "tranche_age", "statut", "activite", "csp", "logement",
        "connu_services_sociaux", "suivi_en_cours",
    )  # fmt: skip
    facts["unite"] = "" if row["unite_id"] is None else str(row["unite_id"])
    facts["commune"] = row["commune"] or ""
    facts |= dict.fromkeys(("vulnerabilite", "ressources", "problematique", "demande", "reponse"), ())
    for text in (row["profil"], row["reponses"]):
        for pair in text.split(",") if text else ():
            liste, code = pair.split(" ")
            facts[liste] = (*facts[liste], code)
    return facts
