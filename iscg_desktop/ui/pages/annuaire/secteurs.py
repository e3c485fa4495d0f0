"""The circonscriptions d'action sociale: each commune in one at most."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.partenaire import Secteur
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.form import Form, enter
from iscg_desktop.ui.forms.page_drafts import PageDrafts
from iscg_desktop.ui.messages import settle_all, show_error, show_problems
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.delete_button import DeleteButton
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.zones_edit import ZonesEdit

_NAMED = 6


class SecteursView(QWidget):
    """The secteurs on the left, the one being typed on the right."""

    def __init__(self, services: Services, hub: ChangesHub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._hub = services, hub
        self._secteur_id = 0
        self.form = _SecteurForm(services)
        self._drafts = PageDrafts(services, "annuaire", self)
        self.message = InlineMessage()
        self._list = Card(self.tr("Secteurs d’action sociale"))
        self._entry = Card(self.tr("Nouveau secteur"))
        self._delete = DeleteButton(self.tr("Suppri&mer"))
        self._new = Button(self.tr("N&ouveau"), kind="quiet", icon="plus")
        save = Button(self.tr("&Enregistrer le secteur"), icon="check")
        buttons = QHBoxLayout()
        for button in (save, self._new, self._delete):
            buttons.addWidget(button)
        buttons.addStretch()
        self._entry.add(self.message)
        self._entry.add(self.form)
        self._entry.add(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(Columns(self._list, self._entry))
        column.addStretch(1)
        save.clicked.connect(self._on_save_clicked)
        self._new.clicked.connect(self._on_new_clicked)
        self._delete.confirmed.connect(self._on_delete_confirmed)
        self._begin(Secteur(0, ""))

    def resume(self, secteur_id: int) -> None:
        """Go back to a secteur left half-typed; 0 is a new one."""
        known = {each.id: each for each in self._services.annuaire.secteurs()}
        self._begin(known.get(secteur_id, Secteur(0, "")), go=True)

    def keep_now(self) -> bool:
        """Write at once what is half-typed; False when the disk refuses."""
        return self._drafts.keep_now()

    def set_discreet(self, discreet: bool) -> None:
        """Communes name nobody."""

    def reload(self) -> None:
        """Read the secteurs again; what is being typed stays."""
        self._list.clear()
        secteurs = self._services.annuaire.secteurs()
        if not secteurs:
            self._list.add(
                EmptyState(
                    "map-pin",
                    self.tr("Aucun secteur encore"),
                    detail=self.tr(
                        "Le bilan compte par secteur, et un territoire se donne par secteur d’un coup."
                    ),
                )
            )
        for secteur in secteurs:
            names = [self._services.listes.commune(code) for code in secteur.communes[:_NAMED]]
            told = ", ".join(names) + ("…" if len(secteur.communes) > _NAMED else "")
            line = Line(secteur.nom, told or self.tr("Aucune commune"), icon="map-pin", clickable=True)
            line.activated.connect(lambda secteur=secteur: self._begin(secteur, go=True))
            self._list.add(line)

    def _begin(self, secteur: Secteur, *, go: bool = False) -> None:
        self._drafts.leave()
        self._secteur_id = secteur.id
        self._entry.set_title(secteur.nom or self.tr("Nouveau secteur"))
        self.form.show_secteur(secteur)
        self.message.clear()
        for button in (self._delete, self._new):
            button.setVisible(bool(secteur.id))
        if go:
            enter(self.form.fields["nom"].widget)
        self._drafts.follow("secteur", self.form, secteur.id, enter=go)

    @Slot()
    def _on_save_clicked(self) -> None:
        if not settle_all(self.form.fields.values()):
            return
        try:
            changes = self._services.annuaire.keep_secteur(self.form.read(self._secteur_id))
        except InvalidInput as error:
            show_problems(self.form.fields, error.problems, self.message)
            return
        except UserError as error:
            show_error(self.message, error)
            return
        self._drafts.drop("secteur")
        self._begin(Secteur(0, ""), go=True)
        self._hub.announce(changes)

    @Slot()
    def _on_new_clicked(self) -> None:
        self._begin(Secteur(0, ""), go=True)

    @Slot()
    def _on_delete_confirmed(self) -> None:
        changes = self._services.annuaire.delete_secteur(self._secteur_id)
        self._drafts.drop("secteur")
        self._begin(Secteur(0, ""), go=True)
        self._hub.announce(changes)


class _SecteurForm(Form):
    """A name and its communes."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._territoires = services.territoires
        grid = FormGrid()
        self.add(grid, "nom", self.tr("Nom du &secteur"), LineEdit(), 12)
        zones = ZonesEdit(services.territoires.search, services.territoires.zone)
        hint = self.tr("Une commune prise à un autre secteur le quitte.")
        self.add(grid, "communes", self.tr("Co&mmunes"), zones, 12, hint=hint)
        self.column.addWidget(grid)

    def show_secteur(self, secteur: Secteur) -> None:
        """Show a secteur."""
        self.put("nom", secteur.nom)
        self.put("communes", tuple(zone.code for zone in self._territoires.zones(secteur.communes)))

    def read(self, secteur_id: int) -> Secteur:
        """The secteur as it stands."""
        communes = self._territoires.communes(self.value("communes"))
        return Secteur(secteur_id, self.value("nom"), communes)
