"""The annuaire: its structures, the orientations without suite, how often one works together, secteurs, sharing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.pages.annuaire.collaborations import CollaborationsView
from iscg_desktop.ui.pages.annuaire.echange import EchangeView
from iscg_desktop.ui.pages.annuaire.secteurs import SecteursView
from iscg_desktop.ui.pages.annuaire.structures import StructuresView
from iscg_desktop.ui.pages.annuaire.suites import SuitesView
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage
from iscg_desktop.ui.widgets.search_field import SearchField

View = StructuresView | SuitesView | CollaborationsView | SecteursView | EchangeView


class AnnuairePage(ScrollPage):
    """Shows one view of the annuaire at a time; each is made when first asked for.

    Signals:
        partenaire_requested: Id of a structure to show.
        structure_requested: She wants to add one.
        contact_requested: A contact to note; no structure, no dossier yet.
        suite_requested: Id of an orientation whose suite is to be noted.
    """

    partenaire_requested = Signal(int)
    structure_requested = Signal()
    contact_requested = Signal(object, object)
    suite_requested = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        header = PageHeader(self.tr("Annuaire"))
        super().__init__(header)
        self.title = self.tr("Annuaire")
        self._services, self._hub, self._tasks = services, hub, tasks
        self._discreet = False
        self.search = SearchField(self.tr("Chercher une structure, un mot"))
        self.search.setMinimumWidth(280)
        header.add_widget(self.search)
        contact = header.add_secondary(self.tr("Noter un contact"), icon="phone")
        contact.setToolTip(self.tr("Ctrl+Maj+C"))
        contact.clicked.connect(self._on_contact_clicked)
        new = header.set_primary(self.tr("Nouvelle structure"), icon="plus", shortcut="Ctrl+N")
        new.clicked.connect(self.structure_requested)
        self.tabs = ChoiceRow(
            (
                ("structures", self.tr("Structures")),
                ("suites", self.tr("Orientations sans suite")),
                ("collaborations", self.tr("Collaborations")),
                ("secteurs", self.tr("Secteurs d’action sociale")),
                ("echange", self.tr("Partager")),
            ),
            clearable=False,
        )
        self.tabs.setAccessibleName(self.tr("Partie de l’annuaire"))
        self.tabs.set_value("structures")
        self._makers: dict[str, Callable[[], View]] = {
            "structures": self._make_structures,
            "suites": self._make_suites,
            "collaborations": lambda: CollaborationsView(services),
            "secteurs": lambda: SecteursView(services, hub),
            "echange": lambda: EchangeView(services, hub, tasks),
        }
        self._views: dict[str, View] = {}
        self._stack = _Shown()
        self.add(self.tabs)
        self.add(self._stack, 1)
        self.tabs.edited.connect(self._on_tabs_edited)
        self.search.searched.connect(self._on_searched)
        self.search.opened.connect(self._on_search_opened)
        self.search.left_downwards.connect(self._on_search_left)
        hub.changed.connect(self._on_changed)

    @property
    def view(self) -> View:
        """The view shown, made if it was not yet."""
        key = self.tabs.value() or "structures"
        if key not in self._views:
            view = self._makers[key]()
            view.set_discreet(self._discreet)
            self._views[key] = view
            self._stack.addWidget(view)
        return self._views[key]

    def show_view(self, key: str) -> None:
        """Show another view."""
        self.tabs.set_value(key)
        self._show()

    def resume(self, cle: str) -> None:
        """Go back to a secteur left half-typed."""
        self.show_view("secteurs")
        view = self.view
        assert isinstance(view, SecteursView)
        view.resume(int(cle.split(":")[2]))

    def keep_now(self) -> bool:
        """Write at once what is half-typed; False when the disk refuses."""
        secteurs = self._views.get("secteurs")
        return not isinstance(secteurs, SecteursView) or secteurs.keep_now()

    def activated(self) -> None:
        """Read again what is shown."""
        self._show()
        if self.tabs.value() == "structures":
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_discreet(self, discreet: bool) -> None:
        """Blank the names of people, or show them again."""
        self._discreet = discreet
        for view in self._views.values():
            view.set_discreet(discreet)

    def _make_structures(self) -> StructuresView:
        view = StructuresView(self._services)
        view.partenaire_requested.connect(self.partenaire_requested)
        view.structure_requested.connect(self.structure_requested)
        view.counted.connect(self._on_counted)
        return view

    def _make_suites(self) -> SuitesView:
        view = SuitesView(self._services)
        view.suite_requested.connect(self.suite_requested)
        return view

    def _show(self) -> None:
        view = self.view
        self._stack.setCurrentWidget(view)
        self.search.setVisible(isinstance(view, StructuresView))
        if isinstance(view, StructuresView):
            view.search(self.search.text())
        else:
            assert self.header is not None
            self.header.set_subtitle("")
            view.reload()

    @Slot()
    def _on_contact_clicked(self) -> None:
        self.contact_requested.emit(None, None)

    @Slot()
    def _on_tabs_edited(self) -> None:
        self._show()

    @Slot(str)
    def _on_searched(self, _text: str) -> None:
        self._show()

    @Slot()
    def _on_search_opened(self) -> None:
        view = self.view
        if isinstance(view, StructuresView) and view.table.records():
            self.partenaire_requested.emit(view.table.records()[0].id)

    @Slot()
    def _on_search_left(self) -> None:
        # Not by a proxy of the view: Tab would go to it too, past the filters above the table.
        getattr(self.view, "table", self.view).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int, int)
    def _on_counted(self, shown: int, total: int) -> None:
        assert self.header is not None
        if shown == total:
            self.header.set_subtitle(self.tr("%n structure(s)", "", total))
        else:
            words = self.tr("%n structure(s) sur {total}", "", shown)
            self.header.set_subtitle(words.replace("{total}", str(total)))

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        concerned = {"partenaires", "contacts", "orientations", "reglages"}
        if self.isVisible() and changes.kinds & concerned:
            self._show()


class _Shown(QStackedWidget):
    """As high as the view shown, not as the highest."""

    def hasHeightForWidth(self) -> bool:
        shown = self.currentWidget()
        return shown is not None and shown.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        shown: QWidget | None = self.currentWidget()
        return -1 if shown is None else shown.heightForWidth(width)
