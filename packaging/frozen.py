"""Where the frozen program starts: lets no variable of the session choose what is loaded, then opens it."""

from __future__ import annotations

import os
import sys

# Where OpenSSL and Qt would load foreign code or settings from (S34). PyInstaller itself sees to PYTHON* and
# QT_PLUGIN_PATH.
_HOSTILE = ("OPENSSL_", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_GENERIC_PLUGINS", "QML", "SSLKEYLOGFILE")

for _name in [name for name in os.environ if name.startswith(_HOSTILE)]:
    del os.environ[_name]

from iscg_desktop.bootstrap import main

if __name__ == "__main__":
    sys.exit(main())
