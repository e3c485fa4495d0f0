"""Keeps the memory of the program out of crash reports and away from other programs (S33)."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Any

_PR_SET_DUMPABLE = 4
_SEM_FAILCRITICALERRORS, _SEM_NOGPFAULTERRORBOX = 0x0001, 0x0002


def forbid() -> bool:
    """Forbid core dumps of this process, and its memory to other programs of the same session; whether it is so."""
    if sys.platform == "win32":
        return exclude_from_reports(
            ctypes.WinDLL("kernel32"), ctypes.WinDLL("wer"), Path(sys.executable).name
        )
    import resource

    # The hard limit too: nothing that runs in this process can raise it again.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    return are_forbidden()


def are_forbidden() -> bool:
    """Whether this process would leave no core, asked of the system."""
    if sys.platform == "win32":
        return bool(ctypes.WinDLL("kernel32").GetErrorMode() & _SEM_NOGPFAULTERRORBOX)
    import resource

    limited = resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
    return limited and (not sys.platform.startswith("linux") or _dumpable() == 0)


def exclude_from_reports(kernel32: Any, wer: Any, program: str) -> bool:
    """On Windows: no report of a crash is made, shown or sent.

    Args:
        kernel32: The library of that name.
        wer: The one of error reports.
        program: Name of the program, as reports know it.
    """
    kernel32.SetErrorMode(_SEM_FAILCRITICALERRORS | _SEM_NOGPFAULTERRORBOX)
    return bool(wer.WerAddExcludedApplication(ctypes.c_wchar_p(program), 0) == 0)  # 0: for this user alone


def _dumpable() -> int:
    pr_get_dumpable = 3
    return int(ctypes.CDLL(None).prctl(pr_get_dumpable, 0, 0, 0, 0))
