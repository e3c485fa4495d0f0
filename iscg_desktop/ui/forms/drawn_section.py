"""A section that hands a PDF over: drawn beside the window, then printed or saved."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot

from iscg_desktop.errors import UserError
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.file_dialog import choose_place
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.printing import print_pdf
from iscg_desktop.ui.tasks import TaskRunner


class DrawnSection(Section):
    """Keys: Ctrl+P prints.

    Args:
        tasks: Draws the document.
        file_name: Proposed when it is saved.
    """

    def __init__(
        self,
        services: Services,
        hub: ChangesHub,
        tasks: TaskRunner,
        title: str,
        subtitle: str,
        *,
        file_name: str,
    ) -> None:
        super().__init__(services, hub, title, subtitle)
        self._tasks, self._file_name = tasks, file_name
        self.save_button = self.head.add_secondary(self.tr("En&registrer…"), icon="save")
        self.print_button = self.head.set_primary(self.tr("I&mprimer…"), icon="printer", shortcut="Ctrl+P")
        self.save_button.clicked.connect(self._on_save_clicked)
        self.print_button.clicked.connect(self._on_print_clicked)

    @abstractmethod
    def drawing(self) -> Callable[[], bytes]:
        """What draws the document as things stand, without the coffre; raises ``UserError``."""

    @abstractmethod
    def note_export(self) -> None:
        """Have the journal say that it was handed over."""

    @abstractmethod
    def write(self, place: Path, pdf: bytes) -> None:
        """Write it where she chose; raises ``UserError``."""

    def _draw(self, then: Callable[[bytes], None]) -> None:
        try:
            drawing = self.drawing()
        except UserError as error:
            show_error(self.message, error)
            return
        self._offer(False)
        self.message.show_message("info", self.tr("Le document se prépare…"))
        self._tasks.run(drawing, on_done=partial(self._on_document_drawn, then), on_error=self._on_not_drawn)

    def _offer(self, offered: bool) -> None:
        for button in (self.save_button, self.print_button):
            button.setEnabled(offered)

    def _on_document_drawn(self, then: Callable[[bytes], None], pdf: bytes) -> None:
        self._offer(True)
        self.message.clear()
        try:
            then(pdf)
        except UserError as error:
            show_error(self.message, error)

    @Slot(object)
    def _on_not_drawn(self, error: BaseException) -> None:
        self._offer(True)
        self.message.clear()
        raise error

    @Slot()
    def _on_print_clicked(self) -> None:
        self._draw(self._print)

    def _print(self, pdf: bytes) -> None:
        self.note_export()
        if print_pdf(self, pdf):
            self.message.show_message("good", self.tr("Document envoyé à l’imprimante."))

    @Slot()
    def _on_save_clicked(self) -> None:
        place = choose_place(self, self.tr("Enregistrer le document"), self._file_name)
        if place is not None:
            self._draw(partial(self._save, place))

    def _save(self, place: Path, pdf: bytes) -> None:
        self.write(place, pdf)
        self.message.show_message("good", self.tr("Le document est écrit."))
