"""What an error of the database means: something she can mend, or a bug; never a value she typed."""

from __future__ import annotations

import re
from typing import Final

from sqlcipher3 import dbapi2

from iscg_desktop.errors import BugError, UserError

_USER_CODES: Final[dict[int, str]] = {
    dbapi2.SQLITE_FULL: "disque_plein",
    dbapi2.SQLITE_READONLY: "dossier_non_inscriptible",
    dbapi2.SQLITE_CANTOPEN: "dossier_non_inscriptible",
    dbapi2.SQLITE_PERM: "dossier_non_inscriptible",
    dbapi2.SQLITE_IOERR: "disque_en_erreur",
    dbapi2.SQLITE_CORRUPT: "coffre_abime",
    dbapi2.SQLITE_NOTADB: "coffre_abime",
    dbapi2.SQLITE_BUSY: "coffre_occupe",
    dbapi2.SQLITE_LOCKED: "coffre_occupe",
    dbapi2.SQLITE_NOMEM: "memoire_insuffisante",
}
# The driver's copy of a database raises SQLite's own sentence, without its code.
_SAID: Final[dict[str, int]] = {
    "database or disk is full": dbapi2.SQLITE_FULL,
    "attempt to write a readonly database": dbapi2.SQLITE_READONLY,
    "unable to open database file": dbapi2.SQLITE_CANTOPEN,
    "access permission denied": dbapi2.SQLITE_PERM,
    "disk I/O error": dbapi2.SQLITE_IOERR,
    "database disk image is malformed": dbapi2.SQLITE_CORRUPT,
    "file is not a database": dbapi2.SQLITE_NOTADB,
    "database is locked": dbapi2.SQLITE_BUSY,
    "database table is locked": dbapi2.SQLITE_LOCKED,
}
_WORD = re.compile(r"\w+")
_SQLITE_WORDS: Final = frozenset(
    _WORD.findall(
        "no such table column function named has is not unique syntax error near ambiguous name unknown"
        " UNIQUE NULL NOT CHECK FOREIGN KEY PRIMARY constraint failed cannot store TEXT INTEGER REAL BLOB"
        " value in for values but were supplied columns already exists not authorized to use"
    )
)
_CONSTRAINT = re.compile(r"(UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint failed")


class ConstraintError(BugError):
    """A UNIQUE, CHECK, NOT NULL or FOREIGN KEY of the schema said no; caught where that is expected."""


def translated(error: Exception, sql: str) -> UserError | BugError:
    """The error to raise instead of the driver's own.

    The driver's message can quote what the user typed (a search, for instance): it is kept only if
    each of its words stands in the statement itself or is SQLite's, or if it names a constraint.
    The caller raises the result outside of its `except` block, so that the original, values and
    all, is not chained to it.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and isinstance(error, dbapi2.OperationalError):
        code = _SAID.get(str(error))
    family = None if code is None else code & 0xFF  # the rest of the number is the detail
    if family in _USER_CODES:
        return UserError(_USER_CODES[family])
    of_driver = code is None and isinstance(error, (dbapi2.ProgrammingError, dbapi2.InterfaceError))
    told = str(error) if of_driver or _is_quotable(str(error), sql) else "(message withheld)"
    kind = ConstraintError if family == dbapi2.SQLITE_CONSTRAINT else BugError
    return kind(f"{getattr(error, 'sqlite_errorname', None) or type(error).__name__}: {told}")


def _is_quotable(message: str, sql: str) -> bool:
    words = set(_WORD.findall(message))
    return bool(_CONSTRAINT.match(message)) or words <= _SQLITE_WORDS | set(_WORD.findall(sql))
