"""Sharing the annuaire: writing its file, reading a colleague's after having looked at what it would change."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.messages import joined, sentence
from iscg_desktop.services.annuaire_echange import FILE_NAME, Apercu, Importe, LigneApercue
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.file_dialog import choose_file
from iscg_desktop.ui.dialogs.folder_dialog import choose_folder
from iscg_desktop.ui.dialogs.steps_dialog import StepsDialog
from iscg_desktop.ui.drafts import keep_drafts
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.paths_shown import short
from iscg_desktop.ui.steps import Steps
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.explained_table import ExplainedTable
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet, Text

_ROLES = {"nouvelle": "good", "differente": "accent", "identique": "quiet", "refusee": "alert"}


class EchangeView(QWidget):
    """Export on the left, import on the right, and under them what a file would change."""

    def __init__(
        self, services: Services, hub: ChangesHub, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._hub, self._tasks = services, hub, tasks
        self._preview: Apercu | None = None
        self._comparing = Steps(self, self._on_failed)
        self.steps: StepsDialog | None = None
        self.message = InlineMessage()
        self.report = _Report(services)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.message)
        column.addWidget(Columns(self._export_card(), self._import_card()))
        column.addWidget(self.report)
        column.addStretch(1)
        self.report.hide()
        self.report.take.clicked.connect(self._on_take_clicked)
        self.report.give_up.clicked.connect(self._on_give_up_clicked)

    def set_discreet(self, discreet: bool) -> None:
        """A file of the annuaire names no beneficiary."""

    def reload(self) -> None:
        """Nothing to read again: what is shown is a file."""

    def read_file(self, path: Path) -> None:
        """Look at a file away from the window, then show what it would change."""
        self.message.clear()
        self._tasks.run(
            self._services.annuaire_echange.reader(), path, on_done=self._on_read, on_error=self._on_failed
        )

    def _export_card(self) -> Card:
        card = Card(self.tr("Donner votre annuaire"))
        card.add(
            Text(
                self.tr(
                    "Un fichier CSV, qu’un tableur ouvre tel quel. Il ne contient aucun bénéficiaire, aucune note,"
                    " aucun contact."
                )
            )
        )
        self.with_people = CheckBox(self.tr("Avec les &correspondants"))
        card.add(self.with_people)
        card.add(
            Quiet(self.tr("Leurs noms et téléphones sont des données personnelles\u00a0: demandez-leur."))
        )
        export = Button(self.tr("E&xporter…"), icon="download")
        export.clicked.connect(self._on_export_clicked)
        card.add(export)
        return card

    def _import_card(self) -> Card:
        card = Card(self.tr("Prendre celui d’un collègue"))
        card.add(
            Text(
                self.tr(
                    "Le fichier est d’abord lu et montré\u00a0: rien ne change avant votre accord. Ce que vous avez"
                    " déjà se met à jour ou se laisse, ligne par ligne."
                )
            )
        )
        choose = Button(self.tr("&Importer…"), icon="upload")
        choose.clicked.connect(self._on_import_clicked)
        card.add(choose)
        card.body.addStretch(1)  # the words stay under the title, however high the card beside it
        return card

    @Slot()
    def _on_export_clicked(self) -> None:
        folder = choose_folder(self, self.tr("Où enregistrer l’annuaire"), Path.home())
        if folder is None:
            return
        path = folder / FILE_NAME
        try:
            self._services.annuaire_echange.save(path, correspondants=self.with_people.value())
        except UserError as error:
            show_error(self.message, error)
        else:
            words = self.tr("Annuaire enregistré\u00a0: {fichier}")
            self.message.show_message("good", words.replace("{fichier}", short(path)))

    @Slot()
    def _on_import_clicked(self) -> None:
        path = choose_file(self, self.tr("L’annuaire d’un collègue"), "CSV (*.csv *.txt)")
        if path is not None:
            self.read_file(path)

    @Slot(object)
    def _on_read(self, lecture: object) -> None:
        work = self._services.annuaire_echange.previewing(lecture)  # type: ignore[arg-type]
        self._comparing.start(work, self._on_compared)

    def _on_compared(self, preview: Apercu) -> None:
        self._comparing.start(self._showing(preview), lambda _: None)

    def _showing(self, preview: Apercu) -> Generator[None, None, None]:
        """Filled in one turn and shown in the next: together they would hold the window."""
        self._preview = preview
        self.report.show_preview(preview)
        yield
        self.report.show()

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.report.hide()
        show_error(self.message, error)

    @Slot()
    def _on_take_clicked(self) -> None:
        """Take the lines in steps, once whatever is half-typed is on the disk: nothing else writes meanwhile."""
        preview = self._preview
        if preview is None or self.steps is not None:
            return
        if not keep_drafts(self.window()):
            show_error(self.message, UserError("brouillon_non_garde"))
            return
        steps = self._services.annuaire_echange.taking(preview.lecture, self.report.updated())
        self.steps = StepsDialog(self.window(), self.tr("Import de l’annuaire"), steps)
        self.steps.ended.connect(self._on_taken)
        self.steps.refused.connect(self._on_not_taken)
        self.steps.stopped.connect(self._on_stopped)
        self.steps.begin()

    @Slot()
    def _on_stopped(self) -> None:
        self.steps = None
        self.message.show_message("info", self.tr("C’est arrêté. Rien n’a changé dans l’annuaire."))

    @Slot(object)
    def _on_not_taken(self, error: UserError) -> None:
        self.steps = None
        show_error(self.message, error)

    @Slot(object)
    def _on_taken(self, done: Importe) -> None:
        self.steps = None
        self._on_give_up_clicked()
        added = self.tr("%n structure(s) ajoutée(s)", "", done.ajoutees)
        changed = self.tr("%n mise(s) à jour", "", done.mises_a_jour)
        self.message.show_message("good", f"{added}, {changed}.")
        self._hub.announce(done.changes)

    @Slot()
    def _on_give_up_clicked(self) -> None:
        self._preview = None
        self.report.hide()


class _Report(Card):
    """What a file would change: each line, and for those already known whether it is updated or left."""

    def __init__(self, services: Services) -> None:
        super().__init__(self.tr("Ce que ce fichier changerait"))
        self._services = services
        self._chosen: set[int] = set()
        self._said = Text()
        self.table = DataTable(self._columns(), fit_rows=10, name=self.tr("Lignes du fichier"))
        self.table.activated.connect(self._on_activated)
        self.refused = ExplainedTable(
            [
                Column(self.tr("Ligne refusée"), lambda line: str(line.numero), align="right"),
                Column(self.tr("Structure"), lambda line: line.nom or "–"),
            ],
            self.tr("Pourquoi"),
            said=lambda line: joined(map(sentence, line.problems)),
            fit_rows=6,
            name=self.tr("Lignes refusées"),
        )
        self._hint = Quiet(
            self.tr("Entrée sur une ligne déjà connue\u00a0: la mettre à jour, ou la laisser.")
        )
        self.everything = CheckBox(self.tr("Mettre à &jour toutes celles que j’ai déjà"))
        self.everything.edited.connect(self._on_everything_edited)
        self.take = Button(self.tr("P&rendre ces lignes"), icon="check")
        self.give_up = Button(self.tr("Ne rien prendre"), kind="quiet")
        row = QHBoxLayout()
        row.addWidget(self.take)
        row.addWidget(self.give_up)
        row.addStretch()
        for part in (self._said, self.table, self._hint, self.everything, self.refused, row):
            self.add(part)

    def show_preview(self, preview: Apercu) -> None:
        """Show a file; nothing known is updated until she says so."""
        self._chosen.clear()
        self.everything.set_value(False)
        self.table.set_records(preview.lignes)
        self.refused.set_records(preview.refus)
        known = preview.count("differente")
        said = [
            self.tr("%n structure(s) nouvelle(s)", "", preview.count("nouvelle")),
            self.tr("%n déjà connue(s) et différente(s)", "", known),
            self.tr("%n identique(s)", "", preview.count("identique")),
            self.tr("%n ligne(s) refusée(s)", "", len(preview.refus)),
        ]
        self._said.setText(" · ".join(said))
        self.refused.setVisible(bool(preview.refus))
        for part in (self._hint, self.everything):
            part.setVisible(bool(known))
        self.take.setEnabled(bool(preview.count("nouvelle") or known))

    def updated(self) -> frozenset[int]:
        """Numbers of the lines that replace what the annuaire holds."""
        return frozenset(self._chosen)

    def _columns(self) -> list[Column[LigneApercue]]:
        liste = self._services.listes["type_partenaire"]
        fates = {"nouvelle": self.tr("ajoutée"), "identique": self.tr("identique")}

        def fate(line: LigneApercue) -> str:
            if line.sort in fates:
                return fates[line.sort]
            return self.tr("mise à jour") if line.numero in self._chosen else self.tr("laissée")

        return [
            Column(
                self.tr("Ligne"), lambda line: str(line.numero), sort=lambda line: line.numero, align="right"
            ),
            Column(self.tr("Structure"), lambda line: line.nom, stretch=True),
            Column(self.tr("Ville"), lambda line: line.ville or "–"),
            Column(self.tr("Type"), lambda line: liste.libelle_de(line.type)),
            Column(self.tr("Sera"), fate, role=lambda line: _ROLES[line.sort]),
        ]

    @Slot(object)
    def _on_activated(self, line: LigneApercue) -> None:
        if line.sort == "differente":
            self._chosen ^= {line.numero}
            self.table.view.viewport().update()

    @Slot()
    def _on_everything_edited(self) -> None:
        known = {line.numero for line in self.table.records() if line.sort == "differente"}
        self._chosen = known if self.everything.value() else set()
        self.table.view.viewport().update()
