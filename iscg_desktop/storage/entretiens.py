"""Entretiens, the persons present at each, the orientations they made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from iscg_desktop.domain.entretien import (
    Entretien,
    EntretienDraft,
    OrientationFaite,
    PersonneDraft,
    PersonnePresente,
)
from iscg_desktop.domain.entretien_versions import Version, decode
from iscg_desktop.domain.personne import Profil
from iscg_desktop.storage.connection import Row, Statements, Value
from iscg_desktop.storage.personnes import Personnes
from iscg_desktop.storage.rows import from_date, from_time, insert, new_uid, to_date, to_time, update


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
                "enregistre_le": now.isoformat(timespec="seconds"),
                "trimestre_bilan": trimestre,
                **_columns(draft),
            },
        )
        add_values(self._sql, "entretien", entretien_id, _answers(draft))
        return entretien_id

    def amend(self, entretien_id: int, draft: EntretienDraft, trimestre: str | None) -> None:
        """Make a recorded entretien say what a checked draft says; its lines are taken off, to be added anew.

        ``trimestre`` is None where it counts in a quarter already arrêté: it stays there.
        """
        quarter = {} if trimestre is None else {"trimestre_bilan": trimestre}
        update(self._sql, "entretiens", entretien_id, {**_columns(draft), **quarter})
        self._sql.execute("DELETE FROM entretien_valeurs WHERE entretien_id = ?", (entretien_id,))
        add_values(self._sql, "entretien", entretien_id, _answers(draft))
        self._drop_lines(entretien_id)

    def keep_version(self, entretien_id: int, contenu: Mapping[str, Any], now: datetime) -> None:
        """Keep what it said until now, and note the moment of the correction."""
        moment = now.isoformat(timespec="seconds")
        self._sql.execute(
            "INSERT INTO entretien_versions (entretien_id, version, contenu, remplace_le) VALUES (?1,"
            " (SELECT coalesce(max(version), 0) + 1 FROM entretien_versions WHERE entretien_id = ?1), ?2, ?3)",
            (entretien_id, json.dumps(contenu, ensure_ascii=False), moment),
        )
        update(self._sql, "entretiens", entretien_id, {"modifie_le": moment})

    def versions(self, entretien_id: int) -> tuple[Version, ...]:
        """What it said before each correction, the oldest first."""
        now = self.get(entretien_id)
        rows = tuple(
            self._sql.execute(
                "SELECT version, contenu, remplace_le FROM entretien_versions WHERE entretien_id = ? ORDER BY version",
                (entretien_id,),
            )
        )
        kept = [json.loads(row["contenu"]) for row in rows]
        ids = {
            line["personne_id"]
            for content in kept
            for line in (*content["personnes"], *content["orientations"])
        }
        names = {each: self._personnes.name_of(each) for each in ids}
        return tuple(
            Version(row["version"], datetime.fromisoformat(row["remplace_le"]), decode(content, now, names))
            for row, content in zip(rows, kept, strict=True)
        )

    def discard(self, entretien_id: int, day: date, *, counted: bool) -> None:
        """Put it in the corbeille; it counts no more, unless its quarter is arrêté (``counted``)."""
        values: dict[str, Value] = {"mis_a_la_corbeille_le": day.isoformat()}
        update(
            self._sql, "entretiens", entretien_id, values if counted else {**values, "trimestre_bilan": None}
        )

    def restore(self, entretien_id: int, trimestre: str | None) -> None:
        """Take it out of the corbeille, to count in a quarter; None where it always counted."""
        values: dict[str, Value] = {"mis_a_la_corbeille_le": None}
        update(
            self._sql,
            "entretiens",
            entretien_id,
            values if trimestre is None else {**values, "trimestre_bilan": trimestre},
        )

    def discarded(self, before: date | None = None, dossier_id: int | None = None) -> tuple[int, ...]:
        """Ids of the entretiens in the corbeille, the last put first; those put before a day, those of a dossier."""
        rows = self._sql.execute(
            "SELECT id FROM entretiens WHERE mis_a_la_corbeille_le IS NOT NULL"
            " AND (?1 IS NULL OR mis_a_la_corbeille_le < ?1) AND (?2 IS NULL OR dossier_id = ?2)"
            " ORDER BY mis_a_la_corbeille_le DESC, id DESC",
            (from_date(before), dossier_id),
        )
        return tuple(row["id"] for row in rows)

    def delete(self, entretien_id: int) -> None:
        """Delete it for good: its lines, its history, its pièces jointes."""
        self._sql.execute("DELETE FROM pieces_jointes WHERE entretien_id = ?", (entretien_id,))
        self._drop_lines(entretien_id)
        self._sql.execute("DELETE FROM entretiens WHERE id = ?", (entretien_id,))

    def of_person(self, dossier_id: int, personne_id: int) -> tuple[int, ...]:
        """Ids of the entretiens of a dossier in which she figures, by date; those in the corbeille left out."""
        rows = self._sql.execute(
            "SELECT e.id FROM entretiens AS e JOIN entretien_personnes AS ep ON ep.entretien_id = e.id"
            " WHERE e.dossier_id = ? AND ep.personne_id = ? AND e.mis_a_la_corbeille_le IS NULL"
            " ORDER BY e.date, e.id",
            (dossier_id, personne_id),
        )
        return tuple(row["id"] for row in rows)

    def _drop_lines(self, entretien_id: int) -> None:
        profils = [
            (row["profil_id"],)
            for row in self._sql.execute(
                "SELECT profil_id FROM entretien_personnes WHERE entretien_id = ?", (entretien_id,)
            )
        ]
        self._sql.execute("DELETE FROM entretien_personnes WHERE entretien_id = ?", (entretien_id,))
        self._sql.execute_many("DELETE FROM profils WHERE id = ?", profils)

    def add_person(
        self, entretien_id: int, personne_id: int, ordre: int, line: PersonneDraft, profil: Profil
    ) -> None:
        """Add one line of an entretien, with the facts as of that day."""
        insert(
            self._sql,
            "entretien_personnes",
            {
                "entretien_id": entretien_id,
                "personne_id": personne_id,
                "ordre": ordre,
                "presente": int(line.presente),
                "accueillie": int(line.accueillie),
                "reprises": json.dumps({name: day.isoformat() for name, day in line.reprises}),
                "profil_id": self._personnes.add_profil(profil),
                "accord": line.accord,
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
        return Entretien(
            id=row["id"],
            dossier_id=row["dossier_id"],
            date=date.fromisoformat(row["date"]),
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
            partenaire_id=row["partenaire_id"],
            modifie_le=datetime.fromisoformat(row["modifie_le"]) if row["modifie_le"] else None,
            mis_a_la_corbeille_le=to_date(row["mis_a_la_corbeille_le"]),
            trimestre=row["trimestre_bilan"],
            orientations=self._made(row["id"]),
        )

    def _made(self, entretien_id: int) -> tuple[OrientationFaite, ...]:
        rows = self._sql.execute(
            "SELECT * FROM orientations WHERE entretien_id = ? ORDER BY id", (entretien_id,)
        )
        return tuple(
            OrientationFaite(
                id=row["id"],
                personne_id=row["personne_id"],
                nom=self._personnes.name_of(row["personne_id"]),
                date=date.fromisoformat(row["date"]),
                type=row["type"],
                partenaire_id=row["partenaire_id"],
                accord=row["accord"],
                motif=row["motif"],
            )
            for row in rows
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
                accueillie=bool(row["accueillie"]),
                reprises=tuple(
                    (name, date.fromisoformat(day)) for name, day in json.loads(row["reprises"]).items()
                ),
                accord=row["accord"],
                profil=profils[row["profil_id"]],
            )
            for row in rows
        )


def _columns(draft: EntretienDraft) -> dict[str, Value]:
    return {
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
    }


def _answers(draft: EntretienDraft) -> dict[str, Iterable[str]]:
    return {
        "problematique": [code for code in draft.problematiques if code != draft.problematique_principale],
        "demande": draft.demandes,
        "reponse": draft.reponses,
    }


def add_values(sql: Statements, owner: str, owner_id: int, values: Mapping[str, Iterable[str]]) -> None:
    """Keep the several-answers values of an ``entretien`` or an ``accueil``, each once."""
    sql.execute_many(
        f"INSERT INTO {owner}_valeurs ({owner}_id, liste, code) VALUES (?, ?, ?)",
        [(owner_id, liste, code) for liste, codes in values.items() for code in dict.fromkeys(codes)],
    )
