"""Restoring a backup from the gate: which file, what opens it, what it holds; then it takes the coffre's place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot

from iscg_desktop.errors import UserError
from iscg_desktop.messages import explained, sentence
from iscg_desktop.ui.dialogs.file_dialog import choose_file
from iscg_desktop.ui.forms.gate_panel import Panel
from iscg_desktop.ui.forms.passphrase_edit import PassphraseField
from iscg_desktop.ui.forms.recovery_code_edit import RecoveryCodeEdit
from iscg_desktop.ui.moments import moment
from iscg_desktop.ui.paths_shown import short
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.widgets.busy_line import BusyLine
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet, Text

if TYPE_CHECKING:
    from iscg_desktop.services.restauration import Apercu, Restauree


class RestorePanel(Panel):
    """Three steps in one card: the file, what opens it, what it holds. Nothing is written before the last.

    Signals:
        restored: The coffre is what the backup was; the words to say.
        back_requested: Not now.
    """

    restored = Signal(str)
    back_requested = Signal()

    def __init__(self, tasks: TaskRunner) -> None:
        super().__init__("history")
        self._tasks = tasks
        self._folder = Path()
        self._path: Path | None = None
        self._apercu: Apercu | None = None
        self._task: Task | None = None
        self._say(
            self.tr("Restaurer une sauvegarde"),
            self.tr("Le coffre qui se trouve ici est gardé à côté : rien n’est perdu."),
        )
        self.file = Button(self.tr("Choisir le &fichier…"), icon="folder-open")
        self.words = Text()
        self.phrase = PassphraseField(self.tr("&Phrase de passe de ce jour-là"))
        self.code = Field(self.tr("Code de la fiche de &secours"), RecoveryCodeEdit())
        self.other_way = Button(self.tr("J’ai la fiche de s&ecours"), kind="quiet", icon="life-buoy")
        self.current = PassphraseField(self.tr("Phrase de passe act&uelle du coffre d’ici"))
        self.lost = CheckBox(self.tr("&Personne n’a plus cette phrase"))
        self.lost_words = Quiet(
            self.tr(
                "Alors les trimestres passés ne pourront plus être arrêtés ici, et les numéros sauteront de 1 000 :"
                " ils ont pu servir dans le coffre remplacé."
            )
        )
        self.message, self._busy = InlineMessage("alert", dismissible=False), BusyLine()
        self.back = Button(self.tr("&Retour"), kind="quiet", icon="arrow-left")
        self.button = Button(self.tr("&Continuer"), kind="primary")
        self._add_wide(self.file)
        for above in (self.words, self.phrase, self.code):
            self.column.addWidget(above)
        self._add_wide(self.other_way)
        for part in (self.current, self.lost, self.lost_words, self.message, self._busy):
            self.column.addWidget(part)
        self._add_ends(self.back, self.button)
        self._connect()
        self.wipe()

    def begin(self, folder: Path) -> None:
        """Begin again, for the coffre in a folder."""
        self.wipe()
        self._folder = folder

    def focus_first(self) -> None:
        for widget in (self.phrase.widget, self.code.widget, self.current.widget, self.file):
            if widget.isVisibleTo(self):
                widget.setFocus()
                return
        self.button.setFocus()

    def wipe(self) -> None:
        """Forget the file and all that was typed, and stop waiting."""
        if self._task is not None:
            self._task.cancel()
        self._set_task(None)
        self._path = self._apercu = None
        self.phrase.widget.wipe()
        self.code.widget.wipe()
        self.current.widget.wipe()
        self.lost.setChecked(False)
        for field in (self.phrase, self.code, self.current):
            field.clear_error()
        self.message.clear()
        self.words.setText("")
        self._show(self.file)

    def choose(self, path: Path) -> None:
        """Take a file: say when it was made, and ask for what opens it."""
        from iscg_desktop.services import restauration  # seldom needed, and the gate opens without

        self.message.clear()
        try:
            made = restauration.faite_le(path)
        except UserError as error:
            self.message.show_message("alert", sentence(error))
            return
        self._path = path
        self.words.setText(self.tr("Sauvegarde du {moment}").format(moment=moment(made)))
        self.button.setText(self.tr("&Continuer"))
        self._show(self.words, self.phrase, self.other_way)
        self.focus_first()

    def _connect(self) -> None:
        self.file.clicked.connect(self._on_file_clicked)
        self.other_way.clicked.connect(self._on_other_way_clicked)
        self.lost.toggled.connect(self._on_lost_toggled)
        self.back.clicked.connect(self.back_requested)
        self.button.clicked.connect(self._on_button_clicked)
        for field in (self.phrase, self.code, self.current):
            field.widget.entered.connect(self._on_button_clicked)

    def _show(self, *shown: Any) -> None:
        parts = (self.file, self.words, self.phrase, self.code, self.other_way)
        for part in (*parts, self.current, self.lost, self.lost_words):
            part.setVisible(part in shown)
        self.button.setVisible(self.file not in shown)

    def _set_task(self, task: Task | None, words: str = "") -> None:
        self._task = task
        for part in (self.phrase, self.code, self.other_way, self.current, self.lost, self.button):
            part.setDisabled(task is not None)
        # While the coffre is being replaced there is no way back.
        self.back.setDisabled(task is not None and self._apercu is not None)
        if task is None:
            self._busy.stop()
        else:
            self._busy.start(words)

    @Slot()
    def _on_file_clicked(self) -> None:
        kinds = self.tr("Sauvegardes (*.coffre)")
        chosen = choose_file(self, self.tr("Restaurer une sauvegarde"), kinds)
        if chosen is not None:
            self.choose(chosen)

    @Slot()
    def _on_other_way_clicked(self) -> None:
        self._show(self.words, self.code)
        self.focus_first()

    @Slot(bool)
    def _on_lost_toggled(self, lost: bool) -> None:
        self.current.setDisabled(lost)
        self.lost_words.setVisible(lost)

    @Slot()
    def _on_button_clicked(self) -> None:
        if self._task is not None or self._path is None:
            return
        self.message.clear()
        if self._apercu is None:
            self._open_backup()
        else:
            self._restore()

    def _open_backup(self) -> None:
        from iscg_desktop.services import restauration

        by_code = self.code.isVisibleTo(self)
        field = self.code if by_code else self.phrase
        if not field.widget.value():
            field.set_error(
                explained(self.tr("Écrivez ce qui ouvre cette sauvegarde."), "sauvegardes#restaurer")
            )
            field.widget.setFocus()
            return
        field.clear_error()
        work = restauration.ouvrir_avec_fiche if by_code else restauration.ouvrir
        task = self._tasks.run(
            work, self._path, field.widget.value(), on_done=self._on_opened, on_error=self._on_failed
        )
        self._set_task(task, self.tr("Lecture de la sauvegarde…"))

    @Slot(object)
    def _on_opened(self, apercu: Apercu) -> None:
        self._set_task(None)
        self._apercu = apercu
        self.phrase.widget.wipe()
        self.code.widget.wipe()
        dossiers = self.tr("%n dossier(s)", "", apercu.dossiers)
        entretiens = self.tr("%n entretien(s)", "", apercu.entretiens)
        words = self.tr("Sauvegarde du {moment}, entière : {dossiers}, {entretiens}.")
        self.words.setText(
            words.format(moment=moment(apercu.faite_le), dossiers=dossiers, entretiens=entretiens)
        )
        self.button.setText(self.tr("Restaure&r cette sauvegarde"))
        self._show(self.words)
        self.button.setFocus()

    def _restore(self) -> None:
        from iscg_desktop.services import restauration

        actuelle = self.current.widget.value() if self.current.isVisibleTo(self) else ""
        task = self._tasks.run(
            restauration.restaurer, self._apercu, self._folder, actuelle=actuelle or None,
            sans_reprise=self.lost.isChecked(), on_done=self._on_restored, on_error=self._on_failed,
        )  # fmt: skip
        self._set_task(task, self.tr("Restauration…"))

    @Slot(object)
    def _on_restored(self, done: Restauree) -> None:
        words = self.tr("La sauvegarde est restaurée.")
        if done.garde is not None:
            words += " " + self.tr("Le coffre d’avant est gardé dans {dossier}.").format(
                dossier=short(done.garde)
            )
            if not done.reprise:
                words += " " + self.tr("Les numéros reprennent 1 000 plus loin.")
        self.wipe()
        self.restored.emit(words)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._set_task(None)
        if not isinstance(error, UserError):
            raise error
        words = sentence(error)
        if error.code == "sauvegarde_phrase":
            self.phrase.set_error(words)
        elif error.code.startswith("code_secours"):
            self.code.set_error(words)
            self.code.widget.mark_slips(error)
        elif error.code == "phrase_de_passe_incorrecte":
            self.current.set_error(words)
        else:
            if error.code == "restauration_phrase_actuelle":
                self._show(self.words, self.current, self.lost)
            self.message.show_message("alert", words)
        self.focus_first()
