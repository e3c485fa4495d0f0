"""A structure for the annuaire, in the few words one has at hand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.domain.partenaire import PartenaireDraft
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.choices import coded
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class PartenaireForm(Form):
    """A new partner, added without leaving the entretien; Enter adds, Escape gives up.

    Args:
        listes: The lists of coded values.

    Signals:
        accepted: She wants it in the annuaire.
        given_up: She does not want it after all.
    """

    accepted = Signal()
    given_up = Signal()

    def __init__(self, listes: ListesService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = FormGrid()
        liste = listes["type_partenaire"]
        self.add(grid, "nom", self.tr("Nom de la structure"), LineEdit(), 6)
        self.add(grid, "type", self.tr("Type de structure"), TypeAhead(coded(liste)), 6, liste=liste)
        self.add(grid, "correspondant", self.tr("Correspondant"), LineEdit())
        self.add(grid, "telephone", self.tr("Téléphone"), LineEdit())
        self.add(grid, "adresse", self.tr("Adresse"), LineEdit())
        self.add(grid, "ville", self.tr("Ville"), LineEdit())
        self.column.addWidget(grid)
        add = Button(self.tr("Ajouter à l’annuaire"), icon="check")
        add.clicked.connect(self.accepted)
        cancel = Button(self.tr("Annuler"), kind="quiet")
        cancel.clicked.connect(self.given_up)
        row = QHBoxLayout()
        row.addWidget(add)
        row.addWidget(cancel)
        row.addStretch()
        self.column.addLayout(row)

    def read(self) -> PartenaireDraft:
        """The structure as it stands."""
        return PartenaireDraft(**self.values())

    def is_blank(self) -> bool:
        """Whether nothing was typed; the type comes from the orientation."""
        return not any(name != "type" for name in self.state())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
