"""Closing a coffre for good: what opens it is destroyed first, then all the rest; a mark makes it go to its end.

Before the mark is on the disk the coffre opens as ever. From then on nothing opens it, and whoever looks at the
folder next finishes: a kill in the middle only puts the end off. Overwriting the slots makes the rest unreadable,
whatever a disk keeps of it: no key is anywhere else.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TypedDict

from iscg_desktop.errors import UserError
from iscg_desktop.files import TEMPORARY_SUFFIX, overwrite, sync_folder, write_atomic
from iscg_desktop.storage.backup import Backup, list_backups
from iscg_desktop.storage.backup_file import BLOCK, SUFFIX
from iscg_desktop.storage.creation import BACKUPS
from iscg_desktop.storage.header_copies import CLOSING, COPIES
from iscg_desktop.storage.instance import LOCK_FILE, InstanceLock
from iscg_desktop.storage.reserve import RESERVE
from iscg_desktop.storage.strays import REPLACED
from iscg_desktop.storage.witness import WITNESS

_FORMAT: Final = "iscg-fermeture"
_LONGEST: Final = 1_000_000


class _Order(TypedDict):
    format: str
    coffre: str
    dossiers: list[str]
    sauvegardes: list[str]


def doom(folder: Path, vault_id: str, outside: Iterable[Path]) -> None:
    """Close the coffre in `folder` for good: `finish` destroys it once its database is closed.

    Args:
        folder: Where it lies.
        vault_id: Its name, by which its backups are known.
        outside: Folders besides its own that may hold backups of it; those that are not there are left out.

    Raises:
        UserError: The disk refused; the coffre is as it was.
    """
    places = [place.absolute() for place in outside if place.is_dir()]
    backups = [each.path for place in (folder / BACKUPS, *places) for each in _backups(place, vault_id)]
    order = _Order(
        format=_FORMAT,
        coffre=vault_id,
        dossiers=[str(place) for place in places],
        sauvegardes=[str(path.absolute()) for path in backups],
    )
    write_atomic(folder / CLOSING, json.dumps(order, sort_keys=True).encode())


def finish(folder: Path) -> tuple[Path, ...] | None:
    """Destroy what is left of a coffre that was closed for good.

    Returns:
        Backups that could not be destroyed; None when no coffre was closed here.

    Raises:
        UserError: ``coffre_deja_ouvert``, or the slots could not be overwritten; what is left is for the next time.
    """
    order = _order(folder)
    if order is None:
        return None
    lock = InstanceLock.acquire(folder)
    try:
        for name in COPIES:
            overwrite(folder / name)
        left = tuple(path for path in _doomed(folder, order) if not _destroy(path))
        for place in (folder / REPLACED).glob("*/"):
            for name in COPIES:
                overwrite(place / name)
        _remove(folder)
    finally:
        lock.release()
    for name in (LOCK_FILE, CLOSING):  # the mark last: until then the next one goes on
        with contextlib.suppress(OSError):
            (folder / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # something of somebody else's lies there: it stays
        folder.rmdir()
        sync_folder(folder.parent)
    return left


def _remove(folder: Path) -> None:
    """All that the coffre put into its folder but its lock and its mark."""
    for place in (folder / REPLACED, folder / BACKUPS):
        shutil.rmtree(place, ignore_errors=True)
    for pattern in ("data-*.db*", f".*{TEMPORARY_SUFFIX}", RESERVE, WITNESS, *COPIES):
        for path in folder.glob(pattern):
            with contextlib.suppress(OSError):
                path.unlink()
    with contextlib.suppress(OSError):
        sync_folder(folder)


def _doomed(folder: Path, order: _Order) -> Iterator[Path]:
    """Backups that lay there when it was closed, and those made since."""
    seen = {Path(each) for each in order["sauvegardes"]}
    for place in (folder / BACKUPS, *map(Path, order["dossiers"])):
        seen |= {each.path.absolute() for each in _backups(place, order["coffre"])}
    return (path for path in sorted(seen) if path.name.endswith(SUFFIX))


def _destroy(backup: Path) -> bool:
    """Overwrite what opens a backup, then remove it; whether it is gone."""
    try:
        overwrite(backup, last=BLOCK)
        backup.unlink(missing_ok=True)
    except (OSError, UserError):
        return not backup.parent.is_dir()  # a stick taken out meanwhile: she was told of it
    return True


def _backups(place: Path, vault_id: str) -> tuple[Backup, ...]:
    with contextlib.suppress(UserError):
        return list_backups(place, vault_id)
    return ()


def _order(folder: Path) -> _Order | None:
    try:
        with (folder / CLOSING).open("rb") as file:
            found = json.loads(file.read(_LONGEST))
        if found["format"] != _FORMAT:
            return None
        return _Order(
            format=_FORMAT,
            coffre=str(found["coffre"]),
            dossiers=[str(each) for each in found["dossiers"]],
            sauvegardes=[str(each) for each in found["sauvegardes"]],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
