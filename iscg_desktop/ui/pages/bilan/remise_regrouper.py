"""« Regrouper »: what could be printed together in a bilan, and what it would give."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.services.bilan_propositions import Proposition
from iscg_desktop.services.bilan_regroupement import Regroupement
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line import Line


class RegrouperCard(Card):
    """Proposals, each with its gain, and the way back.

    Signals:
        chosen: A ``Regroupement`` to make.
        undone: Print every category apart again.
    """

    chosen = Signal(object)
    undone = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Regrouper"))

    def show_proposals(self, found: Iterable[Proposition], made: Iterable[Regroupement]) -> None:
        """Show what could be printed together, and whether something is."""
        self.clear()
        found, made = tuple(found), tuple(made)
        self.setVisible(bool(found or made))
        said = self.tr(
            "Des catégories imprimées ensemble laissent voir plus de chiffres. Rien d’autre ne change."
        )
        self.add(Quiet(said))
        for each in found:
            self.add(self._line(each))
        if made:
            undo = Button(self.tr("&Ne rien regrouper"), kind="quiet", icon="undo-2")
            undo.clicked.connect(self.undone)
            self.add(undo)

    def _line(self, each: Proposition) -> QWidget:
        gain = self.tr("%n petit(s) chiffre(s) de moins à masquer", "", each.gain)
        line = Line(each.titre, f"{gain} · {', '.join(each.noms)}")
        button = Button(self.tr("Regrouper"), kind="quiet")
        button.setAccessibleName(self.tr("Regrouper : {titre}").replace("{titre}", each.titre))
        button.clicked.connect(lambda: self.chosen.emit(each.regroupement))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(line, 1)
        row.addWidget(button)
        return holder
