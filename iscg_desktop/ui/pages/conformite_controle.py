"""The data-protection checklist: each line opens the screen that answers it, and names the test that proves it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer, Signal, Slot

from iscg_desktop.domain.controle import PointControle
from iscg_desktop.errors import UserError
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.file_dialog import choose_place
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.printing import print_pdf
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.list_card import ListCard

translate = QCoreApplication.translate
_ALL = 50  # lines of a card: none behind a link


class ControleSection(Section):
    """What the law and the CNIL ask, and where the program answers.

    Signals:
        page_requested: Key of the page that answers a line.
        draft_requested: The same for a section of a page, « page:section ».
    """

    page_requested = Signal(str)
    draft_requested = Signal(str)

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(
            services,
            hub,
            translate("Controle", "Liste de contrôle"),
            translate(
                "Controle", "Ce que demandent la loi et la CNIL. Chaque ligne ouvre l’écran qui y répond."
            ),
        )
        self.save_button = self.head.add_secondary(self.tr("En&registrer…"), icon="save")
        self.print_button = self.head.set_primary(self.tr("I&mprimer…"), icon="printer", shortcut="Ctrl+P")
        self.save_button.clicked.connect(self._on_save_clicked)
        self.print_button.clicked.connect(self._on_print_clicked)
        self._groupes = iter(services.controle.groupes())
        self._next = QTimer(self, interval=0)  # a card each turn of the loop
        self._next.timeout.connect(self._add_group)
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
        proved = self.tr("Essayé par {0}").format(each.essai)
        return Line(
            f"{each.point} · {each.demande}",
            f"{each.reponse}\n{proved}",
            chip=Chip("accent", each.ou),
            clickable=True,
        )

    @Slot(object)
    def _on_chosen(self, ecran: str) -> None:
        asked = self.draft_requested if ":" in ecran else self.page_requested
        asked.emit(ecran)

    @Slot()
    def _on_print_clicked(self) -> None:
        try:
            printed = print_pdf(self, self._services.controle.document())
        except UserError as error:
            show_error(self.message, error)
            return
        if printed:
            self.message.show_message("good", self.tr("Liste envoyée à l’imprimante."))

    @Slot()
    def _on_save_clicked(self) -> None:
        place = choose_place(self, self.tr("Enregistrer la liste"), self.tr("liste-de-controle.pdf"))
        if place is None:
            return
        try:
            self._services.controle.enregistrer(place)
        except UserError as error:
            show_error(self.message, error)
            return
        self.message.show_message("good", self.tr("La liste est écrite."))
