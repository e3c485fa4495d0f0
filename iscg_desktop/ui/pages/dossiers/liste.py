"""The list of dossiers: found as one types, narrowed by filters and views, however many there are."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.dossier import DossierLine
from iscg_desktop.domain.liste_dossiers import TOUS, Colonne, Tri, Vue
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.models.window_table import WindowTable
from iscg_desktop.ui.pages.dossiers.liste_filtres import FiltresDossiers
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage
from iscg_desktop.ui.widgets.search_field import SearchField

_ORDER = (
    Colonne.NUMERO,
    Colonne.PERSONNES,
    Colonne.PROBLEMATIQUE,
    Colonne.UNITE,
    None,  # the state is a filter, not an order
    Colonne.ENTRETIENS,
    Colonne.CONTACT,
)
_REST = 150  # ms: the hand rests
_SHOWN_WITH = frozenset({"dossiers", "personnes", "entretiens", "fiches", "agenda", "reglages"})


class DossiersPage(ScrollPage):
    """Finds a dossier by name, number, telephone or word, or by what it is, and opens it.

    Signals:
        dossier_requested: Id of the dossier to open.
        entretien_requested: She wants to record an entretien for a new situation.
        points_requested: She wants the list for the référent.
        corbeille_requested: She wants to see the entretiens put aside.
        doublons_requested: She wants to review who may be there twice.
    """

    dossier_requested = Signal(int)
    entretien_requested = Signal()
    points_requested = Signal()
    corbeille_requested = Signal()
    doublons_requested = Signal()

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        header = PageHeader(self.tr("Dossiers"))
        super().__init__(header)
        self.title = self.tr("Dossiers")
        self._services = services
        self._discreet = False
        self._tri: Tri | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._on_rest_timeout)
        self.search = SearchField()
        self.search.setMinimumWidth(300)
        header.add_widget(self.search)
        points = header.add_secondary(self.tr("&Points pour le référent"), icon="flag")
        corbeille = header.add_secondary(self.tr("Corbeille"), icon="trash-2")
        corbeille.clicked.connect(self.corbeille_requested)
        doubles = header.add_secondary(self.tr("Do&ublons"), icon="users")
        new = header.set_primary(self.tr("Nouvel entretien"), icon="plus", shortcut="Ctrl+N")
        self.filters = FiltresDossiers(services.liste_dossiers, services.listes)
        columns = self._columns()
        self.lines: WindowTable[DossierLine] = WindowTable(
            columns, services.liste_dossiers.lines, lambda line: line.id, self
        )
        self.table = DataTable(columns, empty=self._empty_state(), name=self.tr("Dossiers"), table=self.lines)
        # What these columns hold is as wide in all rows, or nearly: a screen of them is enough to know.
        self.table.view.horizontalHeader().setResizeContentsPrecision(16)
        card = Card()
        card.add(self.filters)
        card.add(self.table, 1)
        self.add(card, 1)
        new.clicked.connect(self.entretien_requested)
        points.clicked.connect(self.points_requested)
        doubles.clicked.connect(self.doublons_requested)
        self.search.searched.connect(self._on_searched)
        self.search.opened.connect(self._on_search_opened)
        self.search.left_downwards.connect(self.table.setFocus)
        self.filters.changed.connect(self._reload)
        self.filters.vue_chosen.connect(self._on_vue_chosen)
        self.lines.sort_requested.connect(self._on_sort_requested)
        self.table.activated.connect(self._on_activated)
        self.filters.show_filtre(TOUS.filtre, TOUS.tri)
        hub.changed.connect(self._on_changed)

    def activated(self) -> None:
        """Read the list again."""
        self.filters.reload()
        self._reload()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self, text: str) -> None:
        """Go to the search field with these words."""
        self.search.setText(text)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._on_searched(text)

    def set_discreet(self, discreet: bool) -> None:
        """Show initials in place of names and of what she called her views, or all again."""
        self._discreet = discreet
        self.filters.set_discreet(discreet)
        self.table.view.viewport().update()

    def _columns(self) -> list[Column[DossierLine]]:
        libelle = self._services.listes.libelle
        return [
            Column(self.tr("Dossier"), lambda line: line.numero),
            Column(
                self.tr("Personnes"),
                lambda line: line.initiales if self._discreet else line.noms,
                stretch=True,
                weight=1.7,
            ),
            Column(
                self.tr("Problématique"),
                lambda line: libelle("problematique", line.problematique) or "–",
                stretch=True,
            ),
            Column(self.tr("Unité"), lambda line: line.unite or "–", stretch=True, yields=True),
            Column(self.tr("État"), self._state, role=_state_role),
            Column(self.tr("Entretiens"), lambda line: str(line.entretiens), align="right", yields=True),
            Column(
                self.tr("Dernier contact"),
                lambda line: format_date_courte(line.dernier_contact),
                align="right",
            ),
        ]

    def _state(self, line: DossierLine) -> str:
        """The one thing to know of it: closed, or what calls first."""
        if line.clos:
            return self.tr("Clos")
        if line.relance_due:
            return self.tr("Relance due")
        if line.a_revoir:
            return self.tr("À revoir")
        return self.tr("Sans retour") if line.sans_retour else ""

    def _empty_state(self) -> EmptyState:
        empty = EmptyState(
            "folder-open",
            self.tr("Aucun dossier"),
            detail=self.tr(
                "Un dossier s’ouvre avec son premier entretien. Essayez aussi moins de lettres, ou moins de filtres."
            ),
            action=self.tr("Nouvel entretien"),
        )
        empty.action_triggered.connect(self.entretien_requested)
        return empty

    @Slot()
    def _reload(self) -> None:
        self._rest.stop()
        ids = self._ids()
        self.table.set_keys(ids)
        self._say_how_many(len(ids))

    def _ids(self, limit: int | None = None) -> tuple[int, ...]:
        asked = (self.search.text(), self.filters.filtre(), self._tri)
        liste = self._services.liste_dossiers
        return liste.ids(*asked) if limit is None else liste.ids(*asked, limit)

    def _say_how_many(self, found: int) -> None:
        assert self.header is not None
        if self.search.text().strip() or self.filters.filtre():
            self.header.set_subtitle(self.tr("%n dossier(s) trouvé(s)", "", found))
        else:
            self.header.set_subtitle(self.tr("%n dossier(s) dans le coffre", "", found))

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        """Show the first results at once; the others, and how many, once the hand rests."""
        if not text.strip() or self._tri is not None or self.filters.filtre():
            self._reload()
            return
        screen = self.table.rows_in_sight()
        first = self._ids(screen)
        self.table.set_keys(first)
        if len(first) < screen:
            self._rest.stop()
            self._say_how_many(len(first))
        else:
            self._rest.start()

    @Slot()
    def _on_rest_timeout(self) -> None:
        if self.search.is_behind:  # the hand does not rest: a letter waits
            self._rest.start()
            return
        ids = self._ids()
        self.lines.add_keys(ids[self.lines.rowCount() :])
        self._say_how_many(len(ids))

    @Slot()
    def _on_search_opened(self) -> None:
        first = self.lines.record(0) if self.lines.rowCount() else None
        if first is not None:
            self.dossier_requested.emit(first.id)

    @Slot(object)
    def _on_vue_chosen(self, vue: Vue) -> None:
        self.filters.show_filtre(vue.filtre, vue.tri)
        self._sort_by(vue.tri if vue.tri != Tri() else None)

    @Slot(int, bool)
    def _on_sort_requested(self, section: int, descending: bool) -> None:
        column = _ORDER[section] if 0 <= section < len(_ORDER) else None
        wanted = Tri(column, descending) if column is not None else None
        if wanted != self._tri:  # Qt may ask twice: once for the mark of the heading, once for the rows
            self._sort_by(wanted)
            self.filters.show_tri(self._tri or Tri())

    def _sort_by(self, tri: Tri | None) -> None:
        """Show the list in an order; None is the best match, or the last contact."""
        self._tri = tri
        way = Qt.SortOrder.DescendingOrder if tri and tri.descendant else Qt.SortOrder.AscendingOrder
        self.table.show_sort(_ORDER.index(tri.colonne) if tri else -1, way)
        self._reload()

    @Slot(object)
    def _on_activated(self, line: DossierLine | None) -> None:
        if line is not None:
            self.dossier_requested.emit(line.id)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & _SHOWN_WITH:
            self._reload()


def _state_role(line: DossierLine) -> str:
    if line.clos:
        return "quiet"
    if line.relance_due:
        return "alert"
    return "warn" if line.a_revoir else "accent" if line.sans_retour else ""
