"""Where the frozen program starts: lets no variable of the session choose what is loaded, then opens it (S34)."""

from __future__ import annotations

import os
import sys

from iscg_desktop.platform.environment import cleanse, was_obeyed
from iscg_desktop.platform.relaunch import replace_process

if was_obeyed(os.environ):
    replace_process(sys.argv[1:])  # with a library of somebody else in it, this process asks for nothing
cleanse()

from iscg_desktop.bootstrap import main

if __name__ == "__main__":
    sys.exit(main())
