"""What stands around a bilan to be handed over: its narrative, how much it hides, whether to close the period."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.labels import Quiet, Text


class RecitCard(Card):
    """The narrative of the report, or the way to type it."""

    def __init__(self) -> None:
        super().__init__(self.tr("Texte du rapport"), action=self.tr("Écrire ce texte"))
        self._words = Text()
        self._text = ""
        self.add(self._words)

    def show_text(self, text: str, *, may_change: bool, discreet: bool) -> None:
        """Show the narrative of another period."""
        self._text = text
        self.set_action((self.tr("Modifier") if text else self.tr("Écrire ce texte")) if may_change else "")
        self.set_discreet(discreet)

    def set_discreet(self, discreet: bool) -> None:
        """Hide what she typed, or show it again."""
        empty = self.tr("Facultatif : l’intérêt qualitatif, pour le rapport PDF du comité de suivi.")
        hidden = self.tr("Texte masqué (F9)")
        self._words.setText((hidden if discreet else self._text) if self._text else empty)


class Confirmation(Card):
    """Says what the file will hold and asks whether to close the period."""

    confirmed = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Le bilan est prêt"))
        self._words, self._after = Text(), Quiet()
        self.add(self._words)
        self.add(self._after)
        self.confirm = Button(self.tr("&Remettre…"), kind="primary", icon="check")
        self.cancel = Button(self.tr("Pas maintenant"))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.confirm)
        row.addWidget(self.cancel)
        row.addStretch(1)
        holder = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        self.add(holder)
        self.confirm.clicked.connect(self.confirmed)
        self.cancel.clicked.connect(self.cancelled)

    def ask(self, protected: ProtectedBilan, periode: str, dossiers: int) -> None:
        """Say it for a bilan of so many dossiers; the key that says yes is under her hand."""
        self._words.setText(self._told(protected) if protected.chiffres_donnes else self._withheld(dossiers))
        after = self.tr("Le {periode} sera arrêté ; les ajouts tardifs compteront au trimestre ouvert.")
        self._after.setText(after.replace("{periode}", periode))
        self.show()
        self.confirm.setFocus()

    def _told(self, protected: ProtectedBilan) -> str:
        words = self.tr(
            "{donnes} chiffres donnés, {masques} masqués (•). Aucun chiffre de moins de {seuil}, aucun recalcul"
            " possible avec les bilans déjà remis."
        )
        given = {
            "{donnes}": protected.chiffres_donnes,
            "{masques}": protected.chiffres_masques,
            "{seuil}": protected.seuil,
        }
        for mark, value in given.items():
            words = words.replace(mark, str(value))
        if protected.preuve is not None:
            tables = len(protected.preuve.fictifs)
            words += " " + self.tr(
                "Preuve : %n tableau(x) différent(s) donneraient exactement ce fichier.", "", tables
            )
        return words

    def _withheld(self, dossiers: int) -> str:
        """Why the file tells no figure at all, and what would."""
        if dossiers == 0:
            why = self.tr("Aucun dossier n’est compté : le dire dirait que personne n’est venu.")
        elif dossiers == 1:
            why = self.tr("Un seul dossier est compté : le moindre chiffre parlerait de lui.")
        else:
            why = self.tr(
                "Trop peu de dossiers sont comptés : le moindre chiffre pourrait désigner quelqu’un."
            )
        return (
            why
            + " "
            + self.tr(
                "Tout est donc masqué (•). Le bilan d’un semestre ou d’une année en dira davantage ; celui-ci se remet"
                " tout de même, pour que les suivants tombent juste."
            )
        )


class ProfilCard(Card):
    """The profile « renforcé », for recipients who ask for it.

    Signals:
        chosen: Whether she wants it.
    """

    chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__(self.tr("Protection"))
        self.box = CheckBox(self.tr("Profil renforcé : aucun chiffre de moins de 11"))
        self._said = Quiet()
        self.add(self.box)
        self.add(self._said)
        self.box.edited.connect(self._on_edited)

    def show_profile(self, *, renforce: bool, begun: bool) -> None:
        """Show it; a year of which a bilan is arrêté keeps its own."""
        self.box.set_value(renforce)
        self.box.setEnabled(not begun)
        self._said.setText(
            self.tr("Un bilan de cette année est déjà arrêté : elle garde son profil jusqu’à la fin.")
            if begun
            else self.tr("À cocher quand un destinataire le demande ; vaut pour toute l’année.")
        )

    @Slot()
    def _on_edited(self) -> None:
        self.chosen.emit(self.box.value())
