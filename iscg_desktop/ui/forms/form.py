"""Base of the forms: fields by name, and their state with half-typed words included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from iscg_desktop.domain.nomenclature import Nomenclature
from iscg_desktop.domain.unite import Unite
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.choices import coded, of_unites
from iscg_desktop.ui.forms.codec import decode, encode
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.multi_type_ahead import MultiTypeAhead
from iscg_desktop.ui.widgets.text_area import TextArea
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

State = dict[str, Any]


class Form(QWidget):
    """Fields named like the attributes of the draft they make.

    Attributes:
        fields: In the order of the page.
        column: Where a form lays out what it holds.

    Signals:
        edited: A keystroke, or a choice.
        settled: An answer was taken, or refused.
    """

    edited = Signal()
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        # What was settled last: a half-typed date is read against it once restored.
        self._last: dict[str, Any] = {}
        self._listes: dict[str, Nomenclature] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)

    def register(self, name: str, field: Field, liste: Nomenclature | None = None) -> Field:
        """Make a field one of the form's.

        Args:
            name: As in the draft.
            field: Laid out by the caller.
            liste: List its codes belong to; a code recorded earlier and offered no more keeps its label.
        """
        self.fields[name] = field
        if liste is not None:
            self._listes[name] = liste
        field.widget.edited.connect(self.edited)
        field.widget.committed.connect(partial(self._on_committed, name))
        field.widget.refused.connect(self.settled)
        return field

    def add(
        self,
        grid: FormGrid,
        name: str,
        label: str,
        widget: QWidget,
        span: int = 3,
        *,
        liste: Nomenclature | None = None,
        hint: str = "",
    ) -> Field:
        """Make a field, register it and lay it out in a grid."""
        field = self.register(name, Field(label, widget, hint=hint), liste)
        grid.add(field, span)
        return field

    def value(self, name: str) -> Any:
        """Answer of a field as it stands."""
        return self.fields[name].widget.value()

    def put(self, name: str, value: Any) -> None:
        """Show an answer; emits nothing."""
        widget = self.fields[name].widget
        if isinstance(widget, MultiTypeAhead):
            widget.set_value([self._labelled(name, code) for code in value or ()])
        elif isinstance(widget, TypeAhead):
            widget.set_value(None if value is None else self._labelled(name, value))
        else:
            widget.set_value(value)
        self._last[name] = value

    def values(self) -> dict[str, Any]:
        """Answers of all fields."""
        return {name: field.widget.value() for name, field in self.fields.items()}

    def is_settled(self) -> bool:
        """Whether no field holds words that are not an answer yet."""
        return not any("r" in kept for kept in self.state().values())

    def state(self) -> State:
        """What each field holds: a value, words that are not yet one, or both; empty fields left out."""
        kept: State = {}
        for name, field in self.fields.items():
            widget = field.widget
            raw = widget.raw() if hasattr(widget, "raw") else ""
            if isinstance(widget, LineEdit | TextArea):
                entry = {"v": raw} if raw else {}
            else:
                partial_answer = raw and not isinstance(widget, MultiTypeAhead)
                value = encode(self._last.get(name) if partial_answer else widget.value())
                entry = {} if value is None or value is False or value == [] else {"v": value}
                entry |= {"r": raw} if raw else {}
            if entry:
                kept[name] = entry
        return kept

    def restore(self, state: Mapping[str, Any]) -> None:
        """Put back what ``state`` gave; a name the form does not know is passed over."""
        for name, field in self.fields.items():
            kept = state.get(name, {})
            self.put(name, decode(kept.get("v")))
            if "r" in kept:
                field.widget.set_raw(kept["r"])

    def set_discreet(self, discreet: bool) -> None:
        """Blank every word typed, or show it again; what is chosen in a list stays."""
        for field in self.fields.values():
            if hasattr(field.widget, "set_discreet"):
                field.widget.set_discreet(discreet)

    def freeze(self, names: Iterable[str]) -> None:
        """Let some answers be read only: they count in a bilan already arrêté."""
        for name in names:
            self.fields[name].setEnabled(False)

    def offer_lists(self, listes: ListesService, unites: Iterable[Unite]) -> None:
        """Offer the lists and the unités as she edited them meanwhile; answers stay.

        Args:
            listes: The lists.
            unites: Those open today.
        """
        for name, liste in self._listes.items():
            fresh = self._listes[name] = listes[liste.code]
            widget = self.fields[name].widget
            if hasattr(widget, "set_choices"):
                widget.set_choices(coded(fresh))
        if "unite_id" in self.fields:
            self.fields["unite_id"].widget.set_choices(of_unites(unites))

    def first_empty(self) -> str | None:
        """Name of the first field shown without an answer."""
        for name, field in self.fields.items():
            if field.isVisibleTo(self) and field.isEnabled() and field.widget.value() in (None, "", ()):
                return name
        return None

    def _on_committed(self, name: str, value: Any) -> None:
        self._last[name] = value
        self.settled.emit()

    def _labelled(self, name: str, code: str) -> str | Choice:
        liste = self._listes.get(name)
        if liste is None or code not in liste or liste.valeur(code).active:
            return code
        return Choice(code, liste.libelle_de(code))


def typed_in(widget: QWidget) -> QWidget:
    """The part of a widget that takes the keys."""
    proxy = widget.focusProxy()
    return widget if proxy is None else typed_in(proxy)


def cursor_of(widget: QWidget) -> int:
    """Place of the cursor in what is typed in; 0 where there is none."""
    target = typed_in(widget)
    if isinstance(target, QLineEdit):
        return target.cursorPosition()
    return target.textCursor().position() if isinstance(target, QPlainTextEdit) else 0


def enter(widget: QWidget, cursor: int | None = None) -> None:
    """Go to a widget, with the cursor at a place."""
    # A page can scroll only to what has its place already.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    target = typed_in(widget)
    if cursor is None:
        return
    if isinstance(target, QLineEdit):
        target.setCursorPosition(cursor)
    elif isinstance(target, QPlainTextEdit):
        words = target.textCursor()
        words.setPosition(min(cursor, len(target.toPlainText())))
        target.setTextCursor(words)
