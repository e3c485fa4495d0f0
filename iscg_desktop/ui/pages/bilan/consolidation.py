"""Adds bilan files up, for an employer: files in, one result out; no coffre is opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.errors import InvalidInput, Problem, UserError
from iscg_desktop.messages import joined, sentence
from iscg_desktop.services.consolidation import ConsolidationFile, consolider, ecrire, noms
from iscg_desktop.ui.dialogs.file_dialog import choose_files, choose_place
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.widgets.busy_line import BusyLine
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Heading, Text
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_RESULT = "consolidation.xlsx"


class ConsolidationPage(ScrollPage):
    """Files are chosen, read at once, and each that cannot be added says why; then the result is written.

    Args:
        tasks: Reads and writes.

    Attributes:
        message: Says what belongs to no file.
        lines: One for each file, in order.
        result: What the files add up to; None while one of them is refused.

    Signals:
        left: Back to the gate, or to the bilans handed over.
    """

    left = Signal()

    def __init__(self, tasks: TaskRunner) -> None:
        header = PageHeader(self.tr("Réunir des bilans"))
        super().__init__(header, max_width=760)
        self.title = self.tr("Réunir des bilans")
        self._tasks = tasks
        self._paths: list[Path] = []
        self.lines: list[Line] = []
        self._task: Task | None = None
        self.result: ConsolidationFile | None = None
        header.set_back(self.tr("Retour")).clicked.connect(self.left)
        self.message, self._busy = InlineMessage(), BusyLine()
        self.add_button = Button(self.tr("&Ajouter des fichiers"), icon="folder-open")
        self.clear_button = Button(self.tr("&Vider la liste"), kind="quiet", icon="trash-2")
        self.save_button = Button(self.tr("&Enregistrer le résultat"), kind="primary", icon="save")
        self._said = Text("")
        self._list = Card()
        self._lay_out()
        self.add_button.clicked.connect(self._on_add_clicked)
        self.clear_button.clicked.connect(self._on_clear_clicked)
        self.save_button.clicked.connect(self._on_save_clicked)
        self._show()

    def activated(self) -> None:
        """Ready for the first file."""
        self.add_button.setFocus()

    def add_files(self, paths: list[Path]) -> None:
        """Add files to the list, those that are there already left out, and read them all again."""
        self._paths += [path for path in paths if path not in self._paths]
        self._read()

    def save(self, path: Path) -> None:
        """Write the result where she chose."""
        if self.result is None:
            return
        if not path.suffix:
            path = path.with_suffix(".xlsx")
        self.message.clear()
        self._tasks.run(
            _write,
            self.result,
            path,
            tuple(self._paths),
            on_done=self._on_written,
            on_error=self._on_not_written,
        )

    def _lay_out(self) -> None:
        card = Card()
        card.add(
            Text(
                self.tr(
                    "Choisissez les fichiers JSON remis par les intervenants. Leurs chiffres sont additionnés\u00a0; là"
                    " où un bilan imprime «\u00a0•\u00a0», la somme est donnée entre un minimum et un maximum."
                )
            )
        )
        row = FlowLayout()
        for button in (self.add_button, self.clear_button):
            row.addWidget(button)
        card.add(row)
        card.add(self.message)
        card.add(self._busy)
        self.add(card)
        self.add(self._list)
        result = Card()
        result.add(Heading(self.tr("Résultat")))
        result.add(self._said)
        result.add(self.save_button)
        self.add(result)
        self._result = result

    # Reading.

    def _read(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self.result, self._task = None, None
        self.message.clear()
        self._show()
        if self._paths:
            self._busy.start(self.tr("Lecture des fichiers…"))
            self._task = self._tasks.run(
                consolider, tuple(self._paths), on_done=self._on_read, on_error=self._on_refused
            )

    @Slot(object)
    def _on_read(self, made: ConsolidationFile) -> None:
        self._busy.stop()
        self.result = made
        self._show()

    @Slot(object)
    def _on_refused(self, error: BaseException) -> None:
        self._busy.stop()
        if not isinstance(error, UserError):
            raise error
        if isinstance(error, InvalidInput):
            self._show(error.problems)
        else:
            show_error(self.message, error)

    def _show(self, problems: tuple[Problem, ...] = ()) -> None:
        """The files with what is wrong with each, and what they add up to."""
        self._list.clear()
        self.lines.clear()
        wrong: dict[object, list[Problem]] = {}
        for problem in problems:
            wrong.setdefault(problem.values.get("fichier"), []).append(problem)
        for nom in noms(self._paths):
            chip = Chip("alert", self.tr("refusé")) if nom in wrong else None
            why = joined(map(sentence, wrong.get(nom, ())))
            self.lines.append(Line(nom, why, chip=chip, icon="file-text"))
            self._list.add(self.lines[-1])
        self._list.setVisible(bool(self._paths))
        self.clear_button.setVisible(bool(self._paths))
        self._result.setVisible(self.result is not None)
        if self.result is not None:
            self._said.setText(self._summary(self.result))

    def _summary(self, made: ConsolidationFile) -> str:
        return self.tr("{intervenants}, {bilans}, {trimestres}, du {debut} au {fin}.").format(
            intervenants=self.tr("%n intervenant(s)", "", made.intervenants),
            bilans=self.tr("%n bilan(s)", "", len(made.sources)),
            trimestres=self.tr("%n trimestre(s) de travail", "", made.trimestres),
            debut=format_date_courte(made.debut),
            fin=format_date_courte(made.fin),
        )

    # What she asks for.

    @Slot()
    def _on_add_clicked(self) -> None:
        paths = choose_files(self, self.tr("Les bilans à réunir"), self.tr("Bilans (*.json)"))
        if paths:
            self.add_files(paths)

    @Slot()
    def _on_clear_clicked(self) -> None:
        self._paths.clear()
        self._read()
        self.add_button.setFocus()

    @Slot()
    def _on_save_clicked(self) -> None:
        path = choose_place(self, self.tr("Où enregistrer le résultat"), _RESULT)
        if path is not None:
            self.save(path)

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        self.message.show_message(
            "good", self.tr("Le résultat est dans «\u00a0{nom}\u00a0».").format(nom=path.name)
        )

    @Slot(object)
    def _on_not_written(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        show_error(self.message, error)


def _write(made: ConsolidationFile, path: Path, read: tuple[Path, ...]) -> Path:
    ecrire(made, path, read)
    return path
