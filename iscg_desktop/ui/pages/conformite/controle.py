"""The data-protection checklist: each line opens the screen that answers it; the document names the tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal, Slot

from iscg_desktop.domain.controle import PointControle
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.drawn_section import DrawnSection
from iscg_desktop.ui.one_a_turn import OneATurn
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.list_card import ListCard

translate = QCoreApplication.translate
_ALL = 50  # lines of a card: none behind a link


class ControleSection(DrawnSection):
    """What the law and the CNIL ask, and where the program answers.

    Signals:
        page_requested: Key of the page that answers a line.
        draft_requested: The same for a section of a page, « page:section ».
    """

    page_requested = Signal(str)
    draft_requested = Signal(str)

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        super().__init__(
            services,
            hub,
            tasks,
            translate("Controle", "Liste de contrôle"),
            translate(
                "Controle",
                "Ce que demandent la loi et la CNIL. Chaque ligne ouvre l’écran qui y répond. Chaque réponse est"
                " vérifiée par un essai automatique, que le document pour le DPO nomme.",
            ),
            file_name=translate("Controle", "liste-de-controle.pdf"),
        )
        self._groupes = iter(services.controle.groupes())
        self._next = OneATurn(self, self._add_group)
        self._add_group()
        self._next.start()

    @Slot()
    def _add_group(self) -> None:
        groupe = next(self._groupes, None)
        if groupe is None:
            self._next.stop()
            self.body.addStretch()
            return
        card = ListCard(groupe.titre, icon="shield-check", shown=_ALL)
        card.show_rows([(each.ecran, self._line(each)) for each in groupe.points], len(groupe.points))
        card.chosen.connect(self._on_chosen)
        self.add(card)

    def _line(self, each: PointControle) -> Line:
        return Line(
            f"{each.point} · {each.demande}",
            each.reponse,
            chip=Chip("accent", each.ou),
            clickable=True,
        )

    @Slot(object)
    def _on_chosen(self, ecran: str) -> None:
        asked = self.draft_requested if ":" in ecran else self.page_requested
        asked.emit(ecran)

    def drawing(self) -> Callable[[], bytes]:
        return self._services.controle.dessin()

    def note_export(self) -> None:
        self._services.controle.noter_remise()

    def write(self, place: Path, pdf: bytes) -> None:
        self._services.controle.enregistrer(place, pdf)
