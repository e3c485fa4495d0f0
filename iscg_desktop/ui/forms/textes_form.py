"""The two texts, apart: what may go to a fiche, and what never leaves the coffre."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.text_area import TextArea

_SHOWN_AT_MOST = 12


class TextesForm(Form):
    """Two texts side by side, in two cards.

    Args:
        unsupported: Gives the characters of a text that no fiche can print.
    """

    def __init__(self, unsupported: Callable[[str], tuple[str, ...]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unsupported = unsupported
        self._unprintable = InlineMessage("warn", dismissible=False)
        handed = Card(self.tr("Éléments transmissibles"))
        words = Field(self.tr("Ce qui peut aller sur une fiche de &liaison"), TextArea(rows=6))
        handed.add(self.register("elements_transmissibles", words))
        handed.add(self._unprintable)
        own = Card(self.tr("Notes de travail (hors fiche)"))
        notes = Field(self.tr("Ce qui ne quitte pas le coffre, pour votre tra&vail"), TextArea(rows=6))
        own.add(self.register("notes_de_travail", notes))
        for card in (handed, own):
            card.body.addStretch()
        self.column.addWidget(Columns(handed, own))
        reminder = self.tr(
            "Ce qui est écrit sur une personne peut être demandé par elle\u00a0; des faits seulement."
        )
        self.column.addWidget(Quiet(reminder))
        words.widget.edited.connect(self._on_transmissible_edited)

    def check_characters(self) -> None:
        """Say which characters of the transmissible text could not be printed."""
        found = self._unsupported(self.value("elements_transmissibles"))
        said = " ".join(found[:_SHOWN_AT_MOST])
        words = self.tr("Ces caractères ne s’impriment pas sur une fiche, remplacez-les\u00a0: {0}").format(
            said
        )
        self._unprintable.show_message("warn", words if found else "")

    @Slot()
    def _on_transmissible_edited(self) -> None:
        self.check_characters()
