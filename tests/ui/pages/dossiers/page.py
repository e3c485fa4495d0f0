"""The page of a dossier for its tests."""

from __future__ import annotations

from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.pages.dossiers.dossier import DossierPage
from iscg_desktop.ui.tasks import TaskRunner


def made(services: Services, hub: ChangesHub) -> DossierPage:
    """The page, with threads of its own."""
    tasks = TaskRunner()
    page = DossierPage(services, hub, tasks)
    tasks.setParent(page)
    return page
