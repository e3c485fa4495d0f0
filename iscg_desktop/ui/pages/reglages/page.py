"""Réglages: what she decides once, a section at a time, each saved by itself."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from iscg_desktop.services.services import Services
from iscg_desktop.ui.backups import BackupKeeper
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.pages.reglages.apparence import ApparenceSection
from iscg_desktop.ui.pages.reglages.convention import ConventionSection
from iscg_desktop.ui.pages.reglages.delais import DelaisSection
from iscg_desktop.ui.pages.reglages.documents import DocumentsSection
from iscg_desktop.ui.pages.reglages.identite import IdentiteSection
from iscg_desktop.ui.pages.reglages.importation import ImportationSection
from iscg_desktop.ui.pages.reglages.listes import ListesSection
from iscg_desktop.ui.pages.reglages.mots import MotsSection
from iscg_desktop.ui.pages.reglages.phrase import PhraseSection
from iscg_desktop.ui.pages.reglages.sauvegardes import SauvegardesSection
from iscg_desktop.ui.pages.reglages.securite import SecuriteSection
from iscg_desktop.ui.pages.reglages.unites import UnitesSection
from iscg_desktop.ui.sections_page import SectionsPage
from iscg_desktop.ui.tasks import TaskRunner


class ReglagesPage(SectionsPage):
    """What she decides once.

    Args:
        services: Over the open coffre.
        hub: Where changes are announced.
        tasks: For what is slow.
        backups: Makes the backups; one of its own unless given.
    """

    def __init__(
        self, services: Services, hub: ChangesHub, tasks: TaskRunner, backups: BackupKeeper | None = None
    ) -> None:
        super().__init__(QCoreApplication.translate("ReglagesPage", "Réglages"))
        keeper = backups or BackupKeeper(services.sauvegardes, hub, tasks, self)
        add = self._add
        add("identite", self.tr("Vous"), "user", lambda: IdentiteSection(services, hub))
        add("convention", self.tr("Convention"), "calendar", lambda: ConventionSection(services, hub))
        add("unites", self.tr("Unités"), "building-2", lambda: UnitesSection(services, hub))
        add("listes", self.tr("Listes de choix"), "pencil", lambda: ListesSection(services, hub))
        add("documents", self.tr("Documents"), "file-text", lambda: DocumentsSection(services, hub, tasks))
        add("delais", self.tr("Délais et seuils"), "clock", lambda: DelaisSection(services, hub))
        add("mots", self.tr("Mes mots"), "pencil", lambda: MotsSection(services, hub))
        add("import", self.tr("Import"), "upload", lambda: ImportationSection(services, hub, tasks))
        add(
            "sauvegardes",
            self.tr("Sauvegardes"),
            "archive",
            lambda: SauvegardesSection(services, hub, keeper),
        )
        add("phrase", self.tr("Phrase et fiche"), "key-round", lambda: PhraseSection(services, hub, tasks))
        add("securite", self.tr("Sécurité"), "shield-check", lambda: SecuriteSection(services, hub, tasks))
        add("apparence", self.tr("Apparence"), "sun", lambda: ApparenceSection(services, hub))
        self._column.addStretch()
