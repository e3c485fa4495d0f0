"""How to reach somebody without danger, said wherever a number can be dialled."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from iscg_desktop.domain.personne import Identite
from iscg_desktop.ui.plain import unbroken
from iscg_desktop.ui.widgets.inline_message import InlineMessage
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
        self._said: list[QWidget] = []
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
        self._discreet = discreet
        self._refresh()

    def sentences(self) -> tuple[str, ...]:
        """What is said, from top to bottom."""
        return tuple(each.text for each in self._said if isinstance(each, InlineMessage))

    def _refresh(self) -> None:
        for widget in self._said:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._said = self._made()
        for widget in self._said:
            self._column.addWidget(widget)
            widget.show()
        self.setVisible(bool(self._said) and self.parent() is not None)

    def _made(self) -> list[QWidget]:
        who = self._identite
        hours = who.contact_sur_horaires
        made: list[QWidget] = []
        if who.contact_sur or hours:
            where = "\u00a0" + (unbroken(who.contact_sur) or self.tr("heures seulement"))
            said = self.tr("Contact sûr\u00a0:") + where + (f"\n{hours}" if hours else "")
            made.append(InlineMessage("good", said, dismissible=False))
        if who.telephone and who.telephone != who.contact_sur:
            unknown = self.tr("{0}\u00a0: personne n’a dit que ce numéro est sûr.")
            made.append(InlineMessage("warn", unknown.format(unbroken(who.telephone)), dismissible=False))
        if who.sans_message:
            made.append(InlineMessage("alert", self.tr("Ne pas laisser de message."), dismissible=False))
        if made and who.vit_avec:
            made.append(
                InlineMessage(
                    "warn", self.tr("Qui vit là\u00a0: {0}").format(who.vit_avec), dismissible=False
                )
            )
        if made and self._discreet:
            return [Quiet(self.tr("Contact masqué (F9)"))]
        return made
