"""How to reach somebody without danger, said wherever a number can be dialled."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from iscg_desktop.domain.personne import Identite
from iscg_desktop.ui.plain import unbroken
from iscg_desktop.ui.widgets.inline_message import InlineMessage, Tone
from iscg_desktop.ui.widgets.labels import Quiet


class ContactSur(QWidget):
    """What must be read before the telephone is taken; hidden when there is nothing to dial and nothing to say.

    The safe number stands first; a number of which nobody said that it is safe is said to be so; « ne pas laisser de
    message » has its own sign. In discreet mode nothing of it is read.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._identite = Identite()
        self._discreet = False
        self._messages: list[InlineMessage] = []  # kept for the next person: long to make
        self._said: tuple[str, ...] = ()
        self._masked: Quiet | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._refresh()

    def show_identite(self, identite: Identite) -> None:
        """Say how to reach this person."""
        self._identite = identite
        self._refresh()

    def set_discreet(self, discreet: bool) -> None:
        """Show no number and no word, or all again."""
        if discreet != self._discreet:
            self._discreet = discreet
            self._refresh()

    def sentences(self) -> tuple[str, ...]:
        """What is said, from top to bottom."""
        return self._said

    def _refresh(self) -> None:
        said = self._sentences()
        masked = bool(said) and self._discreet
        shown = [] if masked else said
        while len(self._messages) < len(shown):
            message = InlineMessage(dismissible=False)
            self._column.addWidget(message)
            self._messages.append(message)
        for rank, message in enumerate(self._messages):
            if rank < len(shown):
                message.show_message(*shown[rank])
            else:
                message.clear()
        if masked and self._masked is None:
            self._masked = Quiet(self.tr("Contact masqué (F9)"))
            self._column.addWidget(self._masked)
        if self._masked is not None:
            self._masked.setVisible(masked)
        self._said = tuple(words for _, words in shown)
        self.setVisible(bool(said) and self.parent() is not None)

    def _sentences(self) -> list[tuple[Tone, str]]:
        who = self._identite
        hours = who.contact_sur_horaires
        said: list[tuple[Tone, str]] = []
        if who.contact_sur or hours:
            where = "\u00a0" + (unbroken(who.contact_sur) or self.tr("heures seulement"))
            safe = self.tr("Contact sûr\u00a0:") + where + (f"\n{hours}" if hours else "")
            said.append(("good", safe))
        if who.telephone and who.telephone != who.contact_sur:
            unknown = self.tr("{0}\u00a0: personne n’a dit que ce numéro est sûr.")
            said.append(("warn", unknown.format(unbroken(who.telephone))))
        if who.sans_message:
            said.append(("alert", self.tr("Ne pas laisser de message.")))
        if said and who.vit_avec:
            said.append(("warn", self.tr("Qui vit là\u00a0: {0}").format(who.vit_avec)))
        return said
