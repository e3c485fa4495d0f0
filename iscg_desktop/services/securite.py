"""What protects the coffre on this machine now: facts asked of the system and of the coffre, nothing claimed."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from iscg_desktop.platform import core_dumps, disk, screen_capture
from iscg_desktop.services.session import Session
from iscg_desktop.services.voile import VoileService


@dataclass(frozen=True, slots=True)
class EtatMachine:
    """What the system answers.

    Attributes:
        disque: Whether the disk of the coffre is encrypted.
        echange: Whether what the memory spills onto the disk is.
        sans_image: Whether a crash leaves no image of the memory.
        hors_captures: Whether the window is kept out of screenshots.
        dossier_ferme: Whether nobody but her account may enter the folder of the coffre; None where the system says
            it otherwise.
    """

    disque: disk.Etat
    echange: disk.EtatEchange
    sans_image: bool
    hors_captures: bool
    dossier_ferme: bool | None


@dataclass(frozen=True, slots=True)
class EtatSession:
    """What she chose.

    Attributes:
        voile_minutes: Idle minutes before the veil.
        verrouillage_minutes: Idle minutes before the lock.
        par_code: Whether a short code lifts the veil.
    """

    voile_minutes: int
    verrouillage_minutes: int
    par_code: bool


def examine(folder: Path) -> EtatMachine:
    """Ask the system about the machine and the folder of the coffre. Slow on some: for a worker."""
    closed = None if sys.platform == "win32" else not os.stat(folder).st_mode & 0o077  # noqa: PTH116
    return EtatMachine(
        disk.of_folder(folder),
        disk.of_swap(folder),
        core_dumps.are_forbidden(),
        screen_capture.can_exclude(),
        closed,
    )


class SecuriteService:
    """Use cases of the security page."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def folder(self) -> Path:
        """Folder of the coffre, for ``examine``."""
        return self._session.vault.folder.absolute()

    def session(self) -> EtatSession:
        """The delays in force, and what lifts the veil."""
        reglages = self._session.reglages
        par_code = VoileService(self._session).serrure().par_code
        return EtatSession(reglages.voile_minutes, reglages.verrouillage_minutes, par_code)
