"""When a coffre is damaged: is it, and what can be saved of it. Slow: for a worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from iscg_desktop.services.clock import Clock
from iscg_desktop.services.coffre import unlock_and_check
from iscg_desktop.storage.unlock import unlock_with_passphrase

if TYPE_CHECKING:
    from iscg_desktop.storage.transaction import Repositories

COUNTED: Final = (
    "dossiers",
    "personnes",
    "entretiens",
    "saisines",
    "orientations",
    "fiches",
    "pieces_jointes",
)
"""The tables that she knows by name."""


@dataclass(frozen=True, slots=True)
class Line:
    """How many rows of a table were saved, of how many; None when nothing tells."""

    table: str
    saved: int
    expected: int | None


@dataclass(frozen=True, slots=True)
class Saved:
    """What a salvage gave.

    Attributes:
        folder: The new coffre.
        lines: What was saved, of the tables she knows.
        is_whole: Whether nothing that can be counted is missing, in any table.
    """

    folder: Path
    lines: tuple[Line, ...]
    is_whole: bool


def verify(folder: Path, passphrase: str) -> None:
    """Read and check a whole coffre.

    Raises:
        UserError: ``phrase_de_passe_incorrecte``, ``coffre_abime``, ``coffre_deja_ouvert``…
    """
    unlock_and_check(folder, passphrase)


def save(
    folder: Path,
    passphrase: str,
    target: Path,
    *,
    clock: Clock | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Saved:
    """Save what is left of a coffre into a new one; the damaged one is only read.

    Raises:
        UserError: ``phrase_de_passe_incorrecte``, ``coffre_perdu``, ``coffre_deja_ouvert``, ``dossier_non_vide``…
    """
    from iscg_desktop.reference.nomenclatures import shipped
    from iscg_desktop.services.session import SCHEMA, schema_mark
    from iscg_desktop.storage.salvage import salvage

    def furnish(repositories: Repositories) -> None:
        repositories.nomenclatures.load(shipped().values())
        repositories.settings.put(SCHEMA, schema_mark())

    key = unlock_with_passphrase(folder, passphrase)
    found = salvage(
        folder,
        key,
        target,
        (clock or Clock()).now(),
        furnish=furnish,
        progress=progress,
    )
    counts = {table.name: table for table in found.tables}
    lines = tuple(
        Line(name, counts[name].saved, counts[name].expected) if name in counts else Line(name, 0, None)
        for name in COUNTED
    )
    return Saved(found.folder, lines, found.is_whole)


def free_place(folder: Path) -> Path:
    """A folder for the new coffre, beside the damaged one, that nothing has taken yet."""
    number, place = 1, folder.with_name(f"{folder.name}-sauvé")
    while place.exists():
        number += 1
        place = folder.with_name(f"{folder.name}-sauvé-{number}")
    return place
