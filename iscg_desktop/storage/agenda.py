"""Rendez-vous and relances of a day."""

from __future__ import annotations

import datetime as dt

from iscg_desktop.domain.agenda import Relance, RendezVous
from iscg_desktop.storage.connection import Statements
from iscg_desktop.storage.rows import insert


class Agenda:
    """Repository of rendez-vous and relances."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add_rendez_vous(
        self,
        day: dt.date,
        heure: dt.time,
        *,
        duree: int,
        objet: str,
        unite_id: int | None,
        dossier_id: int | None = None,
        personne_id: int | None = None,
        saisine_id: int | None = None,
        lieu: str = "",
    ) -> int:
        """Fix a rendez-vous; ``duree`` in minutes; without a ``lieu`` it is at the unité, if there is one."""
        return insert(
            self._sql,
            "rendez_vous",
            {
                "date": day.isoformat(),
                "heure": heure.strftime("%H:%M"),
                "duree": duree,
                "lieu": lieu or ("unite" if unite_id else "autre"),
                "unite_id": unite_id,
                "dossier_id": dossier_id,
                "personne_id": personne_id,
                "saisine_id": saisine_id,
                "objet": objet.strip(),
            },
        )

    def cancel_of_saisine(self, saisine_id: int) -> int:
        """Cancel the rendez-vous of a saisine that are still to come; returns how many."""
        return self._sql.execute(
            "UPDATE rendez_vous SET etat = 'annule' WHERE saisine_id = ? AND etat = 'prevu'", (saisine_id,)
        ).rowcount

    def add_relance(self, day: dt.date, objet: str, *, dossier_id: int | None = None) -> int:
        """Note something to do by a day."""
        return insert(
            self._sql,
            "relances",
            {"pour_le": day.isoformat(), "objet": objet.strip(), "dossier_id": dossier_id},
        )

    def close_relance(self, relance_id: int, day: dt.date) -> None:
        """Say that it is done."""
        self._sql.execute("UPDATE relances SET faite_le = ? WHERE id = ?", (day.isoformat(), relance_id))

    def plan_fiche(self, fiche_id: int, day: dt.date, objet: str, *, dossier_id: int) -> None:
        """Be reminded of a fiche on a day, and on no other."""
        changed = self._sql.execute(
            "UPDATE relances SET pour_le = ? WHERE fiche_id = ? AND faite_le IS NULL",
            (day.isoformat(), fiche_id),
        ).rowcount
        if not changed:
            insert(
                self._sql,
                "relances",
                {
                    "pour_le": day.isoformat(),
                    "objet": objet,
                    "dossier_id": dossier_id,
                    "fiche_id": fiche_id,
                },
            )

    def close_fiche(self, fiche_id: int, day: dt.date) -> None:
        """Nothing more is awaited of a fiche."""
        self._sql.execute(
            "UPDATE relances SET faite_le = ? WHERE fiche_id = ? AND faite_le IS NULL",
            (day.isoformat(), fiche_id),
        )

    def rendez_vous(self, day: dt.date) -> tuple[RendezVous, ...]:
        """Rendez-vous of a day that still stand, by hour."""
        rows = self._sql.execute(
            "SELECT r.id, r.heure, r.duree, r.objet, r.dossier_id, coalesce(d.numero, '') AS dossier,"
            " coalesce(p.prenom, '') AS prenom, coalesce(nullif(p.nom_usage, ''), p.nom_naissance, '') AS nom"
            " FROM rendez_vous AS r LEFT JOIN dossiers AS d ON d.id = r.dossier_id"
            " LEFT JOIN personnes AS p ON p.id = r.personne_id"
            " WHERE r.date = ? AND r.etat <> 'annule' ORDER BY r.heure, r.id",
            (day.isoformat(),),
        )
        return tuple(
            RendezVous(
                row["id"],
                dt.time.fromisoformat(row["heure"]),
                row["duree"],
                row["objet"],
                row["dossier_id"],
                row["dossier"],
                row["prenom"],
                row["nom"],
            )
            for row in rows
        )

    def relances_due(self, day: dt.date) -> tuple[Relance, ...]:
        """What is due by a day and not done, oldest first; fiches are listed apart."""
        rows = self._sql.execute(
            "SELECT r.id, r.pour_le, r.objet, r.dossier_id, coalesce(d.numero, '') AS dossier FROM relances AS r"
            " LEFT JOIN dossiers AS d ON d.id = r.dossier_id"
            " WHERE r.faite_le IS NULL AND r.pour_le <= ? AND r.fiche_id IS NULL ORDER BY r.pour_le, r.id",
            (day.isoformat(),),
        )
        return tuple(
            Relance(
                row["id"],
                dt.date.fromisoformat(row["pour_le"]),
                row["objet"],
                row["dossier_id"],
                row["dossier"],
            )
            for row in rows
        )
