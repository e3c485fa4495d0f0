"""What protects the coffre on this machine now: facts asked of the system and of the coffre, nothing claimed."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from iscg_desktop.platform import core_dumps, disk, screen_capture
from iscg_desktop.services.cles import ClesService
from iscg_desktop.services.sauvegardes import SauvegardesService
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
        sauvegarde: Day of the last verified backup; None for none.
        sauvegarde_ancienne: Whether another is due.
        exercice: Day on which the recovery sheet last proved that it opens the coffre.
        exercice_du: Whether it must prove it again.
    """

    voile_minutes: int
    verrouillage_minutes: int
    par_code: bool
    sauvegarde: date | None
    sauvegarde_ancienne: bool
    exercice: date | None
    exercice_du: bool


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

    def __init__(
        self, session: Session, voile: VoileService, sauvegardes: SauvegardesService, cles: ClesService
    ) -> None:
        self._session = session
        self._voile, self._sauvegardes, self._cles = voile, sauvegardes, cles

    @property
    def folder(self) -> Path:
        """Folder of the coffre, for ``examine``."""
        return self._session.vault.folder.absolute()

    def session(self) -> EtatSession:
        """What is in force, and what was done last."""
        reglages, sauvegardes = self._session.reglages, self._sauvegardes.etat()
        derniere = sauvegardes.derniere
        return EtatSession(
            reglages.voile_minutes,
            reglages.verrouillage_minutes,
            self._voile.serrure().par_code,
            derniere.astimezone().date() if derniere is not None else None,
            sauvegardes.ancienne,
            self._cles.dernier_exercice(),
            self._cles.exercice_du(),
        )
