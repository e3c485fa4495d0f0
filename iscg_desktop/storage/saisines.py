"""Saisines: how each situation came, what was tried, and those still waiting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from iscg_desktop.domain.saisine import (
    EN_ATTENTE,
    Saisine,
    SaisineDraft,
    SaisineSuivie,
    Tentative,
    TentativeDraft,
    etat_de,
)
from iscg_desktop.storage.connection import Row, Statements, Value
from iscg_desktop.storage.dossiers import digits, folded
from iscg_desktop.storage.rows import from_date, from_time, insert, to_date, to_time, update

_URGENCY = "CASE urgence WHEN 'immediate' THEN 0 WHEN 'sous_48h' THEN 1 WHEN 'differee' THEN 2 ELSE 3 END"
_WAITS = f"etat IN ({', '.join(repr(etat) for etat in EN_ATTENTE)})"
_SHORTEST_NUMBER = 4  # figures under which a number says nothing
# What waits comes first, the most urgent and the oldest before; then what is done, the newest before.
_ORDER = (
    f"CASE WHEN {_WAITS} THEN {_URGENCY} ELSE 9 END, CASE WHEN {_WAITS} THEN date END,"
    f" CASE WHEN {_WAITS} THEN coalesce(heure, '24') END, date DESC, saisines.id"
)
_FOLLOWED = """
SELECT s.*, coalesce(d.numero, '') AS numero,
       (SELECT count(*) FROM tentatives_contact AS t WHERE t.saisine_id = s.id) AS tentatives,
       (SELECT min(t.date) FROM tentatives_contact AS t WHERE t.saisine_id = s.id) AS premiere,
       (SELECT min(e.date) FROM entretiens AS e WHERE e.dossier_id = s.dossier_id AND e.date >= s.date
        AND e.mis_a_la_corbeille_le IS NULL) AS entretien_le,
       t.date AS derniere, coalesce(t.resultat, '') AS resultat, r.date AS rendez_vous_le, r.heure AS rendez_vous_a
FROM saisines AS s LEFT JOIN dossiers AS d ON d.id = s.dossier_id
LEFT JOIN tentatives_contact AS t ON t.id =
    (SELECT id FROM tentatives_contact WHERE saisine_id = s.id ORDER BY date DESC, heure DESC, id DESC LIMIT 1)
LEFT JOIN rendez_vous AS r ON r.id =
    (SELECT id FROM rendez_vous WHERE saisine_id = s.id AND etat IN ('prevu', 'honore')
     ORDER BY etat = 'honore', date, heure LIMIT 1)
