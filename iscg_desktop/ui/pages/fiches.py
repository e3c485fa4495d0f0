"""The fiches de liaison: orientations that wait for theirs, and those already issued."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.fiche_suivi import FicheEtablie
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui import words
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_WAITING = 8
"""Waiting orientations shown; the others follow as these are done."""


class FichesPage(ScrollPage):
    """Lists the fiches.

    Signals:
        fiche_requested: Id of an orientation to issue a fiche from.
        fiche_opened: Id of an issued fiche.
    """

    fiche_requested = Signal(int)
    fiche_opened = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(PageHeader(self.tr("Fiches")))
        self.title = self.tr("Fiches")
        self._services = services
        self.waiting = Card(self.tr("Orientations sans fiche"))
        empty = EmptyState(
            "file-text",
            self.tr("Aucune fiche établie"),
            detail=self.tr(
                "Une fiche s’établit depuis une orientation, dans un entretien ou dans un dossier."
            ),
        )
        self.table = DataTable(self._columns(), empty=empty, name=self.tr("Fiches établies"))
        issued = Card(self.tr("Fiches établies"))
        issued.add(self.table, 1)
        self.add(self.waiting)
        self.add(issued, 1)
        self.table.activated.connect(self._on_activated)
        hub.changed.connect(self._on_changed)

    def activated(self) -> None:
        """Read both lists again."""
        self._fill_waiting()
        self.table.set_records(self._services.fiches.recent())

    def _columns(self) -> list[Column[FicheEtablie]]:
        return [
            Column(self.tr("Fiche"), lambda fiche: fiche.numero),
            Column(self.tr("Dossier"), lambda fiche: fiche.dossier),
            Column(self.tr("Destinataire"), lambda fiche: fiche.partenaire or "–", stretch=True),
            Column(
                self.tr("Établie le"),
                lambda fiche: format_date_courte(fiche.etablie_le),
                sort=lambda fiche: fiche.etablie_le,
                align="right",
            ),
            Column(
                self.tr("État"),
                lambda fiche: words.etape(fiche.etape),
                role=lambda fiche: words.etape_role(fiche.etape),
            ),
        ]

    def _fill_waiting(self) -> None:
        self.waiting.clear()
        orientations = self._services.orientations.without_fiche(_WAITING)
        for orientation in orientations:
            line = Line(
                orientation.partenaire,
                f"{format_date_courte(orientation.date)} · {orientation.motif}".strip(" ·"),
                chip=Chip("accent", self.tr("établir")),
                icon="send",
                clickable=True,
            )
            line.activated.connect(
                lambda orientation_id=orientation.id: self.fiche_requested.emit(orientation_id)
            )
            self.waiting.add(line)
        if not orientations:
            self.waiting.add(Quiet(self.tr("Toutes les orientations avec accord ont leur fiche.")))

    @Slot(object)
    def _on_activated(self, fiche: FicheEtablie) -> None:
        self.fiche_opened.emit(fiche.id)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & {"fiches", "orientations"}:
            self.activated()
