"""The morning triage: saisines typed in a row, those that wait, and what is done with each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.saisine import (
    A_TRAITER,
    CONTACT_TENTE,
    DOSSIER_OUVERT,
    EN_ATTENTE,
    RENDEZ_VOUS_FIXE,
    SANS_SUITE,
    Delais,
    SaisineSuivie,
)
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.saisines import PAGE
from iscg_desktop.services.services import Services
from iscg_desktop.ui import saisine_words as words
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.pages.saisines.saisie import SaisieCard
from iscg_desktop.ui.pages.saisines.suivi import SuiviCard
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage
from iscg_desktop.ui.widgets.search_field import SearchField

_CONCERNED = frozenset(("saisines", "dossiers", "entretiens", "agenda", "reglages", "bilans"))
_FILTERS: dict[str, tuple[str, ...]] = {
    "attente": EN_ATTENTE,
    A_TRAITER: (A_TRAITER,),
    CONTACT_TENTE: (CONTACT_TENTE,),
    RENDEZ_VOUS_FIXE: (RENDEZ_VOUS_FIXE,),
    DOSSIER_OUVERT: (DOSSIER_OUVERT,),
    SANS_SUITE: (SANS_SUITE,),
    "toutes": (*EN_ATTENTE, DOSSIER_OUVERT, SANS_SUITE),
}


class SaisinesPage(ScrollPage):
    """Typed above, followed below; keys alone are enough.

    Keys: Ctrl+N a fresh line, F6 from the line to the list and back, Enter in the list opens the dossier.

    Args:
        services: The use cases over the open coffre.
        hub: Where changes are announced.

    Signals:
        entretien_requested: Id of the saisine that becomes a dossier.
        dossier_requested: Id of a dossier to look at.
        dossier_entretien_requested: Id of the dossier in which a saisine goes on.
    """

    entretien_requested = Signal(int)
    dossier_requested = Signal(int)
    dossier_entretien_requested = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub, parent: QWidget | None = None) -> None:
        self._head = PageHeader("")
        super().__init__(self._head, parent=parent)
        self.title = self.tr("Saisines")
        self._head.set_title(self.title)
        self._services = services
        self._discreet = False
        self._limit = PAGE
        self._delais: dict[int, Delais] = {}
        self.search = SearchField(self.tr("Chercher un mot, un téléphone"))
        self._head.add_widget(self.search)
        self._new = self._head.add_secondary(self.tr("&Nouvelle saisine"), icon="plus", shortcut="Ctrl+N")
        self.saisie = SaisieCard(services, hub)
        self.suivi = SuiviCard(services, hub)
        self._filter = self._make_filter()
        self.table = DataTable(self._columns(), empty=self._empty_state(), name=self.tr("Saisines"))
        self._more = Button(self.tr("Afficher la suite"), kind="quiet", icon="chevron-down")
        card = Card()
        card.add(self.table, 1)
        card.add(self._more)
        for row in (self.saisie, self._filter, Columns(card, self.suivi, ratios=(5, 3), break_at=900)):
            self.add(row)
        self._connect(hub)

    def _connect(self, hub: ChangesHub) -> None:
        self._new.clicked.connect(self._on_new_clicked)
        self.search.searched.connect(self._on_searched)
        self.search.opened.connect(self._on_search_opened)
        self.search.left_downwards.connect(self.table.setFocus)
        self._filter.committed.connect(self._on_filter_committed)
        self._more.clicked.connect(self._on_more_clicked)
        self.table.selection_changed.connect(self._on_selection_changed)
        self.table.activated.connect(self._on_table_activated)
        self.saisie.recorded.connect(self._on_recorded)
        self.suivi.entretien_requested.connect(self.entretien_requested)
        self.suivi.dossier_requested.connect(self.dossier_requested)
        self.suivi.dossier_entretien_requested.connect(self.dossier_entretien_requested)
        self.suivi.amend_requested.connect(self._on_amend_requested)
        self.suivi.left.connect(self.table.setFocus)
        hub.changed.connect(self._on_hub_changed)
        QShortcut(QKeySequence("F6"), self, self._on_f6)

    # What others ask of it.

    def activated(self) -> None:
        """Read the list again; the line is ready to be typed in."""
        self.reload()
        self.saisie.enter()

    def resume(self, cle: str) -> None:
        """Go back to a line, or to a step of a saisine, left half-typed."""
        _, step, *saisine = cle.split(":")
        if not saisine:
            self.saisie.resume(cle)
            return
        self.select(int(saisine[0]))
        if self.suivi.saisine_id == int(saisine[0]):
            self.suivi.resume(step)

    def keep_now(self) -> bool:
        """Write the draft at once, before a lock or the end; False when the disk refuses."""
        kept = [self.saisie.keep_now(), self.suivi.keep_now()]  # both of them, whatever the first says
        return all(kept)

    def set_discreet(self, discreet: bool) -> None:
        """In discreet mode neither a name nor a word she typed is shown."""
        self._discreet = discreet
        self.saisie.set_discreet(discreet)
        self.suivi.set_discreet(discreet)
        self.table.view.viewport().update()

    def reload(self) -> None:
        """Read and show the list again, the same saisine chosen if it is still there."""
        wanted = self.suivi.saisine_id
        found = self._services.saisines.find(
            _FILTERS[self._filter.value() or "attente"], self.search.text(), limit=self._limit + 1
        )
        self._delais = self._services.saisines.delais(found)
        self._more.setVisible(len(found) > self._limit)
        self.table.set_records(found[: self._limit])
        self._select(wanted)
        self._show_counts()

    def select(self, saisine_id: int) -> None:
        """Choose a saisine in the list, whatever its filter."""
        if not self._select(saisine_id):
            self._filter.set_value("toutes")
            self.search.clear()
            self.reload()
            self._select(saisine_id)

    def _select(self, saisine_id: int | None) -> bool:
        """Choose a saisine that is shown; the first one when it is not."""
        records: tuple[SaisineSuivie, ...] = self.table.records()
        found = next((each for each in records if each.saisine.id == saisine_id), None)
        chosen = found or (records[0] if records else None)
        self.suivi.show_saisine(chosen)  # first: the table would have it shown twice
        if chosen is not None:
            self.table.select(chosen)
        return found is not None

    def _show_counts(self) -> None:
        counts = self._services.saisines.counts()
        waiting, late = sum(counts.get(etat, 0) for etat in EN_ATTENTE), self._services.saisines.late()
        said = self.tr("%n saisine(s) en attente", "", waiting) if waiting else self.tr("Rien n’attend")
        if late:
            said += self.tr(", dont %n en retard", "", late)
        self._head.set_subtitle(said)

    # How it is made.

    def _make_filter(self) -> ChoiceRow:
        row = ChoiceRow(
            [
                ("attente", self.tr("En attente")),
                (A_TRAITER, self.tr("À traiter")),
                (CONTACT_TENTE, self.tr("Contact tenté")),
                (RENDEZ_VOUS_FIXE, self.tr("Rendez-vous")),
                (DOSSIER_OUVERT, self.tr("Dossier ouvert")),
                (SANS_SUITE, self.tr("Sans suite")),
                ("toutes", self.tr("Toutes")),
            ],
            clearable=False,
        )
        row.setAccessibleName(self.tr("Saisines montrées"))
        row.set_value("attente")
        return row

    def _columns(self) -> list[Column[SaisineSuivie]]:
        listes = self._services.listes
        return [
            Column(
                self.tr("Urgence"),
                lambda line: words.urgence(listes, line.saisine),
                sort=lambda line: (*words.URGENCES, line.saisine.urgence).index(line.saisine.urgence),
                role=lambda line: words.URGENCES.get(line.saisine.urgence, "quiet"),
            ),
            Column(self.tr("Situation"), self._situation, stretch=True, tooltip=self._whole),
            Column(self.tr("État"), self._etat, role=self._etat_role),
            Column(
                self.tr("Attente"),
                lambda line: words.attente_courte(line, self._delais[line.saisine.id]),
                sort=lambda line: self._delais[line.saisine.id].attente if line.saisine.waits else None,
                role=lambda line: "warn" if self._delais[line.saisine.id].retard else "",
            ),
        ]

    def _situation(self, line: SaisineSuivie) -> str:
        saisine, listes = line.saisine, self._services.listes
        said = [] if self._discreet else [saisine.motif, saisine.demandeur]
        came = [listes.unite(saisine.unite_id), words.label(listes, "origine", saisine.origine)]
        return " · ".join(filter(None, said)) or " · ".join(filter(None, came)) or self.tr("Saisine")

    def _whole(self, line: SaisineSuivie) -> str:
        when = words.moment(line.saisine.date, line.saisine.heure)
        return " · ".join((when, self._situation(line)))

    def _etat(self, line: SaisineSuivie) -> str:
        if _must_not_be_called(line):
            return self.tr("ne pas appeler")
        return words.etat_court(self._services.listes, line, self._services.clock.today())

    def _etat_role(self, line: SaisineSuivie) -> str:
        return "alert" if _must_not_be_called(line) else words.etat_role(line.saisine)

    def _empty_state(self) -> EmptyState:
        return EmptyState(
            "inbox",
            self.tr("Aucune saisine ici"),
            detail=self.tr("Notez celles du matin dans la ligne ci-dessus, ou montrez un autre état."),
        )

    # What it answers to.

    @Slot()
    def _on_new_clicked(self) -> None:
        self.saisie.start()

    @Slot(str)
    def _on_searched(self, _text: str) -> None:
        self._limit = PAGE
        self.reload()

    @Slot()
    def _on_search_opened(self) -> None:
        """Show the first one beside the list; the dossier is another step."""
        records: tuple[SaisineSuivie, ...] = self.table.records()
        if records:
            self._select(records[0].saisine.id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_filter_committed(self, _value: str) -> None:
        self._limit = PAGE
        self.reload()

    @Slot()
    def _on_more_clicked(self) -> None:
        self._limit += PAGE
        self.reload()

    @Slot(object)
    def _on_selection_changed(self, line: SaisineSuivie | None) -> None:
        if line is not None and line.saisine.id != self.suivi.saisine_id:
            self.suivi.show_saisine(line)

    @Slot(object)
    def _on_table_activated(self, _line: SaisineSuivie) -> None:
        self.suivi.open_dossier()

    @Slot(int)
    def _on_recorded(self, saisine_id: int) -> None:
        self._select(saisine_id)

    @Slot(int)
    def _on_amend_requested(self, saisine_id: int) -> None:
        self.saisie.amend(saisine_id)
        self.saisie.enter()

    @Slot()
    def _on_f6(self) -> None:
        if self.saisie.line.champ is None:
            self.saisie.enter()
        else:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _on_hub_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & _CONCERNED:
            self.reload()


def _must_not_be_called(line: SaisineSuivie) -> bool:
    return line.saisine.waits and line.saisine.accord_contact == "non" and line.rendez_vous_le is None
