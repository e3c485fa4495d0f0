"""A passphrase as it is typed: hidden unless asked, with a word when the capitals are locked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from iscg_desktop.ui import icons
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.line_edit import LineEdit

_SHOW = "Ctrl+E"


class PassphraseEdit(LineEdit):
    """One line that hides what is typed; its eye, or Ctrl+E, shows it.

    Signals:
        caps_lock_seen: Whether the capitals seem locked, told by the letters that arrive.
        entered: Enter was pressed.
    """

    caps_lock_seen = Signal(bool)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        # No dictionary of a screen keyboard learns it.
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._caps_lock = False
        self._eye = QAction(self)
        self._eye.setShortcut(QKeySequence(_SHOW))
        self._eye.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._eye.triggered.connect(self._on_eye_triggered)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self.set_shown(False)

    @property
    def shown(self) -> bool:
        """Whether what is typed can be read."""
        return self.echoMode() == QLineEdit.EchoMode.Normal

    def set_shown(self, shown: bool) -> None:
        """Let what is typed be read, or hide it."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        icons.set_icon(self._eye, "eye-off" if shown else "eye", "quiet", 18)
        words = self.tr("Cacher ce qui est écrit") if shown else self.tr("Montrer ce qui est écrit")
        self._eye.setText(words)
        keys = QKeySequence(_SHOW).toString(QKeySequence.SequenceFormat.NativeText)
        self._eye.setToolTip(f"{words}   {keys}")

    def wipe(self) -> None:
        """Forget what was typed, its undo history too, and hide what comes next."""
        self.set_value("")  # setText drops the undo history, QLineEdit.clear would keep it
        self.set_shown(False)
        self._tell_caps_lock(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._watch_caps_lock(event)
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            self.entered.emit()

    def _watch_caps_lock(self, event: QKeyEvent) -> None:
        """Qt cannot ask for the state of the key, but a capital without Shift tells it."""
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._tell_caps_lock(False)
        elif len(letter) == 1 and letter.isalpha() and letter.lower() != letter.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tell_caps_lock(letter.isupper() != shift)

    def _tell_caps_lock(self, locked: bool) -> None:
        if locked != self._caps_lock:
            self._caps_lock = locked
            self.caps_lock_seen.emit(locked)

    @Slot()
    def _on_eye_triggered(self) -> None:
        self.set_shown(not self.shown)


class PassphraseField(Field):
    """A passphrase with its label; says when the capitals seem locked."""

    widget: PassphraseEdit

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, PassphraseEdit(), parent=parent)
        self.widget.caps_lock_seen.connect(self._on_caps_lock_seen)

    @Slot(bool)
    def _on_caps_lock_seen(self, locked: bool) -> None:
        self.set_hint(self.tr("Les majuscules semblent verrouillées.") if locked else "")
