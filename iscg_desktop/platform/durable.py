"""Names that survive a power cut: neither Python nor SQLite flushes a folder on Windows, it is asked for here."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import Any, Final

_REPLACE_EXISTING, _WRITE_THROUGH = 0x1, 0x8
_GENERIC_WRITE: Final = 0x40000000
_SHARE_ALL: Final = 0x7
_OPEN_EXISTING: Final = 3
_BACKUP_SEMANTICS: Final = 0x02000000  # what lets a folder be opened
_INVALID: Final = ctypes.c_void_p(-1).value


def replace(source: Path, target: Path) -> None:
    """Give a file the name of another, in one step; on Windows it returns once the disk has the name.

    Raises:
        OSError: The system refuses.
    """
    if sys.platform == "win32":
        replace_on_windows(source, target, ctypes.WinDLL("kernel32", use_last_error=True))
    else:
        source.replace(target)


def flush_folder(folder: Path) -> None:
    """Flush the names of a folder to the disk.

    Raises:
        OSError: The disk refuses, or the file system has no such call.
    """
    if sys.platform == "win32":
        flush_on_windows(folder, ctypes.WinDLL("kernel32", use_last_error=True))
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_on_windows(source: Path, target: Path, kernel32: Any) -> None:
    """``MoveFileEx`` with « write through ».

    Raises:
        OSError: With the number that Windows gives.
    """
    how = _REPLACE_EXISTING | _WRITE_THROUGH
    if not kernel32.MoveFileExW(ctypes.c_wchar_p(str(source)), ctypes.c_wchar_p(str(target)), how):
        raise _windows_error()


def flush_on_windows(folder: Path, kernel32: Any) -> None:
    """Flush a folder; one that may not be opened to write (a share of a network) is left to its server."""
    kernel32.CreateFileW.restype = ctypes.c_void_p
    handle = kernel32.CreateFileW(
        ctypes.c_wchar_p(str(folder)),
        _GENERIC_WRITE,
        _SHARE_ALL,
        None,
        _OPEN_EXISTING,
        _BACKUP_SEMANTICS,
        None,
    )
    if handle in (None, _INVALID):
        return
    kernel32.FlushFileBuffers(ctypes.c_void_p(handle))
    kernel32.CloseHandle(ctypes.c_void_p(handle))


def _windows_error() -> OSError:
    if sys.platform == "win32":
        return ctypes.WinError(ctypes.get_last_error())
    return OSError(errno.EIO, "MoveFileEx")
