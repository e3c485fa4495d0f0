"""The only place where the program is put together: hardened process, command line or window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from iscg_desktop import cli, log, paths
from iscg_desktop.platform import core_dumps
from iscg_desktop.platform.long_paths import extended


def main(argv: Sequence[str] | None = None) -> int:
    """Start the program; returns its exit code.

    Args:
        argv: Words after the program's name; those of the process unless given.
    """
    # Whatever is written belongs to its owner alone, before anything is.
    os.umask(0o077)
    # What is in memory stays there, before anything secret is.
    core_dumps.forbid()
    log.set_up()
    arguments = cli.parser().parse_args(sys.argv[1:] if argv is None else argv)
    if arguments.command is not None:
        return cli.run(arguments)
    # Qt costs a quarter of a second: only the window pays for it.
    from iscg_desktop.ui.program import run_window

    return run_window(extended(arguments.coffre or paths.default_coffre()), arguments.fenetre)
