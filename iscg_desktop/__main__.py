"""Starts the program: ``python -m iscg_desktop``."""

from __future__ import annotations

import sys

from iscg_desktop.bootstrap import main

if __name__ == "__main__":
    sys.exit(main())
