"""One program per coffre at a time: an operating-system lock that a crash releases by itself."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Final

from iscg_desktop.errors import UserError
from iscg_desktop.files import storage_error

LOCK_FILE: Final = "verrou"


class InstanceLock:
    """The right to write in a coffre, held until `release` or the end of the process.

    The lock lies on a file of its own: opening and closing the database file here would drop the
    locks that SQLite itself holds on it.
    """

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    @classmethod
    def acquire(cls, folder: Path) -> InstanceLock:
        """Take the lock of the coffre in `folder`, or refuse at once.

        Raises:
            UserError: ``coffre_deja_ouvert``, or why the lock file cannot be opened.
        """
        try:
            handle = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
            if _try_lock(handle):
                return cls(handle)
        except OSError as error:
            failure = storage_error(error)
        else:
            failure = UserError("coffre_deja_ouvert")
        raise failure

    def release(self) -> None:
        """Let the next program in; calling it twice is no harm."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def is_open_elsewhere(folder: Path) -> bool:
    """Whether a program has this coffre open now, so as to say it before asking for a passphrase."""
    try:
        handle = os.open(folder / LOCK_FILE, os.O_RDWR)
        if not _try_lock(handle):
            return True
        os.close(handle)
    except OSError:
        return False
    return False


def _try_lock(handle: int) -> bool:
    """Lock without waiting; closing the handle unlocks, and it is closed here unless the lock is had."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            # flock, not lockf: it belongs to this handle, and closing another one leaves it alone.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
            return False
        raise
    return True
