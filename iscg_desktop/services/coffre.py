"""Creating and opening the coffre: the slow part on values for a worker, the rest on the caller's thread."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from iscg_desktop.errors import UserError
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.passphrase import require_strong
from iscg_desktop.storage.header_copies import is_coffre, is_doomed
from iscg_desktop.storage.instance import is_open_elsewhere
from iscg_desktop.storage.kdf import KdfParameters as KdfParameters  # noqa: PLC0414 - the pages name it too
from iscg_desktop.storage.kdf import calibrate
from iscg_desktop.storage.keys import VaultKey, wrap_passphrase
from iscg_desktop.storage.unlock import unlock_with_passphrase, unlock_with_recovery

if TYPE_CHECKING:  # all that is read only once a coffre opens: the passphrase is asked for sooner without it
    from iscg_desktop.domain.intervenant import Intervenant
    from iscg_desktop.domain.nomenclature import Nomenclature
    from iscg_desktop.domain.unite import Unite
    from iscg_desktop.services.session import Session
    from iscg_desktop.storage.check import Check
    from iscg_desktop.storage.creation import VaultCreation


def read_ahead() -> None:
    """Read the code that opening or creating needs, in the caller's thread: a worker would read it beside the window.

    Two threads that read code at once broke the process now and then (PySide6 6.11.3).
    """
    from iscg_desktop.services import coffre_ouvert, session
    from iscg_desktop.storage import backup, creation, vault

    del coffre_ouvert, session, backup, creation, vault


def exists(folder: Path) -> bool:
    """Whether a folder holds a coffre, or what is left of one that was closed for good."""
    return is_coffre(folder) or is_doomed(folder)


def finish_closing(folder: Path) -> tuple[Path, ...] | None:
    """Destroy what is left of a coffre that was closed for good.

    Returns:
        Backups that could not be destroyed; None when none was closed here.

    Raises:
        UserError: ``coffre_deja_ouvert``, or why the disk refuses: the next time goes on.
    """
    if not is_doomed(folder):
        return None
    from iscg_desktop.storage.closing import finish

    return finish(folder)


def open_elsewhere(folder: Path) -> bool:
    """Whether a program has this coffre open now, so as to say it before asking for a passphrase."""
    return is_open_elsewhere(folder)


def check_place(folder: Path) -> None:
    """Find out early whether a coffre can be created in a folder; writes nothing.

    Raises:
        UserError: ``coffre_existe_deja``, ``dossier_non_vide``, ``dossier_non_inscriptible``.
    """
    if is_coffre(folder):
        raise UserError("coffre_existe_deja")
    try:
        free = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
        # The coffre is built beside its place, then takes its name.
        existing = next((each for each in folder.absolute().parents if each.exists()), None)
    except OSError:
        free, existing = True, None
    if not free:
        raise UserError("dossier_non_vide")
    if existing is None or not existing.is_dir() or not os.access(existing, os.W_OK):
        raise UserError("dossier_non_inscriptible")


def departements() -> list[tuple[str, str]]:
    """Code and name of every département, for the assistant: no coffre is open yet."""
    from iscg_desktop.reference.territories import shipped

    return [(each.code, each.nom) for each in shipped().departements()]


def liste(code: str) -> Nomenclature:
    """A list as it is shipped, for the assistant: no coffre is open yet."""
    from iscg_desktop.reference import nomenclatures

    return nomenclatures.shipped()[code]


def prepare_creation(folder: Path, passphrase: str, *, kdf: KdfParameters | None = None) -> VaultCreation:
    """Make the keys of a new coffre; nothing is on the disk until ``complete``. Slow: for a worker.

    Raises:
        UserError: ``phrase_de_passe_faible``, or the refusals of the folder.
    """
    from iscg_desktop.storage.creation import VaultCreation

    require_strong(passphrase)
    return VaultCreation(folder, passphrase, kdf or calibrate())


def create(
    creation: VaultCreation,
    typed: str,
    intervenant: Intervenant,
    unites: tuple[Unite, ...],
    *,
    clock: Clock | None = None,
) -> VaultKey:
    """Create the coffre with its owner in it, or none: one without an owner could issue nothing. For a worker.

    Raises:
        UserError: What is wrong with the code typed back, or why the disk refuses; nothing is left behind.
    """
    from iscg_desktop.services.coffre_ouvert import CoffreService

    def furnish(building: Path, key: VaultKey) -> None:
        service = CoffreService(open_session(building, key, clock=clock))
        try:
            service.set_up(intervenant, unites)
        finally:
            service.lock()

    return creation.complete(typed, furnish=furnish)


def recovery_sheet(code_groups: tuple[str, ...], folder: Path, day: date) -> bytes:
    """PDF of the recovery sheet, to be printed from memory; it holds the code. For a worker."""
    from iscg_desktop.documents.recovery_sheet import render_recovery_sheet  # seldom needed, slow to load

    return render_recovery_sheet(code_groups, str(folder), day)


def unlock(folder: Path, passphrase: str) -> VaultKey:
    """The key of a coffre from its passphrase, its schema brought up to date. Slow: for a worker.

    Raises:
        UserError: ``phrase_de_passe_incorrecte``, or why the folder cannot be read, or its backup not made.
    """
    key = unlock_with_passphrase(folder, passphrase)
    _bring_up_to_date(folder, key)
    return key


def unlock_and_check(folder: Path, passphrase: str) -> VaultKey:
    """As `unlock`, for a coffre whose last check went wrong: it is not opened while that is so.

    Raises:
        UserError: As `unlock`; ``coffre_abime``.
    """
    key = unlock_with_passphrase(folder, passphrase)
    _bring_up_to_date(folder, key)
    check(folder, key)
    return key


def _bring_up_to_date(folder: Path, key: VaultKey) -> None:
    """Migrate an older coffre here, after its verified backup, rather than when the window opens it: seconds."""
    from iscg_desktop.storage.backup import backup_before_migration
    from iscg_desktop.storage.vault import Vault

    if Vault.is_outdated(folder, key):
        Vault.open(folder, key, before_migration=backup_before_migration(folder, key, Clock().now())).close()


def unlock_with_sheet(folder: Path, typed: str) -> VaultKey:
    """The key of a coffre from the code of the recovery sheet; a new passphrase follows."""
    return unlock_with_recovery(folder, typed)


def new_passphrase_slot(
    folder: Path, key: VaultKey, passphrase: str, *, kdf: KdfParameters | None = None
) -> tuple[object, Check]:
    """The slot of a new passphrase, for ``CoffreService.set_passphrase``, and the coffre checked. For a worker.

    Raises:
        UserError: ``phrase_de_passe_faible``, or as `check`.
    """
    require_strong(passphrase)
    _bring_up_to_date(folder, key)
    return wrap_passphrase(key, passphrase, kdf or calibrate()), check(folder, key)


def changed_passphrase_slot(
    folder: Path, current: str, passphrase: str, *, kdf: KdfParameters | None = None
) -> object:
    """The slot of a new passphrase while the coffre is open, for whoever types the one in force. Slow: for a worker.

    Raises:
        UserError: ``phrase_de_passe_incorrecte``, ``phrase_de_passe_faible``.
    """
    key = unlock_with_passphrase(folder, current)
    require_strong(passphrase)
    return wrap_passphrase(key, passphrase, kdf or calibrate())


def check(folder: Path, key: VaultKey) -> Check:
    """Read and check every page, for `Session.admit`. For a worker: seconds on ten years of data.

    Raises:
        UserError: ``coffre_deja_ouvert``, ``coffre_abime``, or why the folder cannot be read.
    """
    from iscg_desktop.storage.check import check_coffre

    try:
        found = check_coffre(folder, key)
    except UserError as error:
        if error.code != "coffre_occupe":
            raise
    else:
        if found.problems:
            raise UserError("coffre_abime")
        return found
    raise UserError("coffre_deja_ouvert")


def open_session(
    folder: Path,
    key: VaultKey,
    *,
    clock: Clock | None = None,
    checked: Check | None = None,
    at_once: bool = False,
) -> Session:
    """Open a coffre on the calling thread, which alone may use it.

    Args:
        folder: Where it lies.
        key: What opens it.
        clock: Tells the moment.
        checked: What `check` found a moment ago, if it was asked.
        at_once: Do not check a large one now: it can be read, and is written in once `Session.admit` was told.

    Raises:
        UserError: Opened elsewhere, damaged, newer than this program, or made by an earlier trial version.
    """
    from iscg_desktop.reference.territories import shipped
    from iscg_desktop.services.session import Session
    from iscg_desktop.storage.backup import backup_before_migration
    from iscg_desktop.storage.vault import Vault

    time = clock or Clock()
    vault = Vault.open(folder, key, before_migration=backup_before_migration(folder, key, time.now()))
    try:
        session = Session(vault, time, shipped())
        if not vault.fully_checked and not at_once:
            vault.admit(checked or check(folder, key))
        session.check_schema()
        session.begin()
    except BaseException:
        vault.close()
        raise
    return session
