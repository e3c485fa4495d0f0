"""Files outside the database: private folders, and writes that leave the old or the new content, whole."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iscg_desktop.errors import UserError
from iscg_desktop.platform import durable

TEMPORARY_SUFFIX = ".partiel"
"""Ending of the temporary files of `write_atomic`; a crash may leave one, holding what was to be written."""

_CODES = {
    errno.ENOSPC: "disque_plein",
    errno.EDQUOT: "disque_plein",
    errno.EACCES: "dossier_non_inscriptible",
    errno.EPERM: "dossier_non_inscriptible",
    errno.EROFS: "dossier_non_inscriptible",
    errno.EISDIR: "dossier_non_inscriptible",
    errno.ENOENT: "dossier_introuvable",
    errno.ENOTDIR: "dossier_introuvable",
}
_SHARING_VIOLATION = 32  # Windows: another program (a PDF reader, an antivirus) holds the file


def storage_error(error: OSError) -> UserError:
    """What a failed write means for the user; the path is left out, it may hold a name."""
    if getattr(error, "winerror", None) == _SHARING_VIOLATION:
        return UserError("fichier_occupe")
    return UserError(_CODES.get(error.errno or 0, "ecriture_impossible"))


def private_folder(path: Path) -> None:
    """Make `path` a folder that its owner alone can enter (0700), whatever the umask.

    Missing parents are made the same way; those that exist are left as they are.

    Raises:
        UserError: ``disque_plein``, ``dossier_non_inscriptible``, ``dossier_introuvable``,
            ``ecriture_impossible``.
    """
    try:
        _make_private(path)
        _restrict(path)
    except OSError as error:
        failure = storage_error(error)
    else:
        return
    raise failure


def _make_private(path: Path) -> None:
    if path.is_dir():
        return
    if path.parent != path:
        _make_private(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    _restrict(path)
    sync_folder(path.parent)


def _restrict(folder: Path) -> None:
    with _tolerating(errno.EPERM, errno.ENOTSUP):  # a USB stick knows no permissions
        folder.chmod(0o700)


def write_atomic(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Replace the content of `path` by `data`: after a crash it holds the old bytes or the new ones, whole.

    The bytes go to a temporary file of the same folder, with `mode` before the first byte is
    written; they are flushed to the disk and read back before the name is given, and the folder
    is flushed after. Returning means that the disk has it.

    Raises:
        UserError: ``disque_plein``, ``dossier_non_inscriptible``, ``dossier_introuvable``,
            ``fichier_occupe``, ``ecriture_impossible``. No temporary file is left.
    """
    temporary = temporary_beside(path)
    try:
        _write_flushed(temporary, data, mode)
        if temporary.read_bytes() != data:
            raise OSError(errno.EIO, "read back differs")
        durable.replace(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        failure = storage_error(error)
    else:
        return
    _discard(temporary)
    raise failure


def temporary_beside(path: Path) -> Path:
    """Name for a file in the making beside `path`; `remove_leftovers` finds it after a crash."""
    return path.with_name(f".{secrets.token_hex(8)}{TEMPORARY_SUFFIX}")


@contextmanager
def giving_name(path: Path) -> Iterator[Path]:
    """Make a file too large for `write_atomic`: yields an empty private one, flushed and named `path` at the end.

    Whoever fills it verifies it before leaving. If the block raises, nothing is left.

    Raises:
        UserError: As `write_atomic`.
    """
    temporary = temporary_beside(path)
    try:
        _write_flushed(temporary, b"", 0o600)
        yield temporary
        flush_file(temporary)
        durable.replace(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        failure = storage_error(error)
    except BaseException:
        _discard(temporary)
        raise
    else:
        return
    _discard(temporary)
    raise failure


def flush_file(path: Path) -> None:
    """Return once the disk has the whole content of `path`."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        _flush(handle)
    finally:
        os.close(handle)


def overwrite(path: Path, last: int | None = None) -> None:
    """Write chance over a file where it lies, and return once the disk has it; one that is missing is no harm.

    Args:
        path: The file.
        last: How many bytes, at its end; None for all of it.

    Raises:
        UserError: Why the disk refuses.
    """
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            size = os.fstat(handle).st_size
            rest = memoryview(os.urandom(size if last is None else min(last, size)))
            os.lseek(handle, size - len(rest), os.SEEK_SET)
            while rest:
                rest = rest[os.write(handle, rest) :]
            _flush(handle)
        finally:
            os.close(handle)
    except FileNotFoundError:
        return
    except OSError as error:
        failure = storage_error(error)
    else:
        return
    raise failure


def forget_cached(path: Path) -> None:
    """Have the next reading of a flushed file come from the disk, not from memory, where the system can do it."""
    if sys.platform == "linux":
        handle = os.open(path, os.O_RDONLY)
        try:
            with _tolerating(errno.EINVAL, errno.ENOTSUP):
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files that a crash of `write_atomic` left in `folder`; a failure is no harm."""
    for leftover in folder.glob(f".*{TEMPORARY_SUFFIX}"):
        _discard(leftover)


def name_folder(building: Path, folder: Path) -> None:
    """Give a folder that is whole its name, on the disk when this returns; an empty one of that name goes.

    Raises:
        UserError: Why the disk refuses.
    """
    try:
        if folder.exists():
            folder.rmdir()
        building.rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        failure = storage_error(error)
    else:
        return
    raise failure


def sync_folder(folder: Path) -> None:
    """Flush the names of `folder` to the disk, where the system can do it."""
    with _tolerating(errno.EINVAL, errno.ENOTSUP):  # some network folders have no such call
        durable.flush_folder(folder)


def _write_flushed(path: Path, data: bytes, mode: int) -> None:
    # O_BINARY exists on Windows only, where its absence would turn every \n into \r\n.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, mode)
    try:
        if sys.platform != "win32":
            with _tolerating(errno.EPERM, errno.ENOTSUP):
                os.fchmod(handle, mode)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        _flush(handle)
    finally:
        os.close(handle)


def _flush(handle: int) -> None:
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)  # fsync there leaves the bytes in the disk's own cache
    else:
        os.fsync(handle)


@contextmanager
def _tolerating(*numbers: int) -> Iterator[None]:
    """Let pass what the file system cannot do; an error of the disk is another matter."""
    try:
        yield
    except OSError as error:
        if error.errno not in numbers:
            raise


def _discard(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
