"""« Ordinateur perdu ou volé » on paper: printed, or written where she chooses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.services import aide
from iscg_desktop.ui.dialogs.file_dialog import choose_place
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.paths_shown import short
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.inline_message import InlineMessage


class LostSheet(QWidget):
    """Two buttons, and what came of them; the sheet holds nothing of any coffre.

    Args:
        tasks: Where the sheet is drawn and written.

    Attributes:
        message: Says what was done, or why not.
    """

    def __init__(self, tasks: TaskRunner) -> None:
        super().__init__()
        self._tasks = tasks
        self.print_button = Button(self.tr("Imprimer la feuille…"), icon="printer")
        self.save_button = Button(self.tr("Enregistrer la feuille…"), kind="quiet", icon="save")
        self.message = InlineMessage("good")
        row = FlowLayout()
        for button in (self.print_button, self.save_button):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.message)
        self.print_button.clicked.connect(self._on_print_clicked)
        self.save_button.clicked.connect(self._on_save_clicked)

    def save(self, place: Path) -> None:
        """Write the sheet there."""
        self._tasks.run(aide.ecrire_feuille_perdu, place, on_done=self._on_written, on_error=self._on_failed)

    @Slot()
    def _on_print_clicked(self) -> None:
        self.message.clear()
        self._tasks.run(aide.feuille_perdu, on_done=self._on_drawn, on_error=self._on_failed)

    @Slot(object)
    def _on_drawn(self, pdf: bytes) -> None:
        from iscg_desktop.ui.printing import print_pdf  # Qt's printing is slow to load and seldom needed

        try:
            printed = print_pdf(self, pdf)
        except UserError as error:
            show_error(self.message, error)
            return
        if printed:
            self.message.show_message(
                "good", self.tr("Feuille envoyée à l’imprimante. Remplissez-la, puis gardez-la ailleurs.")
            )

    @Slot()
    def _on_save_clicked(self) -> None:
        self.message.clear()
        place = choose_place(
            self, self.tr("Où enregistrer la feuille"), self.tr("ordinateur-perdu-ou-vole.pdf")
        )
        if place is not None:
            self.save(place)

    @Slot(object)
    def _on_written(self, place: Path) -> None:
        words = self.tr("Feuille écrite : {chemin}")
        self.message.show_message("good", words.format(chemin=short(place)))

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        show_error(self.message, error)
