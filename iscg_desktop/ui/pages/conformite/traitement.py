"""For the DPO: the description of the processing, from the real settings, printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Slot

from iscg_desktop.errors import UserError
from iscg_desktop.services import securite
from iscg_desktop.services.securite import EtatMachine
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.drawn_section import DrawnSection
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.widgets.pdf_preview import PdfPreview

translate = QCoreApplication.translate


class TraitementSection(DrawnSection):
    """The register entry of article 30 and what an AIPD needs, beside what is true of this coffre.

    Args:
        tasks: Where the description is drawn, and the system asked about the disk.
    """

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        super().__init__(
            services,
            hub,
            tasks,
            translate("Traitement", "Pour le délégué à la protection des données"),
            translate(
                "Traitement",
                "Fiche du registre et éléments de l’analyse d’impact, sans aucun nom de personne.",
            ),
            file_name=translate("Traitement", "traitement.pdf"),
        )
        self._disque: bool | None = None  # whether the disk is encrypted, once the system said
        self._drawing: Task | None = None
        self._discreet = False
        self.preview = PdfPreview()
        self.preview.setMinimumHeight(520)
        self.add(self.preview, 1)

    def reload(self) -> None:
        self._show()
        self._tasks.run(
            securite.examine,
            self._services.securite.folder,
            on_done=self._on_examined,
            on_error=self._on_not_examined,
        )

    def _show(self) -> None:
        """Draw the description beside the window; of two asked for, the last one is shown."""
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None
        try:
            said = self._services.traitement.decrire(self._disque)
        except UserError as error:
            show_error(self.message, error)
            return
        self._drawing = self._tasks.run(self._services.traitement.dessiner, said, on_done=self._on_drawn)
        self._cover()

    def _cover(self) -> None:
        """Say why nothing is seen."""
        hidden = self.tr("Aperçu masqué (F9)") if self._discreet else ""
        self.preview.cover(hidden or ("" if self.preview.pages else self.tr("Un instant…")))

    @Slot(object)
    def _on_drawn(self, pdf: bytes) -> None:
        self.preview.show_pdf(pdf)
        self._cover()

    @Slot(object)
    def _on_examined(self, machine: EtatMachine) -> None:
        found = {"chiffre": True, "en_clair": False}.get(machine.disque)
        if found is not self._disque:
            self._disque = found
            self._show()

    @Slot(object)
    def _on_not_examined(self, _error: BaseException) -> None:
        """The system does not say: the description says so."""

    def set_discreet(self, discreet: bool) -> None:
        super().set_discreet(discreet)
        self._discreet = discreet
        self._cover()

    def drawing(self) -> Callable[[], bytes]:
        traitement = self._services.traitement
        return partial(traitement.dessiner, traitement.decrire(self._disque))

    def note_export(self) -> None:
        self._services.traitement.noter_remise()

    def write(self, place: Path, pdf: bytes) -> None:
        self._services.traitement.enregistrer(place, pdf)
