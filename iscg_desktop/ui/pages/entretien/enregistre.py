"""After an entretien: it is safe, and what may come next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.orientation import Orientation
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui import words
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.line import Line


def can_have_fiche(orientation: Orientation) -> bool:
    """Whether a fiche can be offered at once: she agreed, and there is someone to hand it to."""
    return orientation.accord == "oui" and orientation.partenaire_id is not None


class RecordedView(QWidget):
    """Says that the entretien is recorded and offers its fiches.

    Args:
        listes: The lists of coded values.
        orientations: Those of the entretien.

    Signals:
        fiche_requested: Id of an orientation.
        dossier_requested: She wants to see the dossier.
        entretien_requested: She goes on with another entretien.
    """

    fiche_requested = Signal(int)
    dossier_requested = Signal()
    entretien_requested = Signal()

    def __init__(
        self, listes: ListesService, orientations: Sequence[Orientation], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._listes = listes
        self._first: Button | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        done = Card()
        done.add(
            Line(
                self.tr("L’entretien est enregistré."),
                self.tr("Il est dans le coffre, et son brouillon n’existe plus."),
                icon="circle-check",
            )
        )
        column.addWidget(done)
        if orientations:
            card = Card(self.tr("Orientations"))
            for orientation in orientations:
                card.add(self._orientation(orientation))
            column.addWidget(card)
        done.add(self._next())
        column.addStretch()

    def take_focus(self) -> None:
        """Go to what most likely comes next."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _orientation(self, orientation: Orientation) -> QWidget:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GAP)
        kind = self._listes.libelle("type_partenaire", orientation.type)
        box.addWidget(Line(kind, orientation.partenaire, chip=self._accord(orientation.accord)), 1)
        if can_have_fiche(orientation):
            button = Button(self.tr("Établir la fiche"), icon="file-text")
            button.clicked.connect(partial(self.fiche_requested.emit, orientation.id))
            box.addWidget(button)
            self._first = self._first or button
        return row

    def _accord(self, accord: str) -> Chip:
        return Chip({"oui": "good", "non": "alert"}.get(accord, "quiet"), words.accord(accord))

    def _next(self) -> QWidget:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        see = Button(self.tr("Voir le &dossier"), icon="folder-open")
        see.clicked.connect(self.dossier_requested)
        more = Button(self.tr("&Nouvel entretien"), kind="quiet", icon="plus")
        more.clicked.connect(self.entretien_requested)
        for button in (see, more):
            box.addWidget(button)
        box.addStretch()
        self._first = self._first or see
        return row
