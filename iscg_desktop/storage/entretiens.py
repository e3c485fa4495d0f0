"""Entretiens, the persons present at each, and the accueils they give rise to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from iscg_desktop.domain.entretien import Entretien, EntretienDraft, PersonnePresente
from iscg_desktop.domain.personne import Profil
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.personnes import Personnes
from iscg_desktop.storage.rows import from_date, from_time, insert, new_uid, to_date, to_time


class Entretiens:
    """Repository of the entretiens."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements
        self._personnes = Personnes(statements)

    def add(self, draft: EntretienDraft, dossier_id: int, trimestre: str, now: datetime) -> int:
        """Add a checked entretien, without its persons; returns its id."""
        entretien_id = insert(
            self._sql,
            "entretiens",
            {
                "uid": new_uid(),
                "dossier_id": dossier_id,
                "date": from_date(draft.date),
                "heure": from_time(draft.heure),
                "duree": draft.duree,
                "mode": draft.mode,
                "issue": draft.issue,
                "lieu": draft.lieu,
                "problematique_principale": draft.problematique_principale,
                "unite_id": draft.unite_id,
                "partenaire_id": draft.partenaire_id,
                "elements_transmissibles": draft.elements_transmissibles,
                "notes_de_travail": draft.notes_de_travail,
                "enregistre_le": now.isoformat(timespec="seconds"),
                "trimestre_bilan": trimestre,
            },
        )
        answers = {
            "problematique": [p for p in draft.problematiques if p != draft.problematique_principale],
            "demande": draft.demandes,
            "reponse": draft.reponses,
        }
        add_values(self._sql, "entretien", entretien_id, answers)
        return entretien_id

    def add_person(
        self, entretien_id: int, personne_id: int, ordre: int, *, presente: bool, accord: str, profil: Profil
    ) -> None:
        """Add one line of an entretien, with the facts as of that day."""
        insert(
            self._sql,
            "entretien_personnes",
            {
                "entretien_id": entretien_id,
                "personne_id": personne_id,
                "ordre": ordre,
                "presente": int(presente),
                "profil_id": self._personnes.add_profil(profil),
                "accord": accord,
            },
        )

    def get(self, entretien_id: int) -> Entretien:
        """One entretien, whole."""
        row = self._sql.execute("SELECT * FROM entretiens WHERE id = ?", (entretien_id,)).one()
        values: dict[str, tuple[str, ...]] = {"problematique": (), "demande": (), "reponse": ()}
        for value in self._sql.execute(
            "SELECT v.liste, v.code FROM entretien_valeurs AS v"
            " JOIN nomenclatures AS n ON n.liste = v.liste AND n.code = v.code"
            " WHERE entretien_id = ? ORDER BY v.liste, n.ordre, v.code",
            (entretien_id,),
        ):
            values[value["liste"]] += (value["code"],)
        return self._entretien(row, values)

    def last_of(self, dossier_id: int, personne_id: int) -> Entretien | None:
        """The last entretien of a dossier in which a person has her line."""
        row = self._sql.execute(
            "SELECT e.id FROM entretiens AS e JOIN entretien_personnes AS ep ON ep.entretien_id = e.id"
            " WHERE e.dossier_id = ? AND ep.personne_id = ? AND e.mis_a_la_corbeille_le IS NULL"
            " ORDER BY e.date DESC, e.id DESC LIMIT 1",
            (dossier_id, personne_id),
        ).first()
        return None if row is None else self.get(row["id"])

    def _entretien(self, row: Row, values: Mapping[str, tuple[str, ...]]) -> Entretien:
        day = to_date(row["date"])
        assert day is not None
        return Entretien(
            id=row["id"],
            dossier_id=row["dossier_id"],
            date=day,
            heure=to_time(row["heure"]),
            duree=row["duree"],
            mode=row["mode"],
            issue=row["issue"],
            lieu=row["lieu"],
            unite_id=row["unite_id"],
            problematique_principale=row["problematique_principale"],
            problematiques=values["problematique"],
            demandes=values["demande"],
            reponses=values["reponse"],
            personnes=self._present(row["id"]),
            elements_transmissibles=row["elements_transmissibles"],
            notes_de_travail=row["notes_de_travail"],
        )

    def _present(self, entretien_id: int) -> tuple[PersonnePresente, ...]:
        rows = self._sql.execute(
            "SELECT * FROM entretien_personnes WHERE entretien_id = ? ORDER BY ordre", (entretien_id,)
        )
        profils = self._personnes.profils(row["profil_id"] for row in rows)
        return tuple(
            PersonnePresente(
                personne_id=row["personne_id"],
                nom=self._personnes.get(row["personne_id"]).identite.nom_complet,
                presente=bool(row["presente"]),
                accord=row["accord"],
                profil=profils[row["profil_id"]],
            )
            for row in rows
        )


class Accueils:
    """Repository of the accueils: the person–dossier pairs that a bilan counts."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements
        self._personnes = Personnes(statements)

    def exists(self, dossier_id: int, personne_id: int) -> bool:
        """Whether the pair already counts, under her line or one merged into it."""
        return (
            self._sql.execute(
                "SELECT 1 FROM accueils JOIN personnes AS p ON p.id = personne_id"
                " WHERE dossier_id = ?1 AND ?2 IN (p.id, p.fusionnee_dans)",
                (dossier_id, personne_id),
            ).first()
            is not None
        )

    def add(
        self,
        *,
        dossier_id: int,
        personne_id: int,
        automatique: bool,
        day: date,
        trimestre: str,
        origine: str,
        profil: Profil,
        draft: EntretienDraft,
    ) -> int:
        """Start an accueil from the entretien that made it; returns its id."""
        principale = draft.problematique_principale
        assert principale is not None
        accueil_id = insert(
            self._sql,
            "accueils",
            {
                "dossier_id": dossier_id,
                "personne_id": personne_id,
                "automatique": int(automatique),
                "date": day.isoformat(),
                "profil_id": self._personnes.add_profil(profil),
                "origine": origine,
                "problematique_principale": principale,
                "unite_id": draft.unite_id,
                "trimestre_bilan": trimestre,
            },
        )
        answers = {
            "problematique": (principale, *draft.problematiques),
            "demande": draft.demandes,
            "reponse": draft.reponses,
        }
        add_values(self._sql, "accueil", accueil_id, answers)
        return accueil_id

    def facts(self, dossier_id: int, personne_id: int) -> tuple[str, str] | None:
        """``connu_services_sociaux`` and ``suivi_en_cours`` of an accueil, None if the pair does not count."""
        row = self._sql.execute(
            "SELECT connu_services_sociaux, suivi_en_cours FROM accueils JOIN profils ON profils.id = profil_id"
            " JOIN personnes AS p ON p.id = personne_id WHERE dossier_id = ?1 AND ?2 IN (p.id, p.fusionnee_dans)",
            (dossier_id, personne_id),
        ).first()
        return None if row is None else (row["connu_services_sociaux"], row["suivi_en_cours"])


def add_values(sql: Statements, owner: str, owner_id: int, values: Mapping[str, Iterable[str]]) -> None:
    """Keep the several-answers values of an ``entretien`` or an ``accueil``, each once."""
    sql.execute_many(
        f"INSERT INTO {owner}_valeurs ({owner}_id, liste, code) VALUES (?, ?, ?)",
        [(owner_id, liste, code) for liste, codes in values.items() for code in dict.fromkeys(codes)],
    )
