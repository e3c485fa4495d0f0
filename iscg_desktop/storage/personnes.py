"""Persons of the coffre, and the facts noted about them as of one event."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.personne import CODED_FACTS, MULTIPLE_FACTS, Identite, Personne, Profil
from iscg_desktop.storage.connection import Row, Statements, Value
from iscg_desktop.storage.recherche_personnes import index_person
from iscg_desktop.storage.rows import from_date, insert, new_uid, to_date, update

_NAMES = (
    "id", "uid", "nom_naissance", "nom_usage", "prenom", "surnom", "description", "sexe", "date_naissance",
    "annee_naissance", "age_estime", "age_estime_le", "adresse", "commune", "telephone", "courriel", "contact_sur",
    "contact_sur_horaires", "sans_message", "vit_avec", "informee_le",
)  # fmt: skip
_COLUMNS = ", ".join(f"personnes.{name}" for name in _NAMES)
_ONE = f"SELECT {_COLUMNS} FROM personnes WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Life:
    """Where a person is known from: the numbers of her dossiers, the last first, and the last contact."""

    dossiers: tuple[str, ...] = ()
    dernier_contact: date | None = None


class Personnes:
    """Repository of the persons."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, identite: Identite) -> int:
        """Add a person; returns her id."""
        personne_id = insert(self._sql, "personnes", {"uid": new_uid(), **identite_values(identite)})
        index_person(self._sql, personne_id, identite)
        return personne_id

    def change(self, personne_id: int, identite: Identite) -> None:
        """Replace all that is known of her identity."""
        update(self._sql, "personnes", personne_id, identite_values(identite))
        index_person(self._sql, personne_id, identite)

    def get(self, personne_id: int) -> Personne:
        """One person."""
        return _personne(self._sql.execute(_ONE, (personne_id,)).one())

    def some(self, personne_ids: Iterable[int]) -> dict[int, Personne]:
        """Persons by id."""
        rows = self._sql.execute(
            f"SELECT {_COLUMNS} FROM json_each(?) AS asked JOIN personnes ON personnes.id = asked.value",
            (json.dumps(list(personne_ids)),),
        )
        return {row[0]: _personne(row) for row in rows}

    def lives(self, personne_ids: Iterable[int]) -> dict[int, Life]:
        """Where each person is known from."""
        asked = list(personne_ids)
        found = dict.fromkeys(asked, Life())
        for row in self._sql.execute(
            "SELECT dp.personne_id, d.numero, d.dernier_contact FROM json_each(?) AS asked"
            " JOIN dossier_personnes AS dp ON dp.personne_id = asked.value JOIN dossiers AS d ON d.id = dp.dossier_id"
            " ORDER BY d.dernier_contact DESC, d.id DESC",
            (json.dumps(asked),),
        ):
            life = found[row["personne_id"]]
            found[row["personne_id"]] = Life(
                (*life.dossiers, row["numero"]), life.dernier_contact or to_date(row["dernier_contact"])
            )
        return found

    def name_of(self, personne_id: int) -> str:
        """Her whole name, "" once she was erased."""
        row = self._sql.execute(_ONE, (personne_id,)).first()
        return "" if row is None else _personne(row).identite.nom_complet

    def of_dossier(self, dossier_id: int) -> tuple[tuple[Personne, str, bool], ...]:
        """Persons of a dossier, each with her statut there and whether she is an accueil."""
        rows = self._sql.execute(
            f"SELECT {_COLUMNS}, dp.statut, EXISTS (SELECT 1 FROM accueils JOIN personnes AS p"
            " ON p.id = accueils.personne_id WHERE accueils.dossier_id = dp.dossier_id"
            " AND dp.personne_id IN (p.id, p.fusionnee_dans)) AS accueillie"
            " FROM dossier_personnes AS dp JOIN personnes ON personnes.id = dp.personne_id"
            " WHERE dp.dossier_id = ? ORDER BY dp.ordre, personnes.id",
            (dossier_id,),
        )
        return tuple((_personne(row), row["statut"], bool(row["accueillie"])) for row in rows)

    def statuts_in(self, dossier_id: int) -> dict[int, frozenset[str]]:
        """Every statut that each person of a dossier was given there, entretien by entretien."""
        rows = self._sql.execute(
            "SELECT coalesce(p.fusionnee_dans, p.id) AS personne_id, profils.statut FROM entretiens"
            " JOIN entretien_personnes AS ep ON ep.entretien_id = entretiens.id"
            " JOIN personnes AS p ON p.id = ep.personne_id JOIN profils ON profils.id = ep.profil_id"
            " WHERE entretiens.dossier_id = ? AND entretiens.mis_a_la_corbeille_le IS NULL",
            (dossier_id,),
        )
        found: dict[int, set[str]] = {}
        for row in rows:
            found.setdefault(row["personne_id"], set()).add(row["statut"])
        return {personne_id: frozenset(statuts) for personne_id, statuts in found.items()}

    def join(self, dossier_id: int, personne_id: int, statut: str) -> None:
        """Say that a person is concerned by a dossier; her statut there is the last one noted."""
        self._sql.execute(
            "INSERT INTO dossier_personnes (dossier_id, personne_id, statut, ordre)"
            " VALUES (?1, ?2, ?3, (SELECT count(*) FROM dossier_personnes WHERE dossier_id = ?1))"
            " ON CONFLICT (dossier_id, personne_id) DO UPDATE SET statut = excluded.statut",
            (dossier_id, personne_id, statut),
        )

    def dossiers_of(self, personne_id: int) -> tuple[int, ...]:
        """Ids of the dossiers that concern her."""
        rows = self._sql.execute(
            "SELECT dossier_id FROM dossier_personnes WHERE personne_id = ? ORDER BY dossier_id",
            (personne_id,),
        )
        return tuple(row["dossier_id"] for row in rows)

    def add_profil(self, profil: Profil) -> int:
        """Keep facts as of one event; returns the id of the profil."""
        values: dict[str, Value] = {name: getattr(profil, name) for name in CODED_FACTS}
        values |= {
            "age": profil.age,
            "age_source": profil.age_source,
            "tranche_age": profil.tranche_age,
            "commune": profil.commune,
        }
        profil_id = insert(self._sql, "profils", values)
        self._sql.execute_many(
            "INSERT INTO profil_valeurs (profil_id, liste, code) VALUES (?, ?, ?)",
            [
                (profil_id, liste, code)
                for liste in MULTIPLE_FACTS
                for code in dict.fromkeys(getattr(profil, liste))
            ],
        )
        return profil_id

    def profils(self, profil_ids: Iterable[int]) -> dict[int, Profil]:
        """Profils by id."""
        found: dict[int, Profil] = {}
        for profil_id in profil_ids:
            row = self._sql.execute("SELECT * FROM profils WHERE id = ?", (profil_id,)).one()
            multiple: dict[str, tuple[str, ...]] = dict.fromkeys(MULTIPLE_FACTS, ())
            for value in self._sql.execute(
                "SELECT liste, code FROM profil_valeurs WHERE profil_id = ? ORDER BY liste, code",
                (profil_id,),
            ):
                multiple[value["liste"]] += (value["code"],)
            found[profil_id] = Profil(
                age=row["age"],
                age_source=row["age_source"],
                commune=row["commune"],
                vulnerabilite=multiple["vulnerabilite"],
                ressources=multiple["ressources"],
                **{name: row[name] for name in CODED_FACTS},
            )
        return found

    def last_profil(self, personne_id: int) -> Profil | None:
        """Facts of her last entretien, to prefill the next."""
        last = self.last_facts(personne_id)
        return None if last is None else last[0]

    def last_facts(self, personne_id: int) -> tuple[Profil, date, dict[str, date]] | None:
        """Facts of her last entretien, its day, and the older day of those nobody confirmed in it."""
        row = self._sql.execute(
            "SELECT ep.profil_id, ep.reprises, entretiens.date FROM entretien_personnes AS ep"
            " JOIN entretiens ON entretiens.id = ep.entretien_id"
            " WHERE ep.personne_id = ? AND entretiens.mis_a_la_corbeille_le IS NULL"
            " ORDER BY entretiens.date DESC, entretiens.id DESC LIMIT 1",
            (personne_id,),
        ).first()
        if row is None:
            return None
        older = {name: date.fromisoformat(day) for name, day in json.loads(row["reprises"]).items()}
        return self.profils([row["profil_id"]])[row["profil_id"]], date.fromisoformat(row["date"]), older


