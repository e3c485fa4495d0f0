"""A new passphrase: drawn by the program or chosen by her, then typed once again."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.messages import explained, sentence
from iscg_desktop.services import passphrase
from iscg_desktop.ui.forms.passphrase_edit import PassphraseEdit, PassphraseField
from iscg_desktop.ui.forms.strength_meter import StrengthMeter
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.labels import Quiet, Title

PROPOSED, CHOSEN = "proposee", "choisie"
_AIDE = "phrase#changer-de-phrase"
_PAUSE = 200  # ms after the last keystroke: the estimate takes up to a tenth of a second


class PassphraseForm(QWidget):
    """The one form whose state is never kept.

    Args:
        tasks: Where the strength is worked out.

    Signals:
        edited: The user changed anything.
        entered: Enter was pressed in the last field.
    """

    edited = Signal()
    entered = Signal()

    def __init__(self, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._proposed = ""
        self._rated = 0  # counts the estimates asked for: only the last one is shown
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._on_pause_over)
        self._mode = ChoiceRow(
            [(PROPOSED, self.tr("Proposée par le programme")), (CHOSEN, self.tr("Choisie par moi"))],
            clearable=False,
        )
        self._words = Title()
        self._meter = StrengthMeter()
        self.fields: dict[str, Field] = {
            "origine": Field(self.tr("&Origine de la phrase"), self._mode),
            "phrase": PassphraseField(self.tr("&Phrase de passe")),
            "confirmation": PassphraseField(self.tr("&La même, écrite encore une fois")),
        }
        self._panel = self._make_panel()
        self._build()
        self._connect()
        self._mode.set_value(PROPOSED)
        self._show_mode()

    def propose(self) -> None:
        """Draw a phrase and forget what was typed."""
        self.wipe()
        self._proposed = passphrase.generate_passphrase()
        self._words.setText(self._proposed)
        self._mode.set_value(PROPOSED)
        self._show_mode()

    def wipe(self) -> None:
        """Forget everything that was typed or drawn."""
        self._proposed = ""
        self._rated += 1
        self._pause.stop()
        self._words.setText("")
        for edit in (self._phrase, self._confirmation):
            edit.wipe()
        for field in self.fields.values():
            field.clear_error()
        self._meter.show_strength("", None)

    def settle(self) -> str | None:
        """The new passphrase, or None: the field that is not right says so and has the focus."""
        phrase = self._proposed if self._is_proposed else self._phrase.value()
        again = self._confirmation.value()
        if not self._is_proposed and len(phrase) < passphrase.SHORTEST_PASSPHRASE:
            words = self.tr("Il faut au moins {n} caractères. Ajoutez des mots.")
            words = words.format(n=passphrase.SHORTEST_PASSPHRASE)
            self._refuse("phrase", explained(words, _AIDE))
        elif not again:
            self._refuse("confirmation", explained(self.tr("Écrivez la phrase encore une fois."), _AIDE))
        elif again != phrase:
            words = self.tr("Ce n’est pas la même phrase. Relisez-la.")
            self._refuse("confirmation", explained(words, _AIDE))
        else:
            return phrase
        return None

    def refuse_weak(self, sentence: str) -> None:
        """Say that the phrase may be guessed."""
        self._refuse("phrase", sentence)

    def refuses(self, error: UserError, current: PassphraseField) -> bool:
        """Say what is wrong with the new phrase, or with the one in force beside it; False when it is neither."""
        if error.code == "phrase_de_passe_incorrecte":
            current.set_error(sentence(error))
            current.widget.setFocus()
        elif error.code == "phrase_de_passe_faible":
            self.refuse_weak(sentence(error))
        else:
            return False
        return True

    def focus_first(self) -> None:
        """Go where she types first."""
        first = self._confirmation if self._is_proposed else self._phrase
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _phrase(self) -> PassphraseEdit:
        edit = self.fields["phrase"].widget
        assert isinstance(edit, PassphraseEdit)
        return edit

    @property
    def _confirmation(self) -> PassphraseEdit:
        edit = self.fields["confirmation"].widget
        assert isinstance(edit, PassphraseEdit)
        return edit

    @property
    def _is_proposed(self) -> bool:
        return self._mode.value() == PROPOSED

    def _make_panel(self) -> Card:
        panel = Card()
        another = Button(self.tr("&Une autre"))
        another.clicked.connect(self._on_another_clicked)
        hide = Button(self.tr("&Masquer"), icon="eye-off")
        hide.setCheckable(True)
        hide.toggled.connect(self._on_hide_toggled)
        self._hide = hide
        row = QHBoxLayout()
        row.addWidget(another)
        row.addWidget(hide)
        row.addStretch()
        self._words.setMinimumHeight(self._words.fontMetrics().lineSpacing())
        panel.add(self._words)
        panel.add(
            Quiet(self.tr("Sept mots tirés au hasard. Notez-les sur papier, le temps de les apprendre."))
        )
        panel.add(row)
        return panel

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.fields["origine"])
        column.addWidget(self._panel)
        column.addWidget(self.fields["phrase"])
        column.addWidget(self._meter)
        column.addWidget(self.fields["confirmation"])

    def _connect(self) -> None:
        self._mode.committed.connect(self._on_mode_committed)
        self._phrase.edited.connect(self._on_phrase_edited)
        self._phrase.entered.connect(self._confirmation.setFocus)
        self._confirmation.edited.connect(self.edited)
        self._confirmation.entered.connect(self.entered)

    def _show_mode(self) -> None:
        self._hide.setChecked(False)
        self._panel.setVisible(self._is_proposed)
        self.fields["phrase"].setVisible(not self._is_proposed)
        self._meter.setVisible(not self._is_proposed)

    def _refuse(self, name: str, sentence: str) -> None:
        edit = self._phrase if name == "phrase" else self._confirmation
        self.fields[name].set_error(sentence)
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.selectAll()

    @Slot(object)
    def _on_mode_committed(self, mode: str) -> None:
        if mode == PROPOSED:
            self.propose()
        else:
            self.wipe()
            self._show_mode()
        self.edited.emit()

    @Slot()
    def _on_another_clicked(self) -> None:
        self.propose()
        self.focus_first()

    @Slot(bool)
    def _on_hide_toggled(self, hidden: bool) -> None:
        self._words.setText("• • • • • • •" if hidden else self._proposed)
        self._hide.setText(self.tr("&Montrer") if hidden else self.tr("&Masquer"))
        self._hide.set_icon("eye" if hidden else "eye-off")

    @Slot()
    def _on_phrase_edited(self) -> None:
        self._meter.show_strength(self._phrase.value(), None)
        self._pause.start()
        self.edited.emit()

    @Slot()
    def _on_pause_over(self) -> None:
        self._rated += 1
        phrase, rank = self._phrase.value(), self._rated
        if phrase:
            self._tasks.run(_rate, phrase, rank, on_done=self._on_rated)

    @Slot(object)
    def _on_rated(self, answer: tuple[int, passphrase.Strength]) -> None:
        rank, strength = answer
        if rank == self._rated:
            self._meter.show_strength(self._phrase.value(), strength)


def _rate(phrase: str, rank: int) -> tuple[int, passphrase.Strength]:
    return rank, passphrase.strength(phrase)
