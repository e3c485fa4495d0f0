"""Two short forms of the day's page: a rendez-vous to keep, something to do by a date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.messages import explained
from iscg_desktop.ui.forms.form import Form, enter
from iscg_desktop.ui.messages import settle_all
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.heure_edit import HeureEdit
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.scroll_page import KEPT_WHOLE


@dataclass(frozen=True, slots=True)
class AgendaDraft:
    """What was typed: ``heure`` is None for a relance."""

    jour: date
    heure: time | None
    objet: str


class AgendaForm(Form):
    """A day, perhaps an hour, and a few words; Enter adds, Escape closes.

    Args:
        today: The civil date.
        with_hour: Whether an hour is asked: a rendez-vous has one, a relance has none.

    Signals:
        opening: It is about to hold something else.
        opened: It is shown, ready to be filled in.
        submitted: An ``AgendaDraft``.
        closed: She gives up.
    """

    opening = Signal()
    opened = Signal()
    submitted = Signal(object)
    closed = Signal()

    def __init__(self, today: Callable[[], date], *, with_hour: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(KEPT_WHOLE, True)
        self._today, self._with_hour = today, with_hour
        self.register("jour", Field(self.tr("&Jour"), DateEdit(today, prefer="future")))
        if with_hour:
            self.register("heure", Field(self.tr("&Heure"), HeureEdit()))
        hint = self.tr("Sans nom : des initiales ou un numéro suffisent.")
        self.register("objet", Field(self.tr("O&bjet"), LineEdit(), hint=hint))
        self._build()
        self.hide()

    def open(self) -> None:
        """Show the form, empty, today being the day."""
        self.opening.emit()
        for name, field in self.fields.items():
            self.put(name, None)
            field.clear_error()
        self.put("jour", self._today())
        self.show()
        first = self.fields["heure" if self._with_hour else "objet"].widget
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    def come_back(self) -> None:
        """Show it as it was typed: what it asked for was refused."""
        self.show()
        enter(self.fields["objet"].widget)

    def settle(self) -> AgendaDraft | None:
        """What was typed, or None: each field that is not right says so."""
        if not settle_all(self.fields.values()):
            return None
        values = self.values()
        wrong = {}
        if values["jour"] is None or values["jour"] < self._today():
            wrong["jour"] = explained(self.tr("Indiquez un jour à venir, ou aujourd’hui."), "agenda#ajouter")
        if self._with_hour and values["heure"] is None:
            wrong["heure"] = explained(self.tr("Indiquez l’heure."), "agenda#ajouter")
        if not values["objet"]:
            wrong["objet"] = explained(self.tr("Écrivez en deux mots de quoi il s’agit."), "agenda#ajouter")
        for name, field in self.fields.items():
            field.set_error(wrong.get(name, ""))
        if wrong:
            self.fields[next(iter(wrong))].widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return AgendaDraft(values["jour"], values.get("heure"), values["objet"])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_submit()
        elif event.key() == Qt.Key.Key_Escape:
            self._on_close()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        when = QHBoxLayout()
        when.setSpacing(GAP)
        when.addWidget(self.fields["jour"], 3)
        if self._with_hour:
            when.addWidget(self.fields["heure"], 2)
        add = Button(self.tr("&Ajouter"), icon="plus")
        add.clicked.connect(self._on_submit)
        close = Button(self.tr("Annuler"), kind="quiet")
        close.clicked.connect(self._on_close)
        row = QHBoxLayout()
        row.addWidget(add)
        row.addWidget(close)
        row.addStretch()
        self.column.addLayout(when)
        self.column.addWidget(self.fields["objet"])
        self.column.addLayout(row)

    @Slot()
    def _on_submit(self) -> None:
        draft = self.settle()
        if draft is not None:
            self.hide()
            self.submitted.emit(draft)

    @Slot()
    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()
