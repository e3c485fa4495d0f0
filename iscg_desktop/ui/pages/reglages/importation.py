"""The import of past dossiers: a file, what its columns and its words say, a check, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.importation import Correspondance, ImportFait, Rapport, doubled, folded
from iscg_desktop.domain.period import Periode
from iscg_desktop.errors import UserError
from iscg_desktop.messages import explained
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.importation import Fichier
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.file_dialog import choose_file
from iscg_desktop.ui.dialogs.steps_dialog import StepsDialog
from iscg_desktop.ui.drafts import keep_drafts
from iscg_desktop.ui.forms.section import QuietCard, Section
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.pages.reglages.importation_colonnes import ColonnesCard
from iscg_desktop.ui.pages.reglages.importation_faits import FaitsCard
from iscg_desktop.ui.pages.reglages.importation_mots import MotsCard
from iscg_desktop.ui.pages.reglages.importation_rapport import RapportCard
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.busy_line import BusyLine
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.labels import Quiet, Text
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

translate = QCoreApplication.translate

_COLONNES = "import#dire-ce-que-veut-dire-chaque-colonne"


class ImportationSection(Section):
    """The steps from top to bottom; each is shown once the one before has something to say.

    Args:
        services: Over the open coffre.
        hub: Where changes are announced.
        tasks: Reads files and proposes.
    """

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        super().__init__(
            services,
            hub,
            translate("ImportationSection", "Import de dossiers passés"),
            translate(
                "ImportationSection",
                "Depuis le tableur que vous teniez\u00a0: tout le fichier entre, ou rien. Un import peut être annulé.",
            ),
        )
        self._tasks = tasks
        self._fichier: Fichier | None = None
        self._said = Correspondance()
        self._to_keep = False
        self._words: Task | None = None
        self._reading: Task | None = None
        self.steps: StepsDialog | None = None
        self._blank = QuietCard(self.tr("Masqué (F9)"))
        self.colonnes, self.mots = ColonnesCard(), MotsCard(services)
        self.premier, self.rapport, self.faits = TypeAhead(), RapportCard(), FaitsCard()
        self._lay_out()
        self._connect()
        self._show_steps()

    def reload(self) -> None:
        self.faits.show_imports(self._services.importation.all())
        self._show_quarters()

    def set_discreet(self, discreet: bool) -> None:
        self._blank.setVisible(discreet)
        self._held.setVisible(not discreet)

    def keep_now(self) -> bool:
        """Stop what is under way, and keep what she said of the columns and of the words."""
        if self.steps is not None:
            self.steps.reject()
        if self._to_keep:
            try:
                self._services.importation.keep(self._said)
            except UserError:
                return False
            self._to_keep = False
        return True

    # A file.

    def read_file(self, path: Path) -> None:
        """Read a file away from the window, then show what it seems to say."""
        self._give_up()
        self.message.clear()
        self._busy.start(self.tr("Lecture du fichier…"))
        self._choose.setEnabled(False)
        reader = self._services.importation.reader()
        self._reading = self._tasks.run(
            reader.read, path, on_done=self._on_file_read, on_error=self._on_file_refused
        )

    @Slot()
    def _on_choose_clicked(self) -> None:
        path = choose_file(
            self,
            self.tr("Le tableur à importer"),
            self.tr("Tableurs (*.csv *.txt *.xlsx *.xlsm *.xls *.ods)"),
        )
        if path is not None:
            self.read_file(path)

    @Slot(object)
    def _on_file_read(self, answer: tuple[Fichier, Correspondance]) -> None:
        self._busy.stop()
        self._choose.setEnabled(True)
        self._fichier, self._said = answer
        tableur = self._fichier.tableur
        self._name.setText(self._fichier.nom + " · " + self.tr("%n ligne(s)", "", len(tableur.lignes)))
        self.colonnes.show_file(self._fichier, self._said)
        self._show_words()
        self._show_quarters()
        self._show_steps()
        self.colonnes.table.setFocus()

    @Slot(object)
    def _on_file_refused(self, error: BaseException) -> None:
        self._busy.stop()
        self._choose.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        show_error(self.message, error)
        self._choose.setFocus()

    @Slot()
    def _give_up(self) -> None:
        """Put the file away; what she said of it is kept for the next."""
        self.keep_now()
        self._fichier = None
        if self._words is not None:
            self._words.cancel()
        self._show_steps()

    # What it says.

    def _show_words(self) -> None:
        assert self._fichier is not None
        self.mots.show_words(self._services.importation.words(self._fichier, self._said), self._said)
        self.rapport.forget()

    def _show_quarters(self) -> None:
        quarters = self._services.importation.quarters()
        chosen = self.premier.value()
        self.premier.set_choices([(each.code, each.libelle) for each in quarters])
        codes = [each.code for each in quarters]
        self.premier.set_value(chosen if chosen in codes else codes[0])
        self._premier_field.setVisible(len(quarters) > 1)
        self._settled.setText(
            ""
            if len(quarters) > 1
            else self.tr("Ce coffre compte à partir du {periode}.").format(periode=quarters[0].libelle)
        )
        self._settled.setVisible(len(quarters) == 1)

    @Slot(object)
    def _on_columns_changed(self, colonnes: dict[str, str]) -> None:
        """Ask a worker what the words of the new column may mean."""
        if self._fichier is None:
            return
        self._said = replace(self._said, colonnes={**self._said.colonnes, **colonnes})
        self._to_keep = True
        self.rapport.forget()
        if self._words is not None:
            self._words.cancel()
        self._words = self._tasks.run(
            self._services.importation.reader().with_words,
            self._fichier,
            self._said,
            on_done=self._on_words_proposed,
        )

    @Slot(object)
    def _on_words_proposed(self, proposed: Correspondance) -> None:
        if self._fichier is None:
            return
        values = {
            liste: {**words, **self._said.valeurs.get(liste, {})} for liste, words in proposed.valeurs.items()
        }
        self._said = replace(self._said, valeurs=values)
        self._show_words()

    @Slot(str, str, str)
    def _on_word_said(self, liste: str, mot: str, code: str) -> None:
        words = {**self._said.valeurs.get(liste, {}), folded(mot): code}
        self._said = replace(self._said, valeurs={**self._said.valeurs, liste: words})
        self._to_keep = True
        self.rapport.forget()

    # Check, import, take back.

    def _first(self) -> Periode:
        quarters = self._services.importation.quarters()
        return next((each for each in quarters if each.code == self.premier.value()), quarters[0])

    @Slot()
    def _on_check_clicked(self) -> None:
        if self._fichier is None:
            return
        self.message.clear()
        self.rapport.forget()
        entetes = self._fichier.tableur.entetes
        if doubled(entetes, self._said):
            self.rapport.verdict.show_message("alert", explained(self.colonnes.twice.text, _COLONNES))
            return
        if not any((champ := self._said.champ(each)) and champ.code == "date" for each in entetes):
            words = self.tr("Aucune colonne ne dit la date de l’entretien. Choisissez laquelle, plus haut.")
            self.rapport.verdict.show_message("alert", explained(words, _COLONNES))
            return
        self.keep_now()
        steps = self._services.importation.checking(self._fichier, self._said, self._first())
        self._begin(self.tr("Vérification des lignes"), steps, self._on_checked)

    @Slot(object)
    def _on_checked(self, rapport: Rapport) -> None:
        self.rapport.show_report(rapport)
        (self.rapport.check if rapport.refusees else self.rapport.run).setFocus()

    @Slot()
    def _on_run_clicked(self) -> None:
        if self._fichier is None:
            return
        steps = self._services.importation.running(self._fichier, self._said, self._first())
        self._begin(self.tr("Import des dossiers"), steps, self._on_imported)

    @Slot(object)
    def _on_imported(self, changes: Changes) -> None:
        self._to_keep = False
        self._fichier = None
        self._show_steps()
        self._settle(changes, self.tr("L’import est fait. Les dossiers sont dans votre liste."))

    @Slot(object)
    def _on_back_asked(self, fait: ImportFait) -> None:
        steps = self._services.importation.taking_back(fait.id)
        self._begin(self.tr("Annulation de l’import"), steps, self._on_taken_back)

    @Slot(object)
    def _on_taken_back(self, changes: Changes) -> None:
        self._settle(changes, self.tr("L’import est annulé\u00a0: ses dossiers ne sont plus dans le coffre."))

    def _settle(self, changes: Changes, said: str) -> None:
        self._hub.announce(changes)
        self.reload()
        self.message.show_message("good", said)
        self._scroll.verticalScrollBar().setValue(0)
        self._choose.setFocus()

    def _begin(
        self, words: str, steps: Generator[tuple[int, int], None, Any], on_done: Callable[[Any], None]
    ) -> None:
        """Take steps, once whatever is half-typed elsewhere is on the disk: nothing else writes meanwhile."""
        if self.steps is not None:
            return
        self.message.clear()
        if not keep_drafts(self.window()):
            show_error(self.message, UserError("brouillon_non_garde"))
            return
        self.steps = StepsDialog(self.window(), words, steps)
        self.steps.refused.connect(self._on_failed)
        self.steps.stopped.connect(self._on_stopped)
        self.steps.ended.connect(self._on_ended)
        self.steps.ended.connect(on_done)
        self.steps.begin()

    @Slot(object)
    def _on_ended(self, _answer: object) -> None:
        self.steps = None

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self.steps = None
        show_error(self.message, error)
        self._scroll.verticalScrollBar().setValue(0)

    @Slot()
    def _on_stopped(self) -> None:
        self.steps = None
        self.message.show_message("info", self.tr("C’est arrêté. Rien n’a changé dans le coffre."))
        self._scroll.verticalScrollBar().setValue(0)

    # The page.

    def _lay_out(self) -> None:
        start = Card()
        start.add(
            Text(
                self.tr(
                    "CSV, XLSX, XLS ou ODS, une ligne par entretien, les titres des colonnes en premier. Les lignes"
                    " d’un même numéro de dossier vont dans un même dossier. Le fichier reste où il est\u00a0:"
                    " pensez à l’effacer ensuite, il n’est pas chiffré."
                )
            )
        )
        self._choose = Button(self.tr("Choisir un &fichier…"), icon="folder-open")
        self._name, self._busy = Quiet(), BusyLine()
        self._drop = Button(self.tr("A&bandonner ce fichier"), kind="quiet", icon="x")
        buttons = QWidget()
        row = FlowLayout(buttons)
        row.addWidget(self._choose)
        row.addWidget(self._drop)
        for each in (buttons, self._name, self._busy):
            start.add(each)
        policy = self._busy.sizePolicy()
        policy.setRetainSizeWhenHidden(False)  # the cards come under it only once it has ended
        self._busy.setSizePolicy(policy)
        self._counting = Card(self.tr("Ce que compteront vos bilans"))
        self._premier_field = Field(self.tr("&Premier trimestre compté ici"), self.premier)
        self._settled = Text()
        for line in (
            self._premier_field,
            self._settled,
            Quiet(
                self.tr(
                    "Les entretiens plus anciens entrent dans leurs dossiers mais dans aucun bilan\u00a0: ils ont été"
                    " comptés ailleurs."
                )
            ),
        ):
            self._counting.add(line)
        self._held = _Column()
        for card in (start, self.colonnes, self.mots, self._counting, self.rapport, self.faits):
            self._held.add(card)
        self.add(self._blank)
        self.add(self._held)
        self.body.addStretch()
        self._blank.hide()

    def _connect(self) -> None:
        self._choose.clicked.connect(self._on_choose_clicked)
        self._drop.clicked.connect(self._give_up)
        self.colonnes.changed.connect(self._on_columns_changed)
        self.mots.said.connect(self._on_word_said)
        self.premier.committed.connect(self._on_premier_committed)
        self.rapport.check.clicked.connect(self._on_check_clicked)
        self.rapport.run.clicked.connect(self._on_run_clicked)
        self.faits.taken_back.connect(self._on_back_asked)

    @Slot(object)
    def _on_premier_committed(self, _code: object) -> None:
        self.rapport.forget()

    def _show_steps(self) -> None:
        """The steps are there as long as a file is."""
        there = self._fichier is not None
        for widget in (self.colonnes, self._counting, self.rapport, self._name, self._drop):
            widget.setVisible(there)
        self.mots.setVisible(there and bool(self.mots.table.records()))
        self.rapport.forget()


class _Column(QWidget):
    """Cards under each other, hidden all at once."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)

    def add(self, card: Card) -> None:
        self._column.addWidget(card)
