"""Permanences, rendez-vous and relances."""

from __future__ import annotations

import datetime as dt

from iscg_desktop.domain.agenda import Permanence, Relance, RendezVous, RendezVousDraft
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.rows import from_date, from_time, insert, to_date, update

_RENDEZ_VOUS = """
SELECT r.id, r.date, r.heure, r.duree, r.objet, r.lieu, r.unite_id, r.etat, r.saisine_id,
    r.dossier_id, coalesce(d.numero, '') AS dossier,
    r.personne_id, coalesce(p.prenom, '') AS prenom, coalesce(nullif(p.nom_usage, ''), p.nom_naissance, '') AS nom
FROM rendez_vous AS r LEFT JOIN dossiers AS d ON d.id = r.dossier_id
LEFT JOIN personnes AS p ON p.id = r.personne_id
"""


class Agenda:
    """Repository of what a day holds."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    # Permanences.

    def permanences(self) -> tuple[Permanence, ...]:
        """Every permanence, past ones too, in the order in which they were noted."""
        exceptions: dict[int, set[dt.date]] = {}
        for row in self._sql.execute("SELECT permanence_id, date FROM permanence_exceptions"):
            exceptions.setdefault(row["permanence_id"], set()).add(dt.date.fromisoformat(row["date"]))
        return tuple(
            Permanence(
                row["id"],
                row["unite_id"],
                dt.time.fromisoformat(row["debut"]),
                dt.time.fromisoformat(row["fin"]),
                to_date(row["date"]),
                row["jour"],
                to_date(row["du"]),
                to_date(row["au"]),
                frozenset(exceptions.get(row["id"], ())),
            )
            for row in self._sql.execute("SELECT * FROM permanences ORDER BY id")
        )

    def add_permanence(self, permanence: Permanence) -> int:
        """Add a permanence, whatever its ``id``; returns the one it gets. Its exceptions are not kept."""
        return insert(
            self._sql,
            "permanences",
            {
                "unite_id": permanence.unite_id,
                "date": from_date(permanence.jour),
                "jour": permanence.semaine,
                "du": from_date(permanence.du),
                "au": from_date(permanence.au),
                "debut": from_time(permanence.debut),
                "fin": from_time(permanence.fin),
            },
        )

    def end_permanence(self, permanence_id: int, last: dt.date) -> None:
        """Say on which day a permanence is held for the last time."""
        update(self._sql, "permanences", permanence_id, {"au": last.isoformat()})

    def drop_permanence(self, permanence_id: int) -> None:
        """Take a permanence away, as if it had never been planned."""
        self._sql.execute("DELETE FROM permanences WHERE id = ?", (permanence_id,))

    def add_exception(self, permanence_id: int, day: dt.date) -> None:
        """Say that a permanence is not held on a day."""
        self._sql.execute(
            "INSERT OR IGNORE INTO permanence_exceptions (permanence_id, date) VALUES (?, ?)",
            (permanence_id, day.isoformat()),
        )

    def drop_exception(self, permanence_id: int, day: dt.date) -> None:
        """Say that it is held after all."""
        self._sql.execute(
            "DELETE FROM permanence_exceptions WHERE permanence_id = ? AND date = ?",
            (permanence_id, day.isoformat()),
        )

    # Rendez-vous.

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
                "heure": from_time(heure),
                "duree": duree,
                "lieu": lieu or ("unite" if unite_id else "autre"),
                "unite_id": unite_id,
                "dossier_id": dossier_id,
                "personne_id": personne_id,
                "saisine_id": saisine_id,
                "objet": objet.strip(),
            },
        )

    def change_rendez_vous(self, rendez_vous_id: int, draft: RendezVousDraft) -> None:
        """Move a rendez-vous, or say otherwise what it is about; its saisine and its state stay."""
        update(
            self._sql,
            "rendez_vous",
            rendez_vous_id,
            {
                "date": from_date(draft.date),
                "heure": from_time(draft.heure),
                "duree": draft.duree or 0,
                "lieu": draft.lieu,
                "unite_id": draft.unite_id,
                "dossier_id": draft.dossier_id,
                "personne_id": draft.personne_id,
                "objet": draft.objet.strip(),
            },
        )

    def set_etat(self, rendez_vous_id: int, etat: str) -> None:
        """Say what became of a rendez-vous."""
        update(self._sql, "rendez_vous", rendez_vous_id, {"etat": etat})

    def cancel_of_saisine(self, saisine_id: int) -> int:
        """Cancel the rendez-vous of a saisine that are still to come; returns how many."""
        return self._sql.execute(
            "UPDATE rendez_vous SET etat = 'annule' WHERE saisine_id = ? AND etat = 'prevu'", (saisine_id,)
        ).rowcount

    def honour(self, day: dt.date, dossier_id: int, saisine_id: int | None) -> None:
        """Say that the rendez-vous of a dossier, or of the saisine it came from, were kept on a day."""
        self._sql.execute(
            "UPDATE rendez_vous SET etat = 'honore'"
            " WHERE date = ? AND etat = 'prevu' AND (dossier_id = ? OR saisine_id = ?)",
            (day.isoformat(), dossier_id, saisine_id),
        )

    def one_rendez_vous(self, rendez_vous_id: int) -> RendezVous | None:
        """A rendez-vous by its id."""
        row = self._sql.execute(_RENDEZ_VOUS + "WHERE r.id = ?", (rendez_vous_id,)).first()
        return None if row is None else _rendez_vous(row)

    def rendez_vous(self, day: dt.date) -> tuple[RendezVous, ...]:
        """Rendez-vous of a day that still stand, by hour."""
        return tuple(each for each in self.rendez_vous_between(day, day) if each.etat != "annule")

    def rendez_vous_between(self, first: dt.date, last: dt.date) -> tuple[RendezVous, ...]:
        """Rendez-vous from a day to another, both included, in order; the cancelled ones too."""
        rows = self._sql.execute(
            _RENDEZ_VOUS + "WHERE r.date BETWEEN ? AND ? ORDER BY r.date, r.heure, r.id",
            (first.isoformat(), last.isoformat()),
        )
        return tuple(map(_rendez_vous, rows))

    # Relances.

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

    def shift_fiches(self, etape: str, days: int) -> None:
        """Be reminded of the fiches at a step so many days later, or earlier."""
        if days:
            self._sql.execute(
                "UPDATE relances SET pour_le = date(pour_le, ? || ' days') WHERE faite_le IS NULL"
                " AND fiche_id IN (SELECT id FROM fiches WHERE etape = ?)",
                (days, etape),
            )

    def close_fiche(self, fiche_id: int, day: dt.date) -> None:
        """Nothing more is awaited of a fiche."""
        self._sql.execute(
            "UPDATE relances SET faite_le = ? WHERE fiche_id = ? AND faite_le IS NULL",
            (day.isoformat(), fiche_id),
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


def _rendez_vous(row: Row) -> RendezVous:
    return RendezVous(
        id=row["id"],
        heure=dt.time.fromisoformat(row["heure"]),
        duree=row["duree"],
        objet=row["objet"],
        dossier_id=row["dossier_id"],
        dossier=row["dossier"],
        prenom=row["prenom"],
        nom=row["nom"],
        jour=dt.date.fromisoformat(row["date"]),
        lieu=row["lieu"],
        unite_id=row["unite_id"],
        personne_id=row["personne_id"],
        saisine_id=row["saisine_id"],
        etat=row["etat"],
    )