"""


class Saisines:
    """Repository of the saisines."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, draft: SaisineDraft, trimestre: str, dossier_id: int | None) -> int:
        """Add a checked saisine; it opened the dossier if one is given, else it waits."""
        return insert(
            self._sql,
            "saisines",
            {
                **_values(draft),
                "etat": "a_traiter" if dossier_id is None else "dossier_ouvert",
                "dossier_id": dossier_id,
                "trimestre_bilan": trimestre,
            },
        )

    def change(self, saisine_id: int, draft: SaisineDraft, trimestre: str) -> None:
        """Correct a saisine; what did not change is not written: it may be frozen."""
        row = self._row(saisine_id)
        values = {**_values(draft), "trimestre_bilan": trimestre}
        changed = {name: value for name, value in values.items() if row[name] != value}
        if changed:
            update(self._sql, "saisines", saisine_id, changed)

    def get(self, saisine_id: int) -> Saisine:
        """One saisine."""
        return _saisine(self._row(saisine_id))

    def find(self, saisine_id: int) -> Saisine | None:
        """One saisine, None when there is none any more."""
        row = self._sql.execute("SELECT * FROM saisines WHERE id = ?", (saisine_id,)).first()
        return None if row is None else _saisine(row)

    def of_dossier(self, dossier_id: int) -> tuple[Saisine, ...]:
        """Saisines of a dossier, oldest first."""
        rows = self._sql.execute(
            "SELECT * FROM saisines WHERE dossier_id = ? ORDER BY date, id", (dossier_id,)
        )
        return tuple(_saisine(row) for row in rows)

    def waiting(self) -> tuple[Saisine, ...]:
        """Those without a dossier and not sans suite: most urgent first, then oldest."""
        rows = self._sql.execute(f"SELECT * FROM saisines WHERE {_WAITS} ORDER BY {_URGENCY}, date, id")
        return tuple(_saisine(row) for row in rows)

    def counts(self) -> dict[str, int]:
        """How many saisines are in each state."""
        rows = self._sql.execute("SELECT etat, count(*) AS n FROM saisines GROUP BY etat")
        return {row["etat"]: row["n"] for row in rows}

    def followed(self, etats: Iterable[str], text: str, limit: int) -> tuple[SaisineSuivie, ...]:
        """Saisines in some states, what waits first, with what was done; every word typed must be in them."""
        wanted = tuple(etats)
        words, number = folded(text).split(), digits(text)
        marks = ", ".join("?" * len(wanted))
        found = " AND ".join("instr(mots || ' ' || coalesce(numero, ''), ?)" for _ in words) or "1"
        if len(number) >= _SHORTEST_NUMBER:
            found, words = f"{found} OR instr(mots, ?)", [*words, number]
        rows = self._sql.execute(
            "SELECT saisines.id FROM saisines LEFT JOIN dossiers ON dossiers.id = dossier_id"
            f" WHERE etat IN ({marks}) AND ({found}) ORDER BY {_ORDER} LIMIT ?",
            (*wanted, *words, limit),
        )
        return self._followed([row["id"] for row in rows])

    def one_followed(self, saisine_id: int) -> SaisineSuivie | None:
        """One saisine with what was done, None when there is none any more."""
        found = self._followed([saisine_id])
        return found[0] if found else None

    def _followed(self, ids: list[int]) -> tuple[SaisineSuivie, ...]:
        marks = ", ".join("?" * len(ids))
        rows = {row["id"]: row for row in self._sql.execute(f"{_FOLLOWED} WHERE s.id IN ({marks})", ids)}
        return tuple(_suivie(rows[each]) for each in ids if each in rows)

    def open_dossier(self, saisine_id: int, dossier_id: int) -> bool:
        """Say that a dossier was opened from it, or goes on with it; False when it already has one."""
        done = self._sql.execute(
            "UPDATE saisines SET etat = 'dossier_ouvert', motif_sans_suite = NULL, dossier_id = ?"
            " WHERE id = ? AND dossier_id IS NULL",
            (dossier_id, saisine_id),
        )
        if not done.rowcount:
            return False
        self._sql.execute(
            "UPDATE rendez_vous SET dossier_id = ? WHERE saisine_id = ? AND dossier_id IS NULL",
            (dossier_id, saisine_id),
        )
        return True

    def leave_dossier(self, saisine_id: int) -> None:
        """Say that it was never that dossier's, nor its rendez-vous."""
        self._sql.execute(
            "UPDATE saisines SET dossier_id = NULL, etat = 'a_traiter' WHERE id = ?", (saisine_id,)
        )
        self._sql.execute("UPDATE rendez_vous SET dossier_id = NULL WHERE saisine_id = ?", (saisine_id,))

    def dossier_quarter(self, saisine_id: int) -> str | None:
        """Quarter in which its dossier counts, whose delays begin with it; None without a dossier."""
        row = self._sql.execute(
            "SELECT d.trimestre_bilan FROM saisines AS s JOIN dossiers AS d ON d.id = s.dossier_id WHERE s.id = ?",
            (saisine_id,),
        ).first()
        return None if row is None else str(row["trimestre_bilan"])

    def follow(self, saisine_id: int) -> None:
        """Have the state follow from what was done: attempts, a rendez-vous that stands."""
        suivie = self.one_followed(saisine_id)
        if suivie is None:
            return
        etat = etat_de(
            tentatives=suivie.tentatives,
            rendez_vous=suivie.rendez_vous_le is not None,
            dossier=suivie.saisine.dossier_id is not None,
            sans_suite=False,
        )
        self.set_etat(saisine_id, etat)

    def set_etat(self, saisine_id: int, etat: str, motif_sans_suite: str | None = None) -> None:
        """Say where it stands; a reason goes with « sans suite » and with nothing else."""
        update(self._sql, "saisines", saisine_id, {"etat": etat, "motif_sans_suite": motif_sans_suite})

    def add_tentative(self, saisine_id: int, draft: TentativeDraft) -> int:
        """Note a checked attempt to reach her."""
        return insert(
            self._sql,
            "tentatives_contact",
            {
                "saisine_id": saisine_id,
                "date": from_date(draft.date),
                "heure": from_time(draft.heure),
                "resultat": draft.resultat,
                "note": draft.note.strip(),
            },
        )

    def remove_tentative(self, saisine_id: int, tentative_id: int) -> bool:
        """Forget an attempt; False when there is no such one."""
        done = self._sql.execute(
            "DELETE FROM tentatives_contact WHERE id = ? AND saisine_id = ?", (tentative_id, saisine_id)
        )
        return bool(done.rowcount)

    def tentatives(self, saisine_id: int) -> tuple[Tentative, ...]:
        """Attempts to reach her, the newest first."""
        rows = self._sql.execute(
            "SELECT * FROM tentatives_contact WHERE saisine_id = ? ORDER BY date DESC, heure DESC, id DESC",
            (saisine_id,),
        )
        return tuple(_tentative(row) for row in rows)

    def _row(self, saisine_id: int) -> Row:
        return self._sql.execute("SELECT * FROM saisines WHERE id = ?", (saisine_id,)).one()


