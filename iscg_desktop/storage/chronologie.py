"""What happened in a dossier, in order, and the first day of each of its steps."""

from __future__ import annotations

from datetime import date

from iscg_desktop.domain.delais import Jalons
from iscg_desktop.domain.dossier import TimelineEvent
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.rows import to_date, to_time

# kind, day, hour, id, code, words, issue, what it hangs on, person, rank within the day
_EVENTS = """
SELECT 'saisine' AS kind, date, heure, id, origine AS code, motif AS detail, urgence AS issue,
       NULL AS parent_id, NULL AS personne_id, 0 AS rang
FROM saisines WHERE dossier_id = ?1
UNION ALL
SELECT 'tentative', t.date, t.heure, t.id, t.resultat, t.note, '', s.id, NULL, 1
FROM tentatives_contact AS t JOIN saisines AS s ON s.id = t.saisine_id WHERE s.dossier_id = ?1
UNION ALL
SELECT 'rendez_vous', date, heure, id, lieu, objet, etat, NULL, personne_id, 2 FROM rendez_vous WHERE dossier_id = ?1
UNION ALL
SELECT 'reouverture', rouvert_le, NULL, id, '', motif_reouverture, '', NULL, NULL,
       iif(rouvert_le = clos_le, 14, 3)  -- closed and opened again on one day: after its closing
FROM clotures WHERE dossier_id = ?1 AND rouvert_le IS NOT NULL
UNION ALL
SELECT 'entretien', date, heure, id, mode, elements_transmissibles, issue, NULL, NULL, 4
FROM entretiens WHERE dossier_id = ?1 AND mis_a_la_corbeille_le IS NULL
UNION ALL
SELECT 'orientation', o.date, NULL, o.id, o.type, coalesce(p.nom, ''), o.accord, o.entretien_id, o.personne_id, 5
FROM orientations AS o LEFT JOIN partenaires AS p ON p.id = o.partenaire_id
WHERE o.dossier_id = ?1 AND o.trimestre_bilan IS NOT NULL
UNION ALL
SELECT 'fiche', f.etablie_le, NULL, f.id, f.numero, coalesce(p.nom, ''),
       f.etape, f.orientation_id, f.personne_id, 6
FROM fiches AS f LEFT JOIN partenaires AS p ON p.id = f.partenaire_id WHERE f.dossier_id = ?1
UNION ALL
SELECT 'document', etabli_le, NULL, id, numero, type,
       coalesce((SELECT etape FROM document_suivis WHERE document_id = documents_etablis.id
                 ORDER BY etape = 'remise' DESC, id DESC LIMIT 1), 'a_imprimer'), NULL, personne_id, 6
FROM documents_etablis WHERE dossier_id = ?1
UNION ALL
SELECT 'etape', s.date, NULL, s.id, f.numero, coalesce(json_extract(s.detail, '$.suite'), ''), s.etape, f.id,
       f.personne_id, 7
FROM fiche_suivis AS s JOIN fiches AS f ON f.id = s.fiche_id
WHERE f.dossier_id = ?1 AND s.etape IN ('remise', 'accusee', 'relance', 'retour')
UNION ALL
SELECT 'suite', s.date, NULL, s.id, s.suite, s.motif, '', o.id, o.personne_id, 8
FROM suites AS s JOIN orientations AS o ON o.id = s.orientation_id
WHERE o.dossier_id = ?1 AND NOT EXISTS (  -- the retour of a fiche says it already
    SELECT 1 FROM fiches AS f JOIN fiche_suivis AS r ON r.fiche_id = f.id
    WHERE f.orientation_id = o.id AND r.etape = 'retour' AND r.date = s.date
          AND json_extract(r.detail, '$.suite') = s.suite)
UNION ALL
SELECT 'contact', c.date, NULL, c.id, c.canal, p.nom, c.sens, NULL, NULL, 9
FROM contacts_partenaires AS c JOIN partenaires AS p ON p.id = c.partenaire_id WHERE c.dossier_id = ?1
UNION ALL
SELECT 'relance', pour_le, NULL, id, '', objet, iif(faite_le IS NULL, 'a_faire', 'faite'), NULL, NULL, 10
FROM relances WHERE dossier_id = ?1 AND fiche_id IS NULL
UNION ALL
SELECT 'point', pose_le, NULL, id, '', texte, iif(vu_le IS NULL, 'a_revoir', 'vu'), NULL, NULL, 11
FROM points_referent WHERE dossier_id = ?1
UNION ALL
SELECT 'point_vu', vu_le, NULL, id, '', decision, '', NULL, NULL, 12
FROM points_referent WHERE dossier_id = ?1 AND vu_le IS NOT NULL
UNION ALL
SELECT 'cloture', clos_le, NULL, id, '', motif, '', NULL, NULL, 13 FROM clotures WHERE dossier_id = ?1
ORDER BY date DESC, rang DESC, heure DESC, id DESC
"""

_JALONS = """
SELECT (SELECT min(date) FROM saisines WHERE dossier_id = ?1) AS saisine,
       (SELECT min(t.date) FROM tentatives_contact AS t JOIN saisines AS s ON s.id = t.saisine_id
        WHERE s.dossier_id = ?1) AS tentative,
       (SELECT min(date) FROM entretiens
        WHERE dossier_id = ?1 AND issue = 'realise' AND mis_a_la_corbeille_le IS NULL) AS entretien,
       (SELECT min(s.date) FROM fiche_suivis AS s JOIN fiches AS f ON f.id = s.fiche_id
        WHERE f.dossier_id = ?1 AND s.etape = 'remise') AS remise,
       (SELECT min(s.date) FROM fiche_suivis AS s JOIN fiches AS f ON f.id = s.fiche_id
        WHERE f.dossier_id = ?1 AND s.etape = 'retour') AS retour
"""


class Chronologie:
    """Reads the events of a dossier; nothing is written here."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def events(self, dossier_id: int) -> tuple[TimelineEvent, ...]:
        """What happened, the newest first."""
        return tuple(_event(row) for row in self._sql.execute(_EVENTS, (dossier_id,)))

    def jalons(self, dossier_id: int) -> Jalons:
        """First day of each step."""
        row = self._sql.execute(_JALONS, (dossier_id,)).one()
        return Jalons(**{name: to_date(row[name]) for name in row.keys()})  # noqa: SIM118 - a row is no mapping


def _event(row: Row) -> TimelineEvent:
    return TimelineEvent(
        kind=row["kind"],
        date=date.fromisoformat(row["date"]),
        id=row["id"],
        code=row["code"],
        detail=row["detail"],
        issue=row["issue"] or "",
        heure=to_time(row["heure"]),
        parent_id=row["parent_id"],
        personne_id=row["personne_id"],
    )
