"""The steps of the first-run assistant: their list, the place of the coffre, their forms made in turns."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop import paths
from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services import coffre
from iscg_desktop.ui.dialogs.folder_dialog import choose_folder
from iscg_desktop.ui.forms.code_card import CodeCard
from iscg_desktop.ui.forms.intervenant_form import IntervenantForm
from iscg_desktop.ui.forms.passphrase_form import PassphraseForm
from iscg_desktop.ui.forms.sheet_step import SheetStep
from iscg_desktop.ui.forms.unite_form import UnitesForm
from iscg_desktop.ui.paths_shown import short
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.icon_label import IconLabel
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Heading, Quiet, Text
from iscg_desktop.ui.widgets.line import Line

translate = QCoreApplication.translate
_WIDTH = 236


class StepList(QFrame):
    """The names of the steps, what is done and where she is; to be read, not pressed."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setFixedWidth(round(_WIDTH * max(self.fontMetrics().height() / 18, 1)))
        self._rows = [_StepName(name) for name in names]
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 28, 16, 16)
        column.setSpacing(14)
        column.addWidget(Heading(self.tr("Créer votre coffre")))
        column.addSpacing(4)
        for row in self._rows:
            column.addWidget(row)
        column.addStretch()
        column.addWidget(Quiet(self.tr("Rien n’est écrit sur le disque avant la dernière étape.")))

    def show_step(self, current: int) -> None:
        """Show where she is."""
        for place, row in enumerate(self._rows):
            row.show_state(done=place < current, current=place == current)


class _StepName(QWidget):
    """One step."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._icon, self._words = IconLabel("circle", "edge", 18), Text(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)

    def show_state(self, *, done: bool, current: bool) -> None:
        self._icon.set(
            "circle-check" if done else "circle", "good" if done else "accent" if current else "edge"
        )
        font = self._words.font()
        font.setBold(current)
        self._words.setFont(font)
        state = self.tr("fait") if done else self.tr("étape en cours") if current else self.tr("à faire")
        self._words.setAccessibleName(f"{self._name}, {state}")


class PlaceStep(QWidget):
    """Where the coffre will lie; the usual place is proposed.

    Args:
        folder: Proposed first; a free place beside it when it is taken.
    """

    edited = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = free_place(folder)
        self._line = Card()
        self._message = InlineMessage("alert", dismissible=False)
        self._change = Button(self.tr("C&hanger d’emplacement…"), icon="folder-open")
        self._usual = Button(self.tr("Remettre l’emplacement habit&uel"), kind="quiet", icon="undo-2")
        self._change.clicked.connect(self._on_change_clicked)
        self._usual.clicked.connect(self._on_usual_clicked)
        buttons = QHBoxLayout()
        buttons.addWidget(self._change)
        buttons.addWidget(self._usual)
        buttons.addStretch()
        advice = Card(self.tr("Bon à savoir"), icon="info")
        advice.add(
            Line(
                self.tr("Un disque de cet ordinateur convient, une clé USB aussi."),
                self.tr("Un dossier synchronisé ou partagé en réseau ne convient pas."),
            )
        )
        advice.add(Line(self.tr("Le coffre est un dossier : ne renommez rien à l’intérieur.")))
        self.backups = BackupPlace()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._line)
        column.addWidget(self._message)
        column.addLayout(buttons)
        column.addWidget(self.backups)
        column.addWidget(advice)
        column.addStretch()
        self._show()

    @property
    def folder(self) -> Path:
        """The place chosen so far."""
        return self._folder

    def set_folder(self, chosen: Path) -> None:
        """Take this folder; where it already holds something, a new folder inside it."""
        self._folder = chosen
        try:
            coffre.check_place(chosen)
        except UserError as error:
            if error.code == "dossier_non_vide":
                self._folder = free_place(chosen / "coffre")
        self._show()
        self.edited.emit()

    def settle(self) -> Path | None:
        """The place, or None: what is wrong with it is said."""
        try:
            coffre.check_place(self._folder)
        except UserError as error:
            self.refuse(sentence(error))
            return None
        return self._folder

    def refuse(self, words: str) -> None:
        """Say why the coffre cannot lie there."""
        self._message.show_message("alert", words)
        self._change.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Go to the one button."""
        self._change.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        self._message.clear()
        usual = free_place(paths.default_coffre())
        self._line.clear()
        sub = self.tr("Emplacement habituel") if self._folder == usual else self.tr("Emplacement choisi")
        self._line.add(Line(short(self._folder), sub, icon="folder-open"))
        self._usual.setVisible(self._folder != usual)

    @Slot()
    def _on_change_clicked(self) -> None:
        chosen = choose_folder(self, self.tr("Emplacement du coffre"), self._folder.parent)
        if chosen is not None:
            self.set_folder(chosen)

    @Slot()
    def _on_usual_clicked(self) -> None:
        self.set_folder(free_place(paths.default_coffre()))


class BackupPlace(Card):
    """Where the backups go besides the coffre; it can be said later.

    Attributes:
        folder: What she chose; None until then.
    """

    def __init__(self) -> None:
        super().__init__(translate("BackupPlace", "Copie des sauvegardes"), icon="archive")
        self.folder: Path | None = None
        self._words = Quiet(
            self.tr(
                "Le programme sauvegarde le coffre tout seul. Une copie sur une clé ou dans un dossier du service vous"
                " la rend si l’ordinateur est perdu. Vous pourrez aussi le choisir plus tard."
            )
        )
        choose = Button(self.tr("Choisir une c&lé ou un dossier…"), icon="folder-open")
        choose.clicked.connect(self._on_choose_clicked)
        row = QHBoxLayout()
        row.addWidget(choose)
        row.addStretch()
        self.add(self._words)
        self.add(row)

    def choose(self, folder: Path) -> None:
        """Take this folder."""
        self.folder = folder
        self._words.setText(
            self.tr("Chaque sauvegarde ira aussi dans {dossier}.").format(dossier=short(folder))
        )

    @Slot()
    def _on_choose_clicked(self) -> None:
        chosen = choose_folder(self, self.tr("Copie des sauvegardes"), Path.home())
        if chosen is not None:
            self.choose(chosen)


def free_place(folder: Path) -> Path:
    """The folder, or the first « folder-2 », « folder-3 »… where a coffre can be created."""
    for rank in range(1, 100):
        place = folder if rank == 1 else folder.with_name(f"{folder.name}-{rank}")
        try:
            coffre.check_place(place)
        except UserError as error:
            if error.code in ("coffre_existe_deja", "dossier_non_vide"):
                continue
        return place
    return folder


Forms: TypeAlias = tuple[IntervenantForm, UnitesForm, PlaceStep, PassphraseForm, SheetStep, CodeCard]


def make_forms(folder: Path, tasks: TaskRunner) -> Generator[None, None, Forms]:
    """The forms of the assistant, one a turn: all at once would hold the window."""
    identity = IntervenantForm(coffre.liste("diplome"), coffre.liste("employeur"), coffre.departements())
    yield
    unites = UnitesForm(coffre.liste("force"), coffre.liste("type_unite"))
    yield
    place, phrase = PlaceStep(folder), PassphraseForm(tasks)
    yield
    sheet, code = SheetStep(), CodeCard(tasks, later=True)
    yield
    return identity, unites, place, phrase, sheet, code
