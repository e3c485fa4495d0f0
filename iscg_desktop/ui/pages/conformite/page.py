"""Conformité: the rights of the people in the coffre, a section at a time."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal

from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.pages.conformite.controle import ControleSection
from iscg_desktop.ui.pages.conformite.droits import DroitsSection
from iscg_desktop.ui.pages.conformite.echeances import EcheancesSection
from iscg_desktop.ui.pages.conformite.journal import JournalSection
from iscg_desktop.ui.pages.conformite.notes import NotesSection
from iscg_desktop.ui.pages.conformite.passation import PassationSection
from iscg_desktop.ui.pages.conformite.personne import PersonneSection
from iscg_desktop.ui.pages.conformite.traitement import TraitementSection
from iscg_desktop.ui.sections_page import SectionsPage
from iscg_desktop.ui.tasks import TaskRunner

_PASSED_ON = (
    "dossier_requested",
    "personne_requested",
    "page_requested",
    "draft_requested",
    "lock_requested",
)


class ConformitePage(SectionsPage):
    """What is past its time, what persons ask, what was done, what the DPO wants to read.

    Signals:
        dossier_requested: Id of a dossier to read.
        personne_requested: Id of a person to read.
        page_requested: Key of another page.
        draft_requested: A section of a page, « page:section ».
        lock_requested: The coffre was closed for good.

    Args:
        services: Over the open coffre.
        hub: Where changes are announced.
        tasks: For what is slow.
    """

    dossier_requested = Signal(int)
    personne_requested = Signal(int)
    page_requested = Signal(str)
    draft_requested = Signal(str)
    lock_requested = Signal()

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        super().__init__(QCoreApplication.translate("ConformitePage", "Conformité"))
        add = self._add
        add("echeances", self.tr("Conservation"), "clock", lambda: EcheancesSection(services, hub, tasks))
        add("personne", self.tr("Une personne"), "user", lambda: PersonneSection(services, hub))
        add("droits", self.tr("Demandes"), "inbox", lambda: DroitsSection(services, hub))
        add("notes", self.tr("Notes"), "message-square", lambda: NotesSection(services, hub))
        add("journal", self.tr("Journal"), "history", lambda: JournalSection(services, hub))
        add(
            "traitement", self.tr("Pour le DPO"), "file-text", lambda: TraitementSection(services, hub, tasks)
        )
        add("controle", self.tr("Contrôle"), "shield-check", lambda: ControleSection(services, hub, tasks))
        add("passation", self.tr("Passation"), "send", lambda: PassationSection(services, hub, tasks))
        self._column.addStretch()

    def section(self, key: str) -> Section:
        known = key in self._sections
        made = super().section(key)
        if not known:
            for name in (
                "dossier_requested",
                "personne_requested",
                "page_requested",
                "draft_requested",
                "lock_requested",
            ):
                if hasattr(made, name):
                    getattr(made, name).connect(getattr(self, name))
        return made
