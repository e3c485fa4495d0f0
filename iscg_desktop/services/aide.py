"""The user guide: its chapters, its pictures, what is looked for in it; needs no coffre."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from iscg_desktop.domain.guide import Chapitre, Groupe, Trouvaille
from iscg_desktop.files import write_atomic
from iscg_desktop.reference import guide

if TYPE_CHECKING:
    from iscg_desktop.reference.guide_recherche import Index


def sommaire() -> tuple[Groupe, ...]:
    """The table of contents."""
    return guide.sommaire()


def chapitre(cle: str) -> Chapitre:
    """A chapter; raises ``KeyError`` for a key that is none."""
    return guide.chapitres()[cle]


def titre(renvoi: str) -> str:
    """Title of the chapter that a reference « chapter#heading » leads to; raises ``KeyError`` where there is none."""
    return chapitre(renvoi.partition("#")[0]).titre


def existe(renvoi: str) -> bool:
    """Whether a reference « chapter#heading » leads somewhere."""
    cle, _, ancre = renvoi.partition("#")
    found = guide.chapitres().get(cle)
    return found is not None and ancre in found.ancres()


def chercher(texte: str) -> tuple[Trouvaille, ...]:
    """The passages that answer what she typed, the best first."""
    return _index().chercher(texte)


def image(nom: str) -> Path:
    """A picture of the guide, as a chapter names it; raises ``ValueError`` for one outside the guide."""
    path = (guide.folder() / nom).resolve()
    if not path.is_relative_to(guide.folder().resolve()):
        raise ValueError(nom)
    return path


PERDU = "perdu-ou-vole"
"""Chapter that is also a sheet to print."""


def feuille_perdu() -> bytes:
    """The sheet « ordinateur perdu ou volé » as a PDF, its blanks empty; for a worker."""
    from iscg_desktop.documents.feuille_perdu import render_lost_sheet  # seldom needed, slow to load

    return render_lost_sheet(chapitre(PERDU))


def ecrire_feuille_perdu(path: Path) -> Path:
    """Write that sheet where she chose; for a worker.

    Raises:
        UserError: Why the disk refuses.
    """
    write_atomic(path, feuille_perdu())
    return path


@cache
def _index() -> Index:
    from iscg_desktop.reference.guide_recherche import Index  # its library is read when she searches

    return Index(guide.chapitres().values())
