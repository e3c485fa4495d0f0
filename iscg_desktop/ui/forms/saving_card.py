"""How a document leaves the coffre as a PDF: protected by a passphrase unless she says otherwise."""

from __future__ import annotations

from PySide6.QtCore import Slot

from iscg_desktop.services.passphrase import generate_passphrase
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.line_edit import LineEdit


class SavingCard(Card):
    """A PDF for e-mail: protected by a passphrase told through another channel, unless she says otherwise.

    Attributes:
        message: What became of it, under the button: the head of the page may be out of sight.
    """

    def __init__(self) -> None:
        super().__init__(self.tr("Enregistrer en PDF"))
        self.phrase = LineEdit()
        self.plain = CheckBox(self.tr("Sans phra&se de passe"))
        self._warning = InlineMessage("warn", "", dismissible=False)
        self.message = InlineMessage()
        self.save = Button(self.tr("&Enregistrer…"), icon="save")
        self._field = Field(
            self.tr("&Phrase de passe du PDF"),
            self.phrase,
            hint=self.tr("À donner au destinataire par un autre canal que le fichier."),
        )
        for widget in (self._field, self.plain, self._warning, self.save, self.message):
            self.add(widget)
        self.plain.edited.connect(self._on_plain_edited)

    def start(self) -> None:
        """Propose a new phrase."""
        self.phrase.set_value(generate_passphrase())
        self._field.clear_error()
        self.message.clear()
        self.plain.set_value(False)
        self._on_plain_edited()

    def passphrase(self) -> str | None:
        """The passphrase, None for a plain PDF."""
        return None if self.plain.value() else self.phrase.value()

    def refuse(self, words: str) -> None:
        """Say under the phrase why it does not do."""
        self._field.set_error(words)
        self.phrase.setFocus()

    @Slot()
    def _on_plain_edited(self) -> None:
        plain = self.plain.value()
        self._field.setVisible(not plain)
        text = self.tr("Sans phrase de passe, quiconque trouve ce fichier peut le lire.") if plain else ""
        self._warning.show_message("warn", text)
