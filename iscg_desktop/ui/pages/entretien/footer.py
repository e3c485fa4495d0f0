"""Foot of the page of the entretien, always in sight: what went wrong, what is asked, what is missing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.messages import explained, sentence
from iscg_desktop.ui.forms.missing_line import MissingLine
from iscg_desktop.ui.tokens import MARGIN
from iscg_desktop.ui.widgets.inline_message import InlineMessage


class EntretienFooter(QWidget):
    """Messages over the line of what is missing.

    Signals:
        keep_requested: The draft is to be written again.
        abandon_confirmed: The draft is really to be forgotten.
    """

    keep_requested = Signal()
    abandon_confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.missing = MissingLine()
        self._draft = InlineMessage(dismissible=False)
        self._message, self._problems, self._question = InlineMessage(), InlineMessage(), InlineMessage()
        self._draft.action_triggered.connect(self.keep_requested)
        self._question.action_triggered.connect(self.abandon_confirmed)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 8, MARGIN, 8)
        column.setSpacing(8)
        for part in (self._draft, self._message, self._problems, self._question, self.missing):
            column.addWidget(part)

    def say(self, words: str) -> None:
        """Say something that asks for nothing."""
        self._message.show_message("info", words)

    def say_error(self, error: UserError) -> None:
        """Say why something could not be done."""
        self._message.show_message("alert", sentence(error))

    def say_problems(self, count: int) -> None:
        """Say how many points are to be corrected; 0 takes it back."""
        words = ""
        if count == 1:
            words = self.tr("Un point est à corriger avant d’enregistrer. Rien n’est perdu.")
        elif count:
            words = self.tr("{0} points sont à corriger avant d’enregistrer. Rien n’est perdu.").format(count)
        self._problems.show_message("alert", explained(words, "saisie#quand-un-champ-refuse"))

    def say_draft(self, error: UserError | None) -> None:
        """Say that the draft is not on the disk, and why; None when it is."""
        words = ""
        if error is not None:
            words = self.tr("Le brouillon n’est pas encore gardé\u00a0: laissez cette page ouverte. {raison}")
            words = sentence(error).within(words)
        self._draft.show_message("alert", words, self.tr("Réessayer"))

    def ask_to_abandon(self) -> None:
        """Ask whether the draft is really to be forgotten."""
        words = self.tr("Abandonner ce brouillon\u00a0? Tout ce qui est écrit sur cette page sera effacé.")
        self._question.show_message("warn", words, self.tr("Abandonner le brouillon"))
        self._question.enter_action()

    def clear(self) -> None:
        """Say nothing more, but of the draft."""
        for message in (self._message, self._problems, self._question):
            message.clear()
