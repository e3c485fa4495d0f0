"""The grid of an employer: its own lines, each mapped once to one of our figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.grille import Grille, LigneGrille
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.file_dialog import choose_file
from iscg_desktop.ui.forms.form import State
from iscg_desktop.ui.forms.page_drafts import FieldGroup, PageDrafts
from iscg_desktop.ui.messages import show_error, show_problems
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.delete_button import DeleteButton
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage
from iscg_desktop.ui.widgets.text_area import TextArea
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class GrillePage(ScrollPage):
    """Takes the lines of an employer, proposes a figure for each, keeps the whole under a name.

    Signals:
        left: Back to the bilan.
    """

    left = Signal()

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        header = PageHeader(self.tr("Grille d’un destinataire"))
        super().__init__(header)
        self.title = self.tr("Grille d’un destinataire")
        self._services, self._hub = services, hub
        self._nom = ""
        self._fields: list[tuple[LigneGrille, TypeAhead]] = []
        header.set_back(self.tr("Bilan")).clicked.connect(self.left)
        header.add_secondary(self.tr("Annuler")).clicked.connect(self._on_cancel_clicked)
        self.file = header.add_secondary(self.tr("Lire un tableur…"), icon="upload")
        self.keep = header.set_primary(self.tr("Enregistrer   Ctrl+S"), icon="check", shortcut="Ctrl+S")
        self.message = InlineMessage()
        self.nom, self.lignes = LineEdit(), TextArea(rows=6, max_rows=14)
        self.nom_field = Field(
            self.tr("&Nom de la grille"), self.nom, hint=self.tr("Par exemple « Conseil départemental ».")
        )
        self.lignes_field = Field(
            self.tr("&Lignes du destinataire"),
            self.lignes,
            hint=self.tr("Une par ligne, avec ses mots, dans son ordre."),
        )
        self.delete = DeleteButton(self.tr("Supprimer cette grille"))
        entry = Card()
        for widget in (self.nom_field, self.lignes_field):
            entry.add(widget)
        self._mapping = Card(self.tr("Le chiffre de chaque ligne"))
        self._mapping.add(
            Quiet(self.tr("Une ligne sans chiffre reste un titre. Les masques du bilan restent des masques."))
        )
        self._lines = QWidget()
        self._column = QVBoxLayout(self._lines)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._mapping.add(self._lines)
        for part in (self.message, entry, self._mapping, self.delete):
            self.add(part)
        self.file.clicked.connect(self._on_file_clicked)
        self.keep.clicked.connect(self.save)
        self.lignes.committed.connect(self._on_lines_committed)
        self._typed = _TypedGrille(self)
        self._drafts = PageDrafts(services, "grille", self)
        self.delete.confirmed.connect(self._on_deleted)

    def start(self, nom: str) -> None:
        """Begin a grid, or amend the one of that name."""
        self._nom = nom
        grille = next((each for each in self._services.grilles.all() if each.nom == nom), Grille("", ()))
        self.message.clear()
        self.nom.set_value(grille.nom)
        self.lignes.set_value("\n".join(ligne.libelle for ligne in grille.lignes))
        self.delete.setVisible(bool(nom))
        self._show_lines(grille.lignes)
        self._drafts.follow("lignes", self._typed, nom)

    def resume(self, cle: str) -> None:
        """Go back to a grid left half-typed."""
        self.start(cle.split(":", 2)[2])

    def keep_now(self) -> bool:
        """Write at once what is half-typed; False when the disk refuses."""
        return self._drafts.keep_now()

    def codes(self) -> list[str]:
        """The figure of each line, in their order; "" for a title."""
        return [field.value() or "" for _, field in self._fields]

    def show_codes(self, codes: list[str]) -> None:
        """Show the lines that are typed, with these figures."""
        typed = self._services.grilles.read_text(str(self.lignes.value() or ""))
        self._show_lines(
            tuple(LigneGrille(ligne.libelle, code) for ligne, code in zip(typed, codes, strict=False))
        )

    def set_discreet(self, discreet: bool) -> None:
        """A grid names figures, never persons; what she typed is hidden all the same."""
        for widget in (self.nom_field, self.lignes_field, self._mapping):
            widget.setVisible(not discreet)

    def grille(self) -> Grille:
        """The grid as it stands on the page."""
        lignes = tuple(LigneGrille(ligne.libelle, field.value() or "") for ligne, field in self._fields)
        return Grille(str(self.nom.value() or ""), lignes)

    def _show_lines(self, lignes: tuple[LigneGrille, ...]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._fields = []
        self._mapping.setVisible(bool(lignes))
        try:
            choices = [(cible.code, cible.libelle) for cible in self._services.grilles.catalogue()]
        except UserError as error:
            show_error(self.message, error)
            return
        for ligne in lignes:
            field = TypeAhead(choices, placeholder=self.tr("titre, sans chiffre"))
            field.set_value(ligne.code or None)
            field.edited.connect(self._typed.edited)
            self._fields.append((ligne, field))
            self._column.addWidget(Field(ligne.libelle.replace("&", "&&"), field))

    @Slot(object)
    def _on_lines_committed(self, _text: object) -> None:
        """Lines were typed: what was already mapped stays, the others get a proposal."""
        mapped = {ligne.libelle: field.value() or "" for ligne, field in self._fields}
        typed = self._services.grilles.read_text(str(self.lignes.value() or ""))
        kept = [LigneGrille(each.libelle, each.code or mapped.get(each.libelle, "")) for each in typed]
        self._propose(kept)

    def _propose(self, lignes: list[LigneGrille]) -> None:
        try:
            self._show_lines(self._services.grilles.propose(lignes))
        except UserError as error:
            show_error(self.message, error)

    @Slot()
    def _on_file_clicked(self) -> None:
        kinds = self.tr("Tableurs (*.xlsx *.ods *.xls *.csv)")
        path = choose_file(self, self.tr("La liste du destinataire"), kinds)
        if path is None:
            return
        try:
            lignes = self._services.grilles.read_file(path)
        except UserError as error:
            show_error(self.message, error)
            return
        self.lignes.set_value("\n".join(ligne.libelle for ligne in lignes))
        self._propose(list(lignes))

    @Slot()
    def save(self) -> None:
        """Keep the grid, or say what is wrong."""
        try:
            changes = self._services.grilles.keep(self.grille())
            if self._nom and self._nom != str(self.nom.value()):
                changes = self._services.grilles.remove(self._nom)
        except InvalidInput as error:
            fields = {"nom": self.nom_field, "lignes": self.lignes_field}
            show_problems(fields, error.problems, self.message)
        except UserError as error:
            show_error(self.message, error)
        else:
            self._drafts.drop("lignes")
            self._hub.announce(changes)
            self.left.emit()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self._drafts.drop("lignes")
        self.left.emit()

    @Slot()
    def _on_deleted(self) -> None:
        self._drafts.drop("lignes")
        self._hub.announce(self._services.grilles.remove(self._nom))
        self.left.emit()


class _TypedGrille(FieldGroup):
    """The name, the lines, and the figure of each."""

    def __init__(self, page: GrillePage) -> None:
        super().__init__({"nom": page.nom_field, "lignes": page.lignes_field}, page)
        self._page = page

    def state(self) -> State:
        return super().state() | {"codes": self._page.codes()}

    def restore(self, state: Mapping[str, Any]) -> None:
        super().restore(state)
        self._page.show_codes(state["codes"])
