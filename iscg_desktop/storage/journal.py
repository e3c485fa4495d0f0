"""The journal: what was done, when, on which record, never its content; each line seals the one before.

The seal of a line is SHA-256 over its fields and the seal of the line before, so that a line changed,
removed or moved breaks the chain from there on. Thinning leaves an anchor, the seal of the last
line removed, from which the rest is still verified. Lines missing at the end are not found here: that
is the business of a seal over the whole database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from iscg_desktop.errors import BugError
from iscg_desktop.storage.connection import Row, Statements

_BEFORE_ALL: Final = bytes(32)
_ASKED: Final = (
    "(:action IS NULL OR action = :action) AND (:objet IS NULL OR objet = :objet)"
    " AND (:since IS NULL OR horodatage >= :since) AND (:until IS NULL OR horodatage <= :until)"
)
_AT_ONCE: Final = 500  # lines verified at a time: a few thousandths of a second
_STAMP: Final = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line: when (UTC), what was done, on what kind of record, and its number."""

    id: int
    moment: datetime
    action: str
    objet: str
    reference: str | None


@dataclass(frozen=True, slots=True)
class JournalProblem:
    """Where the chain breaks.

    Attributes:
        line: Id of the first line that does not hold.
        code: ``ligne_modifiee``, ``ligne_manquante`` or ``ligne_deplacee``.
    """

    line: int
    code: str


