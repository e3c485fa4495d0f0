"""The desk: the window over one open coffre, its pages, and the ways between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.drafted_page import DraftedPage
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.main_window import MainWindow
from iscg_desktop.ui.pages.agenda import AgendaPage
from iscg_desktop.ui.pages.annuaire import AnnuairePage
from iscg_desktop.ui.pages.aujourdhui import AujourdhuiPage
from iscg_desktop.ui.pages.bilan import BilanPage
from iscg_desktop.ui.pages.contact import ContactPage
from iscg_desktop.ui.pages.corbeille import CorbeillePage
from iscg_desktop.ui.pages.document import DocumentPage
from iscg_desktop.ui.pages.documents import DocumentsPage
from iscg_desktop.ui.pages.dossier import DossierPage
from iscg_desktop.ui.pages.dossiers import DossiersPage
from iscg_desktop.ui.pages.doublons import DoublonsPage
from iscg_desktop.ui.pages.entretien import EntretienPage
from iscg_desktop.ui.pages.entretien_lu import EntretienLuPage
from iscg_desktop.ui.pages.fiche import FichePage
from iscg_desktop.ui.pages.fiches import FichesPage
from iscg_desktop.ui.pages.impression import ImpressionPage
from iscg_desktop.ui.pages.orientation import OrientationPage
from iscg_desktop.ui.pages.partenaire import PartenairePage
from iscg_desktop.ui.pages.personne import PersonnePage
from iscg_desktop.ui.pages.points import PointsPage
from iscg_desktop.ui.pages.reglages import ReglagesPage
from iscg_desktop.ui.pages.retour import RetourPage
from iscg_desktop.ui.pages.saisines import SaisinesPage
from iscg_desktop.ui.pages.structure import StructurePage
from iscg_desktop.ui.pages.suite import SuitePage
from iscg_desktop.ui.pages.tournee import TourneePage
from iscg_desktop.ui.spelling import Speller
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.search_field import SearchField

_REST = 800  # ms after the day's page shows before the others are made
_BETWEEN = 150  # ms between two of them, so that a key pressed meanwhile is answered at once

P = TypeVar("P", bound=QWidget)


class Room(Generic[P]):
    """A page as an attribute of the desk: made when first asked for."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __get__(self, desk: Desk, _owner: type[Desk]) -> P:
        return cast(P, desk.window.page(self.key))


