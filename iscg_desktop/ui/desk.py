"""The desk: the window over one open coffre, its pages, and the ways between them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot

from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.main_window import MainWindow
from iscg_desktop.ui.pages.aujourdhui import AujourdhuiPage
from iscg_desktop.ui.pages.bilan import BilanPage
from iscg_desktop.ui.pages.dossier import DossierPage
from iscg_desktop.ui.pages.dossiers import DossiersPage
from iscg_desktop.ui.pages.entretien import EntretienPage
from iscg_desktop.ui.pages.fiche import FichePage
from iscg_desktop.ui.pages.fiches import FichesPage
from iscg_desktop.ui.tasks import TaskRunner

_REST = 1_500  # ms after the day's page shows


class Desk(QObject):
    """Makes the pages over a coffre and connects them: signals come up, calls go down.

    Signals:
        lock_requested: She asked to lock.
    """

    lock_requested = Signal()

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__()
        self.services = services
        self.window = MainWindow()
        hub = ChangesHub(self)
        self.today = AujourdhuiPage(services, hub)
        self.dossiers = DossiersPage(services, hub)
        self.dossier = DossierPage(services, hub)
        self.entretien = EntretienPage(services, hub)
        self.fiches = FichesPage(services, hub)
        self._make_fiche = lambda: FichePage(services, hub, tasks)
        self._fiche: FichePage | None = None
        self.bilan = BilanPage(services, hub, tasks)
        self._back = "aujourdhui"
        self._warned = False
        self.window.installEventFilter(self)
        self._add_pages()
        self._connect()
        tasks.run(services.warm_up)
        # The form of a fiche is long to make: in a moment of rest, or when it is first asked for.
        self._ahead = QTimer(self, singleShot=True, interval=_REST)
        self._ahead.timeout.connect(self._on_ahead_timeout)
        self._ahead.start()

    @property
    def fiche(self) -> FichePage:
        """The page of the fiche, made when first asked for."""
        if self._fiche is None:
            self._fiche = self._make_fiche()
            self.window.add_inner_page("fiche", self._fiche, under="fiches")
            self._fiche.left.connect(self._on_fiche_left)
            self._fiche.set_discreet(self.window.discreet)
        return self._fiche

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
        self._keep_now()
        self._ahead.stop()
        # The window outlives the coffre until Qt comes round: nothing in it may ask for anything more.
        for timer in self.window.findChildren(QTimer):
            timer.stop()
        self.services.coffre.lock()
        self.window.hide()
        self.window.deleteLater()
        self.deleteLater()

    def _keep_now(self) -> bool:
        kept = [self.entretien.keep_now(), self._fiche is None or self._fiche.keep_now()]
        return all(kept)

    @Slot()
    def _on_ahead_timeout(self) -> None:
        _ = self.fiche

    def _add_pages(self) -> None:
        window = self.window
        window.add_page("aujourdhui", self.tr("Aujourd’hui"), "sun", self.today)
        window.add_page("dossiers", self.tr("Dossiers"), "folder-open", self.dossiers)
        window.add_page("fiches", self.tr("Fiches"), "file-text", self.fiches)
        window.add_page("bilan", self.tr("Bilan"), "chart-column", self.bilan)
        window.add_inner_page("dossier", self.dossier, under="dossiers")
        window.add_inner_page("entretien", self.entretien, under="dossiers")

    def _connect(self) -> None:
        self.window.lock_requested.connect(self._on_lock_requested)
        self.window.discreet_changed.connect(self._on_discreet_changed)
        self.window.search_requested.connect(self._on_search_requested)
        self.today.entretien_requested.connect(self._on_today_entretien_requested)
        self.today.draft_requested.connect(self._on_draft_requested)
        self.today.search_requested.connect(self._on_today_search_requested)
        self.today.fiches_requested.connect(self._on_fiches_requested)
        self.dossiers.entretien_requested.connect(self._on_new_entretien_requested)
        self.dossier.entretien_requested.connect(self._on_entretien_requested)
        self.dossier.draft_requested.connect(self._on_draft_requested)
        self.dossier.back_requested.connect(self._on_dossier_left)
        self.entretien.recorded.connect(self._on_entretien_recorded)
        self.entretien.left.connect(self._on_entretien_left)
        for dossier in (
            self.today.dossier_requested,
            self.dossiers.dossier_requested,
            self.entretien.dossier_requested,
        ):
            dossier.connect(self._on_dossier_requested)
        for fiche in (
            self.dossier.fiche_requested,
            self.entretien.fiche_requested,
            self.fiches.fiche_requested,
        ):
            fiche.connect(self._on_fiche_requested)
        for issued in (self.today.fiche_opened, self.dossier.fiche_opened, self.fiches.fiche_opened):
            issued.connect(self._on_fiche_opened)

    @Slot()
    def _on_lock_requested(self) -> None:
        if self.may_leave():
            self.lock_requested.emit()

    @Slot(bool)
    def _on_discreet_changed(self, discreet: bool) -> None:
        for page in (self.today, self.dossiers, self.dossier, self.entretien, self.fiches, self._fiche):
            blank = getattr(page, "set_discreet", None)
            if blank is not None:
                blank(discreet)

    @Slot()
    def _on_search_requested(self) -> None:
        self.window.show_page("dossiers")
        self.dossiers.focus_search("")

    @Slot(str)
    def _on_today_search_requested(self, text: str) -> None:
        self.window.show_page("dossiers")
        self.dossiers.focus_search(text)

    @Slot()
    def _on_fiches_requested(self) -> None:
        self.window.show_page("fiches")

    @Slot(object)
    def _on_today_entretien_requested(self, saisine_id: int | None) -> None:
        self.entretien.start(None, saisine_id)
        self._go("entretien")

    @Slot()
    def _on_new_entretien_requested(self) -> None:
        self.entretien.start()
        self._go("entretien")

    @Slot(int)
    def _on_entretien_requested(self, dossier_id: int) -> None:
        self.entretien.start(dossier_id)
        self._go("entretien")

    @Slot(str)
    def _on_draft_requested(self, cle: str) -> None:
        """Go on with a draft, in the page of its form."""
        if cle.startswith(FichePage.form_name):
            self.fiche.resume(cle)
            self._go("fiche")
        else:
            self.entretien.resume(cle)
            self._go("entretien")

    @Slot(int)
    def _on_dossier_requested(self, dossier_id: int) -> None:
        self.dossier.show_dossier(dossier_id)
        self._go("dossier")

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
    def _on_fiche_requested(self, orientation_id: int) -> None:
        self.fiche.prepare(orientation_id)
        self._go("fiche")

    @Slot(int)
    def _on_fiche_opened(self, fiche_id: int) -> None:
        self.fiche.show_issued(fiche_id)
        self._go("fiche")

    @Slot()
    def _on_fiche_left(self) -> None:
        self.window.show_page(self._back if self._back != "fiche" else "fiches")

    def _go(self, key: str) -> None:
        """Show an inner page, remembering where she came from."""
        current = self.window.current_page()
        if current is not None and current != key:
            self._back = current
        self.window.show_page(key)
