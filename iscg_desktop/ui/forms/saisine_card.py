"""A saisine already noted, shown at the head of the entretien that answers it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.dates import format_jour
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.saisine import Saisine
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.labels import Text
from iscg_desktop.ui.widgets.line import Line


class SaisineCard(Card):
    """What the saisine says, to be read and not typed again.

    Args:
        listes: The lists of coded values.
    """

    def __init__(self, listes: ListesService, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._listes = listes
        self._saisine: Saisine | None = None
        self._discreet = False
        self.set_title(self.tr("Comment la situation est arrivée"))

    def show_saisine(self, saisine: Saisine) -> None:
        """Say how the situation arrived."""
        self._saisine = saisine
        self.clear()
        contact = self.tr("accord pour être contactée\u00a0: {0}").format(
            self._listes.libelle("accord_contact", saisine.accord_contact).lower()
        )
        came = [format_jour(saisine.date), self._label("origine", saisine.origine)]
        came += [self._label("support", saisine.support), self._listes.unite(saisine.unite_id)]
        asked = [
            "" if self._discreet else saisine.demandeur,
            contact,
            self._label("urgence", saisine.urgence).lower(),
        ]
        self.add(Line(self._joined(came), self._joined(asked), icon="inbox"))
        if saisine.motif and not self._discreet:
            self.add(Text(saisine.motif))

    def set_discreet(self, discreet: bool) -> None:
        """Leave out the words she typed, or say them again."""
        self._discreet = discreet
        if self._saisine is not None:
            self.show_saisine(self._saisine)

    def _label(self, liste: str, code: str) -> str:
        return "" if code == NON_RENSEIGNE else self._listes.libelle(liste, code)

    @staticmethod
    def _joined(words: list[str]) -> str:
        return " · ".join(word for word in words if word)
