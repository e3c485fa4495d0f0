"""The coffre on the command line: is it sound, and what can be saved of it when it is not."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from iscg_desktop.cli.phrase import add_phrase, read_phrase
from iscg_desktop.messages.coffre import NOUNS


def add_commands(coffre: argparse.ArgumentParser) -> None:
    """Add ``coffre verifier`` and ``coffre sauver``."""
    commands = coffre.add_subparsers(dest="act", metavar="ACTION", required=True, parser_class=type(coffre))
    verify = commands.add_parser(
        "verifier", help="lit tout le coffre et dit s’il est en ordre", add_help=False
    )
    verify.set_defaults(run=_verify)
    save = commands.add_parser(
        "sauver", help="sauve dans un nouveau coffre ce qui reste d’un coffre abîmé", add_help=False
    )
    save.set_defaults(run=_save)
    for command in (verify, save):
        command.add_argument("-h", "--help", action="help", help="affiche cette aide")
        command.add_argument("dossier", type=Path, metavar="COFFRE", help="dossier du coffre")
        add_phrase(command)
    save.add_argument("nouveau", type=Path, metavar="NOUVEAU", help="dossier du nouveau coffre, à créer")


def _verify(arguments: argparse.Namespace) -> int:
    from iscg_desktop.services import sauvetage  # it brings the coffre: the other commands go without

    sauvetage.verify(arguments.dossier, read_phrase(arguments))
    print(
        "Ce coffre est en ordre : chaque page a été lue, aucune n’est abîmée ni plus ancienne que les autres."
    )
    return 0


def _save(arguments: argparse.Namespace) -> int:
    from iscg_desktop.services import sauvetage

    done = sauvetage.save(arguments.dossier, read_phrase(arguments), arguments.nouveau, progress=_progress)
    print(f"Nouveau coffre  {done.folder}, que la même phrase de passe et la même fiche de secours ouvrent.")
    for line in done.lines:
        expected = "un nombre inconnu" if line.expected is None else line.expected
        print(f"{NOUNS[line.table]:<15} {line.saved} sur {expected}")
    return 0 if done.is_whole else 1


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\rTables lues {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)