def _values(draft: SaisineDraft) -> dict[str, Value]:
    return {
        "date": from_date(draft.date),
        "heure": from_time(draft.heure),
        "origine": draft.origine,
        "support": draft.support,
        "accord_contact": draft.accord_contact,
        "urgence": draft.urgence,
        "unite_id": draft.unite_id,
        "demandeur": draft.demandeur.strip(),
        "motif": draft.motif.strip(),
        "telephone": draft.telephone.strip(),
        "contact_sur": draft.contact_sur.strip(),
        "sans_message": int(draft.sans_message),
        "mots": " ".join(
            (
                folded(f"{draft.demandeur} {draft.motif} {draft.contact_sur}"),
                digits(draft.telephone),
                digits(draft.contact_sur),
            )
        ),
    }


def _saisine(row: Row) -> Saisine:
    return Saisine(
        id=row["id"],
        date=date.fromisoformat(row["date"]),
        heure=to_time(row["heure"]),
        origine=row["origine"],
        support=row["support"],
        unite_id=row["unite_id"],
        demandeur=row["demandeur"],
        accord_contact=row["accord_contact"],
        urgence=row["urgence"],
        etat=row["etat"],
        motif=row["motif"],
        telephone=row["telephone"],
        dossier_id=row["dossier_id"],
        contact_sur=row["contact_sur"],
        sans_message=bool(row["sans_message"]),
        motif_sans_suite=row["motif_sans_suite"],
        trimestre=row["trimestre_bilan"],
    )


def _suivie(row: Row) -> SaisineSuivie:
    return SaisineSuivie(
        saisine=_saisine(row),
        tentatives=row["tentatives"],
        premiere_tentative=to_date(row["premiere"]),
        derniere_tentative=to_date(row["derniere"]),
        resultat=row["resultat"],
        rendez_vous_le=to_date(row["rendez_vous_le"]),
        rendez_vous_a=to_time(row["rendez_vous_a"]),
        numero=row["numero"],
        entretien_le=to_date(row["entretien_le"]),
    )


def _tentative(row: Row) -> Tentative:
    return Tentative(
        row["id"], date.fromisoformat(row["date"]), to_time(row["heure"]), row["resultat"], row["note"]
    )
