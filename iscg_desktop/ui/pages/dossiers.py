"""The list of dossiers: search as you type, newest contact first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.dossier import DossierLine
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage
from iscg_desktop.ui.widgets.search_field import SearchField

_STEP = 200
"""Dossiers shown at first, and added at each « Afficher la suite »."""


class DossiersPage(ScrollPage):
    """Finds a dossier by name, number, telephone or word, and opens it.

    Signals:
        dossier_requested: Id of the dossier to open.
        entretien_requested: She wants to record an entretien for a new situation.
    """

    dossier_requested = Signal(int)
    entretien_requested = Signal()

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        header = PageHeader(self.tr("Dossiers"))
        super().__init__(header)
        self.title = self.tr("Dossiers")
        self._services = services
        self._discreet = False
        self._limit = _STEP
        self.search = SearchField()
        self.search.setMinimumWidth(340)
        header.add_widget(self.search)
        new = header.set_primary(self.tr("Nouvel entretien"), icon="plus", shortcut="Ctrl+N")
        self.table = DataTable(self._columns(), empty=self._empty_state(), name=self.tr("Dossiers"))
        self._more = Button(self.tr("Afficher la suite"), kind="quiet", icon="chevron-down")
        card = Card()
        card.add(self.table, 1)
        card.add(self._more)
        self.add(card, 1)
        new.clicked.connect(self.entretien_requested)
        self.search.searched.connect(self._on_searched)
        self.search.opened.connect(self._on_search_opened)
        self.search.left_downwards.connect(self.table.setFocus)
        self.table.activated.connect(self._on_activated)
        self._more.clicked.connect(self._on_more_clicked)
        hub.changed.connect(self._on_changed)

    def activated(self) -> None:
        """Read the list again."""
        self._reload()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self, text: str) -> None:
        """Go to the search field with these words."""
        self.search.setText(text)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._on_searched(text)

    def set_discreet(self, discreet: bool) -> None:
        """Show initials in place of names, or names again."""
        self._discreet = discreet
        self.table.view.viewport().update()

    def _columns(self) -> list[Column[DossierLine]]:
        liste = self._services.listes["problematique"]
        return [
            Column(self.tr("Dossier"), lambda line: line.numero),
            Column(
                self.tr("Personnes"),
                lambda line: line.initiales if self._discreet else line.noms,
                stretch=True,
            ),
            Column(
                self.tr("Problématique principale"),
                lambda line: liste.libelle_de(line.problematique) if line.problematique else "–",
                stretch=True,
            ),
            Column(self.tr("Unité"), lambda line: line.unite or "–"),
            Column(
                self.tr("Entretiens"),
                lambda line: str(line.entretiens),
                sort=lambda line: line.entretiens,
                align="right",
            ),
            Column(
                self.tr("Dernier contact"),
                lambda line: format_date_courte(line.dernier_contact),
                sort=lambda line: line.dernier_contact,
                align="right",
            ),
        ]

    def _empty_state(self) -> EmptyState:
        empty = EmptyState(
            "folder-open",
            self.tr("Aucun dossier"),
            detail=self.tr("Un dossier s’ouvre avec son premier entretien. Essayez aussi moins de lettres."),
            action=self.tr("Nouvel entretien"),
        )
        empty.action_triggered.connect(self.entretien_requested)
        return empty

    def _reload(self) -> None:
        text = self.search.text()
        lines = self._services.dossiers.find(text, limit=self._limit)
        total = self._services.dossiers.count()
        self.table.set_records(lines)
        self._more.setVisible(len(lines) == self._limit)
        assert self.header is not None
        if text.strip():
            self.header.set_subtitle(self.tr("%n dossier(s) trouvé(s)", "", len(lines)))
        else:
            self.header.set_subtitle(self.tr("%n dossier(s) dans le coffre", "", total))

    @Slot(str)
    def _on_searched(self, _text: str) -> None:
        self._limit = _STEP
        self._reload()

    @Slot()
    def _on_search_opened(self) -> None:
        records = self.table.records()
        if records:
            self.dossier_requested.emit(records[0].id)

    @Slot(object)
    def _on_activated(self, line: DossierLine) -> None:
        self.dossier_requested.emit(line.id)

    @Slot()
    def _on_more_clicked(self) -> None:
        self._limit += _STEP
        self._reload()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & {"dossiers", "personnes", "entretiens"}:
            self._reload()
