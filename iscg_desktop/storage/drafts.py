"""Drafts: what is being typed, so that nothing typed is ever lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from iscg_desktop.domain.brouillon import Brouillon
from iscg_desktop.storage.connection import Row, Statements


class Drafts:
    """Repository of the drafts."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def keep(
        self,
        cle: str,
        formulaire: str,
        contenu: Mapping[str, Any],
        *,
        dossier_id: int | None,
        champ: str | None,
        now: datetime,
    ) -> None:
        """Keep the state of a form under a name, in place of the one before."""
        self._sql.execute(
            "INSERT INTO brouillons (cle, formulaire, dossier_id, contenu, champ, modifie_le)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (cle) DO UPDATE SET dossier_id = excluded.dossier_id,"
            " contenu = excluded.contenu, champ = excluded.champ, modifie_le = excluded.modifie_le",
            (
                cle,
                formulaire,
                dossier_id,
                json.dumps(contenu, ensure_ascii=False),
                champ,
                now.isoformat(timespec="seconds"),
            ),
        )

    def drop(self, cle: str) -> None:
        """Forget a draft; nothing happens if there is none."""
        self._sql.execute("DELETE FROM brouillons WHERE cle = ?", (cle,))

    def get(self, cle: str) -> Brouillon | None:
        """A draft by its name."""
        row = self._sql.execute("SELECT * FROM brouillons WHERE cle = ?", (cle,)).first()
        return None if row is None else _brouillon(row)

    def all(self) -> tuple[Brouillon, ...]:
        """Every draft, the last touched first."""
        rows = self._sql.execute("SELECT * FROM brouillons ORDER BY modifie_le DESC, cle")
        return tuple(_brouillon(row) for row in rows)


def _brouillon(row: Row) -> Brouillon:
    return Brouillon(
        cle=row["cle"],
        formulaire=row["formulaire"],
        dossier_id=row["dossier_id"],
        contenu=json.loads(row["contenu"]),
        champ=row["champ"],
        modifie_le=datetime.fromisoformat(row["modifie_le"]),
    )
