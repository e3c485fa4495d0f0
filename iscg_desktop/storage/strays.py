"""Databases that lie in the folder of a coffre though its header names another one: what a crash left behind.

A restore keeps the database it replaces, with its header, in a folder of its own below ``remplaces``. A rotation
removes the database of the old keys. Either may die between the header, which decides, and the rest.
"""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from iscg_desktop.errors import UserError
from iscg_desktop.files import private_folder, sync_folder, write_atomic
from iscg_desktop.storage.header_copies import read_copies

REPLACED: Final = "remplaces"
_STAMP: Final = "%Y-%m-%d-%H%M%S"
_DOOMED: Final = ".oter"


def replaced_folder(folder: Path, now: datetime) -> Path:
    """A new folder for what a restore replaces in the coffre `folder`."""
    stamp = now.astimezone(UTC).strftime(_STAMP)
    place, number = folder / REPLACED / stamp, 2
    while place.exists():
        place, number = folder / REPLACED / f"{stamp}-{number}", number + 1
    private_folder(place)
    return place


def replaced_coffres(folder: Path) -> tuple[tuple[Path, datetime], ...]:
    """What restores have replaced in the coffre `folder`, and when; the newest first."""
    found = []
    for place in (folder / REPLACED).glob("*/"):
        with contextlib.suppress(ValueError):
            found.append((place, datetime.strptime(place.name[:17], _STAMP).replace(tzinfo=UTC)))
    return tuple(sorted(found, reverse=True))


def mark_doomed(folder: Path, database: str) -> None:
    """Note that a database is to be removed if it is found here without the header naming it."""
    write_atomic(folder / f"{database}{_DOOMED}", b"")


def settle_strays(folder: Path, database: str) -> None:
    """Bring each database but the one the header names where it belongs; a failure is no harm.

    One that no restore and no rotation speaks of is left alone: it may be all that is left of something.
    """
    for path in folder.glob("data-*.db"):
        place = _kept_in(folder, path.name)
        if path.name != database and place is not None:
            with contextlib.suppress(OSError):
                move_database(folder, path.name, place)
    for mark in folder.glob(f"data-*.db{_DOOMED}"):
        with contextlib.suppress(OSError):
            _settle_doomed(folder, mark, database)


def move_database(folder: Path, database: str, place: Path) -> None:
    """Put a database and its rollback journal elsewhere.

    Raises:
        OSError: The disk refuses.
    """
    for path in sorted(
        folder.glob(f"{database}*"), reverse=True
    ):  # the journal first: alone, the database is old
        path.replace(place / path.name)
    sync_folder(place)
    sync_folder(folder)


def _settle_doomed(folder: Path, mark: Path, database: str) -> None:
    name = mark.name.removesuffix(_DOOMED)
    if name != database:
        for path in folder.glob(f"{name}*"):
            if path != mark:
                path.unlink()
        sync_folder(folder)
    mark.unlink()


def _kept_in(folder: Path, database: str) -> Path | None:
    """The folder that keeps the header of a database, if one does."""
    for place in (folder / REPLACED).glob("*/"):
        with contextlib.suppress(UserError):
            if any(copy.header.database == database for _, copy in read_copies(place).readable):
                return place
    return None
