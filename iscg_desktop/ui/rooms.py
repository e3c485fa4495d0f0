"""The pages over one open coffre: their places in the window, each made when it is first asked for."""

from __future__ import annotations

from typing import Generic, TypeVar, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from iscg_desktop.services.services import Services
from iscg_desktop.ui.backups import BackupKeeper
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.main_window import MainWindow
from iscg_desktop.ui.pages.agenda.page import AgendaPage
from iscg_desktop.ui.pages.aide import AidePage
from iscg_desktop.ui.pages.annuaire.contact import ContactPage
from iscg_desktop.ui.pages.annuaire.page import AnnuairePage
from iscg_desktop.ui.pages.annuaire.partenaire import PartenairePage
from iscg_desktop.ui.pages.annuaire.structure import StructurePage
from iscg_desktop.ui.pages.aujourdhui.page import AujourdhuiPage
from iscg_desktop.ui.pages.bilan.consolidation import ConsolidationPage
from iscg_desktop.ui.pages.bilan.grille import GrillePage
from iscg_desktop.ui.pages.bilan.page import BilanPage
from iscg_desktop.ui.pages.bilan.recit import RecitPage
from iscg_desktop.ui.pages.bilan.releve import RelevePage
from iscg_desktop.ui.pages.conformite.page import ConformitePage
from iscg_desktop.ui.pages.dossiers.corbeille import CorbeillePage
from iscg_desktop.ui.pages.dossiers.dossier import DossierPage
from iscg_desktop.ui.pages.dossiers.doublons import DoublonsPage
from iscg_desktop.ui.pages.dossiers.liste import DossiersPage
from iscg_desktop.ui.pages.dossiers.personne import PersonnePage
from iscg_desktop.ui.pages.dossiers.points import PointsPage
from iscg_desktop.ui.pages.entretien.lu import EntretienLuPage
from iscg_desktop.ui.pages.entretien.page import EntretienPage
from iscg_desktop.ui.pages.fiches.document import DocumentPage
from iscg_desktop.ui.pages.fiches.documents import DocumentsPage
from iscg_desktop.ui.pages.fiches.fiche import FichePage
from iscg_desktop.ui.pages.fiches.impression import ImpressionPage
from iscg_desktop.ui.pages.fiches.orientation import OrientationPage
from iscg_desktop.ui.pages.fiches.retour import RetourPage
from iscg_desktop.ui.pages.fiches.suite import SuitePage
from iscg_desktop.ui.pages.fiches.suivi import FichesPage
from iscg_desktop.ui.pages.fiches.tournee import TourneePage
from iscg_desktop.ui.pages.reglages.page import ReglagesPage
from iscg_desktop.ui.pages.saisines.page import SaisinesPage
from iscg_desktop.ui.tasks import TaskRunner

P = TypeVar("P", bound=QWidget)


class Room(Generic[P]):
    """A page as an attribute: made when first asked for."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __get__(self, rooms: Rooms, _owner: type[Rooms]) -> P:
        return cast(P, rooms.window.page(self.key))


class Rooms(QObject):
    """Holds the pages of a window.

    To add a page: a ``Room``, its line in ``_add_bar`` or ``_add_inner_pages``, and in ``ui/ways.py`` where its
    signals lead.
    """

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
    releve = Room[RelevePage]("releve")
    recit = Room[RecitPage]("recit")
    grille = Room[GrillePage]("grille")
    consolidation = Room[ConsolidationPage]("consolidation")
    conformite = Room[ConformitePage]("conformite")
    aide = Room[AidePage]("aide")

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__()
        self.services = services
        self.window = MainWindow()
        self.hub = ChangesHub(self)
        self._tasks = tasks
        self.backups = BackupKeeper(services.sauvegardes, self.hub, tasks, self)
        # The first made ahead: the most likely to be opened, and the longest to make.
        self.window.add_inner_page("entretien", lambda: EntretienPage(services, self.hub), under="dossiers")
        self._add_bar()
        self._add_inner_pages()

    def _add_bar(self) -> None:
        """The pages of the bar, in its order."""
        window, services, hub, tasks = self.window, self.services, self.hub, self._tasks
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
            "conformite",
            self.tr("Conformité"),
            "shield-check",
            lambda: ConformitePage(services, hub, tasks),
            bottom=True,
        )
        window.add_page(
            "reglages",
            self.tr("Réglages"),
            "settings",
            lambda: ReglagesPage(services, hub, tasks, self.backups),
            bottom=True,
        )
        window.add_page("aide", self.tr("Aide"), "info", lambda: AidePage(tasks), bottom=True, shortcut="F1")

    def _add_inner_pages(self) -> None:
        """The pages reached from another one, in the order in which they are made ahead."""
        window, services, hub, tasks = self.window, self.services, self.hub, self._tasks
        window.add_inner_page("dossier", lambda: DossierPage(services, hub, tasks), under="dossiers")
        window.add_inner_page("points", lambda: PointsPage(services, hub), under="dossiers")
        window.add_inner_page("personne", lambda: PersonnePage(services, hub), under="dossiers")
        window.add_inner_page("doublons", lambda: DoublonsPage(services, hub, tasks), under="dossiers")
        window.add_inner_page("fiche", lambda: FichePage(services, hub, tasks), under="fiches")
        window.add_inner_page("partenaire", lambda: PartenairePage(services, hub), under="annuaire")
        window.add_inner_page("contact", lambda: ContactPage(services, hub), under="annuaire")
        window.add_inner_page("suite", lambda: SuitePage(services, hub), under="annuaire")
        window.add_inner_page("orientation", lambda: OrientationPage(services, hub), under="dossiers")
        window.add_inner_page("structure", lambda: StructurePage(services, hub), under="annuaire")
        window.add_inner_page("entretien_lu", lambda: EntretienLuPage(services, hub, tasks), under="dossiers")
        window.add_inner_page("corbeille", lambda: CorbeillePage(services, hub), under="dossiers")
        window.add_inner_page("tournee", lambda: TourneePage(services, hub), under="fiches")
        window.add_inner_page("retour", lambda: RetourPage(services, hub, tasks), under="fiches")
        window.add_inner_page("impression", lambda: ImpressionPage(services, hub, tasks), under="fiches")
        window.add_inner_page("documents", lambda: DocumentsPage(services, hub), under="dossiers")
        window.add_inner_page("document", lambda: DocumentPage(services, hub, tasks), under="dossiers")
        window.add_inner_page("releve", lambda: RelevePage(services), under="bilan")
        window.add_inner_page("recit", lambda: RecitPage(services, hub), under="bilan")
        window.add_inner_page("grille", lambda: GrillePage(services, hub), under="bilan")
        window.add_inner_page("consolidation", lambda: ConsolidationPage(tasks), under="bilan")
