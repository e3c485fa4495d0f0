"""The command line: the same use cases without a window. Answers in French, one line, no traceback."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from iscg_desktop import __version__
from iscg_desktop.cli import coffre, sauvegarde
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.messages import Sentence, joined, sentence
from iscg_desktop.services import aide

DONE, NO, WRONG_USE = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """Says in French what is wrong with the words of a call."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"{self.prog} : cet appel n’est pas compris. Voir « {self.prog} --help ».\n")


def parser() -> argparse.ArgumentParser:
    """The words the program understands."""
    top = _Parser(
        prog="iscg-desktop",
        description="Sans commande, ouvre la fenêtre.",
        add_help=False,
    )
    top.add_argument("-h", "--help", action="help", help="affiche cette aide")
    top.add_argument(
        "--version", action="version", version=f"iscg-desktop {__version__}", help="affiche la version"
    )
    top.add_argument("--coffre", type=Path, metavar="DOSSIER", help="coffre à ouvrir dans la fenêtre")
    # Where the window was, when the program takes the place of one that locked.
    top.add_argument("--fenetre", default="", help=argparse.SUPPRESS)
    commands = top.add_subparsers(dest="command", metavar="COMMANDE", parser_class=_Parser)
    _add_demo(_command(commands, "demo", "crée un coffre de dossiers fictifs, ses fiches et ses bilans"))
    coffre.add_commands(_command(commands, "coffre", "vérifie un coffre, ou sauve ce qui en reste"))
    sauvegarde.add_commands(_command(commands, "sauvegarde", "crée, vérifie ou restaure une sauvegarde"))
    reunir = _command(commands, "consolider", "additionne des bilans de plusieurs intervenants ou périodes")
    reunir.add_argument("fichiers", type=Path, nargs="+", metavar="FICHIER", help="bilans au format JSON")
    reunir.add_argument(
        "-o", "--sortie", type=Path, required=True, metavar="SORTIE", help="résultat, en .xlsx ou en .json"
    )
    reunir.set_defaults(run=_consolider)
    verifier = _command(commands, "verifier", "vérifie des bilans d’un même coffre, seuls puis ensemble")
    verifier.add_argument("fichiers", type=Path, nargs="+", metavar="FICHIER", help="bilans au format JSON")
    verifier.set_defaults(run=_verifier)
    return top


def _command(commands: Any, name: str, words: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=words, add_help=False)
    made.add_argument("-h", "--help", action="help", help="affiche cette aide")
    return made


def _add_demo(demo: argparse.ArgumentParser) -> None:
    demo.add_argument("dossier", type=Path, metavar="DOSSIER", help="où tout écrire")
    demo.add_argument("--dossiers", type=int, default=400, metavar="N", help="nombre de dossiers (400)")
    demo.add_argument("--graine", type=int, default=1, metavar="S", help="même graine, mêmes dossiers (1)")
    demo.add_argument(
        "--aujourdhui",
        type=date.fromisoformat,
        default=None,
        metavar="AAAA-MM-JJ",
        help="jour de la démonstration",
    )
    demo.set_defaults(run=_demo)


def run(arguments: argparse.Namespace) -> int:
    """Run a command; returns the exit code: 0 done, 1 the answer is no, 2 wrong use."""
    command: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return command(arguments)
    except InvalidInput as error:
        _refuse(joined(map(sentence, error.problems)))
        return NO
    except UserError as error:
        _refuse(sentence(error))
        return NO


def main(argv: Sequence[str]) -> int:
    """Parse and run a command."""
    return run(parser().parse_args(argv))


def _refuse(words: Sentence) -> None:
    """Say why not, and which chapter of the guide says more."""
    chapter = f" (aide : «\u00a0{aide.titre(words.aide)}\u00a0»)" if words.aide else ""
    print(f"{words}{chapter}", file=sys.stderr)


def _demo(arguments: argparse.Namespace) -> int:
    from iscg_desktop.services.demo.demo import (
        make_demo,  # it reads the whole program: the window opens without
    )

    folder: Path = arguments.dossier
    made = make_demo(
        folder,
        number=arguments.dossiers,
        seed=arguments.graine,
        today=arguments.aujourdhui or date.today(),
        progress=_show_progress,
    )
    print(
        f"Coffre      {made.coffre}  ({made.dossiers} dossiers, {made.entretiens} entretiens, tous fictifs)"
    )
    print(f"            s’ouvre avec : {made.passphrase}")
    print(f"Fiches      {folder / 'fiches'}  ({len(made.fiches)} PDF)")
    print(
        f"Coupons     {folder / 'coupons'}  ({len(made.coupons)} PDF remplis, à lire dans Fiches et tournées)"
    )
    print(f"Bilans      {folder / 'bilans'}  ({len(made.bilans)} fichiers)")
    return DONE


def _consolider(arguments: argparse.Namespace) -> int:
    from iscg_desktop.services import consolidation

    made = consolidation.consolider(arguments.fichiers)
    consolidation.ecrire(made, arguments.sortie, arguments.fichiers)
    print(
        f"Intervenants {made.intervenants}, bilans {len(made.sources)},"
        f" trimestres de travail {made.trimestres}, du {made.debut:%d/%m/%Y} au {made.fin:%d/%m/%Y}"
    )
    print(f"Consolidation {arguments.sortie}")
    return DONE


def _verifier(arguments: argparse.Namespace) -> int:
    from iscg_desktop.services.verification_bilans import verifier

    try:
        found = verifier(arguments.fichiers)
    except UserError as error:
        print(sentence(error))
        return WRONG_USE if error.code == "verification_absent" else NO
    print(
        f"Juste : {found.bilans} bilan(s), {found.masques} masques ;"
        f" {found.fictifs} tableaux fictifs redonnent les mêmes chiffres."
    )
    return DONE


def _show_progress(what: str, done: int, total: int) -> None:
    """One line that rewrites itself on a terminal; elsewhere one line at the end of each step."""
    if sys.stdout.isatty():
        print(f"\r{what} {done}/{total}", end="\n" if done == total else "", flush=True)
    elif done == total:
        print(f"{what} {done}/{total}", flush=True)
