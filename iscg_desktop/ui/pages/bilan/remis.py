"""The bilans handed over: the same bytes again, an employer's own grid filled, any file verified."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.period import Periode
from iscg_desktop.errors import UserError
from iscg_desktop.services.bilan_reprise import Remis, lire
from iscg_desktop.services.bilans import Trimestre
from iscg_desktop.services.services import Services
from iscg_desktop.services.verification_bilans import Verdict, verifier
from iscg_desktop.ui.dialogs.file_dialog import choose_files, choose_place
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line import Line


class RemisView(QWidget):
    """Lists what was handed over, newest first.

    Signals:
        export_requested: A period whose files are to be written again.
        grille_requested: Name of a grid to be amended, "" for a new one.
        consolidation_requested: Bilans of several hands are to be added up.
        repris: Files handed over before a coffre was lost were taken back; carries the ``Changes``.
    """

    export_requested = Signal(object)
    grille_requested = Signal(str)
    consolidation_requested = Signal()
    repris = Signal(object)

    def __init__(self, services: Services, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self.message = InlineMessage()
        self.table = DataTable(
            self._columns(),
            fit_rows=16,
            name=self.tr("Bilans remis"),
            empty=EmptyState(
                "archive",
                self.tr("Aucun bilan n’est encore arrêté"),
                detail=self.tr("Choisissez une période finie, puis préparez son bilan."),
            ),
        )
        self.verify = Button(self.tr("&Vérifier des fichiers…"), icon="shield-check")
        self.retake = Button(self.tr("Rep&rendre des bilans remis…"), icon="history")
        self.unite = Button(self.tr("Réu&nir des bilans…"), icon="folder-open")
        self.write = Button(self.tr("É&crire ses fichiers…"), icon="download")
        remis = Card(self.tr("Bilans remis"))
        remis.add(
            Quiet(
                self.tr(
                    "Un bilan arrêté se remet à l’identique, octet pour octet, aussi souvent qu’il le faut. Après la"
                    " perte d’un coffre, reprenez dans le nouveau les bilans qu’il avait remis."
                )
            )
        )
        remis.add(self.table)
        remis.add(_row(self.write, self.verify, self.unite, self.retake))
        self.grilles = Card(self.tr("Grilles des destinataires"), action=self.tr("Nouvelle grille"))
        self.grilles.action_triggered.connect(self._on_grille_new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in (self.message, remis, self.grilles):
            column.addWidget(widget)
        column.addStretch(1)
        self.setFocusProxy(self.table)
        self.table.activated.connect(self._on_write)
        self.table.selection_changed.connect(self._on_selection_changed)
        self.write.clicked.connect(self._on_write)
        self.verify.clicked.connect(self._on_verify)
        self.retake.clicked.connect(self._on_retake)
        self.unite.clicked.connect(self.consolidation_requested)

    def reload(self) -> None:
        """Read again what was handed over, and the grids."""
        found = [each for each in self._services.bilans.periodes() if each.etat == "arrete"]
        self.table.set_records(found)
        if found and self.table.selected() is None:
            self.table.select(found[0])
        self._on_selection_changed(self.table.selected())
        self._show_grilles(bool(found))

    def _columns(self) -> list[Column[Trimestre]]:
        return [
            Column(self.tr("Période"), lambda each: each.periode.libelle, stretch=True),
            Column(self.tr("Mois"), lambda each: each.periode.months, stretch=True),
            Column(
                self.tr("Arrêté le"),
                lambda each: format_date_courte(each.arrete_le) if each.arrete_le else "–",
                sort=lambda each: each.arrete_le,
                align="right",
            ),
        ]

    def _show_grilles(self, some: bool) -> None:
        self.grilles.clear()
        grids = self._services.grilles.all()
        self.grilles.setVisible(some)
        if not grids:
            words = self.tr(
                "Un employeur qui a sa propre liste de lignes la reçoit remplie, dans son ordre et avec ses mots."
            )
            self.grilles.add(Quiet(words))
        for grille in grids:
            line = Line(
                grille.nom, self.tr("%n ligne(s)", "", len(grille.lignes)), icon="file-text", clickable=True
            )
            line.activated.connect(lambda nom=grille.nom: self.grille_requested.emit(nom))
            fill = Button(self.tr("Remplir…"), kind="quiet", icon="download")
            fill.setAccessibleName(self.tr("Remplir la grille {nom}").replace("{nom}", grille.nom))
            fill.clicked.connect(lambda _checked=False, nom=grille.nom: self._on_fill(nom))
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(line, 1)
            row.addWidget(fill)
            self.grilles.add(holder)

    def _chosen(self) -> Periode | None:
        chosen = self.table.selected()
        return None if chosen is None else chosen.periode

    @Slot(object)
    def _on_selection_changed(self, chosen: Trimestre | None) -> None:
        self.write.setEnabled(chosen is not None)

    @Slot()
    def _on_write(self) -> None:
        if (periode := self._chosen()) is not None:
            self.export_requested.emit(periode)

    @Slot()
    def _on_verify(self) -> None:
        paths = choose_files(self, self.tr("Les bilans à vérifier"), self.tr("Bilans (*.json)"))
        if paths:
            self.verify_files(paths)

    def verify_files(self, paths: Iterable[Path]) -> None:
        """Say whether bilan files, of whatever coffre, are whole, agree and keep what they promise."""
        self.message.clear()
        self._tasks.run(
            verifier, tuple(paths), on_done=self._on_verified, on_error=self._on_verification_failed
        )

    def _on_verified(self, verdict: Verdict) -> None:
        words = self.tr(
            "%n bilan(s) en ordre : sommes justes, rien de modifié, preuve vérifiée.", "", verdict.bilans
        )
        self.message.show_message("good", words)

    def _on_verification_failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        show_error(self.message, error)

    @Slot()
    def _on_retake(self) -> None:
        paths = choose_files(self, self.tr("Les bilans remis avant la perte"), self.tr("Bilans (*.json)"))
        if paths:
            self.retake_files(paths)

    def retake_files(self, paths: Iterable[Path]) -> None:
        """Hold files handed over before a coffre was lost to be arrêtés here."""
        self.message.clear()
        self._tasks.run(
            lire, tuple(paths), on_done=self._on_read_again, on_error=self._on_verification_failed
        )

    def _on_read_again(self, remis: tuple[Remis, ...]) -> None:
        try:
            changes = self._services.bilans.reprendre(remis)
        except UserError as error:
            show_error(self.message, error)
            return
        self.repris.emit(changes)
        self.reload()
        words = self.tr(
            "%n bilan(s) repris : leurs périodes sont arrêtées, et se remettent à l’identique.",
            "",
            len(remis),
        )
        self.message.show_message("good", words)

    @Slot()
    def _on_grille_new(self) -> None:
        self.grille_requested.emit("")

    def _on_fill(self, nom: str) -> None:
        """Fill a grid from the bilan chosen in the list, the newest without a choice."""
        records = self.table.records()
        periode = self._chosen() or (records[0].periode if records else None)
        if periode is None:
            return
        place = choose_place(self, self.tr("Où remettre la grille"), f"grille-{periode.code}.xlsx")
        if place is not None:
            self.fill_to(nom, periode, place)

    def fill_to(self, nom: str, periode: Periode, place: Path) -> None:
        """Write a filled grid and say so."""
        try:
            self._services.grilles.export(nom, periode, place)
        except UserError as error:
            show_error(self.message, error)
            return
        words = self.tr("Grille remplie pour le {periode} : {fichier}.")
        words = words.replace("{periode}", periode.libelle).replace("{fichier}", str(place))
        self.message.show_message("good", words)


def _row(*buttons: Button) -> QWidget:
    holder = QWidget()
    row = FlowLayout(holder, spacing=GAP)
    for button in buttons:
        row.addWidget(button)
    return holder
