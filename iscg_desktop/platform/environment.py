"""Variables of the session that would choose what the program loads or says: taken out before they are read (S34)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

HOSTILE: Final = (
    "LD_",  # libraries put before all others
    "DYLD_",
    "GCONV_PATH",
    "GLIBC_TUNABLES",
    "MALLOC_",
    "PYTHON",
    "_PYI",
    "OPENSSL_",  # engines and settings
    "SSL",  # SSLKEYLOGFILE among them
    "SQLITE_",
    "QT_PLUGIN_PATH",
    "QT_QPA_PLATFORM_PLUGIN_PATH",
    "QT_QPA_GENERIC_PLUGINS",
    "QT_LOGGING_",  # events of the keyboard, written to the terminal
    "QT_DEBUG_PLUGINS",
    "QT_MESSAGE_PATTERN",
    "QML",
    "GTK_MODULES",
    "GTK_PATH",
    "GIO_",
    "LIBGL_DRIVERS_PATH",
)
"""How their names begin."""

_LOADER = ("LD_", "DYLD_")
_BOOTLOADER = (
    "LD_LIBRARY_PATH"  # the frozen program sets it for itself, and keeps the one of the session beside
)


def cleansed(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment without any of them."""
    return {name: value for name, value in environment.items() if not name.upper().startswith(HOSTILE)}


def was_obeyed(environment: Mapping[str, str]) -> bool:
    """Whether the system's loader has obeyed one already: the process must then start again without it."""
    names = {name for name in environment if name.startswith(_LOADER)}
    return bool(names - {_BOOTLOADER})


def cleanse() -> None:
    """Take them out of this process, before OpenSSL and Qt are loaded."""
    for name in set(os.environ) - set(cleansed(os.environ)):
        del os.environ[name]
