"""`iscg-desktop sauvegarde`: make, verify and restore a backup without the window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from iscg_desktop import paths
from iscg_desktop.cli.phrase import add_phrase, read_phrase

if TYPE_CHECKING:
    from iscg_desktop.services.restauration import Apercu

DONE = 0


def add_commands(sauvegarde: argparse.ArgumentParser) -> None:
    """Add ``sauvegarde creer``, ``verifier`` and ``restaurer``."""
    what = sauvegarde.add_subparsers(
        dest="act", metavar="ACTION", required=True, parser_class=type(sauvegarde)
    )
    make = _command(what, "creer", "crée une sauvegarde vérifiée du coffre")
    make.add_argument("--vers", type=Path, metavar="DOSSIER", help="la copie aussi dans ce dossier")
    make.set_defaults(run=_make)
    verify = _command(what, "verifier", "relit une sauvegarde en entier")
    verify.add_argument("fichier", type=Path, metavar="FICHIER")
    verify.set_defaults(run=_verify)
    restore = _command(what, "restaurer", "met une sauvegarde à la place du coffre, qui est gardé à côté")
    restore.add_argument("fichier", type=Path, metavar="FICHIER")
    restore.add_argument(
        "--sans-reprise",
        action="store_true",
        help="personne n’a plus la phrase du coffre remplacé : ses bilans et ses numéros ne sont pas repris",
    )
    restore.set_defaults(run=_restore)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words, add_help=False)
    parser.add_argument("-h", "--help", action="help", help="affiche cette aide")
    # Also accepted here; said before « sauvegarde » it counts too.
    parser.add_argument("--coffre", type=Path, metavar="DOSSIER", default=argparse.SUPPRESS, help="le coffre")
    add_phrase(parser)
    return parser


def _make(arguments: argparse.Namespace) -> int:
    from iscg_desktop.services import coffre
    from iscg_desktop.services.services import Services

    folder = arguments.coffre or paths.default_coffre()
    session = coffre.open_session(folder, coffre.unlock(folder, read_phrase(arguments)))
    try:
        services = Services(session)
        if arguments.vers is not None:
            services.sauvegardes.check_place(arguments.vers)
        fait = services.sauvegardes.travail(arguments.vers).run()
        services.sauvegardes.record(fait)
    finally:
        session.vault.close()
    if fait.absent:
        raise fait.absent[0][1]
    print(f"Sauvegarde faite et vérifiée dans {' et '.join(map(str, fait.places))}.")
    return DONE


def _verify(arguments: argparse.Namespace) -> int:
    from iscg_desktop.services import restauration

    apercu = restauration.ouvrir(arguments.fichier, read_phrase(arguments))
    print(f"Sauvegarde entière et lisible, {_content(apercu)}.")
    return DONE


def _restore(arguments: argparse.Namespace) -> int:
    from iscg_desktop.services import restauration

    apercu = restauration.ouvrir(arguments.fichier, read_phrase(arguments))
    done = restauration.restaurer(
        apercu, arguments.coffre or paths.default_coffre(), sans_reprise=arguments.sans_reprise
    )
    kept = f" ; le coffre d’avant est gardé dans {done.garde}" if done.garde else ""
    print(f"Coffre restauré depuis la sauvegarde {_content(apercu)}{kept}.")
    return DONE


def _content(apercu: Apercu) -> str:
    """« 2 dossiers, 3 entretiens, faite le 27/11/2026 »."""
    counts = ", ".join(
        f"{number} {word}{'s' if number > 1 else ''}"
        for number, word in ((apercu.dossiers, "dossier"), (apercu.entretiens, "entretien"))
    )
    return f"faite le {apercu.faite_le.astimezone():%d/%m/%Y à %H:%M}, {counts}"