class Desk(QObject):
    """Makes the pages over a coffre and connects them: signals come up, calls go down.

    To add a page: a ``Room``, its line in ``_add_pages``, and the ways that are its own in ``_ways_of``. A signal
    named in ``_shared_ways`` means the same on every page and is connected by itself; so are ``set_discreet``, told
    of the discreet mode, and ``keep_now``, asked before a lock. A draft named « page:… » is resumed by that page.

    Signals:
        lock_requested: She asked to lock.
        settings_changed: She changed a setting.
    """

    lock_requested = Signal()
    settings_changed = Signal()

    today = Room[AujourdhuiPage]("aujourdhui")
    saisines = Room[SaisinesPage]("saisines")
    dossiers = Room[DossiersPage]("dossiers")
    dossier = Room[DossierPage]("dossier")
    personne = Room[PersonnePage]("personne")
    doublons = Room[DoublonsPage]("doublons")
    entretien = Room[EntretienPage]("entretien")
    entretien_lu = Room[EntretienLuPage]("entretien_lu")
    corbeille = Room[CorbeillePage]("corbeille")
    fiches = Room[FichesPage]("fiches")
    fiche = Room[FichePage]("fiche")
    annuaire = Room[AnnuairePage]("annuaire")
    partenaire = Room[PartenairePage]("partenaire")
    structure = Room[StructurePage]("structure")
    contact = Room[ContactPage]("contact")
    orientation = Room[OrientationPage]("orientation")
    suite = Room[SuitePage]("suite")
    agenda = Room[AgendaPage]("agenda")
    tournee = Room[TourneePage]("tournee")
    impression = Room[ImpressionPage]("impression")
    documents = Room[DocumentsPage]("documents")
    document = Room[DocumentPage]("document")
    bilan = Room[BilanPage]("bilan")

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__()
        self.services = services
        self.window = MainWindow()
        self._hub = ChangesHub(self)
        self._hub.changed.connect(self._on_hub_changed)
        self._tasks = tasks
        self._back = "aujourdhui"
        self._origins: dict[str, str] = {}  # page of a short form -> where she came from
        self._before_print = "fiches"
        self._warned = False
        self.window.installEventFilter(self)
        self._speller = Speller(services.orthographe, tasks, self._hub, self.window)
        self._add_pages()
        self.window.page_made.connect(self._on_page_made)
        self.window.lock_requested.connect(self._on_lock_requested)
        self.window.discreet_changed.connect(self._on_discreet_changed)
        self.window.search_requested.connect(self._on_search_requested)
        QShortcut(QKeySequence("Ctrl+Shift+C"), self.window, self._on_contact_key)
        tasks.run(services.warm_up)
        self._ahead = QTimer(self, singleShot=True)
        self._ahead.timeout.connect(self._on_ahead_timeout)
        self._ahead.start(_REST)

    def show(self) -> None:
        """Show the day's page."""
        self.window.show_page("aujourdhui")
        self.window.show()

    def may_leave(self) -> bool:
        """Whether what is half-typed is on the disk; if not she is told, and may leave the second time."""
        if self._keep_now() or self._warned:
            return True
        self._warned = True
        self.window.say(sentence(UserError("brouillon_non_garde")), "alert")
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.window and event.type() == QEvent.Type.Close and not self.may_leave():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def close(self) -> None:
        """Keep what is half-typed, close the coffre, take the window away."""
        self.window.removeEventFilter(self)
        self.window.hide()  # first: a field that loses the focus settles, and may look for a dossier or a person
        self._keep_now()
        self._ahead.stop()
        # The window outlives the coffre until Qt comes round: nothing in it may ask for anything more.
        for timer in self.window.findChildren(QTimer):
            timer.stop()
        self.services.coffre.lock()
        self.window.deleteLater()
        self.deleteLater()

    def _add_pages(self) -> None:
        """Every page, in the order of the bar; the inner ones in the order in which they are made ahead."""
        window, services, hub, tasks = self.window, self.services, self._hub, self._tasks
        window.add_page("aujourdhui", self.tr("Aujourd’hui"), "sun", lambda: AujourdhuiPage(services, hub))
        window.add_page("saisines", self.tr("Saisines"), "inbox", lambda: SaisinesPage(services, hub))
        window.add_page("dossiers", self.tr("Dossiers"), "folder-open", lambda: DossiersPage(services, hub))
        window.add_page(
            "fiches", self.tr("Fiches et tournées"), "file-text", lambda: FichesPage(services, hub)
        )
        window.add_page(
            "annuaire", self.tr("Annuaire"), "book-user", lambda: AnnuairePage(services, hub, tasks)
        )
        window.add_page("agenda", self.tr("Agenda"), "calendar", lambda: AgendaPage(services, hub))
        window.add_page("bilan", self.tr("Bilan"), "chart-column", lambda: BilanPage(services, hub, tasks))
        window.add_page(
            "reglages",
            self.tr("Réglages"),
            "settings",
            lambda: ReglagesPage(services, hub, tasks),
            bottom=True,
        )
        window.add_inner_page("entretien", lambda: EntretienPage(services, hub), under="dossiers")
        window.add_inner_page("dossier", lambda: DossierPage(services, hub, tasks), under="dossiers")
        window.add_inner_page("points", lambda: PointsPage(services, hub), under="dossiers")
        window.add_inner_page("personne", lambda: PersonnePage(services, hub), under="dossiers")
        window.add_inner_page("doublons", lambda: DoublonsPage(services, hub), under="dossiers")
        window.add_inner_page("fiche", lambda: FichePage(services, hub, tasks), under="fiches")
        window.add_inner_page("partenaire", lambda: PartenairePage(services, hub), under="annuaire")
        window.add_inner_page("contact", lambda: ContactPage(services, hub), under="annuaire")
        window.add_inner_page("suite", lambda: SuitePage(services, hub), under="annuaire")
        window.add_inner_page("orientation", lambda: OrientationPage(services, hub), under="annuaire")
        window.add_inner_page("structure", lambda: StructurePage(services, hub), under="annuaire")
        window.add_inner_page("entretien_lu", lambda: EntretienLuPage(services, hub, tasks), under="dossiers")
        window.add_inner_page("corbeille", lambda: CorbeillePage(services, hub), under="dossiers")
        window.add_inner_page("tournee", lambda: TourneePage(services, hub), under="fiches")
        window.add_inner_page("retour", lambda: RetourPage(services, hub, tasks), under="fiches")
        window.add_inner_page("impression", lambda: ImpressionPage(services, hub, tasks), under="fiches")
        window.add_inner_page("documents", lambda: DocumentsPage(services, hub), under="dossiers")
        window.add_inner_page("document", lambda: DocumentPage(services, hub, tasks), under="dossiers")

    def _shared_ways(self) -> dict[str, Callable[..., None]]:
        """Signals that mean the same on whichever page has them."""
        return {
            "dossier_requested": self._on_dossier_requested,
            "personne_requested": self._on_personne_requested,
            "personne_left": self._on_personne_left,
            "comparison_requested": self._on_comparison_requested,
            "doublons_requested": self._on_doublons_requested,
            "doublons_left": self._on_dossier_left,
            "draft_requested": self._on_draft_requested,
            "entretien_opened": self._on_entretien_opened,
            "amend_requested": self._on_amend_requested,
            "corbeille_requested": self._on_corbeille_requested,
            "fiche_requested": self._on_fiche_requested,
            "fiche_opened": self._on_fiche_opened,
            "fiches_requested": self._on_fiches_requested,
            "partenaire_requested": self._on_partenaire_requested,
            "structure_requested": self._on_structure_requested,
            "structure_opened": self._on_structure_opened,
            "contact_requested": self._on_contact_requested,
            "contact_opened": self._on_contact_opened,
            "orientation_requested": self._on_orientation_requested,
            "orientation_opened": self._on_orientation_opened,
            "suite_requested": self._on_suite_requested,
            "page_requested": self._on_page_requested,
            "saisines_requested": self._on_saisines_requested,
            "batch_requested": self._on_batch_requested,
            "bordereaux_requested": self._on_bordereaux_requested,
            "tournee_requested": self._on_tournee_requested,
            "retour_requested": self._on_retour_requested,
            "impression_left": self._on_impression_left,
            "documents_requested": self._on_documents_requested,
            "document_requested": self._on_document_requested,
            "document_opened": self._on_document_opened,
            "document_left": self._on_document_left,
            "note_requested": self._on_note_requested,
        }

    def _ways_of(self, page: QWidget) -> None:
        """Connect what only this page asks."""
        if isinstance(page, AujourdhuiPage):
            page.entretien_requested.connect(self._on_saisine_entretien_requested)
            page.search_requested.connect(self._on_page_search_requested)
        elif isinstance(page, SaisinesPage):
            page.entretien_requested.connect(self._on_saisine_entretien_requested)
            page.dossier_entretien_requested.connect(self._on_dossier_entretien_requested)
        elif isinstance(page, DossiersPage):
            page.entretien_requested.connect(self._on_new_entretien_requested)
            page.points_requested.connect(self._on_points_requested)
        elif isinstance(page, PointsPage):
            page.back_requested.connect(self._on_dossier_left)
        elif isinstance(page, DossierPage):
            page.entretien_requested.connect(self._on_dossier_entretien_requested)
            page.back_requested.connect(self._on_dossier_left)
        elif isinstance(page, EntretienPage):
            page.recorded.connect(self._on_entretien_recorded)
            page.left.connect(self._on_entretien_left)
        elif isinstance(page, CorbeillePage):
            page.left.connect(self._on_dossier_left)
        elif isinstance(page, FichePage):
            page.left.connect(self._on_fiche_left)

        elif isinstance(page, PartenairePage):
            page.back_requested.connect(self._on_partenaire_left)
        if isinstance(page, DraftedPage):
            page.left.connect(self._on_drafted_left)
            page.recorded.connect(self.window.say)
        if isinstance(page, StructurePage):
            page.kept.connect(self._on_structure_kept)

    def _keep_now(self) -> bool:
        kept = [page.keep_now() for page in self._made_with("keep_now")]
        return all(kept)

    def _made_with(self, name: str) -> list[Any]:
        """The pages made so far that have something of that name."""
        return [page for page in self.window.made_pages() if hasattr(page, name)]

    @Slot(object)
    def _on_hub_changed(self, changes: Changes) -> None:
        """Have every open form offer the lists and the unités as they are now."""
        if "reglages" in changes.kinds:
            self.settings_changed.emit()
            unites = self.services.journee.unites()
            for page in self.window.made_pages():
                for form in page.findChildren(Form):
                    form.offer_lists(self.services.listes, unites)

    @Slot()
    def _on_ahead_timeout(self) -> None:
        if self.window.make_ahead():
            self._ahead.start(_BETWEEN)

    @Slot(str, object)
    def _on_page_made(self, _key: str, page: QWidget) -> None:
        for name, way in self._shared_ways().items():
            if hasattr(page, name):
                getattr(page, name).connect(way)
        self._ways_of(page)
        if self.window.discreet:
            _veil(page, True)

    @Slot()
    def _on_lock_requested(self) -> None:
        if self.may_leave():
            self.lock_requested.emit()

    @Slot(bool)
    def _on_discreet_changed(self, discreet: bool) -> None:
        for page in self.window.made_pages():
            _veil(page, discreet)

    @Slot()
    def _on_search_requested(self) -> None:
        self._on_page_search_requested("")

    @Slot(str)
    def _on_page_search_requested(self, text: str) -> None:
        self.window.show_page("dossiers")
        self.dossiers.focus_search(text)

    @Slot(str)
    def _on_page_requested(self, key: str) -> None:
        self.window.show_page(key)

    @Slot()
    def _on_fiches_requested(self) -> None:
        self.window.show_page("fiches")

    @Slot()
    def _on_saisines_requested(self) -> None:
        self.window.show_page("saisines")

    @Slot(object)
    def _on_saisine_entretien_requested(self, saisine_id: int | None) -> None:
        self.entretien.start(None, saisine_id)
        self._go("entretien")

    @Slot()
    def _on_new_entretien_requested(self) -> None:
        self.entretien.start()
        self._go("entretien")

    @Slot(int)
    def _on_dossier_entretien_requested(self, dossier_id: int) -> None:
        self.entretien.start(dossier_id)
        self._go("entretien")

    @Slot(str)
    def _on_draft_requested(self, cle: str) -> None:
        """Go on with a draft, in the page it is named after."""
        key = cle.partition(":")[0]
        cast(Any, self.window.page(key)).resume(cle)
        self._go(key)

    @Slot(int)
    def _on_dossier_requested(self, dossier_id: int) -> None:
        self.dossier.show_dossier(dossier_id)
        self._go("dossier")

    @Slot()
    def _on_points_requested(self) -> None:
        self._go("points")

    @Slot(int)
    def _on_personne_requested(self, personne_id: int) -> None:
        self.personne.show_person(personne_id)
        self._go("personne")

    @Slot()
    def _on_personne_left(self) -> None:
        self.window.show_page(self._back if self._back in ("dossier", "doublons") else "dossiers")

    @Slot(int, int)
    def _on_comparison_requested(self, keep: int, gone: int) -> None:
        self.doublons.compare(keep, gone)
        self._go("doublons")

    @Slot()
    def _on_doublons_requested(self) -> None:
        self.doublons.start()
        self._go("doublons")

    @Slot()
    def _on_dossier_left(self) -> None:
        self.window.show_page("dossiers")

    @Slot(int)
    def _on_entretien_recorded(self, dossier_id: int) -> None:
        self.window.say(self.tr("Entretien enregistré"))
        self.dossier.show_dossier(dossier_id)
        self._back = "dossier"

    @Slot()
    def _on_entretien_left(self) -> None:
        self.window.show_page(self._back if self._back != "entretien" else "aujourdhui")

    @Slot(int)
    def _on_entretien_opened(self, entretien_id: int) -> None:
        self.entretien_lu.show_entretien(entretien_id)
        self._go("entretien_lu")

    @Slot(int)
    def _on_amend_requested(self, entretien_id: int) -> None:
        self.entretien.amend(entretien_id)
        self._go("entretien")

    @Slot()
    def _on_corbeille_requested(self) -> None:
        self._go("corbeille")

    @Slot(int)
    def _on_fiche_requested(self, orientation_id: int) -> None:
        self.fiche.prepare(orientation_id)
        self._go("fiche")

    @Slot(int)
    def _on_fiche_opened(self, fiche_id: int) -> None:
        self.fiche.show_issued(fiche_id)
        self._go("fiche")

    @Slot(object)
    def _on_batch_requested(self, fiche_ids: tuple[int, ...]) -> None:
        self._before_print = self.window.current_page() or "fiches"
        self.impression.show_fiches(fiche_ids)
        self.window.show_page("impression")

    @Slot(int, object)
    def _on_bordereaux_requested(self, tournee_id: int, place: int | None) -> None:
        self._before_print = "tournee"
        self.impression.show_bordereaux(tournee_id, place)
        self.window.show_page("impression")

    @Slot()
    def _on_impression_left(self) -> None:
        self.window.show_page(self._before_print)

    @Slot(object, object)
    def _on_tournee_requested(self, tournee_id: int | None, fiche_ids: tuple[int, ...]) -> None:
        if tournee_id is None:
            self.tournee.show_new(fiche_ids)
        else:
            self.tournee.show_tournee(tournee_id)
        self.window.show_page("tournee")

    @Slot()
    def _on_retour_requested(self) -> None:
        self.window.show_page("retour")

    @Slot()
    def _on_fiche_left(self) -> None:
        self.window.show_page(self._back if self._back != "fiche" else "fiches")

    @Slot(int)
    def _on_partenaire_requested(self, partenaire_id: int) -> None:
        self.partenaire.show_partenaire(partenaire_id)
        self._go("partenaire")

    @Slot()
    def _on_partenaire_left(self) -> None:
        self.window.show_page("annuaire")

    @Slot()
    def _on_structure_requested(self) -> None:
        self.structure.start()
        self._go_to_form("structure")

    @Slot(int)
    def _on_structure_opened(self, partenaire_id: int) -> None:
        self.structure.start(partenaire_id)
        self._go_to_form("structure")

    @Slot(int)
    def _on_structure_kept(self, partenaire_id: int) -> None:
        self.partenaire.show_partenaire(partenaire_id)
        self._origins["structure"] = "partenaire"

    @Slot(object, object)
    def _on_contact_requested(self, partenaire_id: int | None, dossier_id: int | None) -> None:
        self.contact.start(partenaire_id, dossier_id)
        self._go_to_form("contact")

    @Slot()
    def _on_contact_key(self) -> None:
        """Note a contact from anywhere, about the dossier or with the structure she is looking at."""
        here = self.window.current_page()
        if here == "contact":
            return
        self._on_contact_requested(
            self.partenaire.shown if here == "partenaire" else None,
            self.dossier.shown if here == "dossier" else None,
        )

    @Slot(int)
    def _on_contact_opened(self, contact_id: int) -> None:
        self.contact.amend(contact_id)
        self._go_to_form("contact")

    @Slot(int)
    def _on_orientation_requested(self, dossier_id: int) -> None:
        self.orientation.start(dossier_id)
        self._go_to_form("orientation")

    @Slot(int)
    def _on_orientation_opened(self, orientation_id: int) -> None:
        self.orientation.amend(orientation_id)
        self._go_to_form("orientation")

    @Slot(int)
    def _on_suite_requested(self, orientation_id: int) -> None:
        self.suite.start(orientation_id)
        self._go_to_form("suite")

    @Slot()
    def _on_drafted_left(self) -> None:
        """Back where she came from, whatever forms she went through meanwhile."""
        current = self.window.current_page() or ""
        self.window.show_page(self._origins.get(current, "annuaire"))

    def _go_to_form(self, key: str) -> None:
        current = self.window.current_page()
        if current is not None and current != key:
            self._origins[key] = current
        self.window.show_page(key)

    def _on_documents_requested(self, dossier_id: int) -> None:
        """« Autre document… » of a dossier."""
        self.documents.show_dossier(dossier_id)
        self.window.show_page("documents")

    @Slot(int, str, object)
    def _on_document_requested(self, dossier_id: int, kind: str, personne_id: int | None) -> None:
        self.document.prepare(dossier_id, kind, personne_id)
        self._go("document")

    @Slot(int)
    def _on_document_opened(self, document_id: int) -> None:
        self.document.show_issued(document_id)
        self._go("document")

    @Slot(int, int)
    def _on_note_requested(self, dossier_id: int, personne_id: int) -> None:
        """The note to a person, issued and printed at once."""
        self._go("document")
        self.document.print_note(dossier_id, personne_id)

    @Slot()
    def _on_document_left(self) -> None:
        """Back from a document to where it was chosen, and from there to the dossier."""
        came = "dossier" if self.window.current_page() == "documents" else self._back
        self.window.show_page(came if came in ("documents", "dossier") else "aujourdhui")

    def _go(self, key: str) -> None:
        """Show an inner page, remembering where she came from."""
        current = self.window.current_page()
        if current is not None and current != key:
            self._back = current
        self.window.show_page(key)


def _veil(page: QWidget, discreet: bool) -> None:
    """Have a page and its fields of search say nobody's name, or all again."""
    if hasattr(page, "set_discreet"):
        page.set_discreet(discreet)
    for field in page.findChildren(SearchField):
        field.set_discreet(discreet)
