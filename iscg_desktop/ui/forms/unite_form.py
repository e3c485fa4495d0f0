"""The unités where she works, added one after the other without leaving the keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.nomenclature import Nomenclature
from iscg_desktop.domain.unite import Unite
from iscg_desktop.messages import explained
from iscg_desktop.ui.messages import settle_all
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice import choices_of
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.matching import words_of
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

# First words of a name, and what they say of the unité: longer beginnings first.
_GUESSES = (
    ("brigade de recherches", "gendarmerie", "br"),
    ("brigade autonome", "gendarmerie", "brigade_autonome"),
    ("brigade", "gendarmerie", "brigade"),
    ("communaute", "gendarmerie", "cob"),
    ("cob", "gendarmerie", "cob"),
    ("compagnie", "gendarmerie", "compagnie"),
    ("groupement", "gendarmerie", "groupement"),
    ("psig", "gendarmerie", "psig"),
    ("maison de protection", "gendarmerie", "mpf"),
    ("mpf", "gendarmerie", "mpf"),
    ("commissariat", "police", "commissariat"),
)


class UnitesForm(QWidget):
    """A line to type a unité in, and those already added under it.

    Force and type are guessed from the first words of the name until she answers them.

    Args:
        forces: List of the forces.
        types: List of the types of unité.

    Signals:
        edited: The user changed anything.
    """

    edited = Signal()

    def __init__(self, forces: Nomenclature, types: Nomenclature, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forces, self._types = forces, types
        self._unites: list[Unite] = []
        self._answered = set[str]()
        self._nom = LineEdit(self.tr("Brigade de Saint-Aubin"))
        self._force = ChoiceRow(choices_of(forces), clearable=False)
        self._type = TypeAhead(choices_of(types))
        self.fields = {
            "nom": Field(self.tr("&Nom de l’unité"), self._nom),
            "force": Field(self.tr("&Force"), self._force),
            "type": Field(self.tr("&Type"), self._type),
        }
        self._list = Card()
        self._build()
        self._connect()
        self._show()

    def read(self) -> tuple[Unite, ...]:
        """The unités added so far."""
        return tuple(self._unites)

    def settle(self) -> tuple[Unite, ...] | None:
        """The unités, the one being typed included, or None: a field says what is missing."""
        if self._nom.value() and not self._add():
            return None
        if not self._unites:
            self.fields["nom"].set_error(
                explained(
                    self.tr("Ajoutez au moins une unité : vos entretiens la nomment."), "reglages#unités"
                )
            )
            self.focus_first()
            return None
        return self.read()

    def state(self) -> dict[str, Any]:
        """What is typed and added, as JSON can hold it."""
        return {
            "unites": [{"nom": u.nom, "force": u.force, "type": u.type} for u in self._unites],
            "nom": self._nom.raw(),
            "force": self._force.value(),
            "type": self._type.value(),
            "answered": sorted(self._answered),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Put back what ``state`` gave."""
        self._unites = [Unite(0, **unite) for unite in state.get("unites", ())]
        self._nom.set_raw(state.get("nom") or "")
        self._force.set_value(state.get("force"))
        self._type.set_value(state.get("type"))
        self._answered = set(state.get("answered", ()))
        self._show()

    def focus_first(self) -> None:
        """Go to the name."""
        self._nom.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._nom.value():
            self._add()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        grid = FormGrid()
        for name, span in (("nom", 5), ("force", 4), ("type", 3)):
            grid.add(self.fields[name], span)
        add = Button(self.tr("A&jouter"), icon="plus")
        add.setToolTip(self.tr("Entrée"))
        add.clicked.connect(self._on_add_clicked)
        entry = Card()
        entry.add(grid)
        entry.add(add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(entry)
        column.addWidget(self._list)
        column.addStretch()

    def _connect(self) -> None:
        self._nom.edited.connect(self._on_nom_edited)
        self._force.edited.connect(self._on_force_edited)
        self._type.edited.connect(self._on_type_edited)

    def _add(self) -> bool:
        """Add what is typed; False when something is missing, which is then said."""
        if not settle_all(self.fields.values()):
            return False
        nom, force, kind = self._nom.value(), self._force.value(), self._type.value()
        if any(words_of(unite.nom) == words_of(nom) for unite in self._unites):
            self.fields["nom"].set_error(
                explained(self.tr("Cette unité est déjà dans la liste."), "reglages#unités")
            )
        elif force is None:
            self.fields["force"].set_error(explained(self.tr("Choisissez la force."), "reglages#unités"))
            self._force.setFocus(Qt.FocusReason.OtherFocusReason)
        elif kind is None:
            self.fields["type"].set_error(
                explained(self.tr("Choisissez le type d’unité."), "reglages#unités")
            )
            self._type.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._unites.append(Unite(0, nom, force, kind))
            self._restart()
            return True
        return False

    def _restart(self) -> None:
        """Empty the line for the next unité."""
        for widget in (self._nom, self._force, self._type):
            widget.clear()
        for field in self.fields.values():
            field.clear_error()
        self._answered.clear()
        self._show()
        self.focus_first()
        self.edited.emit()

    def _show(self) -> None:
        self._list.clear()
        if not self._unites:
            self._list.add(
                EmptyState(
                    "building-2",
                    self.tr("Où recevez-vous ?"),
                    detail=self.tr("Écrivez le nom d’une brigade ou d’un commissariat, puis Entrée."),
                )
            )
        for unite in self._unites:
            self._list.add(self._line(unite))

    def _line(self, unite: Unite) -> QWidget:
        words = self._forces.libelle_de(unite.force) + " · " + self._types.libelle_de(unite.type)
        remove = Button("", kind="quiet", icon="x")
        remove.setAccessibleName(self.tr("Retirer {nom}").format(nom=unite.nom))
        remove.setToolTip(self.tr("Retirer"))
        remove.setProperty("rang", self._unites.index(unite))
        remove.clicked.connect(self._on_remove_clicked)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Line(unite.nom, words, icon="building-2"), 1)
        row.addWidget(remove)
        return holder

    @Slot()
    def _on_add_clicked(self) -> None:
        if self._nom.value():
            self._add()
        else:
            self.fields["nom"].set_error(explained(self.tr("Écrivez le nom de l’unité."), "reglages#unités"))
            self.focus_first()

    @Slot()
    def _on_remove_clicked(self) -> None:
        del self._unites[self.sender().property("rang")]
        self._show()
        self.focus_first()
        self.edited.emit()

    @Slot()
    def _on_nom_edited(self) -> None:
        force, kind = guess(self._nom.value())
        for name, widget, guessed in (("force", self._force, force), ("type", self._type, kind)):
            if name not in self._answered:
                widget.set_value(guessed)
                self.fields[name].clear_error()
        self.edited.emit()

    @Slot()
    def _on_force_edited(self) -> None:
        self._answered.add("force")
        self.edited.emit()

    @Slot()
    def _on_type_edited(self) -> None:
        self._answered.add("type")
        self.edited.emit()


def guess(nom: str) -> tuple[str | None, str | None]:
    """Force and type that the first words of a name tell, or None."""
    typed = " ".join(words_of(nom))
    guesses = ((force, kind) for start, force, kind in _GUESSES if typed.startswith(start))
    return next(guesses, (None, None))
