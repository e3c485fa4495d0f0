"""The words she taught the spell-checker: seen, added, taken back."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.page_drafts import FieldGroup, PageDrafts
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line_edit import LineEdit

translate = QCoreApplication.translate


class MotsSection(Section):
    """Each word is a button that takes it away; the names of the coffre are known without it."""

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(
            services,
            hub,
            translate("Mots", "Mes mots"),
            translate("Mots", "Ils ne sont plus soulignés. Les noms du coffre sont connus sans cela."),
        )
        self._discreet = False
        self.mot = Field(self.tr("A&jouter un mot"), LineEdit())
        self._typed = FieldGroup({"mot": self.mot}, self)
        self.drafts = PageDrafts(services, "reglages:mots", self)
        self.mot.widget.returnPressed.connect(self._on_add_clicked)
        add = Button(self.tr("&Garder ce mot"), icon="plus")
        add.clicked.connect(self._on_add_clicked)
        row = QHBoxLayout()
        row.addWidget(self.mot, 1)
        row.addWidget(add, alignment=Qt.AlignmentFlag.AlignBottom)
        card = Card()
        card.add(row)
        self.add(card)
        self._card = Card(self.tr("Mots gardés"))
        self.add(self._card)
        self.body.addStretch()

    def reload(self) -> None:
        assert self.drafts is not None
        if not self.drafts.holds("mot"):
            self.drafts.follow("mot", self._typed, enter=False)
        self._card.clear()
        mots = self._services.orthographe.mots()
        if self._discreet or not mots:
            none = self.tr("Aucun. Dans un texte, un clic droit sur un mot souligné permet de l’ajouter ici.")
            self._card.add(Quiet(self.tr("Mots masqués (F9)") if mots else none))
            return
        holder = QWidget()
        flow = FlowLayout(holder, spacing=8)
        for mot in mots:
            button = Button(mot, kind="quiet", icon="x")
            button.setAccessibleName(self.tr("Retirer «\u00a0{0}\u00a0»").format(mot))
            button.setToolTip(self.tr("Retirer ce mot"))
            button.setProperty("mot", mot)
            button.clicked.connect(self._on_remove_clicked)
            flow.addWidget(button)
        self._card.add(holder)

    def set_discreet(self, discreet: bool) -> None:
        super().set_discreet(discreet)
        self._discreet = discreet
        self.reload()

    @Slot()
    def _on_add_clicked(self) -> None:
        assert self.drafts is not None
        mot = self.mot.widget.text().strip()
        use = self._services.orthographe
        if mot and self.do(lambda: use.add(mot), self.tr("Ce mot est gardé."), lambda: use.remove(mot)):
            self._typed.clear()
            self.drafts.drop("mot")
            self.drafts.follow("mot", self._typed, enter=False)

    @Slot()
    def _on_remove_clicked(self) -> None:
        mot = self.sender().property("mot")
        use = self._services.orthographe
        self.do(lambda: use.remove(mot), self.tr("Ce mot est retiré."), lambda: use.add(mot))
