"""Registers written straight into the tables of a coffre: hundreds of accueils whose figures are known beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iscg_desktop.domain.period import quarter_of
from iscg_desktop.services.session import Session
from iscg_desktop.storage.connection import Value

_LISTS = (
    "sexe", "tranche_age", "statut", "situation_conjugale", "type_menage", "activite", "csp", "logement",
    "connu_services_sociaux", "suivi_en_cours",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Accueilli:
    """Somebody accueilli, each in a dossier of her own unless one is said.

    Attributes:
        dossier: Rank of the dossier; those of one dossier follow each other.
        oriente: Oriented to the service social de secteur.
        engage: With an accompagnement engagé after it.
    """

    dossier: int
    sexe: str = "femme"
    tranche_age: str = "35_44"
    statut: str = "victime"
    situation_conjugale: str = "marie"
    type_menage: str = "isole"
    activite: str = "en_emploi"
    csp: str = "cadres"
    logement: str = "locataire_prive"
    connu_services_sociaux: str = "connu"
    suivi_en_cours: str = "secteur"
    ressources: tuple[str, ...] = ("salaire",)
    vulnerabilite: tuple[str, ...] = ("aucune",)
    principale: str = "conflit_de_voisinage"
    abordees: tuple[str, ...] = ()
    oriente: bool = False
    engage: bool = False


def write(session: Session, accueillis: Sequence[Accueilli], jour: date) -> None:
    """Write a register of one day, by bare SQL: as many dossiers, entretiens and saisines as ranks."""
    day = {"date": jour.isoformat(), "trimestre_bilan": quarter_of(jour).code}
    persons = dict(enumerate(accueillis, start=1))
    dossiers = {one.dossier: one for one in reversed(accueillis)}
    session.vault.begin_immediate()
    _insert(session, "personnes", ({"id": n, "uid": f"{n:032}", "sexe": a.sexe} for n, a in persons.items()))
    _write_dossiers(session, dossiers, day)
    _write_profils(session, persons)
    _insert(
        session,
        "dossier_personnes",
        (
            {"dossier_id": a.dossier, "personne_id": n, "statut": a.statut, "ordre": n}
            for n, a in persons.items()
        ),
    )
    _write_accueils(session, persons, day)
    _write_orientations(session, {n: a for n, a in persons.items() if a.oriente or a.engage}, day)
    session.vault.commit()


def _write_dossiers(session: Session, dossiers: Mapping[int, Accueilli], day: Mapping[str, str]) -> None:
    for table, facts in (
        ("dossiers", {"regime": "adulte_difficulte", "ouvert_le": day["date"], "dernier_contact": day["date"]}),
        ("saisines", {**day, "origine": "gendarmerie", "support": "intervention", "accord_contact": "oui",
                      "urgence": "differee", "etat": "dossier_ouvert"}),
        ("entretiens", {**day, "mode": "presentiel_rdv", "issue": "realise", "lieu": "unite",
                        "enregistre_le": day["date"]}),
    ):  # fmt: skip
        rows = []
        for d, a in dossiers.items():
            row = {"id": d, **facts, "trimestre_bilan": day["trimestre_bilan"]}
            if table != "saisines":
                row |= {"uid": f"{d:032}", "problematique_principale": a.principale}
            row |= {"numero": f"{day['date'][:4]}-{900000 + d}"} if table == "dossiers" else {"dossier_id": d}
            rows.append(row)
        _insert(session, table, rows)


def _write_profils(session: Session, persons: Mapping[int, Accueilli]) -> None:
    _insert(
        session,
        "profils",
        (
            {"id": n, "age": None, "age_source": "inconnu", **{liste: getattr(a, liste) for liste in _LISTS}}
            for n, a in persons.items()
        ),
    )
    _insert(
        session,
        "profil_valeurs",
        (
            {"profil_id": n, "liste": liste, "code": code}
            for n, a in persons.items()
            for liste in ("ressources", "vulnerabilite")
            for code in getattr(a, liste)
        ),
    )


def _write_accueils(session: Session, persons: Mapping[int, Accueilli], day: Mapping[str, str]) -> None:
    _insert(
        session,
        "accueils",
        (
            {"id": n, "dossier_id": a.dossier, "personne_id": n, "entretien_id": a.dossier, "automatique": 1,
             "profil_id": n, "origine": "gendarmerie", "problematique_principale": a.principale, **day}
            for n, a in persons.items()
        ),
    )  # fmt: skip
    _insert(
        session,
        "accueil_valeurs",
        (
            {"accueil_id": n, "liste": "problematique", "code": code}
            for n, a in persons.items()
            for code in dict.fromkeys((a.principale, *a.abordees))
        ),
    )


def _write_orientations(session: Session, persons: Mapping[int, Accueilli], day: Mapping[str, str]) -> None:
    _insert(
        session,
        "orientations",
        (
            {"id": n, "dossier_id": a.dossier, "personne_id": n, "type": "service_social_secteur", "accord": "oui",
             "premiere_secteur": 1, "connu_services_sociaux": a.connu_services_sociaux,
             "suivi_en_cours": a.suivi_en_cours, **day}
            for n, a in persons.items()
        ),
    )  # fmt: skip
    _insert(
        session,
        "suites",
        (
            {"orientation_id": n, "suite": "accompagnement_engage", "premier_engagement": 1, **day}
            for n, a in persons.items()
            if a.engage
        ),
    )


def _insert(session: Session, table: str, rows: Iterable[Mapping[str, Value]]) -> None:
    found = [dict(row) for row in rows]
    if found:
        columns = list(found[0])
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        session.vault.execute_many(sql, [tuple(row[column] for column in columns) for row in found])