def identite_values(identite: Identite) -> dict[str, Value]:
    """Columns of an identity, as they are stored."""
    naissance = identite.naissance or Naissance()
    return {
        "nom_naissance": identite.nom_naissance.strip(),
        "nom_usage": identite.nom_usage.strip(),
        "prenom": identite.prenom.strip(),
        "surnom": identite.surnom.strip(),
        "description": identite.description.strip(),
        "sexe": identite.sexe,
        "date_naissance": from_date(naissance.date),
        "annee_naissance": naissance.annee,
        "age_estime": naissance.age_estime,
        "age_estime_le": from_date(identite.age_estime_le) if naissance.age_estime is not None else None,
        "adresse": identite.adresse.strip(),
        "commune": identite.commune,
        "telephone": identite.telephone.strip(),
        "courriel": identite.courriel.strip(),
        "contact_sur": identite.contact_sur.strip(),
        "contact_sur_horaires": identite.contact_sur_horaires.strip(),
        "sans_message": int(identite.sans_message),
        "vit_avec": identite.vit_avec.strip(),
        "informee_le": from_date(identite.informee_le),
    }


def _personne(row: Row) -> Personne:
    """A person of a row that begins with `_COLUMNS`, read by position: a name is looked for among all columns."""
    values: list[Any] = [row[place] for place in range(len(_NAMES))]
    personne_id, uid, *names = values
    nom_naissance, nom_usage, prenom, surnom, description, sexe = names[:6]
    born, year, age, age_as_of, adresse, commune, telephone, courriel = names[6:14]
    contact_sur, contact_sur_horaires, sans_message, vit_avec, informee_le = names[14:]
    known = born is not None or year is not None or age is not None
    naissance = Naissance(to_date(born), year, age) if known else None
    return Personne(
        personne_id,
        uid,
        Identite(
            nom_naissance, nom_usage, prenom, surnom, description, sexe, naissance, to_date(age_as_of),
            adresse, commune, telephone, courriel, contact_sur, contact_sur_horaires, bool(sans_message),
            vit_avec, to_date(informee_le),
        ),
    )  # fmt: skip
