"""For the DPO: the description of the processing, from the real settings, printed or saved."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Slot

from iscg_desktop.errors import UserError
from iscg_desktop.services import securite
from iscg_desktop.services.securite import EtatMachine
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.file_dialog import choose_place
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.printing import print_pdf
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.widgets.pdf_preview import PdfPreview

translate = QCoreApplication.translate


class TraitementSection(Section):
    """The register entry of article 30 and what an AIPD needs, beside what is true of this coffre.

    Args:
        tasks: Where the description is drawn, and the system asked about the disk.
    """

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        super().__init__(
            services,
            hub,
            translate("Traitement", "Pour le délégué à la protection des données"),
            translate(
                "Traitement",
                "Fiche du registre et éléments de l’analyse d’impact, sans aucun nom de personne.",
            ),
        )
        self._tasks = tasks
        self._disque: bool | None = None  # whether the disk is encrypted, once the system said
        self._drawing: Task | None = None
        self._discreet = False
        self.save_button = self.head.add_secondary(self.tr("En&registrer…"), icon="save")
        self.print_button = self.head.set_primary(self.tr("I&mprimer…"), icon="printer", shortcut="Ctrl+P")
        self.save_button.clicked.connect(self._on_save_clicked)
        self.print_button.clicked.connect(self._on_print_clicked)
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

    def _printed(self) -> bytes:
        traitement = self._services.traitement
        return traitement.document(traitement.decrire(self._disque))

    @Slot()
    def _on_print_clicked(self) -> None:
        try:
            printed = print_pdf(self, self._printed())
        except UserError as error:
            show_error(self.message, error)
            return
        if printed:
            self.message.show_message("good", self.tr("Description envoyée à l’imprimante."))

    @Slot()
    def _on_save_clicked(self) -> None:
        place = choose_place(self, self.tr("Enregistrer la description"), self.tr("traitement.pdf"))
        if place is None:
            return
        try:
            self._services.traitement.enregistrer(place, self._disque)
        except UserError as error:
            show_error(self.message, error)
            return
        self.message.show_message("good", self.tr("La description est écrite."))
