"""Points to review with the référent; noted and seen in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.dates import format_jour
from iscg_desktop.domain.point_referent import Point
from iscg_desktop.ui.forms.short_form import ShortForm
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.list_card import ListCard, with_buttons


class PointsCard(ListCard):
    """Points to review with the référent; noted and seen in place.

    Signals:
        added: Words of a new point.
        seen: Id of a point, the day it was reviewed, what was decided.
    """

    added = Signal(str)
    seen = Signal(int, object, str)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(
            self.tr("À revoir avec le référent"),
            self.tr("Aucun point en attente."),
            action=self.tr("Noter un &point"),
            icon="flag",
            shown=4,
        )
        self._today = today
        self._points: tuple[Point, ...] = ()
        self.adding = ShortForm({"texte": Field(self.tr("Point à re&voir"), LineEdit())}, self.tr("Ajou&ter"))
        self.seeing = ShortForm(
            {
                "jour": Field(self.tr("Vu le"), DateEdit(today)),
                "decision": Field(self.tr("Décision"), LineEdit()),
            },
            self.tr("Enre&gistrer"),
        )
        for form in (self.seeing, self.adding):
            self.body.insertWidget(0, form)
        self.action_triggered.connect(self.add_point)
        self.adding.submitted.connect(lambda values: self.added.emit(values["texte"]))
        self.seeing.submitted.connect(self._on_seeing_submitted)

    def show_points(self, points: Sequence[Point], *, discreet: bool) -> None:
        """Show those that wait."""
        self._points = tuple(points)
        for form in (self.adding, self.seeing):
            form.set_discreet(discreet)
        self.show_rows(((None, self._row(each, discreet=discreet)) for each in points), len(points))

    def _row(self, point: Point, *, discreet: bool) -> QWidget:
        seen = Button(self.tr("Vu"), kind="quiet", icon="check")
        seen.setAccessibleName(self.tr("Vu avec le référent"))
        seen.clicked.connect(lambda: self.see(point.id))
        words = self.tr("Point à revoir") if discreet else point.texte
        noted = self.tr("noté le {jour}").format(jour=format_jour(point.pose_le))
        return with_buttons(Line(words, noted), [seen])

    def see(self, point_id: int) -> None:
        """Ask what was decided of a point that waits."""
        point = next((each for each in self._points if each.id == point_id), None)
        if point is not None:
            self.adding.hide()
            self.seeing.open(point, {"jour": self._today()})

    @Slot()
    def add_point(self) -> None:
        """Ask for a new point."""
        self.seeing.hide()
        self.adding.open()

    @Slot(object)
    def _on_seeing_submitted(self, values: dict[str, object]) -> None:
        if self.seeing.subject is not None:
            self.seen.emit(self.seeing.subject.id, values["jour"], str(values["decision"]))
