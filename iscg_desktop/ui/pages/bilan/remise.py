"""The bilan as its readers will see it: prepared, arrêté, handed over."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.domain.period import Periode
from iscg_desktop.errors import UserError
from iscg_desktop.services.bilan_fichiers import Fichiers
from iscg_desktop.services.bilan_propositions import propositions
from iscg_desktop.services.bilan_regroupement import Regroupement
from iscg_desktop.services.bilans import PreparedBilan, Trimestre
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.pages.bilan.remise_cartes import Confirmation, ProfilCard, RecitCard
from iscg_desktop.ui.pages.bilan.remise_regrouper import RegrouperCard
from iscg_desktop.ui.pages.bilan.remise_tables import Printed
from iscg_desktop.ui.steps import Steps
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.inline_message import InlineMessage


class RemiseView(QWidget):
    """Prepares the bilan of a period, shows what it will tell, closes the period.

    Signals:
        prepared: The protected figures are shown, ready to be arrêtés.
        abandoned: She stopped, or left it for another day: nothing is closed.
        arretee: A period was closed.
        recit_requested: The period whose narrative is to be typed.
    """

    prepared = Signal()
    abandoned = Signal()
    arretee = Signal(object)
    recit_requested = Signal(object)

    def __init__(
        self, services: Services, hub: ChangesHub, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._hub, self._tasks = services, hub, tasks
        self._task: Task | None = None
        self._steps = Steps(self, self._on_protection_failed)
        self._ready: tuple[PreparedBilan, ProtectedBilan] | None = None
        self._periode: Periode | None = None
        self._discreet = False
        self.message = InlineMessage()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Avancement de la préparation"))
        self.cancel = Button(self.tr("Arrêter la préparation"), kind="quiet")
        self._under_way = QWidget()
        row = QHBoxLayout(self._under_way)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel)
        self.confirmation = Confirmation()
        self.recit = RecitCard()
        self.regrouper = RegrouperCard()
        self.profil = ProfilCard()
        self.shown = Printed()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in (
            self.message,
            self._under_way,
            self.confirmation,
            self.regrouper,
            self.recit,
            self.profil,
            self.shown,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self._under_way.hide()
        self.confirmation.hide()
        self.regrouper.hide()
        self.cancel.clicked.connect(self._on_cancelled)
        self.confirmation.confirmed.connect(self._on_confirmed)
        self.confirmation.cancelled.connect(self._on_cancelled)
        self.profil.chosen.connect(self._on_profil_chosen)
        self.recit.action_triggered.connect(self._on_recit_triggered)
        self.regrouper.chosen.connect(self._on_regrouper_chosen)
        self.regrouper.undone.connect(self._on_regrouper_undone)

    @property
    def busy(self) -> bool:
        """Whether a bilan is being prepared, or waits for her word."""
        return self._task is not None or self._ready is not None or self._steps.running

    def show_period(self, trimestre: Trimestre | None) -> None:
        """Show what may be done with a period; whatever was being prepared is dropped."""
        self.drop()
        self.message.clear()
        self.shown.show_bilan(None)
        self._periode = None if trimestre is None else trimestre.periode
        self.recit.setVisible(trimestre is not None)
        self.profil.setVisible(trimestre is not None and trimestre.etat != "arrete")
        if trimestre is not None:
            begun, renforce = self._services.bilans.profil(trimestre.periode)
            self.profil.show_profile(renforce=renforce, begun=begun)
            text = self._services.recits.get(trimestre.periode)
            self.recit.show_text(text, may_change=trimestre.etat != "arrete", discreet=self._discreet)
        if trimestre is None:
            self.message.show_message(
                "info", self.tr("Des dates libres sont pour l’écran : un bilan porte sur un trimestre fini.")
            )
        elif trimestre.etat == "arrete":
            self.shown.show_bilan(self._services.bilans.protected(trimestre.periode))
        elif trimestre.etat == "a_arreter":
            words = self.tr(
                "Rien n’est encore remis pour le {periode}. Complétez ce qui manque, puis préparez le bilan : vous le"
                " verrez ici tel qu’il sera lu, avant de décider."
            )
            self.message.show_message("info", words.replace("{periode}", trimestre.periode.libelle))
        else:
            self.message.show_message(
                "info", self.tr("Cette période n’est pas finie : son bilan se prépare après.")
            )

    def drop(self) -> None:
        """Forget what was being prepared."""
        if self._task is not None:
            self._task.cancel()
        self._steps.stop()
        self._task = self._ready = None
        self._under_way.hide()
        self.confirmation.hide()
        self.regrouper.hide()

    def prepare(self, periode: Periode, regroupements: Iterable[Regroupement] = ()) -> None:
        """Count a period in turns of the window, then protect it off its thread."""
        self.drop()
        self.message.clear()
        self.progress.setRange(0, 0)
        self._under_way.show()
        self._steps.start(self._services.bilans.preparing(periode, regroupements), self._protect)

    def _protect(self, prepared: PreparedBilan) -> None:
        self._task = self._tasks.run(
            self._services.bilans.protect,
            prepared,
            on_done=lambda protected: self._on_protected(prepared, protected),
            on_error=self._on_protection_failed,
            on_progress=self._on_progress,
            cancellable=True,
        )

    def _on_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _on_protection_failed(self, error: BaseException) -> None:
        self.drop()
        if not isinstance(error, UserError):
            raise error
        show_error(self.message, error)

    def _on_protected(self, prepared: PreparedBilan, protected: ProtectedBilan) -> None:
        self._task = None
        self._under_way.hide()
        self._ready = (prepared, protected)
        self.shown.show_bilan(protected)
        self._propose(prepared)
        dossiers = next(c.total for c in prepared.comptes if c.tableau.univers == "dossiers")
        self.confirmation.ask(protected, prepared.periode.libelle, dossiers)
        self.prepared.emit()

    def _propose(self, prepared: PreparedBilan) -> None:
        autres = self.tr("Autres, regroupés ({nombre})")
        found = propositions(prepared.comptes, prepared.seuil, autres, prepared.regroupements)
        self.regrouper.show_proposals(found, prepared.regroupements)

    @Slot(object)
    def _on_regrouper_chosen(self, regroupement: Regroupement) -> None:
        if self._ready is not None:
            prepared = self._ready[0]
            self.prepare(prepared.periode, (*prepared.regroupements, regroupement))

    @Slot()
    def _on_regrouper_undone(self) -> None:
        if self._ready is not None:
            self.prepare(self._ready[0].periode)

    @Slot(bool)
    def _on_profil_chosen(self, on: bool) -> None:
        """Another threshold: what was prepared with the one before is prepared again."""
        self._hub.announce(self._services.bilans.set_renforce(on=on))
        if self._periode is not None and self.busy:
            self.prepare(self._periode)

    @Slot()
    def _on_cancelled(self) -> None:
        self.drop()
        self.shown.show_bilan(None)
        words = self.tr("Rien n’est arrêté : vous pouvez préparer ce bilan de nouveau.")
        self.message.show_message("info", words)
        self.abandoned.emit()

    def set_discreet(self, discreet: bool) -> None:
        """Hide the narrative, or show it again."""
        self._discreet = discreet
        self.recit.set_discreet(discreet)

    @Slot()
    def _on_recit_triggered(self) -> None:
        if self._periode is not None:
            self.recit_requested.emit(self._periode)

    @Slot()
    def _on_confirmed(self) -> None:
        if self._ready is None:
            return
        self.confirmation.hide()
        self.regrouper.hide()
        self.progress.setRange(0, 0)
        self._under_way.show()
        make = self._services.bilans.fichiers(*self._ready)
        self._task = self._tasks.run(make, on_done=self._on_made, on_error=self._on_protection_failed)

    @Slot(object)
    def _on_made(self, files: Fichiers) -> None:
        self._task = None
        if self._ready is not None:
            prepared, protected = self._ready
            closing = self._services.bilans.closing(prepared, protected, files)
            self._steps.start(closing, partial(self._on_closed, prepared.periode))

    def _on_closed(self, periode: Periode, changes: Changes) -> None:
        self._ready = None
        self._under_way.hide()
        self._hub.announce(changes)
        # In the next turn: what follows reads the period again, and the disk was waited for in this one.
        QTimer.singleShot(0, self, partial(self.arretee.emit, periode))
