"""Dossiers: their numbers, their list, their timeline."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date

from iscg_desktop.domain.dossier import Dossier, DossierLine, PersonneConcernee
from iscg_desktop.domain.personne import Identite
from iscg_desktop.storage.chronologie import Chronologie
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.personnes import Personnes
from iscg_desktop.storage.rows import insert, new_uid, to_date

_LINES = """
SELECT d.id, d.numero, d.dernier_contact, d.clos_le, d.problematique_principale, coalesce(u.nom, '') AS unite,
       (SELECT count(*) FROM entretiens AS e
        WHERE e.dossier_id = d.id AND e.mis_a_la_corbeille_le IS NULL) AS entretiens
FROM dossiers AS d LEFT JOIN unites AS u ON u.id = d.unite_id
"""

_HOLD = "SELECT rowid FROM recherche WHERE recherche MATCH ?1"
_WEIGHED = 1_000
"""Dossiers that hold what is typed, up to which the best come first: as many as a search shows."""


class Dossiers:
    """Repository of the dossiers."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, numero: str, opened: date, regime: str, unite_id: int | None) -> int:
        """Open a dossier; returns its id."""
        return insert(
            self._sql,
            "dossiers",
            {
                "uid": new_uid(),
                "numero": numero,
                "ouvert_le": opened.isoformat(),
                "regime": regime,
                "unite_id": unite_id,
                "dernier_contact": opened.isoformat(),
            },
        )

    def touch(self, dossier_id: int, contact: date) -> None:
        """Note a contact: the last one moves forward only, and the opening back if it came before."""
        self._sql.execute(
            "UPDATE dossiers SET dernier_contact = max(dernier_contact, ?2), ouvert_le = min(ouvert_le, ?2)"
            " WHERE id = ?1",
            (dossier_id, contact.isoformat()),
        )

    def put_regime(self, dossier_id: int, regime: str) -> None:
        """Say under which regime a dossier stands."""
        self._sql.execute("UPDATE dossiers SET regime = ? WHERE id = ?", (regime, dossier_id))

    def settle(self, dossier_id: int, is_open: Callable[[str], bool]) -> None:
        """Count a dossier where the first of its accueils that may still change counts, or nowhere.

        One that counts in a quarter already arrêté stays there. A quarter thus never has more dossiers than accueils,
        even where an accueil counts elsewhere than its day would say: taken over from another, for instance.

        Args:
            dossier_id: Which one.
            is_open: Whether what counts in a quarter may still change.
        """
        counted = self.counted(dossier_id)
        if counted is not None and not is_open(counted):
            return
        accueils = self._sql.execute(
            "SELECT trimestre_bilan, problematique_principale FROM accueils WHERE dossier_id = ? ORDER BY id",
            (dossier_id,),
        )
        first = next(((row[0], row[1]) for row in accueils if is_open(row[0])), (None, None))
        self._sql.execute(
            "UPDATE dossiers SET trimestre_bilan = ?, problematique_principale = ? WHERE id = ?",
            (*first, dossier_id),
        )

    def counted(self, dossier_id: int) -> str | None:
        """Quarter it counts in."""
        found = self._sql.execute("SELECT trimestre_bilan FROM dossiers WHERE id = ?", (dossier_id,)).scalar()
        return None if found is None else str(found)

    def origine(self, dossier_id: int) -> str | None:
        """Origin of its first saisine."""
        row = self._sql.execute(
            "SELECT origine FROM saisines WHERE dossier_id = ? ORDER BY date, id LIMIT 1", (dossier_id,)
        ).first()
        return None if row is None else row["origine"]

    def exists(self, dossier_id: int) -> bool:
        """Whether the coffre holds it."""
        return self._sql.execute("SELECT 1 FROM dossiers WHERE id = ?", (dossier_id,)).first() is not None

    def closed_on(self, dossier_id: int) -> date | None:
        """Day it was closed; None while it is open."""
        return to_date(self._sql.execute("SELECT clos_le FROM dossiers WHERE id = ?", (dossier_id,)).scalar())

    def count(self) -> int:
        """How many dossiers the coffre holds."""
        return int(self._sql.execute("SELECT count(*) FROM dossiers").scalar())

    def numero(self, dossier_id: int) -> str:
        """Number of a dossier."""
        return str(self._sql.execute("SELECT numero FROM dossiers WHERE id = ?", (dossier_id,)).scalar())

    def get(self, dossier_id: int) -> Dossier:
        """One dossier with its persons and its timeline, newest event first."""
        row = self._sql.execute("SELECT * FROM dossiers WHERE id = ?", (dossier_id,)).one()
        opened, contact = to_date(row["ouvert_le"]), to_date(row["dernier_contact"])
        assert opened is not None
        assert contact is not None
        personnes = Personnes(self._sql)
        statuts = personnes.statuts_in(dossier_id)
        return Dossier(
            id=row["id"],
            numero=row["numero"],
            ouvert_le=opened,
            regime=row["regime"],
            unite_id=row["unite_id"],
            dernier_contact=contact,
            clos_le=to_date(row["clos_le"]),
            motif_cloture=row["motif_cloture"],
            a_revoir=bool(row["a_revoir"]),
            problematique_principale=row["problematique_principale"],
            personnes=tuple(
                PersonneConcernee(personne, statut, accueillie, statuts.get(personne.id, frozenset()))
                for personne, statut, accueillie in personnes.of_dossier(dossier_id)
            ),
            evenements=Chronologie(self._sql).events(dossier_id),
        )

    def recent(self, limit: int, offset: int = 0) -> tuple[DossierLine, ...]:
        """Dossiers by last contact, newest first."""
        rows = self._sql.execute(
            _LINES + " ORDER BY d.dernier_contact DESC, d.id DESC LIMIT ? OFFSET ?", (limit, offset)
        )
        return self._lines(rows)

    def search(self, text: str, limit: int) -> tuple[DossierLine, ...]:
        """Lines of the dossiers that hold every word typed, best first."""
        return self.lines(self.search_ids(text, limit))

    def search_ids(self, text: str, limit: int, *, names_only: bool = False) -> tuple[int, ...]:
        """Ids of the dossiers that hold every word typed, best first; the newest first where very many do.

        Names and numbers weigh more than notes; the beginning of a word is enough; accents and case
        do not matter; a telephone number may be typed with or without spaces.

        Args:
            text: As typed.
            limit: How many at most.
            names_only: Leave the notes unread.
        """
        query = match_expression(text)
        if not query:
            return ()
        asked = f"{{noms numeros}} : ({query})" if names_only else query
        # All are weighed before the first is known: 30 ms where 25 000 dossiers hold what is typed, « 20 » or a word
        # of most notes. The newest first, the index stops at those asked for: 2 ms.
        newest = _HOLD + " ORDER BY rowid DESC LIMIT ?2"
        too_many = self._sql.execute(newest + " OFFSET ?3", (asked, 1, _WEIGHED)).first() is not None
        order = newest if too_many else _HOLD + " ORDER BY bm25(recherche, 10, 8, 1), rowid DESC LIMIT ?2"
        return tuple(row[0] for row in self._sql.execute(order, (asked, limit)))

    def of_persons(self, personne_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
        """Dossiers of each person, that of the last contact first."""
        found: dict[int, tuple[int, ...]] = {}
        for row in self._sql.execute(
            "SELECT dp.personne_id, d.id FROM json_each(?) AS asked"
            " JOIN dossier_personnes AS dp ON dp.personne_id = asked.value JOIN dossiers AS d ON d.id = dp.dossier_id"
            " ORDER BY d.dernier_contact DESC, d.id DESC",
            (json.dumps(list(personne_ids)),),
        ):
            found[row["personne_id"]] = (*found.get(row["personne_id"], ()), row["id"])
        return found

    def lines(self, dossier_ids: Iterable[int]) -> tuple[DossierLine, ...]:
        """Lines of dossiers, in the order asked."""
        rows = self._sql.execute(
            _LINES + " JOIN json_each(?) AS asked ON asked.value = d.id ORDER BY asked.key",
            (json.dumps(list(dossier_ids)),),
        )
        return self._lines(rows)

    def _lines(self, rows: Iterable[Row]) -> tuple[DossierLine, ...]:
        """Lines of the list, with the names of the persons of each dossier in order."""
        lines = tuple(rows)
        marks = ", ".join("?" * len(lines))
        people: dict[int, list[Identite]] = {}
        for row in self._sql.execute(
            "SELECT dp.dossier_id, p.nom_naissance, p.nom_usage, p.prenom, p.surnom, p.description"
            " FROM dossier_personnes AS dp JOIN personnes AS p ON p.id = dp.personne_id"
            f" WHERE dp.dossier_id IN ({marks}) ORDER BY dp.dossier_id, dp.ordre",
            [row["id"] for row in lines],
        ):
            people.setdefault(row["dossier_id"], []).append(
                Identite(
                    *(row[name] for name in ("nom_naissance", "nom_usage", "prenom", "surnom", "description"))
                )
            )
        return tuple(dossier_line(row, people.get(row["id"], [])) for row in lines)

    def index(self, dossier_id: int) -> None:
        """Bring the search index of a dossier up to date with what the tables hold."""
        row = self._sql.execute("SELECT numero FROM dossiers WHERE id = ?", (dossier_id,)).one()
        names, numbers = [], [row["numero"]]
        for personne, _, _ in Personnes(self._sql).of_dossier(dossier_id):
            identite = personne.identite
            names += [identite.nom_naissance, identite.nom_usage, identite.prenom, identite.surnom]
            names.append(identite.description)
            numbers += [digits(identite.telephone), digits(identite.contact_sur)]
        texts = [
            text
            for entretien in self._sql.execute(
                "SELECT elements_transmissibles AS a, notes_de_travail AS b FROM entretiens"
                " WHERE dossier_id = ? AND mis_a_la_corbeille_le IS NULL",
                (dossier_id,),
            )
            for text in (entretien["a"], entretien["b"])
        ]
        fiches = self._sql.execute(
            "SELECT numero FROM fiches WHERE dossier_id = ?1"
            " UNION ALL SELECT numero FROM documents_etablis WHERE dossier_id = ?1",
            (dossier_id,),
        )
        numbers += [fiche["numero"] for fiche in fiches]
        self._sql.execute("DELETE FROM recherche WHERE rowid = ?", (dossier_id,))
        self._sql.execute(
            "INSERT INTO recherche (rowid, noms, numeros, textes) VALUES (?, ?, ?, ?)",
            (
                dossier_id,
                *(" ".join(folded(part) for part in parts if part) for parts in (names, numbers)),
                # Each word once: a save takes all of them out of the index and puts them back, and of notes that go
                # on for years most words were said before.
                " ".join(dict.fromkeys(word for text in texts if text for word in _words(text))),
            ),
        )


def match_expression(text: str) -> str:
    """FTS5 expression for what was typed: every word, by its beginning; nothing typed is ever syntax."""
    words = _words(text)
    number = digits(text)
    if len(number) >= 4 and not any(word.isalpha() for word in words) and "-" not in text:
        words = [number]
    return " AND ".join(f'"{word}"*' for word in words)


def _words(text: str) -> list[str]:
    """What the index takes for words, folded."""
    return "".join(c if c.isalnum() else " " for c in folded(text)).split()


def folded(text: str) -> str:
    """Without accents nor ligatures, lower case: « Cœuré » is found by « coeure », and sorted as in a directory."""
    if text.isascii():  # most names: sorting a list by name takes a third less
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def digits(text: str) -> str:
    """A telephone number in one word, in its national form: « +33 6 12… » and « 06.12… » are the same."""
    number = "".join(c for c in text if c.isdecimal())
    if text.strip().startswith(("+33", "0033")):
        number = "0" + number.removeprefix("00").removeprefix("33")
    return number


def dossier_line(row: Row, people: list[Identite]) -> DossierLine:
    """What a line of a list says of a dossier, less what calls for something."""
    return DossierLine(
        id=row["id"],
        numero=row["numero"],
        noms=", ".join(identite.nom_court for identite in people),
        initiales=", ".join(identite.initiales for identite in people),
        unite=row["unite"],
        problematique=row["problematique_principale"],
        dernier_contact=date.fromisoformat(row["dernier_contact"]),
        entretiens=row["entretiens"],
        clos=row["clos_le"] is not None,
    )
