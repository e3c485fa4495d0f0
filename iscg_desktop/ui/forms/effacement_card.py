"""What an erasure would do, shown before; then the button that does it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot

from iscg_desktop.services.changes import Changes
from iscg_desktop.services.effacement import Apercu
from iscg_desktop.ui.conformite_words import apercu_words
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.labels import Text


class EffacementCard(Card):
    """Hidden until something is to be erased; for a public employer the bordereau is ticked first.

    Args:
        bordereau: Whether a signed bordereau d'élimination is asked for.

    Signals:
        confirmed: What erases, to be called.
    """

    confirmed = Signal(object)

    def __init__(self, bordereau: Callable[[], bool]) -> None:
        super().__init__(self.tr("Effacer pour de bon"), icon="trash-2")
        self._bordereau = bordereau
        self._apercu: Apercu | None = None
        self._erase: Callable[[], Changes] | None = None
        self._discreet = False
        self._words = Text()
        self.signed = CheckBox(self.tr("Le &bordereau d’élimination est imprimé et visé par les archives"))
        self.button = Button(self.tr("&Effacer"), kind="danger", icon="trash-2")
        cancel = Button(self.tr("Ann&uler"), kind="quiet")
        for widget in (self._words, self.signed, self.button, cancel):
            self.add(widget)
        self.signed.clicked.connect(self._show)
        self.button.clicked.connect(self._on_button_clicked)
        cancel.clicked.connect(self.forget)
        self.hide()

    def propose(self, apercu: Apercu, erase: Callable[[], Changes]) -> None:
        """Show what would be done, and wait."""
        self._apercu, self._erase = apercu, erase
        self.signed.set_value(False)
        self._show()
        self.show()
        self.button.setFocus()

    def set_discreet(self, discreet: bool) -> None:
        """Blank the names, or show them again."""
        self._discreet = discreet
        self._show()

    @Slot()
    def forget(self) -> None:
        """Erase nothing."""
        self._apercu = self._erase = None
        self.hide()

    @Slot()
    def _show(self) -> None:
        if self._apercu is None:
            return
        asked = self._bordereau() and bool(self._apercu.dossiers)
        self.signed.setVisible(asked)
        self.button.setEnabled(not asked or self.signed.value())
        self._words.setText(apercu_words(self._apercu, discreet=self._discreet))

    @Slot()
    def _on_button_clicked(self) -> None:
        erase = self._erase
        if erase is not None:
            self.forget()
            self.confirmed.emit(erase)