class Journal:
    """The journal of a coffre; its methods are called inside a transaction of the caller."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def append(self, action: str, objet: str, reference: str | None, now: datetime) -> int:
        """Add a line and return its id.

        Raises:
            BugError: `now` has no time zone.
        """
        last, seal = self._last()
        line, moment = last + 1, _stamp(now)
        self._sql.execute(
            "INSERT INTO journal (id, horodatage, action, objet, reference, precedent, empreinte)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                line,
                moment,
                action,
                objet,
                reference,
                seal,
                _seal(seal, line, moment, action, objet, reference),
            ),
        )
        return line

    def seal(self) -> bytes:
        """What the last line is sealed by: the whole chain hangs on it."""
        return self._last()[1]

    def entries(self, *, since: datetime | None = None, limit: int | None = None) -> tuple[JournalEntry, ...]:
        """Lines, the newest first."""
        rows = self._sql.execute(
            "SELECT id, horodatage, action, objet, reference FROM journal"
            " WHERE horodatage >= ? ORDER BY id DESC LIMIT ?",
            ("" if since is None else _stamp(since), -1 if limit is None else limit),
        )
        return tuple(
            JournalEntry(row["id"], _moment(row["horodatage"]), row["action"], row["objet"], row["reference"])
            for row in rows
        )

    def find(
        self,
        action: str | None,
        objet: str | None,
        since: datetime | None,
        until: datetime | None,
        *,
        limit: int,
        offset: int = 0,
    ) -> tuple[JournalEntry, ...]:
        """Lines of an action, on a kind of record, between two moments, the newest first; None asks for all of them."""
        rows = self._sql.execute(
            f"SELECT id, horodatage, action, objet, reference FROM journal WHERE {_ASKED}"
            " ORDER BY id DESC LIMIT :limit OFFSET :offset",
            {**_asked(action, objet, since, until), "limit": limit, "offset": offset},
        )
        return tuple(
            JournalEntry(row["id"], _moment(row["horodatage"]), row["action"], row["objet"], row["reference"])
            for row in rows
        )

    def count(
        self, action: str | None, objet: str | None, since: datetime | None, until: datetime | None
    ) -> int:
        """How many lines ``find`` would give."""
        asked = _asked(action, objet, since, until)
        return int(self._sql.execute(f"SELECT count(*) FROM journal WHERE {_ASKED}", asked).scalar())

    def actions(self) -> tuple[str, ...]:
        """Every action there is, in order."""
        rows = self._sql.execute("SELECT DISTINCT action FROM journal ORDER BY action")
        return tuple(row["action"] for row in rows)

    def objets(self) -> tuple[str, ...]:
        """Every kind of record there is, in order."""
        rows = self._sql.execute("SELECT DISTINCT objet FROM journal ORDER BY objet")
        return tuple(row["objet"] for row in rows)

    def first_moment(self) -> datetime | None:
        """When the oldest line was written."""
        row = self._sql.execute("SELECT horodatage FROM journal ORDER BY id LIMIT 1").first()
        return _moment(row["horodatage"]) if row else None

    def last_moment(self) -> datetime | None:
        """When the last line was written; a clock that is behind it has been set back."""
        row = self._sql.execute("SELECT horodatage FROM journal ORDER BY id DESC LIMIT 1").first()
        return _moment(row["horodatage"]) if row else None

    def verify(self) -> JournalProblem | None:
        """The first line at which the chain breaks, if it does."""
        steps = self.verifying()
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return end.value if isinstance(end.value, JournalProblem) else None

    def verifying(self) -> Generator[int, None, JournalProblem | None]:
        """``verify`` in short steps; each gives how many lines were verified."""
        line, seal = self._anchor()
        last, done = -(2**63), 0  # a line before the anchor is one too many
        while rows := tuple(
            self._sql.execute("SELECT * FROM journal WHERE id > ? ORDER BY id LIMIT ?", (last, _AT_ONCE))
        ):
            for row in rows:
                problem = _problem(row, line + 1, seal)
                if problem:
                    return JournalProblem(row["id"], problem)
                line, seal = row["id"], row["empreinte"]
            last, done = line, done + len(rows)
            yield done
        return None

    def thin(self, before: datetime, now: datetime) -> int:
        """Remove the lines older than `before`, leave an anchor, and return how many were removed.

        Lines go from the oldest on: one that follows a line to be kept is kept.
        """
        kept = self._sql.execute(
            "SELECT min(id) FROM journal WHERE horodatage >= ?", (_stamp(before),)
        ).scalar()
        last = self._sql.execute(
            "SELECT id, empreinte FROM journal WHERE ? IS NULL OR id < ? ORDER BY id DESC LIMIT 1",
            (kept, kept),
        ).first()
        if last is None:
            return 0
        self._sql.execute(
            "INSERT INTO journal_ancres (dernier_id, empreinte, pose_le) VALUES (?, ?, ?)",
            (last["id"], last["empreinte"], _stamp(now)),
        )
        return self._sql.execute("DELETE FROM journal WHERE id <= ?", (last["id"],)).rowcount

    def _last(self) -> tuple[int, bytes]:
        row = self._sql.execute("SELECT id, empreinte FROM journal ORDER BY id DESC LIMIT 1").first()
        return (row["id"], row["empreinte"]) if row else self._anchor()

    def _anchor(self) -> tuple[int, bytes]:
        row = self._sql.execute(
            "SELECT dernier_id, empreinte FROM journal_ancres ORDER BY id DESC LIMIT 1"
        ).first()
        return (row["dernier_id"], row["empreinte"]) if row else (0, _BEFORE_ALL)


def _asked(
    action: str | None, objet: str | None, since: datetime | None, until: datetime | None
) -> dict[str, str | int | float | bytes | None]:
    return {
        "action": action,
        "objet": objet,
        "since": None if since is None else _stamp(since),
        "until": None if until is None else _stamp(until),
    }


def _problem(row: Row, expected_id: int, previous: bytes) -> str | None:
    if row["id"] != expected_id:
        return "ligne_manquante"
    if row["precedent"] != previous:
        return "ligne_deplacee"
    fields: tuple[Any, ...] = (row["horodatage"], row["action"], row["objet"], row["reference"])
    return None if row["empreinte"] == _seal(previous, row["id"], *fields) else "ligne_modifiee"


def _seal(previous: bytes, line: int, moment: str, action: str, objet: str, reference: str | None) -> bytes:
    """SHA-256 over the fields, each with its length, so that no two lines read the same."""
    digest = hashlib.sha256(b"iscg-journal-1")
    for field in (previous, str(line), moment, action, objet, reference):
        data = field.encode() if isinstance(field, str) else field
        length = -1 if data is None else len(data)
        digest.update(length.to_bytes(8, "big", signed=True) + (data or b""))
    return digest.digest()


def _stamp(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise BugError("a technical stamp has a time zone")
    return moment.astimezone(UTC).strftime(_STAMP)


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
