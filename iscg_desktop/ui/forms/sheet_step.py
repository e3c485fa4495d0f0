"""A recovery code: shown to be copied by hand, then hidden and typed back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.ui.forms.recovery_code_edit import RecoveryCodeField, RecoveryCodeView
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.labels import Quiet, Text


class SheetStep(QWidget):
    """The recovery code: shown to be copied by hand, then hidden and typed back.

    Signals:
        entered: Enter was pressed in the code typed back.
        print_requested: She wants it on paper.
    """

    entered = Signal()
    print_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[str, ...] = ()
        self._view = RecoveryCodeView()
        self.field = RecoveryCodeField(self.tr("Code de &secours, d’après votre feuille"))
        self._edit = self.field.widget
        self.refuse = self.field.refuse
        self.print = Button(self.tr("I&mprimer la fiche…"), icon="printer")
        self.print.clicked.connect(self.print_requested)
        self._edit.entered.connect(self.entered)
        self._shown, self._asked = self._make_shown(), self._make_asked()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._shown)
        column.addWidget(self._asked)
        column.addStretch()
        self.show_code()

    @property
    def asking(self) -> bool:
        """Whether the code is hidden and to be typed back."""
        return not self._asked.isHidden()

    def set_groups(self, groups: tuple[str, ...]) -> None:
        """Take a new code and show it."""
        self.wipe()
        self._groups = groups
        self.show_code()

    def show_code(self) -> None:
        """Show the code to be copied."""
        if self._groups:
            self._view.show_groups(self._groups)
        self.field.wipe()
        self._shown.show()
        self._asked.hide()

    def ask_code(self) -> None:
        """Hide the code and ask for it."""
        self._view.wipe()
        self._shown.hide()
        self._asked.show()
        self.focus_first()

    def typed(self) -> str:
        """The code typed back."""
        return self._edit.value()

    def wipe(self) -> None:
        """Forget the code."""
        self._groups = ()
        self._view.wipe()
        self.field.wipe()

    def focus_first(self) -> None:
        """Go where she types, if she types."""
        if self.asking:
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_shown(self) -> Card:
        card = Card(self.tr("Recopiez ce code à la main"), icon="pencil")
        card.add(
            Text(
                self.tr(
                    "Si vous oubliez votre phrase de passe, lui seul rouvrira le coffre. Écrivez-le sur une feuille"
                    " et gardez-la sous clé, loin de l’ordinateur. Il ne sera plus jamais affiché."
                )
            )
        )
        card.add(self._view)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.print)
        row.addWidget(Quiet(self.tr("Une imprimante partagée garde une copie : la main est plus sûre.")), 1)
        card.add(row)
        return card

    def _make_asked(self) -> Card:
        card = Card(self.tr("Vérifiez votre feuille"), icon="key-round")
        card.add(
            Text(self.tr("Tapez le code tel que vous l’avez écrit. Chaque groupe mal recopié sera nommé."))
        )
        card.add(self.field)
        return card
