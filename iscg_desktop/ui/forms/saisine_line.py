"""One line of the morning: a saisine typed without the mouse, Enter from field to field, recorded at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from iscg_desktop.domain.saisine import SaisineDraft
from iscg_desktop.services.journee import JourneeService
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.choices import answered, code_of, coded, identifier, of_unites, shown
from iscg_desktop.ui.forms.form import Form, State, enter, typed_in
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.heure_edit import HeureEdit
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

REMEMBERED = ("date", "unite_id", "origine", "support")
"""Answers that one saisine leaves to the next."""

FIRST = "heure"
"""Where a fresh line begins: what comes before is remembered."""

_USUAL_ACCORD = "non_recueilli"


class SaisineLine(Form):
    """The fields of one saisine, in the order in which one says them.

    Keys: Enter goes to the next field and, from the last one, records; Shift+Enter goes back; Ctrl+Enter records
    from anywhere.

    Args:
        listes: The lists of coded values.
        journee: Where she is today.
        today: Tells the day.

    Signals:
        finished: She is at the end of the line.
    """

    finished = Signal()

    def __init__(
        self,
        listes: ListesService,
        journee: JourneeService,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._journee, self._today = journee, today
        self._left: dict[str, Any] = {}
        self._left_on: date | None = None
        self._build(listes)
        self._stops = {typed_in(field.widget): name for name, field in self.fields.items()}
        for stop in self._stops:
            stop.installEventFilter(self)

    def _build(self, listes: ListesService) -> None:
        grid = self._grid = FormGrid()
        self.add(grid, "date", self.tr("Date"), DateEdit(self._today))
        self.add(grid, "unite_id", self.tr("Unité"), TypeAhead(of_unites(self._journee.unites())))
        for name, label in (("origine", self.tr("Origine")), ("support", self.tr("Support"))):
            liste = listes[name]
            self.add(grid, name, label, TypeAhead(coded(liste)), liste=liste)
        self.add(grid, "heure", self.tr("Heure"), HeureEdit(), 2)
        urgence, accord = listes["urgence"], listes["accord_contact"]
        self.add(grid, "urgence", self.tr("Urgence"), TypeAhead(coded(urgence)), 2, liste=urgence)
        self.add(
            grid, "accord_contact", self.tr("Accord de contact"), TypeAhead(coded(accord)), 2, liste=accord
        )
        self.add(grid, "motif", self.tr("Motif"), LineEdit(self.tr("Quelques mots, des faits seulement")), 6)
        self.add(grid, "demandeur", self.tr("Demandeur"), LineEdit(self.tr("Gendarme, proche")), 2)
        self.add(grid, "telephone", self.tr("Téléphone"), LineEdit(), 2)
        self.add(grid, "contact_sur", self.tr("Contact sûr"), LineEdit(self.tr("Numéro, heures")), 2)
        self.add(grid, "sans_message", self.tr("Message"), CheckBox(self.tr("Ne pas en laisser")), 3)
        self.column.addWidget(grid)

    def end_with(self, button: QWidget) -> None:
        """Put what records at the end of the last row, level with the fields."""
        self._grid.add(Field("", button))

    # What it holds.

    def begin(self) -> None:
        """A fresh line: date, unité, origine and support as on the one before, if it was typed today."""
        today = self._today()
        left = self._left if self._left_on == today else {}
        self._clear()
        self.put("date", left.get("date", today))
        self.put("unite_id", left.get("unite_id") or code_of(self._journee.permanence()))
        for name in ("origine", "support"):
            self.put(name, left.get(name))
        self.put("accord_contact", _USUAL_ACCORD)

    def remember(self) -> None:
        """Leave to the next line what it takes from this one."""
        self._left = {name: self.value(name) for name in REMEMBERED}
        self._left_on = self._today()

    def show_draft(self, draft: SaisineDraft) -> None:
        """Show a saisine to be corrected."""
        self._clear()
        for name in self.fields:
            value = getattr(draft, name)
            self.put(
                name,
                code_of(value) if name == "unite_id" else shown(value) if isinstance(value, str) else value,
            )

    def restore(self, state: Mapping[str, Any]) -> None:
        self._clear()
        super().restore(state)

    def offer_unites(self) -> None:
        """Offer the unités as they are now."""
        self.fields["unite_id"].widget.set_choices(of_unites(self._journee.unites()))

    def is_blank(self) -> bool:
        """Whether nothing was typed that this saisine does not share with the one before."""
        kept: State = self.state()
        usual = {"v": _USUAL_ACCORD}
        return not any(
            name in kept and kept[name] != (usual if name == "accord_contact" else {})
            for name in self.fields
            if name not in REMEMBERED
        )

    def read(self) -> SaisineDraft:
        """The saisine as it stands."""
        values = self.values()
        for name in ("origine", "support", "urgence"):
            values[name] = answered(values[name])
        values["accord_contact"] = values["accord_contact"] or _USUAL_ACCORD
        values["unite_id"] = identifier(values["unite_id"])
        return SaisineDraft(**values)

    def settle(self) -> list[str]:
        """Read what is being typed everywhere; names of the fields where it is no answer."""
        return [name for name, field in self.fields.items() if not field.widget.settle()]

    # How one goes through it.

    def enter(self, name: str = FIRST) -> None:
        """Go to a field, its words chosen as the Tab key does: the next ones replace them."""
        enter(self.fields[name].widget)
        target = typed_in(self.fields[name].widget)
        if isinstance(target, QLineEdit):
            target.selectAll()

    @property
    def champ(self) -> str | None:
        """Name of the field that has the focus."""
        return next((name for stop, name in self._stops.items() if stop.hasFocus()), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if not event.isAutoRepeat():  # an Enter held down goes one field further, not ten
            self._on_enter(self._stops[watched], event.modifiers())  # type: ignore[index]
        return True

    def _on_enter(self, name: str, modifiers: Qt.KeyboardModifier) -> None:
        widget = self.fields[name].widget
        if isinstance(widget, TypeAhead):
            widget.pick()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
            return
        if not widget.settle():
            return
        names = list(self.fields)
        place = names.index(name) + (-1 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1)
        if place == len(names):
            self.finished.emit()
        else:
            self.enter(names[max(place, 0)])

    def _clear(self) -> None:
        for name, field in self.fields.items():
            self.put(name, None)
            field.clear_error()
