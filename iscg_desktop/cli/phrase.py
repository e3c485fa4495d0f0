"""The passphrase on the command line: typed without echo or read from a descriptor, never a word of the call."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from iscg_desktop.errors import UserError

_LONGEST = 4096


def add_phrase(command: argparse.ArgumentParser) -> None:
    """Let a command be told where the passphrase comes from."""
    command.add_argument(
        "--phrase-fd",
        type=int,
        default=None,
        metavar="N",
        help="lit la phrase de passe sur le descripteur N au lieu de la demander",
    )


def read_phrase(arguments: argparse.Namespace) -> str:
    """The passphrase.

    Raises:
        UserError: ``phrase_sans_terminal``, ``phrase_descripteur``.
    """
    if arguments.phrase_fd is not None:
        return _from(arguments.phrase_fd)
    if not sys.stdin.isatty():
        raise UserError("phrase_sans_terminal")
    return getpass.getpass("Phrase de passe : ")


def _from(descriptor: int) -> str:
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.readline(_LONGEST).decode("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        failure = UserError("phrase_descripteur", numero=descriptor)
    raise failure
