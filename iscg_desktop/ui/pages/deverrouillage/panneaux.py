"""What the card of the unlock page holds, one at a time: welcome, passphrase, recovery sheet, new passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot

from iscg_desktop.messages import explained
from iscg_desktop.ui.forms.gate_panel import Panel
from iscg_desktop.ui.forms.passphrase_edit import PassphraseEdit, PassphraseField
from iscg_desktop.ui.forms.passphrase_form import PassphraseForm
from iscg_desktop.ui.forms.recovery_code_edit import RecoveryCodeField
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.button import Button


class WelcomePanel(Panel):
    """Where there is no coffre yet."""

    def __init__(self) -> None:
        super().__init__("house")
        self._say(
            self.tr("Bienvenue"),
            self.tr(
                "Vos dossiers tiendront dans un coffre chiffré, sur cet ordinateur et sans réseau."
                " Le créer prend environ cinq minutes."
            ),
        )
        self.creation = Button(self.tr("&Créer mon coffre"), kind="primary", icon="plus")
        self.other = Button(self.tr("Ouvrir un coffre e&xistant"), icon="folder-open")
        self.restore = Button(self.tr("Restaurer une &sauvegarde"), kind="quiet", icon="history")
        self.demo = Button(self.tr("Essayer avec des &dossiers fictifs"), kind="quiet", icon="users")
        self.column.addSpacing(4)
        for button in (self.creation, self.other, self.restore, self.demo):
            self._add_wide(button)
        self.setFocusProxy(self.creation)


class PhrasePanel(Panel):
    """The passphrase of every day."""

    submitted = Signal(str)
    sheet_requested = Signal()

    def __init__(self) -> None:
        super().__init__("lock")
        self._say(self.tr("Votre coffre est fermé"))
        self.field = PassphraseField(self.tr("&Phrase de passe"))
        self.edit: PassphraseEdit = self.field.widget
        self.button = Button(self.tr("&Ouvrir"), kind="primary", icon="lock-open")
        self.sheet = Button(self.tr("J’ai la &fiche de secours"), kind="quiet", icon="life-buoy")
        self.restore = Button(self.tr("&Restaurer une sauvegarde"), kind="quiet", icon="history")
        self.column.addWidget(self.field)
        self._add_wide(self.button)
        self._add_wide(self.sheet)
        self._add_wide(self.restore)
        self.setFocusProxy(self.edit)
        self.edit.entered.connect(self._on_submit)
        self.button.clicked.connect(self._on_submit)
        self.sheet.clicked.connect(self.sheet_requested)

    def refuse(self, sentence: str) -> None:
        """Say what is wrong under the field, and select what is to be typed again."""
        self.field.set_error(sentence)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.selectAll()

    def set_waiting(self, words: str) -> None:
        """While the key is derived nothing can be changed, and the button says so; "" when it is over."""
        self.edit.setReadOnly(bool(words))
        self.button.setText(words or self.tr("&Ouvrir"))
        for button in (self.button, self.sheet, self.restore):
            button.setDisabled(bool(words))

    def wipe(self) -> None:
        """Forget what was typed."""
        self.edit.wipe()
        self.field.clear_error()

    @Slot()
    def _on_submit(self) -> None:
        if not self.edit.value():
            self.refuse(explained(self.tr("Écrivez votre phrase de passe."), "phrase#ouvrir-le-coffre"))
        elif not self.edit.isReadOnly():
            self.submitted.emit(self.edit.value())


class SheetPanel(Panel):
    """The code of the recovery sheet."""

    submitted = Signal(str)
    back_requested = Signal()

    def __init__(self) -> None:
        super().__init__("life-buoy")
        self._say(
            self.tr("Fiche de secours"),
            self.tr("Recopiez les sept groupes de votre fiche. Vous choisirez ensuite une nouvelle phrase."),
        )
        self.field = RecoveryCodeField(self.tr("Code de &secours"))
        self.edit = self.field.widget
        self.refuse, self.wipe = self.field.refuse, self.field.wipe
        back = Button(self.tr("&Retour"), kind="quiet", icon="arrow-left")
        self.button = Button(self.tr("&Continuer"), kind="primary")
        self.column.addWidget(self.field)
        self._add_ends(back, self.button)
        self.setFocusProxy(self.edit)
        self.edit.entered.connect(self._on_submit)
        self.button.clicked.connect(self._on_submit)
        back.clicked.connect(self.back_requested)

    @Slot()
    def _on_submit(self) -> None:
        self.submitted.emit(self.edit.value())


class RenewalPanel(Panel):
    """A new passphrase, once the recovery sheet has opened the coffre."""

    submitted = Signal(str)
    back_requested = Signal()

    def __init__(self, tasks: TaskRunner) -> None:
        super().__init__("key-round")
        self._say(
            self.tr("Nouvelle phrase de passe"),
            self.tr("Elle remplace l’ancienne. Votre fiche de secours reste bonne, gardez-la."),
        )
        self.form = PassphraseForm(tasks)
        back = Button(self.tr("A&bandonner"), kind="quiet")
        self.button = Button(self.tr("&Continuer"), kind="primary")
        self.column.addWidget(self.form)
        self._add_ends(back, self.button)
        self.form.entered.connect(self._on_submit)
        self.button.clicked.connect(self._on_submit)
        back.clicked.connect(self.back_requested)

    def focus_first(self) -> None:
        self.form.focus_first()

    def set_waiting(self, words: str) -> None:
        """While the slot is made nothing can be changed, and the button says so; "" when it is over."""
        self.form.setDisabled(bool(words))
        self.button.setDisabled(bool(words))
        self.button.setText(words or self.tr("&Continuer"))

    def wipe(self) -> None:
        """Forget what was typed."""
        self.form.wipe()

    @Slot()
    def _on_submit(self) -> None:
        phrase = self.form.settle()
        if phrase is not None:
            self.submitted.emit(phrase)
